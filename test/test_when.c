/*
 * Days, times and zones: leap years, the hours that summer time skips and
 * repeats, and what is not a day.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/when.h"

#define SECOND INT64_C(1000000)

static int64_t
day(const char *s)
{
	int64_t d = 4711;

	assert_null(mr_day_parse(s, &d));
	return d;
}

/* Microseconds of a UTC second, counted by libc. */
static int64_t
utc(int year, int month, int mday, int hour, int minute)
{
	struct tm tm = {.tm_year = year - 1900,
	    .tm_mon = month - 1,
	    .tm_mday = mday,
	    .tm_hour = hour,
	    .tm_min = minute};

	return (int64_t)timegm(&tm) * SECOND;
}

static void
known_days_have_known_numbers(void **state)
{
	(void)state;
	assert_int_equal(day("1970-01-01"), 0);
	assert_int_equal(day("1969-12-31"), -1);
	assert_int_equal(day("2000-02-29"), 11016);
	assert_int_equal(day("2026-11-23"), 20780);
	assert_int_equal(day("1900-01-01"), MR_DAY_MIN);
	assert_int_equal(day("2199-12-31"), MR_DAY_MAX);
}

static void
every_day_of_three_centuries_agrees_with_libc(void **state)
{
	char out[MR_WHEN_SIZE], expected[16];
	int64_t d, back;
	struct tm tm;
	time_t t;

	(void)state;
	for (d = MR_DAY_MIN; d <= MR_DAY_MAX; d++) {
		t = (time_t)(d * 86400);
		gmtime_r(&t, &tm);
		strftime(expected, sizeof(expected), "%Y-%m-%d", &tm);
		assert_string_equal(mr_day_iso(d, out), expected);
		assert_null(mr_day_parse(out, &back));
		assert_int_equal(back, d);
		assert_int_equal(
		    mr_day_weekday(d), tm.tm_wday == 0 ? 7 : tm.tm_wday);
	}
}

static void
what_is_not_a_day_is_told_in_a_sentence(void **state)
{
	static const char shape[] =
	    "a day is written year-month-day, as in 2026-11-23";
	static const char *const bad[][2] = {
	    {"", shape},
	    {"today", shape},
	    {"2026-11-2", shape},
	    {"2026-1-23", shape},
	    {"26-11-23", shape},
	    {"11/23/2026", shape},
	    {"2026/11/23", shape},
	    {" 2026-11-23", shape},
	    {"-026-11-23", shape},
	    {"2026-11-+3", shape},
	    {"20261123", shape},
	    {"2026-11-23 ",
		"a day ends after year-month-day, as in 2026-11-23"},
	    {"2026-11-23T08:00:00Z",
		"a day ends after year-month-day, as in 2026-11-23"},
	    {"1899-12-31", "the year is not between 1900 and 2199"},
	    {"2200-01-01", "the year is not between 1900 and 2199"},
	    {"2026-00-10", "the month is not between 01 and 12"},
	    {"2026-13-10", "the month is not between 01 and 12"},
	    {"2026-11-00", "that month has no such day"},
	    {"2026-11-31", "that month has no such day"},
	    {"2026-02-29", "that month has no such day"},
	    {"1900-02-29", "that month has no such day"},
	    {"2100-02-29", "that month has no such day"},
	};
	int64_t d = 4711;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_string_equal(mr_day_parse(bad[i][0], &d), bad[i][1]);
		assert_int_equal(d, 4711);
	}
	day("2024-02-29");
	day("2000-02-29");
}

static void
a_day_is_written_out_in_both_languages(void **state)
{
	char out[MR_WHEN_SIZE];

	(void)state;
	assert_string_equal(
	    mr_day_words(day("2026-11-23"), "en", out), "23 November 2026");
	assert_string_equal(mr_day_words(day("2026-11-23"), "es", out),
	    "23 de noviembre de 2026");
	assert_string_equal(
	    mr_day_words(day("2028-02-29"), "en", out), "29 February 2028");
	assert_string_equal(mr_day_words(day("2027-09-01"), "es", out),
	    "1 de septiembre de 2027");
}

static void
adding_days_stops_at_the_ends(void **state)
{
	(void)state;
	assert_int_equal(mr_day_add(day("2024-02-28"), 2), day("2024-03-01"));
	assert_int_equal(mr_day_add(day("2027-01-01"), -1), day("2026-12-31"));
	assert_int_equal(mr_day_add(0, INT64_MAX), MR_DAY_MAX);
	assert_int_equal(mr_day_add(-1, INT64_MIN), MR_DAY_MIN);
	assert_int_equal(mr_day_add(MR_DAY_MAX, 1), MR_DAY_MAX);
}

static void
instants_are_written_in_utc_with_the_fraction_cut(void **state)
{
	char out[MR_WHEN_SIZE];

	(void)state;
	assert_string_equal(
	    mr_time_iso(utc(2026, 11, 23, 8, 37) + 19 * SECOND + 999999, out),
	    "2026-11-23T08:37:19Z");
	assert_string_equal(mr_time_iso(0, out), "1970-01-01T00:00:00Z");
	assert_string_equal(mr_time_iso(-1, out), "1969-12-31T23:59:59Z");
}

static void
before_any_zone_is_set_the_day_is_utc(void **state)
{
	char out[MR_WHEN_SIZE];

	(void)state;
	setenv("TZ", "Pacific/Kiritimati", 1);
	tzset();
	assert_int_equal(
	    mr_day_of(utc(2026, 11, 23, 23, 59)), day("2026-11-23"));
	assert_string_equal(
	    mr_time_local(utc(2026, 11, 23, 23, 59), out), "23:59");
}

static void
the_day_turns_at_local_midnight(void **state)
{
	char out[MR_WHEN_SIZE];

	(void)state;
	assert_int_equal(mr_zone_set("America/New_York"), 0);
	assert_int_equal(
	    mr_day_of(utc(2026, 11, 24, 4, 59)), day("2026-11-23"));
	assert_int_equal(mr_day_of(utc(2026, 11, 24, 5, 0)), day("2026-11-24"));
	assert_int_equal(mr_day_of(utc(2026, 7, 4, 3, 59)), day("2026-07-03"));
	assert_int_equal(mr_day_of(utc(2026, 7, 4, 4, 0)), day("2026-07-04"));
	assert_int_equal(mr_day_of(-1), day("1969-12-31"));
	assert_string_equal(
	    mr_time_local(utc(2026, 11, 24, 4, 59), out), "23:59");
}

static void
summer_time_skips_an_hour_and_repeats_one(void **state)
{
	char out[MR_WHEN_SIZE];

	(void)state;
	assert_int_equal(mr_zone_set("America/New_York"), 0);
	assert_string_equal(
	    mr_time_local(utc(2026, 3, 8, 6, 59), out), "01:59");
	assert_string_equal(mr_time_local(utc(2026, 3, 8, 7, 0), out), "03:00");
	assert_string_equal(
	    mr_time_local(utc(2026, 11, 1, 5, 30), out), "01:30");
	assert_string_equal(
	    mr_time_local(utc(2026, 11, 1, 6, 30), out), "01:30");
	/* 23 and 25 hours long, each one day */
	assert_int_equal(mr_day_of(utc(2026, 3, 8, 5, 0)), day("2026-03-08"));
	assert_int_equal(mr_day_of(utc(2026, 3, 9, 3, 59)), day("2026-03-08"));
	assert_int_equal(mr_day_of(utc(2026, 11, 1, 4, 0)), day("2026-11-01"));
	assert_int_equal(mr_day_of(utc(2026, 11, 2, 4, 59)), day("2026-11-01"));
}

static void
a_zone_can_be_changed_and_set_again(void **state)
{
	int64_t noon = utc(2026, 11, 23, 12, 0);
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		assert_int_equal(mr_zone_set("Pacific/Kiritimati"), 0);
		assert_int_equal(mr_zone_set("Pacific/Kiritimati"), 0);
		assert_int_equal(mr_day_of(noon), day("2026-11-24"));
		assert_int_equal(mr_zone_set("Pacific/Pago_Pago"), 0);
		assert_int_equal(mr_day_of(noon), day("2026-11-23"));
		assert_int_equal(
		    mr_day_of(noon - 2 * 3600 * SECOND), day("2026-11-22"));
	}
}

static void
another_site_may_have_another_day(void **state)
{
	static const char *const here[] = {"America/New_York", "Asia/Tokyo"};
	int64_t night = utc(2026, 11, 24, 6, 30), there = 7;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(mr_zone_set(here[i]), 0);
		assert_int_equal(
		    mr_day_in("America/New_York", night, &there), 0);
		assert_int_equal(there, day("2026-11-24"));
		assert_int_equal(mr_day_in("America/Boise", night, &there), 0);
		assert_int_equal(there, day("2026-11-23"));
		assert_int_equal(
		    mr_day_in("Pacific/Kiritimati", night, &there), 0);
		assert_int_equal(there, day("2026-11-24"));
		assert_int_equal(
		    mr_day_in("America/Danbury", night, &there), -1);
		assert_int_equal(mr_day_in(NULL, night, &there), -1);
		assert_int_equal(there, day("2026-11-24"));
		/* the zone in force stays in force */
		assert_int_equal(mr_day_start(day("2026-11-24")),
		    i == 0 ? utc(2026, 11, 24, 5, 0)
			   : utc(2026, 11, 23, 15, 0));
	}
}

#define LOOKS 2000

static void *
look_at_the_day(void *arg)
{
	int64_t night = utc(2026, 11, 24, 6, 30), *wrong = arg;

	for (int i = 0; i < LOOKS; i++)
		*wrong += mr_day_of(night) != day("2026-11-24");
	return NULL;
}

/* What one thread asks about another site does not touch the day of another
 * thread. */
static void
a_look_elsewhere_moves_no_day_here(void **state)
{
	int64_t night = utc(2026, 11, 24, 6, 30), wrong = 0, there;
	pthread_t other;

	(void)state;
	assert_int_equal(mr_zone_set("America/New_York"), 0);
	assert_int_equal(
	    pthread_create(&other, NULL, look_at_the_day, &wrong), 0);
	for (int i = 0; i < LOOKS; i++) {
		assert_int_equal(mr_day_in("America/Boise", night, &there), 0);
		assert_int_equal(there, day("2026-11-23"));
	}
	pthread_join(other, NULL);
	assert_int_equal(wrong, 0);
}

static void
only_names_of_the_tz_database_are_zones(void **state)
{
	static const char *const bad[] = {"", "America", "America/",
	    "America/Danbury", "/usr/share/zoneinfo/UTC", "../zoneinfo/UTC",
	    "America/../UTC", "EST5EDT4,M3.2.0", "UTC\n", "zone.tab",
	    "America//New_York", ":UTC", "tzdata.zi"};
	size_t i;

	(void)state;
	assert_int_equal(mr_zone_set("UTC"), 0);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(mr_zone_known(bad[i]), 0);
		assert_int_equal(mr_zone_set(bad[i]), -1);
	}
	assert_int_equal(mr_zone_known(NULL), 0);
	assert_int_equal(mr_zone_known("America/Indiana/Tell_City"), 1);
	assert_int_equal(mr_zone_known("Etc/GMT+5"), 1);
	/* the refused ones changed nothing */
	assert_int_equal(
	    mr_day_of(utc(2026, 11, 23, 23, 59)), day("2026-11-23"));
}

static void
a_time_is_what_a_clock_in_the_office_shows(void **state)
{
	static const struct {
		const char *text;
		int month, day, hour, minute; /* UTC, 2026 */
	} good[] = {{"2026-11-23T09:30", 11, 23, 14, 30},
	    {"2026-11-23 00:05", 11, 23, 5, 5}, {"2026-11-23", 11, 23, 5, 0},
	    {"2026-07-01T23:59", 7, 2, 3, 59},
	    /* the days of 23 and of 25 hours */
	    {"2026-03-08T23:30", 3, 9, 3, 30},
	    {"2026-03-08T01:30", 3, 8, 6, 30},
	    {"2026-11-01T09:00", 11, 1, 14, 0},
	    {"2026-11-01T23:30", 11, 2, 4, 30}};
	static const char *const bad[] = {"", "9:30", "2026-13-01T09:30",
	    "2026-11-23T9:30", "2026-11-23T24:00", "2026-11-23T09:60",
	    "2026-11-23T09:30Z", "2026-11-23X09:30", "2026-11-23T+9:30"};
	int64_t us;
	size_t i;

	(void)state;
	assert_int_equal(mr_zone_set("America/New_York"), 0);
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_null(mr_time_parse(good[i].text, &us));
		assert_int_equal(us,
		    utc(2026, good[i].month, good[i].day, good[i].hour,
			good[i].minute));
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_non_null(mr_time_parse(bad[i], &us));
}

static void
the_clock_is_between_2025_and_2199(void **state)
{
	int64_t a = mr_now(), b = mr_now();

	(void)state;
	assert_true(a > utc(2025, 1, 1, 0, 0) && a < utc(2199, 1, 1, 0, 0));
	assert_true(b >= a && b - a < 10 * SECOND);
}

static void
an_instant_is_read_back_as_it_was_written(void **state)
{
	static const char *const wrong[] = {"", "2026-11-23T08:37:19",
	    "2026-11-23 08:37:19Z", "2026-11-23T24:00:00Z",
	    "2026-02-30T08:37:19Z", "2026-11-23T-8:37:19Z",
	    "2026-11-23T08:37:19Z "};
	char text[MR_WHEN_SIZE];
	int64_t us = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(mr_time_read(wrong[i], &us), -1);
	assert_int_equal(us, 7);
	assert_int_equal(mr_time_read("2026-11-23T08:37:19Z", &us), 0);
	assert_string_equal(mr_time_iso(us, text), "2026-11-23T08:37:19Z");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(before_any_zone_is_set_the_day_is_utc),
	    cmocka_unit_test(known_days_have_known_numbers),
	    cmocka_unit_test(every_day_of_three_centuries_agrees_with_libc),
	    cmocka_unit_test(what_is_not_a_day_is_told_in_a_sentence),
	    cmocka_unit_test(a_day_is_written_out_in_both_languages),
	    cmocka_unit_test(adding_days_stops_at_the_ends),
	    cmocka_unit_test(instants_are_written_in_utc_with_the_fraction_cut),
	    cmocka_unit_test(the_day_turns_at_local_midnight),
	    cmocka_unit_test(summer_time_skips_an_hour_and_repeats_one),
	    cmocka_unit_test(a_zone_can_be_changed_and_set_again),
	    cmocka_unit_test(another_site_may_have_another_day),
	    cmocka_unit_test(a_look_elsewhere_moves_no_day_here),
	    cmocka_unit_test(only_names_of_the_tz_database_are_zones),
	    cmocka_unit_test(a_time_is_what_a_clock_in_the_office_shows),
	    cmocka_unit_test(the_clock_is_between_2025_and_2199),
	    cmocka_unit_test(an_instant_is_read_back_as_it_was_written),
	};

	return cmocka_run_group_tests_name("when", tests, NULL, NULL);
}
