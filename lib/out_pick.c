/*
 * For people: a printer before a table.  Of each map of the answer's list it
 * lets only some keys through, and it shows times as the clock on the wall
 * did.  JSON and CSV always hold everything, in UTC.
 */
#include <stdio.h>
#include <string.h>

#include "lib/out.h"
#include "lib/when.h"

struct pick {
	struct mr_out out;
	struct mr_out *to;
	const char *columns, *spare;
	int depth;   /* maps and lists that are open */
	int skipped; /* depth below which nothing passes; 0: all passes */
	int list;    /* the answer is a list */
};

/* Is it one of the words of a list? */
static int
among(const char *at, const char *key)
{
	size_t len = strlen(key), n;

	for (; *at != '\0'; at += n + (at[n] == ' ')) {
		n = strcspn(at, " ");
		if (n == len && memcmp(at, key, n) == 0)
			return 1;
	}
	return 0;
}

static int
wanted(const struct pick *p, const char *key)
{
	if (p->columns == NULL || !p->list || p->depth != 2 || key == NULL)
		return 1;
	return among(p->columns, key);
}

/* Goes in; 1 when what is inside passes. */
static int
enter(struct pick *p, const char *key)
{
	int pass = p->skipped == 0 && wanted(p, key);

	p->depth++;
	if (!pass && p->skipped == 0)
		p->skipped = p->depth;
	return pass;
}

static int
leave(struct pick *p)
{
	int pass = p->skipped == 0;

	if (p->skipped == p->depth)
		p->skipped = 0;
	p->depth--;
	return pass;
}

static void
pick_begin_map(struct mr_out *out, const char *key)
{
	struct pick *p = (struct pick *)out;

	if (enter(p, key))
		p->to->begin_map(p->to, key);
}

static void
pick_end_map(struct mr_out *out)
{
	struct pick *p = (struct pick *)out;

	if (leave(p))
		p->to->end_map(p->to);
}

static void
pick_begin_list(struct mr_out *out, const char *key)
{
	struct pick *p = (struct pick *)out;

	if (p->depth == 0)
		p->list = 1;
	if (enter(p, key))
		p->to->begin_list(p->to, key);
}

static void
pick_end_list(struct mr_out *out)
{
	struct pick *p = (struct pick *)out;

	if (leave(p))
		p->to->end_list(p->to);
}

/* "2026-11-23T08:37:19Z" and nothing else, as "2026-11-23 03:37". */
static const char *
wall_clock(const char *value, char out[MR_WHEN_SIZE])
{
	char day[MR_WHEN_SIZE], hour[MR_WHEN_SIZE];
	int64_t us;

	if (value == NULL || strlen(value) != 20 || value[19] != 'Z' ||
	    mr_time_read(value, &us) != 0)
		return value;
	snprintf(out, MR_WHEN_SIZE, "%.10s %.5s",
	    mr_day_iso(mr_day_of(us), day), mr_time_local(us, hour));
	return out;
}

static void
pick_text(struct mr_out *out, const char *key, const char *value)
{
	struct pick *p = (struct pick *)out;
	char clock[MR_WHEN_SIZE];

	if (value == NULL && key != NULL && p->spare != NULL && p->depth == 1 &&
	    among(p->spare, key))
		return;
	if (p->skipped == 0 && wanted(p, key))
		p->to->text(p->to, key, wall_clock(value, clock));
}

static void
pick_integer(struct mr_out *out, const char *key, int64_t value)
{
	struct pick *p = (struct pick *)out;

	if (p->skipped == 0 && wanted(p, key))
		p->to->integer(p->to, key, value);
}

static void
pick_boolean(struct mr_out *out, const char *key, int value)
{
	struct pick *p = (struct pick *)out;

	if (p->skipped == 0 && wanted(p, key))
		p->to->boolean(p->to, key, value);
}

static void
pick_document(struct mr_out *out, const char *name, const char *type,
    const void *bytes, size_t len, int secret)
{
	struct pick *p = (struct pick *)out;

	p->to->document(p->to, name, type, bytes, len, secret);
}

static int
pick_end(struct mr_out *out)
{
	struct pick *p = (struct pick *)out;
	int status = p->to->end(p->to);

	out->failed |= p->to->failed;
	return status;
}

struct mr_out *
mr_out_pick(struct mr_arena *arena, struct mr_out *to, const char *columns,
    const char *spare)
{
	struct pick *p;

	if (to == NULL)
		return NULL;
	p = mr_alloc(arena, sizeof(*p));
	if (p == NULL)
		return NULL;
	p->to = to;
	p->columns = columns;
	p->spare = spare;
	p->out = (struct mr_out){
	    .begin_map = pick_begin_map,
	    .end_map = pick_end_map,
	    .begin_list = pick_begin_list,
	    .end_list = pick_end_list,
	    .text = pick_text,
	    .integer = pick_integer,
	    .boolean = pick_boolean,
	    .document = pick_document,
	    .end = pick_end,
	};
	return &p->out;
}
