/*
 * What a mask costs, counted on whole rows.  See qr_score.h.
 */
#include "forms/qr_score.h"

#include <stdlib.h>

#define ROW ((UINT32_C(1) << QR_SIDE) - 1)
#define RUN_COST 3     /* N1: five alike, and 1 for each further */
#define BLOCK_COST 3   /* N2: two by two alike */
#define FINDER_COST 40 /* N3: looks like a finder */
#define DARK_COST 10   /* N4: for each 5 % away from half dark */

void
qr_turn(struct qr_bits *bits, int x, int y)
{
	bits->row[y] ^= UINT32_C(1) << x;
	bits->column[x] ^= UINT32_C(1) << y;
}

void
qr_xor(struct qr_bits *bits, const struct qr_bits *by)
{
	for (int i = 0; i < QR_SIDE; i++) {
		bits->row[i] ^= by->row[i];
		bits->column[i] ^= by->column[i];
	}
}

void
qr_modules(const struct qr_bits *bits, unsigned char modules[QR_SIDE * QR_SIDE])
{
	for (int y = 0; y < QR_SIDE; y++)
		for (int x = 0; x < QR_SIDE; x++)
			modules[y * QR_SIDE + x] = bits->row[y] >> x & 1;
}

static int
count(uint32_t v)
{
	v -= v >> 1 & 0x55555555;
	v = (v & 0x33333333) + (v >> 2 & 0x33333333);
	v = (v + (v >> 4)) & 0x0F0F0F0F;
	return (int)((v * UINT32_C(0x01010101)) >> 24);
}

/* Runs of five and more: a run of n has n - 4 places where five begin. */
static int
runs(uint32_t line)
{
	uint32_t alike = ~(line ^ line >> 1) & ROW >> 1;
	uint32_t five = alike & alike >> 1 & alike >> 2 & alike >> 3;

	if (five == 0)
		return 0;
	return count(five) + (RUN_COST - 1) * count(five & ~(five << 1));
}

/*
 * Dark, light, dark of three times the width, light, dark: each of exactly f,
 * 1 or 3 f, so that light stands on both sides, or the border.
 */
static uint64_t
finders(uint64_t line, int f)
{
	uint64_t dark = line, light = ~line, all_dark, all_light;
	int i;

	for (all_dark = dark, all_light = light, i = 1; i < f; i++) {
		all_dark &= dark >> i;
		all_light &= light >> i;
	}
	return light << 1 & all_dark >> 0 & all_light >> f & all_dark >> 2 * f &
	    all_dark >> 3 * f & all_dark >> 4 * f & all_light >> 5 * f &
	    all_dark >> 6 * f & light >> 7 * f;
}

/*
 * It counts when light of four times the width lies on a side, or nothing
 * dark any more.
 */
static int
finder_cost(uint32_t line)
{
	/* A light module before the border, and light without end after it. */
	uint64_t at, v = (uint64_t)line << 1;
	int f, x, cost = 0;

	for (f = 1; 7 * f <= QR_SIDE; f++)
		for (at = finders(v, f) & (uint64_t)ROW << 1; at != 0;
		     at &= at - 1) {
			for (x = 0; !(at >> x & 1); x++)
				;
			uint64_t four = (UINT64_C(1) << 4 * f) - 1;
			uint64_t before = v & ((UINT64_C(1) << x) - 1);
			uint64_t after = v >> (x + 7 * f);

			if (before >> (x > 4 * f ? x - 4 * f : 0) == 0 ||
			    (after & four) == 0)
				cost += FINDER_COST;
		}
	return cost;
}

static int
blocks(uint32_t above, uint32_t row)
{
	uint32_t dark = above & row, light = ~(above | row);

	return BLOCK_COST *
	    count(((dark & dark >> 1) | (light & light >> 1)) & ROW >> 1);
}

int
qr_score(const struct qr_bits *symbol)
{
	int i, percent, all = QR_SIDE * QR_SIDE, dark = 0, cost = 0;

	for (i = 0; i < QR_SIDE; i++) {
		dark += count(symbol->row[i]);
		cost += runs(symbol->row[i]) + runs(symbol->column[i]) +
		    finder_cost(symbol->row[i]) +
		    finder_cost(symbol->column[i]);
		if (i > 0)
			cost += blocks(symbol->row[i - 1], symbol->row[i]);
	}
	/* Rounded to a whole percent, as libqrencode does. */
	percent = (200 * dark + all) / all / 2;
	return cost + abs(percent - 50) / 5 * DARK_COST;
}
