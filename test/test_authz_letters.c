/*
 * What is about a letter, over HTTP: every such row of the table x every state
 * that a letter can be in x every role and nobody, beside the same call on a
 * twin of the office.
 */
#include "test/twin.h"

#define STATES 8
#define PEOPLE 5 /* the four roles, and nobody */

const char *daemon_path;

/*
 * Letters in every state.  Each call has a letter of its own, brought there
 * the way that letters go; a refused one changes nothing and shares it.
 */
static const char *const state_of[STATES + 1] = {NULL, "unidentified",
    "received", "held", "cleared", "sealed", "returned", "posted", "closed"};

static struct call {
	const struct mr_op *op;
	int role, state; /* role ROLES: nobody */
	char letter[64], enclosure[16];
	char word[HOUSE_WORDS][64];
	int nwords;
} calls[4096];
static int ncalls;

static int
about_a_letter(const struct mr_op *op)
{
	if (strcmp(op->name, "scan") == 0 ||
	    strcmp(op->name, "letter back") == 0)
		return 1;
	for (size_t i = 0; i < op->nparams; i++)
		if (strcmp(op->params[i].name, "letter") == 0 ||
		    strcmp(op->params[i].name, "stub") == 0 ||
		    strcmp(op->params[i].name, "enclosure") == 0)
			return 1;
	return 0;
}

/* A pairing for every operation, so that an address which became suspect by
 * the one does not stop the next. */
static int64_t
pairing_of(const struct mr_op *op)
{
	int64_t n = 0;

	for (size_t i = 0; i < mr_nops; i++) {
		n += about_a_letter(mr_ops[i]);
		if (mr_ops[i] == op)
			break;
	}
	return n;
}

/* The operation of that name, by words in pairs; it is done. */
static void
do_it(const char *op, const char *letter, const char *name, const char *value)
{
	struct house *h = t.h;

	later(h, 4); /* a bounce is another thing */
	did(h, run(h, op, "letter", letter, name, value, NULL), "");
}

/* A letter with an unsettled enclosure goes no further than the tray. */
static void
add_enclosure(struct call *call)
{
	struct house *h = t.h;

	later(h, 4);
	did(h,
	    run(h, "enclosure add", "letter", call->letter, "kind", "photo",
		"count", "2", NULL),
	    "");
	snprintf(call->enclosure, sizeof(call->enclosure), "E%lld",
	    (long long)house_count(
		h, SQL_SCAN "SELECT CAST(MAX(id) AS BIGINT) FROM enclosure"));
	if (call->state >= MR_L_CLEARED && call->state <= MR_L_POSTED)
		did(h,
		    run(h, "enclosure settle", "enclosure", call->enclosure,
			"disposition", "return", NULL),
		    "");
}

static int
has_enclosure(const struct call *call)
{
	return strstr(example_of(call->op->name)->words, "E1") != NULL;
}

static void
receive(struct call *call)
{
	struct house *h = t.h;
	int64_t pairing = pairing_of(call->op);
	char id[32];

	later(h, 4);
	if (call->state == MR_L_RETURNED)
		pairing += 50;
	if (call->state == MR_L_UNIDENTIFIED)
		did(h,
		    run(h, "letter receive", "no_id", "yes", "sheets", "2",
			NULL),
		    "");
	else
		did(h,
		    run(h, "letter receive", "id",
			mail_id(h, pairing, MR_INSIDE, id), "sheets", "2",
			NULL),
		    "");
	house_value(h, "code", 0, call->letter);
	if (has_enclosure(call) && call->state != MR_L_RECEIVED)
		add_enclosure(call);
}

/* As far as it goes without paper. */
static void
go_on(struct call *call)
{
	int state = call->state;

	if (state == MR_L_HELD || state == MR_L_CLOSED)
		do_it("letter hold", call->letter, "reason", "photo");
	if (state == MR_L_CLOSED)
		do_it("letter refuse", call->letter, "disposition",
		    "handed-back");
	if (state >= MR_L_CLEARED && state <= MR_L_POSTED)
		do_it("letter clear", call->letter, NULL, NULL);
}

static void
seal(const struct call *call)
{
	char envelope[32];

	later(t.h, 4);
	did(t.h,
	    mail_try(
		t.h, call->letter, mail_envelope(t.h, call->letter, envelope)),
	    "\"verdict\":\"MATCH\"");
}

static void
set_words(struct call *call)
{
	char list[512], scanned[64];
	int n = 0;

	snprintf(list, sizeof(list), "%s", example_of(call->op->name)->words);
	for (size_t i = 0; i < call->op->nparams; i++)
		if (strcmp(call->op->params[i].name, "letter") == 0 &&
		    strstr(list, "letter=") == NULL)
			strcat(list, ";letter=A1");
	for (char *s = strtok(list, ";"); s != NULL; s = strtok(NULL, ";")) {
		char *is = strchr(s, '=') + 1;

		snprintf(call->word[n++], 64, "%.*s", (int)(is - s - 1), s);
		if (strcmp(is, "A1") == 0)
			is = call->letter;
		else if (strcmp(is, "E1") == 0)
			is = call->enclosure;
		else if (strcmp(is, "$stub") == 0)
			is = (char *)mail_scan(t.h, call->letter,
			    MR_PAYLOAD_STUB,
			    mail_letter(t.h, call->letter).sheet_copy, scanned);
		else if (strcmp(is, "$envelope") == 0)
			is = (char *)mail_envelope(t.h, call->letter, scanned);
		snprintf(call->word[n++], 64, "%s", is);
	}
	call->nwords = n;
}

/* The calls of one operation in one state: who may not, then who may. */
static void
plan(const struct mr_op *op, int state)
{
	struct call *shared = NULL;
	int first = ncalls;

	for (int may = 0; may < 2; may++)
		for (int role = 0; role <= ROLES; role++) {
			struct call *call = &calls[ncalls];

			if (may !=
			    (role < ROLES && (op->roles & role_of[role].role)))
				continue;
			call->op = op;
			call->role = role;
			call->state = state;
			ncalls++;
			if (!may)
				continue;
			receive(call);
			shared = shared != NULL ? shared : call;
		}
	for (; calls[first].letter[0] == '\0'; first++) {
		strcpy(calls[first].letter, shared->letter);
		strcpy(calls[first].enclosure, shared->enclosure);
	}
}

static int
has_own_letter(const struct call *call)
{
	return call->role < ROLES &&
	    (call->op->roles & role_of[call->role].role);
}

static void
prepare(void)
{
	struct house *h = t.h;

	mail_roster(h, 100);
	mail_set(h, "screening", "read");
	for (int state = 1; state <= STATES; state++)
		for (size_t i = 0; i < mr_nops; i++)
			if (about_a_letter(mr_ops[i]))
				plan(mr_ops[i], state);
	for (int i = 0; i < ncalls; i++)
		if (has_own_letter(&calls[i]))
			go_on(&calls[i]);
	h->document = mail_take;
	did(h, run(h, "sheet print", "new", "yes", NULL), "\"printed\":");
	did(h, run(h, "envelope print", "cleared", "yes", NULL),
	    "\"printed\":");
	/* Printing all that wait would have held these. */
	for (int i = 0; i < ncalls; i++)
		if (has_own_letter(&calls[i]) && has_enclosure(&calls[i]) &&
		    calls[i].state == MR_L_RECEIVED)
			add_enclosure(&calls[i]);
	/* What was posted goes first: the open batch holds what is sealed. */
	for (int i = 0; i < ncalls; i++)
		if (has_own_letter(&calls[i]) &&
		    (calls[i].state == MR_L_POSTED ||
			calls[i].state == MR_L_RETURNED))
			seal(&calls[i]);
	later(h, 4);
	did(h, run(h, "batch close", NULL), "");
	for (int i = 0; i < ncalls; i++) {
		if (!has_own_letter(&calls[i]))
			continue;
		if (calls[i].state == MR_L_SEALED)
			seal(&calls[i]);
		if (calls[i].state == MR_L_RETURNED) {
			later(h, 4);
			did(h,
			    run(h, "letter return", "letter", calls[i].letter,
				"sticker", "yellow", "reason", "unclaimed",
				NULL),
			    "");
		}
	}
	for (int i = 0; i < ncalls; i++) {
		struct mr_letter l = mail_letter(h, calls[i].letter);

		assert_string_equal(
		    mr_letter_state_name(l.state), state_of[calls[i].state]);
		set_words(&calls[i]);
	}
}

static void
try(const struct call *call, int worked[STATES + 1])
{
	struct house *h = t.h;

	memset(h->word, 0, sizeof(h->word));
	for (int i = 0; i < call->nwords; i++)
		h->word[i] = call->word[i];
	if (!has_own_letter(call))
		twin_refuses(call->role, call->op);
	else if (twin_both(call->role, call->op) == MR_OK)
		worked[call->state]++;
}

/* Letter by letter. */
static void
are_alike(struct house *a, struct house *b)
{
	static const char rows_of[] =
	    SQL_SCAN "SELECT id, state, reason, version, sheet_copy, "
		     "envelope_copy, batch FROM letter ORDER BY id";
	struct mr_call *one = mr_call_start(a->mr, a->now, &a->error);
	struct mr_call *two = mr_call_start(b->mr, b->now, &b->error);
	struct sql_stmt *x, *y;
	int n = 0;

	assert_int_equal(mr_begin(one, 0), MR_OK);
	assert_int_equal(mr_begin(two, 0), MR_OK);
	x = sql_prepare(one, rows_of);
	y = sql_prepare(two, rows_of);
	for (; sql_row(x) && sql_row(y); n++)
		for (int i = 0; i < 7; i++)
			assert_int_equal(sql_col_int(x, i), sql_col_int(y, i));
	assert_false(sql_row(y));
	assert_true(n > ncalls / PEOPLE);
	assert_int_equal(sql_done(x), MR_OK);
	assert_int_equal(sql_done(y), MR_OK);
	house_end(one);
	house_end(two);
}

static void
a_letter_in_any_state_takes_what_its_state_takes(void **state)
{
	int worked[STATES + 1] = {0}, ops = 0;

	(void)state;
	for (size_t i = 0; i < mr_nops; i++)
		ops += about_a_letter(mr_ops[i]);
	twin_begin();
	prepare();
	twin_serve();
	for (int role = 0; role < ROLES; role++)
		twin_sign_in(role);
	for (int i = 0; i < ncalls; i++) {
		if (i % 4 == 0)
			later(t.h, 60);
		try(&calls[i], worked);
	}
	print_message("# %d operations x %d states x %d people: %d\n", ops,
	    STATES, PEOPLE, ncalls);
	assert_int_equal(ncalls, ops * STATES * PEOPLE);
	assert_in_range(ops, 25, mr_nops);
	/* Every state lets something through. */
	for (int i = 1; i <= STATES; i++)
		assert_in_range(worked[i], 10, ncalls);
	twin_open(&t.served);
	are_alike(t.h, &t.served);
	mail_sound(&t.served);
	mr_close(t.served.mr);
	mail_sound(t.h);
	twin_end();
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_letter_in_any_state_takes_what_its_state_takes),
	};

	(void)argc;
	twin_find_daemon(argv[0]);
	return cmocka_run_group_tests(tests, twin_first, twin_last);
}
