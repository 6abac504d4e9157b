/*
 * Letters for tests of what stands around them: logged, moved, posted with
 * the functions that the steps use, without people and addresses.
 */
#ifndef TEST_POST_H
#define TEST_POST_H

#include "test/house.h"

#include "lib/batch.h"
#include "lib/letter.h"

/* Seal into the open batch, as the match at the bench does. */
static inline void
post_seal(struct mr_call *c, struct mr_letter *letter)
{
	struct mr_letter now = *letter;
	struct mr_batch batch = {0};

	if (mr_batch_current(c, &batch) == MR_NOTFOUND)
		assert_int_equal(mr_batch_new(c, &batch.id), MR_OK);
	now.state = MR_L_SEALED;
	now.batch = batch.id;
	assert_int_equal(mr_letter_store(c, letter, &now, NULL), MR_OK);
	*letter = now;
}

/* A letter in a state, as the next number of station A. */
static inline int64_t
post_letter(struct house *h, int state, int parent)
{
	struct mr_letter letter = {.way = MR_FORWARD,
	    .direction = MR_TO_INSIDE,
	    .state = MR_L_RECEIVED,
	    .parent = parent,
	    .sheets = 1,
	    .stamps = -1};
	struct mr_call *c = house_begin(h);

	letter.day = c->today;
	if (state == MR_L_UNIDENTIFIED) {
		letter.state = state;
		letter.direction = MR_TO_NOBODY;
	}
	assert_int_equal(mr_letter_insert(c, &letter), MR_OK);
	if (state == MR_L_HELD)
		assert_int_equal(
		    mr_letter_hold(c, &letter, MR_R_PHOTO, 0, NULL), MR_OK);
	if (state == MR_L_CLEARED || state == MR_L_SEALED)
		assert_int_equal(
		    mr_letter_move(c, &letter, MR_L_CLEARED, 0), MR_OK);
	if (state == MR_L_SEALED)
		post_seal(c, &letter);
	house_end(c);
	return letter.id;
}

/* One step of a letter. */
static inline void
post_move(struct house *h, int64_t id, int state, int reason)
{
	struct mr_call *c = house_begin(h);
	struct mr_letter letter;

	assert_int_equal(mr_letter_load(c, id, &letter), MR_OK);
	if (state == MR_L_SEALED)
		post_seal(c, &letter);
	else
		assert_int_equal(
		    mr_letter_move(c, &letter, state, reason), MR_OK);
	house_end(c);
}

static inline const char *
post_code(struct house *h, int64_t id, char code[32])
{
	struct mr_call *c = house_begin(h);

	snprintf(code, 32, "%s", mr_letter_code(c, id));
	house_end(c);
	return code;
}

/* Close the batch with every letter that was sealed. */
static inline void
post_batch(struct house *h)
{
	struct mr_call *c = house_begin(h);

	assert_int_equal(mr_batch_close(c), MR_OK);
	house_end(c);
}

/* Another person who works here. */
static inline void
post_user(struct house *h, const char *name, const char *role)
{
	const char *was = h->user;

	h->user = "admin";
	did(h, run(h, "user add", "name", name, "role", role, NULL), name);
	h->user = was;
}

#endif
