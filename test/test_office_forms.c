/*
 * The office's own forms folder: envelopes, labels and measures that it adds,
 * the line of each fault in them, and what form list and form lint say.
 */
#include <sys/stat.h>

#include "test/mail.h"

#include "test/text_of.h"

static void
put_file(struct house *h, const char *name, const char *content)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/forms", h->dir);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/forms/%s", h->dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(content, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void
take_file(struct house *h, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/forms/%s", h->dir, name);
	assert_int_equal(unlink(path), 0);
	snprintf(path, sizeof(path), "%s/forms", h->dir);
	assert_int_equal(rmdir(path), 0);
}

/* Width and height of the paper that was made, in points, and its text. */
static void
size_of_paper(int *w, int *h)
{
	char name[] = "/tmp/mailroom-pdf-XXXXXX", command[128], line[128];
	int fd = mkstemp(name);
	FILE *out;
	float x = 0, y = 0;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, mail_paper.bytes, mail_paper.len),
	    (ssize_t)mail_paper.len);
	close(fd);
	snprintf(command, sizeof(command), "pdfinfo %s 2>/dev/null", name);
	out = popen(command, "r");
	assert_non_null(out);
	while (fgets(line, sizeof(line), out) != NULL)
		if (sscanf(line, "Page size: %f x %f", &x, &y) == 2)
			break;
	pclose(out);
	unlink(name);
	*w = (int)(x + 0.5F);
	*h = (int)(y + 0.5F);
	text_of(mail_paper.bytes, mail_paper.len);
}

static void
is_on(int w, int h)
{
	int x, y;

	size_of_paper(&x, &y);
	assert_int_equal(x, w);
	assert_int_equal(y, h);
}

static void
an_envelope_is_the_named_one_else_the_offices(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	did(h, run(h, "envelope print", "letter", number, NULL),
	    "\"printed\":1");
	is_on(684, 297);
	did(h,
	    run(h, "envelope print", "letter", number, "envelope", "C5", NULL),
	    "\"printed\":1");
	is_on(649, 459);
	h->user = "admin";
	did(h,
	    run(h, "setting set", "name", "envelope", "value", "#10 Window",
		NULL),
	    "10-window");
	refused(h,
	    run(h, "setting set", "name", "envelope", "value", "11", NULL),
	    MR_INVALID, "10-window");
	h->user = NULL;
	did(h, run(h, "envelope print", "letter", number, NULL),
	    "\"printed\":1");
	/* The page behind the window is Letter. */
	is_on(612, 792);
	assert_non_null(strstr(text, "10-window"));
	refused(h,
	    run(h, "envelope print", "letter", number, "envelope", "huge",
		NULL),
	    MR_INVALID, "form list --kind envelope");
	mail_sound(h);
}

static void
the_same_request_draws_the_same_envelope_again(void **state)
{
	struct house *h = *state;
	char number[64];
	size_t len;

	mail_receive(h, 1, MR_INSIDE, number);
	h->request = "twice";
	did(h,
	    run(h, "envelope print", "letter", number, "envelope", "dl", NULL),
	    "\"printed\":1");
	is_on(624, 312);
	len = mail_paper.len;
	did(h,
	    run(h, "envelope print", "letter", number, "envelope", "dl", NULL),
	    "\"printed\":1");
	h->request = NULL;
	is_on(624, 312);
	assert_int_equal(mail_paper.len, len);
	mail_sound(h);
}

static void
what_is_listed_names_the_operation_that_prints_it(void **state)
{
	struct house *h = *state;
	const char *p, *end;
	char name[64];
	int n = 0;

	did(h, run(h, "form list", "kind", "form", NULL), "cover sheet");
	for (p = h->answer; (p = strstr(p, "\"with\":\"")) != NULL; n++) {
		p += strlen("\"with\":\"");
		end = strchr(p, '"');
		assert_non_null(end);
		assert_in_range(end - p, 1, sizeof(name) - 1);
		memcpy(name, p, (size_t)(end - p));
		name[end - p] = '\0';
		if (mr_op_find(name) == NULL)
			fail_msg("there is no operation '%s'", name);
	}
	assert_in_range(n, 10, 99);
}

#define ENVELOPES \
	"name,description,width_mm,height_mm,window_left_mm," \
	"window_bottom_mm,window_w_mm,window_h_mm,upper_left_mm," \
	"upper_bottom_mm,upper_w_mm,upper_h_mm\n"
#define LABELS \
	"brand,part,description,page,page_w_mm,page_h_mm,label_w_mm," \
	"label_h_mm,columns,rows,left_mm,top_mm,pitch_x_mm,pitch_y_mm," \
	"categories\n"

static void
an_offices_own_stock_is_listed_and_printed_on(void **state)
{
	struct house *h = *state;
	char number[64];

	put_file(h, "envelope-stock.csv",
	    ENVELOPES "Monarch,A small one of ours,190.5,98.4,,,,,,,,\n");
	mail_receive(h, 1, MR_INSIDE, number);
	did(h,
	    run(h, "envelope print", "letter", number, "envelope", "monarch",
		NULL),
	    "\"printed\":1");
	is_on(540, 279);
	did(h, run(h, "form list", "kind", "envelope", NULL),
	    "A small one of ours");
	take_file(h, "envelope-stock.csv");
	put_file(h, "label-stock.csv",
	    LABELS "Own,7,Ours,A4,210,297,99,60,2,4,4,20,101,64,label\n");
	did(h, run(h, "form list", "find", "OWN-7", NULL), "\"per_sheet\":8");
	did(h, run(h, "label print", "letter", number, "stock", "own-7", NULL),
	    "\"printed\":1");
	is_on(595, 842);
	take_file(h, "label-stock.csv");
}

/* Spreadsheets and some editors begin a file with it. */
static void
a_mark_in_front_of_an_offices_file_is_not_seen(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	put_file(h, "wording-en.txt",
	    "\xEF\xBB\xBF"
	    "letter.dear = Good day, {name},\n");
	did(h, run(h, "sheet print", "letter", number, NULL), "\"printed\":1");
	take_file(h, "wording-en.txt");
	put_file(h, "envelope-stock.csv",
	    "\xEF\xBB\xBF" ENVELOPES
	    "Monarch,A small one of ours,190.5,98.4,,,,,,,,\n");
	did(h, run(h, "form list", "kind", "envelope", NULL),
	    "A small one of ours");
	take_file(h, "envelope-stock.csv");
}

static void
a_fault_in_an_offices_file_names_file_and_line(void **state)
{
	static const struct {
		const char *file, *content, *op, *says;
	} rows[] = {
	    {"wording-en.txt", "cover.answer = Hello \xF0\x9F\x99\x82\n",
		"sheet print",
		"the office's wording has a character that the font does not "
		"have: U+1F642"},
	    {"wording-es.txt",
		"cover.answer = Como se responde a esta carta sin olvidar nada "
		"de lo que hace falta para que llegue\n",
		"sheet print", "shorten them in wording-es.txt"},
	    {"layout.txt", "# ours\ncover.left = 99\n", "sheet print",
		"forms/layout.txt:2: cover.left is between"},
	    {"layout.txt", "cover.lfet = 20\n", "sheet print",
		"forms/layout.txt:1: unknown key cover.lfet"},
	    {"wording-en.txt", "cover.for = To {too}\n", "sheet print",
		"forms/wording-en.txt:1: unknown placeholder {too}"},
	    {"wording-en.txt", "# ours\nletter.dear = Querid\xE1 {name}\n",
		"sheet print",
		"forms/wording-en.txt:2: character 21 is not UTF-8"},
	    {"envelope-stock.csv", ENVELOPES "a,x,240,105,200,13,114,28,,,,\n",
		"envelope print",
		"forms/envelope-stock.csv:2: a window is not inside"},
	    {"label-stock.csv",
		LABELS "Own,7,x,A4,210,297,99,60,3,4,4,20,101,64,label\n",
		"label print",
		"forms/label-stock.csv:2: the labels do not fit"},
	    {"label-stock.csv",
		LABELS "Own,7,x,A4,210,297,99,60,2,4,4,20,101,50,label\n",
		"label print", "forms/label-stock.csv:2: the labels overlap"},
	};
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		put_file(h, rows[i].file, rows[i].content);
		refused(h,
		    run(h, rows[i].op, "letter", number, "stock",
			strncmp(rows[i].op, "label", 5) == 0 ? "avery-5163"
							     : NULL,
			NULL),
		    MR_INVALID, rows[i].says);
		refused(h, run(h, "form lint", NULL), MR_INVALID, rows[i].says);
		take_file(h, rows[i].file);
	}
	mail_sound(h);
}

static void
lint_finds_what_an_offices_own_stock_breaks(void **state)
{
	struct house *h = *state;

	did(h, run(h, "form lint", "find", "10", NULL), "\"failed\":0");
	/* A window so high that our own address would show in it. */
	put_file(h, "envelope-stock.csv",
	    ENVELOPES "wrong,x,241.3,104.8,22,70,114,28,,,,\n");
	assert_int_equal(
	    run(h, "form lint", "find", "wrong", NULL), MR_DAMAGED);
	assert_non_null(strstr(h->error.message, "not kept"));
	assert_non_null(strstr(h->answer, "nothing else in the window"));
	take_file(h, "envelope-stock.csv");
	did(h, run(h, "form lint", "find", "avery-5167", "all", "", NULL),
	    "too small for an address");
	refused(h, run(h, "form lint", "find", "no such", NULL), MR_NOTFOUND,
	    "form list");
}

static void
a_stock_too_small_for_an_address_is_refused_with_words(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	refused(h,
	    run(h, "label print", "letter", number, "stock", "avery-5167",
		NULL),
	    MR_REFUSED, "too small");
	mail_sound(h);
}

int
main(void)
{
#define TEST(f) MAIL_TEST(f)
	const struct CMUnitTest tests[] = {
	    TEST(an_envelope_is_the_named_one_else_the_offices),
	    TEST(the_same_request_draws_the_same_envelope_again),
	    TEST(what_is_listed_names_the_operation_that_prints_it),
	    TEST(an_offices_own_stock_is_listed_and_printed_on),
	    TEST(a_mark_in_front_of_an_offices_file_is_not_seen),
	    TEST(a_fault_in_an_offices_file_names_file_and_line),
	    TEST(lint_finds_what_an_offices_own_stock_breaks),
	    TEST(a_stock_too_small_for_an_address_is_refused_with_words),
	};

	return cmocka_run_group_tests_name("office forms", tests, NULL, NULL);
}
