/*
 * A thousand pairings, a letter each way, every sheet, envelope and label of
 * them: nothing of the other side on any, all of the addressee on the outer,
 * and no good one refused.
 */
#define _GNU_SOURCE /* memmem, stpcpy */
#include "test/apart.h"

#include "forms/forms.h"

#define OUT (MR_OUTSIDE - 1)
#define IN (MR_INSIDE - 1)
#define STOCK "avery-5163"

/* A file of the run, and the text of its pages. */
static char pdf[24 << 20], pages[16 << 20];
static size_t pdf_len;
/* Codes of the newest letter to that side, in plain letters. */
static char codes[2][PAIRS][32];
static int seen[3][2][PAIRS]; /* pieces, by kind and addressee */
enum { SHEET, ENVELOPE, LABEL };

static int
take(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	(void)to;
	(void)name;
	(void)type;
	(void)secret;
	if (len > sizeof(pdf))
		return -1;
	memcpy(pdf, bytes, len);
	pdf_len = len;
	return 0;
}

/* pdftotext's answer, into pages. */
static void
read_pages(const char *options)
{
	char name[] = "/tmp/mailroom-pdf-XXXXXX", command[200];
	int fd = mkstemp(name);
	FILE *out;
	size_t n;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, pdf, pdf_len), (ssize_t)pdf_len);
	close(fd);
	snprintf(
	    command, sizeof(command), "pdftotext -q %s %s -", options, name);
	out = popen(command, "r");
	assert_non_null(out);
	n = fread(pages, 1, sizeof(pages) - 1, out);
	pages[n] = '\0';
	assert_int_equal(pclose(out), 0);
	unlink(name);
}

/* Nothing of `who` is in the text that is not in `known` as well. */
static void
lacks(const char *text, const struct who *who, const char *known,
    const char *paper, size_t i)
{
	char value[VALUES][170];

	values_of(who, value);
	for (int v = 0; v < VALUES; v++)
		if (shows(text, value[v], v) && !shows(known, value[v], v))
			fail_msg("%s of pairing %zu has a value of the other "
				 "side, kind %d",
			    paper, i + 1, v);
}

/* All that the addressee of an outer, or of a sheet, may read. */
static char *
known_to(const struct who *who, const struct who *other, int outer)
{
	char all[900];

	snprintf(all, sizeof(all),
	    "%s; %s; Bridge Letters; PO BOX 1138; "
	    "Danbury CT 06810; ",
	    who->pen, other->pen);
	if (outer)
		snprintf(all + strlen(all), sizeof(all) - strlen(all),
		    "%s; %s; %s; %s; %s; %s; %s; %s", who->legal, who->number,
		    who->street, who->unit, who->city, who->state, who->zip,
		    who->facility);
	return plain(all);
}

static void
check_outer(const char *text, int side, size_t i, int what)
{
	static const char *const names[] = {"sheet", "envelope", "label"};
	const struct who *who = &people[side][i], *other = &people[!side][i];
	char *known = known_to(who, other, 1), value[VALUES][170];

	seen[what][side][i]++;
	lacks(text, other, known, names[what], i);
	assert_false(has(text, other->id));
	values_of(who, value);
	for (int v = 0; v < VALUES; v++)
		if (value[v][0] != '\0' && v != 1 && v != 2 &&
		    !shows(text, value[v], v))
			fail_msg("%s of pairing %zu lacks kind %d: %s",
			    names[what], i + 1, v, text);
	assert_true(what == LABEL || has(text, who->id));
	free(known);
}

/* Whose is it?  By the register number, or the number of the house. */
static void
find_outer(const char *text, int what)
{
	const char *at;
	char number[8];
	size_t i;

	if ((at = strstr(text, " 999 ")) != NULL && at - text > 6) {
		i = (size_t)(atoi(at - 5) - 40000);
		assert_true(i < PAIRS);
		check_outer(text, IN, i, what);
		return;
	}
	for (i = 0; i < PAIRS; i++) {
		snprintf(number, sizeof(number), " %d ", 2001 + 7 * (int)i);
		if (strstr(text, number) != NULL)
			break;
	}
	if (i == PAIRS)
		fail_msg("nobody's: %s", text);
	check_outer(text, OUT, i, what);
}

static void
find_sheet(const char *text)
{
	const struct who *who, *other;
	char *known;

	for (size_t n = 0; n < 2 * PAIRS; n++) {
		if (strstr(text, codes[n % 2][n / 2]) == NULL)
			continue;
		who = &people[n % 2][n / 2];
		other = &people[!(n % 2)][n / 2];
		seen[SHEET][n % 2][n / 2]++;
		known = known_to(who, other, 0);
		assert_true(has(text, who->pen) && has(text, other->pen));
		assert_true(has(text, who->id) && !has(text, other->id));
		lacks(text, other, known, "sheet", n / 2);
		lacks(text, who, known, "sheet", n / 2);
		free(known);
		return;
	}
	fail_msg("no letter's: %s", text);
}

/* One page or label, when there is text on it; 1 or 0. */
static int
check_text(const char *raw, int what)
{
	char *text = plain(raw);
	int some = text[1] != '\0';

	if (some && what == SHEET)
		find_sheet(text);
	else if (some)
		find_outer(text, what);
	free(text);
	return some;
}

/* Every page that has text; how many. */
static int
each_page(int what)
{
	char *page = pages, *end;
	int n = 0;

	read_pages("-raw");
	while (*page != '\0') {
		end = page + strcspn(page, "\f");
		if (*end != '\0')
			*end++ = '\0';
		n += check_text(page, what);
		page = end;
	}
	return n;
}

/* The label that a word of pdftotext -bbox begins on, by row and column. */
static char *
label_of(const struct form_stock *stock, char labels[][1000], const char *line)
{
	double x, y;

	if (sscanf(line, " <word xMin=\"%lf\" yMin=\"%lf\"", &x, &y) != 2)
		return NULL;
	x = (x * 25.4 / 72 - stock->left) / stock->pitch_x;
	y = (y * 25.4 / 72 - stock->top) / stock->pitch_y;
	assert_true(x >= 0 && x < stock->columns && y >= 0 && y < stock->rows);
	return labels[(int)y * stock->columns + (int)x];
}

/* Label by label; how many. */
static int
each_label(void)
{
	static char labels[100][1000];
	struct form_stock stock;
	char *line, *save = NULL, *label, *word;
	int n = 0;

	assert_int_equal(
	    form_stock_find(NULL, NULL, STOCK, &stock, NULL), FORM_OK);
	read_pages("-bbox");
	for (line = strtok_r(pages, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save)) {
		label = label_of(&stock, labels, line);
		if (label != NULL) {
			word = strchr(line, '>') + 1;
			snprintf(label + strlen(label), 1000 - strlen(label),
			    "%.*s ", (int)strcspn(word, "<"), word);
		}
		if (strstr(line, "</page>") == NULL)
			continue;
		for (int i = 0; i < stock.rows * stock.columns; i++) {
			n += check_text(labels[i], LABEL);
			labels[i][0] = '\0';
		}
	}
	return n;
}

/* Print all that wait, in as many files as it takes. */
static int
print_all(struct house *h, const char *name, const char *all, int what)
{
	char value[64];
	int printed, total = 0;

	do {
		later(h, 10);
		did(h,
		    run(h, name, all, "yes", what == LABEL ? "stock" : NULL,
			STOCK, NULL),
		    "\"held\":[]");
		printed = atoi(house_value(h, "printed", 0, value));
		assert_int_equal(
		    what == LABEL ? each_label() : each_page(what), printed);
		total += printed;
	} while (atoi(house_value(h, "left", 0, value)) > 0);
	return total;
}

static char *
slurp(const char *path)
{
	char *bytes = calloc(1, 1 << 20);
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	assert_non_null(bytes);
	assert_true(fread(bytes, 1, (1 << 20) - 1, f) > 0);
	fclose(f);
	return bytes;
}

static void
import(struct house *h, const char *name, const char *csv)
{
	h->csv = csv;
	did(h, run(h, name, "file", "x.csv", NULL), "");
	h->csv = NULL;
}

static void
import_people(struct house *h)
{
	size_t size = 2 * PAIRS * 400, n;
	char *csv = malloc(size);

	assert_non_null(csv);
	n = (size_t)snprintf(csv, size,
	    "ref,kind,pen_name,legal_name,register_number,facility,street,"
	    "unit,city,state,zip,country,language,interests,slots\n");
	for (int k = 0; k < 2 * PAIRS; k++) {
		const struct who *p = &people[k % 2][k / 2];
		int in = k % 2 == IN;

		n += (size_t)snprintf(csv + n, size - n,
		    "%c-%d,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,US,%s,birds,1\n",
		    in ? 'I' : 'O', k / 2, in ? "inside" : "outside", p->pen,
		    p->legal, p->number, p->place, in ? "" : p->street, p->unit,
		    in ? "" : p->city, in ? "" : p->state, in ? "" : p->zip,
		    k % 6 < 2 ? "es" : "en");
	}
	import(h, "correspondent import", csv);
	n = (size_t)snprintf(csv, size, "outside_ref,inside_ref,opened\n");
	for (int i = 0; i < PAIRS; i++)
		n += (size_t)snprintf(
		    csv + n, size - n, "O-%d,I-%d,2026-01-05\n", i, i);
	import(h, "pairing import", csv);
	free(csv);
}

static void
learn_ids(struct house *h)
{
	for (int k = 0; k < 2 * PAIRS; k++)
		mail_id(h, 1 + k / 2, k % 2 == IN ? MR_INSIDE : MR_OUTSIDE,
		    people[k % 2][k / 2].id);
}

/* A letter to that side of every pairing. */
static void
receive_all(struct house *h, int to)
{
	char code[64], *p;

	for (size_t i = 0; i < PAIRS; i++) {
		later(h, 4);
		did(h,
		    run(h, "letter receive", "id", people[!to][i].id, "sheets",
			"2", NULL),
		    "\"state\":\"cleared\"");
		p = plain(house_value(h, "code", 0, code));
		snprintf(codes[to][i], sizeof(codes[to][i]), "%s", p);
		free(p);
	}
}

static int
setup(void **state)
{
	struct site sites[130];
	struct house *h;
	char *csv;
	size_t n;

	if (house_setup(state) != 0)
		return -1;
	h = *state;
	h->passphrase = HOUSE_PASSPHRASE;
	h->document = take;
	csv = slurp("test/data/facilities-federal.csv");
	n = read_sites(csv, sites, COUNT(sites));
	assert_true(n > 40);
	import(h, "facility import", csv);
	free(csv);
	for (size_t i = 0; i < PAIRS; i++) {
		make_inside(i, &sites[i % n], &people[IN][i]);
		make_outside(i, &sites[i % n], &people[OUT][i]);
	}
	import_people(h);
	learn_ids(h);
	return 0;
}

static void
a_thousand_pairings_are_kept_apart_on_every_paper(void **state)
{
	struct house *h = *state;
	int labels, envelopes;

	receive_all(h, IN);
	receive_all(h, OUT);
	assert_int_equal(print_all(h, "sheet print", "new", SHEET), 2 * PAIRS);
	labels = print_all(h, "label print", "cleared", LABEL);
	assert_true(labels >= PAIRS);
	envelopes = print_all(h, "envelope print", "cleared", ENVELOPE);
	assert_int_equal(labels + envelopes, 2 * PAIRS);
	/* What had a label gets an envelope with the next letter. */
	receive_all(h, OUT);
	envelopes += print_all(h, "envelope print", "cleared", ENVELOPE);
	assert_int_equal(labels + envelopes, 3 * PAIRS);
	for (size_t i = 0; i < PAIRS; i++) {
		assert_int_equal(seen[SHEET][IN][i], 1);
		assert_int_equal(seen[SHEET][OUT][i], 1);
		assert_int_equal(seen[LABEL][OUT][i], 1);
		assert_int_equal(seen[ENVELOPE][OUT][i], 1);
		assert_int_equal(seen[ENVELOPE][IN][i] + seen[LABEL][IN][i], 1);
	}
}

/* The search itself: whatever is put on a page is found there. */
static void
a_value_of_the_other_side_would_be_seen(void **state)
{
	char value[VALUES][170], line[200], *page, *known;
	int alike = 0;

	(void)state;
	for (size_t k = 0; k < 2 * PAIRS; k++) {
		const struct who *who = &people[k % 2][k / 2];

		known = known_to(&people[!(k % 2)][k / 2], who, 1);
		values_of(who, value);
		for (int v = 0; v < VALUES; v++) {
			if (value[v][0] == '\0')
				continue;
			snprintf(line, sizeof(line),
			    "Dear Wren, %.160s, and more", value[v]);
			page = plain(line);
			assert_true(shows(page, value[v], v));
			alike += shows(known, value[v], v);
			free(page);
		}
		free(known);
	}
	/* Surnames, towns and ZIPs that both have; by far not all. */
	assert_in_range(alike, PAIRS / 4, 2 * PAIRS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_value_of_the_other_side_would_be_seen),
	    cmocka_unit_test(a_thousand_pairings_are_kept_apart_on_every_paper),
	};

	return cmocka_run_group_tests(tests, setup, house_teardown);
}
