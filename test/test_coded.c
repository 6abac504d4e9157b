/*
 * Bar codes by the office's settings: Code 128 on the stub, the post office's
 * own barcode on what goes to volunteers and never on what goes inside.
 */
#include "test/mail.h"

#include "test/image.h"

#define ZONE_W 120.65 /* mm, lower right corner */
#define TRACKER 8.2   /* mm above the lower edge: every bar is there */
#define BARS 65

static void
set(struct house *h, const char *name, const char *value)
{
	h->user = "admin";
	did(h, run(h, "setting set", "name", name, "value", value, NULL),
	    value);
	h->user = NULL;
}

static struct image
print(struct house *h, const char *op, const char *number)
{
	did(h, run(h, op, "letter", number, NULL), "printed");
	return image_page(mail_paper.bytes, mail_paper.len, 1, 300);
}

static void
the_stub_has_the_letter_code_for_laser_guns(void **state)
{
	struct house *h = *state;
	char number[64], code[64], plain[64] = "";
	struct image page;
	struct seen seen;
	int n = 0;

	mail_receive(h, 1, MR_INSIDE, number);
	page = print(h, "sheet print", number);
	assert_int_equal(image_read(&page, ZBAR_CODE128, &seen, 1), 0);
	image_free(&page);
	set(h, "laser-code", "yes");
	page = print(h, "sheet print", number);
	assert_int_equal(image_read(&page, ZBAR_CODE128, &seen, 1), 1);
	image_free(&page);
	did(h, run(h, "scan", "code", seen.text, NULL), "\"known\":true");
	house_value(h, "code", 0, code);
	for (const char *c = code; *c != '\0'; c++)
		if (*c != '-')
			plain[n++] = *c;
	assert_string_equal(seen.text, plain);
}

/* Bars along the line where each of them is. */
static int
bars(const struct image *page)
{
	int y = page->h - (int)(TRACKER / 25.4 * 300), n = 0, in = 0;

	for (int x = page->w - (int)(ZONE_W / 25.4 * 300); x < page->w; x++) {
		int dark = image_at(page, x, y) < 128;

		n += dark && !in;
		in = dark;
	}
	return n;
}

static void
only_volunteers_get_the_post_offices_barcode(void **state)
{
	struct house *h = *state;
	char out[64], in[64];
	struct image page;

	mail_receive(h, 1, MR_INSIDE, out);
	mail_receive(h, 1, MR_OUTSIDE, in);
	page = print(h, "envelope print", out);
	assert_int_equal(bars(&page), 0);
	image_free(&page);
	set(h, "mailer-id", "123456");
	page = print(h, "envelope print", out);
	assert_int_equal(bars(&page), BARS);
	image_free(&page);
	page = print(h, "envelope print", in);
	assert_int_equal(bars(&page), 0);
	image_free(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(the_stub_has_the_letter_code_for_laser_guns),
	    MAIL_TEST(only_volunteers_get_the_post_offices_barcode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
