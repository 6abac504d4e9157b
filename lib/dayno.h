/*
 * A day number: what is pencilled on an envelope when it is logged.  A17 is the
 * seventeenth letter of station A on its day.  At another site it is told with
 * the number of its own: A0.17.  Pure; knows no letter.
 */
#ifndef MR_DAYNO_H
#define MR_DAYNO_H

#include <stdint.h>

/* As it is stored: one integer, and its parts. */
#define MR_DAYNO(site, station, count) \
	((int)(site) << 24 | (station) << 16 | (count))
#define MR_DAYNO_SITE(number) ((int64_t)(number) >> 24)
#define MR_DAYNO_STATION(number) ((number) >> 16 & 0xff)
#define MR_DAYNO_COUNT(number) ((number)&0xffff)

/* The most that the integer holds. */
#define MR_DAYNO_SITES 127
#define MR_DAYNO_COUNTS 65535

/*
 * Is that a day number, in either form and case?  1, with *number as it is
 * stored, of that site, or of site `here` where it names none; else 0 and
 * nothing is written.
 */
int mr_dayno_read(const char *s, int64_t here, int *number);

#endif
