/*
 * Who may do what, over HTTP, from the table of operations: every row x every
 * role and nobody.  Whoever may gets what the same call gives directly on a
 * twin of the office; whoever may not gets nothing.
 */
#include "test/twin.h"

#define PEOPLE 5 /* the four roles, and nobody */

const char *daemon_path;

/* The daemon's office, looked at from beside. */
static int64_t
events_served(void)
{
	int64_t n;

	twin_open(&t.served);
	n = house_events(&t.served);
	mr_close(t.served.mr);
	t.served.mr = NULL;
	return n;
}

static int pairs; /* of a row and a role, or nobody, that were tried */

static void
who_is_not_named_is_refused_and_nothing_is_written(void **state)
{
	int64_t before_it;
	int refusals = 0;

	(void)state;
	twin_begin();
	twin_serve();
	for (int role = 0; role < ROLES; role++)
		twin_sign_in(role);
	before_it = house_events(t.h);
	for (size_t i = 0; i < mr_nops; i++) {
		const struct mr_op *op = mr_ops[i];
		const struct example *e = example_of(op->name);

		t.h->csv = e->csv;
		say(t.h, strchr(e->words, '$') != NULL ? "" : e->words, NULL);
		for (int role = 0; role <= ROLES; role++) {
			if (role < ROLES && (op->roles & role_of[role].role))
				continue;
			twin_refuses(role, op);
			refusals++;
		}
	}
	assert_int_equal(events_served(), before_it);
	pairs += refusals;
	twin_end();
}

/* The coordinator of an example is whom it names. */
static int
acts_as(int role, const struct example *e)
{
	int second = e->user != NULL && strcmp(e->user, "cora") == 0;

	return second && role_of[role].role == MR_COORDINATOR ? CORA : role;
}

static int done, rows;

/* In the order of the roles; what one did the next one finds. */
static void
who_is_named_gets_what_the_table_gives(void **state)
{
	const struct example *e = *state;
	const struct mr_op *op = mr_op_find(e->op);
	const char *word[HOUSE_WORDS];
	int worked = 0;

	twin_begin();
	before(t.h, e);
	say(t.h, e->words, NULL);
	memcpy(word, t.h->word, sizeof(word));
	twin_serve();
	for (int role = 0; role < ROLES; role++) {
		int as_whom = acts_as(role, e);

		if (!(op->roles & role_of[role].role))
			continue;
		twin_sign_in(as_whom);
		memcpy(t.h->word, word, sizeof(word));
		if (twin_both(as_whom, op) == MR_DENIED)
			fail_msg("%s: denied to %s", op->name,
			    role_of[as_whom].user);
		worked += t.h->error.status == MR_OK;
		later(t.h, 60);
		pairs++;
	}
	done += worked > 0;
	rows++;
	assert_int_equal(house_events(t.h), events_served());
	twin_end();
}

static void
every_row_was_tried_by_everybody(void **state)
{
	(void)state;
	print_message("# %d rows x %d people: %d\n", rows, PEOPLE, pairs);
	assert_int_equal(rows, mr_nops);
	assert_int_equal(pairs, mr_nops * PEOPLE);
	/* The examples are real ones: all but what needs a second look at
	 * the calendar does its work. */
	assert_in_range(done, mr_nops * 9 / 10, mr_nops);
}

/* What is served is in the table, and what is in the table is served. */
static void
the_routes_are_the_rows(void **state)
{
	struct asker *a = &t.nobody;
	char want[96];
	size_t n = 0;

	(void)state;
	twin_begin();
	twin_serve();
	ask(a, "GET", "/api", NULL);
	assert_int_equal(a->status, 200);
	for (const char *at = a->answer;
	     (at = strstr(at, "\"method\":")) != NULL; at++)
		n++;
	assert_int_equal(n, mr_nops);
	for (size_t i = 0; i < mr_nops; i++) {
		snprintf(want, sizeof(want),
		    "{\"name\":\"%s\",\"method\":\"%s\"", mr_ops[i]->name,
		    mr_ops[i]->writes ? "POST" : "GET");
		if (strstr(a->answer, want) == NULL)
			fail_msg("%s is not told of", mr_ops[i]->name);
	}
	twin_end();
}

#define GENERAL 3

int
main(int argc, char **argv)
{
	static char names[NEXAMPLES][80];
	struct CMUnitTest tests[GENERAL + NEXAMPLES] = {
	    cmocka_unit_test(the_routes_are_the_rows),
	    cmocka_unit_test(
		who_is_not_named_is_refused_and_nothing_is_written),
	};
	size_t n = GENERAL - 1;

	(void)argc;
	twin_find_daemon(argv[0]);
	for (size_t i = 0; i < NEXAMPLES; i++) {
		snprintf(names[i], sizeof(names[i]), "%s over_http_as_its_row",
		    examples[i].op);
		for (char *s = names[i]; *s != '\0'; s++)
			if (*s == ' ')
				*s = '_';
		tests[n++] = (struct CMUnitTest){names[i],
		    who_is_named_gets_what_the_table_gives, NULL, NULL,
		    (void *)(uintptr_t)&examples[i]};
	}
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(
	    every_row_was_tried_by_everybody);
	return cmocka_run_group_tests(tests, twin_first, twin_last);
}
