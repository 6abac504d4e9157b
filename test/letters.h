/* What the tests of office letters share: letters that they speak of, and how
 * a page is looked at. */
#ifndef TEST_LETTERS_H
#define TEST_LETTERS_H

#include "test/mail.h"

#include "test/text_of.h"

#define MARGIN 20.0 /* mm that every word keeps from the edge */

/* What only the i-th person of a side may read. */
static inline void
shows_nothing_of(int i, int inside)
{
	char value[5][64];
	int n = 0;

	mail_surname(i, inside, value[n++]);
	if (inside) {
		snprintf(value[n++], 64, "4%04d-999", 312 + i);
		snprintf(value[n++], 64, "Unit %d", 7000 + i);
	} else {
		snprintf(value[n++], 64, "%d Foundry", 2300 + 7 * i);
		snprintf(value[n++], 64, "Apt %d", 4000 + i);
		snprintf(value[n++], 64, "5%04d", 6613 + i);
	}
	for (int v = 0; v < n; v++)
		if (strcasestr(text, value[v]) != NULL)
			fail_msg("a value of the other side, kind %d", v);
}

/* No word of the last PDF stands nearer to an edge than MARGIN across, or
 * 10 mm up and down; how many pages it has. */
static inline int
keeps_its_margins(void)
{
	char name[] = "/tmp/mailroom-box-XXXXXX", command[128], line[400];
	double w = 0, h = 0, x, y, x2, y2;
	int fd = mkstemp(name), pages = 0;
	FILE *out;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, mail_paper.bytes, mail_paper.len),
	    (ssize_t)mail_paper.len);
	close(fd);
	snprintf(command, sizeof(command), "pdftotext -q -bbox %s -", name);
	out = popen(command, "r");
	assert_non_null(out);
	while (fgets(line, sizeof(line), out) != NULL) {
		pages += sscanf(line, " <page width=\"%lf\" height=\"%lf\"", &w,
			     &h) == 2;
		if (sscanf(line,
			" <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" "
			"yMax=\"%lf\"",
			&x, &y, &x2, &y2) != 4)
			continue;
		assert_true(x >= MARGIN / 25.4 * 72);
		assert_true(x2 <= w - MARGIN / 25.4 * 72);
		assert_true(y >= 10 / 25.4 * 72);
		assert_true(y2 <= h - 10 / 25.4 * 72);
	}
	assert_int_equal(pclose(out), 0);
	unlink(name);
	return pages;
}

static inline void
print_new(struct house *h, const char *printed)
{
	did(h, run(h, "letter print", "new", "", NULL), printed);
	text_of(mail_paper.bytes, mail_paper.len);
}

/* Held, with $20 that goes back; its number. */
static inline void
held_with_money(struct house *h, int64_t pairing, int kind, char number[64])
{
	char id[64];

	mail_receive(h, pairing, kind, number);
	did(h,
	    run(h, "enclosure add", "letter", number, "kind", "money", "money",
		"20", NULL),
	    "E");
	house_value(h, "enclosure", 0, id);
	did(h,
	    run(h, "letter hold", "letter", number, "reason", "contact-details",
		NULL),
	    "held");
	did(h,
	    run(h, "enclosure settle", "enclosure", id, "disposition", "return",
		NULL),
	    "");
}

/* Posted, and back with a white sticker. */
static inline void
refused_by_the_prison(
    struct house *h, int64_t pairing, int kind, char number[64])
{
	mail_receive(h, pairing, kind, number);
	mail_seal(h, number);
	did(h, run(h, "batch close", NULL), "");
	did(h,
	    run(h, "letter return", "letter", number, "sticker", "white",
		"reason", "label-or-sticker", NULL),
	    "returned");
	house_value(h, "number", 0, number);
}

#endif
