/*
 * What paper and scanners do to a code: each spoils a copy of a sample, the
 * same way for the same state of the random numbers.
 */
#ifndef TEST_DAMAGE_H
#define TEST_DAMAGE_H

#include <math.h>

#include "test/image.h"

#define MODULES 25 /* a side: version 2 */
#define PIECE 6    /* modules a side that are replaced */

/* A code alone with its surroundings: where it begins, and how large a module
 * is. */
struct sample {
	struct image image;
	double left, top, module;
	int dpi;
	char text[IMAGE_TEXT];
};

/* What is done to a copy of a sample. */
typedef void (*damage)(
    struct image *image, const struct sample *s, uint64_t *state);

static inline void
nothing(struct image *image, const struct sample *s, uint64_t *state)
{
	(void)image;
	(void)s;
	(void)state;
}

static inline void
upside_down(struct image *image, const struct sample *s, uint64_t *state)
{
	size_t n = (size_t)image->w * (size_t)image->h;

	(void)s;
	(void)state;
	for (size_t i = 0; i < n / 2; i++) {
		unsigned char one = image->p[i];

		image->p[i] = image->p[n - 1 - i];
		image->p[n - 1 - i] = one;
	}
}

/* Mean of 2 r + 1 pixels along a line. */
static inline void
smear(struct image *image, int r, int dx, int dy)
{
	struct image from = image_crop(image, 0, 0, image->w, image->h);

	for (int y = 0; y < image->h; y++)
		for (int x = 0; x < image->w; x++) {
			int sum = 0;

			for (int i = -r; i <= r; i++)
				sum += image_at(&from, x + i * dx, y + i * dy);
			image_put(image, x, y, sum / (2 * r + 1));
		}
	image_free(&from);
}

/* Out of focus: two rounds of a mean over 0.3 to 0.7 mm. */
static inline void
blur(struct image *image, const struct sample *s, uint64_t *state)
{
	double mm = 0.3 + 0.4 * image_part(state);
	int r = (int)(mm / 25.4 * s->dpi / 2 + 0.5);

	for (int i = 0; i < 2; i++) {
		smear(image, r, 1, 0);
		smear(image, r, 0, 1);
	}
}

/* Between the pixels. */
static inline int
sampled(const struct image *image, double x, double y)
{
	int i = (int)floor(x), j = (int)floor(y);
	double u = x - i, v = y - j;
	double top =
	    image_at(image, i, j) * (1 - u) + image_at(image, i + 1, j) * u;
	double low = image_at(image, i, j + 1) * (1 - u) +
	    image_at(image, i + 1, j + 1) * u;

	return (int)(top * (1 - v) + low * v + 0.5);
}

/* By so many degrees about its middle. */
static inline void
turn(struct image *image, double degrees, double cx, double cy)
{
	struct image from = image_crop(image, 0, 0, image->w, image->h);
	double c = cos(degrees * 3.14159265 / 180);
	double s = sin(degrees * 3.14159265 / 180);

	for (int y = 0; y < image->h; y++)
		for (int x = 0; x < image->w; x++)
			image_put(image, x, y,
			    sampled(&from, cx + (x - cx) * c - (y - cy) * s,
				cy + (x - cx) * s + (y - cy) * c));
	image_free(&from);
}

/* Turned by 3 degrees, to either side. */
static inline void
skew(struct image *image, const struct sample *s, uint64_t *state)
{
	double degrees = image_random(state) & 1 ? 3 : -3;
	double cx = image->w / 2.0 + image_part(state);
	double cy = image->h / 2.0 + image_part(state);

	(void)s;
	turn(image, degrees, cx, cy);
}

/* So many pixels of a hundred, black or white. */
static inline void
salt(struct image *image, uint64_t *state, int percent)
{
	size_t n = (size_t)image->w * (size_t)image->h;

	for (size_t i = 0; i < n; i++)
		if (image_between(state, 1, 100) <= percent)
			image->p[i] = image_random(state) & 1 ? 255 : 0;
}

static inline void
a_little_salt(struct image *image, const struct sample *s, uint64_t *state)
{
	(void)s;
	salt(image, state, 2);
}

static inline void
much_salt(struct image *image, const struct sample *s, uint64_t *state)
{
	(void)s;
	salt(image, state, 10);
}

/* As a fax of 100 dpi makes it: nothing between black and white, and not the
 * same threshold everywhere. */
static inline void
fax(struct image *image, const struct sample *s, uint64_t *state)
{
	int step = s->dpi / 100, x, y, i, sum;
	double base = 96 + 64 * image_part(state);
	double across = 80 * (image_part(state) - 0.5) / image->w * step;
	double down = 80 * (image_part(state) - 0.5) / image->h * step;
	struct image out = image_new(image->w / step, image->h / step);

	for (y = 0; y < out.h; y++)
		for (x = 0; x < out.w; x++) {
			for (sum = i = 0; i < step * step; i++)
				sum += image_at(image, x * step + i % step,
				    y * step + i / step);
			image_put(&out, x, y,
			    sum / (step * step) > base + across * x + down * y
				? 255
				: 0);
		}
	image_free(image);
	*image = out;
}

/* 6 x 6 modules, anywhere in the symbol, by others. */
static inline void
replaced_modules(struct image *image, const struct sample *s, uint64_t *state)
{
	int column = image_between(state, 0, MODULES - PIECE);
	int row = image_between(state, 0, MODULES - PIECE);

	for (int i = 0; i < PIECE * PIECE; i++) {
		double x = s->left + (column + i % PIECE) * s->module;
		double y = s->top + (row + i / PIECE) * s->module;
		int grey = image_random(state) & 1 ? 255 : 0;

		for (int v = (int)(y + 0.5); v < (int)(y + s->module + 0.5);
		     v++)
			for (int u = (int)(x + 0.5);
			     u < (int)(x + s->module + 0.5); u++)
				image_put(image, u, v, grey);
	}
}

/* A corner is gone, up to 8 modules of the symbol's own edges with it; the
 * table below is grey. */
static inline void
torn_corner(struct image *image, const struct sample *s, uint64_t *state)
{
	double margin = 2 * s->left;
	double a = margin + 8 * s->module * image_part(state);
	double b = margin + 8 * s->module * image_part(state);
	int corner = image_between(state, 0, 3);

	for (int y = 0; y < image->h; y++)
		for (int x = 0; x < image->w; x++) {
			int u = corner & 1 ? image->w - 1 - x : x;
			int v = corner & 2 ? image->h - 1 - y : y;

			if (u / a + v / b < 1)
				image_put(image, x, y, 90);
		}
}

#endif
