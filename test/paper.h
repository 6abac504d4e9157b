/*
 * For the tests of the printers: a sink to look at, the printers that write
 * to it, and some answers.
 */
#ifndef PAPER_H
#define PAPER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/out.h"

/* What a printer wrote; `room` is where the sink is full. */
struct paper {
	char *text;
	size_t len, room;
	int documents;
	char document[64];
};

static struct mr_arena *arena;
static struct paper paper;

static inline int
setup(void **state)
{
	(void)state;
	arena = mr_arena_new(0);
	memset(&paper, 0, sizeof(paper));
	paper.room = 1 << 20;
	paper.text = calloc(1, paper.room + 1);
	return arena == NULL || paper.text == NULL;
}

static inline int
teardown(void **state)
{
	(void)state;
	mr_arena_free(arena);
	free(paper.text);
	return 0;
}

static inline int
to_paper(void *to, const void *bytes, size_t len)
{
	struct paper *p = to;

	if (len > p->room - p->len)
		return -1;
	memcpy(p->text + p->len, bytes, len);
	p->len += len;
	p->text[p->len] = '\0';
	return 0;
}

static inline int
file_document(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	struct paper *p = to;

	p->documents++;
	snprintf(p->document, sizeof(p->document), "%s %s %.*s %d", name, type,
	    (int)len, (const char *)bytes, secret);
	return 0;
}

static inline struct mr_out *
json(void)
{
	return mr_out_json(arena, to_paper, &paper, NULL);
}

static inline struct mr_out *
csv(void)
{
	return mr_out_csv(arena, to_paper, &paper, NULL);
}

static inline struct mr_out *
table(int width, int colour)
{
	struct mr_look look = {width, colour};

	return mr_out_table(arena, to_paper, &paper, NULL, look);
}

/* End the answer, compare, and clear the paper for the next. */
static inline void
expect(struct mr_out *out, const char *text)
{
	assert_int_equal(out->end(out), 0);
	assert_string_equal(paper.text, text);
	paper.len = 0;
	paper.text[0] = '\0';
}

static inline void
letter(struct mr_out *out, const char *code, int64_t sheets, const char *state,
    const char *reason)
{
	out->begin_map(out, NULL);
	out->text(out, "code", code);
	out->integer(out, "sheets", sheets);
	out->text(out, "state", state);
	out->text(out, "held_for", reason);
	out->end_map(out);
}

static inline void
letters(struct mr_out *out)
{
	out->begin_list(out, NULL);
	letter(out, "A1", 3, "received", NULL);
	letter(out, "A17", 12, "held", "pairing paused");
	out->end_list(out);
}

/* A map with one of everything in it. */
static inline void
everything(struct mr_out *out)
{
	out->begin_map(out, NULL);
	out->text(out, "code", "A17");
	out->integer(out, "sheets", -3);
	out->boolean(out, "late", 1);
	out->boolean(out, "lost", 0);
	out->text(out, "batch", NULL);
	out->begin_list(out, "kinds");
	out->text(out, NULL, "photo");
	out->text(out, NULL, "money");
	out->end_list(out);
	out->begin_map(out, "from");
	out->text(out, "pen_name", "WREN");
	out->integer(out, "slots", 2);
	out->end_map(out);
	out->begin_list(out, "events");
	letter(out, "A1", 3, "held", "x");
	letter(out, "A2", 44, "posted", NULL);
	out->end_list(out);
	out->begin_list(out, "nothing");
	out->end_list(out);
	out->end_map(out);
}

/* Many more rows than are held to measure. */
static inline void
many(struct mr_out *out, int n)
{
	char code[24];
	int i;

	out->begin_list(out, NULL);
	for (i = 1; i <= n; i++) {
		snprintf(code, sizeof(code), "C%d", i);
		letter(out, code, i, i == n ? "unidentified" : "held", NULL);
	}
	out->end_list(out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
