/*
 * The match before gluing (P7): the right envelope, every time, or STOP; and
 * a STOP costs nothing.
 */
#include "test/stuffing.h"

#include "lib/code.h"

#define PAIRS 20
#define LETTERS (2 * PAIRS)
#define STUFFINGS 10000

static struct paper_of table[LETTERS];
static uint64_t dice = 88172645463325252;

static int
any(int n)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (int)(dice % (uint64_t)n);
}

static enum mr_status
stuff(struct house *h, const struct paper_of *stub, const struct paper_of *env)
{
	char three[32];

	did(h, run(h, "letter seal", "stub", stub->stub, NULL), "verdict");
	/* Whoever holds an envelope with a code scans it. */
	return run(h, "letter seal", "stub", stub->stub, "envelope",
	    env->inside ? read_off(h, env->corner, three) : env->scan, NULL);
}

static void
one_stuffing(struct house *h, int64_t *stops)
{
	struct paper_of *stub = &table[any(LETTERS)];
	struct paper_of *env = any(10) == 0 ? stub : &table[any(LETTERS)];

	if (stub->sealed && any(4) == 0) { /* opened again */
		did(h, run(h, "letter unseal", "letter", stub->stub, NULL),
		    "unsealed");
		stub->sealed = 0;
	} else if (stub->sealed) {
		did(h, stuff(h, stub, env), "is sealed already");
	} else if (stub == env) {
		did(h, stuff(h, stub, env), "\"verdict\":\"MATCH\"");
		stub->sealed = 1;
	} else {
		assert_int_equal(stuff(h, stub, env), MR_STOP);
		assert_non_null(strstr(h->answer, "\"verdict\":\"STOP\""));
		if (!env->inside)
			assert_non_null(strstr(h->answer, env->number));
		++*stops;
	}
}

static void
ten_thousand_stuffings_and_no_wrong_envelope(void **state)
{
	struct house *h = *state;
	int64_t stops = 0;
	/* Each asks a server several times, which takes its while. */
	int stuffings = getenv("MAILROOM_TEST_DB") != NULL ? 1000 : STUFFINGS;
	struct mr_letter l;

	mail_roster(h, PAIRS);
	for (int i = 0; i < LETTERS; i++)
		mail_receive(h, 1 + i / 2, i % 2 ? MR_INSIDE : MR_OUTSIDE,
		    table[i].number);
	did(h, run(h, "sheet print", "new", "", NULL), "\"printed\":40");
	did(h, run(h, "envelope print", "cleared", "", NULL), "\"printed\":40");
	for (int i = 0; i < LETTERS; i++)
		lay_out(h, &table[i]);
	for (int i = 0; i < stuffings; i++) {
		if (i % 500 == 0)
			assert_int_equal(
			    mr_group_begin(h->mr, &h->error), MR_OK);
		one_stuffing(h, &stops);
		if (i % 500 == 499)
			assert_int_equal(
			    mr_group_commit(h->mr, &h->error), MR_OK);
	}
	assert_true(stops > stuffings / 2);
	assert_int_equal(house_count(h,
			     SQL_SCAN "SELECT COUNT(*) FROM letter "
				      "WHERE state NOT IN (4, 5)"),
	    0);
	for (int i = 0; i < LETTERS; i++) {
		l = mail_letter(h, table[i].number);
		assert_int_equal(
		    l.state, table[i].sealed ? MR_L_SEALED : MR_L_CLEARED);
	}
	mail_sound(h);
}

/* Give the reader of that letter an ID of these data symbols. */
static void
craft(struct house *h, int64_t pairing, int kind, const char *data)
{
	struct mr_call *c = house_begin(h);
	struct mr_symbols code;
	struct mr_code_fault fault;
	struct mr_pairing p;
	struct sql_stmt *st;
	struct mr_fid fid;

	assert_int_equal(mr_code_fold(data, &code, &fault), MR_FOLD_OK);
	assert_int_equal(mr_code_complete(&code, MR_CODE_ID), 0);
	assert_int_equal(mr_pairing_load(c, pairing, &p), MR_OK);
	assert_int_equal(mr_fid_of(c, pairing,
			     kind == MR_INSIDE ? p.inside : p.outside, &fid),
	    MR_OK);
	st = sql_prepare(c,
	    "UPDATE forwarding_id SET code = :code, event = :event "
	    "WHERE id = :id");
	sql_int(st, ":code", mr_code_number(&code));
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", fid.id);
	assert_int_equal(sql_done(st), MR_OK);
	assert_int_equal(
	    mr_event(c, MR_FORWARDING_ID, fid.id, fid.event, NULL), MR_OK);
	house_end(c);
}

/* A letter to the inside of each of the first n pairings, printed. */
static void
to_inside(struct house *h, int n)
{
	for (int i = 0; i < n; i++) {
		mail_receive(h, 1 + i, MR_OUTSIDE, table[i].number);
		mail_print(h, table[i].number);
		lay_out(h, &table[i]);
	}
}

static void
asks_for(struct house *h, const struct paper_of *p, const char *place)
{
	did(h, run(h, "letter seal", "stub", p->stub, NULL), place);
	/* And does not show what shall be read. */
	assert_null(strstr(h->answer, p->corner));
}

static void
ids_that_share_a_group_ask_for_another(void **state)
{
	struct house *h = *state;
	char three[32];

	craft(h, 1, MR_INSIDE, "K7M4RPT");
	craft(h, 2, MR_INSIDE, "K7M5DXH");
	craft(h, 3, MR_INSIDE, "2HF5DXC");
	to_inside(h, 3);
	asks_for(h, &table[0], "SECOND");
	asks_for(h, &table[1], "THIRD");
	asks_for(h, &table[2], "FIRST");
	for (int i = 0; i < 3; i++) {
		for (int j = 0; j < 3; j++)
			if (i != j)
				assert_int_equal(
				    stuff(h, &table[i], &table[j]), MR_STOP);
		/* The shared group alone is no proof. */
		run(h, "letter seal", "stub", table[i].stub, NULL);
		read_off(h, table[i].corner, three);
	}
	assert_int_equal(run(h, "letter seal", "stub", table[0].stub,
			     "envelope", "K7M", NULL),
	    MR_STOP);
	for (int i = 0; i < 3; i++)
		did(h, stuff(h, &table[i], &table[i]), "MATCH");
}

static void
ids_that_share_every_group_ask_for_the_whole(void **state)
{
	struct house *h = *state;
	char typed[32], other[32];

	mail_roster(h, 5);
	craft(h, 1, MR_INSIDE, "K7M4RPT");
	craft(h, 2, MR_INSIDE, "K7M5DXH");
	craft(h, 3, MR_INSIDE, "2HF4RPC");
	to_inside(h, 3);
	/* A fourth with the same last three is found by trying. */
	for (int a = 0; a < 19 * 19; a++) {
		snprintf(typed, sizeof(typed), "%c%c%c777T",
		    mr_code_char(a / 19), mr_code_char(a % 19),
		    mr_code_char(3));
		craft(h, 4, MR_INSIDE, typed);
		mail_id(h, 4, MR_INSIDE, other);
		if (strcmp(other + 8, table[0].corner + 8) == 0)
			break;
	}
	assert_string_equal(other + 8, table[0].corner + 8);
	mail_receive(h, 4, MR_OUTSIDE, table[3].number);
	mail_print(h, table[3].number);
	asks_for(h, &table[0], "the whole ID");
	refused(h,
	    run(h, "letter seal", "stub", table[0].stub, "envelope", "K7M",
		NULL),
	    MR_REFUSED, "whole ID");
	assert_int_equal(run(h, "letter seal", "stub", table[0].stub,
			     "envelope", other, NULL),
	    MR_STOP);
	did(h,
	    run(h, "letter seal", "stub", table[0].stub, "envelope",
		table[0].corner, NULL),
	    "MATCH");
}

/* Its envelope lies on the table too, wherever its letter stands. */
static void
envelopes_of_letters_that_are_held_count_too(void **state)
{
	struct house *h = *state;

	craft(h, 1, MR_INSIDE, "K7M4RPT");
	craft(h, 2, MR_INSIDE, "K7M5DXH");
	to_inside(h, 2);
	did(h,
	    run(h, "letter hold", "letter", table[1].number, "reason", "photo",
		NULL),
	    "held");
	asks_for(h, &table[0], "SECOND");
	assert_int_equal(stuff(h, &table[0], &table[1]), MR_STOP);
	assert_non_null(strstr(h->answer, table[1].number));
	did(h, stuff(h, &table[0], &table[0]), "MATCH");
}

static void
what_is_not_ready_is_refused(void **state)
{
	struct house *h = *state;
	struct paper_of p;
	int64_t events;
	char id[32], scan[32];

	did(h,
	    run(h, "letter receive", "id", mail_id(h, 1, MR_INSIDE, id), NULL),
	    "A1");
	mail_scan(h, "A1", MR_PAYLOAD_STUB, 0, scan);
	refused(h, run(h, "letter seal", "stub", scan, NULL), MR_REFUSED,
	    "only a cleared letter");
	mail_receive(h, 1, MR_INSIDE, p.number);
	mail_scan(h, p.number, MR_PAYLOAD_STUB, 0, scan);
	refused(h, run(h, "letter seal", "stub", scan, NULL), MR_REFUSED,
	    "no cover sheet");
	did(h, run(h, "sheet print", "letter", p.number, NULL), "");
	mail_scan(h, p.number, MR_PAYLOAD_STUB, 1, scan);
	refused(h, run(h, "letter seal", "stub", scan, NULL), MR_REFUSED,
	    "no envelope");
	did(h, run(h, "envelope print", "letter", p.number, NULL), "");
	lay_out(h, &p);
	events = mail_events(h);
	refused(h,
	    run(h, "letter seal", "stub", p.number, "envelope", p.scan, NULL),
	    MR_REFUSED, "proves nothing");
	refused(h,
	    run(h, "letter seal", "stub", p.scan, "envelope", p.stub, NULL),
	    MR_REFUSED, "stub of the page first");
	refused(h,
	    run(h, "letter seal", "stub", p.stub, "envelope", p.stub, NULL),
	    MR_REFUSED, "no envelope");
	refused(h,
	    run(h, "letter seal", "stub", p.stub, "envelope", "K7", NULL),
	    MR_INVALID, "scan the envelope");
	refused(h,
	    run(h, "letter seal", "stub", p.stub, "envelope", "#!%", NULL),
	    MR_INVALID, "scan the envelope");
	refused(h,
	    run(h, "letter seal", "stub", p.stub, "envelope",
		"K7M 4RP "
		"TMK K7M 4RP TMK",
		NULL),
	    MR_INVALID, "18 symbols");
	assert_int_equal(mail_events(h), events);
}

static void
sealing_twice_is_once(void **state)
{
	struct house *h = *state;
	char number[64], scan[32];
	int64_t events;

	mail_receive(h, 1, MR_INSIDE, number);
	mail_seal(h, number);
	events = mail_events(h);
	did(h,
	    mail_try(
		h, number, mail_scan(h, number, MR_PAYLOAD_ENVELOPE, 1, scan)),
	    "is sealed already");
	assert_int_equal(mail_events(h), events);
}

static void
stamps_are_said_and_heavy_ones_weighed(void **state)
{
	struct house *h = *state;
	char number[64], scan[32];

	mail_receive(h, 1, MR_INSIDE, number);
	did(h, run(h, "letter finish", "letter", number, "sheets", "5", NULL),
	    "");
	mail_print(h, number);
	did(h,
	    mail_try(
		h, number, mail_scan(h, number, MR_PAYLOAD_ENVELOPE, 1, scan)),
	    "Weigh it.");
	mail_receive(h, 1, MR_INSIDE, number);
	mail_seal(h, number);
	did(h, MR_OK, "Stamps: 1.");
}

/* To somebody inside without a pairing: no scan, and no ID in the corner. */
static void
an_envelope_without_an_id_is_matched_by_its_zip(void **state)
{
	struct house *h = *state;
	char stub[32];

	did(h, run(h, "pairing end", "pairing", "P1", "reason", "mutual", NULL),
	    "ended");
	did(h, run(h, "letter new", "to", "C4", "form", "waiting-list", NULL),
	    "A1");
	did(h, run(h, "letter print", "letter", "A1", NULL), "\"printed\":1");
	did(h, run(h, "sheet print", "letter", "A1", NULL), "\"printed\":1");
	did(h, run(h, "envelope print", "letter", "A1", NULL), "printed");
	stands(h, "A1", "cleared");
	mail_scan(h, "A1", MR_PAYLOAD_STUB, 1, stub);
	did(h, run(h, "letter seal", "stub", stub, NULL), "ZIP");
	assert_int_equal(
	    run(h, "letter seal", "stub", stub, "envelope", "29512", NULL),
	    MR_STOP);
	assert_int_equal(
	    run(h, "letter seal", "stub", stub, "envelope", "K7M", NULL),
	    MR_STOP);
	/* A second one to the same place: nothing would tell them apart. */
	did(h,
	    run(h, "facility update", "code", "ALD", "zip", "35442", "source",
		"the notice on its page", NULL),
	    "");
	did(h, run(h, "pairing end", "pairing", "P2", "reason", "mutual", NULL),
	    "ended");
	did(h, run(h, "letter new", "to", "C5", "form", "waiting-list", NULL),
	    "A2");
	mail_print(h, "A2");
	refused(h,
	    run(h, "letter seal", "stub", stub, "envelope", "35442", NULL),
	    MR_REFUSED, "letter A2");
	did(h,
	    run(h, "letter hold", "letter", "A2", "reason", "staff-query",
		NULL),
	    "held");
	did(h,
	    run(h, "letter refuse", "letter", "A2", "disposition",
		"logged-by-mistake", NULL),
	    "closed");
	did(h, run(h, "letter seal", "stub", stub, "envelope", "35442", NULL),
	    "MATCH");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(ten_thousand_stuffings_and_no_wrong_envelope),
	    MAIL_TEST(ids_that_share_a_group_ask_for_another),
	    MAIL_TEST(ids_that_share_every_group_ask_for_the_whole),
	    MAIL_TEST(envelopes_of_letters_that_are_held_count_too),
	    MAIL_TEST(what_is_not_ready_is_refused),
	    MAIL_TEST(sealing_twice_is_once),
	    MAIL_TEST(stamps_are_said_and_heavy_ones_weighed),
	    MAIL_TEST(an_envelope_without_an_id_is_matched_by_its_zip),
	};

	return cmocka_run_group_tests_name("seal", tests, NULL, NULL);
}
