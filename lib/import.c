/*
 * The frame of an import: walks the rows, keeps faults and differences,
 * counts.  Knows no noun.  Rows are stored as they are read; a fault stops
 * the storing, and the failed operation takes back what was stored before.
 */
#include "lib/import.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "lib/chain.h"
#include "lib/tongue.h"

#define PROGRESS_ROWS 256

struct fault {
	size_t line, column;
	char message[320];
};

struct difference {
	struct difference *next;
	size_t line;
	const char *key, *field, *was, *becomes;
	int added;
};

struct seen {
	uint64_t hash;
	size_t line;
};

struct mr_import {
	struct mr_call *c;
	const struct mr_import_kind *kind;
	struct mr_csv *csv;
	struct mr_csv_fault told;
	const struct mr_csv_row *row;
	int dry_run;
	int64_t counts[3], nfaults;
	struct fault faults[MR_IMPORT_FAULTS];
	struct difference *first, **last;
	struct seen *seen;
	size_t mask;
	unsigned char key[crypto_shorthash_KEYBYTES];
};

void *
mr_import_arg(const struct mr_import *import)
{
	return import->kind->arg;
}

int
mr_import_only(const struct mr_import *import)
{
	return import->dry_run || import->nfaults > 0;
}

/* Keep the fault that the reader just worded. */
static void
keep_fault(struct mr_import *import)
{
	struct fault *fault;

	if (import->nfaults++ >= MR_IMPORT_FAULTS)
		return;
	fault = &import->faults[import->nfaults - 1];
	fault->line = import->told.line;
	fault->column = import->told.column;
	memcpy(fault->message, import->told.message, sizeof(fault->message));
}

void
mr_import_fault(struct mr_import *import, int column, const char *sentence)
{
	mr_csv_refuse(import->csv, import->row, column, mr_say(sentence));
	keep_fault(import);
}

/* Room for twice what a file of that many lines can hold in two columns. */
static int
make_seen(struct mr_import *import, struct mr_file file)
{
	size_t lines = 1, size = 16;

	for (size_t i = 0; i < file.len; i++)
		lines += file.bytes[i] == '\n' || file.bytes[i] == '\r';
	if (lines > MR_IMPORT_ROWS)
		lines = MR_IMPORT_ROWS;
	while (size < 4 * lines)
		size *= 2;
	import->seen = mr_alloc(import->c->arena, size * sizeof(struct seen));
	import->mask = size - 1;
	randombytes_buf(import->key, sizeof(import->key));
	return import->seen != NULL ? 0 : -1;
}

size_t
mr_import_seen(struct mr_import *import, int column, const char *text)
{
	struct seen *seen;
	uint64_t hash;

	crypto_shorthash((unsigned char *)&hash, (const unsigned char *)text,
	    strlen(text), import->key);
	hash += (uint64_t)column;
	for (size_t at = hash;; at++) {
		seen = &import->seen[at & import->mask];
		if (seen->line == 0)
			break;
		if (seen->hash == hash)
			return seen->line;
	}
	seen->hash = hash;
	seen->line = import->row->line;
	return 0;
}

static void
differs(struct mr_import *import, const char *field, const char *was,
    const char *becomes, int added)
{
	struct mr_arena *arena = import->c->arena;
	struct difference *d;

	if (!import->dry_run)
		return;
	d = mr_alloc(arena, sizeof(*d));
	if (d == NULL)
		return;
	d->line = import->row->line;
	d->key = mr_strdup(arena, import->row->field[import->kind->key]);
	d->field = field;
	d->was = mr_strdup(arena, was);
	d->becomes = mr_strdup(arena, becomes);
	d->added = added;
	*import->last = d;
	import->last = &d->next;
}

void
mr_import_differs(
    struct mr_import *import, int column, const char *was, const char *becomes)
{
	differs(import, import->kind->columns[column].name, was, becomes, 0);
}

/* What a row function says about its row is a fault; the rest ends it. */
static int
is_fault(enum mr_status status)
{
	return status == MR_NOTFOUND || status == MR_REFUSED ||
	    status == MR_INVALID;
}

static enum mr_status
one_row(struct mr_import *import, const struct mr_csv_row *row)
{
	struct mr_call *c = import->c;
	struct mr_mark mark = mr_mark(c->arena);
	enum mr_import_row result = MR_ROW_SAME;
	int64_t before = import->nfaults;
	enum mr_status status;

	import->row = row;
	status = import->kind->row(import, c, row, &result);
	if (is_fault(status)) {
		mr_import_fault(import, -1, c->error->message);
		status = MR_OK;
	}
	if (mr_arena_failed(c->arena))
		return mr_nomem(c);
	if (status == MR_OK && import->nfaults == before) {
		import->counts[result]++;
		if (result == MR_ROW_ADDED)
			differs(import, NULL, NULL, NULL, 1);
	}
	/* A dry run stores nothing but keeps its differences. */
	if (!import->dry_run)
		mr_release(c->arena, mark);
	return status;
}

static enum mr_status
walk(struct mr_import *import, struct mr_file file)
{
	struct mr_call *c = import->c;
	const char *what = import->kind->what;
	enum mr_status status = MR_OK;
	struct mr_csv_row row;
	int64_t n = 0;
	int more;

	while ((more = mr_csv_next(import->csv, &row)) > 0) {
		if (n++ == MR_IMPORT_ROWS) {
			import->row = &row;
			mr_import_fault(import, -1,
			    "a file may hold 200000 rows; split it here");
			break;
		}
		status = one_row(import, &row);
		if (status != MR_OK)
			return status;
		if (n % PROGRESS_ROWS == 0)
			mr_progress(c, what,
			    (int64_t)mr_csv_position(import->csv),
			    (int64_t)file.len);
	}
	if (more < 0)
		keep_fault(import);
	mr_progress(c, what, (int64_t)file.len, (int64_t)file.len);
	return MR_OK;
}

static enum mr_status
refuse(struct mr_import *import)
{
	const char *first = import->faults[0].message;
	long long more = (long long)import->nfaults - 1;

	if (more == 0)
		return mr_fail(
		    import->c, MR_INVALID, "%s; nothing was changed", first);
	return mr_fail(import->c, MR_INVALID,
	    "%s; and %lld more %s, which --dry-run lists; nothing was changed",
	    first, more, more == 1 ? mr_say("fault") : mr_say("faults"));
}

static enum mr_status
write_counts(struct mr_import *import)
{
	struct mr_call *c = import->c;
	const struct mr_field fields[] = {
	    {.tag = MR_F_ADDED, .number = import->counts[MR_ROW_ADDED]},
	    {.tag = MR_F_CHANGED, .number = import->counts[MR_ROW_CHANGED]},
	    {.tag = MR_F_SAME, .number = import->counts[MR_ROW_SAME]},
	    {.tag = MR_F_END},
	};

	if (c->events == 0)
		return MR_OK;
	return mr_event_note(c, MR_SITE, c->site->id, fields);
}

enum mr_status
mr_import_run(struct mr_call *c, const struct mr_import_kind *kind,
    struct mr_file file, int dry_run)
{
	struct mr_import *import = mr_alloc(c->arena, sizeof(*import));
	enum mr_status status = MR_OK;

	if (import == NULL)
		return mr_nomem(c);
	import->c = c;
	import->kind = kind;
	import->dry_run = dry_run;
	import->last = &import->first;
	if (make_seen(import, file) < 0)
		return mr_nomem(c);
	if (mr_csv_open(c->arena, file.bytes, file.len, kind->columns,
		kind->ncolumns, &import->csv, &import->told) < 0)
		keep_fault(import);
	else
		status = walk(import, file);
	if (status == MR_OK && mr_arena_failed(c->arena))
		status = mr_nomem(c);
	if (status == MR_OK && import->nfaults > 0 && !dry_run)
		status = refuse(import);
	if (status == MR_OK)
		status = write_counts(import);
	c->found = import;
	return status;
}

static void
answer_faults(struct mr_out *out, const struct mr_import *import)
{
	int64_t n = import != NULL ? import->nfaults : 0;

	out->integer(out, "faults", n);
	out->begin_list(out, "fault_list");
	for (int64_t i = 0; i < n && i < MR_IMPORT_FAULTS; i++) {
		const struct fault *fault = &import->faults[i];

		out->begin_map(out, NULL);
		out->integer(out, "line", (int64_t)fault->line);
		out->integer(out, "column", (int64_t)fault->column);
		out->text(out, "message", fault->message);
		out->end_map(out);
	}
	out->end_list(out);
}

static void
answer_differences(struct mr_out *out, const struct mr_import *import)
{
	const struct difference *d = import != NULL ? import->first : NULL;

	out->begin_list(out, "differences");
	for (; d != NULL; d = d->next) {
		out->begin_map(out, NULL);
		out->integer(out, "line", (int64_t)d->line);
		out->text(out, "key", d->key);
		out->text(out, "field", d->field);
		out->text(out, "change", d->added ? "added" : "changed");
		out->text(out, "was", d->was);
		out->text(out, "becomes", d->becomes);
		out->end_map(out);
	}
	out->end_list(out);
}

enum mr_status
mr_import_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	const struct mr_import *import = events.count == 0 ? c->found : NULL;
	int64_t counts[3] = {0, 0, 0};
	enum mr_status status;
	struct mr_event event;

	if (import != NULL) {
		memcpy(counts, import->counts, sizeof(counts));
	} else if (events.count > 0) {
		status =
		    mr_event_load(c, events.first + events.count - 1, &event);
		if (status != MR_OK)
			return status;
		counts[MR_ROW_ADDED] = mr_event_number(&event, MR_F_ADDED, 0);
		counts[MR_ROW_CHANGED] =
		    mr_event_number(&event, MR_F_CHANGED, 0);
		counts[MR_ROW_SAME] = mr_event_number(&event, MR_F_SAME, 0);
	}
	out->begin_map(out, NULL);
	out->boolean(out, "dry_run", import != NULL && import->dry_run);
	out->integer(out, "added", counts[MR_ROW_ADDED]);
	out->integer(out, "changed", counts[MR_ROW_CHANGED]);
	out->integer(out, "unchanged", counts[MR_ROW_SAME]);
	answer_faults(out, import);
	answer_differences(out, import);
	out->end_map(out);
	return MR_OK;
}
