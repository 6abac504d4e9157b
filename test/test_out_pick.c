/* What a person is shown of an answer: some columns, and times by the clock
 * on the wall. */
#include "test/paper.h"

#include "lib/when.h"

static void
event(struct mr_out *out, const char *time, const char *who)
{
	out->begin_map(out, NULL);
	out->text(out, "time", time);
	out->integer(out, "event", 7);
	out->text(out, "user", who);
	out->begin_list(out, "papers");
	out->text(out, NULL, "sheet");
	out->end_list(out);
	out->begin_map(out, "more");
	out->text(out, "user", "inner");
	out->end_map(out);
	out->end_map(out);
}

static void
only_the_named_columns_of_a_list_pass(void **state)
{
	struct mr_out *out =
	    mr_out_pick(arena, table(80, 0), "user event", NULL);

	(void)state;
	out->begin_list(out, NULL);
	event(out, "2026-11-23T08:37:19Z", "vera");
	out->end_list(out);
	expect(out, "EVENT  USER\n    7  vera\n");
}

static void
a_single_answer_passes_whole(void **state)
{
	struct mr_out *out = mr_out_pick(arena, table(80, 0), "user", NULL);

	(void)state;
	out->begin_map(out, NULL);
	out->integer(out, "event", 7);
	out->boolean(out, "known", 1);
	out->end_map(out);
	expect(out, "event  7\nknown  yes\n");
}

static void
a_time_is_shown_as_the_clock_on_the_wall_did(void **state)
{
	struct mr_out *out = mr_out_pick(arena, table(80, 0), NULL, "spare");

	(void)state;
	assert_int_equal(mr_zone_set("America/New_York"), 0);
	out->begin_map(out, NULL);
	out->text(out, "time", "2026-11-23T02:37:19Z");
	out->text(out, "words", "2026-11-23T02:37:19Z was the time");
	out->text(out, "nothing", NULL);
	out->end_map(out);
	expect(out,
	    "time     2026-11-22 21:37\n"
	    "words    2026-11-23T02:37:19Z was the time\n"
	    "nothing  -\n");
	mr_zone_set("UTC");
}

static void
a_spare_key_is_shown_where_it_holds_something(void **state)
{
	(void)state;
	for (int held = 0; held < 2; held++) {
		struct mr_out *out =
		    mr_out_pick(arena, table(80, 0), NULL, "to_site where");

		out->begin_map(out, NULL);
		out->text(out, "other", NULL);
		out->text(out, "where", held ? "there" : NULL);
		if (held)
			out->integer(out, "to_site", 0);
		else
			out->text(out, "to_site", NULL);
		out->begin_map(out, "more");
		out->text(out, "where", NULL);
		out->end_map(out);
		out->end_map(out);
		expect(out,
		    held ? "other    -\nwhere    there\nto site  0\n"
			   "\nMORE\n  where  -\n"
			 : "other  -\n\nMORE\n  where  -\n");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(only_the_named_columns_of_a_list_pass),
	    TEST(a_single_answer_passes_whole),
	    TEST(a_spare_key_is_shown_where_it_holds_something),
	    TEST(a_time_is_shown_as_the_clock_on_the_wall_did),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
