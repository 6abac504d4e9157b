/* Pairings from a file: all of it or nothing, twice the same as once. */
#include "test/house.h"
#include "lib/pairing.h"

#define FILE_3 \
	"outside_ref,inside_ref,opened\n" \
	"O-1,I-1,2026-01-05\n" \
	"O-1,I-2,2026-02-06\n" \
	"O-2,I-3,2026-03-07\n"

static void
roster(struct house *h)
{
	house_person(h, MR_OUTSIDE, "O-1", 2);
	house_person(h, MR_OUTSIDE, "O-2", 1);
	house_person(h, MR_INSIDE, "I-1", 1);
	house_person(h, MR_INSIDE, "I-2", 1);
	house_person(h, MR_INSIDE, "I-3", 1);
	house_person(h, MR_INSIDE, "I-4", 1);
}

static void
a_second_import_changes_nothing(void **state)
{
	struct house *h = *state;
	int64_t events;

	roster(h);
	h->csv = FILE_3;
	did(h, run(h, "pairing import", "file", "p.csv", NULL),
	    "\"dry_run\":false,\"added\":3,\"changed\":0,\"unchanged\":0");
	assert_true(h->progress > 0);
	events = house_count(h, SQL_SCAN "SELECT max(id) FROM event");
	did(h, run(h, "pairing import", "file", "p.csv", NULL),
	    "\"added\":0,\"changed\":0,\"unchanged\":3");
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT max(id) FROM event"), events);
	did(h, run(h, "pairing show", "pairing", "P3", NULL),
	    "\"opened\":\"2026-03-07\"");
	did(h, run(h, "pairing list", NULL),
	    "{\"pairing\":\"P3\",\"status\":\"active\",\"outside\":\"C2\"");
	/* The register holds what the import issued. */
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT count FROM id_chunk"), 6);
	/* A pairing that ended since is not opened again. */
	did(h, run(h, "pairing end", "pairing", "P1", "reason", "died", NULL),
	    "ended");
	did(h, run(h, "pairing import", "file", "p.csv", NULL),
	    "\"added\":0,\"changed\":0,\"unchanged\":3");
}

static void
a_dry_run_writes_nothing(void **state)
{
	struct house *h = *state;
	int64_t events;

	roster(h);
	h->csv = FILE_3;
	events = house_count(h, SQL_SCAN "SELECT max(id) FROM event");
	did(h, run(h, "pairing import", "file", "p.csv", "dry_run", "", NULL),
	    "\"dry_run\":true,\"added\":3,\"changed\":0,\"unchanged\":0,"
	    "\"faults\":0");
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT max(id) FROM event"), events);
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT count(*) FROM pairing"), 0);
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT count(*) FROM id_chunk"), 0);
}

static void
another_day_of_opening_is_shown_then_corrected(void **state)
{
	struct house *h = *state;

	roster(h);
	h->csv = FILE_3;
	did(h, run(h, "pairing import", "file", "p.csv", NULL), "\"added\":3");
	h->csv = "opened,inside_ref,outside_ref\r\n2026-01-09,I-1,O-1\r\n";
	did(h, run(h, "pairing import", "file", "p.csv", "dry_run", "", NULL),
	    "\"field\":\"opened\",\"change\":\"changed\","
	    "\"was\":\"2026-01-05\",\"becomes\":\"2026-01-09\"");
	did(h, run(h, "pairing import", "file", "p.csv", NULL),
	    "\"added\":0,\"changed\":1,\"unchanged\":0");
	did(h, run(h, "pairing show", "pairing", "P1", NULL),
	    "\"opened\":\"2026-01-09\"");
}

static void
every_fault_of_a_file_is_told_with_line_and_column(void **state)
{
	struct house *h = *state;

	roster(h);
	h->csv = "outside_ref,inside_ref,opened\n"
		 "O-1,I-1,2026-01-05\n"
		 "O-9,I-9,2026-13-01\n"
		 "I-2,O-2,2027-01-01\n"
		 "O-1,I-1,2026-01-05\n"
		 "O-1,I-2,2026-01-05\n"
		 "O-1,I-3,2026-01-05\n";
	did(h, run(h, "pairing import", "file", "p.csv", "dry_run", "", NULL),
	    "\"faults\":8");
	assert_non_null(strstr(h->answer, "line 3, column 1 (outside_ref)"));
	assert_non_null(strstr(h->answer, "line 3, column 2 (inside_ref)"));
	assert_non_null(strstr(h->answer, "line 3, column 3 (opened)"));
	assert_non_null(strstr(h->answer, "line 4, column 1 (outside_ref)"));
	assert_non_null(strstr(h->answer, "line 4, column 2 (inside_ref)"));
	assert_non_null(strstr(h->answer, "that day is still to come"));
	assert_non_null(strstr(h->answer, "on line 2 already"));
	assert_non_null(
	    strstr(h->answer, "C1 has no place free: 2 of 2 are taken"));
	refused(h, run(h, "pairing import", "file", "p.csv", NULL), MR_INVALID,
	    "and 7 more faults");
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT count(*) FROM pairing"), 0);
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT count(*) FROM id_chunk"), 0);
}

int
main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_second_import_changes_nothing),
	    TEST(a_dry_run_writes_nothing),
	    TEST(another_day_of_opening_is_shown_then_corrected),
	    TEST(every_fault_of_a_file_is_told_with_line_and_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
