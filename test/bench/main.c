/*
 * make bench: how fast, beside the bare library doing the same in the same
 * run.  A line a measure (name, ours, bare, ratio, target, and between which
 * ratios half of the rounds lay), and at the end what missed its target.
 * Leaves with 0 whatever the numbers say; it breaks only when something does.
 *	bench FOLDER      works in FOLDER, which it makes, and empties at the end
 *	BENCH_LETTERS=N   letters in the large office, else 1000000
 *	BENCH_ONLY=TEXT   only measures with this in their names
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
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
offices(const char *dir, int64_t letters)
{
	int64_t small = letters / 10 < SMALL ? letters / 10 : SMALL;
	static struct bench_office o;
	struct cost few, many;
	struct fill fill;
	char size[24];

	bench_tell("making an office");
	bench_init(dir);
	bench_open(&o, dir);
	fill_people(&o, FILL_PEOPLE);
	fill_pairings(&o);
	fill_ids(&o, &fill);
	fill_letters(&o, &fill, small);
	bench_close(&o);
	measure_sheets(dir, &fill);
	few = measure_letters(dir, &fill, sized(small, size));
	bench_open(&o, dir);
	fill_letters(&o, &fill, letters);
	bench_close(&o);
	many = measure_letters(dir, &fill, sized(letters, size));
	if (many.single > 0)
		bench_growth("a letter alone, large office by small",
		    few.single, many.single, 1.3);
	if (many.group > 0)
		bench_growth("a letter in a group, large by small", few.group,
		    many.group, 1.3);
	measure_verify(dir, size);
	fill_free(&fill);
	bench_remove(dir);
}

int
main(int argc, char **argv)
{
	const char *dir = argc == 2 ? argv[1] : NULL;
	char office[512];
	double start = bench_now();

	if (dir == NULL)
		bench_stop("usage: bench FOLDER");
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		bench_stop("%s cannot be made", dir);
	bench_path(office, dir, "office");
	measure_codes();
	measure_cover();
	offices(office, letters_wanted());
	measure_pairing(office);
	bench_summary();
	printf("in %.0f s\n", bench_now() - start);
	rmdir(dir);
	return 0;
}
