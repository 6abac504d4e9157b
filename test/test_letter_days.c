/*
 * Some thousand steps in any order, by a seed: whatever was done, what came in
 * less what went out is what is here (P6), day by day, and the books hold.
 */
#include "test/mail.h"

#define STEPS 2400
#define DAY 600
#define LETTERS 1500

/* What really happened, kept by this test's own hand. */
struct happened {
	int n[MR_N_END];
};

static struct {
	char code[LETTERS][20];
	int letters;
	struct happened today, last[64]; /* steps that undo may take back */
	int steps;
	unsigned seen; /* states, as bits */
	uint64_t random;
} world;

static int
any(int n)
{
	world.random ^= world.random << 13;
	world.random ^= world.random >> 7;
	world.random ^= world.random << 17;
	return (int)(world.random % (uint64_t)n);
}

static const char *
some_letter(void)
{
	/* Mostly one of the last: those move. */
	int near = world.letters < 40 ? world.letters : 40;

	if (world.letters == 0)
		return "A1"; /* which is not there */
	return world.code[any(8) == 0 ? any(world.letters)
				      : world.letters - 1 - any(near)];
}

static void
add(struct happened *to, const struct happened *what, int sign)
{
	for (int i = 0; i < MR_N_END; i++)
		to->n[i] += sign * what->n[i];
}

/* It happened today.  undo: by a step that can be taken back. */
static void
note(const struct happened *what, int undo)
{
	add(&world.today, what, 1);
	if (!undo) {
		world.steps = 0;
		return;
	}
	if (world.steps == 64)
		memmove(&world.last[0], &world.last[1],
		    sizeof(world.last[0]) * (size_t)--world.steps);
	world.last[world.steps++] = *what;
}

static void
new_letter(struct house *h)
{
	char code[64];

	assert_true(world.letters < LETTERS);
	snprintf(world.code[world.letters++], 20, "%.19s",
	    house_value(h, "code", 0, code));
}

static void
comes_in(struct house *h)
{
	struct happened what = {0};
	enum mr_status status;
	char id[32];
	int way = any(10);

	if (world.letters > LETTERS - 10)
		return;
	mail_id(h, 1 + any(3), 1 + any(2), id);
	if (way == 0) {
		status = run(h, "letter receive", "no_id", "", NULL);
		what.n[MR_N_PIECES] = 1;
	} else if (way == 1) {
		status = run(h, "letter receive", "with", some_letter(), NULL);
		what.n[MR_N_EXTRA] = 1;
	} else if (way == 2) {
		status = run(
		    h, "letter new", "to", "C2", "form", "add-your-id", NULL);
		what.n[MR_N_OFFICE] = 1;
	} else {
		status = run(h, "letter receive", "id", id,
		    any(2) ? "sheets" : NULL, "2", NULL);
		what.n[MR_N_PIECES] = 1;
	}
	if (status != MR_OK)
		return;
	if (strstr(h->answer, "\"OURS\"") != NULL)
		return; /* a bounce */
	new_letter(h);
	note(&what, way != 2);
}

/* A step that moves nothing in or out. */
static void
inner_step(struct house *h)
{
	static const char *const reason[] = {"photo", "paused", "self-harm"};
	const char *code = some_letter();
	struct happened nothing = {0};
	enum mr_status status = MR_BUG;
	int64_t events = mail_events(h);
	int undo = 1;

	switch (any(9)) {
	case 0:
		status = run(
		    h, "letter finish", "letter", code, "sheets", "3", NULL);
		break;
	case 1:
		status = run(h, "letter flag", "letter", code, "flag",
		    any(2) ? "P" : "W", NULL);
		break;
	case 2:
		status = run(h, "letter hold", "letter", code, "reason",
		    reason[any(3)], NULL);
		break;
	case 3:
	case 4:
		status = run(h, "letter release", "letter", code, NULL);
		break;
	case 5:
		status = run(h, "letter clear", "letter", code, NULL);
		break;
	case 6:
		status = run(h, "letter unseal", "letter", code, NULL);
		break;
	case 7:
		status =
		    run(h, "letter refuse", "letter", code, "back", "", NULL);
		break;
	default:
		status = run(h, "letter identify", "letter", code, "pairing",
		    "P1", "writer", any(2) ? "inside" : "outside", NULL);
		undo = 0;
		break;
	}
	if (status == MR_OK && mail_events(h) != events)
		note(&nothing, undo);
}

static void
one_more(struct happened *what, const struct mr_letter *l, int n)
{
	what->n[l->way == MR_OFFICE ? MR_N_OFFICE
		: l->parent != 0    ? MR_N_EXTRA
				    : MR_N_PIECES] += n;
}

static void
is_closed(struct house *h)
{
	static const struct {
		const char *word;
		int counts;
	} how[] = {{"handed-back", MR_N_HANDED}, {"thrown-away", MR_N_THROWN},
	    {"destroyed", MR_N_THROWN}, {"lost", MR_N_HANDED},
	    {"given-to-authority", MR_N_HANDED}, {"logged-by-mistake", 0}};
	const char *code = some_letter();
	struct mr_letter l = mail_letter(h, code);
	struct happened what = {0};
	int i = any(6);

	if (run(h, "letter refuse", "letter", code, "disposition", how[i].word,
		NULL) != MR_OK)
		return;
	if (how[i].counts != 0)
		what.n[how[i].counts] = 1;
	else
		one_more(&what, &l, -1);
	note(&what, 1);
}

static void
is_here_again(struct house *h)
{
	const char *code = some_letter();
	struct mr_letter l = mail_letter(h, code);
	struct happened what = {0};
	int way = any(4), undo = way != 3;

	for (int i = 0; i < 20 && l.state < MR_L_RETURNED; i++) {
		code = some_letter();
		l = mail_letter(h, code);
	}
	if (way == 0 &&
	    run(h, "letter reopen", "letter", code, NULL) == MR_OK) {
		if (l.reason == MR_R_C_MISTAKE || l.reason == MR_R_C_MERGED)
			one_more(&what, &l, 1);
		else
			what.n[MR_N_REFOUND] = 1;
	} else if (way == 1 &&
	    run(h, "letter unpost", "letter", code, NULL) == MR_OK) {
		what.n[MR_N_REFOUND] = 1;
	} else if ((way == 2 &&
		       run(h, "letter back", "letter", code, NULL) == MR_OK) ||
	    (way == 3 &&
		run(h, "letter return", "letter", code, "sticker", "yellow",
		    "reason", "postage-due", NULL) == MR_OK)) {
		if (l.state == MR_L_POSTED)
			what.n[MR_N_PIECES] = what.n[MR_N_BACK] = 1;
		else if (way == 2)
			return; /* it was back already */
	} else {
		return;
	}
	note(&what, undo);
}

static void
a_piece_comes_back(struct house *h)
{
	struct happened what = {0};

	if (world.letters > LETTERS - 10 ||
	    run(h, "letter back", NULL) != MR_OK)
		return;
	what.n[MR_N_PIECES] = 1;
	new_letter(h);
	note(&what, 1);
}

static void
goes_out(struct house *h)
{
	const char *code = some_letter();
	struct happened what = {0}, nothing = {0};
	char envelope[32], n[64];
	int printed;

	if (any(6) == 0) {
		if (run(h, "batch close", NULL) != MR_OK)
			return;
		what.n[MR_N_POSTED] = atoi(house_value(h, "letters", 0, n));
		note(&what, 0);
		return;
	}
	printed = run(h, "sheet print", "letter", code, NULL) == MR_OK;
	if (printed)
		note(&nothing, 0);
	if (!printed || strstr(h->answer, "\"printed\":1") == NULL ||
	    run(h, "envelope print", "letter", code, NULL) != MR_OK ||
	    strstr(h->answer, "\"printed\":1") == NULL)
		return;
	if (mail_try(h, code, mail_envelope(h, code, envelope)) == MR_OK)
		note(&nothing, 1);
}

static void
is_taken_back(struct house *h)
{
	if (run(h, "letter undo", NULL) != MR_OK)
		return;
	if (world.steps == 0)
		fail_msg("undone, but what? %s", h->answer);
	add(&world.today, &world.last[--world.steps], -1);
}

static void
check(struct house *h)
{
	static const int in_till[] = {MR_N_PIECES, MR_N_EXTRA, MR_N_OFFICE,
	    MR_N_POSTED, MR_N_HANDED, MR_N_THROWN, MR_N_BACK, MR_N_REFOUND};
	struct mr_call *c = house_begin(h);
	struct sql_stmt *st;
	int64_t n;

	for (size_t i = 0; i < sizeof(in_till) / sizeof(in_till[0]); i++) {
		assert_int_equal(
		    mr_count_get(c, c->today, in_till[i], &n), MR_OK);
		if (n != world.today.n[in_till[i]])
			fail_msg("%s: %d counted, %d happened",
			    mr_counted_name(in_till[i]), (int)n,
			    world.today.n[in_till[i]]);
	}
	st = sql_prepare(c, SQL_SCAN "SELECT DISTINCT state FROM letter");
	while (sql_row(st))
		world.seen |= 1u << sql_col_int(st, 0);
	assert_int_equal(sql_done(st), MR_OK);
	house_end(c);
}

/* brought + what came in = what went out + what is here. */
static int64_t
balance(struct house *h, int64_t brought)
{
	const int *n = world.today.n;
	int64_t here = house_count(
	    h, SQL_SCAN "SELECT COUNT(*) FROM letter WHERE state < 7");

	assert_int_equal(brought + n[MR_N_PIECES] + n[MR_N_EXTRA] +
		n[MR_N_OFFICE] + n[MR_N_REFOUND],
	    n[MR_N_POSTED] + n[MR_N_HANDED] + n[MR_N_THROWN] + here);
	return here;
}

static void
whatever_was_done_the_day_balances(void **state)
{
	static void (*const steps[])(struct house *) = {comes_in, comes_in,
	    inner_step, inner_step, inner_step, goes_out, is_closed,
	    is_here_again, a_piece_comes_back, is_taken_back, is_taken_back};
	struct house *h = *state;
	int64_t brought = 0;

	world.random = 20261123;
	while (world.letters < 5)
		comes_in(h);
	/* Codes are random, so a walk may take longer to come everywhere. */
	for (int i = 0; i < STEPS || (world.seen != 0x1fe && i < 4 * STEPS);
	     i++) {
		int which = any(sizeof(steps) / sizeof(steps[0]));

		later(h, any(40));
		steps[which](h);
		if (i % 50 == 0)
			check(h);
		if (i % DAY == DAY - 1) { /* the next mail day */
			check(h);
			brought = balance(h, brought);
			h->now = HOUSE_NOW + (i / DAY + 1) * MR_DAY_US;
			memset(&world.today, 0, sizeof(world.today));
			world.steps = 0;
		}
	}
	assert_true(world.letters > 200);
	mail_sound(h);
	assert_int_equal(world.seen, 0x1fe); /* all eight, and no other */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(whatever_was_done_the_day_balances),
	};

	return cmocka_run_group_tests_name("letter days", tests, NULL, NULL);
}
