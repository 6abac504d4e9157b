/*
 * One more site: its keys and a folder for the other machine, its row and the
 * beginning of its chain.  See site.h.
 */
#include "lib/site_add.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/due.h"
#include "lib/event.h"
#include "lib/file.h"
#include "lib/handle.h"
#include "lib/newdir.h"
#include "lib/recovery.h"
#include "lib/text.h"
#include "lib/tongue.h"
#include "lib/when.h"

/* All of it in the call's arena, which is wiped. */
struct mr_site_made {
	struct mr_site place;
	struct mr_keys keys;
	unsigned char recovery_public[32];
	unsigned char blind[MR_BLIND_BOX], recovery[MR_RECOVERY_BOX];
	const char *folder;
};

static enum mr_status
check_text(const char *what, const char *s, size_t most, struct mr_error *error)
{
	struct mr_text_fault fault;

	if (s == NULL || s[strspn(s, " ")] == '\0')
		return mr_error(error, MR_INVALID,
		    "the office needs a %s; it stands in every return address",
		    what);
	if (strlen(s) > most)
		return mr_error(error, MR_INVALID,
		    "the %s is too long for an envelope: %zu bytes are the "
		    "most",
		    what, most);
	if (mr_text_check(s, strlen(s), 0, &fault) != 0)
		return mr_error(
		    error, MR_INVALID, "the %s: %s", what, fault.message);
	return MR_OK;
}

enum mr_status
mr_site_check(const struct mr_site_add *in, struct mr_error *error)
{
	enum mr_status status;

	status = check_text("name", in->name, 60, error);
	if (status == MR_OK)
		status = check_text("street or box", in->street, 60, error);
	if (status == MR_OK)
		status = check_text("city", in->city, 40, error);
	if (status == MR_OK)
		status = check_text("state", in->state, 20, error);
	if (status == MR_OK)
		status = check_text("ZIP code", in->zip, 12, error);
	if (status != MR_OK)
		return status;
	if (in->zone == NULL || !mr_zone_known(in->zone))
		return mr_error(error, MR_INVALID,
		    "%.60s is no time zone of this machine; write one like "
		    "America/New_York or America/Chicago",
		    in->zone != NULL ? in->zone : mr_say("nothing"));
	return MR_OK;
}

enum mr_status
mr_site_store(struct mr_call *c, const unsigned char recovery_public[32],
    const unsigned char *blind, const unsigned char *recovery)
{
	const struct mr_site *site = c->site;
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "INSERT INTO site (id, office, name, street, city, state, zip, "
	    "zone, vault_public, vault_version, blind_box, sign_public, "
	    "recovery_public, recovery_box, version, event) "
	    "VALUES (:id, :office, :name, :street, :city, :state, :zip, "
	    ":zone, :vault, :pair, :blind, :sign, "
	    ":recovery, :box, 1, :event)");
	sql_int(st, ":id", site->id);
	sql_blob(st, ":office", site->office, sizeof(site->office));
	sql_text(st, ":name", site->name);
	sql_text(st, ":street", site->street);
	sql_text(st, ":city", site->city);
	sql_text(st, ":state", site->state);
	sql_text(st, ":zip", site->zip);
	sql_text(st, ":zone", site->zone);
	sql_blob(st, ":vault", site->vault_public, 32);
	sql_int(st, ":pair", site->vault_version);
	sql_blob(st, ":blind", blind, MR_BLIND_BOX);
	sql_blob(st, ":sign", site->sign_public, 32);
	sql_blob(st, ":recovery", recovery_public, 32);
	sql_blob(st, ":box", recovery, MR_RECOVERY_BOX);
	sql_int(st, ":event", mr_event_next(c));
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_SITE, site->id, 0, NULL);
}

/* The next free number, and the recovery key, as this site's proved row has
 * it: or the new box would be sealed to whoever wrote their key there. */
static enum mr_status
look_around(struct mr_call *c, struct mr_site_made *made)
{
	struct mr_sites *sites;
	enum mr_status status = mr_row_proved(c, MR_SITE, c->site->id);

	if (status == MR_OK)
		status = mr_sites_load(c, &sites);
	if (status == MR_OK)
		status = mr_recovery_public(c, made->recovery_public);
	if (status != MR_OK)
		return status;
	made->place.id = sites->n > 0 ? sites->at[sites->n - 1].id + 1 : 0;
	if (made->place.id >= MR_SITES)
		return mr_fail(
		    c, MR_REFUSED, "an office has at most %d sites", MR_SITES);
	return MR_OK;
}

/* Codes and tags are the office's, so that paper of one site is read at all
 * of them; what it signs with is the site's own. */
static void
make_keys(struct mr_call *c, struct mr_site_made *made)
{
	made->keys = *c->keys;
	crypto_sign_keypair(made->keys.verify, made->keys.sign);
	memcpy(made->place.sign_public, made->keys.verify, 32);
}

static enum mr_status
make_boxes(struct mr_call *c, struct mr_site_made *made)
{
	const struct mr_vault *vault = c->vault;
	const struct mr_site *own = c->site;
	enum mr_status status;

	c->site = &made->place;
	status = mr_blind_seal(
	    c, vault->public, vault->version, vault->blind, made->blind);
	if (status == MR_OK)
		status = mr_recovery_seal(c, made->recovery_public, &made->keys,
		    vault->secret, vault->version, made->recovery);
	c->site = own;
	return status;
}

/* A line each; what stands in it is typed, in any language. */
static const char *
words(struct mr_call *c, const struct mr_site_made *made)
{
	static const char *const lines[] = {
	    MR_SAID("Carry it there by hand. office.key is as secret as the "
		    "key to the door:"),
	    MR_SAID("no mail, no cloud, and no copy stays on the stick."),
	    "",
	    MR_SAID("On the machine there, put the folder where the office "
		    "shall be; only its owner may open it."),
	    MR_SAID("The letters are in the database that all sites share. "
		    "Is its address not in mailroom.conf?"),
	    MR_SAID("Then it must be told. Prove that all is right:"),
	    "",
	    "    export MAILROOM_DB='host=... dbname=... sslmode=verify-full'",
	    "    mailroom --office FOLDER office check",
	    "    mailroom --office FOLDER office show",
	    "",
	    MR_SAID("The recovery sheet of the office opens this site, too."),
	};
	const char *all = mr_printf(c->arena,
	    mr_say("This folder is for site %lld of the office %s: %s, %s."),
	    (long long)made->place.id, mr_office_shown(c, made->place.office),
	    made->place.name, made->place.city);

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (all != NULL)
			all = mr_printf(c->arena, "%s%s%s\n", all,
			    i == 0 ? "\n\n" : "", mr_say(lines[i]));
	return all;
}

static enum mr_status
write_file(
    struct mr_call *c, const char *folder, const char *name, const char *text)
{
	char path[MR_NEWDIR_SIZE + 64];
	enum mr_status status = MR_OK;
	int fd;

	if (text == NULL)
		return mr_nomem(c);
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || mr_write_all(fd, text, strlen(text)) != 0 ||
	    fsync(fd) != 0)
		status = mr_write_fault(name, errno, c->error);
	if (fd >= 0)
		close(fd);
	return status;
}

/* A file's place is none of the other machine, and a password is nobody's. */
static enum mr_status
write_address(struct mr_call *c, const char *folder)
{
	const char *url = c->mr->url;

	if (sql_is_file(c->mr->db) || sql_url_secret(url))
		return MR_OK;
	return write_file(
	    c, folder, "mailroom.conf", mr_printf(c->arena, "db = %s\n", url));
}

static enum mr_status
write_folder(struct mr_call *c, const struct mr_site_made *made)
{
	char folder[MR_NEWDIR_SIZE] = "", path[MR_NEWDIR_SIZE + 64];
	enum mr_status status;

	status = mr_newdir_make(made->folder, folder, c->error);
	snprintf(path, sizeof(path), "%s/office.key", folder);
	if (status == MR_OK)
		status = mr_keys_write(path, &made->keys, c->error);
	if (status == MR_OK)
		status = write_file(c, folder, "site.txt", words(c, made));
	if (status == MR_OK)
		status = write_address(c, folder);
	if (status == MR_OK)
		status = mr_due_put(c, folder, made->folder);
	if (status != MR_OK)
		mr_newdir_remove(folder);
	return status;
}

enum mr_status
mr_site_make(
    struct mr_call *c, const struct mr_site_add *in, struct mr_site_made **out)
{
	struct mr_site_made *made = mr_alloc(c->arena, sizeof(*made));
	enum mr_status status = mr_site_check(in, c->error);

	if (status != MR_OK)
		return status;
	if (made == NULL)
		return mr_nomem(c);
	made->place = *c->site;
	made->place.name = in->name;
	made->place.street = in->street;
	made->place.city = in->city;
	made->place.state = in->state;
	made->place.zip = in->zip;
	made->place.zone = in->zone;
	status = mr_vault_check(c);
	if (status == MR_OK)
		status = look_around(c, made);
	if (status != MR_OK)
		return status;
	made->folder = in->folder != NULL
	    ? in->folder
	    : mr_printf(c->arena, "%s/site-%lld", c->mr->dir,
		  (long long)made->place.id);
	if (made->folder == NULL)
		return mr_nomem(c);
	status = mr_newdir_check(made->folder, c->error);
	if (status != MR_OK)
		return status;
	make_keys(c, made);
	*out = made;
	return make_boxes(c, made);
}

/* The beginning of its own chain, signed with its own key. */
static enum mr_status
begin_chain(struct mr_call *c, const struct mr_site_made *made,
    unsigned char hash[MR_HASH])
{
	const struct mr_keys *keys = c->keys;
	struct mr_head own = c->mr->head;
	enum mr_status status;
	int64_t id;

	c->site = &made->place;
	c->keys = &made->keys;
	c->mr->head.id = made->place.id << MR_SITE_SHIFT;
	mr_chain_start(made->place.office, made->place.id, c->mr->head.hash);
	status = mr_site_store(
	    c, made->recovery_public, made->blind, made->recovery);
	if (status == MR_OK)
		status = mr_checkpoint(c, &id);
	memcpy(hash, c->mr->head.hash, MR_HASH);
	c->mr->head = own;
	c->keys = keys;
	c->site = &c->mr->site;
	/* This site's answer leans on its own chain. */
	c->events = 0;
	c->first_event = 0;
	return status;
}

enum mr_status
mr_site_insert(struct mr_call *c, const struct mr_site_made *made)
{
	unsigned char hash[MR_HASH];
	const struct mr_field fields[] = {{MR_F_SITE, made->place.id, NULL, 0},
	    {MR_F_EVENT, (made->place.id << MR_SITE_SHIFT) + 1, NULL, 0},
	    {MR_F_HEAD, 0, hash, sizeof(hash)}, {MR_F_END, 0, NULL, 0}};
	struct mr_sites *sites;
	enum mr_status status = mr_sites_load(c, &sites);

	if (status == MR_OK && mr_sites_find(sites, made->place.id) != NULL)
		status = mr_fail(c, MR_REFUSED,
		    "somebody else has just made site %lld; do it again",
		    (long long)made->place.id);
	/* A new key to the vault came between. */
	if (status == MR_OK)
		status = mr_vault_check(c);
	if (status == MR_OK)
		status = begin_chain(c, made, hash);
	if (status == MR_OK)
		status = mr_event_note(c, MR_SITE, c->site->id, fields);
	return status == MR_OK ? write_folder(c, made) : status;
}
