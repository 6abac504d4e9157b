/*
 * Making an office.  Everything is built in a folder beside the one asked
 * for, which takes its name in one step at the end: there is a whole office
 * or there is none.
 */
#include "lib/office.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/handle.h"
#include "lib/migrate.h"
#include "lib/newdir.h"
#include "lib/recovery.h"
#include "lib/site_add.h"
#include "lib/setting.h"
#include "lib/text.h"
#include "lib/tongue.h"
#include "lib/user.h"
#include "lib/when.h"
#include "lib/words.h"

/* `init` is no row of the table; its events carry this number. */
#define OP_INIT 130
#define FILE_SIZE (MR_NEWDIR_SIZE + 64)

/* The secrets of a new office, in memory of libsodium. */
struct secrets {
	unsigned char vault[32], blind[32], recovery[32];
	unsigned char vault_public[32], recovery_public[32];
};

/* One making of an office. */
struct making {
	const struct mr_office_new *new;
	struct mr_error *error;
	char folder[MR_NEWDIR_SIZE]; /* beside the one asked for */
	struct mr *mr;
	struct secrets *secrets;
	int made; /* 1: there are tables */
};

void
mr_recovery_sheet_wipe(struct mr_recovery_sheet *sheet)
{
	sodium_memzero(sheet, sizeof(*sheet));
}

static enum mr_status
check_new(const struct mr_office_new *new, struct mr_error *error)
{
	const struct mr_site_add site = {.name = new->name,
	    .street = new->street,
	    .city = new->city,
	    .state = new->state,
	    .zip = new->zip,
	    .zone = new->zone};

	/* It is written into mailroom.conf, which goes into copies. */
	if (new->db != NULL && sql_url_secret(new->db))
		return mr_error(error, MR_REFUSED,
		    "a password stands in the address of the database, and "
		    "the address is written into mailroom.conf: put the "
		    "password into ~/.pgpass (mode 0600) and leave it out of "
		    "the address");
	return mr_site_check(&site, error);
}

static void
fill_site(struct making *m)
{
	const struct mr_office_new *new = m->new;
	struct mr_site *site = &m->mr->site;

	randombytes_buf(site->office, sizeof(site->office));
	site->name = new->name;
	site->street = new->street;
	site->city = new->city;
	site->state = new->state;
	site->zip = new->zip;
	site->zone = new->zone;
	site->vault_version = 1;
	memcpy(site->vault_public, m->secrets->vault_public, 32);
}

static enum mr_status
make_secrets(struct making *m)
{
	struct secrets *s = sodium_malloc(sizeof(*s));

	m->secrets = s;
	if (s == NULL)
		return mr_error(m->error, MR_NOMEM, "memory ran out");
	crypto_box_keypair(s->vault_public, s->vault);
	crypto_box_keypair(s->recovery_public, s->recovery);
	randombytes_buf(s->blind, sizeof(s->blind));
	return MR_OK;
}

/* A handle on an empty database: mr_open wants a site row to be there. */
static enum mr_status
make_handle(struct making *m)
{
	struct sql_options how = {.create = 1, .busy_ms = 5000};
	struct mr *mr = mr_calloc(sizeof(*mr));
	char file[FILE_SIZE];
	enum mr_status status;

	m->mr = mr;
	if (mr == NULL || (mr->lasting = mr_arena_new(0)) == NULL ||
	    (mr->arena = mr_arena_new(0)) == NULL ||
	    (mr->tape = mr_arena_new(0)) == NULL ||
	    (mr->dir = mr_cstrdup(m->folder)) == NULL)
		return mr_error(m->error, MR_NOMEM, "memory ran out");
	fill_site(m);
	mr->keys = mr_keys_new(mr->site.office);
	if (mr->keys == NULL)
		return mr_error(m->error, MR_NOMEM, "memory ran out");
	memcpy(mr->site.sign_public, mr->keys->verify, 32);
	snprintf(file, sizeof(file), "sqlite:%s/mailroom.db", m->folder);
	status = sql_open(
	    m->new->db != NULL ? m->new->db : file, &how, &mr->db, m->error);
	if (status == MR_OK)
		status = mr_schema_create(mr->db, m->error);
	m->made = status == MR_OK;
	if (status != MR_OK || m->new->db != NULL)
		return status;
	/* The folder is ours alone, but files get copied. */
	if (chmod(file + strlen("sqlite:"), 0600) != 0)
		return mr_error(
		    m->error, MR_IO, "%s: %s", file, strerror(errno));
	return MR_OK;
}

static enum mr_status
add_site(struct mr_call *c, const struct secrets *s)
{
	unsigned char blind[MR_BLIND_BOX], recovery[MR_RECOVERY_BOX];
	enum mr_status status;

	status = mr_blind_seal(c, s->vault_public, 1, s->blind, blind);
	if (status == MR_OK)
		status = mr_recovery_seal(
		    c, s->recovery_public, c->keys, s->vault, 1, recovery);
	if (status != MR_OK)
		return status;
	return mr_site_store(c, s->recovery_public, blind, recovery);
}

/* The coordinator first: who acts when nobody is named. */
static enum mr_status
add_users(struct mr_call *c, const struct mr_office_new *new,
    const struct mr_userkey *key, const struct secrets *s)
{
	int64_t coordinator = 0, admin;
	struct mr_holder holder;
	enum mr_status status;

	status = mr_user_add(c, new->coordinator, MR_COORDINATOR, &coordinator);
	if (status == MR_OK)
		status = mr_user_add(c, "admin", MR_ADMIN, &admin);
	if (status == MR_OK)
		status = mr_holder_load(c, coordinator, &holder);
	if (status == MR_OK)
		status = mr_user_set_key(c, coordinator, holder.event, key);
	if (status == MR_OK)
		status = mr_user_grant_put(c, coordinator, s->vault, 1);
	return status;
}

static enum mr_status
wrap_coordinator(
    struct mr_call *c, const struct mr_office_new *new, struct mr_userkey *key)
{
	/* The first user of the first site. */
	const int64_t id = (c->site->id << MR_SITE_SHIFT) + 1;
	unsigned char secret[32];
	enum mr_status status;

	if (new->coordinator == NULL || strcmp(new->coordinator, "admin") == 0)
		return mr_fail(c, MR_INVALID,
		    "the coordinator needs a name of their own; admin is "
		    "somebody else, who holds no key");
	if (new->passphrase == NULL)
		return mr_fail(
		    c, MR_INVALID, "the coordinator needs a passphrase");
	status = mr_passphrase_check(c, new->passphrase, new->coordinator);
	if (status == MR_OK)
		status = mr_userkey_make(c, id, new->passphrase, key, secret);
	sodium_memzero(secret, sizeof(secret));
	return status;
}

/* All rows and their events, in one transaction. */
static enum mr_status
fill_database(struct making *m)
{
	struct mr_call *c = mr_call_start(m->mr, m->new->now, m->error);
	struct mr_userkey key;
	int64_t checkpoint;
	enum mr_status status;

	c->op = OP_INIT;
	status = wrap_coordinator(c, m->new, &key);
	if (status != MR_OK)
		goto out;
	status = mr_begin(c, 1);
	if (status != MR_OK)
		goto out;
	status = add_site(c, m->secrets);
	if (status == MR_OK)
		status = add_users(c, m->new, &key, m->secrets);
	if (status == MR_OK && m->new->practice)
		status = mr_setting_practice(c);
	if (status == MR_OK && m->new->paper != NULL)
		status = mr_setting_set(c, "paper", m->new->paper);
	if (status == MR_OK && m->new->language != NULL)
		status = mr_setting_set(c, "language", m->new->language);
	if (status == MR_OK)
		status = mr_checkpoint(c, &checkpoint);
	status = mr_end(c, status);
out:
	mr_call_end(c);
	return status;
}

static enum mr_status
write_keys(struct making *m)
{
	char path[FILE_SIZE];

	snprintf(path, sizeof(path), "%s/office.key", m->folder);
	return mr_keys_write(path, m->mr->keys, m->error);
}

static void
fill_sheet(struct making *m, struct mr_recovery_sheet *sheet)
{
	struct mr_symbols word[MR_RECOVERY_WORDS];
	char text[MR_CODE_TEXT];

	mr_office_spell(m->mr->site.office, sheet->office);
	sheet->day = m->mr->call.today;
	mr_recovery_make(m->secrets->recovery, word);
	for (int i = 0; i < MR_RECOVERY_GROUPS; i++)
		snprintf(sheet->group[i], sizeof(sheet->group[i]), "%.15s",
		    mr_code_format(&word[i], text));
	sodium_memzero(word, sizeof(word));
	sodium_memzero(text, sizeof(text));
}

static enum mr_status
appear(struct making *m)
{
	/* A file moves closed; a server's tables may have to be dropped. */
	if (m->new->db == NULL) {
		mr_close(m->mr);
		m->mr = NULL;
	}
	return mr_newdir_appear(m->folder, m->new->dir, m->error);
}

/* Nothing stays behind. */
static void
clean_up(struct making *m, enum mr_status status, int sheet_made)
{
	if (status != MR_OK && m->made && m->new->db != NULL)
		(void)mr_schema_drop(m->mr->db, NULL);
	mr_close(m->mr);
	sodium_free(m->secrets);
	if (status == MR_OK)
		return;
	if (sheet_made && m->new->recovery != NULL)
		unlink(m->new->recovery);
	mr_newdir_remove(m->folder);
}

enum mr_status
mr_office_init(const struct mr_office_new *new, struct mr_recovery_sheet *sheet,
    struct mr_error *error)
{
	struct making m = {.new = new, .error = error};
	enum mr_status status;
	int sheet_made = 0;

	if (sodium_init() < 0)
		return mr_error(error, MR_BUG, "libsodium does not start");
	status = check_new(new, error);
	if (status == MR_OK)
		status = mr_newdir_check(new->dir, error);
	if (status == MR_OK)
		status = mr_newdir_make(new->dir, m.folder, error);
	if (status == MR_OK)
		status = make_secrets(&m);
	if (status == MR_OK)
		status = make_handle(&m);
	if (status == MR_OK)
		status = fill_database(&m);
	if (status == MR_OK)
		status = write_keys(&m);
	if (status == MR_OK)
		fill_sheet(&m, sheet);
	if (status == MR_OK && new->sheet != NULL) {
		status = new->sheet(new, m.folder, sheet, error);
		sheet_made = status == MR_OK;
	}
	if (status == MR_OK)
		status = appear(&m);
	clean_up(&m, status, sheet_made);
	if (status != MR_OK)
		mr_recovery_sheet_wipe(sheet);
	return status;
}
