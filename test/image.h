/*
 * Grey pictures of pages: rendered by pdftoppm, read by libzbar in-process,
 * spoilt in ways that paper and scanners spoil them.
 */
#ifndef TEST_IMAGE_H
#define TEST_IMAGE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zbar.h>

#define IMAGE_TEXT 256

/* Bytes a row after another, 0 black. */
struct image {
	int w, h;
	unsigned char *p;
};

static inline struct image
image_new(int w, int h)
{
	struct image image = {w, h, malloc((size_t)w * (size_t)h)};

	assert_non_null(image.p);
	memset(image.p, 255, (size_t)w * (size_t)h);
	return image;
}

static inline void
image_free(struct image *image)
{
	free(image->p);
	image->p = NULL;
}

/* White outside of it. */
static inline int
image_at(const struct image *image, int x, int y)
{
	if (x < 0 || y < 0 || x >= image->w || y >= image->h)
		return 255;
	return image->p[(size_t)y * (size_t)image->w + (size_t)x];
}

static inline void
image_put(struct image *image, int x, int y, int grey)
{
	if (x >= 0 && y >= 0 && x < image->w && y < image->h)
		image->p[(size_t)y * (size_t)image->w + (size_t)x] =
		    (unsigned char)grey;
}

static inline struct image
image_crop(const struct image *from, int x, int y, int w, int h)
{
	struct image out = image_new(w, h);

	for (int j = 0; j < h; j++)
		for (int i = 0; i < w; i++)
			image_put(&out, i, j, image_at(from, x + i, y + j));
	return out;
}

/* A page of a PDF; p NULL: there is no such page. */
static inline struct image
image_page(const void *pdf, size_t len, int page, int dpi)
{
	char name[] = "/tmp/mailroom-pdf-XXXXXX", command[160];
	struct image image = {0, 0, NULL};
	int fd = mkstemp(name), most = 0;
	FILE *in;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, pdf, len), (ssize_t)len);
	close(fd);
	snprintf(command, sizeof(command),
	    "pdftoppm -q -gray -r %d -f %d -l %d %s 2>/dev/null", dpi, page,
	    page, name);
	in = popen(command, "r");
	assert_non_null(in);
	if (fscanf(in, "P5 %d %d %d", &image.w, &image.h, &most) == 3) {
		assert_int_equal(most, 255);
		fgetc(in);
		image = image_new(image.w, image.h);
		assert_int_equal(
		    fread(image.p, (size_t)image.w, (size_t)image.h, in),
		    image.h);
	}
	pclose(in);
	unlink(name);
	return image;
}

/* What was read, and the box around it. */
struct seen {
	char text[IMAGE_TEXT];
	int left, top, right, bottom;
};

static inline void
seen_take(const zbar_symbol_t *symbol, struct seen *seen)
{
	snprintf(
	    seen->text, sizeof(seen->text), "%s", zbar_symbol_get_data(symbol));
	seen->left = seen->top = 1 << 20;
	seen->right = seen->bottom = -1;
	for (unsigned i = 0; i < zbar_symbol_get_loc_size(symbol); i++) {
		int x = zbar_symbol_get_loc_x(symbol, i);
		int y = zbar_symbol_get_loc_y(symbol, i);

		seen->left = x < seen->left ? x : seen->left;
		seen->top = y < seen->top ? y : seen->top;
		seen->right = x > seen->right ? x : seen->right;
		seen->bottom = y > seen->bottom ? y : seen->bottom;
	}
}

/* Every code of one kind; how many there are, at most `most`. */
static inline int
image_read(const struct image *image, zbar_symbol_type_t kind,
    struct seen *seen, int most)
{
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *z = zbar_image_create();
	const zbar_symbol_t *symbol;
	int n = 0;

	zbar_image_scanner_request_dbus(scanner, 0);
	zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(scanner, kind, ZBAR_CFG_ENABLE, 1);
	zbar_image_set_format(z, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(z, (unsigned)image->w, (unsigned)image->h);
	zbar_image_set_data(z, image->p,
	    (unsigned long)image->w * (unsigned long)image->h, NULL);
	zbar_scan_image(scanner, z);
	symbol = zbar_image_first_symbol(z);
	for (; symbol != NULL && n < most; symbol = zbar_symbol_next(symbol))
		if (zbar_symbol_get_type(symbol) == kind)
			seen_take(symbol, &seen[n++]);
	zbar_image_destroy(z);
	zbar_image_scanner_destroy(scanner);
	return n;
}

/* The same numbers on every machine. */
static inline uint32_t
image_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 32);
}

/* From low to high, both included. */
static inline int
image_between(uint64_t *state, int low, int high)
{
	return low + (int)(image_random(state) % (uint32_t)(high - low + 1));
}

/* From 0 to 1. */
static inline double
image_part(uint64_t *state)
{
	return image_random(state) / 4294967295.0;
}

#endif
