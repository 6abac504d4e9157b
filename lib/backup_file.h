/*
 * The file that a backup is: a heading in the clear, then the database in
 * chunks that only the recovery key opens.  Whoever writes one cannot read it
 * afterwards.  Knows files and keys, no office and no database.
 *
 * Heading, most significant byte first: "mailroom backup\n", format (4), chunk
 * (4), office (16), site (8), time (8), schema (8), last event (8), its hash
 * (32), bytes of the database (8), recovery key's public half (32), the file's
 * key sealed to it (112), libsodium's header (24).  Then the chunks of
 * crypto_secretstream_xchacha20poly1305, 64 KiB each but the last, every one
 * bound to the BLAKE2b-256 of the heading; the last is tagged FINAL.
 */
#ifndef MR_BACKUP_FILE_H
#define MR_BACKUP_FILE_H

#include <sodium.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/box.h"
#include "lib/mailroom.h"

#define MR_BACKUP_FORMAT 1
#define MR_BACKUP_CHUNK 65536
#define MR_BACKUP_KEY crypto_secretstream_xchacha20poly1305_KEYBYTES
#define MR_BACKUP_BOX MR_BOX_SIZE(MR_BACKUP_KEY)
#define MR_BACKUP_HEADING 280

struct mr_backup_heading {
	unsigned char office[16];
	int64_t site, at, schema, last, size; /* last: the event's id */
	unsigned char hash[32], recovery[32];
	unsigned char box[MR_BACKUP_BOX];
	unsigned char stream[24];
	unsigned char raw[MR_BACKUP_HEADING]; /* as it stands in the file */
};

/* Long work: so many bytes are done.  May be NULL. */
typedef void (*mr_backup_step)(void *arg, int64_t done, int64_t total);

/*
 * Seal `size` bytes of `from` into `to`, both from where they stand.  The
 * heading has office, site, at, schema, last, size, hash and recovery; the
 * rest is filled in.  key: fresh, and the caller wipes it.  digest:
 * BLAKE2b-256 of the file; plain: of what was sealed.  MR_FULL, MR_IO;
 * MR_DAMAGED: the recovery key in the heading is none.
 */
enum mr_status mr_backup_seal(int from, int to,
    struct mr_backup_heading *heading, unsigned char key[MR_BACKUP_KEY],
    unsigned char digest[32], unsigned char plain[32], mr_backup_step step,
    void *arg, struct mr_error *error);

/* Read the heading.  MR_INVALID: no backup, or cut short.  MR_NEWER: of a
 * newer program.  MR_IO. */
enum mr_status mr_backup_read(
    int fd, struct mr_backup_heading *heading, struct mr_error *error);

/* The file's key by the recovery key.  MR_REFUSED: of another office's sheet.
 * MR_DAMAGED: the heading was changed. */
enum mr_status mr_backup_key(const struct mr_backup_heading *heading,
    const unsigned char recovery[32], unsigned char key[MR_BACKUP_KEY],
    struct mr_error *error);

/*
 * Open all that follows the heading, into `to`; -1: only look whether it
 * opens.  digest and plain as above.  MR_DAMAGED: a chunk was changed, moved
 * or is missing, or something follows the last; then what was written so far
 * is of no use.  MR_FULL, MR_IO.
 */
enum mr_status mr_backup_open(int fd, const struct mr_backup_heading *heading,
    const unsigned char key[MR_BACKUP_KEY], int to, unsigned char digest[32],
    unsigned char plain[32], mr_backup_step step, void *arg,
    struct mr_error *error);

#endif
