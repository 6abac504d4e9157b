/*
 * The tape: an answer kept as a list of notes, in order.  See out.h.
 */
#include <stddef.h>

#include "lib/out.h"

enum kind {
	BEGIN_MAP,
	END_MAP,
	BEGIN_LIST,
	END_LIST,
	TEXT,
	INTEGER,
	BOOLEAN,
	DOCUMENT
};

struct file {
	const char *type;
	const void *bytes;
	size_t len;
	int secret;
};

struct note {
	struct note *next;
	const char *key; /* of a document: its name */
	union {
		const char *text;
		int64_t integer;
		const struct file *file;
	} u;
	enum kind kind;
};

struct tape {
	struct mr_out out; /* first, so that the one casts to the other */
	struct mr_arena *arena;
	struct note *first, **last;
};

/* A new note at the end, or NULL with the failure noted. */
static struct note *
add(struct mr_out *out, enum kind kind, const char *key)
{
	struct tape *tape = (struct tape *)out;
	struct note *note = NULL;

	if (!out->failed)
		note = mr_alloc(tape->arena, sizeof(*note));
	if (note != NULL && key != NULL)
		note->key = mr_strdup(tape->arena, key);
	if (note == NULL || (key != NULL && note->key == NULL)) {
		out->failed = 1;
		return NULL;
	}
	note->kind = kind;
	*tape->last = note;
	tape->last = &note->next;
	return note;
}

static void
tape_begin_map(struct mr_out *out, const char *key)
{
	add(out, BEGIN_MAP, key);
}

static void
tape_end_map(struct mr_out *out)
{
	add(out, END_MAP, NULL);
}

static void
tape_begin_list(struct mr_out *out, const char *key)
{
	add(out, BEGIN_LIST, key);
}

static void
tape_end_list(struct mr_out *out)
{
	add(out, END_LIST, NULL);
}

static void
tape_text(struct mr_out *out, const char *key, const char *value)
{
	struct note *note = add(out, TEXT, key);

	if (note == NULL || value == NULL)
		return;
	note->u.text = mr_strdup(((struct tape *)out)->arena, value);
	if (note->u.text == NULL)
		out->failed = 1;
}

static void
tape_integer(struct mr_out *out, const char *key, int64_t value)
{
	struct note *note = add(out, INTEGER, key);

	if (note != NULL)
		note->u.integer = value;
}

static void
tape_boolean(struct mr_out *out, const char *key, int value)
{
	struct note *note = add(out, BOOLEAN, key);

	if (note != NULL)
		note->u.integer = value != 0;
}

static void
tape_document(struct mr_out *out, const char *name, const char *type,
    const void *bytes, size_t len, int secret)
{
	struct mr_arena *arena = ((struct tape *)out)->arena;
	struct note *note = add(out, DOCUMENT, name);
	struct file *file;

	if (note == NULL)
		return;
	note->u.file = file = mr_alloc(arena, sizeof(*file));
	if (file == NULL) {
		out->failed = 1;
		return;
	}
	file->type = mr_strdup(arena, type);
	file->bytes = mr_memdup(arena, bytes, len);
	file->len = len;
	file->secret = secret;
	if (file->type == NULL || file->bytes == NULL)
		out->failed = 1;
}

static int
tape_end(struct mr_out *out)
{
	return out->failed ? -1 : 0;
}

static void
play(const struct note *note, struct mr_out *to)
{
	const struct file *file;

	switch (note->kind) {
	case BEGIN_MAP:
		to->begin_map(to, note->key);
		break;
	case END_MAP:
		to->end_map(to);
		break;
	case BEGIN_LIST:
		to->begin_list(to, note->key);
		break;
	case END_LIST:
		to->end_list(to);
		break;
	case TEXT:
		to->text(to, note->key, note->u.text);
		break;
	case INTEGER:
		to->integer(to, note->key, note->u.integer);
		break;
	case BOOLEAN:
		to->boolean(to, note->key, (int)note->u.integer);
		break;
	case DOCUMENT:
		file = note->u.file;
		to->document(to, note->key, file->type, file->bytes, file->len,
		    file->secret);
		break;
	}
}

void
mr_out_play(const struct mr_out *out, struct mr_out *to)
{
	const struct tape *tape = (const struct tape *)out;
	const struct note *note;

	if (out->failed)
		to->failed = 1;
	for (note = tape->first; note != NULL && !to->failed; note = note->next)
		play(note, to);
}

struct mr_out *
mr_out_tape(struct mr_arena *arena)
{
	static const struct mr_out methods = {
	    .begin_map = tape_begin_map,
	    .end_map = tape_end_map,
	    .begin_list = tape_begin_list,
	    .end_list = tape_end_list,
	    .text = tape_text,
	    .integer = tape_integer,
	    .boolean = tape_boolean,
	    .document = tape_document,
	    .end = tape_end,
	};
	struct tape *tape = mr_alloc(arena, sizeof(*tape));

	if (tape == NULL)
		return NULL;
	tape->out = methods;
	tape->arena = arena;
	tape->last = &tape->first;
	return &tape->out;
}
