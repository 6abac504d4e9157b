/*
 * The table of states, the reasons, and the gate: whatever is not in order
 * today holds a letter, with the reason that says what to do.
 */
#include "test/mail.h"

/* Design 5, a row a state: u r h c s R p x. */
static const char may[8][9] = {
    ".rh....x", /* unidentified */
    "..hc...x", /* received */
    ".r.c...x", /* held */
    ".rh.s...", /* cleared */
    "..hc..p.", /* sealed */
    "..hc...x", /* returned */
    "...c.R..", /* posted */
    "..h.....", /* closed */
};

static void
the_table_is_the_one_of_the_design(void **state)
{
	(void)state;
	for (int from = 1; from <= 8; from++)
		for (int to = 1; to <= 8; to++)
			if (mr_letter_may(from, to) !=
			    (may[from - 1][to - 1] != '.'))
				fail_msg("%s to %s", mr_letter_state_name(from),
				    mr_letter_state_name(to));
	for (int to = 0; to < 12; to++) {
		assert_int_equal(mr_letter_may(-1, to), 0);
		assert_int_equal(mr_letter_may(9, to), 0);
		/* What is logged begins in one of the first four. */
		assert_int_equal(mr_letter_may(0, to), to >= 1 && to <= 4);
	}
}

/* A letter in that state, by the steps that lead there. */
static struct mr_letter
in_state(struct mr_call *c, int state)
{
	static const int way[9][5] = {
	    {0}, {1}, {2}, {3}, {4}, {4, 5}, {4, 5, 7, 6}, {4, 5, 7}, {2, 8}};
	struct mr_letter l = {.way = MR_FORWARD,
	    .day = c->today,
	    .state = way[state][0],
	    .sheets = -1,
	    .stamps = -1};

	assert_int_equal(mr_letter_insert(c, &l), MR_OK);
	for (int i = 1; i < 5 && way[state][i] != 0; i++)
		assert_int_equal(
		    mr_letter_move(c, &l, way[state][i],
			way[state][i] == MR_L_CLOSED ? MR_R_C_THROWN : 0),
		    MR_OK);
	assert_int_equal(l.state, state);
	return l;
}

static void
a_step_that_is_not_in_the_table_is_refused(void **state)
{
	struct house *h = *state;

	for (int from = 1; from <= 8; from++) {
		for (int to = 1; to <= 8; to++) {
			struct mr_call *c = house_begin(h);
			struct mr_letter l = in_state(c, from);
			int64_t head = mr_event_next(c);
			int want = from == to || may[from - 1][to - 1] != '.';

			assert_int_equal(mr_letter_move(c, &l, to, 0),
			    want ? MR_OK : MR_REFUSED);
			assert_int_equal(l.state, want ? to : from);
			assert_int_equal(mr_event_next(c), head + want);
			house_end(c);
		}
	}
	mail_sound(h);
}

static void
every_reason_has_a_word_of_its_own_and_says_what_to_do(void **state)
{
	const struct mr_reason_row *row, *other;

	(void)state;
	assert_null(mr_reason(0));
	assert_null(mr_reason(-1));
	assert_null(mr_reason(9999));
	assert_null(mr_reason_named("", MR_WHY_HELD));
	for (unsigned i = 0; (row = mr_reason_at(i)) != NULL; i++) {
		assert_ptr_equal(mr_reason(row->number), row);
		assert_ptr_equal(mr_reason_named(row->word, row->use), row);
		assert_int_equal(
		    strspn(row->word, "abcdefghijklmnopqrstuvwxyz-"),
		    strlen(row->word));
		assert_int_equal(row->say[strlen(row->say) - 1], '.');
		assert_int_equal(row->days > 0, row->use == MR_WHY_HELD);
		for (unsigned j = 0; j < i; j++) {
			other = mr_reason_at(j);
			assert_int_not_equal(other->number, row->number);
			assert_true(other->use != row->use ||
			    strcmp(other->word, row->word) != 0);
		}
	}
}

/* Every word holds a letter when it is a reason to hold, and no other does. */
static void
only_reasons_to_hold_hold(void **state)
{
	struct house *h = *state;
	const struct mr_reason_row *row;
	char number[64], want[64];
	struct mr_letter l;

	mail_receive(h, 1, MR_OUTSIDE, number);
	for (unsigned i = 0; (row = mr_reason_at(i)) != NULL; i++) {
		enum mr_status status = run(h, "letter hold", "letter", number,
		    "reason", row->word, NULL);

		if (mr_reason_named(row->word, MR_WHY_HELD) == NULL) {
			refused(h, status, MR_INVALID, "letter reasons");
			continue;
		}
		did(h, status, "\"state\":\"held\"");
		snprintf(want, sizeof(want), "held %s", row->word);
		stands(h, number, want);
		l = mail_letter(h, number);
		assert_int_equal(l.until, mr_day_of(h->now) + row->days);
		did(h, run(h, "letter undo", NULL), "\"verdict\":\"UNDONE\"");
	}
}

/* A letter from outside is logged: held, with that reason. */
static void
held_for(struct house *h, int kind, const char *reason)
{
	char number[64], want[64];

	mail_receive(h, 1, kind, number);
	snprintf(want, sizeof(want), "held %s", reason);
	stands(h, number, want);
}

static void
a_pairing_that_is_not_active_holds(void **state)
{
	struct house *h = *state;
	char number[64];

	did(h,
	    run(h, "pairing pause", "pairing", "P1", "reason", "away", "until",
		"2026-11-24", NULL),
	    "paused");
	held_for(h, MR_OUTSIDE, "paused");
	held_for(h, MR_INSIDE, "paused");
	h->now += 2 * MR_DAY_US;
	mail_receive(h, 1, MR_OUTSIDE, number); /* the pause is over */
	stands(h, number, "cleared");
	did(h, run(h, "pairing end", "pairing", "P1", "reason", "mutual", NULL),
	    "ended");
	refused(h, run(h, "letter release", "letter", "A1", NULL), MR_REFUSED,
	    "A1");
	mail_sound(h);
}

/* An ended pairing's IDs retire; its letters that are here stay here. */
static void
an_ended_pairing_holds_by_its_id_and_at_the_next_step(void **state)
{
	struct house *h = *state;
	char number[64], id[32], out[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	mail_id(h, 1, MR_INSIDE, id);
	did(h, run(h, "pairing end", "pairing", "P1", "reason", "mutual", NULL),
	    "ended");
	did(h, run(h, "letter receive", "id", id, NULL),
	    "\"reason\":\"retired-id\"");
	did(h, run(h, "sheet print", "letter", number, NULL),
	    "\"reason\":\"pairing-ended\"");
	stands(h, number, "held pairing-ended");
	refused(h, run(h, "letter release", "letter", number, NULL), MR_REFUSED,
	    "This pairing has ended");
	did(h, run(h, "letter list", "state", "held", NULL), "pairing-ended");
	house_value(h, "number", 0, out);
}

static void
a_writer_without_a_pairing_holds(void **state)
{
	struct house *h = *state;

	did(h, run(h, "letter receive", "no_id", "", NULL), "\"NO ID\"");
	did(h, run(h, "letter identify", "letter", "A1", "person", "C2", NULL),
	    "\"reason\":\"no-pairing\"");
	refused(h, run(h, "letter release", "letter", "A1", NULL), MR_REFUSED,
	    "no pen pal yet");
}

static void
set_address(struct house *h, int64_t person, int status)
{
	struct mr_call *c = house_begin(h);
	struct mr_address address;

	assert_int_equal(
	    mr_address_written(c, person, (int)c->today, &address), MR_OK);
	assert_int_equal(mr_address_set_status(c, address.id, status), MR_OK);
	house_end(c);
}

/* The one that counts now. */
static void
set_current_suspect(struct house *h, int64_t person)
{
	struct mr_call *c = house_begin(h);
	struct mr_address address;

	assert_int_equal(
	    mr_address_on(c, person, (int)c->today, &address), MR_OK);
	assert_int_equal(
	    mr_address_set_status(c, address.id, MR_ADDRESS_SUSPECT), MR_OK);
	house_end(c);
}

/* C1 outside, C4 inside. */
static void
an_address_that_is_not_sure_holds(void **state)
{
	struct house *h = *state;

	set_address(h, 4, MR_ADDRESS_SUSPECT);
	held_for(h, MR_OUTSIDE, "address-suspect");
	set_address(h, 4, MR_ADDRESS_FORMER);
	held_for(h, MR_OUTSIDE, "address-unknown");
	set_address(h, 4, MR_ADDRESS_PENDING);
	held_for(h, MR_OUTSIDE, "address-unverified");
	set_address(h, 4, MR_ADDRESS_CURRENT);
	refused(h, run(h, "letter release", "letter", "A9", NULL), MR_NOTFOUND,
	    "A9");
	did(h, run(h, "letter release", "letter", "A1", NULL), "cleared");
	set_address(h, 1, MR_ADDRESS_SUSPECT);
	held_for(h, MR_INSIDE, "address-suspect");
}

/* What nobody has confirmed is not used; and when the old one is no good any
 * more, it is this that the letter waits for. */
static void
a_move_that_nobody_has_confirmed_is_not_used(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_set(h, "second-person", "now");
	did(h,
	    run(h, "correspondent move", "person", "C4", "facility", "BEN",
		NULL),
	    "pending");
	mail_receive(h, 1, MR_OUTSIDE, number);
	stands(h, number, "cleared");
	did(h, run(h, "envelope print", "letter", number, NULL),
	    "\"printed\":1");
	set_current_suspect(h, 4);
	mail_receive(h, 1, MR_OUTSIDE, number);
	stands(h, number, "held address-unverified");
	mail_as(h, "cora");
	did(h, run(h, "correspondent confirm", "person", "C4", NULL), "");
	did(h, run(h, "letter release", "letter", number, NULL), "cleared");
}

static void
a_person_who_takes_no_part_holds(void **state)
{
	struct house *h = *state;
	char number[64];

	did(h,
	    run(h, "correspondent pause", "person", "C4", "reason", "away",
		"until", "2026-11-30", NULL),
	    "paused");
	held_for(h, MR_OUTSIDE, "person-paused");
	held_for(h, MR_INSIDE, "person-paused");
	did(h,
	    run(h, "correspondent close", "person", "C4", "reason", "released",
		NULL),
	    "closed");
	/* Closing somebody ends the pairings, and with them the IDs. */
	mail_receive(h, 2, MR_OUTSIDE, number);
	stands(h, number, "cleared");
	refused(h, run(h, "letter release", "letter", "A1", NULL), MR_REFUSED,
	    "stays held");
}

static void
a_closed_person_of_a_living_pairing_holds(void **state)
{
	struct house *h = *state;
	struct mr_call *c = house_begin(h);

	assert_int_equal(
	    mr_person_set_status(c, 4, MR_PERSON_CLOSED, MR_PERSON_RELEASED, 0),
	    MR_OK);
	house_end(c);
	held_for(h, MR_OUTSIDE, "person-closed");
	held_for(h, MR_INSIDE, "person-closed");
}

static void
a_facility_that_takes_no_mail_holds(void **state)
{
	struct house *h = *state;
	char number[64];

	did(h,
	    run(h, "facility update", "code", "ALI", "status", "closed",
		"source", "the notice on its page", NULL),
	    "");
	held_for(h, MR_OUTSIDE, "facility-closed");
	mail_receive(h, 1, MR_INSIDE, number); /* the other way goes on */
	stands(h, number, "cleared");
	mail_receive(h, 2, MR_OUTSIDE, number);
	stands(h, number, "cleared");
}

static void
rule(struct house *h, const char *name, const char *value)
{
	did(h,
	    run(h, "facility rule", "code", "ALI", "rule", name, "value", value,
		"source", "a letter from the mailroom", NULL),
	    "");
}

static void
each_rule_of_a_facility_holds(void **state)
{
	static const char *const rules[][3] = {{"third_party_ok", "no", "yes"},
	    {"dept_line", "no", "yes"}, {"full_name_needed", "yes", "no"},
	    {"max_sheets", "1", "6"}, {"languages", "es", "all"}};
	struct house *h = *state;
	char number[64];

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		rule(h, rules[i][0], rules[i][1]);
		held_for(h, MR_OUTSIDE, "facility-rule");
		mail_receive(h, 1, MR_INSIDE, number);
		stands(h, number, "cleared");
		rule(h, rules[i][0], rules[i][2]);
		mail_receive(h, 1, MR_OUTSIDE, number);
		stands(h, number, "cleared");
	}
}

static void
photos_count_against_the_rule_when_they_go_along(void **state)
{
	struct house *h = *state;
	char number[64];

	rule(h, "photos", "1");
	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h,
	    run(h, "letter flag", "letter", number, "flag", "P", "count", "2",
		NULL),
	    "\"reason\":\"photo\"");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"forward", NULL),
	    "forward");
	refused(h, run(h, "letter release", "letter", number, NULL), MR_REFUSED,
	    "This prison takes at most 1 photo in a letter");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"return", NULL),
	    "return");
	did(h, run(h, "letter release", "letter", number, NULL), "cleared");
}

static void
a_rotated_id_routes_and_a_stopped_one_holds(void **state)
{
	struct house *h = *state;
	char old[32], number[64];

	mail_id(h, 1, MR_OUTSIDE, old);
	did(h,
	    run(h, "pairing rotate", "pairing", "P1", "reason", "routine",
		NULL),
	    "");
	later(h, 10);
	did(h, run(h, "letter receive", "id", old, "sheets", "1", NULL),
	    "\"state\":\"cleared\"");
	h->now += 89 * MR_DAY_US;
	did(h, run(h, "letter receive", "id", old, "sheets", "1", NULL),
	    "\"state\":\"cleared\"");
	h->now += 3 * MR_DAY_US;
	did(h, run(h, "letter receive", "id", old, "sheets", "1", NULL),
	    "\"reason\":\"retired-id\"");
	mail_receive(h, 1, MR_OUTSIDE, number);
	stands(h, number, "cleared");
	mail_id(h, 1, MR_OUTSIDE, old);
	did(h, run(h, "id block", "code", old, "reason", "misused", NULL), "");
	later(h, 10);
	did(h, run(h, "letter receive", "id", old, "sheets", "1", NULL),
	    "\"reason\":\"blocked-id\"");
	did(h,
	    run(h, "letter receive", "id", mail_id(h, 1, MR_INSIDE, old),
		"sheets", "1", NULL),
	    "\"state\":\"cleared\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_table_is_the_one_of_the_design),
	    MAIL_TEST(a_step_that_is_not_in_the_table_is_refused),
	    cmocka_unit_test(
		every_reason_has_a_word_of_its_own_and_says_what_to_do),
	    MAIL_TEST(only_reasons_to_hold_hold),
	    MAIL_TEST(a_pairing_that_is_not_active_holds),
	    MAIL_TEST(an_ended_pairing_holds_by_its_id_and_at_the_next_step),
	    MAIL_TEST(a_writer_without_a_pairing_holds),
	    MAIL_TEST(an_address_that_is_not_sure_holds),
	    MAIL_TEST(a_move_that_nobody_has_confirmed_is_not_used),
	    MAIL_TEST(a_person_who_takes_no_part_holds),
	    MAIL_TEST(a_closed_person_of_a_living_pairing_holds),
	    MAIL_TEST(a_facility_that_takes_no_mail_holds),
	    MAIL_TEST(each_rule_of_a_facility_holds),
	    MAIL_TEST(photos_count_against_the_rule_when_they_go_along),
	    MAIL_TEST(a_rotated_id_routes_and_a_stopped_one_holds),
	};

	return cmocka_run_group_tests_name("letter states", tests, NULL, NULL);
}
