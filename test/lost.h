/*
 * An office on a server behind a wire that is cut (proxy.h), and letters that
 * are counted afterwards.
 */
#ifndef TEST_LOST_H
#define TEST_LOST_H

#include "test/mail.h"
#include "test/proxy.h"

static char ids[2][32]; /* taking turns, so that none is a bounce */
static int64_t before;  /* letters that were there */

/* The house's handle goes by the wire, and waits so long. */
static inline void
by_wire(struct house *h, int patience_ms)
{
	char db[320];
	struct mr_options options = {
	    .dir = h->dir, .db = proxy_db(h, db), .patience_ms = patience_ms};

	mr_close(h->mr);
	h->mr = NULL;
	if (mr_open(&options, &h->mr, &h->error) != MR_OK)
		fail_msg("%s", h->error.message);
}

static inline int64_t
letters(struct house *h)
{
	return house_count(h, "SELECT count(*) FROM letter") - before;
}

static inline int
setup(void **state)
{
	struct house *h;

	if (mail_setup(state) != 0)
		return -1;
	h = *state;
	mail_id(h, 1, MR_INSIDE, ids[0]);
	mail_id(h, 1, MR_OUTSIDE, ids[1]);
	before = 0;
	before = letters(h);
	proxy_cut(CUT_NEVER, "", 0);
	by_wire(h, 0);
	return 0;
}

static inline int
teardown(void **state)
{
	proxy_cut(CUT_NEVER, "", 0);
	return house_teardown(state);
}

static inline enum mr_status
receive(struct house *h, int n, const char *key)
{
	enum mr_status status;

	later(h, 10);
	h->request = key;
	status =
	    run(h, "letter receive", "id", ids[n % 2], "sheets", "2", NULL);
	h->request = NULL;
	return status;
}

static inline void
holds(struct house *h, int64_t want)
{
	assert_int_equal(proxy.left, 0);
	assert_int_equal(letters(h), want);
	did(h, run(h, "audit verify", NULL), "");
	did(h, run(h, "office check", NULL), "");
}

#endif
