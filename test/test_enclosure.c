/*
 * What lay in a letter besides paper: who found it, who decided, who signed,
 * and every cent of the money.
 */
#include "test/post.h"

#include "lib/enclosure.h"

static int64_t
in_hand(struct house *h)
{
	struct mr_call *c = house_begin(h);
	int64_t cents = -1;

	assert_int_equal(mr_money_in_hand(c, &cents), MR_OK);
	house_end(c);
	return cents;
}

static int64_t
undecided(struct house *h, int64_t letter)
{
	struct mr_call *c = house_begin(h);
	int64_t n = -1;

	assert_int_equal(mr_enclosure_open(c, letter, &n), MR_OK);
	house_end(c);
	return n;
}

static void
goes_along(
    struct house *h, int64_t letter, const char *language, const char *want)
{
	struct mr_call *c = house_begin(h);
	const char *words = NULL;

	assert_int_equal(
	    mr_enclosure_words(c, letter, language, &words), MR_OK);
	assert_string_equal(words, want);
	house_end(c);
}

static void
second_person(struct house *h, const char *when)
{
	h->user = "admin";
	did(h,
	    run(h, "setting set", "name", "second-person", "value", when, NULL),
	    when);
	h->user = NULL;
}

static void
a_photo_is_held_until_somebody_decides(void **state)
{
	struct house *h = *state;
	int64_t letter = post_letter(h, MR_L_HELD, 0);
	char code[32];

	post_code(h, letter, code);
	did(h,
	    run(h, "enclosure add", "letter", code, "kind", "photo", "count",
		"2", NULL),
	    "\"enclosure\":\"E1\"");
	did(h, run(h, "enclosure list", "open", "", NULL),
	    "\"number\":\"A1\",\"kind\":\"photo\",\"count\":2,\"money\":null,"
	    "\"disposition\":\"held\",\"day\":\"2026-11-23\",\"by\":\"ruth\","
	    "\"second\":null");
	assert_int_equal(undecided(h, letter), 1);
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"forward", NULL),
	    "\"disposition\":\"forward\"");
	assert_int_equal(undecided(h, letter), 0);
	did(h, run(h, "enclosure list", "open", "", NULL), "[]");
	did(h, run(h, "day countersign", NULL), "[]");
}

static void
only_what_goes_on_stands_on_the_cover_sheet(void **state)
{
	struct house *h = *state;
	int64_t letter = post_letter(h, MR_L_HELD, 0);

	goes_along(h, letter, "en", "");
	did(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "photo", "count",
		"2", NULL),
	    "E1");
	did(h, run(h, "enclosure add", "letter", "A1", "kind", "stamps", NULL),
	    "E2");
	did(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "money", "money",
		"20", NULL),
	    "E3");
	did(h, run(h, "enclosure add", "letter", "A1", "kind", "object", NULL),
	    "E4");
	goes_along(h, letter, "en", "");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"forward", NULL),
	    "E1");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E2", "disposition",
		"forward", NULL),
	    "E2");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E3", "disposition",
		"forward", NULL),
	    "E3");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E4", "disposition",
		"return", NULL),
	    "E4");
	goes_along(h, letter, "en", "2 photos, 1 stamp, $20.00");
	goes_along(h, letter, "es", "2 fotos, 1 sello, $20.00");
}

static void
money_is_in_hand_until_it_is_gone(void **state)
{
	struct house *h = *state;
	int64_t a;

	post_letter(h, MR_L_HELD, 0);
	a = post_letter(h, MR_L_HELD, 0);
	did(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "money", "money",
		"20.05", NULL),
	    "\"money\":\"20.05\"");
	did(h,
	    run(h, "enclosure add", "letter", "A2", "kind", "money", "money",
		"3", NULL),
	    "E2");
	assert_int_equal(in_hand(h), 2305);
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition", "bank",
		NULL),
	    "\"disposition\":\"bank\"");
	assert_int_equal(in_hand(h), 300);
	did(h,
	    run(h, "enclosure settle", "enclosure", "E2", "disposition",
		"forward", NULL),
	    "forward");
	assert_int_equal(in_hand(h), 300);
	post_move(h, a, MR_L_CLEARED, 0);
	post_move(h, a, MR_L_SEALED, 0);
	assert_int_equal(in_hand(h), 300);
	post_batch(h);
	assert_int_equal(in_hand(h), 0);
}

static void
money_is_signed_for_by_a_second_person(void **state)
{
	struct house *h = *state;

	post_user(h, "stan", "staff");
	post_letter(h, MR_L_HELD, 0);
	did(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "money", "money",
		"20", NULL),
	    "E1");
	refused(h, run(h, "enclosure sign", "enclosure", "E1", NULL),
	    MR_REFUSED, "waits for no signature");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition", "bank",
		NULL),
	    "\"second\":null");
	did(h, run(h, "day countersign", NULL),
	    "[{\"signature\":\"S1\",\"what\":\"E1 money 20.00: bank\","
	    "\"day\":\"2026-11-23\",\"by\":\"ruth\",\"days\":0,"
	    "\"overdue\":false,\"second\":null}]");
	refused(h, run(h, "enclosure sign", "enclosure", "E1", NULL),
	    MR_REFUSED, "cannot sign it as second person");
	h->user = "stan";
	did(h, run(h, "enclosure sign", "enclosure", "E1", NULL),
	    "\"by\":\"ruth\",\"second\":\"stan\"");
	did(h, run(h, "day countersign", NULL), "[]");
	did(h, run(h, "enclosure list", "open", "", NULL), "[]");
	refused(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"return", NULL),
	    MR_REFUSED, "two people have signed");
}

static void
the_signature_list_signs_the_money_too(void **state)
{
	struct house *h = *state;

	post_user(h, "stan", "staff");
	post_letter(h, MR_L_HELD, 0);
	did(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "money", "money",
		"20", NULL),
	    "E1");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition", "bank",
		NULL),
	    "E1");
	h->user = "stan";
	did(h, run(h, "day sign", "signature", "1", NULL),
	    "\"by\":\"ruth\",\"days\":0,\"overdue\":false,"
	    "\"second\":\"stan\"");
	did(h, run(h, "enclosure list", NULL), "\"second\":\"stan\"");
	refused(h, run(h, "day sign", "signature", "S1", NULL), MR_REFUSED,
	    "signed already");
}

static void
with_two_people_now_money_waits_for_the_second(void **state)
{
	struct house *h = *state;
	int64_t letter = post_letter(h, MR_L_HELD, 0);

	post_user(h, "stan", "staff");
	second_person(h, "now");
	did(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "money", "money",
		"20", NULL),
	    "E1");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition", "bank",
		NULL),
	    "E1");
	assert_int_equal(undecided(h, letter), 1);
	assert_int_equal(in_hand(h), 2000);
	h->user = "stan";
	did(h, run(h, "enclosure sign", "enclosure", "E1", NULL), "stan");
	assert_int_equal(undecided(h, letter), 0);
	assert_int_equal(in_hand(h), 0);
}

static void
whoever_decides_last_is_the_one_who_cannot_sign(void **state)
{
	struct house *h = *state;

	post_user(h, "stan", "staff");
	post_letter(h, MR_L_HELD, 0);
	did(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "money", "money",
		"20", NULL),
	    "E1");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition", "bank",
		NULL),
	    "E1");
	h->user = "stan";
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"return", NULL),
	    "\"by\":\"stan\",\"second\":null");
	refused(h, run(h, "enclosure sign", "enclosure", "E1", NULL),
	    MR_REFUSED, "cannot sign it");
	h->user = NULL;
	did(h, run(h, "enclosure sign", "enclosure", "E1", NULL),
	    "\"by\":\"stan\",\"second\":\"ruth\"");
}

static void
a_kind_goes_only_where_it_can(void **state)
{
	struct house *h = *state;

	post_letter(h, MR_L_HELD, 0);
	refused(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "money", NULL),
	    MR_INVALID, "--money 20.00");
	refused(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "photo", "money",
		"1", NULL),
	    MR_INVALID, "only money has cents");
	refused(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "cake", NULL),
	    MR_INVALID, "money, photo, stamps, object or card");
	did(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "money", "money",
		"20", NULL),
	    "E1");
	did(h, run(h, "enclosure add", "letter", "A1", "kind", "photo", NULL),
	    "E2");
	refused(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"destroyed", NULL),
	    MR_INVALID, "money is not destroyed");
	refused(h,
	    run(h, "enclosure settle", "enclosure", "E2", "disposition", "bank",
		NULL),
	    MR_INVALID, "only money goes to the bank");
	refused(h,
	    run(h, "enclosure settle", "enclosure", "E2", "disposition",
		"eaten", NULL),
	    MR_INVALID, "forward, return, bank or destroyed");
	refused(h,
	    run(h, "enclosure settle", "enclosure", "E9", "disposition",
		"forward", NULL),
	    MR_NOTFOUND, "E9");
	refused(h,
	    run(h, "enclosure settle", "enclosure", "A9", "disposition",
		"forward", NULL),
	    MR_INVALID, "E5");
}

static void
what_is_gone_stays_gone(void **state)
{
	struct house *h = *state;
	int64_t letter = post_letter(h, MR_L_HELD, 0);

	did(h, run(h, "enclosure add", "letter", "A1", "kind", "photo", NULL),
	    "E1");
	did(h, run(h, "enclosure add", "letter", "A1", "kind", "object", NULL),
	    "E2");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"forward", NULL),
	    "E1");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E2", "disposition",
		"destroyed", NULL),
	    "E2");
	refused(h,
	    run(h, "enclosure settle", "enclosure", "E2", "disposition",
		"return", NULL),
	    MR_REFUSED, "destroyed");
	post_move(h, letter, MR_L_CLEARED, 0);
	post_move(h, letter, MR_L_SEALED, 0);
	post_batch(h);
	refused(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"return", NULL),
	    MR_REFUSED, "went with its letter, which is posted");
	refused(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "photo", NULL),
	    MR_REFUSED, "no longer in the house");
}

static void
the_same_decision_again_changes_nothing(void **state)
{
	struct house *h = *state;
	int64_t events;

	post_letter(h, MR_L_HELD, 0);
	did(h, run(h, "enclosure add", "letter", "A1", "kind", "photo", NULL),
	    "E1");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"return", NULL),
	    "return");
	events = house_count(h, SQL_SCAN "SELECT count(*) FROM event");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"return", NULL),
	    "\"disposition\":\"return\"");
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT count(*) FROM event"), events);
}

static void
asked_again_with_its_key_the_answer_is_the_same(void **state)
{
	struct house *h = *state;
	char *first;

	post_letter(h, MR_L_HELD, 0);
	h->request = "one";
	did(h, run(h, "enclosure add", "letter", "A1", "kind", "photo", NULL),
	    "held");
	first = strdup(h->answer);
	assert_non_null(first);
	h->request = NULL;
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"return", NULL),
	    "return");
	h->request = "one";
	did(h, run(h, "enclosure add", "letter", "A1", "kind", "photo", NULL),
	    first);
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT count(*) FROM enclosure"), 1);
	free(first);
}

static void
a_list_keeps_to_a_day_and_to_a_letter(void **state)
{
	struct house *h = *state;
	const char *second;

	post_letter(h, MR_L_HELD, 0);
	post_letter(h, MR_L_HELD, 0);
	did(h, run(h, "enclosure add", "letter", "A1", "kind", "photo", NULL),
	    "E1");
	h->now += MR_DAY_US;
	did(h, run(h, "enclosure add", "letter", "A2", "kind", "object", NULL),
	    "E2");
	did(h, run(h, "enclosure list", "day", "2026-11-23", NULL), "E1");
	assert_null(strstr(h->answer, "E2"));
	did(h, run(h, "enclosure list", "letter", "A2", NULL), "E2");
	assert_null(strstr(h->answer, "E1"));
	did(h, run(h, "enclosure list", NULL), "E2");
	second = strstr(h->answer, "E2");
	assert_true(strstr(second, "E1") != NULL);
}

static void
a_volunteer_writes_down_and_does_not_decide(void **state)
{
	struct house *h = *state;

	post_user(h, "vera", "volunteer");
	post_letter(h, MR_L_HELD, 0);
	h->user = "vera";
	did(h, run(h, "enclosure add", "letter", "A1", "kind", "photo", NULL),
	    "\"by\":\"vera\"");
	refused(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"forward", NULL),
	    MR_DENIED, "staff");
}

#define T(name) \
	cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(a_photo_is_held_until_somebody_decides),
	    T(only_what_goes_on_stands_on_the_cover_sheet),
	    T(money_is_in_hand_until_it_is_gone),
	    T(money_is_signed_for_by_a_second_person),
	    T(the_signature_list_signs_the_money_too),
	    T(with_two_people_now_money_waits_for_the_second),
	    T(whoever_decides_last_is_the_one_who_cannot_sign),
	    T(a_kind_goes_only_where_it_can),
	    T(what_is_gone_stays_gone),
	    T(the_same_decision_again_changes_nothing),
	    T(asked_again_with_its_key_the_answer_is_the_same),
	    T(a_list_keeps_to_a_day_and_to_a_letter),
	    T(a_volunteer_writes_down_and_does_not_decide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
