/* Facilities and their dated rules, through the table of operations. */
#include "test/house.h"

#include "lib/facility.h"
#include "lib/rule.h"

#define PLACES \
	"code,name,kind,security,gender,has_camp,street,city,state,zip,population\n"
#define ALI \
	"ALI,FCI Aliceville,Federal Correctional Institution,Low,female,yes," \
	"11070 HIGHWAY 14,ALICEVILLE,AL,35442,1214\n"
#define ALD \
	"ALD,FPC Alderson,Federal Prison Camp,Minimum,female,no," \
	"GLEN RAY RD. BOX A,ALDERSON,WV,24910,636\n"
#define RRO \
	"CMM,RRM Miami,Residential Reentry Office,N/A,n/a,no,1 OFFICE RD," \
	"MIAMI,FL,33177,\n"

static int
setup(void **state)
{
	struct house *h;

	if (house_setup(state) != 0)
		return -1;
	h = *state;
	h->csv = PLACES ALI ALD RRO;
	did(h,
	    run(h, "facility import", "file", "f.csv", "source", "bop.gov",
		"checked", "2026-11-20", NULL),
	    "\"added\":3");
	return 0;
}

static int64_t
rule_on(struct house *h, const char *code, int rule, int day,
    struct mr_rule_source *why)
{
	struct mr_call *c = house_begin(h);
	int64_t id, value = -1;

	assert_int_equal(mr_facility_by_code(c, code, &id), MR_OK);
	assert_int_equal(mr_rule(c, id, rule, day, &value, why), MR_OK);
	assert_non_null(why->source);
	house_end(c);
	return value;
}

static int
day(const char *iso)
{
	int64_t n;

	assert_null(mr_day_parse(iso, &n));
	return (int)n;
}

static void
a_prison_gets_the_rules_of_november_2024(void **state)
{
	struct house *h = *state;
	struct mr_rule_source why;

	assert_int_equal(
	    rule_on(h, "ALI", MR_RULE_PLAIN_WHITE, day("2026-11-23"), &why), 1);
	assert_int_equal(why.from_day, day("2024-11-01"));
	assert_true(why.id > 0);
	assert_int_equal(
	    rule_on(h, "ALI", MR_RULE_PHOTOCOPIED, day("2026-11-23"), &why), 1);
	assert_int_equal(
	    rule_on(h, "ALI", MR_RULE_LABELS, day("2026-11-23"), &why), 0);
}

static void
a_camp_is_left_out_of_them(void **state)
{
	struct house *h = *state;
	struct mr_rule_source why;

	assert_int_equal(
	    rule_on(h, "ALD", MR_RULE_PHOTOCOPIED, day("2026-11-23"), &why), 0);
	assert_true(why.id > 0);
	assert_int_equal(
	    rule_on(h, "ALD", MR_RULE_CODE_ON_PIECE, day("2026-11-23"), &why),
	    0);
}

static void
the_day_before_a_rule_the_default_holds(void **state)
{
	struct house *h = *state;
	struct mr_rule_source why;

	assert_int_equal(
	    rule_on(h, "ALI", MR_RULE_PLAIN_WHITE, day("2024-10-31"), &why), 0);
	assert_int_equal(why.id, 0);
	assert_int_equal(
	    rule_on(h, "ALI", MR_RULE_MAX_SHEETS, day("2026-11-23"), &why),
	    MR_NO_LIMIT);
}

static void
a_later_rule_takes_over_from_its_day(void **state)
{
	struct house *h = *state;
	struct mr_rule_source why;

	did(h,
	    run(h, "facility rule", "code", "ali", "rule", "max-sheets",
		"value", "6", "from", "2026-11-01", "source", "warden's memo",
		NULL),
	    "\"rule\":\"max_sheets\",\"value\":\"6\",\"from\":\"2026-11-01\","
	    "\"changed\":true");
	assert_int_equal(
	    rule_on(h, "ALI", MR_RULE_MAX_SHEETS, day("2026-10-31"), &why),
	    MR_NO_LIMIT);
	assert_int_equal(
	    rule_on(h, "ALI", MR_RULE_MAX_SHEETS, day("2026-11-01"), &why), 6);
	did(h, run(h, "facility show", "code", "ALI", NULL),
	    "\"rule\":\"max_sheets\",\"value\":\"6\",\"from\":\"2026-11-01\","
	    "\"source\":\"warden's memo\"");
	did(h,
	    run(h, "facility show", "code", "ALI", "day", "2026-10-31", NULL),
	    "\"rule\":\"max_sheets\",\"value\":\"no-limit\"");
}

static enum mr_status
set(struct house *h, const char *rule, const char *value, const char *from)
{
	return run(h, "facility rule", "code", "ALI", "rule", rule, "value",
	    value, "from", from, "source", "memo", NULL);
}

static void
a_slip_is_mended_on_its_day_and_stands_after_it(void **state)
{
	struct house *h = *state;

	did(h, set(h, "labels", "yes", "2026-11-23"), "\"value\":\"yes\"");
	did(h, set(h, "labels", "no", "2026-11-23"), "\"value\":\"no\"");
	did(h, set(h, "labels", "no", "2026-11-23"), "\"changed\":false");
	h->now += INT64_C(86400) * 1000000;
	refused(h, set(h, "labels", "yes", "2026-11-23"), MR_REFUSED,
	    "set from 2026-11-23 already");
	did(h, set(h, "labels", "yes", "2026-11-24"), "\"value\":\"yes\"");
}

static void
a_rule_or_value_that_does_not_exist_is_refused(void **state)
{
	struct house *h = *state;

	refused(h, set(h, "glitter", "yes", "2026-11-23"), MR_INVALID,
	    "there are labels, code_on_piece");
	refused(h, set(h, "labels", "maybe", "2026-11-23"), MR_INVALID,
	    "labels is yes or no");
	refused(h, set(h, "max_sheets", "-1", "2026-11-23"), MR_INVALID,
	    "a number from 0 to 998, or no-limit");
	refused(h, set(h, "languages", "en,fr", "2026-11-23"), MR_INVALID,
	    "en, es, other");
	did(h, set(h, "languages", "en, es", "2026-11-23"),
	    "\"value\":\"en,es\"");
}

static void
an_office_takes_no_mail_and_has_no_rules(void **state)
{
	struct house *h = *state;

	did(h, run(h, "facility show", "code", "CMM", NULL),
	    "\"status\":\"no mail\"");
	assert_int_equal(house_count(h,
			     SQL_SCAN "SELECT COUNT(*) FROM facility_rule r "
				      "JOIN facility f ON f.id = r.facility "
				      "WHERE f.status = 3"),
	    0);
	did(h, run(h, "facility list", "status", "no-mail", NULL), "CMM");
	assert_null(strstr(h->answer, "ALI"));
}

static void
an_update_carries_its_source_and_day(void **state)
{
	struct house *h = *state;

	did(h, run(h, "facility show", "code", "ALI", NULL),
	    "\"source\":\"bop.gov\",\"checked\":\"2026-11-20\"");
	did(h,
	    run(h, "facility update", "code", "ALI", "street", "PO BOX 4000",
		"source", "letter of the warden", NULL),
	    "{\"code\":\"ALI\",\"changed\":true}");
	did(h, run(h, "facility show", "code", "ALI", NULL),
	    "\"street\":\"PO BOX 4000\"");
	did(h, MR_OK,
	    "\"source\":\"letter of the warden\",\"checked\":\"2026-11-23\"");
	did(h,
	    run(h, "facility update", "code", "ALI", "street", "PO BOX 4000",
		NULL),
	    "\"changed\":false");
	refused(h, run(h, "facility update", "code", "ALI", "zip", "354", NULL),
	    MR_INVALID, "zip: a ZIP is five digits");
	refused(h,
	    run(h, "facility update", "code", "ALX", "zip", "35442", NULL),
	    MR_NOTFOUND, "there is no facility ALX");
}

static void
a_closed_facility_says_so(void **state)
{
	struct house *h = *state;

	did(h,
	    run(h, "facility update", "code", "ALI", "status", "closed", NULL),
	    "\"changed\":true");
	did(h, run(h, "facility list", "status", "closed", NULL), "ALI");
	refused(h, run(h, "facility list", "status", "open", NULL), MR_USAGE,
	    "takes-mail, closed or no-mail");
}

static void
the_same_request_twice_answers_alike_and_writes_once(void **state)
{
	struct house *h = *state;
	char first[256];
	int64_t before;

	h->request = "rule-1";
	did(h, set(h, "labels", "yes", "2026-11-23"), "\"changed\":true");
	snprintf(
	    first, sizeof(first), "%.*s", (int)sizeof(first) - 1, h->answer);
	before = house_count(h, SQL_SCAN "SELECT COUNT(*) FROM event");
	did(h, set(h, "labels", "yes", "2026-11-23"), "");
	assert_string_equal(h->answer, first);
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM event"), before);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    T(a_prison_gets_the_rules_of_november_2024),
	    T(a_camp_is_left_out_of_them),
	    T(the_day_before_a_rule_the_default_holds),
	    T(a_later_rule_takes_over_from_its_day),
	    T(a_slip_is_mended_on_its_day_and_stands_after_it),
	    T(a_rule_or_value_that_does_not_exist_is_refused),
	    T(an_office_takes_no_mail_and_has_no_rules),
	    T(an_update_carries_its_source_and_day),
	    T(a_closed_facility_says_so),
	    T(the_same_request_twice_answers_alike_and_writes_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
