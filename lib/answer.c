/*
 * The printer that prints nothing.  See answer.h.
 */
#include "lib/answer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DEPTH 16
#define PATH 160

struct value {
	struct value *next;
	const char *path, *text;
};

struct mr_answer {
	struct mr_out out; /* first, so that the one casts to the other */
	struct mr_arena *arena;
	struct value *values;
	mr_document document;
	void *to;
	char path[PATH];
	size_t ends[DEPTH]; /* length of path outside each level */
	int counts[DEPTH]; /* items so far where the level is a list, else -1 */
	int depth;
};

static struct mr_answer *
of(struct mr_out *out)
{
	return (struct mr_answer *)(void *)out;
}

/* Add the key, or the place in the list, to the path. */
static void
enter(struct mr_answer *a, const char *key)
{
	size_t len = strlen(a->path);
	char number[16];

	if (a->depth > 0 && a->counts[a->depth - 1] >= 0) {
		snprintf(
		    number, sizeof(number), "%d", a->counts[a->depth - 1]++);
		key = number;
	}
	if (key != NULL)
		snprintf(
		    a->path + len, PATH - len, "%s%s", len > 0 ? "." : "", key);
}

static void
begin(struct mr_out *out, const char *key, int count)
{
	struct mr_answer *a = of(out);

	if (a->depth == DEPTH) {
		out->failed = 1;
		return;
	}
	a->ends[a->depth] = strlen(a->path);
	enter(a, key);
	a->counts[a->depth++] = count;
}

static void
begin_map(struct mr_out *out, const char *key)
{
	begin(out, key, -1);
}

static void
begin_list(struct mr_out *out, const char *key)
{
	begin(out, key, 0);
}

static void
leave(struct mr_out *out)
{
	struct mr_answer *a = of(out);

	if (a->depth > 0)
		a->path[a->ends[--a->depth]] = '\0';
}

static void
text(struct mr_out *out, const char *key, const char *s)
{
	struct mr_answer *a = of(out);
	size_t len = strlen(a->path);
	struct value *value = mr_alloc(a->arena, sizeof(*value));

	enter(a, key);
	if (value == NULL) {
		out->failed = 1;
	} else if (s != NULL) {
		value->path = mr_strdup(a->arena, a->path);
		value->text = mr_strdup(a->arena, s);
		value->next = a->values;
		if (value->path != NULL && value->text != NULL)
			a->values = value;
		else
			out->failed = 1;
	}
	a->path[len] = '\0';
}

static void
integer(struct mr_out *out, const char *key, int64_t n)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%lld", (long long)n);
	text(out, key, digits);
}

static void
boolean(struct mr_out *out, const char *key, int yes)
{
	text(out, key, yes ? "1" : "");
}

static void
document(struct mr_out *out, const char *name, const char *type,
    const void *bytes, size_t len, int secret)
{
	struct mr_answer *a = of(out);

	if (a->document == NULL ||
	    a->document(a->to, name, type, bytes, len, secret) != 0)
		out->failed = 1;
}

static int
end(struct mr_out *out)
{
	return out->failed ? -1 : 0;
}

struct mr_answer *
mr_answer_new(struct mr_arena *arena, mr_document take, void *to)
{
	struct mr_answer *a = mr_alloc(arena, sizeof(*a));

	if (a == NULL)
		return NULL;
	a->out = (struct mr_out){begin_map, leave, begin_list, leave, text,
	    integer, boolean, document, end, 0};
	a->arena = arena;
	a->document = take;
	a->to = to;
	return a;
}

struct mr_out *
mr_answer_out(struct mr_answer *answer)
{
	return &answer->out;
}

const char *
mr_answer_get(const struct mr_answer *answer, const char *format, ...)
{
	const struct value *value;
	char path[PATH];
	va_list ap;

	va_start(ap, format);
	vsnprintf(path, sizeof(path), format, ap);
	va_end(ap);
	for (value = answer->values; value != NULL; value = value->next)
		if (strcmp(value->path, path) == 0)
			return value->text;
	return NULL;
}
