/*
 * A printer by the name of its queue, and how far off it prints.  Measured on
 * the ruler page (forms/ruler.h): where its four lines lie on the paper, by a
 * real ruler.  A printer without a row prints true.
 */
#ifndef MR_PRINTER_NOUN_H
#define MR_PRINTER_NOUN_H

#include <stdint.h>

#include "lib/call.h"
#include "lib/value.h"

/* What an office prints on it; 0: anything. */
#define MR_USE_SHEETS 1
#define MR_USE_ENVELOPES 2
#define MR_USE_LABELS 4

#define MR_SCALE_TRUE 1000000

/* The ruler page, mm: the left and the upper line from the edges of the paper,
 * the right line from the left one, the lower from the upper. */
#define MR_RULER_NEAR 10
#define MR_RULER_ACROSS 190
#define MR_RULER_DOWN 250

/*
 * A row.  What is drawn d mm from the left edge comes out at
 * scale_x / 1000000 * d + shift_x / 100 mm, and likewise from the top.  id 0:
 * there is none; it counts as true.  The name is in the arena.
 */
struct mr_printer {
	int64_t id;
	const char *name;
	int use;
	int64_t shift_x, shift_y; /* hundredths of a mm */
	int64_t scale_x, scale_y; /* millionths */
	int64_t version, event;
};

/* The name of a row, in the arena; NULL where there is none. */
enum mr_status
mr_printer_name(struct mr_call *c, int64_t id, const char **name);

/* By the name of its queue, letter by letter.  No row is MR_OK. */
enum mr_status mr_printer_named(
    struct mr_call *c, const char *name, struct mr_printer *printer);

/* Every row, by name.  The name is borrowed for the callback. */
enum mr_status mr_printer_each(struct mr_call *c,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_printer *printer),
    void *arg);

/*
 * Is it true, as far as is known?  And may this be printed on it: MR_REFUSED,
 * when the office prints other things there.
 */
int mr_printer_true(const struct mr_printer *printer);
enum mr_status
mr_printer_may(struct mr_call *c, const struct mr_printer *printer, int use);

/* "sheets,labels"; "" for anything.  In the arena. */
const char *mr_printer_uses(struct mr_call *c, int use);

/* What `printer profile` is told.  Texts as typed: mm, one or two decimals. */
struct mr_printer_profile {
	const char *printer;
	const char *left, *top, *across, *down;
	struct mr_count ruler; /* number of the page that was measured */
	const char *use;
	int reset;
};

/*
 * Measure, use or reset a printer; makes its row when there is none.  The page
 * that was measured was drawn through the profile in force, so what it shows
 * is what is still missing, and is added to that.
 * MR_USAGE: nothing to set, or not all four measures.  MR_INVALID: no queue
 * can have that name, no measure, no such use.  MR_REFUSED: so far off that
 * something else is wrong (the sentence says what to look at), or the page was
 * drawn before the profile was changed last.
 */
enum mr_status mr_printer_set(struct mr_call *c,
    const struct mr_printer_profile *in, struct mr_printer *after);

/* Lets the profile stand in an event and come back from there: the text of
 * its field, in the arena. */
const char *
mr_printer_text(struct mr_call *c, const struct mr_printer *printer);
/* 0, or -1: no such text.  Fills what the text tells. */
int mr_printer_read(const char *text, struct mr_printer *printer);

#endif
