/*
 * What addresses are printed on: sheets of labels and envelopes, both lists
 * that an office may add to.  Part of forms.h, which includes it.
 *
 * In every function here csv is an office's own list (NULL: none), laid over
 * the built-in one by name, and file is what faults call it.  All of the own
 * list is checked whichever row is wanted.
 */
#ifndef FORMS_STOCK_H
#define FORMS_STOCK_H

#include "forms/forms.h"

/* One kind of label sheet. */
struct form_stock {
	char name[64]; /* the look-up name: "avery-5163" */
	char brand[40], part[40], description[64];
	double page_w, page_h; /* mm */
	double label_w, label_h, left, top, pitch_x, pitch_y;
	int columns, rows;
	int round; /* 1: round or oval, text keeps to the middle */
};

/*
 * Find a stock by brand-part, any case, spaces and slashes as hyphens; a part
 * number alone is enough where it is the only one.
 * FORM_BADSTOCK: not in the list (the message tells how to name one), or a
 * fault in it (file and line).
 */
enum form_status form_stock_find(const char *csv, const char *file,
    const char *name, struct form_stock *stock, struct form_fault *fault);

/*
 * Every stock, the office's own first; the callback ends the walk by answering
 * nonzero.  FORM_BADSTOCK names file and line of the first fault.
 */
enum form_status form_stock_each(const char *csv, const char *file,
    int (*each)(void *arg, const struct form_stock *stock), void *arg,
    struct form_fault *fault);

/* A window: its left edge from the envelope's, its lower edge from the
 * envelope's lower edge, both seen from the front.  w 0: there is none. */
struct form_window {
	double left, bottom, w, h; /* mm */
};

/* One kind of envelope. */
struct form_envelope {
	char name[64]; /* "10", "10-window" */
	char description[64];
	double w, h;               /* mm */
	struct form_window window; /* for the address */
	struct form_window upper;  /* for our own */
};

/* As form_stock_find and form_stock_each, for envelopes: any case, spaces as
 * hyphens, a # in front is not looked at. */
enum form_status form_envelope_find(const char *csv, const char *file,
    const char *name, struct form_envelope *envelope, struct form_fault *fault);
enum form_status form_envelope_each(const char *csv, const char *file,
    int (*each)(void *arg, const struct form_envelope *envelope), void *arg,
    struct form_fault *fault);

/*
 * Without a window: the envelope itself, a page of its size.  With one: a page
 * of the document's paper that lies behind it, with fold marks; the address is
 * in the window with 1/8 in clear on every side wherever the page slides to,
 * and nothing else is.  Where the envelope has an upper window our address is
 * in that; else it, the endorsement and the code stand beside the window, and
 * the envelope needs a return address and endorsement of its own.
 * FORM_TOOLONG: the address has no room.
 */
enum form_status
form_envelope_add(struct form_doc *doc, const struct form_envelope *envelope,
    const struct form_outer *outer, struct form_fault *fault);

/*
 * Labels on sheets of one stock, the first on label `start` (from 1, row by
 * row) of the first sheet, flowing over as many sheets as needed; returns:
 * with our return address where the label has room for it.  A label of 4 x 6
 * in has all that an envelope has.  All or nothing: when one does not fit
 * (FORM_TOOLONG, fault.index) nothing is drawn.  The paper of the document
 * does not matter.
 */
enum form_status form_labels_add(struct form_doc *doc,
    const struct form_stock *stock, int start, int returns,
    const struct form_outer *labels, size_t count, struct form_fault *fault);

/*
 * Has it room for an address of the usual length?  Nothing is added.
 * FORM_TOOLONG: no, and the message says what to take instead.
 */
enum form_status form_label_room(struct form_doc *doc,
    const struct form_stock *stock, struct form_fault *fault);
enum form_status form_envelope_room(struct form_doc *doc,
    const struct form_envelope *envelope, struct form_fault *fault);

#endif
