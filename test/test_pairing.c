/* Pairings on a real office: who may be paired, and every step after it. */
#include "test/house.h"

#include "lib/pairing.h"

static void
tomorrow(struct house *h, int days)
{
	h->now += days * MR_DAY_US;
}

static void
opening_makes_two_ids(void **state)
{
	struct house *h = *state;
	char out[64], in[64];

	house_person(h, MR_OUTSIDE, "O-1", 1);
	house_person(h, MR_INSIDE, "I-1", 1);
	did(h, run(h, "pairing open", "outside", "C1", "inside", "I-1", NULL),
	    "\"pairing\":\"P1\",\"status\":\"active\",\"opened\":\"2026-11-23\","
	    "\"outside\":{\"correspondent\":\"C1\",\"pen_name\":\"Wren\"");
	house_value(h, "id", 0, out);
	house_value(h, "id", 1, in);
	assert_string_not_equal(out, in);
	assert_int_equal(strlen(out), 11);
	did(h, run(h, "id resolve", "code", out, NULL),
	    "\"answer\":\"good\",\"sentence\":null,\"pairing\":\"P1\","
	    "\"pairing_status\":\"active\",\"direction\":\"to inside\","
	    "\"from\":\"Wren\",\"to\":\"Maria\",\"status\":\"active\"");
	did(h, run(h, "id resolve", "code", in, NULL),
	    "\"direction\":\"to outside\",\"from\":\"Maria\",\"to\":\"Wren\"");
	did(h, run(h, "pairing show", "pairing", "P1", NULL), out);
	did(h, run(h, "pairing show", "pairing", "P1", NULL), in);
	did(h, run(h, "pairing show", "pairing", "P1", NULL),
	    "\"turn\":null,\"quiet_days\":0,\"letters_to_inside\":0");
}

static void
the_wrong_kinds_are_refused(void **state)
{
	struct house *h = *state;

	house_person(h, MR_OUTSIDE, "O-1", 1);
	house_person(h, MR_INSIDE, "I-1", 1);
	refused(h,
	    run(h, "pairing open", "outside", "C2", "inside", "C1", NULL),
	    MR_INVALID, "C2 is an inside correspondent");
	refused(h,
	    run(h, "pairing open", "outside", "C1", "inside", "C1", NULL),
	    MR_INVALID, "C1 is an outside correspondent");
	refused(h,
	    run(h, "pairing open", "outside", "C1", "inside", "C9", NULL),
	    MR_NOTFOUND, "C9");
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT count(*) FROM forwarding_id"), 0);
}

static void
a_closed_record_is_not_paired(void **state)
{
	struct house *h = *state;
	struct mr_call *c;

	house_person(h, MR_OUTSIDE, "O-1", 1);
	house_person(h, MR_INSIDE, "I-1", 1);
	c = house_begin(h);
	assert_int_equal(
	    mr_person_set_status(c, 2, MR_PERSON_CLOSED, MR_PERSON_RELEASED, 0),
	    MR_OK);
	house_end(c);
	refused(h,
	    run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    MR_REFUSED, "C2 is closed (released)");
}

static void
no_more_pairings_than_places(void **state)
{
	struct house *h = *state;

	house_person(h, MR_OUTSIDE, "O-1", 2);
	house_person(h, MR_INSIDE, "I-1", 1);
	house_person(h, MR_INSIDE, "I-2", 1);
	house_person(h, MR_INSIDE, "I-3", 1);
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    "P1");
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C3", NULL),
	    "P2");
	refused(h,
	    run(h, "pairing open", "outside", "C1", "inside", "C4", NULL),
	    MR_REFUSED, "C1 has no place free: 2 of 2 are taken");
	did(h,
	    run(h, "pairing open", "outside", "C1", "inside", "C4",
		"over_slots", "", NULL),
	    "P3");
	did(h, run(h, "pairing end", "pairing", "P1", "reason", "mutual", NULL),
	    "\"status\":\"ended\"");
	did(h, run(h, "pairing end", "pairing", "P2", "reason", "mutual", NULL),
	    "\"reason\":\"mutual\"");
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    "P4");
}

static void
the_same_two_are_paired_once(void **state)
{
	struct house *h = *state;

	house_person(h, MR_OUTSIDE, "O-1", 5);
	house_person(h, MR_INSIDE, "I-1", 5);
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    "P1");
	did(h, run(h, "pairing pause", "pairing", "P1", "reason", "away", NULL),
	    "\"status\":\"paused\",\"reason\":\"away\",\"until\":null");
	refused(h,
	    run(h, "pairing open", "outside", "C1", "inside", "C2",
		"over_slots", "", NULL),
	    MR_REFUSED, "C1 and C2 are paired already: P1 is paused");
	did(h, run(h, "pairing end", "pairing", "P1", "reason", "died", NULL),
	    "ended");
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    "P2");
}

static void
a_request_key_asked_again_opens_nothing(void **state)
{
	struct house *h = *state;
	char first[sizeof(h->answer)];

	house_person(h, MR_OUTSIDE, "O-1", 1);
	house_person(h, MR_INSIDE, "I-1", 1);
	h->request = "key-1";
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    "P1");
	snprintf(first, sizeof(first), "%s", h->answer);
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    "P1");
	assert_string_equal(h->answer, first);
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT count(*) FROM forwarding_id"), 2);
}

/* Two people and their pairing P1; the IDs of both, as shown. */
static void
pair(struct house *h, char out[64], char in[64])
{
	house_person(h, MR_OUTSIDE, "O-1", 1);
	house_person(h, MR_INSIDE, "I-1", 1);
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    "P1");
	house_value(h, "id", 0, out);
	house_value(h, "id", 1, in);
}

static void
a_pause_ends_by_itself(void **state)
{
	struct house *h = *state;
	char out[64], in[64];

	pair(h, out, in);
	did(h,
	    run(h, "pairing pause", "pairing", "P1", "reason", "ill", "until",
		"2026-11-25", NULL),
	    "\"until\":\"2026-11-25\"");
	tomorrow(h, 2);
	did(h, run(h, "id resolve", "code", out, NULL),
	    "\"pairing_status\":\"paused\"");
	did(h, run(h, "pairing list", "status", "paused", NULL), "P1");
	tomorrow(h, 1);
	did(h, run(h, "id resolve", "code", out, NULL),
	    "\"pairing_status\":\"active\"");
	did(h, run(h, "pairing list", "status", "paused", NULL), "[]");
	did(h, run(h, "pairing show", "pairing", "P1", NULL),
	    "\"status\":\"active\",\"reason\":null,\"until\":null");
	assert_int_equal(
	    house_count(h, "SELECT status FROM pairing WHERE id = 1"),
	    MR_PAIRING_PAUSED);
}

static void
pausing_and_resuming_say_what_does_not_fit(void **state)
{
	struct house *h = *state;
	char out[64], in[64];

	pair(h, out, in);
	refused(h,
	    run(h, "pairing pause", "pairing", "P1", "reason", "died", NULL),
	    MR_INVALID, "choose one of: away, ill, moving, asked");
	refused(h,
	    run(h, "pairing pause", "pairing", "P1", "reason", "away", "until",
		"2026-11-22", NULL),
	    MR_INVALID, "2026-11-23 or any later");
	refused(h,
	    run(h, "pairing pause", "pairing", "P7", "reason", "away", NULL),
	    MR_NOTFOUND, "there is no pairing P7");
	refused(h, run(h, "pairing resume", "pairing", "P1", NULL), MR_REFUSED,
	    "P1 is active, not paused");
	did(h, run(h, "pairing pause", "pairing", "P1", "reason", "away", NULL),
	    "paused");
	refused(h,
	    run(h, "pairing pause", "pairing", "P1", "reason", "away", NULL),
	    MR_REFUSED, "paused already");
	did(h,
	    run(h, "pairing pause", "pairing", "P1", "reason", "away", "until",
		"2026-12-24", NULL),
	    "2026-12-24");
	did(h, run(h, "pairing resume", "pairing", "P1", NULL),
	    "\"status\":\"active\",\"reason\":null,\"until\":null");
}

static void
an_ended_pairing_takes_no_step_more(void **state)
{
	struct house *h = *state;
	char out[64], in[64];

	pair(h, out, in);
	refused(h,
	    run(h, "pairing end", "pairing", "P1", "reason", "bored", NULL),
	    MR_INVALID, "lost-contact, transferred, released");
	did(h,
	    run(h, "pairing end", "pairing", "P1", "reason", "lost-interest",
		NULL),
	    "\"in_house\":0,\"letters\":[]");
	refused(h,
	    run(h, "pairing end", "pairing", "P1", "reason", "died", NULL),
	    MR_REFUSED, "P1 has ended (lost-interest)");
	refused(h,
	    run(h, "pairing pause", "pairing", "P1", "reason", "away", NULL),
	    MR_REFUSED, "open a new pairing");
	refused(h, run(h, "pairing resume", "pairing", "P1", NULL), MR_REFUSED,
	    "ended");
	refused(h,
	    run(h, "pairing rotate", "pairing", "P1", "reason", "routine",
		NULL),
	    MR_REFUSED, "ended");
	did(h, run(h, "id resolve", "code", out, NULL),
	    "\"answer\":\"stopped\"");
	did(h, run(h, "id resolve", "code", in, NULL),
	    "is retired since 2026-11-23");
	did(h, run(h, "pairing list", NULL), "[]");
	did(h, run(h, "pairing list", "status", "ended", NULL), "P1");
}

static void
routine_rotation_routes_ninety_days_more(void **state)
{
	struct house *h = *state;
	char out[64], in[64], new[64];

	pair(h, out, in);
	did(h,
	    run(h, "pairing rotate", "pairing", "P1", "reason", "routine",
		"side", "outside", NULL),
	    "\"routes_until\":\"2027-02-21\"");
	house_value(h, "id", 0, new);
	assert_string_not_equal(new, out);
	did(h, run(h, "id resolve", "code", new, NULL), "\"answer\":\"good\"");
	did(h, run(h, "id resolve", "code", in, NULL), "\"answer\":\"good\"");
	tomorrow(h, 90);
	did(h, run(h, "id resolve", "code", out, NULL),
	    "\"answer\":\"old\",\"sentence\":\"");
	did(h, run(h, "id resolve", "code", out, NULL),
	    "still goes, through 2027-02-21");
	tomorrow(h, 1);
	did(h, run(h, "id resolve", "code", out, NULL),
	    "\"answer\":\"stopped\"");
	did(h, run(h, "id resolve", "code", new, NULL), "\"answer\":\"good\"");
}

static void
a_compromised_id_stops_at_once(void **state)
{
	struct house *h = *state;
	char out[64], in[64], middle[64];

	pair(h, out, in);
	did(h,
	    run(h, "pairing rotate", "pairing", "P1", "reason", "routine",
		"side", "outside", NULL),
	    "P1");
	house_value(h, "id", 0, middle);
	did(h,
	    run(h, "pairing rotate", "pairing", "P1", "reason", "compromised",
		"side", "outside", NULL),
	    "\"routes_until\":null");
	did(h, run(h, "id resolve", "code", middle, NULL), "stopped");
	/* The one before it routed still; it stops with it. */
	did(h, run(h, "id resolve", "code", out, NULL), "stopped");
	did(h, run(h, "id resolve", "code", in, NULL), "good");
	did(h, run(h, "id list", "pairing", "P1", NULL),
	    "\"status\":\"retired\",\"reason\":\"compromised\","
	    "\"since\":\"2026-11-23\",\"routes_until\":null");
	did(h,
	    run(h, "pairing rotate", "pairing", "P1", "reason", "routine",
		NULL),
	    "P1");
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT count(*) FROM forwarding_id"), 6);
	assert_int_equal(house_count(h,
			     SQL_SCAN "SELECT count(*) FROM forwarding_id "
				      "WHERE status = 1"),
	    2);
	refused(h,
	    run(h, "pairing rotate", "pairing", "P1", "reason", "misused",
		NULL),
	    MR_INVALID, "choose one of: routine, compromised");
	refused(h,
	    run(h, "pairing rotate", "pairing", "P1", "reason", "routine",
		"side", "left", NULL),
	    MR_INVALID, "inside, outside or both");
}

static void
only_a_coordinator_opens(void **state)
{
	struct house *h = *state;
	struct mr_call *c = house_begin(h);
	struct sql_stmt *st;

	house_end(c);
	c = house_begin(h);
	st = sql_prepare(c,
	    "INSERT INTO users (id, name, role, status, version, event) "
	    "VALUES (99, 'sam', 2, 1, 1, :event)");
	sql_int(st, ":event", mr_event_next(c));
	assert_int_equal(sql_done(st), MR_OK);
	assert_int_equal(mr_event(c, MR_USER, 99, 0, NULL), MR_OK);
	house_end(c);
	h->user = "sam";
	refused(h,
	    run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    MR_DENIED, "staff");
}

/* A letter row as the letter noun writes it; without a pairing when 0. */
static void
letter(
    struct house *h, int64_t pairing, int64_t person, int direction, int state)
{
	struct mr_call *c = house_begin(h);
	struct sql_stmt *st;
	int64_t id;

	assert_int_equal(mr_next_id(c, MR_NEWEST("letter"), &id), MR_OK);
	st = sql_prepare(c,
	    "INSERT INTO letter (id, pairing, person, direction, way, form, "
	    "day, number, state, reason, marks, sheet_copy, envelope_copy, "
	    "station, stepped, version, event) "
	    "VALUES (:id, :pairing, :person, :direction, 1, 0, :day, 1, "
	    ":state, 0, 0, 0, 0, 65, :stepped, 1, :event)");
	sql_int(st, ":id", id);
	sql_int0(st, ":pairing", pairing);
	sql_int0(st, ":person", person);
	sql_int(st, ":direction", direction);
	sql_int(st, ":day", c->today);
	sql_int(st, ":state", state);
	sql_int(st, ":stepped", c->now);
	sql_int(st, ":event", mr_event_next(c));
	assert_int_equal(sql_done(st), MR_OK);
	assert_int_equal(mr_event(c, MR_LETTER, id, 0, NULL), MR_OK);
	house_end(c);
}

static void
opening_names_the_letters_that_wait(void **state)
{
	struct house *h = *state;

	house_person(h, MR_OUTSIDE, "O-1", 1);
	house_person(h, MR_INSIDE, "I-1", 1);
	letter(h, 0, 2, 2, 3);
	letter(h, 0, 2, 2, 3);
	letter(h, 0, 1, 1, 3);
	letter(h, 0, 2, 2, 8);
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    "\"waiting\":3,\"letters\":[\"");
	/* Three codes of 3-3-3-3, in quotes, with two commas. */
	assert_int_equal(strlen(strstr(h->answer, "\"letters\":") + 10),
	    1 + 3 * 17 + 2 + strlen("]}\n"));
}

static void
ending_tells_what_is_in_the_house(void **state)
{
	struct house *h = *state;
	char out[64], in[64];

	pair(h, out, in);
	letter(h, 1, 0, 1, 4);
	letter(h, 1, 0, 1, 7);
	did(h,
	    run(h, "pairing end", "pairing", "P1", "reason", "released", NULL),
	    "\"in_house\":1,\"letters\":[\"");
}

static void
turn_and_silence_count_from_our_posting(void **state)
{
	struct house *h = *state;
	char out[64], in[64];

	pair(h, out, in);
	did(h, run(h, "pairing list", "quiet", "30", NULL), "[]");
	tomorrow(h, 30);
	did(h, run(h, "pairing list", "quiet", "30", NULL),
	    "\"turn\":null,\"quiet_days\":30");
	letter(h, 1, 0, 1, 7);
	did(h, run(h, "pairing list", "quiet", "30", NULL), "[]");
	tomorrow(h, 40);
	did(h, run(h, "pairing list", "quiet", "30", "person", "I-1", NULL),
	    "\"turn\":\"inside\",\"quiet_days\":40");
	letter(h, 1, 0, 2, 3);
	tomorrow(h, 40);
	/* We hold it: that silence is ours. */
	did(h, run(h, "pairing list", "quiet", "30", NULL), "[]");
	did(h, run(h, "pairing show", "pairing", "P1", NULL),
	    "\"turn\":\"office\",\"quiet_days\":null,\"letters_to_inside\":1,"
	    "\"last_to_inside\":\"2026-12-23\",\"letters_to_outside\":1,"
	    "\"last_to_outside\":\"2027-02-01\",\"in_house\":1");
	refused(h, run(h, "pairing list", "status", "happy", NULL), MR_INVALID,
	    "proposed, active, paused or ended");
}

int
main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(opening_makes_two_ids),
	    TEST(the_wrong_kinds_are_refused),
	    TEST(a_closed_record_is_not_paired),
	    TEST(no_more_pairings_than_places),
	    TEST(the_same_two_are_paired_once),
	    TEST(a_request_key_asked_again_opens_nothing),
	    TEST(a_pause_ends_by_itself),
	    TEST(pausing_and_resuming_say_what_does_not_fit),
	    TEST(an_ended_pairing_takes_no_step_more),
	    TEST(routine_rotation_routes_ninety_days_more),
	    TEST(a_compromised_id_stops_at_once),
	    TEST(only_a_coordinator_opens),
	    TEST(opening_names_the_letters_that_wait),
	    TEST(ending_tells_what_is_in_the_house),
	    TEST(turn_and_silence_count_from_our_posting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
