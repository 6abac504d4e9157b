/* The day on paper: signatures that are due, the sheet of the day. */
#include "test/day.h"

static void
an_unsigned_step_is_overdue_after_thirty_days(void **state)
{
	struct house *h = *state;

	open_day(h, "1");
	post_letter(h, MR_L_HELD, 0);
	did(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "money", "money",
		"20", NULL),
	    "E1");
	did(h, run(h, "day balance", NULL), "\"money\":\"20.00\"");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition", "bank",
		NULL),
	    "E1");
	h->now += 30 * MR_DAY_US;
	did(h, run(h, "day countersign", NULL), "\"overdue\":false");
	h->now += MR_DAY_US;
	did(h, run(h, "day countersign", NULL), "\"overdue\":true");
	did(h, run(h, "day balance", NULL),
	    "1 signature is more than 30 days late.");
}

static void
add_address(struct house *h, int64_t person, const char *street)
{
	const char *const lines[MR_A_LINES] = {
	    street, "", "Osseo Lake", "MN", "56613", ""};
	struct mr_call *c = house_begin(h);
	int64_t id;
	int status;

	assert_int_equal(mr_user_find(c, "ruth", &c->user), MR_OK);
	assert_int_equal(
	    mr_address_add(c, person, (int)c->today, 0, lines, &id, &status),
	    MR_OK);
	house_end(c);
}

static void
a_signature_confirms_an_address_that_waited(void **state)
{
	struct house *h = *state;
	int64_t person = house_person(h, MR_OUTSIDE, "O-1", 1);

	post_user(h, "stan", "staff");
	h->user = "admin";
	did(h,
	    run(h, "setting set", "name", "second-person", "value", "now",
		NULL),
	    "now");
	h->user = NULL;
	add_address(h, person, "1 Old Lane");
	add_address(h, person, "2 New Lane");
	did(h, run(h, "day countersign", NULL),
	    "\"what\":\"address of C1: pending\"");
	assert_null(strstr(h->answer, "Lane"));
	refused(h, run(h, "day sign", "signature", "S1", NULL), MR_REFUSED,
	    "cannot sign it");
	h->user = "stan";
	did(h, run(h, "day sign", "signature", "S1", NULL),
	    "\"what\":\"address of C1: current\"");
	assert_int_equal(
	    house_count(
		h, SQL_SCAN "SELECT count(*) FROM address WHERE status = 1"),
	    0);
	refused(h, run(h, "day sign", "signature", "S7", NULL), MR_NOTFOUND,
	    "nothing with that number");
	refused(h, run(h, "day sign", "signature", "E1", NULL), MR_INVALID,
	    "such as S3");
}

struct page {
	char dir[64];
	char text[8192];
};

static int
take_page(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	struct page *page = to;
	char command[128];
	size_t n;
	FILE *f;

	assert_string_equal(name, "day-2026-11-23.pdf");
	assert_string_equal(type, "application/pdf");
	assert_int_equal(secret, 0);
	snprintf(command, sizeof(command), "pdftotext -q -layout - %s/page.txt",
	    page->dir);
	f = popen(command, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(pclose(f), 0);
	snprintf(command, sizeof(command), "%s/page.txt", page->dir);
	f = fopen(command, "r");
	assert_non_null(f);
	n = fread(page->text, 1, sizeof(page->text) - 1, f);
	page->text[n] = '\0';
	fclose(f);
	unlink(command);
	return 0;
}

static int
ignore(void *to, const void *bytes, size_t len)
{
	(void)to;
	(void)bytes;
	(void)len;
	return 0;
}

static void
print_day(struct house *h, struct page *page)
{
	struct mr_ask ask = {.now = h->now, .arg = h, .get = house_get};
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_out *out;
	enum mr_status status;

	memset(h->word, 0, sizeof(h->word));
	snprintf(page->dir, sizeof(page->dir), "%s", h->dir);
	out = mr_out_json(arena, ignore, page, take_page);
	status =
	    mr_op_run(h->mr, mr_op_find("day sheet"), &ask, out, &h->error);
	if (status != MR_OK)
		fail_msg("%s", h->error.message);
	assert_int_equal(out->end(out), 0);
	mr_arena_free(arena);
}

/* Somewhere on the page there is a line with both. */
static void
says(const struct page *page, const char *label, const char *value)
{
	const char *at = strstr(page->text, label), *found;

	if (at == NULL)
		fail_msg("no %s in %s", label, page->text);
	found = strstr(at, value);
	if (found == NULL || found > at + strcspn(at, "\n"))
		fail_msg("no %s after %s in %s", value, label, page->text);
}

static void
the_day_sheet_shows_till_money_and_signatures(void **state)
{
	struct house *h = *state;
	struct page page;

	open_day(h, "3");
	post_letter(h, MR_L_HELD, 0);
	post_letter(h, MR_L_HELD, 0);
	did(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "money", "money",
		"20.50", NULL),
	    "E1");
	did(h,
	    run(h, "enclosure add", "letter", "A2", "kind", "money", "money",
		"7", NULL),
	    "E2");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E2", "disposition", "bank",
		NULL),
	    "E2");
	print_day(h, &page);
	says(&page, "Pieces counted", "3");
	says(&page, "Carried forward", "2");
	says(&page, "Difference", "1.");
	says(&page, "Found today", "$27.50");
	says(&page, "Money in hand", "$20.50");
	says(&page, "S1 E2 money 7.00: bank", "ruth");
	/* Every cent of it: the one letter that has it, and no other. */
	says(&page, "E1 A1", "2026-11-23");
	says(&page, "E1 A1", "not decided");
	says(&page, "E1 A1", "$20.50");
	says(&page, "In all", "$20.50");
	assert_null(strstr(page.text, "E2 A2"));
	assert_null(strstr(page.text, "Site"));
	did(h,
	    run(h, "day close", "sealed", "0", "stubs", "0", "trays", "red=2",
		"money", "20.50", "accept", "miscount", NULL),
	    "1");
	print_day(h, &page);
	says(&page, "Difference", "1 (miscount).");
	says(&page, "Money counted", "$20.50");
}

static void
the_day_sheet_speaks_the_language_of_the_office(void **state)
{
	struct house *h = *state;
	struct page page;

	h->user = "admin";
	did(h, run(h, "setting set", "name", "language", "value", "es", NULL),
	    "es");
	h->user = NULL;
	open_day(h, "1");
	post_letter(h, MR_L_HELD, 0);
	did(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "money", "money",
		"7", NULL),
	    "E1");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition", "bank",
		NULL),
	    "E1");
	print_day(h, &page);
	says(&page, "Piezas contadas", "1");
	says(&page, "Dinero en caja", "$0.00");
	says(&page, "S1 E1 dinero 7.00: al banco", "ruth");
}

#define T(name) \
	cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(an_unsigned_step_is_overdue_after_thirty_days),
	    T(a_signature_confirms_an_address_that_waited),
	    T(the_day_sheet_shows_till_money_and_signatures),
	    T(the_day_sheet_speaks_the_language_of_the_office),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
