/*
 * The people who work here, and the settings: who may do what to whom, and
 * that no office can lock itself out.
 */
#include "test/house.h"

#include "lib/setting.h"
#include "lib/user.h"

/* Who acts from now on; NULL: the coordinator. */
static void
as(struct house *h, const char *user)
{
	h->user = user;
}

static void
add(struct house *h, const char *name, const char *role)
{
	as(h, "admin");
	did(h, run(h, "user add", "name", name, "role", role, NULL), name);
	as(h, NULL);
}

/* A first passphrase for somebody. */
static void
give_passphrase(struct house *h, const char *name, const char *passphrase)
{
	as(h, name);
	h->passphrase = NULL;
	h->new_passphrase = passphrase;
	did(h, run(h, "user passphrase", NULL), name);
	as(h, NULL);
}

static void
grant(struct house *h, const char *name)
{
	as(h, NULL);
	h->passphrase = HOUSE_PASSPHRASE;
	did(h, run(h, "user grant", "name", name, NULL), name);
}

/* May this user open the vault with that passphrase? */
static enum mr_status
opens(struct house *h, const char *name, const char *passphrase)
{
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);
	enum mr_status status = mr_user_find(c, name, &c->user);

	mr_vault_close(h->mr);
	if (status == MR_OK)
		status = mr_vault_open(c, passphrase);
	mr_vault_close(h->mr);
	mr_call_end(c);
	return status;
}

#define ANNA "a lantern on the quiet harbour"

static void
a_new_office_has_a_coordinator_with_the_key_and_an_admin_without(void **state)
{
	struct house *h = *state;

	did(h, run(h, "user list", NULL),
	    "[{\"name\":\"admin\",\"role\":\"admin\",\"status\":\"active\","
	    "\"passphrase\":false,\"pin\":false,\"vault\":false},"
	    "{\"name\":\"ruth\",\"role\":\"coordinator\","
	    "\"status\":\"active\",\"passphrase\":true,\"pin\":false,\"vault\":true}]");
}

static void
only_the_admin_adds_people(void **state)
{
	static const char *const others[] = {"ruth", "vera", "stan"};
	struct house *h = *state;

	add(h, "vera", "volunteer");
	add(h, "stan", "staff");
	for (int i = 0; i < 3; i++) {
		as(h, others[i]);
		refused(h,
		    run(h, "user add", "name", "eve", "role", "staff", NULL),
		    MR_DENIED, "is done by admin");
	}
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM users"), 4);
}

static void
a_name_is_short_plain_and_nobody_elses(void **state)
{
	static const char *const bad[] = {"a", "9lives", "Ruth Ann", "rené",
	    "-anna", ".anna", "a_b", "anna!",
	    "abcdefghijklmnopqrstuvwxyzabcdefg"};
	struct house *h = *state;

	as(h, "admin");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(h,
		    run(h, "user add", "name", bad[i], "role", "staff", NULL),
		    MR_INVALID, "2 to 32 letters");
	refused(h, run(h, "user add", "name", "New", "role", "staff", NULL),
	    MR_INVALID, "the program uses that word");
	refused(h, run(h, "user add", "name", "RUTH", "role", "staff", NULL),
	    MR_REFUSED, "already");
	refused(h, run(h, "user add", "name", "anna", "role", "boss", NULL),
	    MR_INVALID, "volunteer, staff, coordinator or admin");
	did(h, run(h, "user add", "name", "j.smith-2", "role", "staff", NULL),
	    "{\"name\":\"j.smith-2\",\"role\":\"staff\"}");
}

static void
a_passphrase_is_long_and_not_one_that_everybody_tries(void **state)
{
	static const char *const bad[][2] = {{"elevenchars", "11 characters"},
	    {"", "0 characters"}, {"Password1234", "tried first"},
	    {"QWERTYUIOPAS", "tried first"}, {"abcabcabcabc", "tried first"},
	    {"aaaaaaaaaaaaaaaaaaaa", "tried first"},
	    {"correct horse battery staple", "tried first"},
	    {"anna.lindqvist.", "tried first"},
	    {"with a tab\there inside", "control character"},
	    {"broken \xff\xfe bytes in it", "UTF-8"}};
	char longest[140];
	struct house *h = *state;

	add(h, "anna.lindqvist", "staff");
	as(h, "anna.lindqvist");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		h->new_passphrase = bad[i][0];
		refused(
		    h, run(h, "user passphrase", NULL), MR_INVALID, bad[i][1]);
		if (bad[i][0][0] != '\0')
			assert_null(strstr(h->error.message, bad[i][0]));
	}
	memset(longest, 0, sizeof(longest));
	for (int i = 0; i < 129; i++)
		longest[i] = (char)('a' + i * i % 23);
	h->new_passphrase = longest;
	refused(
	    h, run(h, "user passphrase", NULL), MR_INVALID, "129 characters");
	longest[128] = '\0';
	did(h, run(h, "user passphrase", NULL), "anna.lindqvist");
	assert_int_equal(opens(h, "anna.lindqvist", longest), MR_LOCKED);
	assert_non_null(strstr(h->error.message, "user grant"));
}

static void
the_vault_opens_by_ones_own_passphrase_after_a_grant(void **state)
{
	struct house *h = *state;

	add(h, "anna", "staff");
	assert_int_equal(opens(h, "anna", ANNA), MR_LOCKED);
	assert_non_null(strstr(h->error.message, "no passphrase yet"));
	h->passphrase = HOUSE_PASSPHRASE;
	refused(h, run(h, "user grant", "name", "anna", NULL), MR_REFUSED,
	    "no passphrase yet");
	give_passphrase(h, "anna", ANNA);
	assert_int_equal(opens(h, "anna", ANNA), MR_LOCKED);
	assert_non_null(strstr(h->error.message, "holds no key"));
	grant(h, "anna");
	assert_int_equal(opens(h, "anna", ANNA), MR_OK);
	assert_int_equal(opens(h, "anna", HOUSE_PASSPHRASE), MR_LOCKED);
	assert_int_equal(opens(h, "ruth", HOUSE_PASSPHRASE), MR_OK);
}

static void
granting_twice_changes_nothing(void **state)
{
	struct house *h = *state;
	int64_t events;

	add(h, "anna", "staff");
	give_passphrase(h, "anna", ANNA);
	grant(h, "anna");
	events = house_count(h, SQL_SCAN "SELECT COUNT(*) FROM event");
	grant(h, "anna");
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM event"), events);
}

static void
volunteers_and_the_admin_are_never_given_the_key(void **state)
{
	struct house *h = *state;

	add(h, "vera", "volunteer");
	give_passphrase(h, "vera", ANNA);
	give_passphrase(h, "admin", "a kettle under seven stars");
	h->passphrase = HOUSE_PASSPHRASE;
	refused(h, run(h, "user grant", "name", "vera", NULL), MR_REFUSED,
	    "only staff and coordinators");
	refused(h, run(h, "user grant", "name", "admin", NULL), MR_REFUSED,
	    "only staff and coordinators");
}

static void
only_a_coordinator_with_the_passphrase_grants(void **state)
{
	struct house *h = *state;

	add(h, "anna", "staff");
	give_passphrase(h, "anna", ANNA);
	as(h, "anna");
	refused(h, run(h, "user grant", "name", "anna", NULL), MR_DENIED,
	    "coordinator");
	as(h, "admin");
	refused(h, run(h, "user grant", "name", "anna", NULL), MR_DENIED,
	    "coordinator");
	as(h, NULL);
	mr_vault_close(h->mr);
	h->passphrase = "not what was chosen at all";
	refused(h, run(h, "user grant", "name", "anna", NULL), MR_LOCKED,
	    "not the passphrase");
	h->passphrase = NULL;
	refused(h, run(h, "user grant", "name", "anna", NULL), MR_LOCKED, "");
}

static void
a_new_passphrase_keeps_the_key_and_ends_the_old_one(void **state)
{
	struct house *h = *state;

	h->passphrase = "not what was chosen at all";
	h->new_passphrase = ANNA;
	refused(h, run(h, "user passphrase", NULL), MR_LOCKED,
	    "not the passphrase");
	h->passphrase = HOUSE_PASSPHRASE;
	did(h, run(h, "user passphrase", NULL), "ruth");
	assert_int_equal(opens(h, "ruth", HOUSE_PASSPHRASE), MR_LOCKED);
	assert_int_equal(opens(h, "ruth", ANNA), MR_OK);
}

static void
a_disabled_user_loses_the_key_and_can_do_nothing(void **state)
{
	struct house *h = *state;

	add(h, "anna", "staff");
	give_passphrase(h, "anna", ANNA);
	grant(h, "anna");
	as(h, "admin");
	did(h, run(h, "user disable", "name", "anna", NULL),
	    "{\"name\":\"anna\",\"status\":\"disabled\"}");
	assert_int_equal(
	    house_count(h,
		SQL_SCAN "SELECT COUNT(*) FROM users "
			 "WHERE name = 'anna' AND grant_box IS NULL"),
	    1);
	as(h, "anna");
	refused(h, run(h, "user list", NULL), MR_DENIED, "disabled");
	assert_int_equal(opens(h, "anna", ANNA), MR_LOCKED);
	as(h, NULL);
	h->passphrase = HOUSE_PASSPHRASE;
	refused(h, run(h, "user grant", "name", "anna", NULL), MR_REFUSED,
	    "disabled");
	as(h, "admin");
	did(h, run(h, "user enable", "name", "anna", NULL), "active");
	assert_int_equal(opens(h, "anna", ANNA), MR_LOCKED);
	assert_non_null(strstr(h->error.message, "holds no key"));
}

static void
the_last_coordinator_and_the_last_admin_stay(void **state)
{
	struct house *h = *state;

	as(h, "admin");
	refused(h, run(h, "user disable", "name", "ruth", NULL), MR_REFUSED,
	    "last");
	refused(h, run(h, "user role", "name", "ruth", "role", "staff", NULL),
	    MR_REFUSED, "last");
	refused(h, run(h, "user disable", "name", "admin", NULL), MR_REFUSED,
	    "last admin");
	refused(h,
	    run(h, "user role", "name", "admin", "role", "coordinator", NULL),
	    MR_REFUSED, "last admin");
	add(h, "otto", "admin");
	as(h, "otto");
	did(h, run(h, "user disable", "name", "admin", NULL), "disabled");
}

static void
the_last_key_cannot_be_taken_away(void **state)
{
	struct house *h = *state;

	/* A second coordinator without the key is not enough. */
	add(h, "cora", "coordinator");
	as(h, "admin");
	refused(h, run(h, "user disable", "name", "ruth", NULL), MR_REFUSED,
	    "last coordinator who can open the vault");
	refused(h, run(h, "user reset", "name", "ruth", NULL), MR_REFUSED,
	    "last coordinator who can open the vault");
	give_passphrase(h, "cora", ANNA);
	grant(h, "cora");
	as(h, "admin");
	did(h, run(h, "user disable", "name", "ruth", NULL), "disabled");
	refused(h, run(h, "user disable", "name", "cora", NULL), MR_REFUSED,
	    "last");
}

static void
a_role_without_the_key_takes_it_away(void **state)
{
	struct house *h = *state;

	add(h, "anna", "coordinator");
	give_passphrase(h, "anna", ANNA);
	grant(h, "anna");
	as(h, "admin");
	did(h, run(h, "user role", "name", "anna", "role", "staff", NULL),
	    "{\"name\":\"anna\",\"role\":\"staff\"}");
	assert_int_equal(opens(h, "anna", ANNA), MR_OK);
	did(h, run(h, "user role", "name", "anna", "role", "volunteer", NULL),
	    "volunteer");
	assert_int_equal(opens(h, "anna", ANNA), MR_LOCKED);
	did(h, run(h, "user role", "name", "anna", "role", "volunteer", NULL),
	    "volunteer");
}

static void
a_reset_starts_somebody_anew(void **state)
{
	struct house *h = *state;

	add(h, "anna", "staff");
	give_passphrase(h, "anna", ANNA);
	grant(h, "anna");
	as(h, "admin");
	did(h, run(h, "user reset", "name", "anna", NULL), "anna");
	assert_int_equal(opens(h, "anna", ANNA), MR_LOCKED);
	assert_non_null(strstr(h->error.message, "no passphrase yet"));
	give_passphrase(h, "anna", "a second lantern further out");
	grant(h, "anna");
	assert_int_equal(
	    opens(h, "anna", "a second lantern further out"), MR_OK);
}

static void
a_request_that_comes_again_answers_the_same(void **state)
{
	struct house *h = *state;
	char first[256];

	as(h, "admin");
	h->request = "r-1";
	did(h, run(h, "user add", "name", "anna", "role", "staff", NULL),
	    "staff");
	snprintf(first, sizeof(first), "%.200s", h->answer);
	h->request = NULL;
	did(h, run(h, "user role", "name", "anna", "role", "volunteer", NULL),
	    "volunteer");
	h->request = "r-1";
	did(h, run(h, "user add", "name", "anna", "role", "staff", NULL),
	    "staff");
	assert_string_equal(h->answer, first);
}

static void
settings_have_defaults_and_take_only_what_they_can_be(void **state)
{
	struct house *h = *state;
	struct mr_call *c;
	int64_t n = -1;

	did(h, run(h, "setting show", "name", "screening", NULL),
	    "\"value\":\"open\",\"default\":\"open\"");
	as(h, "admin");
	did(h,
	    run(h, "setting set", "name", "SCREENING", "value", "Read", NULL),
	    "{\"name\":\"screening\",\"value\":\"read\"}");
	did(h,
	    run(h, "setting set", "name", "weigh_from_sheets", "value", "007",
		NULL),
	    "{\"name\":\"weigh-from-sheets\",\"value\":\"7\"}");
	refused(h, run(h, "setting set", "name", "paper", "value", "a5", NULL),
	    MR_INVALID, "letter a4");
	refused(h,
	    run(h, "setting set", "name", "late-after-days", "value", "61",
		NULL),
	    MR_INVALID, "1 to 60");
	refused(h, run(h, "setting set", "name", "colour", "value", "x", NULL),
	    MR_NOTFOUND, "screening");
	as(h, NULL);
	refused(h, run(h, "setting set", "name", "paper", "value", "a4", NULL),
	    MR_DENIED, "admin");
	c = house_begin(h);
	assert_int_equal(mr_setting_int(c, MR_SET_SCREENING, &n), MR_OK);
	assert_int_equal(n, MR_SCREEN_READ);
	assert_int_equal(mr_setting_int(c, MR_SET_WEIGH_FROM, &n), MR_OK);
	assert_int_equal(n, 7);
	assert_int_equal(mr_setting_int(c, MR_SET_LATE_AFTER, &n), MR_OK);
	assert_int_equal(n, 3);
	house_end(c);
	did(h, run(h, "setting list", NULL), "\"name\":\"second-person\"");
}

static void
every_setting_starts_with_a_value_that_it_can_have(void **state)
{
	struct house *h = *state;
	struct mr_call *c = house_begin(h);
	const char *text, *spelt;
	int64_t n;

	for (size_t i = 0; i < mr_nsettings; i++) {
		/* A text is what its own check takes it for. */
		if (mr_settings[i].min > mr_settings[i].max) {
			assert_int_equal(
			    mr_setting_text(c, mr_settings[i].number, &text),
			    MR_OK);
			assert_int_equal(
			    mr_setting_envelope(c, text, &spelt), MR_OK);
			assert_string_equal(spelt, text);
		} else
			assert_int_equal(
			    mr_setting_int(c, mr_settings[i].number, &n),
			    MR_OK);
		assert_ptr_equal(mr_setting_by_number(mr_settings[i].number),
		    &mr_settings[i]);
		assert_ptr_equal(
		    mr_setting_find(mr_settings[i].name), &mr_settings[i]);
	}
	house_end(c);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, house_setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(
		a_new_office_has_a_coordinator_with_the_key_and_an_admin_without),
	    TEST(only_the_admin_adds_people),
	    TEST(a_name_is_short_plain_and_nobody_elses),
	    TEST(a_passphrase_is_long_and_not_one_that_everybody_tries),
	    TEST(the_vault_opens_by_ones_own_passphrase_after_a_grant),
	    TEST(granting_twice_changes_nothing),
	    TEST(volunteers_and_the_admin_are_never_given_the_key),
	    TEST(only_a_coordinator_with_the_passphrase_grants),
	    TEST(a_new_passphrase_keeps_the_key_and_ends_the_old_one),
	    TEST(a_disabled_user_loses_the_key_and_can_do_nothing),
	    TEST(the_last_coordinator_and_the_last_admin_stay),
	    TEST(the_last_key_cannot_be_taken_away),
	    TEST(a_role_without_the_key_takes_it_away),
	    TEST(a_reset_starts_somebody_anew),
	    TEST(a_request_that_comes_again_answers_the_same),
	    TEST(settings_have_defaults_and_take_only_what_they_can_be),
	    TEST(every_setting_starts_with_a_value_that_it_can_have),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
