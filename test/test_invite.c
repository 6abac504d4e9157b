/*
 * The code of a first sign-in: who gets in with it, for how long, and that it
 * is kept nowhere.
 */
#include "test/house.h"

#include <ctype.h>

#include "lib/invite.h"
#include "lib/signin.h"

#define DAY (INT64_C(86400) * 1000000)
#define WORDS "a lantern on the quiet harbour"

static void
as(struct house *h, const char *user)
{
	h->user = user;
}

/* An office of five days ago, since a sign-in goes by the clock. */
static int
setup(void **state)
{
	struct house *h;

	if (house_setup_at(state, mr_now() - 5 * DAY) != 0)
		return -1;
	h = *state;
	as(h, "admin");
	did(h, run(h, "user add", "name", "vera", "role", "volunteer", NULL),
	    "vera");
	did(h, run(h, "user add", "name", "sam", "role", "staff", NULL), "sam");
	return 0;
}

static void
invite(struct house *h, char code[64])
{
	as(h, "admin");
	did(h, run(h, "user invite", "name", "sam", NULL), "sam");
	house_value(h, "code", 0, code);
	assert_int_equal(strlen(code), MR_INVITE_SYMBOLS + 3);
}

static void
a_code_signs_in_until_a_passphrase_is_chosen(void **state)
{
	struct house *h = *state;
	struct mr_signed who, before;
	char code[64], other[64], loose[64];

	h->now = mr_now();
	invite(h, code);
	assert_int_equal(
	    mr_sign_in_code(h->mr, "sam", code, &who, &h->error), MR_OK);
	assert_int_equal(who.by, MR_BY_CODE);
	assert_int_equal(mr_still_signed(h->mr, &who, &h->error), MR_OK);
	/* As a hand types it. */
	for (size_t i = 0; i <= strlen(code); i++)
		loose[i] = code[i] == '-' ? ' '
		    : code[i] == '7'      ? '1'
				     : (char)tolower((unsigned char)code[i]);
	assert_int_equal(
	    mr_sign_in_code(h->mr, "SAM", loose, &who, &h->error), MR_OK);
	/* Nobody else's, and no other. */
	assert_int_equal(
	    mr_sign_in_code(h->mr, "vera", code, &who, &h->error), MR_DENIED);
	assert_int_equal(
	    mr_sign_in_code(h->mr, "sam", "K7M-4RP-TMK-222", &who, &h->error),
	    MR_DENIED);
	/* The newest counts. */
	invite(h, other);
	assert_string_not_equal(other, code);
	assert_int_equal(
	    mr_sign_in_code(h->mr, "sam", code, &who, &h->error), MR_DENIED);
	assert_int_equal(
	    mr_sign_in_code(h->mr, "sam", other, &who, &h->error), MR_OK);
	before = who;
	as(h, "sam");
	h->passphrase = NULL;
	h->new_passphrase = WORDS;
	did(h, run(h, "user passphrase", NULL), "sam");
	assert_int_equal(
	    mr_sign_in_code(h->mr, "sam", other, &who, &h->error), MR_DENIED);
	assert_int_equal(mr_still_signed(h->mr, &before, &h->error), MR_DENIED);
	as(h, "admin");
	refused(h, run(h, "user invite", "name", "sam", NULL), MR_REFUSED,
	    "sam has a passphrase");
	did(h, run(h, "audit verify", NULL), "\"found\":0");
}

static void
a_code_is_good_for_three_days(void **state)
{
	struct house *h = *state;
	struct mr_signed who;
	char code[64];

	h->now = mr_now() - 3 * DAY - DAY / 24;
	invite(h, code);
	assert_int_equal(
	    mr_sign_in_code(h->mr, "sam", code, &who, &h->error), MR_DENIED);
	h->now = mr_now() - 3 * DAY + DAY / 24;
	invite(h, code);
	assert_int_equal(
	    mr_sign_in_code(h->mr, "sam", code, &who, &h->error), MR_OK);
	as(h, "admin");
	did(h, run(h, "user disable", "name", "sam", NULL), "sam");
	did(h, run(h, "user enable", "name", "sam", NULL), "sam");
	assert_int_equal(
	    mr_sign_in_code(h->mr, "sam", code, &who, &h->error), MR_DENIED);
}

static const char *
find(const char *bytes, size_t len, const char *text)
{
	size_t n = strlen(text);

	for (size_t i = 0; i + n <= len; i++)
		if (memcmp(bytes + i, text, n) == 0)
			return bytes + i;
	return NULL;
}

static void
a_code_is_told_again_to_the_same_request_and_kept_nowhere(void **state)
{
	struct house *h = *state;
	char code[64], plain[16], again[64], path[128];
	char *bytes = malloc(1 << 22);
	size_t len, n = 0;
	FILE *f;

	h->now = mr_now();
	h->request = "once";
	invite(h, code);
	invite(h, again);
	h->request = NULL;
	assert_string_equal(again, code);
	for (const char *s = code; *s != '\0'; s++)
		if (*s != '-')
			plain[n++] = *s;
	plain[n] = '\0';
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/mailroom.db%s", h->dir,
		    i == 0 ? "" : "-wal");
		f = fopen(path, "r");
		if (f == NULL)
			continue;
		len = fread(bytes, 1, 1 << 22, f);
		fclose(f);
		assert_null(find(bytes, len, code));
		assert_null(find(bytes, len, plain));
	}
	free(bytes);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_code_signs_in_until_a_passphrase_is_chosen),
	    TEST(a_code_is_good_for_three_days),
	    TEST(a_code_is_told_again_to_the_same_request_and_kept_nowhere),
	};
#undef TEST

	return cmocka_run_group_tests(tests, NULL, NULL);
}
