/*
 * Time.  An instant is int64_t microseconds since 1970 UTC; a day is int64_t
 * days since 1970-01-01 of the civil calendar, without zone.  Only mr_day_of
 * and mr_time_local know a zone.  Everything else is pure arithmetic.
 */
#ifndef MR_WHEN_H
#define MR_WHEN_H

#include <stdint.h>

/* The years 1900 to 2199; every function wants a day from within. */
#define MR_DAY_MIN (-25567)
#define MR_DAY_MAX 84005

/* Enough for each text that is made here, its NUL included. */
#define MR_WHEN_SIZE 48

/* Microseconds UTC by the machine's clock.  Domain code asks its call. */
int64_t mr_now(void);

/*
 * Choose the zone for mr_day_of and mr_time_local, by its name in the tz
 * database ("America/New_York").  It is ONE for the process (libc keeps it in
 * TZ): set it before threads start, or hold a lock of your own around it and
 * the calls that depend on it; mr_day_in alone needs none.  Cheap when the name is the one in force.  UTC
 * is in force until the first call.  0, or -1 when there is no such zone.
 */
int mr_zone_set(const char *name);

/* Is there such a zone in the tz database of this machine?  1 or 0. */
int mr_zone_known(const char *name);

/* The civil day of an instant in the zone in force. */
int64_t mr_day_of(int64_t us);

/* The same in another zone, which need not be in force: what day is it at
 * another site?  Safe beside other threads.  0, or -1: no such zone here. */
int mr_day_in(const char *zone, int64_t us, int64_t *day);

/* The first instant of a day in the zone in force. */
int64_t mr_day_start(int64_t day);

/*
 * "2026-11-23" and nothing else into *day.  NULL when it is one, else a
 * sentence without a dot that says what would be right.
 */
const char *mr_day_parse(const char *s, int64_t *day);

/*
 * "2026-11-23", or with the hour "2026-11-23T09:30" (also with a blank for
 * the T), as a clock of the zone in force shows it, into *us.  NULL, or a
 * sentence as above.
 */
const char *mr_time_parse(const char *s, int64_t *us);

/* Civil date to day; -1 when there is no such date, else 0. */
int mr_day_make(int year, int month, int mday, int64_t *day);
void mr_day_split(int64_t day, int *year, int *month, int *mday);

/* day + n, stopped at MR_DAY_MIN and MR_DAY_MAX. */
int64_t mr_day_add(int64_t day, int64_t n);

/* 1 is Monday, 7 is Sunday. */
int mr_day_weekday(int64_t day);

/* These fill out and return it, so that they can stand in an argument. */

/* "2026-11-23" */
const char *mr_day_iso(int64_t day, char out[MR_WHEN_SIZE]);
/* "23 November 2026"; language "es": "23 de noviembre de 2026" */
const char *
mr_day_words(int64_t day, const char *language, char out[MR_WHEN_SIZE]);
/* "2026-11-23T08:37:19Z", RFC 3339, UTC, the fraction cut off */
const char *mr_time_iso(int64_t us, char out[MR_WHEN_SIZE]);
/* And back: 0, or -1 when it is not exactly that. */
int mr_time_read(const char *s, int64_t *us);
/* "08:37" in the zone in force */
const char *mr_time_local(int64_t us, char out[MR_WHEN_SIZE]);

#endif
