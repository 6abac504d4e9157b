/*
 * Walks the table of operations.  What holds for every row is proved here for
 * every row: a new one is tested by existing, and needs one line in the list
 * of examples.h.
 */
#include "test/examples.h"

#include <ctype.h>

/*
 * The keys of a JSON map, or of each map in a list, which must be the same,
 * into to; how many maps there were.
 */
static int
keys_of(const char *json, char to[1024])
{
	int depth = 0, level = *json == '[' ? 2 : 1, maps = 0;
	char now[1024] = "", name[64];

	to[0] = '\0';
	for (const char *s = json; *s != '\0'; s++) {
		if (*s == '"') {
			const char *from = ++s;

			for (; *s != '"'; s++)
				s += *s == '\\';
			snprintf(name, sizeof(name), "%s%.*s",
			    now[0] ? " " : "", (int)(s - from), from);
			if (s[1] == ':' && depth == level) {
				assert_true(strlen(now) + strlen(name) < 1024);
				strcat(now, name);
			}
			continue;
		}
		if (*s == '{' || *s == '[')
			depth++;
		if (*s == '{' && depth == level)
			now[0] = '\0';
		if (*s == '}' && depth == level) {
			if (maps++ > 0)
				assert_string_equal(now, to);
			memcpy(to, now, sizeof(now));
		}
		if (*s == '}' || *s == ']')
			depth--;
	}
	return maps;
}

static void
rows_are_sorted_and_numbers_are_their_own(void **state)
{
	(void)state;
	assert_true(mr_nops > 50);
	for (size_t i = 0; i < mr_nops; i++) {
		const struct mr_op *op = mr_ops[i];

		if (i > 0 && strcmp(mr_ops[i - 1]->name, op->name) >= 0)
			fail_msg("%s is out of order", op->name);
		assert_ptr_equal(mr_op_find(op->name), op);
		if (mr_op_by_number(op->number) != op || op->number <= 0 ||
		    op->number > 65535)
			fail_msg("%s: its number is not its own", op->name);
	}
	assert_null(mr_op_find("letter eat"));
	assert_null(mr_op_by_number(0));
}

static void
names_are_a_noun_and_a_verb(void **state)
{
	(void)state;
	for (size_t i = 0; i < mr_nops; i++) {
		const char *s = mr_ops[i]->name;
		size_t noun = strspn(s, "abcdefghijklmnopqrstuvwxyz"), verb;

		/* Two nouns of design 10 stand alone; one is in the table. */
		if (strcmp(s, "scan") == 0)
			continue;
		verb = s[noun] != ' '
		    ? 0
		    : strspn(s + noun + 1, "abcdefghijklmnopqrstuvwxyz");
		if (noun == 0 || verb == 0 || s[noun + 1 + verb] != '\0')
			fail_msg("'%s' is no noun and verb", s);
	}
}

static void
every_row_says_what_it_does_and_who_may(void **state)
{
	(void)state;
	for (size_t i = 0; i < mr_nops; i++) {
		const struct mr_op *op = mr_ops[i];
		size_t len = strlen(op->summary);

		if (len < 10 || op->summary[len - 1] != '.' ||
		    !isupper((unsigned char)op->summary[0]))
			fail_msg("%s: its summary is no sentence", op->name);
		if (op->roles == 0 || (op->roles & ~(unsigned)MR_EVERYONE))
			fail_msg("%s: nobody may", op->name);
		if ((op->returns != NULL) == (op->each != NULL))
			fail_msg("%s: a map or a list, not both", op->name);
		if (op->writes ? op->run == NULL || op->answer == NULL ||
			    op->show != NULL
			       : op->show == NULL || op->run != NULL ||
			    op->answer != NULL)
			fail_msg("%s: wrong handlers for what it is", op->name);
		if (op->secret && !op->document)
			fail_msg("%s: a secret file that is none", op->name);
	}
}

/* P3: whoever holds no key is not even asked for a passphrase. */
static void
no_row_opens_an_address_to_volunteers_or_admin(void **state)
{
	int n = 0;

	(void)state;
	for (size_t i = 0; i < mr_nops; i++) {
		if (!mr_ops[i]->vault && !mr_ops[i]->secret)
			continue;
		n++;
		if (mr_ops[i]->roles & ~(unsigned)MR_FROM_STAFF)
			fail_msg("%s is open to others", mr_ops[i]->name);
	}
	assert_in_range(n, 8, mr_nops);
}

static void
every_parameter_is_explained(void **state)
{
	(void)state;
	for (size_t i = 0; i < mr_nops; i++) {
		const struct mr_op *op = mr_ops[i];

		for (size_t n = 0; n < op->nparams; n++) {
			const struct mr_param *p = &op->params[n];
			size_t len = strlen(p->help);

			if (len < 3 ||
			    (p->help[len - 1] == '.' &&
				p->help[len - 2] != '.'))
				fail_msg("%s %s: its help is no phrase",
				    op->name, p->name);
			if (p->offset >= op->input_size)
				fail_msg("%s %s: outside of its input",
				    op->name, p->name);
			for (size_t m = 0; m < n; m++)
				if (strcmp(op->params[m].name, p->name) == 0)
					fail_msg(
					    "%s has two %s", op->name, p->name);
		}
	}
}

static void
every_example_is_of_a_row(void **state)
{
	(void)state;
	assert_int_equal(NEXAMPLES, mr_nops);
	for (size_t i = 0; i < NEXAMPLES; i++)
		if (mr_op_find(examples[i].op) == NULL)
			fail_msg("there is no %s", examples[i].op);
}

/* A role that is not named gets nothing, whatever it says. */
static void
every_row_refuses_the_roles_it_does_not_name(void **state)
{
	static const struct {
		unsigned role;
		const char *user;
	} people[] = {{MR_VOLUNTEER, "val"}, {MR_STAFF, "sam"},
	    {MR_COORDINATOR, "cora"}, {MR_ADMIN, "admin"}};
	struct house *h = *state;
	int64_t events = mail_events(h);
	int n = 0;

	for (size_t i = 0; i < mr_nops; i++) {
		const struct example *e = example_of(mr_ops[i]->name);

		for (size_t r = 0; r < 4; r++) {
			if (mr_ops[i]->roles & people[r].role)
				continue;
			as(h, people[r].user);
			say(h, "", NULL);
			if (act(h, mr_ops[i]) != MR_DENIED || h->len != 0)
				fail_msg("%s lets a %s in", e->op,
				    mr_role_name(people[r].role));
			n++;
		}
	}
	assert_true(n > 100);
	as(h, NULL);
	assert_int_equal(mail_events(h), events);
}

/* 'letter receive needs pen-name: ...' */
static void
every_row_names_the_parameter_it_misses(void **state)
{
	struct house *h = *state;
	int64_t events = mail_events(h);
	char want[128];
	int asked = 0;

	for (size_t i = 0; i < mr_nops; i++) {
		const struct mr_op *op = mr_ops[i];
		const struct example *e = example_of(op->name);

		for (size_t n = 0; n < op->nparams; n++) {
			if (op->params[n].required != 1)
				continue;
			as(h, actor(op, e));
			h->csv = e->csv;
			h->asked = 0;
			snprintf(want, sizeof(want), "%s needs %s: ", op->name,
			    op->params[n].name);
			for (char *s = want; *s != '\0'; s++)
				if (*s == '_')
					*s = '-';
			/* Values as they stand: parsing looks no further. */
			say(h, strchr(e->words, '$') ? "" : e->words,
			    op->params[n].name);
			if (strchr(e->words, '$') != NULL && n > 0)
				continue;
			refused(h, act(h, op), MR_USAGE, want);
			asked += h->asked;
		}
	}
	assert_int_equal(asked, 0);
	as(h, NULL);
	assert_int_equal(mail_events(h), events);
}

static void
run_example(struct house *h, const struct mr_op *op)
{
	enum mr_status status;

	say(h, example->words, NULL);
	status = act(h, op);
	if (status != MR_OK)
		fail_msg("status %d: %s", (int)status, h->error.message);
}

/* What was answered, against the row. */
static void
declared(struct house *h, const struct mr_op *op)
{
	char keys[1024];

	if ((op->each != NULL) != (h->answer[0] == '['))
		fail_msg("a list or a map?  %.40s", h->answer);
	if (keys_of(h->answer, keys) == 0)
		fail_msg("the example finds nothing");
	assert_string_equal(keys, op->each != NULL ? op->each : op->returns);
	if (op->document && paper.len == 0)
		fail_msg("it makes no document");
}

static void
answers_its_keys_and_changes_nothing(void **state)
{
	const struct mr_op *op = mr_op_find(example->op);
	struct house *h = *state;
	int64_t writes = sql_writes(h->mr->db);

	run_example(h, op);
	declared(h, op);
	assert_int_equal(sql_writes(h->mr->db), writes);
}

/* Answer and document of the first time. */
static char once[sizeof(((struct house *)0)->answer)];
static unsigned char once_paper[sizeof(paper.bytes)];

static void
answers_its_keys_and_does_a_request_once(void **state)
{
	const struct mr_op *op = mr_op_find(example->op);
	struct house *h = *state;
	int64_t events = mail_events(h), writes;
	size_t len;

	h->request = "once";
	/* What only a file can do: on a server it is told, and not begun. */
	if (house_db(h) != NULL && strcmp(op->name, "office backup") == 0) {
		say(h, example->words, NULL);
		refused(h, act(h, op), MR_REFUSED, "that server's own means");
		return;
	}
	run_example(h, op);
	declared(h, op);
	memcpy(once, h->answer, h->len + 1);
	memcpy(once_paper, paper.bytes, len = paper.len);
	if (mail_events(h) == events)
		fail_msg("it wrote no event");
	events = mail_events(h);
	writes = sql_writes(h->mr->db);
	later(h, 60);
	/* Its passphrase is another now, and it is asked before. */
	if (strcmp(op->name, "user passphrase") == 0)
		h->passphrase = h->new_passphrase;
	if (act(h, op) != MR_OK)
		fail_msg("again: %s", h->error.message);
	assert_string_equal(h->answer, once);
	assert_int_equal(paper.len, len);
	assert_memory_equal(paper.bytes, once_paper, len);
	assert_int_equal(sql_writes(h->mr->db), writes);
	h->request = NULL;
	as(h, NULL);
	assert_int_equal(mail_events(h), events);
	mail_sound(h);
}

static const char *sticker = "yellow";

/* The example with another word for one of its parameters. */
static enum mr_status
with_word(struct house *h, const struct mr_op *op, const struct mr_param *p,
    const char *word)
{
	int i = 0;

	say(h, example->words, NULL);
	while (i + 1 < HOUSE_WORDS && h->word[i] != NULL &&
	    strcmp(h->word[i], p->name) != 0)
		i += 2;
	assert_true(i + 1 < HOUSE_WORDS);
	h->word[i] = p->name;
	h->word[i + 1] = word;
	/* What a white sticker says is not what a yellow one does: the words
	 * tell which. */
	for (int k = 0; k < HOUSE_WORDS && h->word[k] != NULL; k += 2)
		if (strcmp(h->word[k], "sticker") == 0 && k != i)
			h->word[k + 1] = sticker;
	return act(h, op);
}

static int
is_no_such_word(enum mr_status status)
{
	return status == MR_INVALID || status == MR_USAGE ||
	    status == MR_NOTFOUND;
}

/* Is this the sentence that a wrong word got, with this one in its place? */
static int
is_same_refusal(const char *refusal, const char *wrong, const char *word,
    const char *sentence)
{
	const char *at = strstr(refusal, wrong);
	char same[sizeof(((struct mr_error *)0)->message)];

	if (at == NULL)
		return strcmp(refusal, sentence) == 0;
	snprintf(same, sizeof(same), "%.*s%s%s", (int)(at - refusal), refusal,
	    word, at + strlen(wrong));
	return strcmp(same, sentence) == 0;
}

static int
is_unknown(struct house *h, const struct mr_op *op, const struct mr_param *p,
    const char *refusal, const char *word)
{
	static const char *const stickers[] = {"yellow", "white"};

	for (int i = 0; i < 2; i++) {
		sticker = stickers[i];
		if (!is_no_such_word(with_word(h, op, p, word)) ||
		    !is_same_refusal(
			refusal, "frobnicated", word, h->error.message))
			return 0;
	}
	return 1;
}

/* What a page offers is taken, as far as the word goes; any other is not. */
static void
its_choices_are_words_that_it_knows(void **state)
{
	const struct mr_op *op = mr_op_find(example->op);
	struct house *h = *state;
	char choices[1024], refusal[sizeof(h->error.message)];

	for (size_t i = 0; i < op->nparams; i++) {
		const struct mr_param *p = &op->params[i];

		if (p->choices == NULL)
			continue;
		if (!is_no_such_word(with_word(h, op, p, "frobnicated")))
			fail_msg("%s takes any word", p->name);
		memcpy(refusal, h->error.message, sizeof(refusal));
		snprintf(choices, sizeof(choices), "%s", p->choices);
		for (char *at = choices, *end; *at == ' '; at = end) {
			char was;

			end = at + 1 + strcspn(at + 1, " ");
			was = *end;
			*end = '\0';
			if (is_unknown(h, op, p, refusal, at + 1))
				fail_msg("%s: %s: %s", p->name, at + 1,
				    h->error.message);
			*end = was;
		}
	}
}

/* The test of a row, named after it. */
static struct CMUnitTest
of_row(const struct example *e, int writes)
{
	static char names[NEXAMPLES][80];
	static size_t n;
	char *name = names[n++];

	snprintf(name, sizeof(names[0]), "%s answers_its_keys%s", e->op,
	    writes ? "_and_does_a_request_once" : "_and_changes_nothing");
	for (char *s = name; *s != '\0'; s++)
		if (*s == ' ')
			*s = '_';
	return (struct CMUnitTest){name,
	    writes ? answers_its_keys_and_does_a_request_once
		   : answers_its_keys_and_changes_nothing,
	    office, house_teardown, (void *)(uintptr_t)e};
}

static int
has_choices(const struct mr_op *op)
{
	for (size_t i = 0; op != NULL && i < op->nparams; i++)
		if (op->params[i].choices != NULL)
			return 1;
	return 0;
}

static struct CMUnitTest
choices_of_row(const struct example *e)
{
	static char names[NEXAMPLES][80];
	static size_t n;
	struct CMUnitTest test = {names[n++],
	    its_choices_are_words_that_it_knows, office, house_teardown,
	    (void *)(uintptr_t)e};
	char *name = names[n - 1];

	snprintf(name, sizeof(names[0]),
	    "%s its_choices_are_words_that_it_knows", e->op);
	for (char *at = name; *at != '\0'; at++)
		if (*at == ' ')
			*at = '_';
	return test;
}

int
main(void)
{
	static const struct CMUnitTest general[] = {
	    cmocka_unit_test(rows_are_sorted_and_numbers_are_their_own),
	    cmocka_unit_test(names_are_a_noun_and_a_verb),
	    cmocka_unit_test(every_row_says_what_it_does_and_who_may),
	    cmocka_unit_test(no_row_opens_an_address_to_volunteers_or_admin),
	    cmocka_unit_test(every_parameter_is_explained),
	    cmocka_unit_test(every_example_is_of_a_row),
	    MAIL_TEST(every_row_refuses_the_roles_it_does_not_name),
	    MAIL_TEST(every_row_names_the_parameter_it_misses),
	};
	/* What is left empty is no test. */
	struct CMUnitTest
	    tests[sizeof(general) / sizeof(general[0]) + 2 * NEXAMPLES] = {0};
	size_t n = sizeof(general) / sizeof(general[0]);

	memcpy(tests, general, sizeof(general));
	for (size_t i = 0; i < NEXAMPLES; i++) {
		const struct mr_op *op = mr_op_find(examples[i].op);

		if (op == NULL)
			continue; /* every_example_is_of_a_row has said so */
		tests[n++] = of_row(&examples[i], op->writes);
		if (has_choices(op))
			tests[n++] = choices_of_row(&examples[i]);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
