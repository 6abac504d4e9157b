/*
 * A call from the inside: what the nouns of lib/ may use of one unit of work.
 * Not part of the public face.
 */
#ifndef MR_CALL_H
#define MR_CALL_H

#include <stdint.h>

#include "lib/arena.h"
#include "lib/mailroom.h"
#include "lib/sql.h"

#define MR_SITE_SHIFT 36
#define MR_ID_BITS 42
/* The counter of an id, without its site. */
#define MR_SEQ(id) ((id) & ((INT64_C(1) << MR_SITE_SHIFT) - 1))
#define MR_DAY_US (INT64_C(86400) * 1000000)

struct mr_vault;
struct mr_keys;

/* Our own place, as the site row has it.  Strings are the handle's. */
struct mr_site {
	int64_t id;
	unsigned char office[16];
	const char *name, *street, *city, *state, *zip, *zone;
	unsigned char vault_public[32], sign_public[32];
	int64_t vault_version;
};

struct mr_call {
	struct mr *mr;
	struct mr_arena *arena;
	struct mr_error *error;
	const struct mr_site *site;
	const struct mr_keys *keys;   /* of the office key file */
	const struct mr_vault *vault; /* NULL: closed */
	int64_t now;                  /* never before the newest event */
	int64_t today;                /* its day in the site's zone */
	int64_t user;                 /* id in users; 0: the program itself */
	const char *user_name;
	unsigned role;
	int station;                  /* 'A' to 'Z' */
	const char *printer;          /* what is drawn is for it; NULL: any */
	int queue;                    /* it is there, profile or not */
	int op;                       /* number of the operation, for events */
	const unsigned char *request; /* 16 bytes, or NULL */
	int64_t first_event;          /* of this call; 0: none yet */
	int events;
	int64_t about; /* nothing changed: the event that the answer leans on */
	void *found;   /* what run leaves for answer when nothing changed */
	void *told;    /* what ready leaves for run: asked of a person */
	void (*progress)(
	    void *arg, const char *what, int64_t done, int64_t total);
	void *progress_arg;
};

/* Store the sentence and return the status. */
enum mr_status mr_fail(struct mr_call *c, enum mr_status status,
    const char *format, ...) __attribute__((format(printf, 3, 4)));
enum mr_status mr_error(struct mr_error *error, enum mr_status status,
    const char *format, ...) __attribute__((format(printf, 3, 4)));
/* MR_NOMEM with its sentence. */
enum mr_status mr_nomem(struct mr_call *c);

/* Memory with the handle's lifetime; wiped by mr_cfree. */
void *mr_calloc(size_t n);
char *mr_cstrdup(const char *s);
void mr_cfree(void *p, size_t n);

/* Tell a long work's progress, if anyone listens. */
void
mr_progress(struct mr_call *c, const char *what, int64_t done, int64_t total);

struct sql *mr_call_db(struct mr_call *c);

/*
 * The next id of a table for this site: one over the newest, or over the gap
 * that a restore left (gap.h).  Call it with MR_NEWEST.  The caller's INSERT
 * follows in the same transaction, whose write lock makes it safe.
 */
enum mr_status mr_next_id(struct mr_call *c, const char *table,
    const char *select_newest, int64_t *id);
#define MR_NEWEST(table) \
	table, \
	    "SELECT id FROM " table \
	    " WHERE id < :end AND id >= :start ORDER BY id DESC LIMIT 1"

/* Ids as people read them: C12, on other sites C3.12.  In the arena. */
const char *mr_show_id(struct mr_call *c, char letter, int64_t id);
/* And back.  0: not of that form. */
int mr_read_id(const char *text, char letter, int64_t *id);

/*
 * Ask the front end for a passphrase: "new", "recovery", a PIN (op.h), or NULL
 * for the one that opens the vault.  NUL-terminated in size bytes.
 * MR_LOCKED: there is none to be had.
 */
enum mr_status
mr_ask_passphrase(struct mr_call *c, const char *which, char *buf, size_t size);

#endif
