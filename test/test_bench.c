/*
 * The bench card, badges and the scanner page: every square is read off the
 * page and means what stands beside it; an old badge is refused.
 */
#include "test/house.h"

#include "lib/card.h"
#include "test/image.h"

#define DOCUMENT (4 << 20)
#define SEEN 32

/* What was printed last, and its name. */
static struct {
	char bytes[DOCUMENT], name[64];
	size_t len;
} printed;
static struct seen seen[SEEN];
static int nseen;

static int
keep(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	(void)to;
	if (len > DOCUMENT || secret || strcmp(type, "application/pdf") != 0)
		return -1;
	memcpy(printed.bytes, bytes, len);
	printed.len = len;
	snprintf(printed.name, sizeof(printed.name), "%s", name);
	return 0;
}

static int
setup(void **state)
{
	struct house *h;

	if (house_setup(state) != 0)
		return -1;
	h = *state;
	h->document = keep;
	h->passphrase = HOUSE_PASSPHRASE;
	return 0;
}

/* What a look at a part of the page adds to what was seen. */
static void
add_seen(const struct image *part, zbar_symbol_type_t kind)
{
	struct seen here[SEEN];
	int n = image_read(part, kind, here, SEEN), k;

	for (int i = 0; i < n && nseen < SEEN; i++) {
		for (k = 0; k < nseen; k++)
			if (strcmp(seen[k].text, here[i].text) == 0)
				break;
		if (k == nseen)
			seen[nseen++] = here[i];
	}
}

/* Every code of a kind on all pages.  A scanner is held over one of them: a
 * reader that is given many at a time can mix their corners up, so the page
 * is looked at field by field as well. */
static void
look(zbar_symbol_type_t kind)
{
	struct image page, band;

	nseen = 0;
	for (int i = 1;; i++) {
		page = image_page(printed.bytes, printed.len, i, 200);
		if (page.p == NULL)
			break;
		add_seen(&page, kind);
		for (int k = 0; k < 36; k++) {
			int x = page.w * (85 + 275 * (k % 3)) / 1000;

			band = image_crop(&page, x, k / 3 * page.h / 12,
			    page.w * 285 / 1000, page.h / 5);
			add_seen(&band, kind);
			image_free(&band);
		}
		image_free(&page);
	}
}

/* A scan answers with both texts. */
static void
says(struct house *h, const char *code, const char *one, const char *two)
{
	did(h, run(h, "scan", "code", code, NULL), one);
	if (strstr(h->answer, two) == NULL)
		fail_msg("no %s in %s", two, h->answer);
}

static void
every_key_is_once_on_the_bench_card(void **state)
{
	static const char *const keys[] = {"N", "M", "P", "A", "W", "E", "B",
	    "L", "U", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11",
	    "12"};
	int times[sizeof(keys) / sizeof(keys[0])] = {0};
	struct house *h = *state;
	char code[64];

	did(h, run(h, "form bench", NULL), "\"keys\":9");
	assert_string_equal(printed.name, "bench-card.pdf");
	look(ZBAR_QRCODE);
	assert_int_equal(nseen, 21);
	for (int i = 0; i < nseen; i++) {
		says(h, seen[i].text, "\"kind\":\"bench card\"",
		    "\"known\":true");
		house_value(h, "code", 0, code);
		for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
			times[k] += strcmp(keys[k], code) == 0;
	}
	for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
		assert_int_equal(times[k], 1);
}

/* What is printed today is what was printed in the first edition. */
static void
a_key_keeps_its_number_for_ever(void **state)
{
	struct mr_payload payload;
	struct mr_card card;

	(void)state;
	mr_payload_number(&payload, MR_PAYLOAD_CARD, 1);
	assert_int_equal(mr_card_read(&payload, &card), 0);
	assert_int_equal(card.key, 'N');
	mr_payload_number(&payload, MR_PAYLOAD_CARD, 9);
	assert_int_equal(mr_card_read(&payload, &card), 0);
	assert_int_equal(card.key, 'U');
	mr_payload_number(&payload, MR_PAYLOAD_CARD, 112);
	assert_int_equal(mr_card_read(&payload, &card), 0);
	assert_int_equal(card.kind, MR_CARD_COUNT);
	assert_int_equal(card.n, 12);
	mr_payload_number(&payload, MR_PAYLOAD_CARD, 10);
	assert_int_equal(mr_card_read(&payload, &card), -1);
	mr_payload_number(&payload, MR_PAYLOAD_CARD, 113);
	assert_int_equal(mr_card_read(&payload, &card), -1);
	mr_payload_number(&payload, MR_PAYLOAD_BADGE, 1);
	assert_int_equal(mr_card_read(&payload, &card), -1);
}

static void
a_number_comes_back_and_a_wrong_symbol_does_not(void **state)
{
	static const int64_t numbers[] = {
	    0, 1, 18, 19, 4711, INT64_C(1) << 41, MR_PAYLOAD_NUMBERS - 1};
	struct mr_payload payload;

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		mr_payload_number(&payload, MR_PAYLOAD_BADGE, numbers[i]);
		assert_int_equal(mr_payload_number_of(&payload), numbers[i]);
		payload.kind = MR_PAYLOAD_CARD;
		assert_int_equal(mr_payload_number_of(&payload), -1);
		payload.kind = MR_PAYLOAD_BADGE;
		for (int at = 0; at < MR_PAYLOAD_SYMBOLS; at++) {
			struct mr_payload wrong = payload;

			wrong.code.s[at] =
			    (uint8_t)((wrong.code.s[at] + 1) % MR_BASE);
			assert_int_equal(mr_payload_number_of(&wrong), -1);
		}
	}
}

static void
an_old_bench_card_is_told(void **state)
{
	struct mr_payload payload = {.copy = MR_CARD_EDITION + 1};
	struct house *h = *state;
	char text[MR_PAYLOAD_LEN + 1];

	mr_payload_number(&payload, MR_PAYLOAD_CARD, 2);
	assert_int_equal(mr_payload_make(h->mr->keys->tag, &payload, text), 0);
	says(h, text, "OLD PAGE", "\"superseded\":true");
}

static void
the_scanner_page_types_the_whole_alphabet(void **state)
{
	struct house *h = *state;
	char all[2 * IMAGE_TEXT];

	did(h, run(h, "form scanner", NULL), "\"laser\":false");
	look(ZBAR_QRCODE);
	assert_int_equal(nseen, 2);
	snprintf(all, sizeof(all), "%s%s", seen[0].text, seen[1].text);
	for (const char *c = MR_ALPHABET; *c != '\0'; c++)
		assert_non_null(strchr(all, *c));
	says(h, seen[0].text, "every symbol", "\"code\":\"test ");
	says(h, seen[1].text, "every symbol", "\"code\":\"test ");
	look(ZBAR_CODE128);
	assert_int_equal(nseen, 0);
	h->user = "admin";
	did(h,
	    run(h, "setting set", "name", "laser-code", "value", "yes", NULL),
	    "yes");
	did(h, run(h, "form scanner", NULL), "\"laser\":true");
	look(ZBAR_CODE128);
	assert_int_equal(nseen, 1);
	says(h, seen[0].text, "every symbol", "\"code\":\"test 1\"");
}

static void
a_lower_case_scan_is_the_keyboard(void **state)
{
	struct house *h = *state;

	did(h, run(h, "form scanner", NULL), "tests");
	look(ZBAR_QRCODE);
	for (char *c = seen[0].text; *c != '\0'; c++)
		*c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
	says(h, seen[0].text, "wrong keyboard", "Caps Lock");
}

static void
a_new_badge_makes_the_old_one_void(void **state)
{
	struct house *h = *state;
	char first[IMAGE_TEXT];

	did(h, run(h, "user badge", "name", "ruth", NULL), "\"copy\":1");
	assert_string_equal(printed.name, "badge-ruth.pdf");
	look(ZBAR_QRCODE);
	assert_int_equal(nseen, 1);
	strcpy(first, seen[0].text);
	says(h, first, "\"code\":\"ruth\"", "\"superseded\":false");
	did(h, run(h, "user badge", "name", "RUTH", NULL), "\"copy\":2");
	look(ZBAR_QRCODE);
	assert_string_not_equal(first, seen[0].text);
	says(h, seen[0].text, "coordinator", "\"superseded\":false");
	says(h, first, "OLD PAGE", "\"superseded\":true");
	assert_int_equal(house_count(h, "SELECT count(*) FROM badge"), 1);
	did(h, run(h, "audit verify", NULL), "");
}

static void
the_same_request_prints_the_same_badge(void **state)
{
	struct house *h = *state;
	char first[IMAGE_TEXT];

	h->request = "badge-1";
	did(h, run(h, "user badge", "name", "ruth", NULL), "\"copy\":1");
	look(ZBAR_QRCODE);
	strcpy(first, seen[0].text);
	did(h, run(h, "user badge", "name", "ruth", NULL), "\"copy\":1");
	look(ZBAR_QRCODE);
	assert_string_equal(first, seen[0].text);
}

static void
who_left_gets_no_badge_and_is_told(void **state)
{
	struct house *h = *state;

	h->user = "admin";
	did(h, run(h, "user add", "name", "val", "role", "volunteer", NULL),
	    "val");
	did(h, run(h, "user badge", "name", "val", NULL), "volunteer");
	look(ZBAR_QRCODE);
	did(h, run(h, "user disable", "name", "val", NULL), "disabled");
	says(h, seen[0].text, "take it in", "\"code\":\"val\"");
	refused(h, run(h, "user badge", "name", "val", NULL), MR_REFUSED,
	    "disabled");
	refused(h, run(h, "user badge", "name", "nobody", NULL), MR_NOTFOUND,
	    "no user");
	h->user = "val";
	assert_int_not_equal(run(h, "user badge", "name", "ruth", NULL), MR_OK);
}

static void
a_mailer_id_that_is_none_is_refused(void **state)
{
	struct house *h = *state;

	h->user = "admin";
	refused(h,
	    run(h, "setting set", "name", "mailer-id", "value", "12345", NULL),
	    MR_INVALID, "6 digits");
	did(h,
	    run(h, "setting set", "name", "mailer-id", "value", "123456", NULL),
	    "123456");
	did(h, run(h, "setting set", "name", "mailer-id", "value", "0", NULL),
	    "0");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, house_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(every_key_is_once_on_the_bench_card),
	    TEST(a_key_keeps_its_number_for_ever),
	    TEST(a_number_comes_back_and_a_wrong_symbol_does_not),
	    TEST(an_old_bench_card_is_told),
	    TEST(the_scanner_page_types_the_whole_alphabet),
	    TEST(a_lower_case_scan_is_the_keyboard),
	    TEST(a_new_badge_makes_the_old_one_void),
	    TEST(the_same_request_prints_the_same_badge),
	    TEST(who_left_gets_no_badge_and_is_told),
	    TEST(a_mailer_id_that_is_none_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
