/*
 * A second site for tests: made by its operation, and a handle on it beside
 * the first one's, on the same database.
 */
#ifndef TEST_SITE_H
#define TEST_SITE_H

#include "test/mail.h"

#include <unistd.h>

/* Where its key is, for opening it and for the end. */
static inline const char *
site_folder(const struct house *h, char folder[200])
{
	snprintf(folder, 200, "%.80s-site", h->dir);
	return folder;
}

static inline enum mr_status
site_make(struct house *h)
{
	char folder[200];
	enum mr_status status;

	h->passphrase = HOUSE_PASSPHRASE;
	status = run(h, "site add", "name", "Bridge Letters West", "street",
	    "PO BOX 77", "city", "Boise", "state", "ID", "zip", "83701", "zone",
	    "America/Boise", "folder", site_folder(h, folder), NULL);
	return status;
}

/* Where the database of both is. */
static inline const char *
site_db(const struct house *h, char file[200])
{
	snprintf(file, 200, "sqlite:%.80s/mailroom.db", h->dir);
	return house_db(h) != NULL ? house_db(h) : file;
}

static inline enum mr_status
site_open(struct house *h, struct mr **mr)
{
	char folder[200], file[200];
	struct mr_options options = {.dir = site_folder(h, folder),
	    .db = site_db(h, file),
	    .check_scans = 1};

	return mr_open(&options, mr, &h->error);
}

/* Hands over from one site to the other: the same house, another handle. */
static inline void
site_go(struct house *h, struct mr **other)
{
	struct mr *mr = h->mr;

	h->mr = *other;
	*other = mr;
	h->now += 1000000;
}

static inline void
site_remove(struct house *h)
{
	char folder[200], path[256];

	snprintf(path, sizeof(path), "%s/office.key", site_folder(h, folder));
	unlink(path);
	snprintf(path, sizeof(path), "%s/site.txt", folder);
	unlink(path);
	snprintf(path, sizeof(path), "%s/mailroom.conf", folder);
	unlink(path);
	rmdir(folder);
}

/* A letter that another site logged: its code. */
static inline void
site_letter(struct house *h, int64_t pairing, char code[64])
{
	struct mr *mr = NULL;

	did(h, site_make(h), "\"site\":1");
	assert_int_equal(site_open(h, &mr), MR_OK);
	site_go(h, &mr);
	mail_receive(h, pairing, MR_INSIDE, code);
	house_value(h, "code", 0, code);
	site_go(h, &mr);
	mr_close(mr);
	site_remove(h);
}

#endif
