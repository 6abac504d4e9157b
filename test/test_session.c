/*
 * How long a session lasts and how often somebody may try: session.c and
 * throttle.c alone, which are told the time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "mailroomd/session.h"
#include "mailroomd/throttle.h"

static struct mr_signed
person(int64_t user, unsigned role, enum mr_signed_by by)
{
	struct mr_signed who = {.user = user, .role = role, .by = by};

	memset(who.secret, (int)user + 1, sizeof(who.secret));
	return who;
}

/* Begun at 1000: how long it lasts when nobody touches it. */
static int64_t
lasts(unsigned role, enum mr_signed_by by)
{
	struct sessions *s = sessions_new();
	struct mr_signed who = person(1, role, by);
	char cookie[SESSION_TOKEN];
	struct session session;
	int64_t t;

	assert_int_equal(session_begin(s, &who, 'A', 1000, cookie), 0);
	for (t = 1000; session_peek(s, cookie, t, &session) == 0; t++)
		assert_int_equal(session.ends,
		    1000 + (by == MR_BY_CODE ? 600 : session.idle));
	sessions_free(s);
	return t - 1000;
}

static void
an_unused_session_ends_by_what_its_role_opens(void **state)
{
	(void)state;
	assert_int_equal(lasts(MR_VOLUNTEER, MR_BY_BADGE), 1800);
	assert_int_equal(lasts(MR_VOLUNTEER, MR_BY_PASSPHRASE), 1800);
	assert_int_equal(lasts(MR_STAFF, MR_BY_PASSPHRASE), 600);
	assert_int_equal(lasts(MR_COORDINATOR, MR_BY_PASSPHRASE), 600);
	assert_int_equal(lasts(MR_ADMIN, MR_BY_PASSPHRASE), 600);
	assert_int_equal(lasts(MR_VOLUNTEER, MR_BY_CODE), 600);
}

/* Used every minute. */
static int64_t
lasts_in_use(unsigned role, enum mr_signed_by by)
{
	struct sessions *s = sessions_new();
	struct mr_signed who = person(1, role, by);
	char cookie[SESSION_TOKEN];
	struct session session;
	int64_t t = 1000;

	assert_int_equal(session_begin(s, &who, 'A', t, cookie), 0);
	while (session_find(s, cookie, t, &session) == 0)
		t += 60;
	sessions_free(s);
	return t - 1000;
}

static void
no_session_lasts_longer_than_nine_hours(void **state)
{
	(void)state;
	assert_int_equal(lasts_in_use(MR_VOLUNTEER, MR_BY_BADGE), 32400);
	assert_int_equal(lasts_in_use(MR_ADMIN, MR_BY_PASSPHRASE), 32400);
	assert_int_equal(lasts_in_use(MR_STAFF, MR_BY_CODE), 600);
}

static void
a_key_comes_out_for_its_own_cookie_alone(void **state)
{
	struct sessions *s = sessions_new();
	struct mr_signed one = person(1, MR_STAFF, MR_BY_PASSPHRASE);
	struct mr_signed two = person(2, MR_STAFF, MR_BY_PASSPHRASE);
	char a[SESSION_TOKEN], b[SESSION_TOKEN];
	struct session session;

	(void)state;
	assert_int_equal(session_begin(s, &one, 'A', 0, a), 0);
	assert_int_equal(session_begin(s, &two, 'B', 0, b), 0);
	assert_string_not_equal(a, b);
	session.local = 7;
	assert_int_equal(session_find(s, b, 1, &session), 0);
	assert_int_equal(session.local, 0);
	assert_int_equal(session.who.user, 2);
	assert_memory_equal(session.who.secret, two.secret, 32);
	assert_string_not_equal(session.token, b);
	b[3] = b[3] == 'x' ? 'y' : 'x';
	assert_int_equal(session_find(s, b, 1, &session), -1);
	session_end_user(s, 1);
	assert_int_equal(session_find(s, a, 1, &session), -1);
	assert_int_equal(session_count(s, 1), 1);
	sessions_free(s);
}

/* Seconds that it makes wait at t. */
#define TRY(t) throttle_try(throttle, "vera", 1, t)

static void
after_five_tries_each_wait_is_twice_the_last(void **state)
{
	struct throttle *throttle = throttle_new();
	int64_t t = 6000;
	int wait = 1, longest = 0;

	(void)state;
	for (int i = 0; i < THROTTLE_FREE; i++)
		assert_int_equal(TRY(t), 0);
	for (int i = 0; i < 20; i++) {
		assert_int_equal(TRY(t), wait);
		t += wait;
		assert_int_equal(TRY(t), 0);
		longest = wait > longest ? wait : longest;
		wait = 2 * wait < THROTTLE_MOST ? 2 * wait : THROTTLE_MOST;
	}
	assert_int_equal(longest, THROTTLE_MOST);
	throttle_good(throttle, "VERA", 1);
	for (int i = 0; i < THROTTLE_FREE; i++)
		assert_int_equal(TRY(t), 0);
	assert_int_equal(TRY(t), 1);
	/* A try that was not made does not count. */
	throttle_good(throttle, "vera", 1);
	for (int i = 0; i < 10; i++) {
		assert_int_equal(TRY(t), 0);
		throttle_back(throttle, "vera", 1);
	}
	assert_int_equal(TRY(t), 0);
	throttle_free(throttle);
}

/* How many of 100 new names are looked at within a minute. */
static int
looked_at(struct throttle *throttle, const char *what, unsigned long peer)
{
	char name[32];
	int n = 0;

	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "%s%d", what, i);
		n += throttle_try(throttle, name, peer, 6000) == 0;
	}
	return n;
}

static void
a_flood_has_its_share_of_a_minute_and_no_more(void **state)
{
	struct throttle *throttle = throttle_new();
	char name[32];

	(void)state;
	throttle_good(throttle, "ruth", 1);
	assert_int_equal(looked_at(throttle, "eve", 1), THROTTLE_PEER);
	assert_int_equal(
	    looked_at(throttle, "mal", 2), THROTTLE_MINUTE - THROTTLE_PEER);
	assert_int_equal(looked_at(throttle, "tom", 3), 0);
	assert_int_equal(throttle_try(throttle, "ruth", 1, 6000), 0);
	/* The next minute is another. */
	assert_int_equal(throttle_try(throttle, "tom0", 3, 6059), 1);
	assert_int_equal(throttle_try(throttle, "tom0", 3, 6060), 0);
	/* As many names as it can remember do not make it forget her. */
	for (int i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "x%d", i);
		throttle_try(throttle, name, 1, 6061 + i);
	}
	looked_at(throttle, "y", 1);
	looked_at(throttle, "z", 2);
	assert_int_equal(throttle_try(throttle, "ruth", 1, 6000), 0);
	throttle_free(throttle);
}

/* Somebody at 2 tries her name as often as they may, all day. */
static void
who_guesses_at_a_name_elsewhere_does_not_keep_its_owner_out(void **state)
{
	struct throttle *throttle = throttle_new();
	int64_t t = 6000;

	(void)state;
	throttle_good(throttle, "ruth", 1);
	for (; t < 6000 + 28800; t++) {
		throttle_try(throttle, "ruth", 2, t);
		if (t % 3600 != 0)
			continue;
		assert_int_equal(throttle_try(throttle, "RUTH", 1, t), 0);
		throttle_good(throttle, "ruth", 1);
		/* Which lets nobody go on there. */
		assert_true(throttle_try(throttle, "ruth", 2, t) > 0);
	}
	/* Nor may one guess at ease where she signed in. */
	for (int i = 0; i < THROTTLE_FREE; i++)
		assert_int_equal(throttle_try(throttle, "ruth", 1, t), 0);
	assert_int_equal(throttle_try(throttle, "ruth", 1, t), 1);
	throttle_free(throttle);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_unused_session_ends_by_what_its_role_opens),
	    cmocka_unit_test(no_session_lasts_longer_than_nine_hours),
	    cmocka_unit_test(a_key_comes_out_for_its_own_cookie_alone),
	    cmocka_unit_test(after_five_tries_each_wait_is_twice_the_last),
	    cmocka_unit_test(a_flood_has_its_share_of_a_minute_and_no_more),
	    cmocka_unit_test(
		who_guesses_at_a_name_elsewhere_does_not_keep_its_owner_out),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
