/* Day numbers as text.  See dayno.h. */
#include "lib/dayno.h"

#include <ctype.h>
#include <stdlib.h>

/* Digits alone, at most five, up to most; *s is moved behind them. */
static int
read_count(const char **s, long most, long *count)
{
	char *end;

	if (!isdigit((unsigned char)**s))
		return 0;
	*count = strtol(*s, &end, 10);
	if (end - *s > 5 || *count > most)
		return 0;
	*s = end;
	return 1;
}

int
mr_dayno_read(const char *s, int64_t here, int *number)
{
	int station = toupper((unsigned char)*s);
	long site = (long)here, count;
	const char *at = s + 1;

	if (station < 'A' || station > 'Z' ||
	    !read_count(&at, MR_DAYNO_COUNTS, &count))
		return 0;
	if (*at == '.') {
		site = count;
		at++;
		if (site > MR_DAYNO_SITES ||
		    !read_count(&at, MR_DAYNO_COUNTS, &count))
			return 0;
	}
	if (*at != '\0')
		return 0;
	*number = MR_DAYNO(site, station, (int)count);
	return 1;
}
