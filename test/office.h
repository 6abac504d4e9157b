/*
 * What the tests of the office as a whole share: paths, opening again, the
 * words of the recovery sheet, who can open the vault.
 */
#ifndef TEST_OFFICE_H
#define TEST_OFFICE_H

#include "test/house.h"

#include "lib/user.h"
#include "lib/vault.h"

#define CORA "a lantern on the quiet harbour"

static inline void
path_of(struct house *h, const char *name, char path[128])
{
	snprintf(path, 128, "%s/%s", h->dir, name);
}

/* Close and open again, as the next command does. */
static inline enum mr_status
again(struct house *h, int no_keys)
{
	struct mr_options options = {.dir = h->dir,
	    .db = house_db(h),
	    .check_scans = 1,
	    .no_keys = no_keys};

	mr_close(h->mr);
	h->mr = NULL;
	return mr_open(&options, &h->mr, &h->error);
}

/* The nine groups as somebody types them, into a buffer of ours. */
static inline const char *
all_words(const struct house *h, char typed[256])
{
	size_t n = 0;

	for (int i = 0; i < MR_RECOVERY_GROUPS; i++)
		n += (size_t)snprintf(typed + n, 256 - n, "%s%s", i ? " " : "",
		    h->sheet.group[i]);
	return typed;
}

/* Does the vault open for this user by that passphrase? */
static inline enum mr_status
opens(struct house *h, const char *name, const char *passphrase)
{
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);
	enum mr_status status = mr_user_find(c, name, &c->user);

	mr_vault_close(h->mr);
	if (status == MR_OK)
		status = mr_vault_open(c, passphrase);
	mr_call_end(c);
	return status;
}

#endif
