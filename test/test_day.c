/*
 * The mail day as a till: what was counted, what was logged, what is here.
 * A letter hidden on purpose and a letter that is lost are both found.
 */
#include "test/day.h"

static void
a_day_begins_with_what_is_in_the_house(void **state)
{
	struct house *h = *state;

	post_letter(h, MR_L_HELD, 0);
	post_letter(h, MR_L_UNIDENTIFIED, 0);
	h->now += MR_DAY_US;
	did(h, run(h, "day open", "pieces", "3", NULL),
	    "{\"day\":\"2026-11-24\",\"brought\":2,\"pieces\":3,\"was\":null}");
	refused(h, run(h, "day open", "pieces", "4", NULL), MR_REFUSED,
	    "open already; 'mailroom day tally --pieces 4'");
}

static void
letters_logged_before_the_opening_are_not_brought_forward(void **state)
{
	struct house *h = *state;

	post_letter(h, MR_L_HELD, 0);
	did(h, run(h, "day open", "pieces", "1", NULL), "\"brought\":0");
	did(h, close_day(h, "0", "red=1"), "\"difference\":0");
}

static void
an_older_day_is_closed_first(void **state)
{
	struct house *h = *state;

	open_day(h, "0");
	h->now += MR_DAY_US;
	refused(h, run(h, "day open", "pieces", "1", NULL), MR_REFUSED,
	    "2026-11-23 is still open");
	did(h, close_day(h, "0", ""), "\"day\":\"2026-11-23\"");
	open_day(h, "1");
}

static void
a_day_closed_late_keeps_to_its_own_letters(void **state)
{
	struct house *h = *state;

	open_day(h, "1");
	post_letter(h, MR_L_HELD, 0);
	h->now += MR_DAY_US;
	post_letter(h, MR_L_UNIDENTIFIED, 0);
	did(h, close_day(h, "0", "red=1,yellow=1"),
	    "\"day\":\"2026-11-23\",\"state\":\"closed\",\"brought\":0,"
	    "\"pieces\":1,\"extra\":0,\"office\":0,\"refound\":0,\"posted\":0,"
	    "\"handed_back\":0,\"thrown_away\":0,\"carried\":1,"
	    "\"difference\":0");
	did(h, run(h, "day open", "pieces", "1", NULL), "\"brought\":1");
	did(h, close_day(h, "0", "red=1,yellow=1"), "\"carried\":2");
}

static void
the_till_of_a_whole_day_balances(void **state)
{
	struct house *h = *state;
	int64_t a;

	open_day(h, "6");
	a = post_letter(h, MR_L_SEALED, 0);
	post_letter(h, MR_L_SEALED, (int)a);
	post_letter(h, MR_L_HELD, 0);
	post_letter(h, MR_L_UNIDENTIFIED, 0);
	post_move(h, post_letter(h, MR_L_HELD, 0), MR_L_CLOSED, MR_R_C_HANDED);
	post_move(h, post_letter(h, MR_L_HELD, 0), MR_L_CLOSED, MR_R_C_THROWN);
	post_batch(h);
	post_move(h, a, MR_L_RETURNED, MR_R_P_CAME_BACK);
	did(h, run(h, "day balance", NULL),
	    "\"state\":\"open\",\"brought\":0,\"pieces\":6,\"extra\":1,"
	    "\"office\":0,\"refound\":0,\"posted\":2,\"handed_back\":1,"
	    "\"thrown_away\":1,\"carried\":3,\"difference\":0,\"logged\":6,"
	    "\"house\":{\"unidentified\":1,\"received\":0,\"held\":1,"
	    "\"cleared\":0,\"sealed\":0,\"returned\":1},\"money\":\"0.00\"");
	did(h, close_day(h, "1", "red=1,yellow=1,blue=1"),
	    "\"carried\":3,\"difference\":0,\"reason\":null,\"sealed\":1,"
	    "\"stubs\":1,\"red\":1,\"yellow\":1,\"blue\":1,\"bench\":0,"
	    "\"money\":\"0.00\"");
}

static void
a_letter_hidden_on_purpose_is_found(void **state)
{
	struct house *h = *state;

	open_day(h, "3");
	post_letter(h, MR_L_SEALED, 0);
	post_letter(h, MR_L_SEALED, 0);
	post_batch(h);
	refused(h, close_day(h, "2", ""), MR_REFUSED,
	    "pieces: 3 counted, 2 logged, so 1 counted and never logged");
	did(h, run(h, "day balance", NULL), "\"difference\":1");
	did(h, run(h, "day balance", NULL),
	    "1 piece was counted and never logged: look in the box");
	did(h, run(h, "day balance", NULL), "The last numbers given are A2");
}

static void
a_lost_letter_is_found_by_its_stub(void **state)
{
	struct house *h = *state;

	open_day(h, "3");
	post_letter(h, MR_L_SEALED, 0);
	post_letter(h, MR_L_SEALED, 0);
	post_letter(h, MR_L_SEALED, 0);
	post_batch(h);
	refused(h, run(h, "day close", "sealed", "3", "stubs", "2", NULL),
	    MR_REFUSED, "stubs: you counted 2, the program has 3 (A1 to A3)");
	assert_null(strstr(h->error.message, "envelopes"));
	did(h, close_day(h, "3", ""), "closed");
}

static void
a_lost_letter_is_found_in_each_tray(void **state)
{
	static const struct {
		int state;
		const char *say;
	} trays[] = {
	    {MR_L_HELD, "red tray: you counted 0, the program has 1 (A1)"},
	    {MR_L_UNIDENTIFIED,
		"yellow tray: you counted 0, the program has 1 (A2)"},
	    {MR_L_RECEIVED,
		"bench: you counted 0, the program has 3 (A3, A4, "
		"A6)"},
	};
	struct house *h = *state;

	open_day(h, "6");
	for (size_t i = 0; i < sizeof(trays) / sizeof(trays[0]); i++)
		post_letter(h, trays[i].state, 0);
	post_letter(h, MR_L_CLEARED, 0);
	post_letter(h, MR_L_SEALED, 0);
	post_letter(h, MR_L_CLEARED, 0);
	for (size_t i = 0; i < sizeof(trays) / sizeof(trays[0]); i++)
		refused(h, close_day(h, "1", ""), MR_REFUSED, trays[i].say);
	refused(h, close_day(h, "0", "red=1,yellow=1,bench=3"), MR_REFUSED,
	    "sealed envelopes: you counted 0, the program has 1 (A5)");
	did(h, close_day(h, "1", "red=1,yellow=1,bench=3"), "\"carried\":6");
}

static void
an_envelope_that_came_back_without_a_code_lies_in_the_blue_tray(void **state)
{
	struct house *h = *state;
	struct mr_letter piece = {.way = MR_BACK,
	    .state = MR_L_UNIDENTIFIED,
	    .sheets = -1,
	    .stamps = -1};
	struct mr_call *c;

	open_day(h, "1");
	c = house_begin(h);
	piece.day = c->today;
	assert_int_equal(mr_letter_insert(c, &piece), MR_OK);
	house_end(c);
	refused(h, close_day(h, "0", "yellow=1"), MR_REFUSED,
	    "blue tray: you counted 0, the program has 1 (A1)");
	did(h, close_day(h, "0", "blue=1"), "\"blue\":1");
}

static void
money_that_is_not_there_is_missed(void **state)
{
	struct house *h = *state;

	open_day(h, "1");
	post_letter(h, MR_L_HELD, 0);
	did(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "money", "money",
		"20", NULL),
	    "E1");
	refused(h, close_day(h, "0", "red=1"), MR_REFUSED,
	    "money: you counted 0.00, the program has 20.00 in hand");
	did(h,
	    run(h, "day close", "sealed", "0", "stubs", "0", "trays", "red=1",
		"money", "20", NULL),
	    "\"money\":\"20.00\"");
}

static void
a_refusal_changes_nothing(void **state)
{
	struct house *h = *state;
	int64_t events;

	open_day(h, "1");
	events = house_count(h, SQL_SCAN "SELECT count(*) FROM event");
	refused(h, close_day(h, "0", ""), MR_REFUSED, "does not balance");
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT count(*) FROM event"), events);
	did(h, run(h, "day show", NULL),
	    "\"state\":\"open\",\"brought\":0,\"pieces\":1");
	did(h, run(h, "day show", NULL), "\"sealed\":null");
}

static void
a_difference_is_let_stand_with_a_reason_that_is_kept(void **state)
{
	struct house *h = *state;

	open_day(h, "1");
	refused(h,
	    run(h, "day close", "sealed", "0", "stubs", "0", "accept", "tired",
		NULL),
	    MR_INVALID, "miscount, lost");
	did(h,
	    run(h, "day close", "sealed", "0", "stubs", "0", "accept", "lost",
		NULL),
	    "\"difference\":1,\"reason\":\"lost\"");
	did(h, run(h, "day show", "day", "2026-11-23", NULL),
	    "\"reason\":\"lost\"");
	did(h, run(h, "audit show", "last", "1", NULL), "reason=2");
}

static void
a_reason_without_a_difference_is_not_kept(void **state)
{
	struct house *h = *state;

	open_day(h, "0");
	did(h,
	    run(h, "day close", "sealed", "0", "stubs", "0", "accept", "lost",
		NULL),
	    "\"difference\":0,\"reason\":null");
}

static void
a_count_is_corrected_with_an_event(void **state)
{
	struct house *h = *state;

	refused(h, run(h, "day tally", "pieces", "2", NULL), MR_REFUSED,
	    "no day is open");
	open_day(h, "3");
	post_letter(h, MR_L_HELD, 0);
	post_letter(h, MR_L_HELD, 0);
	did(h, run(h, "day tally", "pieces", "2", NULL),
	    "\"pieces\":2,\"was\":3");
	did(h, close_day(h, "0", "red=2"), "\"pieces\":2");
}

static void
a_second_box_opens_the_day_again(void **state)
{
	struct house *h = *state;

	open_day(h, "1");
	post_letter(h, MR_L_HELD, 0);
	did(h, close_day(h, "0", "red=1"), "closed");
	did(h, run(h, "day open", "pieces", "1", NULL),
	    "\"brought\":0,\"pieces\":2,\"was\":1");
	refused(h, close_day(h, "0", "red=1"), MR_REFUSED, "never logged");
	post_letter(h, MR_L_HELD, 0);
	did(h, close_day(h, "0", "red=2"), "\"pieces\":2");
}

static void
a_letter_found_again_counts_on_the_left(void **state)
{
	struct house *h = *state;
	int64_t a;

	open_day(h, "1");
	a = post_letter(h, MR_L_SEALED, 0);
	post_batch(h);
	did(h, close_day(h, "1", ""), "\"carried\":0");
	h->now += MR_DAY_US;
	post_move(h, a, MR_L_CLEARED, MR_R_S_NOT_POSTED);
	did(h, run(h, "day open", "pieces", "0", NULL), "\"brought\":0");
	did(h, close_day(h, "0", "bench=1"),
	    "\"pieces\":0,\"extra\":0,\"office\":0,\"refound\":1,\"posted\":0,"
	    "\"handed_back\":0,\"thrown_away\":0,\"carried\":1");
}

static void
an_envelope_sealed_yesterday_is_counted_until_it_is_posted(void **state)
{
	struct house *h = *state;

	open_day(h, "1");
	post_letter(h, MR_L_SEALED, 0);
	did(h, run(h, "day balance", NULL),
	    "Sealed, and no batch was closed with it: A1.");
	did(h, close_day(h, "1", ""), "\"carried\":1");
	h->now += MR_DAY_US;
	open_day(h, "0");
	post_batch(h);
	did(h, close_day(h, "1", ""), "\"posted\":1");
	h->now += MR_DAY_US;
	open_day(h, "0");
	refused(h, close_day(h, "1", ""), MR_REFUSED,
	    "sealed envelopes: you counted 1, the program has 0");
	did(h, close_day(h, "0", ""), "\"brought\":0");
}

static void
a_number_that_no_letter_has_is_named(void **state)
{
	struct house *h = *state;
	struct sql_stmt *st;
	struct mr_call *c;
	int64_t a;

	open_day(h, "3");
	post_letter(h, MR_L_HELD, 0);
	a = post_letter(h, MR_L_HELD, 0);
	post_letter(h, MR_L_HELD, 0);
	did(h, run(h, "day balance", NULL), "\"look_for\":[]");
	c = house_begin(h);
	st = sql_prepare(c, SQL_SCAN "DELETE FROM letter WHERE id = :id");
	sql_int(st, ":id", a);
	assert_int_equal(sql_done(st), MR_OK);
	house_end(c);
	did(h, run(h, "day balance", NULL), "No letter has the number: A2.");
	did(h, run(h, "day balance", NULL), "1 piece was");
}

static void
a_letter_taken_back_as_a_mistake_is_named(void **state)
{
	struct house *h = *state;

	open_day(h, "1");
	post_letter(h, MR_L_HELD, 0);
	post_move(h, post_letter(h, MR_L_HELD, 0), MR_L_CLOSED, MR_R_C_MISTAKE);
	did(h, run(h, "day balance", NULL), "Taken back as a mistake: A2.");
	did(h, close_day(h, "0", "red=1"), "\"difference\":0");
}

static void
numbers_of_another_day_are_not_missed(void **state)
{
	struct house *h = *state;
	int64_t a;

	open_day(h, "2");
	a = post_letter(h, MR_L_HELD, 0);
	post_letter(h, MR_L_HELD, 0);
	did(h, close_day(h, "0", "red=2"), "closed");
	h->now += MR_DAY_US;
	open_day(h, "1");
	post_letter(h, MR_L_HELD, 0);
	post_move(h, a, MR_L_CLEARED, 0);
	did(h, run(h, "day balance", NULL), "\"look_for\":[]");
	refused(h, close_day(h, "0", "red=2"), MR_REFUSED,
	    "bench: you counted 0, the program has 1 (A1 of 2026-11-23)");
}

static void
work_while_no_day_was_open_is_told(void **state)
{
	struct house *h = *state;

	open_day(h, "1");
	post_letter(h, MR_L_HELD, 0);
	did(h, close_day(h, "0", "red=1"), "closed");
	h->now += MR_DAY_US;
	post_letter(h, MR_L_HELD, 0);
	h->now += MR_DAY_US;
	open_day(h, "0");
	did(h, run(h, "day balance", NULL),
	    "2026-11-23 closed with 1 letters and this day began with 2");
}

static void
a_closed_day_is_shown_as_it_was(void **state)
{
	struct house *h = *state;
	int64_t a;

	open_day(h, "1");
	a = post_letter(h, MR_L_HELD, 0);
	did(h, close_day(h, "0", "red=1"), "\"carried\":1");
	post_move(h, a, MR_L_CLOSED, MR_R_C_HANDED);
	did(h, run(h, "day show", "day", "2026-11-23", NULL),
	    "\"handed_back\":0,\"thrown_away\":0,\"carried\":1,"
	    "\"difference\":0");
	did(h, run(h, "day list", NULL), "\"carried\":1");
	refused(h, run(h, "day show", "day", "2026-11-20", NULL), MR_NOTFOUND,
	    "2026-11-20 was never opened");
}

static void
a_close_asked_again_with_its_key_is_the_same_close(void **state)
{
	struct house *h = *state;
	char *first;

	open_day(h, "1");
	post_letter(h, MR_L_HELD, 0);
	h->request = "evening";
	did(h, close_day(h, "0", "red=1"), "closed");
	first = strdup(h->answer);
	assert_non_null(first);
	did(h, close_day(h, "0", "red=1"), first);
	free(first);
	h->request = NULL;
	refused(h, close_day(h, "0", "red=1"), MR_REFUSED, "no day is open");
}

static void
a_tray_that_is_none_is_named(void **state)
{
	struct house *h = *state;

	open_day(h, "0");
	refused(h, close_day(h, "0", "green=1"), MR_INVALID, "red=2,yellow=1");
	refused(h, close_day(h, "0", "red"), MR_INVALID, "red=2,yellow=1");
	refused(h, close_day(h, "0", "red=x"), MR_INVALID, "red=2,yellow=1");
}

static void
days_are_for_staff(void **state)
{
	struct house *h = *state;

	post_user(h, "vera", "volunteer");
	h->user = "vera";
	refused(h, run(h, "day open", "pieces", "1", NULL), MR_DENIED, "staff");
	refused(h, run(h, "day balance", NULL), MR_DENIED, "staff");
}

static void
there_is_no_day_before_the_first(void **state)
{
	struct house *h = *state;

	refused(h, run(h, "day balance", NULL), MR_NOTFOUND,
	    "no day was opened yet");
	refused(h, run(h, "day show", NULL), MR_NOTFOUND, "day open");
	refused(h, close_day(h, "0", ""), MR_REFUSED, "no day is open");
	did(h, run(h, "day list", NULL), "[]");
}

#define T(name) \
	cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(a_day_begins_with_what_is_in_the_house),
	    T(letters_logged_before_the_opening_are_not_brought_forward),
	    T(an_older_day_is_closed_first),
	    T(a_day_closed_late_keeps_to_its_own_letters),
	    T(the_till_of_a_whole_day_balances),
	    T(a_letter_hidden_on_purpose_is_found),
	    T(a_lost_letter_is_found_by_its_stub),
	    T(a_lost_letter_is_found_in_each_tray),
	    T(an_envelope_that_came_back_without_a_code_lies_in_the_blue_tray),
	    T(money_that_is_not_there_is_missed),
	    T(a_refusal_changes_nothing),
	    T(a_difference_is_let_stand_with_a_reason_that_is_kept),
	    T(a_reason_without_a_difference_is_not_kept),
	    T(a_count_is_corrected_with_an_event),
	    T(a_second_box_opens_the_day_again),
	    T(a_letter_found_again_counts_on_the_left),
	    T(an_envelope_sealed_yesterday_is_counted_until_it_is_posted),
	    T(a_number_that_no_letter_has_is_named),
	    T(a_letter_taken_back_as_a_mistake_is_named),
	    T(numbers_of_another_day_are_not_missed),
	    T(work_while_no_day_was_open_is_told),
	    T(a_closed_day_is_shown_as_it_was),
	    T(a_close_asked_again_with_its_key_is_the_same_close),
	    T(a_tray_that_is_none_is_named),
	    T(days_are_for_staff),
	    T(there_is_no_day_before_the_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
