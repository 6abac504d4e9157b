/*
 * make bench: how fast, beside the bare library doing the same in the same
 * run.  A line a measure (name, ours, bare, ratio, target, and between which
 * ratios half of the rounds lay), and at the end what missed its target.
 * Leaves with 0 whatever the numbers say; it breaks only when something does.
 *	bench FOLDER      works in FOLDER, which it makes, and empties at the end
 *	BENCH_LETTERS=N   letters in the large office, else 1000000
 *	BENCH_ONLY=TEXT   only measures with this in their names
 *	bench FOLDER N    an office of N letters in FOLDER, which stays, and no
 *	                  measure (test/copy_million.sh)
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test/bench/measures.h"

#define LETTERS 1000000
#define SMALL 10000

static const char *
sized(int64_t n, char text[24])
{
	if (n % 1000 == 0)
		snprintf(text, 24, "%lldk", (long long)n / 1000);
	else
		snprintf(text, 24, "%lld", (long long)n);
	return text;
}

static int64_t
letters_wanted(void)
{
	const char *text = getenv("BENCH_LETTERS");
	int64_t n = text != NULL ? atoll(text) : LETTERS;

	if (n < 1000)
		bench_stop("BENCH_LETTERS: a number from 1000 up");
	return n;
}

/* The same office small and large. */
static void
offices(const char *small, const char *large, int64_t letters)
{
	int64_t few = letters / 10 < SMALL ? letters / 10 : SMALL;
	static struct bench_office o;
	struct fill fill;
	char size[24];

	bench_tell("making an office");
	bench_init(small);
	bench_open(&o, small);
	fill_people(&o, FILL_PEOPLE);
	fill_pairings(&o, FILL_PEOPLE);
	fill_ids(&o, &fill, FILL_PEOPLE);
	fill_letters(&o, &fill, few);
	bench_close(&o);
	measure_sheets(small, &fill);
	measure_letters(small, &fill, sized(few, size));
	measure_http(small, &fill);
	bench_copy(small, large);
	bench_open(&o, large);
	fill_letters(&o, &fill, letters);
	bench_close(&o);
	measure_letters(large, &fill, sized(letters, size));
	measure_growth(small, large, &fill);
	measure_http_large(large, &fill);
	bench_remove(small);
	measure_verify(large, size);
	bench_remove(large);
	fill_free(&fill);
}

/* Then no large office is made. */
static int
server_only(void)
{
	const char *only = getenv("BENCH_ONLY");

	return only != NULL && strncmp(only, "PostgreSQL", 10) == 0;
}

static int
fill_only(const char *dir, int64_t letters)
{
	static struct bench_office o;
	struct fill fill;

	bench_init(dir);
	bench_open(&o, dir);
	fill_people(&o, FILL_PEOPLE);
	fill_pairings(&o, FILL_PEOPLE);
	fill_ids(&o, &fill, FILL_PEOPLE);
	fill_letters(&o, &fill, letters);
	bench_close(&o);
	fill_free(&fill);
	return 0;
}

int
main(int argc, char **argv)
{
	const char *dir = argc >= 2 ? argv[1] : NULL;
	char small[512], large[512];
	double start = bench_now();

	if (dir == NULL)
		bench_stop("usage: bench FOLDER [LETTERS]");
	if (argc == 3)
		return fill_only(dir, atoll(argv[2]));
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		bench_stop("%s cannot be made", dir);
	bench_program(argv[0]);
	bench_path(small, dir, "small");
	bench_path(large, dir, "large");
	measure_long_run();
	measure_codes();
	measure_cover();
	measure_labels(dir);
	measure_pgsql(small);
	if (!server_only())
		offices(small, large, letters_wanted());
	measure_pairing(small);
	bench_summary();
	printf("in %.0f s\n", bench_now() - start);
	rmdir(dir);
	return 0;
}
