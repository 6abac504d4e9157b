/*
 * The checks of `office check`, one function each.  Every statement here walks
 * a whole table, which is its purpose.
 */
#include "lib/office_check.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "lib/chain.h"
#include "lib/code.h"
#include "lib/gap.h"
#include "lib/handle.h"
#include "lib/letter.h"
#include "lib/recovery.h"
#include "lib/site.h"
#include "lib/paper.h"
#include "lib/tongue.h"
#include "lib/user.h"

struct check {
	struct mr_call *c;
	mr_office_say say;
	void *arg;
	const char *name; /* of the check at work */
	int found;
};

static void
tell(struct check *k, const char *where, const char *what)
{
	k->found++;
	k->say(k->arg, mr_say(k->name), where, mr_say(what));
}

static void
say_row(struct check *k, const char *table, int64_t id, const char *what)
{
	struct mr_mark mark = mr_mark(k->c->arena);
	const char *where =
	    mr_printf(k->c->arena, "%s %lld", table, (long long)id);

	tell(k, where != NULL ? where : table, what);
	mr_release(k->c->arena, mark);
}

static void
say_page(void *arg, const char *what)
{
	struct check *k = arg;

	tell(k, "mailroom.db", what);
}

static enum mr_status
check_pages(struct check *k)
{
	struct sql *db = mr_call_db(k->c);
	enum mr_status status = sql_quick_check(db, say_page, k);

	if (status != MR_OK)
		return mr_fail(k->c, status, "%s", mr_say(sql_message(db)));
	return MR_OK;
}

/* Rows of one table whose column names no row of another. */
#define ORPHANS(child, column, parent) \
	{ \
#child, \
		    #column " names a row of " #parent " that is not there", \
		    SQL_SCAN \
		    "SELECT a.id FROM " #child " a " \
		    "LEFT JOIN " #parent " b ON b.id = a." #column " " \
		    "WHERE a." #column " IS NOT NULL AND b.id IS NULL" \
	}
#define LOST(child, column, parent) \
	{ \
#child, \
		    #column " names a row of " #parent " that is not there", \
		    SQL_SCAN "SELECT a." #column " FROM " #child " a " \
			     "LEFT JOIN " #parent " b ON b.id = a." #column \
			     " " \
			     "WHERE b.id IS NULL" \
	}

static const struct reference {
	const char *table, *what, *text;
} references[] = {
    ORPHANS(facility_rule, facility, facility),
    ORPHANS(address, person, correspondent),
    ORPHANS(address, facility, facility),
    ORPHANS(sealed, person, correspondent),
    ORPHANS(pairing, outside, correspondent),
    ORPHANS(pairing, inside, correspondent),
    ORPHANS(forwarding_id, pairing, pairing),
    ORPHANS(forwarding_id, writer, correspondent),
    ORPHANS(letter, forwarding_id, forwarding_id),
    ORPHANS(letter, pairing, pairing),
    ORPHANS(letter, person, correspondent),
    ORPHANS(letter, parent, letter),
    ORPHANS(letter, envelope_address, address),
    ORPHANS(letter, envelope_id, forwarding_id),
    ORPHANS(letter, batch, batch),
    ORPHANS(enclosure, letter, letter),
    ORPHANS(enclosure, by, users),
    ORPHANS(enclosure, second, users),
    ORPHANS(countersign, first, users),
    ORPHANS(countersign, second, users),
    ORPHANS(postage, id, letter),
    ORPHANS(postage, price, price),
    ORPHANS(print, letter, letter),
    ORPHANS(print, address, address),
    ORPHANS(print, forwarding_id, forwarding_id),
    /* Without an id of their own: the person is named. */
    LOST(interest, person, correspondent),
    LOST(blind, person, correspondent),
};
#define NREFERENCES (sizeof(references) / sizeof(references[0]))

static enum mr_status
check_references(struct check *k)
{
	enum mr_status status = MR_OK;
	struct sql_stmt *st;

	for (size_t i = 0; i < NREFERENCES && status == MR_OK; i++) {
		mr_progress(k->c, "references", (int64_t)i, NREFERENCES);
		st = sql_prepare(k->c, references[i].text);
		while (sql_row(st))
			say_row(k, references[i].table, sql_col_int(st, 0),
			    references[i].what);
		status = sql_done(st);
	}
	return status;
}

/* Rows of id, box, hash. */
static enum mr_status
check_boxes(struct check *k, const char *table, struct sql_stmt *st)
{
	unsigned char right[32];
	size_t len, hash_len;
	const void *box, *hash;

	while (sql_row(st)) {
		box = sql_col_blob(st, 1, &len);
		hash = sql_col_blob(st, 2, &hash_len);
		crypto_generichash(right, sizeof(right), box, len, NULL, 0);
		if (hash_len != sizeof(right) ||
		    memcmp(right, hash, sizeof(right)) != 0)
			say_row(k, table, sql_col_int(st, 0),
			    "the sealed record is not the one that its row "
			    "names");
	}
	return sql_done(st);
}

static enum mr_status
check_sealed(struct check *k)
{
	enum mr_status status;

	status = check_boxes(k, "address",
	    sql_prepare(k->c, SQL_SCAN "SELECT id, box, hash FROM address"));
	if (status != MR_OK)
		return status;
	return check_boxes(k, "sealed",
	    sql_prepare(k->c, SQL_SCAN "SELECT id, box, hash FROM sealed"));
}

/* Codes packed, as many as a table has. */
struct codes {
	uint64_t *code;
	size_t n, room;
};

static enum mr_status
make_room(struct check *k, struct codes *codes)
{
	codes->code = mr_alloc(k->c->arena, (codes->room + 1) * 8);
	return codes->code != NULL ? MR_OK : mr_nomem(k->c);
}

static enum mr_status
read_register(struct check *k, struct codes *codes)
{
	struct mr_symbols symbols;
	enum mr_status status;
	struct sql_stmt *st;
	int64_t count = 0;

	st = sql_prepare(k->c, SQL_SCAN "SELECT COUNT(*) FROM forwarding_id");
	status = sql_done_int(st, &count);
	codes->room = (size_t)count;
	if (status == MR_OK)
		status = make_room(k, codes);
	if (status != MR_OK)
		return status;
	st = sql_prepare(k->c, SQL_SCAN "SELECT id, code FROM forwarding_id");
	while (codes->n < codes->room && sql_row(st)) {
		if (mr_code_from_number(sql_col_int(st, 1), &symbols) == 0)
			codes->code[codes->n++] = mr_code_pack(&symbols);
		else
			say_row(k, "forwarding_id", sql_col_int(st, 0),
			    "the code is none");
	}
	return sql_done(st);
}

static uint64_t
little_endian(const unsigned char *p)
{
	uint64_t x = 0;

	for (int i = 7; i >= 0; i--)
		x = x << 8 | p[i];
	return x;
}

static void
take_chunk(struct check *k, struct sql_stmt *st, struct codes *codes)
{
	size_t len;
	const unsigned char *bytes = sql_col_blob(st, 2, &len);

	if (len % 8 != 0 || sql_col_int(st, 1) != (int64_t)(len / 8))
		say_row(k, "id_chunk", sql_col_int(st, 0),
		    "its count is not what it holds");
	for (size_t i = 0; i < len / 8 && codes->n < codes->room; i++)
		codes->code[codes->n++] = little_endian(bytes + 8 * i);
}

static enum mr_status
read_chunks(struct check *k, struct codes *codes)
{
	enum mr_status status;
	struct sql_stmt *st;
	int64_t sum = 0;

	st = sql_prepare(k->c, SQL_SCAN "SELECT COUNT(*) * 512 FROM id_chunk");
	status = sql_done_int(st, &sum);
	codes->room = (size_t)sum;
	if (status == MR_OK)
		status = make_room(k, codes);
	if (status != MR_OK)
		return status;
	st =
	    sql_prepare(k->c, SQL_SCAN "SELECT id, count, codes FROM id_chunk");
	while (sql_row(st))
		take_chunk(k, st, codes);
	return sql_done(st);
}

static int
by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Each code of the register stands once in the chunks, and no other. */
static enum mr_status
check_register(struct check *k)
{
	struct codes all = {0}, chunks = {0};
	enum mr_status status = read_register(k, &all);

	if (status == MR_OK)
		status = read_chunks(k, &chunks);
	if (status != MR_OK)
		return status;
	qsort(all.code, all.n, 8, by_value);
	qsort(chunks.code, chunks.n, 8, by_value);
	if (all.n != chunks.n ||
	    (all.n > 0 && memcmp(all.code, chunks.code, all.n * 8) != 0))
		tell(k, "id_chunk",
		    "the codes for comparing are not those of forwarding_id; "
		    "a new ID could come too near to an old one");
	return MR_OK;
}

/* What a count adds to the letters in a house. */
static int
sign_of(int64_t what)
{
	switch (what) {
	case MR_N_PIECES:
	case MR_N_EXTRA:
	case MR_N_OFFICE:
	case MR_N_REFOUND:
	case MR_N_FROM_SITE:
		return 1;
	case MR_N_POSTED:
	case MR_N_HANDED:
	case MR_N_THROWN:
	case MR_N_TO_SITE:
		return -1;
	default:
		return 0;
	}
}

/* What came in less what went out is what is in the house, at each site. */
static enum mr_status
check_counts(struct check *k)
{
	int64_t house[MR_SITES] = {0}, sum[MR_SITES] = {0};
	enum mr_status status;
	struct sql_stmt *st;

	st = sql_prepare(k->c,
	    SQL_SCAN "SELECT number >> 24, COUNT(*) FROM letter "
		     "WHERE state < 7 "
		     "GROUP BY number >> 24");
	while (sql_row(st))
		house[sql_col_int(st, 0) & (MR_SITES - 1)] +=
		    sql_col_int(st, 1);
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	st = sql_prepare(
	    k->c, SQL_SCAN "SELECT day >> 36, what, count FROM day_count");
	while (sql_row(st))
		sum[sql_col_int(st, 0) & (MR_SITES - 1)] +=
		    sign_of(sql_col_int(st, 1)) * sql_col_int(st, 2);
	status = sql_done(st);
	for (int i = 0; i < MR_SITES && status == MR_OK; i++)
		if (sum[i] != house[i])
			say_row(k,
			    "day_count, letters in the house by it:", sum[i],
			    "the counts of the days do not add up to the "
			    "letters that are in the house");
	return status;
}

/* Is it the print that its event tells?  A letter that was keyed in with a
 * page was printed before it came: that copy is its first. */
static int
same_print(const struct mr_event *e, struct sql_stmt *st)
{
	int page = mr_event_number(e, MR_F_PAGE, 0) != 0;
	const int64_t told[5] = {e->subject_id,
	    page ? MR_P_SHEET : mr_event_number(e, MR_F_WHAT, 0),
	    page ? 1 : mr_event_number(e, MR_F_COPY, 0),
	    page ? 0 : mr_event_number(e, MR_F_ADDRESS, 0),
	    page ? 0 : mr_event_number(e, MR_F_FORWARDING_ID, 0)};

	for (int i = 0; i < 5; i++)
		if (told[i] != sql_col_int(st, 2 + i))
			return 0;
	return e->subject == MR_LETTER;
}

/* The list of prints is under no event of its own: a scan and a ZIP are asked
 * by it, so it must say what the letters and their events say. */
static enum mr_status
check_print(struct check *k, int64_t id, struct sql_stmt *st)
{
	struct mr_mark mark = mr_mark(k->c->arena);
	struct mr_event e;
	enum mr_status status = mr_event_load(k->c, sql_col_int(st, 1), &e);

	if (status == MR_NOTFOUND ||
	    (status == MR_OK && !e.dropped && !same_print(&e, st)))
		say_row(k, "print", id, "its event tells another print");
	mr_release(k->c->arena, mark);
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
check_prints(struct check *k)
{
	enum mr_status status = MR_OK, done;
	struct sql_stmt *st;

	st = sql_prepare(k->c,
	    SQL_SCAN "SELECT id, event, letter, what, copy, address, "
		     "forwarding_id FROM print");
	while (status == MR_OK && sql_row(st))
		status = check_print(k, sql_col_int(st, 0), st);
	done = sql_done(st);
	if (status != MR_OK || done != MR_OK)
		return status != MR_OK ? status : done;
	st = sql_prepare(k->c,
	    SQL_SCAN "SELECT id FROM letter l WHERE l.id > :gap "
		     "AND (sheet_copy <> "
		     "(SELECT COUNT(*) FROM print p "
		     "WHERE p.letter = l.id AND p.what = 1) "
		     "OR envelope_copy <> "
		     "(SELECT COUNT(*) FROM print p "
		     "WHERE p.letter = l.id AND p.what > 1)) "
		     "OR sheet_copy <> "
		     "(SELECT COALESCE(MAX(p.copy), 0) FROM print p "
		     "WHERE p.letter = l.id AND p.what = 1) "
		     "OR envelope_copy <> "
		     "(SELECT COALESCE(MAX(p.copy), 0) FROM print p "
		     "WHERE p.letter = l.id AND p.what > 1)");
	/* Before a restore's gap, copies leave some out. */
	sql_int(st, ":gap", mr_gap_after(k->c, "letter"));
	while (sql_row(st))
		say_row(k, "letter", sql_col_int(st, 0),
		    "the list of prints has not as many as its copies");
	return sql_done(st);
}

/* A number that went back would stand on two letters of a day. */
static enum mr_status
check_stations(struct check *k)
{
	struct sql_stmt *st;

	st = sql_prepare(k->c,
	    SQL_SCAN "SELECT s.id & 255 FROM station s "
		     "LEFT JOIN letter l ON l.id = s.letter "
		     "WHERE l.id IS NULL "
		     "UNION SELECT s.id & 255 FROM letter n JOIN station s "
		     "ON s.id = ((n.number >> 24) << 36 "
		     "| (n.number >> 16 & 255)) "
		     "WHERE n.day = s.day AND (n.number & 65535) > s.count");
	while (sql_row(st))
		say_row(k, "station", sql_col_int(st, 0) - 'A' + 1,
		    "its last number is below one that it gave on that day");
	return sql_done(st);
}

static enum mr_status
check_holders(struct mr_call *c, void *arg, const struct mr_holder *holder)
{
	struct check *k = arg;

	(void)c;
	if (holder->grant != NULL && holder->status != MR_USER_ACTIVE)
		say_row(k, "users", holder->id,
		    "disabled, but holds a key to the vault");
	if (holder->grant != NULL && (holder->role & MR_KEY_ROLES) == 0)
		say_row(k, "users", holder->id,
		    "holds a key to the vault against the role");
	return MR_OK;
}

static enum mr_status
check_keys(struct check *k)
{
	switch (mr_key_file_state(k->c)) {
	case MR_KEY_FILE_FITS:
		break;
	case MR_KEY_FILE_MISSING:
		tell(k, "office.key",
		    "it is missing; copy it back from a backup, or run "
		    "'mailroom office recover --restore-keys'");
		break;
	default:
		tell(k, "office.key",
		    "it cannot be used: readable by others, changed, or of "
		    "another office");
		break;
	}
	return mr_user_list(k->c, check_holders, k);
}

enum mr_status
mr_office_check(struct mr_call *c, mr_office_say say, void *arg)
{
	static const struct {
		const char *name;
		enum mr_status (*run)(struct check *k);
	} checks[] = {{MR_SAID("database file"), check_pages},
	    {MR_SAID("references"), check_references},
	    {MR_SAID("sealed records"), check_sealed},
	    {MR_SAID("register of IDs"), check_register},
	    {MR_SAID("day counts"), check_counts},
	    {MR_SAID("prints"), check_prints},
	    {MR_SAID("day numbers"), check_stations},
	    {MR_SAID("keys"), check_keys}};
	struct check k = {.c = c, .say = say, .arg = arg};
	enum mr_status status = MR_OK;

	for (size_t i = 0;
	     i < sizeof(checks) / sizeof(checks[0]) && status == MR_OK; i++) {
		k.name = checks[i].name;
		k.found = 0;
		status = checks[i].run(&k);
		if (status == MR_OK && k.found == 0)
			say(arg, mr_say(k.name), NULL, NULL);
	}
	return status;
}
