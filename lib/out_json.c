/*
 * The JSON printer.  Streams: nothing is kept but the nesting.  See out.h.
 */
#include <stdio.h>
#include <string.h>

#include "lib/out_sink.h"
#include "lib/text.h"

#define DEPTH 32

struct json {
	struct mr_out out; /* first, so that the one casts to the other */
	struct mr_sink sink;
	mr_document document;
	int depth;
	char kind[DEPTH]; /* '{' or '[' by depth; [0] is the top */
	int filled[DEPTH];
};

/* Is this character safe for JSON, for JavaScript and for a terminal? */
static int
is_plain(uint32_t code)
{
	return code != '"' && code != '\\' && !mr_text_is_control(code);
}

static void
put_escape(struct mr_sink *sink, uint32_t code)
{
	static const char from[] = "\"\\\n\r\t\b\f", to[] = "\"\\nrtbf";
	const char *at = code < 0x80 ? strchr(from, (int)code) : NULL;
	char text[8];

	if (at != NULL)
		snprintf(text, sizeof(text), "\\%c", to[at - from]);
	else
		snprintf(text, sizeof(text), "\\u%04x", (unsigned)code);
	mr_sink_text(sink, text);
}

#define BYTES(b) (0x0101010101010101u * (b))

/* Do eight bytes have one of this value?  A true answer may also come from
 * one above 0x80, which is looked at all the same. */
static uint64_t
has(uint64_t eight, unsigned char byte)
{
	uint64_t x = eight ^ BYTES(byte);

	return (x - BYTES(0x01)) & ~x & BYTES(0x80);
}

/* How many bytes of a string are ASCII that stands for itself: nearly all of
 * nearly every string, so that eight are looked at together. */
static size_t
plain_run(const char *s, size_t len)
{
	size_t n = 0;
	uint64_t x;

	for (; n + 8 <= len; n += 8) {
		memcpy(&x, s + n, 8);
		if ((x & BYTES(0x80)) != 0 ||
		    ((x - BYTES(0x20)) & BYTES(0x80)) != 0 || has(x, '"') ||
		    has(x, '\\') || has(x, 0x7F))
			break;
	}
	while (n < len && s[n] >= 0x20 && s[n] < 0x7F && s[n] != '"' &&
	    s[n] != '\\')
		n++;
	return n;
}

/* A string that has something to be looked at; bytes that are not UTF-8
 * become U+FFFD. */
static void
put_careful(struct mr_sink *sink, const char *s, size_t len)
{
	uint32_t code;
	size_t run;
	int n;

	for (;;) {
		run = plain_run(s, len);
		mr_sink_put(sink, s, run);
		s += run;
		len -= run;
		n = mr_text_next(s, len, &code);
		if (n == 0)
			break;
		if (n < 0)
			mr_sink_text(sink, "\xEF\xBF\xBD");
		else if (is_plain(code))
			mr_sink_put(sink, s, (size_t)n);
		else
			put_escape(sink, code);
		s += n < 0 ? 1 : n;
		len -= n < 0 ? 1 : (size_t)n;
	}
}

/* A string in quotes; after: ':' behind a key, or 0. */
static void
put_string(struct mr_sink *sink, const char *s, char after)
{
	size_t len = strlen(s);
	char *to = mr_sink_room(sink, len + 3);

	if (to != NULL && plain_run(s, len) == len) {
		to[0] = '"';
		memcpy(to + 1, s, len);
		to[len + 1] = '"';
		to[len + 2] = after;
		mr_sink_took(sink, len + (after != 0 ? 3 : 2));
		return;
	}
	mr_sink_put(sink, "\"", 1);
	put_careful(sink, s, len);
	mr_sink_put(sink, "\":", after != 0 ? 2 : 1);
}

/* Comma and key before a value.  0, or -1 when no value can stand here. */
static int
begin_value(struct json *j, const char *key)
{
	int d = j->depth;

	if ((j->kind[d] == '{') != (key != NULL) && d > 0)
		j->out.failed = 1;
	if (d == 0 && j->filled[0])
		j->out.failed = 1;
	if (j->out.failed)
		return -1;
	if (j->filled[d])
		mr_sink_put(&j->sink, ",", 1);
	j->filled[d] = 1;
	if (d > 0 && key != NULL)
		put_string(&j->sink, key, ':');
	return 0;
}

static void
begin(struct json *j, const char *key, char kind)
{
	if (j->depth + 1 == DEPTH)
		j->out.failed = 1;
	if (begin_value(j, key) < 0)
		return;
	mr_sink_put(&j->sink, &kind, 1);
	j->depth++;
	j->kind[j->depth] = kind;
	j->filled[j->depth] = 0;
}

static void
end(struct json *j, char kind)
{
	if (j->depth == 0 || j->kind[j->depth] != kind)
		j->out.failed = 1;
	if (j->out.failed)
		return;
	mr_sink_put(&j->sink, kind == '{' ? "}" : "]", 1);
	j->depth--;
}

static void
json_begin_map(struct mr_out *out, const char *key)
{
	begin((struct json *)out, key, '{');
}

static void
json_end_map(struct mr_out *out)
{
	end((struct json *)out, '{');
}

static void
json_begin_list(struct mr_out *out, const char *key)
{
	begin((struct json *)out, key, '[');
}

static void
json_end_list(struct mr_out *out)
{
	end((struct json *)out, '[');
}

static void
json_text(struct mr_out *out, const char *key, const char *value)
{
	struct json *j = (struct json *)out;

	if (begin_value(j, key) < 0)
		return;
	if (value == NULL)
		mr_sink_text(&j->sink, "null");
	else
		put_string(&j->sink, value, 0);
}

static void
json_integer(struct mr_out *out, const char *key, int64_t value)
{
	struct json *j = (struct json *)out;
	char text[24], *at = text + sizeof(text);
	uint64_t n = value < 0 ? -(uint64_t)value : (uint64_t)value;

	if (begin_value(j, key) < 0)
		return;
	do
		*--at = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	if (value < 0)
		*--at = '-';
	mr_sink_put(&j->sink, at, (size_t)(text + sizeof(text) - at));
}

static void
json_boolean(struct mr_out *out, const char *key, int value)
{
	struct json *j = (struct json *)out;

	if (begin_value(j, key) == 0)
		mr_sink_text(&j->sink, value ? "true" : "false");
}

static void
json_document(struct mr_out *out, const char *name, const char *type,
    const void *bytes, size_t len, int secret)
{
	struct json *j = (struct json *)out;

	mr_sink_document(&j->sink, j->document, name, type, bytes, len, secret);
}

static int
json_end(struct mr_out *out)
{
	struct json *j = (struct json *)out;

	if (j->depth != 0)
		out->failed = 1;
	if (!j->filled[0])
		mr_sink_text(&j->sink, "null");
	mr_sink_put(&j->sink, "\n", 1);
	return mr_sink_flush(&j->sink);
}

struct mr_out *
mr_out_json(
    struct mr_arena *arena, mr_write write, void *to, mr_document document)
{
	static const struct mr_out methods = {
	    .begin_map = json_begin_map,
	    .end_map = json_end_map,
	    .begin_list = json_begin_list,
	    .end_list = json_end_list,
	    .text = json_text,
	    .integer = json_integer,
	    .boolean = json_boolean,
	    .document = json_document,
	    .end = json_end,
	};
	struct json *j = mr_alloc(arena, sizeof(*j));

	if (j == NULL)
		return NULL;
	j->out = methods;
	j->document = document;
	if (mr_sink_open(&j->sink, arena, write, to, &j->out.failed) < 0)
		return NULL;
	return &j->out;
}
