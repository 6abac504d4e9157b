/*
 * A volunteer's PIN: what it may be, that what is stored of it is worth
 * nothing without the office's key, and who signs in with it.
 */
#include "test/house.h"

#include <sodium.h>

#include "lib/badge.h"
#include "lib/pin.h"
#include "lib/signin.h"
#include "lib/user.h"

#define DAY (INT64_C(86400) * 1000000)
#define PIN "739204"
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
set_pin(struct house *h, const char *digits)
{
	as(h, "admin");
	h->new_pin = digits;
	did(h, run(h, "user pin", "name", "vera", NULL), "vera");
}

/* What is on vera's badge of that copy. */
static const char *
badge(struct house *h, int copy)
{
	static char text[MR_PAYLOAD_LEN + 1];
	struct mr_call *c = house_begin(h);
	int64_t id = 0;

	assert_int_equal(mr_user_find(c, "vera", &id), MR_OK);
	assert_int_equal(mr_badge_make(c->keys->tag, id, copy, text), 0);
	house_end(c);
	return text;
}

static void
make_badge(struct house *h)
{
	struct mr_call *c = house_begin(h);
	int64_t id = 0;

	assert_int_equal(mr_user_find(c, "vera", &id), MR_OK);
	assert_int_equal(mr_badge_new(c, id), MR_OK);
	house_end(c);
}

static void
dates_rows_and_repetitions_are_refused(void **state)
{
	static const char *const bad[] = {"000000", "111111", "123456",
	    "654321", "567890", "098765", "246802", "121212", "123123",
	    "112233", "123321", "010190", "311299", "123190", "850412",
	    "061985", "198506", "290204", "202612"};
	static const char *const wrong[] = {"", "12345", "1234567", "12345a",
	    " 73920", "73 204", "\u066123456"};
	static const char *const good[] = {
	    PIN, "480675", "903377", "661904", "324100", "995501", "210073"};
	struct house *h = *state;
	struct mr_call *c = house_begin(h);

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (mr_pin_check(c, bad[i]) != MR_INVALID)
			fail_msg("%s is taken", bad[i]);
		assert_non_null(strstr(h->error.message, "tried first"));
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(mr_pin_check(c, wrong[i]), MR_INVALID);
		assert_non_null(strstr(h->error.message, "six digits"));
	}
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (mr_pin_check(c, good[i]) != MR_OK)
			fail_msg("%s is refused", good[i]);
	house_end(c);
}

static void
one_in_nine_is_refused_and_no_more(void **state)
{
	struct house *h = *state;
	struct mr_call *c = house_begin(h);
	char digits[16];
	int refused = 0;

	for (int i = 0; i < 1000000; i++) {
		snprintf(digits, sizeof(digits), "%06d", i);
		refused += mr_pin_check(c, digits) != MR_OK;
	}
	house_end(c);
	assert_in_range(refused, 80000, 120000);
}

static void
a_pin_is_proved_by_nothing_but_itself(void **state)
{
	struct house *h = *state;
	struct mr_call *c = house_begin(h);
	struct mr_pin pin, other;
	int same = -1;

	assert_int_equal(mr_pin_make(c, 2, PIN, &pin), MR_OK);
	assert_int_equal(mr_pin_match(c, &pin, PIN, &same), MR_OK);
	assert_int_equal(same, 1);
	assert_int_equal(mr_pin_match(c, &pin, "739205", &same), MR_OK);
	assert_int_equal(same, 0);
	/* The same digits of another, or of the same again, look otherwise. */
	assert_int_equal(mr_pin_make(c, 2, PIN, &other), MR_OK);
	assert_memory_not_equal(other.proof, pin.proof, sizeof(pin.proof));
	other = pin;
	other.id = 3;
	assert_int_equal(mr_pin_match(c, &other, PIN, &same), MR_OK);
	assert_int_equal(same, 0);
	/* A cost that this program never stores costs nothing. */
	other = pin;
	other.cost.mem = INT64_C(1) << 40;
	assert_int_equal(mr_pin_match(c, &other, PIN, &same), MR_DAMAGED);
	other.cost.mem = 8192;
	assert_int_equal(mr_pin_match(c, &other, PIN, &same), MR_DAMAGED);
	house_end(c);
}

/* Salt, cost and proof as they stand in the file, and every PIN to try: but
 * without the office's key no PIN gives the proof. */
static void
the_database_alone_does_not_open_a_pin(void **state)
{
	struct house *h = *state;
	struct mr_call *c = house_begin(h);
	unsigned char tag[32], slow[32], plain[32];
	struct mr_keys *keys = (struct mr_keys *)c->keys;
	struct mr_pin pin;
	int same = -1;

	assert_int_equal(mr_pin_make(c, 2, PIN, &pin), MR_OK);
	assert_int_equal(
	    crypto_pwhash(slow, 32, PIN, 6, pin.salt,
		(unsigned long long)pin.cost.ops, (size_t)pin.cost.mem,
		crypto_pwhash_ALG_ARGON2ID13),
	    0);
	assert_memory_not_equal(slow, pin.proof, 32);
	crypto_generichash(plain, 32, slow, 32, NULL, 0);
	assert_memory_not_equal(plain, pin.proof, 32);
	memcpy(tag, keys->tag, sizeof(tag));
	keys->tag[0] ^= 1;
	assert_int_equal(mr_pin_match(c, &pin, PIN, &same), MR_OK);
	memcpy(keys->tag, tag, sizeof(tag));
	assert_int_equal(same, 0);
	assert_int_equal(mr_pin_match(c, &pin, PIN, &same), MR_OK);
	assert_int_equal(same, 1);
	house_end(c);
}

static void
a_pin_is_a_volunteers(void **state)
{
	struct house *h = *state;

	set_pin(h, PIN);
	did(h, run(h, "user list", NULL),
	    "\"name\":\"vera\",\"role\":\"volunteer\",\"status\":\"active\","
	    "\"passphrase\":false,\"pin\":true,");
	refused(h, run(h, "user pin", "name", "sam", NULL), MR_REFUSED,
	    "sam is staff and signs in with a passphrase");
	refused(h, run(h, "user pin", NULL), MR_REFUSED, "admin is admin");
	refused(h, run(h, "user pin", "name", "eve", NULL), MR_NOTFOUND,
	    "no user eve");
	h->new_pin = "123456";
	refused(h, run(h, "user pin", "name", "vera", NULL), MR_INVALID,
	    "tried first");
	h->new_pin = NULL;
	refused(h, run(h, "user pin", "name", "vera", NULL), MR_LOCKED,
	    "a new PIN is needed");
	as(h, "sam");
	refused(h, run(h, "user pin", "name", "vera", NULL), MR_DENIED,
	    "volunteer or admin");
	as(h, "admin");
	did(h, run(h, "audit verify", NULL), "\"found\":0");
}

static void
her_own_pin_is_changed_with_the_old_one(void **state)
{
	struct house *h = *state;

	as(h, "admin");
	did(h, run(h, "user add", "name", "val", "role", "volunteer", NULL),
	    "val");
	set_pin(h, PIN);
	as(h, "vera");
	h->new_pin = "480675";
	refused(h, run(h, "user pin", NULL), MR_LOCKED,
	    "the PIN that is in force is needed");
	h->pin = "739205";
	refused(h, run(h, "user pin", NULL), MR_LOCKED, "not your PIN");
	assert_null(strstr(h->error.message, "739205"));
	h->pin = PIN;
	did(h, run(h, "user pin", NULL), "vera");
	refused(h, run(h, "user pin", NULL), MR_LOCKED, "not your PIN");
	refused(h, run(h, "user pin", "name", "val", NULL), MR_DENIED,
	    "set by an admin");
}

static int
pins(struct house *h)
{
	return (int)house_count(h,
	    SQL_SCAN "SELECT CAST(count(*) AS BIGINT) FROM pin "
		     "WHERE proof IS NOT NULL");
}

static void
a_pin_goes_with_the_role_and_with_a_reset(void **state)
{
	struct house *h = *state;

	set_pin(h, PIN);
	assert_int_equal(pins(h), 1);
	did(h, run(h, "user role", "name", "vera", "role", "staff", NULL),
	    "staff");
	assert_int_equal(pins(h), 0);
	did(h, run(h, "user role", "name", "vera", "role", "volunteer", NULL),
	    "volunteer");
	assert_int_equal(pins(h), 0);
	set_pin(h, PIN);
	did(h, run(h, "user reset", "name", "vera", NULL), "vera");
	assert_int_equal(pins(h), 0);
	did(h, run(h, "user disable", "name", "vera", NULL), "disabled");
	h->new_pin = PIN;
	refused(h, run(h, "user pin", "name", "vera", NULL), MR_REFUSED,
	    "is disabled");
	did(h, run(h, "audit verify", NULL), "\"found\":0");
}

static void
a_history_tells_of_a_pin_and_a_code_in_words(void **state)
{
	struct house *h = *state;

	set_pin(h, PIN);
	did(h, run(h, "user invite", "name", "sam", NULL), "code");
	as(h, NULL);
	did(h, run(h, "audit show", "last", "2", NULL), "user pin");
	did(h, run(h, "audit show", "last", "2", NULL), "user invite");
	did(h, run(h, "audit show", "last", "2", NULL), "PIN of vera");
	did(h, run(h, "audit show", "last", "2", NULL), "in force");
	assert_null(strstr(h->answer, PIN));
}

#define opens(h, badge, digits) \
	mr_sign_in_badge((h)->mr, badge, digits, &who, &(h)->error)

static void
the_newest_badge_and_the_pin_sign_in(void **state)
{
	struct house *h = *state;
	struct mr_signed who;
	char old[MR_PAYLOAD_LEN + 1], wrong[512];

	set_pin(h, PIN);
	make_badge(h);
	snprintf(old, sizeof(old), "%s", badge(h, 1));
	assert_int_equal(opens(h, old, PIN), MR_OK);
	assert_string_equal(who.name, "vera");
	assert_int_equal(who.role, MR_VOLUNTEER);
	assert_int_equal(who.holds, 0);
	assert_int_equal(mr_still_signed(h->mr, &who, &h->error), MR_OK);
	assert_int_equal(opens(h, old, "739205"), MR_DENIED);
	memcpy(wrong, h->error.message, sizeof(wrong));
	/* Another copy: the old one opens nothing, and a session ends. */
	make_badge(h);
	assert_int_equal(opens(h, badge(h, 2), PIN), MR_OK);
	assert_int_equal(opens(h, old, PIN), MR_DENIED);
	assert_string_equal(h->error.message, wrong);
	/* Nobody's badge, no badge, a card, another office's tag. */
	assert_int_equal(opens(h, "", PIN), MR_DENIED);
	assert_string_equal(h->error.message, wrong);
	assert_int_equal(opens(h, "vera", PIN), MR_DENIED);
	assert_string_equal(h->error.message, wrong);
	snprintf(old, sizeof(old), "%s", badge(h, 2));
	old[MR_PAYLOAD_LEN - 1] = old[MR_PAYLOAD_LEN - 1] == 'X' ? 'W' : 'X';
	assert_int_equal(opens(h, old, PIN), MR_DENIED);
	assert_string_equal(h->error.message, wrong);
	assert_int_equal(opens(h, badge(h, 2), ""), MR_DENIED);
	/* And nobody who is disabled, or has no PIN. */
	as(h, "admin");
	did(h, run(h, "user disable", "name", "vera", NULL), "vera");
	assert_int_equal(opens(h, badge(h, 2), PIN), MR_DENIED);
	assert_string_equal(h->error.message, wrong);
	did(h, run(h, "user enable", "name", "vera", NULL), "vera");
	assert_int_equal(opens(h, badge(h, 2), PIN), MR_OK);
	did(h, run(h, "user reset", "name", "vera", NULL), "vera");
	assert_int_equal(opens(h, badge(h, 2), PIN), MR_DENIED);
	assert_string_equal(h->error.message, wrong);
}

static void
a_new_pin_badge_or_role_ends_what_was_begun(void **state)
{
	struct house *h = *state;
	struct mr_signed who, before;

	set_pin(h, PIN);
	make_badge(h);
	assert_int_equal(opens(h, badge(h, 1), PIN), MR_OK);
	before = who;
	set_pin(h, "480675");
	assert_int_equal(mr_still_signed(h->mr, &before, &h->error), MR_DENIED);
	assert_int_equal(opens(h, badge(h, 1), "480675"), MR_OK);
	before = who;
	make_badge(h);
	assert_int_equal(mr_still_signed(h->mr, &before, &h->error), MR_DENIED);
	assert_int_equal(opens(h, badge(h, 2), "480675"), MR_OK);
	before = who;
	as(h, "admin");
	did(h, run(h, "user role", "name", "vera", "role", "staff", NULL),
	    "staff");
	assert_int_equal(mr_still_signed(h->mr, &before, &h->error), MR_DENIED);
	assert_non_null(strstr(h->error.message, "sign in again"));
	as(h, NULL);
	assert_int_equal(
	    mr_sign_in(h->mr, "ruth", HOUSE_PASSPHRASE, &who, &h->error),
	    MR_OK);
	before = who;
	assert_int_equal(mr_still_signed(h->mr, &before, &h->error), MR_OK);
	h->passphrase = HOUSE_PASSPHRASE;
	h->new_passphrase = WORDS;
	did(h, run(h, "user passphrase", NULL), "ruth");
	assert_int_equal(mr_still_signed(h->mr, &before, &h->error), MR_DENIED);
}

/* What somebody wrote into the file opens nothing. */
static void
a_row_from_outside_signs_nobody_in(void **state)
{
	struct house *h = *state;
	struct mr_signed who;
	struct mr_call *c;

	set_pin(h, PIN);
	make_badge(h);
	c = house_begin(h);
	assert_int_equal(sql_done(sql_prepare(c,
			     SQL_SCAN "UPDATE pin SET version = version + 1")),
	    MR_OK);
	house_end(c);
	assert_int_equal(opens(h, badge(h, 1), PIN), MR_DAMAGED);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(dates_rows_and_repetitions_are_refused),
	    TEST(one_in_nine_is_refused_and_no_more),
	    TEST(a_pin_is_proved_by_nothing_but_itself),
	    TEST(the_database_alone_does_not_open_a_pin),
	    TEST(a_pin_is_a_volunteers),
	    TEST(her_own_pin_is_changed_with_the_old_one),
	    TEST(a_pin_goes_with_the_role_and_with_a_reset),
	    TEST(a_history_tells_of_a_pin_and_a_code_in_words),
	    TEST(the_newest_badge_and_the_pin_sign_in),
	    TEST(a_new_pin_badge_or_role_ends_what_was_begun),
	    TEST(a_row_from_outside_signs_nobody_in),
	};
#undef TEST

	return cmocka_run_group_tests(tests, NULL, NULL);
}
