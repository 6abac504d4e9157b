/*
 * One answer made of the answers of several runs.  See rounds.h.
 */
#include <string.h>

#include "cli/rounds.h"

#define KEYS 16

enum kind { INTEGER, BOOLEAN, TEXT, LIST };

struct entry {
	const char *key;
	enum kind kind;
	int64_t number;
	const char *text;
	struct mr_out *list; /* a tape of what stands in it */
};

struct sum {
	struct mr_out out; /* first, so that the one casts to the other */
	struct mr_out *to;
	struct mr_arena *arena;
	const char *last;
	struct entry entries[KEYS];
	int n;
	int depth;           /* 1: within the answer's map */
	struct mr_out *list; /* where a deeper value goes */
};

static struct sum *
sum_of(struct mr_out *out)
{
	return (struct sum *)out;
}

/* Is it within a list of the answer? */
static int
deep(const struct sum *sum)
{
	return sum->depth > 1 && !sum->out.failed;
}

/* The entry of a key of the answer's map, made where it is new, and then *is_new. */
static struct entry *
entry(struct sum *sum, const char *key, enum kind kind, int *is_new)
{
	struct entry *e;
	int i;

	if (sum->out.failed || sum->depth != 1 || key == NULL) {
		sum->out.failed = 1;
		return NULL;
	}
	for (i = 0; i < sum->n; i++)
		if (strcmp(sum->entries[i].key, key) == 0)
			break;
	*is_new = i == sum->n;
	if (i == KEYS || (!*is_new && sum->entries[i].kind != kind)) {
		sum->out.failed = 1;
		return NULL;
	}
	e = &sum->entries[i];
	if (*is_new) {
		e->key = mr_strdup(sum->arena, key);
		e->kind = kind;
		if (kind == LIST)
			e->list = mr_out_tape(sum->arena);
		if (e->key == NULL || (kind == LIST && e->list == NULL)) {
			sum->out.failed = 1;
			return NULL;
		}
		sum->n++;
	}
	return e;
}

static void
begin_map(struct mr_out *out, const char *key)
{
	struct sum *sum = sum_of(out);

	/* A map within the map belongs to no sum. */
	if (sum->depth == 1)
		out->failed = 1;
	if (deep(sum))
		sum->list->begin_map(sum->list, key);
	sum->depth++;
}

static void
end_map(struct mr_out *out)
{
	struct sum *sum = sum_of(out);

	sum->depth--;
	if (deep(sum))
		sum->list->end_map(sum->list);
}

static void
begin_list(struct mr_out *out, const char *key)
{
	struct sum *sum = sum_of(out);
	struct entry *e;
	int is_new;

	if (deep(sum))
		sum->list->begin_list(sum->list, key);
	else if ((e = entry(sum, key, LIST, &is_new)) != NULL)
		sum->list = e->list;
	sum->depth++;
}

static void
end_list(struct mr_out *out)
{
	struct sum *sum = sum_of(out);

	sum->depth--;
	if (deep(sum))
		sum->list->end_list(sum->list);
}

static void
text(struct mr_out *out, const char *key, const char *value)
{
	struct sum *sum = sum_of(out);
	struct entry *e;
	int is_new;

	if (deep(sum))
		sum->list->text(sum->list, key, value);
	else if ((e = entry(sum, key, TEXT, &is_new)) == NULL || !is_new ||
	    value == NULL)
		return;
	else if ((e->text = mr_strdup(sum->arena, value)) == NULL)
		out->failed = 1;
}

static void
integer(struct mr_out *out, const char *key, int64_t value)
{
	struct sum *sum = sum_of(out);
	struct entry *e;
	int is_new;

	if (deep(sum))
		sum->list->integer(sum->list, key, value);
	else if ((e = entry(sum, key, INTEGER, &is_new)) != NULL)
		e->number =
		    strcmp(key, sum->last) == 0 ? value : e->number + value;
}

static void
boolean(struct mr_out *out, const char *key, int value)
{
	struct sum *sum = sum_of(out);
	struct entry *e;
	int is_new;

	if (deep(sum))
		sum->list->boolean(sum->list, key, value);
	else if ((e = entry(sum, key, BOOLEAN, &is_new)) != NULL && is_new)
		e->number = value;
}

static void
document(struct mr_out *out, const char *name, const char *type,
    const void *bytes, size_t len, int secret)
{
	struct mr_out *to = sum_of(out)->to;

	to->document(to, name, type, bytes, len, secret);
}

static int
end(struct mr_out *out)
{
	return out->failed ? -1 : 0;
}

struct mr_out *
rounds_sum(struct mr_arena *arena, struct mr_out *to, const char *last)
{
	static const struct mr_out methods = {
	    .begin_map = begin_map,
	    .end_map = end_map,
	    .begin_list = begin_list,
	    .end_list = end_list,
	    .text = text,
	    .integer = integer,
	    .boolean = boolean,
	    .document = document,
	    .end = end,
	};
	struct sum *sum = mr_alloc(arena, sizeof(*sum));

	if (sum == NULL)
		return NULL;
	sum->out = methods;
	sum->to = to;
	sum->arena = arena;
	sum->last = last;
	return &sum->out;
}

int64_t
rounds_left(const struct mr_out *out)
{
	const struct sum *sum = (const struct sum *)out;

	for (int i = 0; i < sum->n; i++)
		if (strcmp(sum->entries[i].key, sum->last) == 0)
			return sum->entries[i].number;
	return 0;
}

static void
tell(const struct entry *e, struct mr_out *to)
{
	switch (e->kind) {
	case INTEGER:
		to->integer(to, e->key, e->number);
		break;
	case BOOLEAN:
		to->boolean(to, e->key, (int)e->number);
		break;
	case TEXT:
		to->text(to, e->key, e->text);
		break;
	case LIST:
		to->begin_list(to, e->key);
		mr_out_play(e->list, to);
		to->end_list(to);
		break;
	}
}

void
rounds_tell(struct mr_out *out)
{
	const struct sum *sum = (const struct sum *)out;
	struct mr_out *to = sum->to;

	if (out->failed)
		to->failed = 1;
	to->begin_map(to, NULL);
	for (int i = 0; i < sum->n; i++)
		tell(&sum->entries[i], to);
	to->end_map(to);
}
