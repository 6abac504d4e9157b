/*
 * Sealed records of a person and the blind index: storing, opening, finding.
 */
#include "lib/sealed.h"

#include <string.h>

#include "lib/chain.h"

#define HASH 32
#define TAG 16

/* A row without its box. */
struct row {
	int64_t id, person;
	int kind;
	int64_t version, event;
};

struct mr_context
mr_sealed_context(int64_t id, int kind, int64_t version)
{
	return (struct mr_context){
	    .table = MR_SEALED, .row = id, .kind = kind, .version = version};
}

static enum mr_status
find_row(struct mr_call *c, struct row *row)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, version, event "
	    "FROM sealed "
	    "WHERE person = :person AND kind = :kind");
	sql_int(st, ":person", row->person);
	sql_int(st, ":kind", row->kind);
	if (sql_row(st)) {
		row->id = sql_col_int(st, 0);
		row->version = sql_col_int(st, 1);
		row->event = sql_col_int(st, 2);
	}
	return sql_done(st);
}

static enum mr_status
write_row(struct mr_call *c, const struct row *row, const void *box, size_t len,
    const unsigned char hash[HASH], int indexed)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO sealed (id, person, kind, box, hash, indexed, "
	    "version, event) "
	    "VALUES (:id, :person, :kind, :box, :hash, :indexed, "
	    ":version, :event) "
	    "ON CONFLICT (id) DO UPDATE "
	    "SET box = excluded.box, hash = excluded.hash, "
	    "indexed = excluded.indexed, version = excluded.version, "
	    "event = excluded.event");
	sql_int(st, ":id", row->id);
	sql_int(st, ":person", row->person);
	sql_int(st, ":kind", row->kind);
	sql_blob(st, ":box", box, len);
	sql_blob(st, ":hash", hash, HASH);
	sql_int(st, ":indexed", indexed);
	sql_int(st, ":version", row->version);
	sql_int(st, ":event", mr_event_next(c));
	return sql_done(st);
}

static enum mr_status
drop_tags(struct mr_call *c, int64_t person)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "DELETE FROM blind "
	    "WHERE person = :person");
	sql_int(st, ":person", person);
	return sql_done(st);
}

static enum mr_status
add_tag(struct mr_call *c, int64_t person, int kind, const char *text)
{
	unsigned char tag[TAG];
	enum mr_status status;
	struct sql_stmt *st;

	if (text[0] == '\0')
		return MR_OK;
	status = mr_blind_tag(c, kind, text, tag);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "INSERT INTO blind (tag, kind, person) "
	    "VALUES (:tag, :kind, :person) "
	    "ON CONFLICT (tag, kind, person) DO NOTHING");
	sql_blob(st, ":tag", tag, TAG);
	sql_int(st, ":kind", kind);
	sql_int(st, ":person", person);
	return sql_done(st);
}

static enum mr_status
add_tags(
    struct mr_call *c, int64_t person, const char *const texts[MR_SEALED_TEXTS])
{
	enum mr_status status = add_tag(c, person, MR_BLIND_NAME, texts[0]);

	if (status == MR_OK)
		status = add_tag(c, person, MR_BLIND_NUMBER, texts[1]);
	return status;
}

enum mr_status
mr_sealed_store(struct mr_call *c, int64_t person, int kind,
    const char *const texts[MR_SEALED_TEXTS])
{
	struct row row = {.person = person, .kind = kind};
	int tagged = kind == MR_SEALED_IDENTITY;
	int open = c->vault != NULL;
	unsigned char hash[HASH];
	struct mr_context context;
	enum mr_status status;
	const void *box;
	size_t len;
	const struct mr_field fields[] = {
	    {.tag = MR_F_PERSON, .number = person},
	    {.tag = MR_F_KIND, .number = kind},
	    {.tag = MR_F_HASH, .bytes = hash, .len = HASH},
	    {.tag = MR_F_END},
	};

	status = find_row(c, &row);
	if (status == MR_OK && row.id == 0)
		status = mr_next_id(c, MR_NEWEST("sealed"), &row.id);
	else if (status == MR_OK)
		status = mr_row_proved(c, MR_SEALED, row.id);
	if (status != MR_OK)
		return status;
	row.version++;
	context = mr_sealed_context(row.id, kind, row.version);
	status = mr_seal(c, &context, texts, MR_SEALED_TEXTS, &box, &len, hash);
	if (status == MR_OK)
		status = write_row(c, &row, box, len, hash, !tagged || open);
	if (status == MR_OK)
		status = mr_event(c, MR_SEALED, row.id, row.event, fields);
	if (status == MR_OK && tagged)
		status = drop_tags(c, person);
	if (status == MR_OK && tagged && open)
		status = add_tags(c, person, texts);
	return status;
}

enum mr_status
mr_sealed_open(struct mr_call *c, int64_t person, int kind,
    const char *texts[MR_SEALED_TEXTS])
{
	struct mr_context context;
	const void *box = NULL;
	enum mr_status status;
	struct sql_stmt *st;
	size_t len = 0;

	st = sql_prepare(c,
	    "SELECT id, version, box "
	    "FROM sealed "
	    "WHERE person = :person AND kind = :kind");
	sql_int(st, ":person", person);
	sql_int(st, ":kind", kind);
	if (sql_row(st)) {
		context = mr_sealed_context(
		    sql_col_int(st, 0), kind, sql_col_int(st, 1));
		box = sql_col_blob(st, 2, &len);
		box = mr_memdup(c->arena, box, len);
	} else {
		len = SIZE_MAX;
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (len == SIZE_MAX) {
		texts[0] = texts[1] = "";
		return MR_OK;
	}
	if (box == NULL)
		return mr_nomem(c);
	/* The box knows its row, and only the row's event knows whose it is. */
	status = mr_row_proved(c, MR_SEALED, context.row);
	if (status != MR_OK)
		return status;
	return mr_unseal(c, &context, box, len, texts, MR_SEALED_TEXTS);
}

/* The index is under no event: what it says is held up to the record. */
static enum mr_status
confirm_tag(struct mr_call *c, int kind, int64_t person,
    const unsigned char wanted[TAG])
{
	struct mr_mark mark = mr_mark(c->arena);
	const char *texts[MR_SEALED_TEXTS];
	unsigned char tag[TAG];
	enum mr_status status;

	status = mr_sealed_open(c, person, MR_SEALED_IDENTITY, texts);
	if (status == MR_OK)
		status =
		    mr_blind_tag(c, kind, texts[kind == MR_BLIND_NUMBER], tag);
	mr_release(c->arena, mark);
	if (status == MR_OK && memcmp(tag, wanted, TAG) != 0)
		return mr_fail(c, MR_DAMAGED,
		    "the look-up by name and number names somebody who is "
		    "another person; it was changed from outside: restore the "
		    "last backup");
	return status;
}

enum mr_status
mr_blind_find(struct mr_call *c, int kind, const char *text, int64_t *ids,
    size_t max, size_t *n)
{
	unsigned char tag[TAG];
	enum mr_status status = mr_blind_tag(c, kind, text, tag);
	struct sql_stmt *st;

	if (status != MR_OK)
		return status;
	*n = 0;
	st = sql_prepare(c,
	    "SELECT person FROM blind "
	    "WHERE tag = :tag AND kind = :kind "
	    "ORDER BY person");
	sql_blob(st, ":tag", tag, TAG);
	sql_int(st, ":kind", kind);
	while (*n < max && sql_row(st))
		ids[(*n)++] = sql_col_int(st, 0);
	status = sql_done(st);
	for (size_t i = 0; status == MR_OK && i < *n; i++)
		status = confirm_tag(c, kind, ids[i], tag);
	return status;
}

/* The next record that waits, after `last`; row->id stays 0 at the end. */
static enum mr_status
next_waiting(struct mr_call *c, int64_t last, struct row *row)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, person "
	    "FROM sealed "
	    "WHERE indexed = 0 AND id > :last "
	    "ORDER BY id LIMIT 1");
	sql_int(st, ":last", last);
	if (sql_row(st)) {
		row->id = sql_col_int(st, 0);
		row->person = sql_col_int(st, 1);
	}
	return sql_done(st);
}

/* Which records are indexed is no part of their digest: a note suffices. */
static enum mr_status
index_one(struct mr_call *c, const struct row *row)
{
	const char *texts[MR_SEALED_TEXTS];
	enum mr_status status;
	struct sql_stmt *st;

	status = mr_sealed_open(c, row->person, MR_SEALED_IDENTITY, texts);
	if (status == MR_OK)
		status = add_tags(c, row->person, texts);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "UPDATE sealed "
	    "SET indexed = 1 "
	    "WHERE id = :id");
	sql_int(st, ":id", row->id);
	status = sql_done(st);
	if (status == MR_OK)
		status = mr_event_note(c, MR_SEALED, row->id, NULL);
	return status;
}

enum mr_status
mr_blind_catch_up(struct mr_call *c)
{
	struct row row = {.id = 0};
	enum mr_status status = MR_OK;
	int64_t last = 0;

	while (c->vault != NULL && status == MR_OK) {
		struct mr_mark mark = mr_mark(c->arena);

		row.id = 0;
		status = next_waiting(c, last, &row);
		if (status != MR_OK || row.id == 0)
			break;
		last = row.id;
		status = index_one(c, &row);
		mr_release(c->arena, mark);
	}
	return status;
}
