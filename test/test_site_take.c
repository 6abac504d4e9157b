/*
 * A letter of another site in somebody's hands: one sentence wherever it is
 * asked for, and a key at the station that takes it over.  In an office of one
 * site there is no such key.
 */
#include "test/site.h"
#include "test/stand.h"

static struct mr *west;

static int
setup(void **state)
{
	struct stand *s = calloc(1, sizeof(*s));
	void *house = NULL;

	west = NULL;
	if (s == NULL || mail_setup(&house) != 0)
		return -1;
	s->h = house;
	s->front = (struct mr_bench_front){.arg = s,
	    .arena = mr_arena_new(0),
	    .document = mailday_document,
	    .run = stand_run,
	    .print = stand_print};
	*state = s;
	did(s->h, site_make(s->h), "\"site\":1");
	return site_open(s->h, &west) == MR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	struct stand *s = *state;

	site_remove(s->h);
	mr_close(west);
	return stand_teardown(state);
}

/* Whatever is asked about it, there is one sentence. */
static void
elsewhere(struct house *h, const char *code, const char *stub)
{
	char where[300];

	snprintf(where, sizeof(where),
	    "etter %.20s lies at site 0 (Danbury). Is it in your hand? Then "
	    "take it over with 'letter take %.20s', and write its new number "
	    "on it. If not, leave it to them",
	    code, code);
	did(h, run(h, "scan", "code", stub, NULL), where);
	did(h, run(h, "letter show", "letter", code, NULL), where);
	refused(h,
	    run(h, "letter hold", "letter", code, "reason", "photo", NULL),
	    MR_REFUSED, where);
	refused(
	    h, run(h, "letter seal", "stub", stub, NULL), MR_REFUSED, where);
	refused(h,
	    run(h, "letter refuse", "letter", code, "disposition", "lost",
		NULL),
	    MR_REFUSED, where);
	refused(h, run(h, "letter flag", "letter", code, "flag", "photo", NULL),
	    MR_REFUSED, where);
}

/* A letter that the first site cleared and printed; then the second is at
 * work, with a day open. */
static void
over_there(struct stand *s, char code[64], char stub[64])
{
	struct house *h = s->h;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	mail_receive(h, 2, MR_INSIDE, number);
	house_value(h, "code", 0, code);
	mail_print(h, number);
	mail_scan(h, number, MR_PAYLOAD_STUB, mail_letter(h, number).sheet_copy,
	    stub);
	site_go(h, &west);
	did(h, run(h, "day open", "pieces", "0", NULL), "\"brought\":0");
}

static void
one_sentence_says_where_it_lies(void **state)
{
	struct stand *s = *state;
	char code[64], stub[64];

	over_there(s, code, stub);
	elsewhere(s->h, code, stub);
	/* Its number as it is shown here; bare, it is one of this site. */
	did(s->h, run(s->h, "letter show", "letter", "A0.2", NULL), code);
	did(s->h, run(s->h, "scan", "code", "a0.2", NULL),
	    "Is it in your hand?");
	stand_says(s, "A0.2", MR_V_OTHER_SITE, "lies at site 0 (Danbury)");
	refused(s->h, run(s->h, "letter show", "letter", "A2", NULL),
	    MR_NOTFOUND, "A2");
	refused(s->h, run(s->h, "letter show", "letter", "A1.2", NULL),
	    MR_NOTFOUND, "A1.2");
	refused(s->h, run(s->h, "letter show", "letter", "A7.2", NULL),
	    MR_NOTFOUND, "A7.2");
	/* What it needs here is said of none that is here. */
	site_go(s->h, &west);
	did(s->h, run(s->h, "letter show", "letter", code, NULL),
	    "\"where\":null,\"take\":null");
	did(s->h, run(s->h, "scan", "code", stub, NULL), "\"take\":null");
	did(s->h, run(s->h, "letter show", "letter", "A0.2", NULL), code);
}

static void
t_takes_over_what_was_scanned(void **state)
{
	struct stand *s = *state;
	char code[64], stub[64];

	over_there(s, code, stub);
	stand_says(s, "?", MR_V_READY, "T takes over a letter of another site");
	stand_says(s, "T", MR_V_LOOK_AGAIN, "Scan a letter of another site");
	stand_says(s, stub, MR_V_OTHER_SITE, "lies at site 0 (Danbury)");
	assert_true(stand_has(&s->bench.view, "T takes it over."));
	assert_true(s->bench.last.away);
	assert_int_equal(s->bench.view.wants, MR_WANTS_ID);
	assert_string_equal(s->bench.stub.code, "");
	/* Neither a count nor a flag does anything to it. */
	stand_says(s, "3", MR_V_NOT_DONE, "lies at site 0 (Danbury)");
	stand_says(s, "P", MR_V_NOT_DONE, "lies at site 0 (Danbury)");
	stand_says(s, "t", MR_V_TAKEN_OVER, "it is A1 here");
	assert_true(stand_has(&s->bench.view, "its stub, then the envelope"));
	assert_true(s->bench.view.done);
	assert_false(s->bench.last.away);
	assert_string_equal(s->bench.list[0].number, "A1");
	/* It is in the house now: the stub asks for its envelope. */
	stand_says(s, stub, MR_V_STUB, "You hold A1.");
	stand_says(s, "U", MR_V_READY, "put down");
	stand_says(s, "T", MR_V_LOOK_AGAIN, "Scan a letter of another site");
	mail_sound(s->h);
}

static void
a_code_and_a_restart_lead_to_the_same_key(void **state)
{
	struct stand *s = *state;
	char code[64], stub[64];

	over_there(s, code, stub);
	stand_says(s, code, MR_V_OTHER_SITE, "T takes it over.");
	memset(&s->bench, 0, sizeof(s->bench));
	mr_bench_take_up(&s->bench, &s->front, code, NULL, NULL);
	assert_true(s->bench.last.away);
	/* Our own envelope that came in next is no such letter. */
	stand_says(s, "B", MR_V_CAME_BACK, "");
	did(s->h, run(s->h, "letter history", "letter", code, NULL), "");
	assert_null(strstr(s->h->answer, "taken back"));
	stand_says(s, code, MR_V_OTHER_SITE, "lies at site 0");
	stand_says(s, "T", MR_V_TAKEN_OVER, "it is A2 here");
}

static void
a_volunteer_takes_over_and_is_told_what_comes_next(void **state)
{
	struct stand *s = *state;
	struct house *h = s->h;
	char code[64], number[64], stub[64];

	over_there(s, code, stub);
	site_go(h, &west);
	did(h,
	    run(h, "letter receive", "id", mail_id(h, 1, MR_OUTSIDE, number),
		NULL),
	    "received");
	house_value(h, "code", 0, code);
	site_go(h, &west);
	h->user = "val";
	stand_says(s, stub, MR_V_OTHER_SITE, "T takes it over.");
	stand_says(s, code, MR_V_OTHER_SITE, "T takes it over.");
	stand_says(s, "T", MR_V_TAKEN_OVER, "it is A1 here");
	assert_true(stand_has(&s->bench.view, "Count its sheets"));
	stand_says(s, "2", MR_V_DONE, "A1, sheets: 2.");
	stand_says(s, stub, MR_V_OTHER_SITE, "T takes it over.");
	stand_says(s, "T", MR_V_TAKEN_OVER, "it is A2 here");
	h->user = NULL;
	mail_sound(h);
}

static void
what_left_there_is_not_taken(void **state)
{
	struct stand *s = *state;
	char code[64], stub[64];

	over_there(s, code, stub);
	site_go(s->h, &west);
	mail_seal(s->h, "A2");
	site_go(s->h, &west);
	stand_says(s, code, MR_V_NOT_DONE, "sealed at site 0 (Danbury)");
	assert_false(s->bench.last.away);
	assert_false(stand_has(&s->bench.view, "T takes"));
	stand_says(s, "T", MR_V_LOOK_AGAIN, "Scan a letter of another site");
}

static void
an_office_of_one_site_hears_of_none(void **state)
{
	struct stand *s = *state;
	struct house *h = s->h;
	const struct mr_bench_view *view = stand_line(s, "?");

	assert_false(stand_has(view, "site"));
	stand_says(s, "T", MR_V_LOOK_AGAIN, "T is no key here");
	did(h, run(h, "day open", "pieces", "1", NULL), "");
	did(h, run(h, "day balance", NULL),
	    "\"from_site\":null,\"to_site\":null");
	did(h, run(h, "day show", NULL), "\"from_site\":null,\"to_site\":null");
	did(h, run(h, "office show", NULL), "\"site\":null");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(one_sentence_says_where_it_lies),
	    TEST(t_takes_over_what_was_scanned),
	    TEST(a_code_and_a_restart_lead_to_the_same_key),
	    TEST(a_volunteer_takes_over_and_is_told_what_comes_next),
	    TEST(what_left_there_is_not_taken),
	    cmocka_unit_test_setup_teardown(an_office_of_one_site_hears_of_none,
		stand_setup, stand_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
