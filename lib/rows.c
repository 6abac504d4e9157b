/*
 * Columns of the audited tables and the digest of a row.  A column that a
 * migration adds goes at the end of its list, before version.
 */
#include "lib/rows.h"

#include <sodium.h>
#include <string.h>

#define SITE \
	"id, office, name, street, city, state, zip, zone, vault_public, " \
	"vault_version, blind_box, sign_public, recovery_public, recovery_box"
#define SETTING "id, value"
#define USERS \
	"id, name, role, status, public, secret_box, salt, ops, mem, " \
	"grant_box, grant_version"
#define FACILITY \
	"id, code, name, kind, security, gender, has_camp, street, city, " \
	"state, zip, population, source, checked, status"
#define RULE "id, facility, rule, from_day, value, source"
#define CORRESPONDENT \
	"id, kind, ref, pen_name, language, slots, status, reason, " \
	"interests, until"
#define ADDRESS "id, person, from_day, status, facility, box, hash"
#define SEALED "id, person, kind, box, hash"
#define PAIRING "id, outside, inside, status, reason, opened, until"
#define FORWARDING_ID \
	"id, code, pairing, writer, status, reason, since, route_until"
#define LETTER \
	"id, forwarding_id, pairing, person, direction, way, form, day, " \
	"number, parent, state, reason, until, sheets, marks, sheet_copy, " \
	"envelope_copy, envelope_address, envelope_id, batch, stamps, " \
	"station, stepped"
#define ENCLOSURE "id, letter, kind, count, cents, disposition, by, second, day"
#define BATCH "id, day, state, letters, checkpoint"
#define DAY \
	"id, state, brought, pieces, sealed, stubs, red, yellow, blue, " \
	"bench, carried, difference, reason"
#define COUNTERSIGN "id, what, subject, first, day, second"

#define PRICE "id, kind, from_day, first, more, most, source"
#define POSTAGE "id, day, price, weight, weighed, cents, stamps"
#define PRINTER "id, name, use, shift_x, shift_y, scale_x, scale_y"
#define PAGE "id, day, status, number"
#define BADGE "id, copy"
#define WRITING "id, pairing, about, enclosure, form, reason, day, until, copy"
#define PIN "id, salt, proof, ops, mem"
#define INVITE "id, made, until"

#define TABLE(table, columns) \
	{ \
		table, \
		    "SELECT " columns ", version, event FROM " table \
		    " WHERE id = :id", \
		    "SELECT " columns ", version, event FROM " table \
		    " WHERE id >= :low AND id <= :high ORDER BY id", \
		    "UPDATE " table " SET event = :event WHERE id = :id", \
		    "SELECT id FROM " table \
		    " WHERE id >= :start AND id < :end " \
		    "ORDER BY id DESC LIMIT 1" \
	}

static const struct mr_table tables[MR_NSUBJECTS] = {
    [MR_SITE] = TABLE("site", SITE),
    [MR_SETTING] = TABLE("setting", SETTING),
    [MR_USER] = TABLE("users", USERS),
    [MR_FACILITY] = TABLE("facility", FACILITY),
    [MR_RULE] = TABLE("facility_rule", RULE),
    [MR_CORRESPONDENT] = TABLE("correspondent", CORRESPONDENT),
    [MR_ADDRESS] = TABLE("address", ADDRESS),
    [MR_SEALED] = TABLE("sealed", SEALED),
    [MR_PAIRING] = TABLE("pairing", PAIRING),
    [MR_FORWARDING_ID] = TABLE("forwarding_id", FORWARDING_ID),
    [MR_LETTER] = TABLE("letter", LETTER),
    [MR_ENCLOSURE] = TABLE("enclosure", ENCLOSURE),
    [MR_BATCH] = TABLE("batch", BATCH),
    [MR_DAY] = TABLE("day", DAY),
    [MR_COUNTERSIGN] = TABLE("countersign", COUNTERSIGN),
    [MR_PRICE] = TABLE("price", PRICE),
    [MR_POSTAGE] = TABLE("postage", POSTAGE),
    [MR_PRINTER] = TABLE("printer", PRINTER),
    [MR_PAGE] = TABLE("page", PAGE),
    [MR_BADGE] = TABLE("badge", BADGE),
    [MR_WRITING] = TABLE("writing", WRITING),
    [MR_PIN] = TABLE("pin", PIN),
    [MR_INVITE] = TABLE("invite", INVITE),
};

const struct mr_table *
mr_table(int subject)
{
	if (subject < 1 || subject >= MR_NSUBJECTS)
		return NULL;
	return &tables[subject];
}

const char *
mr_subject_name(int subject)
{
	const struct mr_table *table = mr_table(subject);

	return table != NULL ? table->name : "nothing";
}

/* Most rows fit the buffer, and are then hashed in one go. */
struct sink {
	crypto_generichash_state state;
	int started; /* the buffer was full once */
	size_t used;
	unsigned char buf[512];
};

static void
put(struct sink *sink, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;

	while (len > 0) {
		size_t n = sizeof(sink->buf) - sink->used;

		n = n < len ? n : len;
		memcpy(sink->buf + sink->used, p, n);
		sink->used += n;
		p += n;
		len -= n;
		if (sink->used < sizeof(sink->buf))
			continue;
		if (!sink->started)
			crypto_generichash_init(
			    &sink->state, NULL, 0, MR_ROW_DIGEST);
		sink->started = 1;
		crypto_generichash_update(&sink->state, sink->buf, sink->used);
		sink->used = 0;
	}
}

static void
put_number(struct sink *sink, char kind, uint64_t n)
{
	unsigned char b[9] = {(unsigned char)kind, n >> 56 & 0xff,
	    n >> 48 & 0xff, n >> 40 & 0xff, n >> 32 & 0xff, n >> 24 & 0xff,
	    n >> 16 & 0xff, n >> 8 & 0xff, n & 0xff};

	if (sizeof(sink->buf) - sink->used > sizeof(b)) {
		memcpy(sink->buf + sink->used, b, sizeof(b));
		sink->used += sizeof(b);
	} else {
		put(sink, b, sizeof(b));
	}
}

static void
put_column(struct sink *sink, struct sql_stmt *st, int col)
{
	struct sql_value v;

	sql_col(st, col, &v);
	switch (v.kind) {
	case SQL_INT:
		put_number(sink, 'I', (uint64_t)v.number);
		break;
	case SQL_TEXT:
	case SQL_BLOB:
		put_number(sink, v.kind == SQL_TEXT ? 'T' : 'B', v.len);
		put(sink, v.bytes, v.len);
		break;
	default:
		put_number(sink, 'N', 0);
		break;
	}
}

void
mr_row_digest(struct sql_stmt *st, unsigned char digest[MR_ROW_DIGEST])
{
	struct sink sink;
	int n = sql_cols(st) - 1;

	sink.used = 0;
	sink.started = 0;
	for (int i = 0; i < n; i++)
		put_column(&sink, st, i);
	if (!sink.started) {
		crypto_generichash(
		    digest, MR_ROW_DIGEST, sink.buf, sink.used, NULL, 0);
		return;
	}
	crypto_generichash_update(&sink.state, sink.buf, sink.used);
	crypto_generichash_final(&sink.state, digest, MR_ROW_DIGEST);
}
