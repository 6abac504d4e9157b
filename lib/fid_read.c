/*
 * What a volunteer typed, against the register: what it is, and what it may
 * have been.  Nothing here is taken as read; a person confirms.
 */
#include "lib/fid.h"

#include <stdio.h>
#include <string.h>

#include "lib/chain.h"
#include "lib/keys.h"
#include "lib/pairing.h"
#include "lib/payload.h"
#include "lib/text.h"
#include "lib/tongue.h"
#include "lib/when.h"

const char *
mr_fid_answer_name(enum mr_fid_answer answer)
{
	static const char *const names[] = {
	    [MR_FID_IS_GOOD] = "good",
	    [MR_FID_IS_OLD] = "old",
	    [MR_FID_IS_STOPPED] = "stopped",
	    [MR_FID_IS_UNKNOWN] = "unknown",
	    [MR_FID_IS_OTHER] = "other-kind",
	    [MR_FID_IS_BAD] = "misread",
	};

	return names[answer];
}

/* The symbols of text that may hold characters which are none: each of those
 * counts as one that nobody can read. */
static void
fold_anyway(const char *typed, struct mr_symbols *out)
{
	size_t left = strlen(typed);
	struct mr_symbols one;
	uint32_t code;
	char piece[5];
	int n;

	out->n = 0;
	for (; left > 0; typed += n, left -= (size_t)n) {
		n = mr_text_next(typed, left, &code);
		n = n > 0 ? n : 1;
		memcpy(piece, typed, (size_t)n);
		piece[n] = '\0';
		if (mr_code_fold(piece, &one, NULL) != MR_FOLD_OK) {
			one.n = 1;
			one.s[0] = MR_UNREADABLE;
		}
		if (one.n > 0 && out->n < MR_SYMBOLS_MAX)
			out->s[out->n++] = one.s[0];
	}
}

/* A scan of a reply label holds the ID and is read exactly. */
static void
read_code(struct mr_call *c, const char *typed, struct mr_code_reading *code)
{
	struct mr_payload payload;
	char text[MR_CODE_TEXT];

	if (c->keys != NULL &&
	    mr_payload_read(c->keys->tag, typed, &payload) == MR_PAYLOAD_OK &&
	    payload.kind != MR_PAYLOAD_CARD && payload.kind != MR_PAYLOAD_BADGE)
		typed = mr_code_format(&payload.code, text);
	mr_code_read(typed, MR_CODE_ID, code);
}

/* The answer about a code that is in the register. */
static void
judge(
    struct mr_call *c, const struct mr_fid *fid, struct mr_fid_reading *reading)
{
	char day[MR_WHEN_SIZE], *to = reading->sentence;
	const size_t size = sizeof(reading->sentence);
	const char *code = mr_fid_show(c, fid);

	if (fid->status == MR_FID_ACTIVE) {
		reading->answer = MR_FID_IS_GOOD;
	} else if (mr_fid_routes(c, fid)) {
		reading->answer = MR_FID_IS_OLD;
		snprintf(to, size,
		    mr_say(
			"%s was replaced by a new ID; mail under it still goes, "
			"through %s."),
		    code, mr_day_iso(fid->route_until, day));
	} else {
		reading->answer = MR_FID_IS_STOPPED;
		snprintf(to, size,
		    mr_say(
			"%s is %s since %s: a letter under it is held, ask the "
			"coordinator."),
		    code, mr_say(mr_fid_status_name(fid->status)),
		    mr_day_iso(fid->since, day));
	}
}

static enum mr_status
look_up(struct mr_call *c, struct mr_fid *fid, struct mr_fid_reading *reading)
{
	char text[MR_CODE_TEXT];
	struct mr_fid found;
	enum mr_status status;

	status =
	    mr_fid_by_code(c, mr_code_number(&reading->code.symbols), &found);
	if (status == MR_OK) {
		*fid = found;
		judge(c, fid, reading);
		return MR_OK;
	}
	if (status != MR_NOTFOUND)
		return status;
	reading->answer = MR_FID_IS_UNKNOWN;
	snprintf(reading->sentence, sizeof(reading->sentence),
	    mr_say("%s is written like one of our IDs, but we never issued it: "
		   "compare it with the envelope, symbol by symbol."),
	    mr_code_format(&reading->code.symbols, text));
	return MR_OK;
}

enum mr_status
mr_fid_read(struct mr_call *c, const char *typed, struct mr_fid *fid,
    struct mr_fid_reading *reading)
{
	memset(reading, 0, sizeof(*reading));
	read_code(c, typed, &reading->code);
	if (reading->code.answer == MR_READ_OK) {
		reading->near = reading->code.symbols;
		return look_up(c, fid, reading);
	}
	fold_anyway(typed, &reading->near);
	reading->answer = reading->code.answer == MR_READ_OTHER_KIND
	    ? MR_FID_IS_OTHER
	    : MR_FID_IS_BAD;
	mr_code_say(
	    &reading->code, reading->sentence, sizeof(reading->sentence));
	return MR_OK;
}

enum mr_status
mr_fid_find(struct mr_call *c, struct mr_typed typed, struct mr_fid *fid)
{
	struct mr_fid_reading reading;
	enum mr_status status = mr_fid_read(c, typed.s, fid, &reading);

	if (status != MR_OK)
		return status;
	if (reading.answer == MR_FID_IS_UNKNOWN)
		return mr_fail(c, MR_NOTFOUND, "%s", reading.sentence);
	if (reading.answer > MR_FID_IS_UNKNOWN)
		return mr_fail(c, MR_INVALID, "%s", reading.sentence);
	return MR_OK;
}

/* The guesses of one reading. */
struct search {
	struct mr_call *c;
	int from;
	struct mr_fid_guess *guess;
	int n;
	enum mr_status status;
};

/* Does a go before b? */
static int
better(const struct mr_fid_guess *a, const struct mr_fid_guess *b)
{
	int a_goes = a->live && a->routes, b_goes = b->live && b->routes;

	if (a->fits != b->fits)
		return a->fits;
	if (a_goes != b_goes)
		return a_goes;
	if (a->changes != b->changes)
		return a->changes < b->changes;
	return a->fid.id < b->fid.id;
}

/* Into its place; the last one falls out when the list is full. */
static void
place(struct search *s, const struct mr_fid_guess *new)
{
	int at;

	for (int i = 0; i < s->n; i++)
		if (s->guess[i].fid.id == new->fid.id)
			return;
	for (at = s->n; at > 0 && better(new, &s->guess[at - 1]); at--)
		if (at < MR_FID_GUESSES)
			s->guess[at] = s->guess[at - 1];
	if (at < MR_FID_GUESSES)
		s->guess[at] = *new;
	if (s->n < MR_FID_GUESSES)
		s->n++;
}

/* A candidate by arithmetic: a guess only where the register holds it. */
static int
consider(void *arg, const struct mr_symbols *code, int changes)
{
	struct search *s = arg;
	struct mr_fid_guess new = {.changes = changes};
	struct mr_pairing pairing;
	int kind;

	s->status = mr_fid_by_code(s->c, mr_code_number(code), &new.fid);
	if (s->status == MR_NOTFOUND) {
		s->status = MR_OK;
		return 0;
	}
	if (s->status == MR_OK)
		s->status = mr_pairing_load(s->c, new.fid.pairing, &pairing);
	if (s->status != MR_OK)
		return 1;
	kind = new.fid.writer == pairing.outside ? 2 : 1;
	new.routes = mr_fid_routes(s->c, &new.fid);
	new.live = mr_pairing_live(s->c, &pairing);
	new.direction = kind == 2 ? 1 : 2;
	new.fits = s->from == 0 || s->from == kind;
	place(s, &new);
	return 0;
}

/* A changed copy of what was read, where it is well-formed. */
static void
attempt(struct search *s, struct mr_symbols *code, int changes)
{
	if (s->status != MR_OK)
		return;
	if (memchr(code->s, MR_UNREADABLE, code->n) != NULL &&
	    mr_code_solve(code, MR_CODE_ID) < 1)
		return;
	if (mr_code_valid(code, MR_CODE_ID))
		consider(s, code, changes);
}

/* Two neighbours exchanged. */
static void
try_exchanged(struct search *s, const struct mr_symbols *near)
{
	for (int i = 0; i + 1 < near->n; i++) {
		struct mr_symbols code = *near;

		code.s[i] = near->s[i + 1];
		code.s[i + 1] = near->s[i];
		attempt(s, &code, 2);
	}
}

/* One symbol was left out: an unreadable one at each place. */
static void
try_missing(struct search *s, const struct mr_symbols *near)
{
	for (int i = 0; i <= near->n; i++) {
		struct mr_symbols code = *near;

		memmove(code.s + i + 1, near->s + i, (size_t)(near->n - i));
		code.s[i] = MR_UNREADABLE;
		code.n++;
		attempt(s, &code, 1);
	}
}

/* One symbol was typed twice, or from the line below. */
static void
try_extra(struct search *s, const struct mr_symbols *near)
{
	for (int i = 0; i < near->n; i++) {
		struct mr_symbols code = *near;

		memmove(code.s + i, near->s + i + 1, (size_t)(near->n - i - 1));
		code.n--;
		attempt(s, &code, 1);
	}
}

enum mr_status
mr_fid_guess(struct mr_call *c, const struct mr_fid_reading *reading, int from,
    struct mr_fid_guess guess[MR_FID_GUESSES], int *n)
{
	struct search s = {.c = c, .from = from, .guess = guess};
	const struct mr_symbols *near = &reading->near;

	*n = 0;
	if (reading->answer != MR_FID_IS_BAD)
		return MR_OK;
	if (mr_code_length_ok(MR_CODE_ID, near->n)) {
		mr_code_suggest(near, MR_CODE_ID, consider, &s);
		try_exchanged(&s, near);
	} else if (mr_code_length_ok(MR_CODE_ID, near->n + 1)) {
		try_missing(&s, near);
	} else if (mr_code_length_ok(MR_CODE_ID, near->n - 1)) {
		try_extra(&s, near);
	}
	*n = s.n;
	return s.status;
}
