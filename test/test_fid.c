/* Forwarding IDs on a real office: issuing, reading, guessing, blocking. */
#include "test/house.h"

#include "lib/fid.h"
#include "lib/pairing.h"
#include "lib/payload.h"

#define MANY 3000

/* Two people, P1, and the IDs of both as shown. */
static void
pair(struct house *h, char out[64], char in[64])
{
	house_person(h, MR_OUTSIDE, "O-1", 9);
	house_person(h, MR_INSIDE, "I-1", 9);
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    "P1");
	house_value(h, "id", 0, out);
	house_value(h, "id", 1, in);
}

/* An ID of our choosing: the row alone, as an older office may hold it. */
static void
put(struct house *h, const struct mr_symbols *code, int64_t pairing,
    int64_t writer)
{
	struct mr_call *c = house_begin(h);
	struct sql_stmt *st;
	int64_t id;

	assert_int_equal(mr_next_id(c, MR_NEWEST("forwarding_id"), &id), MR_OK);
	st = sql_prepare(c,
	    "INSERT INTO forwarding_id (id, code, pairing, writer, status, "
	    "reason, since, version, event) "
	    "VALUES (:id, :code, :pairing, :writer, 1, 0, :since, 1, :event)");
	sql_int(st, ":id", id);
	sql_int(st, ":code", mr_code_number(code));
	sql_int(st, ":pairing", pairing);
	sql_int(st, ":writer", writer);
	sql_int(st, ":since", c->today);
	sql_int(st, ":event", mr_event_next(c));
	assert_int_equal(sql_done(st), MR_OK);
	assert_int_equal(mr_event(c, MR_FORWARDING_ID, id, 0, NULL), MR_OK);
	house_end(c);
}

static void
symbols_of(const char *text, struct mr_symbols *code)
{
	assert_int_equal(mr_code_fold(text, code, NULL), MR_FOLD_OK);
}

static void
check_tells_well_formed_from_not(void **state)
{
	struct house *h = *state;

	did(h, run(h, "id check", "code", "k7m 4rp tmk", NULL),
	    "{\"code\":\"K7M-4RP-TMK\",\"well_formed\":true");
	refused(h, run(h, "id check", "code", "K7M-4RP-TMM", NULL), MR_INVALID,
	    "The 9th symbol, M, does not fit: look again, it may be K.");
	refused(
	    h, run(h, "id check", "code", "K7M-4RP-TM", NULL), MR_INVALID, "8");
	refused(h, run(h, "id check", "code", "K7M-4*P-TMK", NULL), MR_INVALID,
	    "\"*\" at place 5");
	h->user = "admin";
	did(h, run(h, "id check", "code", "K7M-4RP-TMK", NULL), "true");
	refused(h, run(h, "id resolve", "code", "K7M-4RP-TMK", NULL), MR_DENIED,
	    "admin");
}

static void
issued_ids_are_five_symbols_apart(void **state)
{
	struct house *h = *state;
	uint64_t *packed = calloc(MANY, sizeof(*packed));
	struct mr_symbols code;
	struct mr_register *reg;
	char out[64], in[64];
	struct mr_call *c;
	struct mr_fid fid;
	int64_t id;

	assert_non_null(packed);
	pair(h, out, in);
	c = house_begin(h);
	assert_int_equal(mr_register_load(c, &reg), MR_OK);
	assert_int_equal(mr_register_count(reg), 2);
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(mr_fid_issue(c, reg, 1, 1, &id), MR_OK);
		assert_int_equal(mr_fid_load(c, id, &fid), MR_OK);
		assert_int_equal(mr_code_from_number(fid.code, &code), 0);
		assert_int_equal(code.n, 9);
		assert_true(mr_code_fit_to_issue(&code));
		packed[i] = mr_code_pack(&code);
	}
	for (int i = 0; i < MANY; i++)
		for (int j = 0; j < i; j++)
			assert_true(mr_code_distance(packed[i], packed[j]) > 4);
	assert_int_equal(mr_register_save(c, reg), MR_OK);
	house_end(c);
	assert_int_equal(
	    house_count(
		h, SQL_SCAN "SELECT count(*) FROM id_chunk WHERE count = 512"),
	    5);
	c = house_begin(h);
	assert_int_equal(mr_register_load(c, &reg), MR_OK);
	assert_int_equal(mr_register_count(reg), MANY + 2);
	house_end(c);
	free(packed);
}

static void
from_twenty_thousand_on_ids_have_twelve_symbols(void **state)
{
	struct house *h = *state;
	struct mr_register *reg;
	struct mr_symbols code;
	char out[64], in[64];
	struct mr_call *c;
	struct mr_fid fid;
	int64_t id;

	pair(h, out, in);
	c = house_begin(h);
	assert_int_equal(mr_register_load(c, &reg), MR_OK);
	while (mr_register_count(reg) < MR_FID_LONG_FROM - 1) {
		assert_int_equal(mr_code_random(9, &code), 0);
		assert_int_equal(mr_register_add(c, reg, &code), MR_OK);
	}
	assert_int_equal(mr_fid_issue(c, reg, 1, 1, &id), MR_OK);
	assert_int_equal(mr_fid_load(c, id, &fid), MR_OK);
	assert_int_equal(strlen(mr_fid_show(c, &fid)), 11);
	assert_int_equal(mr_fid_issue(c, reg, 1, 1, &id), MR_OK);
	assert_int_equal(mr_fid_load(c, id, &fid), MR_OK);
	assert_int_equal(strlen(mr_fid_show(c, &fid)), 15);
	assert_int_equal(mr_register_save(c, reg), MR_OK);
	house_end(c);
	/* The next office hour reads them back as they were. */
	c = house_begin(h);
	assert_int_equal(mr_register_load(c, &reg), MR_OK);
	assert_int_equal(mr_register_count(reg), MR_FID_LONG_FROM + 1);
	assert_int_equal(mr_code_from_number(fid.code, &code), 0);
	assert_true(mr_register_near(reg, &code));
	house_end(c);
}

static void
a_retired_code_is_never_issued_again(void **state)
{
	struct house *h = *state;
	struct mr_register *reg;
	struct mr_symbols code;
	char out[64], in[64];
	struct mr_call *c;
	struct sql_stmt *st;

	pair(h, out, in);
	did(h, run(h, "pairing end", "pairing", "P1", "reason", "died", NULL),
	    "ended");
	symbols_of(out, &code);
	c = house_begin(h);
	assert_int_equal(mr_register_load(c, &reg), MR_OK);
	assert_true(mr_register_near(reg, &code));
	st = sql_prepare(c,
	    "INSERT INTO forwarding_id (id, code, pairing, writer, status, "
	    "reason, since, version, event) "
	    "VALUES (77, :code, 1, 1, 1, 0, 0, 1, 1) RETURNING id");
	sql_int(st, ":code", mr_code_number(&code));
	assert_int_equal(sql_done(st), MR_UNIQUE);
	assert_int_equal(mr_end(c, MR_UNIQUE), MR_UNIQUE);
	mr_call_end(c);
}

static void
well_formed_but_never_issued_is_said(void **state)
{
	struct house *h = *state;
	char out[64], in[64];

	pair(h, out, in);
	did(h, run(h, "id resolve", "code", "K7M-4RP-TMK", NULL),
	    "\"answer\":\"unknown\",\"sentence\":\"K7M-4RP-TMK is written like "
	    "one of our IDs, but we never issued it");
	did(h, run(h, "id resolve", "code", "K7M-4RP-TMK", NULL),
	    "\"pairing\":null");
	did(h, run(h, "id resolve", "code", " - ", "from", "inside", NULL),
	    "\"answer\":\"misread\"");
}

static void
a_code_of_another_kind_is_named(void **state)
{
	struct house *h = *state;
	struct mr_symbols code = {10, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}};
	char text[MR_CODE_TEXT];

	assert_int_equal(mr_code_complete(&code, MR_CODE_LETTER), 0);
	did(h, run(h, "id resolve", "code", mr_code_format(&code, text), NULL),
	    "\"answer\":\"other-kind\",\"sentence\":\"This is a letter code");
	did(h, run(h, "id resolve", "code", text, NULL), "\"candidates\":[]");
}

static void
a_scanned_reply_label_is_read(void **state)
{
	struct house *h = *state;
	struct mr_payload payload = {.kind = MR_PAYLOAD_REPLY, .copy = 1};
	char out[64], in[64], scan[MR_PAYLOAD_LEN + 1];

	pair(h, out, in);
	symbols_of(out, &payload.code);
	assert_int_equal(mr_payload_make(h->mr->keys->tag, &payload, scan), 0);
	did(h, run(h, "id resolve", "code", scan, NULL),
	    "\"answer\":\"good\",\"sentence\":null,\"pairing\":\"P1\"");
}

/* The one candidate for this text is that ID. */
static void
offers(struct house *h, const char *typed, const char *id)
{
	char want[128];

	snprintf(want, sizeof(want),
	    "\"candidates\":[{\"code\":\"%s\",\"pairing\":\"P1\"", id);
	did(h, run(h, "id resolve", "code", typed, NULL), want);
	did(h, run(h, "id resolve", "code", typed, NULL),
	    "\"answer\":\"misread\"");
	assert_null(strstr(h->answer, "},{"));
}

static void
every_way_to_misread_one_symbol_is_offered(void **state)
{
	struct house *h = *state;
	char out[64], in[64], typed[64];
	struct mr_symbols code, bad;

	pair(h, out, in);
	symbols_of(out, &code);
	for (int i = 0; i < code.n; i++) {
		bad = code;
		bad.s[i] = (uint8_t)((code.s[i] + 7) % MR_BASE);
		offers(h, mr_code_format(&bad, typed), out);
		bad.s[i] = MR_UNREADABLE;
		offers(h, mr_code_format(&bad, typed), out);
		/* Left out; typed twice; a blot that is no character. */
		bad = code;
		memmove(bad.s + i, code.s + i + 1, (size_t)(code.n - i - 1));
		bad.n--;
		offers(h, mr_code_format(&bad, typed), out);
		bad = code;
		memmove(bad.s + i + 1, code.s + i, (size_t)(code.n - i));
		bad.n++;
		offers(h, mr_code_format(&bad, typed), out);
		snprintf(typed, sizeof(typed), "%s", out);
		typed[i + i / 3] = '*';
		offers(h, typed, out);
	}
	for (int i = 0; i + 1 < code.n; i++) {
		if (code.s[i] == code.s[i + 1])
			continue;
		bad = code;
		bad.s[i] = code.s[i + 1];
		bad.s[i + 1] = code.s[i];
		offers(h, mr_code_format(&bad, typed), out);
	}
}

static int
second(void *arg, const struct mr_symbols *code, int changes)
{
	struct mr_symbols *to = arg;

	if (changes != 2 || code->n != 9)
		return 0;
	*to = *code;
	return 1;
}

/* Typed text that is one symbol from a and two look-alikes from b. */
static void
between(struct mr_symbols *a, struct mr_symbols *b, char typed[MR_CODE_TEXT])
{
	struct mr_symbols read;

	for (;;) {
		assert_int_equal(mr_code_random(9, a), 0);
		read = *a;
		read.s[4] = (uint8_t)((read.s[4] + 1) % MR_BASE);
		if (mr_code_suggest(&read, MR_CODE_ID, second, b))
			break;
	}
	mr_code_format(&read, typed);
}

static void
first_offered(struct house *h, const char *typed, const char *from,
    const struct mr_symbols *want)
{
	char text[MR_CODE_TEXT], head[128];

	snprintf(head, sizeof(head), "\"candidates\":[{\"code\":\"%s\"",
	    mr_code_format(want, text));
	did(h,
	    from != NULL
		? run(h, "id resolve", "code", typed, "from", from, NULL)
		: run(h, "id resolve", "code", typed, NULL),
	    head);
	assert_non_null(strstr(h->answer, "},{"));
}

static void
the_candidate_that_fits_comes_first(void **state)
{
	struct house *h = *state;
	char out[64], in[64], typed[MR_CODE_TEXT];
	struct mr_symbols a, b;

	pair(h, out, in);
	house_person(h, MR_OUTSIDE, "O-2", 1);
	did(h, run(h, "pairing open", "outside", "C3", "inside", "C2", NULL),
	    "P2");
	between(&a, &b, typed);
	put(h, &a, 1, 1); /* Wren of P1 writes from outside */
	put(h, &b, 2, 2); /* Maria of P2 writes from inside */
	first_offered(h, typed, NULL, &a);
	first_offered(h, typed, "outside", &a);
	first_offered(h, typed, "inside", &b);
	/* What does not go comes after what goes, and says so. */
	did(h, run(h, "pairing pause", "pairing", "P1", "reason", "away", NULL),
	    "paused");
	first_offered(h, typed, NULL, &b);
	assert_non_null(strstr(h->answer, "\"pairing_status\":\"paused\""));
	assert_non_null(strstr(h->answer, "\"goes\":false"));
	refused(h, run(h, "id resolve", "code", typed, "from", "above", NULL),
	    MR_INVALID, "inside or outside");
}

static void
a_retired_id_is_not_offered_as_live(void **state)
{
	struct house *h = *state;
	char out[64], in[64], typed[64];
	struct mr_symbols code;

	pair(h, out, in);
	did(h,
	    run(h, "pairing rotate", "pairing", "P1", "reason", "compromised",
		NULL),
	    "P1");
	symbols_of(out, &code);
	code.s[3] = MR_UNREADABLE;
	mr_code_format(&code, typed);
	offers(h, typed, out);
	assert_non_null(strstr(h->answer,
	    "\"status\":\"retired\","
	    "\"routes_until\":null,\"goes\":false"));
}

static void
a_blocked_id_stops_and_can_go_again(void **state)
{
	struct house *h = *state;
	char out[64], in[64], new[64];

	pair(h, out, in);
	refused(h, run(h, "id block", "code", out, "reason", "ugly", NULL),
	    MR_INVALID, "compromised, misused, safety, staff-query");
	refused(h,
	    run(h, "id block", "code", "K7M-4RP-TMK", "reason", "safety", NULL),
	    MR_NOTFOUND, "never issued");
	refused(h, run(h, "id block", "code", "K7M", "reason", "safety", NULL),
	    MR_INVALID, "3");
	refused(h, run(h, "id unblock", "code", out, NULL), MR_REFUSED,
	    "is active, not blocked");
	did(h, run(h, "id block", "code", out, "reason", "safety", NULL),
	    "\"pairing\":\"P1\",\"status\":\"blocked\",\"reason\":\"safety\"");
	did(h, run(h, "id resolve", "code", out, NULL),
	    "\"answer\":\"stopped\"");
	refused(h, run(h, "id block", "code", out, "reason", "safety", NULL),
	    MR_REFUSED, "is blocked already");
	did(h, run(h, "id unblock", "code", out, NULL),
	    "\"status\":\"active\",\"reason\":null");
	did(h, run(h, "id resolve", "code", out, NULL), "good");
	did(h, run(h, "id block", "code", out, "reason", "misused", NULL), out);
	did(h,
	    run(h, "pairing rotate", "pairing", "P1", "reason", "routine",
		"side", "outside", NULL),
	    "\"routes_until\":null}]}");
	house_value(h, "id", 0, new);
	refused(h, run(h, "id unblock", "code", out, NULL), MR_REFUSED,
	    "is retired, not blocked");
	did(h, run(h, "id block", "code", new, "reason", "misused", NULL), new);
	did(h, run(h, "pairing end", "pairing", "P1", "reason", "safety", NULL),
	    "ended");
	refused(h, run(h, "id unblock", "code", new, NULL), MR_REFUSED,
	    "is retired");
}

static void
an_old_id_can_be_blocked_but_does_not_come_back(void **state)
{
	struct house *h = *state;
	char out[64], in[64], new[64];

	pair(h, out, in);
	did(h,
	    run(h, "pairing rotate", "pairing", "P1", "reason", "routine",
		"side", "outside", NULL),
	    "P1");
	house_value(h, "id", 0, new);
	did(h, run(h, "id resolve", "code", out, NULL), "\"answer\":\"old\"");
	did(h, run(h, "id block", "code", out, "reason", "safety", NULL), out);
	did(h, run(h, "id resolve", "code", out, NULL), "stopped");
	did(h, run(h, "id resolve", "code", new, NULL), "good");
	refused(h, run(h, "id unblock", "code", out, NULL), MR_REFUSED,
	    "took its place");
	refused(h, run(h, "id unblock", "code", out, NULL), MR_REFUSED, new);
}

int
main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(check_tells_well_formed_from_not),
	    TEST(issued_ids_are_five_symbols_apart),
	    TEST(from_twenty_thousand_on_ids_have_twelve_symbols),
	    TEST(a_retired_code_is_never_issued_again),
	    TEST(well_formed_but_never_issued_is_said),
	    TEST(a_code_of_another_kind_is_named),
	    TEST(a_scanned_reply_label_is_read),
	    TEST(every_way_to_misread_one_symbol_is_offered),
	    TEST(the_candidate_that_fits_comes_first),
	    TEST(a_retired_id_is_not_offered_as_live),
	    TEST(a_blocked_id_stops_and_can_go_again),
	    TEST(an_old_id_can_be_blocked_but_does_not_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
