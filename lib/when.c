/*
 * Time: days by arithmetic, zones by libc.  See when.h.
 * The zone in force is the only state in here, and it is the process's TZ.
 */
#include "lib/when.h"
#include "lib/tongue.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SECOND INT64_C(1000000)
#define DAY_SECONDS INT64_C(86400)
#define ZONE_SIZE 64

static char zone[ZONE_SIZE]; /* empty: UTC, TZ untouched */

/* Held while TZ is changed and while libc goes by it: mr_day_in changes it for
 * a moment, with threads at work. */
static pthread_mutex_t tz_lock = PTHREAD_MUTEX_INITIALIZER;

/* Towards minus infinity, so that a second before 1970 is in 1969. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t
mr_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * SECOND + ts.tv_nsec / 1000;
}

/* Is this a name that cannot lead out of the database's folder? */
static int
safe_name(const char *name)
{
	const char *c;

	if (name == NULL || *name == '\0' || strlen(name) >= ZONE_SIZE)
		return 0;
	for (c = name; *c != '\0'; c++) {
		if (strchr("+-_/", *c) == NULL && !(*c >= '0' && *c <= '9') &&
		    !(*c >= 'A' && *c <= 'Z') && !(*c >= 'a' && *c <= 'z'))
			return 0;
		if (*c == '/' && (c == name || c[1] == '/' || c[1] == '\0'))
			return 0;
	}
	return 1;
}

int
mr_zone_known(const char *name)
{
	const char *folder = getenv("TZDIR");
	char path[512], magic[4];
	FILE *file;
	int known;

	if (!safe_name(name))
		return 0;
	if (folder == NULL || *folder == '\0')
		folder = "/usr/share/zoneinfo";
	if (snprintf(path, sizeof(path), "%s/%s", folder, name) >=
	    (int)sizeof(path))
		return 0;
	file = fopen(path, "rb");
	if (file == NULL)
		return 0;
	known = fread(magic, 1, 4, file) == 4 && memcmp(magic, "TZif", 4) == 0;
	fclose(file);
	return known;
}

/* The zone by its name, "" UTC; with the lock.  0, or -1. */
static int
use_zone(const char *name)
{
	char tz[ZONE_SIZE + 1];

	/* the colon: a file's name, never a rule such as EST5EDT */
	snprintf(tz, sizeof(tz), ":%s", *name != '\0' ? name : "UTC");
	if (setenv("TZ", tz, 1) != 0)
		return -1;
	tzset();
	return 0;
}

int
mr_zone_set(const char *name)
{
	int status;

	if (name != NULL && *name != '\0' && strcmp(name, zone) == 0)
		return 0;
	if (!mr_zone_known(name))
		return -1;
	pthread_mutex_lock(&tz_lock);
	status = use_zone(name);
	if (status == 0)
		snprintf(zone, sizeof(zone), "%s", name);
	pthread_mutex_unlock(&tz_lock);
	return status;
}

/* The civil time of an instant, with the lock; 0, or -1 when libc cannot
 * tell. */
static int
civil_held(int64_t us, int local, struct tm *tm)
{
	time_t t = (time_t)floor_div(us, SECOND);

	memset(tm, 0, sizeof(*tm));
	if (local)
		return localtime_r(&t, tm) == NULL ? -1 : 0;
	return gmtime_r(&t, tm) == NULL ? -1 : 0;
}

static int
civil(int64_t us, int local, struct tm *tm)
{
	int status;

	if (!local || zone[0] == '\0')
		return civil_held(us, 0, tm);
	pthread_mutex_lock(&tz_lock);
	status = civil_held(us, 1, tm);
	pthread_mutex_unlock(&tz_lock);
	return status;
}

/*
 * Days since 1970-01-01.  The year is taken to start in March, so that the
 * leap day is the last of it; 153 days are five months from there.
 */
static int64_t
days_from(int64_t year, int64_t month, int64_t mday)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t era = floor_div(y, 400), in_era = y - era * 400;
	int64_t months = month > 2 ? month - 3 : month + 9;
	int64_t in_year = (153 * months + 2) / 5 + mday - 1;

	return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 +
	    in_year - 719468;
}

int64_t
mr_day_of(int64_t us)
{
	struct tm tm;

	if (civil(us, 1, &tm) < 0)
		return floor_div(us, SECOND * DAY_SECONDS);
	return days_from((int64_t)tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

int
mr_day_in(const char *name, int64_t us, int64_t *day)
{
	struct tm tm;
	int status;

	if (!mr_zone_known(name))
		return -1;
	pthread_mutex_lock(&tz_lock);
	status = use_zone(name);
	if (status == 0)
		status = civil_held(us, 1, &tm);
	if (use_zone(zone) != 0)
		status = -1;
	pthread_mutex_unlock(&tz_lock);
	if (status == 0)
		*day = days_from(
		    (int64_t)tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
	return status;
}

int64_t
mr_day_start(int64_t day)
{
	const int64_t whole = SECOND * DAY_SECONDS;
	int64_t low = (day - 1) * whole, high = (day + 1) * whole, middle;

	/* Zones are within a day of UTC; halving needs no table of them. */
	while (low < high) {
		middle = low + (high - low) / 2;
		if (mr_day_of(middle) < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int
month_days(int year, int month)
{
	static const int days[13] = {
	    0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month] + (month == 2 && leap);
}

int
mr_day_make(int year, int month, int mday, int64_t *day)
{
	if (year < 1900 || year > 2199 || month < 1 || month > 12 || mday < 1 ||
	    mday > month_days(year, month))
		return -1;
	*day = days_from(year, month, mday);
	return 0;
}

const char *
mr_day_parse(const char *s, int64_t *day)
{
	static const char shape[] = "0000-00-00";
	int n[3] = {0, 0, 0}, part = 0;
	size_t i;

	for (i = 0; i < sizeof(shape) - 1; i++) {
		if (shape[i] == '-' ? s[i] != '-' : s[i] < '0' || s[i] > '9')
			return mr_say("a day is written year-month-day, as in "
				      "2026-11-23");
		if (shape[i] == '-')
			part++;
		else
			n[part] = n[part] * 10 + (s[i] - '0');
	}
	if (s[i] != '\0')
		return mr_say(
		    "a day ends after year-month-day, as in 2026-11-23");
	if (n[0] < 1900 || n[0] > 2199)
		return mr_say("the year is not between 1900 and 2199");
	if (n[1] < 1 || n[1] > 12)
		return mr_say("the month is not between 01 and 12");
	if (mr_day_make(n[0], n[1], n[2], day) < 0)
		return mr_say("that month has no such day");
	return NULL;
}

/* When clocks show so many minutes after midnight.  Two days a year have not
 * 24 hours: there the hours since midnight are off by what the clock shows. */
static int64_t
clock_of(int64_t day, int64_t minutes)
{
	int64_t us = mr_day_start(day) + minutes * 60 * SECOND, off;
	struct tm tm;

	if (civil(us, 1, &tm) < 0)
		return us;
	off = minutes - (tm.tm_hour * 60 + tm.tm_min);
	if (off > 12 * 60)
		off -= 24 * 60;
	else if (off < -12 * 60)
		off += 24 * 60;
	return us + off * 60 * SECOND;
}

const char *
mr_time_parse(const char *s, int64_t *us)
{
	char date[11] = "";
	int64_t day, hour, minute;
	const char *wrong;

	snprintf(date, sizeof(date), "%s", s);
	wrong = mr_day_parse(date, &day);
	if (wrong != NULL)
		return wrong;
	*us = mr_day_start(day);
	s += sizeof(date) - 1;
	if (*s == '\0')
		return NULL;
	if (strlen(s) != 6 || (s[0] != 'T' && s[0] != ' ') || s[3] != ':' ||
	    strspn(s + 1, "0123456789") != 2 ||
	    strspn(s + 4, "0123456789") != 2)
		return mr_say("after the day stands the hour, as in "
			      "2026-11-23T09:30");
	hour = (s[1] - '0') * 10 + s[2] - '0';
	minute = (s[4] - '0') * 10 + s[5] - '0';
	if (hour > 23 || minute > 59)
		return mr_say("the hours end at 23:59");
	*us = clock_of(day, hour * 60 + minute);
	return NULL;
}

void
mr_day_split(int64_t day, int *year, int *month, int *mday)
{
	int64_t z = day + 719468, era = floor_div(z, 146097);
	int64_t in_era = z - era * 146097;
	int64_t y =
	    (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int64_t in_year = in_era - (365 * y + y / 4 - y / 100);
	int64_t months = (5 * in_year + 2) / 153;

	*mday = (int)(in_year - (153 * months + 2) / 5 + 1);
	*month = (int)(months < 10 ? months + 3 : months - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

int64_t
mr_day_add(int64_t day, int64_t n)
{
	if (n > MR_DAY_MAX - day)
		return MR_DAY_MAX;
	if (n < MR_DAY_MIN - day)
		return MR_DAY_MIN;
	return day + n;
}

int
mr_day_weekday(int64_t day)
{
	int64_t since_monday = day + 3; /* 1970-01-01 was a Thursday */

	return (int)(since_monday - floor_div(since_monday, 7) * 7) + 1;
}

static char *
put_two(char *to, int n)
{
	*to++ = (char)('0' + n / 10);
	*to++ = (char)('0' + n % 10);
	return to;
}

/* A list has one in every row: digit by digit where the year has four. */
const char *
mr_day_iso(int64_t day, char out[MR_WHEN_SIZE])
{
	int year, month, mday;
	char *to = out;

	mr_day_split(day, &year, &month, &mday);
	if (year < 0 || year > 9999) {
		snprintf(
		    out, MR_WHEN_SIZE, "%04d-%02d-%02d", year, month, mday);
		return out;
	}
	to = put_two(put_two(to, year / 100), year % 100);
	*to++ = '-';
	to = put_two(to, month);
	*to++ = '-';
	*put_two(to, mday) = '\0';
	return out;
}

const char *
mr_day_words(int64_t day, const char *language, char out[MR_WHEN_SIZE])
{
	static const char *const english[12] = {"January", "February", "March",
	    "April", "May", "June", "July", "August", "September", "October",
	    "November", "December"};
	static const char *const spanish[12] = {"enero", "febrero", "marzo",
	    "abril", "mayo", "junio", "julio", "agosto", "septiembre",
	    "octubre", "noviembre", "diciembre"};
	int year, month, mday;

	mr_day_split(day, &year, &month, &mday);
	if (strcmp(language, "es") == 0)
		snprintf(out, MR_WHEN_SIZE, "%d de %s de %d", mday,
		    spanish[month - 1], year);
	else
		snprintf(out, MR_WHEN_SIZE, "%d %s %d", mday,
		    english[month - 1], year);
	return out;
}

const char *
mr_time_iso(int64_t us, char out[MR_WHEN_SIZE])
{
	int64_t second = floor_div(us, SECOND);
	int64_t day = floor_div(second, DAY_SECONDS);
	int in_day = (int)(second - day * DAY_SECONDS);
	char *to = out + strlen(mr_day_iso(day, out));

	*to++ = 'T';
	to = put_two(to, in_day / 3600);
	*to++ = ':';
	to = put_two(to, in_day / 60 % 60);
	*to++ = ':';
	to = put_two(to, in_day % 60);
	*to++ = 'Z';
	*to = '\0';
	return out;
}

int
mr_time_read(const char *s, int64_t *us)
{
	char day_text[11] = "", again[MR_WHEN_SIZE];
	int hour, minute, second, end = 0;
	int64_t day, found;

	if (strlen(s) != 20 ||
	    sscanf(s + 10, "T%2d:%2d:%2dZ%n", &hour, &minute, &second, &end) !=
		3 ||
	    end != 10)
		return -1;
	memcpy(day_text, s, 10);
	if (mr_day_parse(day_text, &day) != NULL)
		return -1;
	found =
	    (day * DAY_SECONDS + hour * 3600 + minute * 60 + second) * SECOND;
	/* A 24th hour or a sign would come out as something else. */
	if (strcmp(mr_time_iso(found, again), s) != 0)
		return -1;
	*us = found;
	return 0;
}

const char *
mr_time_local(int64_t us, char out[MR_WHEN_SIZE])
{
	struct tm tm;

	if (civil(us, 1, &tm) < 0)
		memset(&tm, 0, sizeof(tm));
	snprintf(out, MR_WHEN_SIZE, "%02d:%02d", tm.tm_hour, tm.tm_min);
	return out;
}
