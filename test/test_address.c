/* Where people live: dated rows, moves, the second person. */
#include "test/person.h"

static enum mr_status
move_inside(struct house *h, const char *facility, const char *from)
{
	return run(h, "correspondent move", "person", "C2", "facility",
	    facility, "unit", "SHU", "from", from, NULL);
}

static void
the_address_that_counts_depends_on_the_day(void **state)
{
	struct house *h = *state;
	struct mr_address a;
	struct mr_call *c;
	int64_t today;

	did(h, move_inside(h, "ALD", "2026-11-30"),
	    "{\"correspondent\":\"C2\",\"address\":\"current\","
	    "\"from\":\"2026-11-30\"}");
	c = house_begin(h);
	today = c->today;
	assert_int_equal(mr_address_on(c, 2, (int)today - 1, &a), MR_NOTFOUND);
	assert_int_equal(mr_address_on(c, 2, (int)today, &a), MR_OK);
	assert_int_equal(a.facility, 1);
	assert_int_equal(a.status, MR_ADDRESS_CURRENT);
	assert_int_equal(mr_address_on(c, 2, (int)today + 7, &a), MR_OK);
	assert_int_equal(a.facility, 2);
	house_end(c);
	did(h, run(h, "correspondent list", "facility", "ALI", NULL), "C2");
	did(h, run(h, "correspondent list", "facility", "ALD", NULL), "[]");
	h->now += INT64_C(7) * 86400 * 1000000;
	did(h, run(h, "correspondent list", "facility", "ALD", NULL), "C2");
	did(h, run(h, "correspondent list", "facility", "ALI", NULL), "[]");
}

static void
a_move_of_today_makes_the_old_row_former_and_keeps_it(void **state)
{
	struct house *h = *state;
	struct mr_address_text text;
	struct mr_call *c;

	did(h, move_inside(h, "ALD", "2026-11-23"), "current");
	assert_int_equal(house_count(h,
			     SQL_SCAN "SELECT COUNT(*) FROM address "
				      "WHERE person = 2 AND status = 4"),
	    1);
	refused(h, move_inside(h, "ALD", "2026-11-23"), MR_REFUSED,
	    "that is the address of C2 already");
	refused(h, move_inside(h, "ALX", "2026-11-24"), MR_NOTFOUND, "ALX");
	c = house_begin(h);
	c->vault = h->mr->vault;
	assert_int_equal(mr_address_lines(c, 2, &text), MR_OK);
	assert_string_equal(text.unit, "Canary Unit");
	assert_string_equal(text.street, "11070 HIGHWAY 14");
	assert_string_equal(text.legal_name, "Maria Ostrander");
	c->vault = NULL;
	assert_int_equal(mr_address_lines(c, 2, &text), MR_LOCKED);
	house_end(c);
}

static void
a_suspect_address_stays_so_until_the_next(void **state)
{
	struct house *h = *state;
	struct mr_call *c = house_begin(h);

	assert_int_equal(
	    mr_address_set_status(c, 2, MR_ADDRESS_SUSPECT), MR_OK);
	house_end(c);
	did(h, run(h, "correspondent show", "person", "C2", NULL),
	    "\"address\":\"suspect\"");
	did(h, move_inside(h, "ALI", "2026-11-23"), "current");
	did(h, run(h, "correspondent show", "person", "C2", NULL),
	    "\"address\":\"current\"");
}

static void
a_second_person_signs_a_move_and_not_the_first(void **state)
{
	struct house *h = *state;

	did(h, move_inside(h, "ALD", "2026-11-23"), "current");
	refused(h, run(h, "correspondent confirm", "person", "C2", NULL),
	    MR_REFUSED, "ask somebody else");
	refused(h, run(h, "correspondent confirm", "person", "C1", NULL),
	    MR_REFUSED, "no address of C1 waits");
	h->user = "admin";
	did(h, run(h, "user add", "name", "sam", "role", "staff", NULL), "");
	h->user = NULL;
	h->user = "sam";
	did(h, run(h, "correspondent confirm", "person", "C2", NULL),
	    "\"from\":\"2026-11-23\"");
	refused(h, run(h, "correspondent confirm", "person", "C2", NULL),
	    MR_REFUSED, "no address of C2 waits");
}

static void
where_two_are_needed_at_once_a_move_is_pending(void **state)
{
	struct house *h = *state;

	h->user = "admin";
	did(h,
	    run(h, "setting set", "name", "second_person", "value", "now",
		NULL),
	    "");
	h->user = NULL;
	did(h, move_inside(h, "ALD", "2026-11-23"), "\"address\":\"pending\"");
	did(h, run(h, "correspondent show", "person", "C2", NULL),
	    "\"facility\":\"ALI\",\"next_address\":{\"status\":\"pending\","
	    "\"from\":\"2026-11-23\",\"facility\":\"ALD\"}");
	h->user = "admin";
	did(h, run(h, "user add", "name", "sam", "role", "staff", NULL), "");
	h->user = NULL;
	h->user = "sam";
	did(h, run(h, "correspondent confirm", "person", "C2", NULL), "C2");
	did(h, run(h, "correspondent show", "person", "C2", NULL),
	    "\"facility\":\"ALD\",\"next_address\":null");
}

static void
a_box_moved_to_another_row_does_not_open(void **state)
{
	struct house *h = *state;
	struct mr_address_text text;
	struct mr_call *c;

	did(h, move_inside(h, "ALD", "2026-11-24"), "");
	c = house_begin(h);
	c->vault = h->mr->vault;
	assert_int_equal(sql_done(sql_prepare(c,
			     "UPDATE address "
			     "SET box = (SELECT box FROM address WHERE id = 1) "
			     "WHERE id = 2")),
	    MR_OK);
	assert_int_equal(mr_address_lines(c, 1, &text), MR_OK);
	assert_int_equal(mr_address_lines(c, 2, &text), MR_DAMAGED);
	assert_null(strstr(h->error.message, "Canary"));
	house_end(c);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    T(the_address_that_counts_depends_on_the_day),
	    T(a_move_of_today_makes_the_old_row_former_and_keeps_it),
	    T(a_suspect_address_stays_so_until_the_next),
	    T(a_second_person_signs_a_move_and_not_the_first),
	    T(where_two_are_needed_at_once_a_move_is_pending),
	    T(a_box_moved_to_another_row_does_not_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
