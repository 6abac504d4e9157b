/*
 * The Spanish of all that we say: there, still used, and with the same
 * conversions; and an office that is asked in Spanish.
 */
#include "test/mail.h"

#include "lib/tongue.h"
#include "test/said.h"

extern const char embed_lib_es_txt[], embed_lib_page_txt[];

#define PAIRS 4096
#define LINE 1024
#define ARGUMENTS 16

static struct pair {
	char english[LINE], spanish[LINE];
	int line, used;
} * pairs;
static int npairs, missing;

static struct pair *
find(const char *english)
{
	for (int i = 0; i < npairs; i++)
		if (strcmp(pairs[i].english, english) == 0)
			return &pairs[i];
	return NULL;
}

static void
keep(char *to, const char *from, size_t len)
{
	assert_true(len < LINE);
	memcpy(to, from, len);
	to[len] = '\0';
}

/* A line of the file; what stands above it, when it is the Spanish. */
static void
read_line(const char *s, size_t len, int line, char *english)
{
	if (len > 0 && *s == '\t') {
		if (*english == '\0')
			fail_msg("lib/es.txt:%d: no English above it", line);
		assert_true(npairs < PAIRS);
		if (find(english) != NULL)
			fail_msg("lib/es.txt:%d: twice: %s", line, english);
		strcpy(pairs[npairs].english, english);
		keep(pairs[npairs].spanish, s + 1, len - 1);
		pairs[npairs++].line = line;
		*english = '\0';
		return;
	}
	if (*english != '\0')
		fail_msg("lib/es.txt:%d: no Spanish below it", line - 1);
	if (len > 0 && *s != '#')
		keep(english, s, len);
}

static int
read_pairs(void **state)
{
	const char *s = embed_lib_es_txt;
	char english[LINE] = "";
	size_t len;

	(void)state;
	pairs = calloc(PAIRS, sizeof(*pairs));
	assert_non_null(pairs);
	for (int line = 1; *s != '\0'; line++, s += len + 1) {
		len = strcspn(s, "\n");
		read_line(s, len, line, english);
	}
	return 0;
}

static int
free_pairs(void **state)
{
	(void)state;
	free(pairs);
	return 0;
}

static void
is_paired(const char *place, const char *text)
{
	struct pair *pair = find(text);

	if (!said_has_word(text) && strchr(place, '(') == NULL)
		return;
	if (pair != NULL && strchr(place, '(') == NULL) {
		pair->used = 1;
		return;
	}
	print_message("# %s\n%s\n\t\n", place, text);
	missing++;
}

static void
every_sentence_has_its_spanish_and_no_spanish_is_left_over(void **state)
{
	int left = 0;

	(void)state;
	said_all(is_paired);
	for (int i = 0; i < npairs; i++)
		if (!pairs[i].used) {
			print_message("# lib/es.txt:%d: nobody says: %s\n",
			    pairs[i].line - 1, pairs[i].english);
			left++;
		}
	if (missing > 0 || left > 0)
		fail_msg("%d without Spanish, %d left over: put them right in "
			 "lib/es.txt, docs/words.md tells how",
		    missing, left);
}

/* Which conversion takes each argument; how many there are, or -1. */
static int
arguments(const char *s, char of[ARGUMENTS][8])
{
	int n = 0, at, most = 0;
	char *end;

	memset(of, 0, ARGUMENTS * sizeof(of[0]));
	for (; (s = strchr(s, '%')) != NULL; s++) {
		if (*++s == '%' || *s == ' ')
			continue;
		at = (int)strtol(s, &end, 10);
		if (*end == '$' && at > 0)
			s = end + 1;
		else
			at = ++n;
		s += strspn(s, "0123456789-+ #");
		if (*s == '.' && s[1] == '*' && *end != '$') {
			strcpy(of[at++ - 1], "*");
			n++;
		}
		s += strspn(s, ".*0123456789");
		end = of[at - 1];
		if (at > ARGUMENTS)
			return -1;
		keep(end, s, strspn(s, "hljz") + 1);
		most = at > most ? at : most;
		s += strlen(end) - 1;
	}
	return most;
}

static void
both_take_the_same_arguments(void **state)
{
	char english[ARGUMENTS][8], spanish[ARGUMENTS][8];
	int n;

	(void)state;
	for (int i = 0; i < npairs; i++) {
		if (strcmp(pairs[i].spanish, "=") == 0 ||
		    strstr(pairs[i].english, "{") != NULL)
			continue;
		n = arguments(pairs[i].english, english);
		if (n != arguments(pairs[i].spanish, spanish) || n < 0)
			fail_msg("lib/es.txt:%d: %d conversions wanted",
			    pairs[i].line, n);
		for (int k = 0; k < n; k++)
			if (strcmp(english[k], spanish[k]) != 0)
				fail_msg("lib/es.txt:%d: argument %d is %s",
				    pairs[i].line, k + 1, english[k]);
	}
}

/* A verdict names no fact that the English does not, and drops none. */
static void
both_name_the_same_facts(void **state)
{
	static const char *const facts[] = {"{number}", "{from}", "{to}",
	    "{sheets}", "{stamps}", "{other}", "{state}", "{why}"};

	(void)state;
	for (int i = 0; i < npairs; i++) {
		if (strcmp(pairs[i].spanish, "=") == 0)
			continue;
		for (size_t k = 0; k < sizeof(facts) / sizeof(facts[0]); k++)
			if ((strstr(pairs[i].english, facts[k]) == NULL) !=
			    (strstr(pairs[i].spanish, facts[k]) == NULL))
				fail_msg("lib/es.txt:%d: %s", pairs[i].line,
				    facts[k]);
	}
}

/* A button is pressed there, and no command typed. */
static void
names_no_command(const char *line, size_t len, int number)
{
	char text[LINE], quoted[64];

	keep(text, line, len);
	if (strstr(text, "--") != NULL || strstr(text, "'mailroom ") != NULL)
		fail_msg("lib/page.txt:%d: a command: %s", number, text);
	for (size_t i = 0; i < mr_nops; i++) {
		snprintf(quoted, sizeof(quoted), "'%s", mr_ops[i]->name);
		if (strstr(text, quoted) != NULL)
			fail_msg(
			    "lib/page.txt:%d: a command: %s", number, text);
	}
}

/* Of the arguments of the English line only the last may be left out. */
static void
takes_no_other_arguments(
    const char *english, const char *line, size_t len, int number)
{
	char wanted[ARGUMENTS][8], taken[ARGUMENTS][8], text[LINE];
	int n;

	keep(text, line, len);
	n = arguments(text, taken);
	if (n < 0 || n > arguments(english, wanted))
		fail_msg("lib/page.txt:%d: %d conversions", number, n);
	for (int k = 0; k < n; k++)
		if (strcmp(wanted[k], taken[k]) != 0)
			fail_msg("lib/page.txt:%d: argument %d is %s", number,
			    k + 1, wanted[k]);
}

static void
what_a_page_is_told_says_what_to_press_in_both_languages(void **state)
{
	const char *s = embed_lib_page_txt;
	char english[LINE] = "";
	int below = 2, said = 0;
	size_t len;

	(void)state;
	for (int line = 1; *s != '\0'; line++, s += len + (s[len] == '\n')) {
		len = strcspn(s, "\n");
		if (len > 0 && *s == '\t') {
			below++;
			names_no_command(s + 1, len - 1, line);
			takes_no_other_arguments(english, s + 1, len - 1, line);
			continue;
		}
		if (below != 2)
			fail_msg("lib/page.txt:%d: %d lines below the English "
				 "one",
			    line - 1, below);
		if (len == 0 || *s == '#')
			continue;
		keep(english, s, len);
		if (find(english) == NULL)
			fail_msg(
			    "lib/page.txt:%d: nobody says: %s", line, english);
		below = 0;
		said++;
	}
	assert_int_equal(below, 2);
	assert_true(said > 100);
}

static void
a_page_is_told_what_to_press_and_all_else_in_its_language(void **state)
{
	static const char open[] = "no day is open; count the pieces in the "
				   "box, then 'mailroom day open 32'";

	(void)state;
	assert_null(mr_tongue_set("en-x-page"));
	assert_string_equal(mr_say(open),
	    "no day is open; count the pieces in "
	    "the box, then Today, Begin the day");
	assert_string_equal(mr_say("held"), "held");
	assert_string_equal(mr_tongue_set("es-x-page"), "en-x-page");
	assert_string_equal(mr_say(open),
	    "no hay ningún día abierto; cuente las piezas de la caja, y "
	    "después Hoy, Empezar el día");
	assert_string_equal(mr_say("held"), find("held")->spanish);
	assert_string_equal(mr_tongue_set(NULL), "es-x-page");
	assert_string_equal(mr_say(open), open);
}

static void
a_tongue_is_chosen_by_the_first_tag(void **state)
{
	(void)state;
	assert_null(mr_tongue_of(NULL));
	assert_null(mr_tongue_of(""));
	assert_null(mr_tongue_of("en-US,en;q=0.9,es;q=0.8"));
	assert_null(mr_tongue_of("est"));
	assert_string_equal(mr_tongue_of("es"), "es");
	assert_string_equal(mr_tongue_of(" ES-mx, en;q=0.5"), "es");
	assert_string_equal(mr_tongue_of("es;q=0.9"), "es");
	assert_string_equal(mr_tongue_of("en-x-page"), "en-x-page");
	assert_string_equal(mr_tongue_of("ES-X-Page, en"), "es-x-page");
	assert_string_equal(mr_tongue_of("es-x-pages"), "es");
	assert_null(mr_tongue_of("en-x-pages-and-more-than-fits"));
}

static void
what_is_not_in_the_list_stays_as_it_is(void **state)
{
	static const char other[] = "a sentence that nobody says";

	(void)state;
	assert_null(mr_tongue_set("es"));
	assert_ptr_equal(mr_say(other), other);
	assert_null(mr_say(NULL));
	assert_string_equal(mr_tongue_set("fr"), "es");
	assert_null(mr_tongue());
	assert_string_equal(mr_say("held"), "held");
}

/* Somewhat right, so that it is the office that has something to say. */
static const char *
plausible(const struct mr_param *param)
{
	static const char *const values[] = {
	    [MR_T_TEXT] = "somebody",
	    [MR_T_SWITCH] = "no",
	    [MR_T_COUNT] = "3",
	    [MR_T_DATE] = "2026-11-23",
	    [MR_T_CENTS] = "20.50",
	    [MR_T_CODE] = "K7M-4RP-TMK",
	    [MR_T_PERSON] = "C99",
	    [MR_T_PAIRING] = "P99",
	    [MR_T_FILE] = "list.csv",
	};

	return values[param->type];
}

/* all: every parameter is given; 0: none. */
static enum mr_status
try(struct house *h, const struct mr_op *op, int all)
{
	const char *w[17] = {NULL};
	size_t n = 0;

	for (size_t i = 0; all && i < op->nparams && n < 16; i++) {
		w[n++] = op->params[i].name;
		w[n++] = plausible(&op->params[i]);
	}
	return run(h, op->name, w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7],
	    w[8], w[9], w[10], w[11], w[12], w[13], w[14], w[15], NULL);
}

static int
take(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	(void)to, (void)name, (void)type, (void)bytes, (void)len, (void)secret;
	return 0;
}

/* The same refusal, said in two languages. */
static int
refuses_in_both(struct house *h, const struct mr_op *op, int all)
{
	enum mr_status status;
	char english[512];

	h->language = NULL;
	status = try(h, op, all);
	if (status == MR_OK || status == MR_STOP)
		return 0;
	snprintf(english, sizeof(english), "%s", h->error.message);
	h->language = "es";
	assert_int_equal(try(h, op, all), status);
	if (strcmp(english, h->error.message) == 0)
		fail_msg("%s, in both: %s", op->name, english);
	return 1;
}

static void
what_is_refused_is_refused_in_spanish(void **state)
{
	static const char *const users[] = {"vera", "ruth", "admin"};
	struct house *h = *state;
	int refused = 0;

	h->user = "admin";
	did(h, run(h, "user add", "name", "vera", "role", "volunteer", NULL),
	    "vera");
	h->csv = "wrong\n";
	h->document = take;
	for (size_t u = 0; u < 3; u++)
		for (size_t i = 0; i < mr_nops; i++) {
			h->user = users[u];
			refused += refuses_in_both(h, mr_ops[i], 0);
			refused += refuses_in_both(h, mr_ops[i], 1);
		}
	assert_true(refused > 150);
	assert_null(mr_tongue());
}

static void
values_for_programs_are_the_same_in_every_language(void **state)
{
	struct house *h = *state;
	char id[32], code[64];

	h->language = "es";
	h->request = "first-letter";
	did(h,
	    run(h, "letter receive", "id", mail_id(h, 1, MR_OUTSIDE, id), NULL),
	    "\"verdict\":\"FIRST LETTER\",\"say\":\"A1. De Wren AA para Maria "
	    "AA. ¿Saluda a Maria AA? Cuente las hojas.\"");
	did(h, MR_OK, "\"state\":\"received\"");
	did(h, MR_OK, "\"direction\":\"to inside\"");
	house_value(h, "code", 0, code);
	/* The key that comes again answers in the language of who asks. */
	h->language = NULL;
	did(h, run(h, "letter receive", "id", id, NULL), "Count the sheets.");
	h->request = NULL;
	h->language = "es";
	did(h,
	    run(h, "letter hold", "letter", "A1", "reason", "language", NULL),
	    "\"reason\":\"language\"");
	did(h, MR_OK, "A1. Espera a alguien que lea el idioma. Bandeja roja;");
	refused(h, run(h, "letter clear", "letter", code, NULL), MR_REFUSED,
	    "el estado de la carta A1 es: retenida; déjela seguir con "
	    "'letter release'");
	did(h, run(h, "letter history", "letter", "A1", NULL),
	    "retenida: idioma");
	did(h, MR_OK, "recibida en el puesto A como A1");
	did(h, run(h, "scan", "code", code, NULL), "Retenida. Espera a");
}

static void
a_code_that_is_misread_is_explained_in_spanish(void **state)
{
	struct house *h = *state;

	h->language = "es";
	refused(h, run(h, "letter receive", "id", "K7M", NULL), MR_INVALID,
	    "Esto tiene 3 símbolos, un ID tiene 9");
	refused(h, run(h, "letter receive", "id", "K7M-4RP-TM!", NULL),
	    MR_INVALID, "\"!\" en el lugar 9 no es uno de nuestros símbolos");
}

static void
every_verdict_speaks_spanish(void **state)
{
	static const struct mr_verdict_facts facts = {.number = "A9",
	    .from = "Maria",
	    .to = "Wren",
	    .sheets = "3",
	    .stamps = "1",
	    .other = "A12",
	    .state = "lista",
	    .why = "Espera."};
	char english[400], spanish[400];

	(void)state;
	for (int v = 0; v < MR_NVERDICTS; v++) {
		mr_verdict_say(
		    (enum mr_verdict)v, &facts, english, sizeof(english));
		mr_tongue_set("es");
		mr_verdict_say(
		    (enum mr_verdict)v, &facts, spanish, sizeof(spanish));
		assert_string_not_equal(
		    mr_say(mr_verdict_big((enum mr_verdict)v)),
		    mr_verdict_big((enum mr_verdict)v));
		mr_tongue_set(NULL);
		assert_null(strpbrk(spanish, "{}"));
		if (strcmp(english, spanish) == 0)
			assert_string_equal(spanish, "Espera.");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		every_sentence_has_its_spanish_and_no_spanish_is_left_over),
	    cmocka_unit_test(both_take_the_same_arguments),
	    cmocka_unit_test(both_name_the_same_facts),
	    cmocka_unit_test(
		what_a_page_is_told_says_what_to_press_in_both_languages),
	    cmocka_unit_test(
		a_page_is_told_what_to_press_and_all_else_in_its_language),
	    cmocka_unit_test(a_tongue_is_chosen_by_the_first_tag),
	    cmocka_unit_test(what_is_not_in_the_list_stays_as_it_is),
	    cmocka_unit_test(every_verdict_speaks_spanish),
	    cmocka_unit_test_setup_teardown(
		what_is_refused_is_refused_in_spanish, house_setup,
		house_teardown),
	    cmocka_unit_test_setup_teardown(
		values_for_programs_are_the_same_in_every_language, mail_setup,
		house_teardown),
	    cmocka_unit_test_setup_teardown(
		a_code_that_is_misread_is_explained_in_spanish, house_setup,
		house_teardown),
	};

	return cmocka_run_group_tests(tests, read_pairs, free_pairs);
}
