/* Letters listed: whose, of which day, by whom, what waits and what is late. */
#include "test/site.h"

/* A1 from inside and A2 from outside of P1, A3 from inside of P2, by val. */
static void
three(struct house *h)
{
	char number[64];

	mail_as(h, "val");
	mail_receive(h, 1, MR_INSIDE, number);
	mail_receive(h, 1, MR_OUTSIDE, number);
	mail_receive(h, 2, MR_INSIDE, number);
	mail_as(h, NULL);
}

/* The answer names these letters and no other of A1 to A4. */
static void
lists(struct house *h, enum mr_status status, const char *want)
{
	char number[16];

	did(h, status, "[");
	for (int i = 1; i <= 4; i++) {
		snprintf(number, sizeof(number), "\"A%d\"", i);
		if ((strstr(h->answer, number) != NULL) !=
		    (strchr(want, '0' + i) != NULL))
			fail_msg("%s: %s", number, h->answer);
	}
}

static void
a_pairings_letters_are_listed_by_it_and_by_its_id(void **state)
{
	struct house *h = *state;
	char id[32];

	three(h);
	lists(h, run(h, "letter list", "pairing", "P1", NULL), "12");
	lists(h, run(h, "letter list", "pairing", "P2", NULL), "3");
	lists(h, run(h, "letter list", "pairing", "P3", NULL), "");
	mail_id(h, 1, MR_OUTSIDE, id);
	lists(h, run(h, "letter list", "id", id, NULL), "12");
}

static void
a_persons_letters_are_those_of_every_pairing_and_of_none(void **state)
{
	struct house *h = *state;

	three(h);
	did(h, run(h, "letter receive", "no_id", "yes", "sheets", "1", NULL),
	    "\"A4\"");
	lists(h, run(h, "letter list", "person", "C1", NULL), "12");
	lists(h, run(h, "letter list", "person", "C5", NULL), "3");
	did(h, run(h, "letter identify", "letter", "A4", "person", "C5", NULL),
	    "no-pairing");
	lists(h, run(h, "letter list", "person", "C5", NULL), "34");
}

static void
a_days_letters_are_listed_and_whose_they_were(void **state)
{
	struct house *h = *state;

	three(h);
	lists(h, run(h, "letter list", "day", "2026-11-23", NULL), "123");
	lists(h, run(h, "letter list", "day", "2026-11-22", NULL), "");
	lists(h, run(h, "letter list", "day", "2026-11-23", "by", "val", NULL),
	    "123");
	lists(h, run(h, "letter list", "day", "2026-11-23", "by", "sam", NULL),
	    "");
	refused(h, run(h, "letter list", "by", "val", NULL), MR_USAGE, "--day");
	refused(h,
	    run(h, "letter list", "day", "2026-11-23", "by", "noone", NULL),
	    MR_NOTFOUND, "no user noone");
}

static void
a_state_is_one_of_the_list(void **state)
{
	struct house *h = *state;

	three(h);
	did(h, run(h, "letter hold", "letter", "A2", "reason", "photo", NULL),
	    "held");
	lists(h, run(h, "letter list", "state", "held", NULL), "2");
	lists(h, run(h, "letter list", "state", "cleared", NULL), "13");
	refused(h, run(h, "letter list", "state", "eaten", NULL), MR_INVALID,
	    "states are");
}

static void
what_is_due_or_late_comes_with_its_day(void **state)
{
	struct house *h = *state;

	three(h);
	did(h,
	    run(h, "letter hold", "letter", "A2", "reason", "photo", "until",
		"2026-11-25", NULL),
	    "held");
	lists(h, run(h, "letter list", "due", "yes", NULL), "");
	lists(h, run(h, "letter list", "late", "yes", NULL), "");
	later(h, 2 * 86400);
	lists(h, run(h, "letter list", "due", "yes", NULL), "2");
	later(h, 8 * 86400);
	lists(h, run(h, "letter list", "late", "yes", NULL), "123");
}

static void
more_than_a_thousand_letters_of_another_site_are_all_listed(void **state)
{
	enum { MANY = 1020 };
	struct house *h = *state;
	struct mr *west = NULL;
	char code[64];
	int listed = 0;

	did(h, site_make(h), "\"site\":1");
	assert_int_equal(site_open(h, &west), MR_OK);
	for (int i = 0; i < MANY; i++) {
		did(h,
		    run(h, "letter receive", "no_id", "yes", "sheets", "1",
			NULL),
		    "");
		house_value(h, "code", 0, code);
		site_go(h, &west);
		did(h, run(h, "letter take", "letter", code, NULL), "");
		site_go(h, &west);
	}
	site_go(h, &west);
	/* The oldest of them too. */
	did(h, run(h, "letter list", "limit", "5000", NULL), "\"A1\"");
	for (const char *at = h->answer; (at = strstr(at, "\"code\"")) != NULL;
	     at++)
		listed++;
	assert_int_equal(listed, MANY);
	did(h, run(h, "letter list", "limit", "1", NULL), "\"A1020\"");
	site_go(h, &west);
	did(h, run(h, "letter list", NULL), "[]");
	mr_close(west);
	site_remove(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(a_pairings_letters_are_listed_by_it_and_by_its_id),
	    MAIL_TEST(a_persons_letters_are_those_of_every_pairing_and_of_none),
	    MAIL_TEST(a_days_letters_are_listed_and_whose_they_were),
	    MAIL_TEST(a_state_is_one_of_the_list),
	    MAIL_TEST(what_is_due_or_late_comes_with_its_day),
	    MAIL_TEST(
		more_than_a_thousand_letters_of_another_site_are_all_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
