/*
 * Imports of facilities and correspondents: all or nothing, every fault with
 * line and column, nothing sealed in any word that is said.
 */
#include "test/house.h"

#define HEAD \
	"ref,kind,pen_name,legal_name,register_number,facility,street,unit," \
	"city,state,zip,country,language,interests,about,slots\n"
#define WREN \
	"O-1,outside,Wren,Amara Quillfeather,,,9 Canary Street,,Danbury,CT," \
	"06810,US,en,birds;chess,Canary story,2\n"
#define MARIA \
	"I-1,inside,Maria,Maria Ostrander,00312-999,ALI,,UNIT Canary,,,,US," \
	"es,poetry,,1\n"

#define PLACES \
	"code,name,kind,security,gender,has_camp,street,city,state,zip,population\n"
#define ALI \
	"ALI,FCI Aliceville,Federal Correctional Institution,Low,female,yes," \
	"11070 HIGHWAY 14,ALICEVILLE,AL,35442,1214\n"

/* A file of the repository, NUL at its end. */
static char *
slurp(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *s = calloc(1, 1 << 20);

	if (f == NULL)
		fail_msg("run this in the repository: no %s", path);
	assert_non_null(s);
	assert_true(fread(s, 1, (1 << 20) - 1, f) > 0);
	fclose(f);
	return s;
}

static enum mr_status
import_places(struct house *h, const char *csv)
{
	h->csv = csv;
	return run(h, "facility import", "file", "places.csv", NULL);
}

static enum mr_status
import_people(struct house *h, const char *csv, const char *dry_run)
{
	h->csv = csv;
	h->passphrase = HOUSE_PASSPHRASE;
	return run(h, "correspondent import", "file", "people.csv",
	    dry_run != NULL ? "dry_run" : NULL, dry_run, NULL);
}

static int64_t
events(struct house *h)
{
	return house_count(h, "SELECT id FROM event ORDER BY id DESC LIMIT 1");
}

/* An office with one facility and the two people above. */
static struct house *
with_two(void **state)
{
	struct house *h = *state;

	did(h, import_places(h, PLACES ALI), "\"added\":1");
	did(h, import_people(h, HEAD WREN MARIA, NULL), "\"added\":2");
	return h;
}

static void
all_of_the_federal_facilities_come_in(void **state)
{
	struct house *h = *state;
	char *csv = slurp("test/data/facilities-federal.csv");

	did(h, import_places(h, csv), "\"added\":122,\"changed\":0");
	assert_true(h->progress > 0);
	did(h, run(h, "facility list", "state", "wv", NULL), "\"ALD\"");
	assert_null(strstr(h->answer, "\"ALI\""));
	free(csv);
}

static void
the_whole_roster_comes_in_and_a_second_time_changes_nothing(void **state)
{
	struct house *h = *state;
	char *places = slurp("test/data/facilities-federal.csv");
	char *people = slurp("test/data/correspondents.csv");
	int64_t before;

	did(h, import_places(h, places), "\"added\":122");
	did(h, import_people(h, people, NULL), "\"added\":200");
	before = events(h);
	h->now += INT64_C(86400) * 1000000;
	did(h, import_people(h, people, NULL),
	    "\"added\":0,\"changed\":0,\"unchanged\":200");
	did(h, import_places(h, places),
	    "\"added\":0,\"changed\":0,\"unchanged\":122");
	assert_int_equal(events(h), before);
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM address"), 200);
	free(places);
	free(people);
}

static void
a_dry_run_tells_line_and_field_and_changes_nothing(void **state)
{
	struct house *h = with_two(state);
	int64_t before = events(h);

	did(h,
	    import_people(h,
		HEAD "O-1,outside,Robin,Amara Quillfeather,,,8 Canary Street,"
		     ",Danbury,CT,06810,US,en,birds;chess,Canary story,2\n"
		     "O-2,outside,Finch,Opal Haddad,,,1 Elm,,Kent,CT,06757,"
		     "US,en,,,1\n" MARIA,
		"yes"),
	    "\"dry_run\":true,\"added\":1,\"changed\":1,\"unchanged\":1");
	did(h, MR_OK,
	    "{\"line\":2,\"key\":\"O-1\",\"field\":\"pen_name\","
	    "\"change\":\"changed\",\"was\":\"Wren\",\"becomes\":\"Robin\"}");
	did(h, MR_OK,
	    "{\"line\":2,\"key\":\"O-1\",\"field\":\"street\","
	    "\"change\":\"changed\",\"was\":null,\"becomes\":null}");
	did(h, MR_OK,
	    "{\"line\":3,\"key\":\"O-2\",\"field\":null,"
	    "\"change\":\"added\"");
	assert_null(strstr(h->answer, "Canary"));
	assert_null(strstr(h->answer, "Haddad"));
	assert_int_equal(events(h), before);
	did(h, run(h, "correspondent show", "person", "O-1", NULL), "Wren");
}

static void
an_import_changes_what_differs_and_keeps_the_rest(void **state)
{
	struct house *h = with_two(state);

	did(h,
	    import_people(h,
		HEAD "O-1,outside,Robin,Amara Quillfeather,,,9 Canary Street,"
		     ",Danbury,CT,06810,US,en,birds;chess,Canary story,2\n",
		NULL),
	    "\"added\":0,\"changed\":1,\"unchanged\":0");
	did(h, run(h, "correspondent show", "person", "O-1", NULL), "Robin");
	did(h, run(h, "correspondent list", "kind", "inside", NULL), "Maria");
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM address"), 2);
}

static void
a_column_that_the_file_lacks_stays_as_it_is(void **state)
{
	struct house *h = with_two(state);

	did(h,
	    import_people(h,
		"ref,kind,pen_name,legal_name,register_number,facility,"
		"street,unit,city,state,zip\n"
		"O-1,outside,Wren,Amara Quillfeather,,,9 Canary Street,,"
		"Danbury,CT,06810\n",
		NULL),
	    "\"changed\":0,\"unchanged\":1");
}

static void
every_fault_of_a_file_is_told_in_one_go(void **state)
{
	struct house *h = with_two(state);
	static const char csv[] =
	    HEAD "O-2,outside,Finch,Opal Haddad,,,,,Kent,CT,1234,US,en,,,1\n"
		 "I-2,inside,Ida,Ida Canary,12,ALI,,,,,,US,en,,,1\n"
		 "I-3,inside,Joe,Joe Canary,00313-999,ZZZ,,,,,,US,en,,,many\n"
		 "I-4,both,Joe,Joe Canary,00314-999,ALI,,,,,,US,en,,,1\n";

	did(h, import_people(h, csv, "yes"), "\"faults\":6");
	did(h, MR_OK, "\"line\":2,\"column\":7,");
	did(h, MR_OK, "line 2, column 11 (zip): a ZIP is five digits");
	did(h, MR_OK, "line 3, column 5 (register_number): ");
	did(h, MR_OK,
	    "line 4, column 6 (facility): there is no facility of this");
	assert_null(strstr(h->answer, "ZZZ"));
	did(h, MR_OK, "line 4, column 16 (slots): ");
	did(h, MR_OK, "line 5, column 2 (kind): write inside or outside");
	assert_null(strstr(h->answer, "Canary"));
	refused(h, import_people(h, csv, NULL), MR_INVALID,
	    "line 2, column 7 (street): a street or a box is needed; and 5 "
	    "more faults");
	assert_null(strstr(h->error.message, "Canary"));
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM correspondent"), 2);
}

static void
one_bad_row_keeps_all_the_others_out(void **state)
{
	struct house *h = *state;

	refused(h, import_places(h, PLACES ALI "BAD,x,y,z,,,a,b,Ohio,1,\n"),
	    MR_INVALID, "line 3, column 9 (state)");
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM facility"), 0);
	did(h, import_places(h, PLACES ALI), "\"added\":1");
}

static void
a_ref_twice_in_a_file_names_both_lines(void **state)
{
	struct house *h = *state;

	did(h, import_places(h, PLACES ALI), "\"added\":1");
	refused(h, import_people(h, HEAD WREN MARIA WREN, NULL), MR_INVALID,
	    "line 4, column 1 (ref): line 2 has the same ref");
	refused(h,
	    import_people(h,
		HEAD MARIA "I-9,inside,Ida,Ida Vance,00312999,ALI,,,,,,US,en,"
			   ",,1\n",
		NULL),
	    MR_INVALID,
	    "line 3, column 5 (register_number): line 2 has the same register "
	    "number");
	refused(h,
	    import_places(h,
		PLACES ALI "ali"
			   ""
			   ",x,y,z,,,a,b,OH,44018,\n"),
	    MR_INVALID, "line 3, column 1 (code): line 2 has the same code");
}

static void
a_register_number_of_somebody_known_is_a_fault(void **state)
{
	struct house *h = with_two(state);

	refused(h,
	    import_people(h,
		HEAD "I-9,inside,Ida,Ida Vance,00312-999,ALI,,,,,,US,en,,,1\n",
		NULL),
	    MR_INVALID, "line 2: C2 has that register number already");
	assert_null(strstr(h->error.message, "00312"));
}

static void
a_wrong_or_missing_column_is_named(void **state)
{
	struct house *h = *state;

	refused(h, import_places(h, "code,name,sort\n"), MR_INVALID,
	    "line 1, column 3: no column has this name");
	refused(h, import_places(h, "code,name,kind,security\n"), MR_INVALID,
	    "street");
	refused(h, import_places(h, ""), MR_INVALID, "the file is empty");
	refused(h, import_places(h, PLACES "ALI,FCI Aliceville\n"), MR_INVALID,
	    "line 2: 2 fields where the header has 11");
}

static void
bad_bytes_are_refused_with_their_place(void **state)
{
	struct house *h = *state;
	static const char nul[] =
	    PLACES "ALI,FCI\0Alice,k,Low,,,s,c,AL,35442,\n";

	refused(h,
	    import_places(h, PLACES "ALI,FCI \xff,k,Low,,,s,c,AL,35442,\n"),
	    MR_INVALID, "line 2, column 2 (name)");
	refused(h,
	    import_places(h, PLACES "ALI,FCI \xc0\xaf,k,Low,,,s,c,AL,35442,\n"),
	    MR_INVALID, "line 2, column 2 (name)");
	h->csv_len = sizeof(nul) - 1;
	refused(
	    h, import_places(h, nul), MR_INVALID, "line 2, column 2 (name)");
	h->csv_len = 0;
	refused(h,
	    import_places(h, PLACES "ALI,FCI \x1b[2J,k,Low,,,s,c,AL,35442,\n"),
	    MR_INVALID, "line 2, column 2 (name)");
	assert_null(strchr(h->error.message, '\x1b'));
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM facility"), 0);
}

static void
a_mark_at_the_start_and_crlf_are_no_fault(void **state)
{
	struct house *h = *state;

	did(h,
	    import_places(h,
		"\xef\xbb\xbf"
		"Code, Name ,kind,security,street,city,state,"
		"zip\r\nALI,FCI Aliceville,FCI,Low,11070 HIGHWAY 14,"
		"ALICEVILLE,AL,35442\r\n\r\n"),
	    "\"added\":1");
	did(h, run(h, "facility show", "code", "ali", NULL),
	    "\"zip\":\"35442\"");
}

static void
a_line_end_inside_a_field_is_kept_in_a_story_only(void **state)
{
	struct house *h = with_two(state);

	did(h,
	    import_people(h,
		HEAD "O-1,outside,Wren,Amara Quillfeather,,,9 Canary Street,"
		     ",Danbury,CT,06810,US,en,birds;chess,\"two\r\nlines\",2\n",
		NULL),
	    "\"changed\":1");
	did(h,
	    run(h, "correspondent reveal", "person", "O-1", "reason",
		"delivery", NULL),
	    "two\\nlines");
	refused(h,
	    import_people(h,
		HEAD "O-1,outside,Wren,Amara Quillfeather,,,\"9 Canary\n"
		     "Street\",,Danbury,CT,06810,US,en,,,2\n",
		NULL),
	    MR_INVALID, "line 2, column 7 (street)");
	assert_null(strstr(h->error.message, "Canary"));
	refused(h,
	    import_places(h, PLACES "ALI,\"FCI\nAli\",k,Low,,,s,c,AL,35442,\n"),
	    MR_INVALID, "line 2, column 2 (name)");
}

static void
a_moved_correspondent_gets_a_dated_row(void **state)
{
	struct house *h = with_two(state);
	static const char moved[] = HEAD
	    "O-1,outside,Wren,Amara Quillfeather,,,1 Elm,,Kent,CT,06757,US,en,"
	    "birds;chess,Canary story,2\n";

	did(h, import_people(h, moved, NULL), "\"changed\":1");
	did(h, import_people(h, moved, NULL), "\"unchanged\":1");
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM address"), 3);
	assert_int_equal(
	    house_count(
		h, SQL_SCAN "SELECT COUNT(*) FROM address WHERE status = 4"),
	    1);
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM countersign"), 1);
}

static void
a_pending_move_is_not_written_down_twice(void **state)
{
	struct house *h = with_two(state);
	static const char moved[] = HEAD
	    "O-1,outside,Wren,Amara Quillfeather,,,1 Elm,,Kent,CT,06757,US,en,"
	    "birds;chess,Canary story,2\n";

	h->user = "admin";
	did(h,
	    run(h, "setting set", "name", "second_person", "value", "now",
		NULL),
	    "");
	h->user = NULL;
	did(h, import_people(h, moved, NULL), "\"changed\":1");
	did(h, import_people(h, moved, NULL), "\"unchanged\":1");
	did(h, run(h, "correspondent show", "person", "O-1", NULL),
	    "\"next_address\":{\"status\":\"pending\"");
}

static void
more_than_twenty_faults_are_counted(void **state)
{
	struct house *h = *state;
	char csv[4096] = PLACES;

	for (int i = 0; i < 30; i++)
		strcat(csv, "X,n,k,Low,,,s,c,AL,1,\n");
	h->csv = csv;
	did(h,
	    run(h, "facility import", "file", "x.csv", "dry_run", "yes", NULL),
	    "\"faults\":59");
	refused(h, import_places(h, csv), MR_INVALID, "58 more faults");
}

static void
a_volunteer_may_not_import(void **state)
{
	struct house *h = *state;

	h->user = "admin";
	did(h, run(h, "user add", "name", "val", "role", "volunteer", NULL),
	    "");
	h->user = NULL;
	h->user = "val";
	refused(h, import_places(h, PLACES ALI), MR_DENIED, "coordinator");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, house_setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    T(all_of_the_federal_facilities_come_in),
	    T(the_whole_roster_comes_in_and_a_second_time_changes_nothing),
	    T(a_dry_run_tells_line_and_field_and_changes_nothing),
	    T(an_import_changes_what_differs_and_keeps_the_rest),
	    T(a_column_that_the_file_lacks_stays_as_it_is),
	    T(every_fault_of_a_file_is_told_in_one_go),
	    T(one_bad_row_keeps_all_the_others_out),
	    T(a_ref_twice_in_a_file_names_both_lines),
	    T(a_register_number_of_somebody_known_is_a_fault),
	    T(a_wrong_or_missing_column_is_named),
	    T(bad_bytes_are_refused_with_their_place),
	    T(a_mark_at_the_start_and_crlf_are_no_fault),
	    T(a_line_end_inside_a_field_is_kept_in_a_story_only),
	    T(a_moved_correspondent_gets_a_dated_row),
	    T(a_pending_move_is_not_written_down_twice),
	    T(more_than_twenty_faults_are_counted),
	    T(a_volunteer_may_not_import),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
