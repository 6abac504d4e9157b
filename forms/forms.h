/*
 * Everything that Mailroom prints.  Strings in, PDF bytes out: a leaf that
 * knows no database, never prints, exits or logs, and gives the same bytes
 * for the same input (dates are arguments; the file names no author, title,
 * path or time).  All measures are millimetres.
 *
 * Every string says whose it is and every piece (sheet, envelope, label) says
 * for whom; the drawing layer refuses the other side's.  Use:
 *
 *	doc = form_open(&setup, &fault);
 *	form_cover_add(doc, &cover, &fault);      as often as needed
 *	form_finish(doc, write, to, &fault);
 *	form_free(doc);
 *
 * An add that fails leaves the document as it was: hold that letter, go on.
 */
#ifndef MAILROOM_FORMS_H
#define MAILROOM_FORMS_H

#include <stddef.h>
#include <stdint.h>

/* What a call answers.  Zero is success. */
enum form_status {
	FORM_OK,
	FORM_BADTEXT,  /* bad UTF-8, control character, or no glyph for it */
	FORM_LEAK,     /* a string of the other side, or a code where none may
	                  be; fault.hit tells the kind */
	FORM_NOFONT,   /* DejaVu not found or not readable */
	FORM_TOOLONG,  /* does not fit, even shrunk and wrapped */
	FORM_BADSTOCK, /* no such label stock, fault in its line, bad start */
	FORM_WORDING,  /* fault in a wording file: file and line are named; or
	                  our own words cannot be shown */
	FORM_BADVALUE, /* a missing field, date, count or code */
	FORM_NOMEM,
	FORM_WRITE,   /* the write callback failed */
	FORM_INTERNAL /* libharu or libqrencode failed */
};

/* What kind of hit a FORM_LEAK was. */
enum form_hit {
	FORM_HIT_OWNER,  /* a string owned by somebody else */
	FORM_HIT_NAME,   /* the other side's full legal name */
	FORM_HIT_STREET, /* the street with its number */
	FORM_HIT_NUMBER, /* the register number */
	FORM_HIT_ZIP,
	FORM_HIT_CODE /* a code on something that goes inside */
};

/*
 * What went wrong, in one sentence.  It names fields, characters and kinds,
 * never a person's value, so it may be shown and logged.  Every function that
 * takes a fault accepts NULL.
 */
struct form_fault {
	enum form_status status;
	enum form_hit hit; /* FORM_LEAK only */
	size_t index;      /* which label or row of the call, from 0 */
	char message[256];
};

/*
 * A fault's sentence, a printf format, in the language of whoever asked.  Where
 * the program has none of this name, it is said in English: it is weak here.
 */
const char *form_say(const char *english) __attribute__((format_arg(1)));

/* Where a document's bytes go.  0, or -1 when they could not be written. */
typedef int (*form_write)(void *to, const void *bytes, size_t len);

/*
 * A string and whose it is: owner 0 is the office's own or nobody's, else a
 * correspondent's id.  shared: both sides of the pairing may see it (a pen
 * name).  s NULL or empty: left out.  Strings are UTF-8, borrowed for the
 * call.
 */
struct form_text {
	const char *s;
	int64_t owner;
	int shared;
};

/*
 * A string that came out of the vault.  Only envelopes, labels and the
 * address block of an office letter take it.
 */
struct form_secret {
	const char *secret;
	int64_t owner;
};

/* One of the other side's secrets that must not stand on a piece. */
struct form_forbidden {
	enum form_hit kind; /* NAME, STREET, NUMBER or ZIP */
	const char *value;
};

enum form_side { FORM_OUTSIDE, FORM_INSIDE };
enum form_lang { FORM_EN, FORM_ES, FORM_LANGS };
enum form_paper { FORM_LETTER, FORM_A4 };

/*
 * For whom a piece is.  addressee 0: it stays in the office.  On a piece for
 * inside the drawing layer refuses every code, unless code_agreed.  forbidden is given where the
 * vault is open: what is drawn is searched for it, as whole tokens without
 * regard to case, accents, punctuation or line ends.
 */
struct form_piece {
	int64_t addressee;
	enum form_side side;
	const struct form_forbidden *forbidden;
	size_t nforbidden;
	int code_agreed; /* 1: to inside, and the facility agreed in writing
	                    to codes on what goes in */
};

/*
 * Would these words, which are on a piece already, show one of the secrets?
 * The same search as of what is drawn.  FORM_LEAK with fault->hit, FORM_NOMEM.
 */
enum form_status
form_search(const char *words, const struct form_forbidden *forbidden,
    size_t count, struct form_fault *fault);

/* A day of the calendar; written out in the words of the language. */
struct form_date {
	int year, month, day;
};

/* Our own name and box, as it stands in every return address. */
struct form_office {
	const char *name;   /* "Bridge Letters" */
	const char *street; /* "PO BOX 1138" */
	const char *city, *state, *zip;
};

/*
 * How far off a printer prints, and so how all is moved against it: what is
 * drawn d mm from the left edge comes out at scale_x * d + x, and likewise from
 * the top edge.  scale 0 counts as 1.
 */
struct form_shift {
	double x, y, scale_x, scale_y;
};

/*
 * How a document is made.  Everything is copied.  Text of the office's pages
 * and stubs is in `lang`; what travels is in the language of its own struct.
 * wording[l]: NULL, or the text of an override file with the keys that the
 * office changes, named wording_name[l] in faults; keys that it does not
 * name keep the built-in text.
 */
struct form_setup {
	enum form_paper paper;
	enum form_lang lang;
	struct form_office office;
	const char *font_dir; /* NULL: $MAILROOM_FONTS, then the usual places */
	const char *wording[FORM_LANGS];
	const char *wording_name[FORM_LANGS];
	const char *layout, *layout_name; /* measures, in the same way */
	struct form_shift shift;
};

struct form_doc;

/*
 * A new document.  NULL with FORM_NOFONT, FORM_WORDING, FORM_BADVALUE (an
 * office without name or box), FORM_BADTEXT or FORM_NOMEM.
 */
struct form_doc *
form_open(const struct form_setup *setup, struct form_fault *fault);

/* Pages so far. */
size_t form_pages(const struct form_doc *doc);

/*
 * Give all bytes to write, once.  FORM_BADVALUE when there is no page or it
 * was finished before, FORM_WRITE, FORM_NOMEM, FORM_INTERNAL.
 */
enum form_status form_finish(
    struct form_doc *doc, form_write write, void *to, struct form_fault *fault);

/* Wipe and free.  NULL is allowed. */
void form_free(struct form_doc *doc);

/*
 * Cover sheet: one page per letter, torn at the lower fold.  The stub below
 * stays in the office.  For an outside addressee `reply` becomes the reply
 * label; for an inside one it must be NULL and no code stands above the tear
 * line.  With `back` the letter turns round to its writer: addressee = writer,
 * reason is said above the tear line.
 */
struct form_cover {
	struct form_piece piece;
	enum form_lang lang;      /* of the addressee */
	struct form_date date;    /* of the print */
	struct form_text from;    /* pen name of who wrote */
	struct form_text to;      /* pen name of the addressee */
	struct form_text id;      /* ID that the addressee answers with, as
	                           written: K7M-4RP-TMK; NULL: no answer is
	                           possible, the lines are left out */
	struct form_text reply;   /* QR payload S..., 20 characters */
	struct form_text code;    /* letter code, on the stub */
	struct form_text payload; /* QR payload L..., on the stub */
	struct form_text laser;   /* the letter code once more as Code 128 for
	                                a laser gun, on the stub; NULL: none */
	struct form_text number;  /* A17 */
	struct form_text enclosures; /* "2 photos", or NULL */
	struct form_text reason;     /* of a return, or NULL */
	int sheets;                  /* 0 to 999, 0: not counted */
	int copy;                    /* 1, 2 ... */
	int back;
	int office; /* 1: we wrote it, the answer goes to the pen pal */
};
enum form_status form_cover_add(struct form_doc *doc,
    const struct form_cover *cover, struct form_fault *fault);

/*
 * An outgoing address.  The forms put it in postal order, in capitals and
 * without punctuation but hyphens.  Empty parts are left out; name, city and
 * zip are needed.  number is the register number, facility the line under the
 * name ("FCI DANBURY").
 */
struct form_address {
	struct form_secret name, number, facility;
	struct form_secret street, unit;
	struct form_secret city, state, zip;
	struct form_secret country; /* NULL or "US": left out */
};

/* What the post office shall do with what it cannot deliver. */
enum form_endorsement {
	FORM_RETURN_SERVICE, /* back to us, with the reason */
	FORM_ADDRESS_SERVICE,
	FORM_TEMP_RETURN_SERVICE,
	FORM_NO_ENDORSEMENT
};

/* What goes on an envelope or on a label. */
struct form_outer {
	struct form_piece piece;
	enum form_lang lang; /* of the print date */
	struct form_date date;
	struct form_address to;
	struct form_text id;      /* DEPT line of our return address; NULL:
	                             without it */
	struct form_text payload; /* QR E..., NULL: none */
	struct form_text sender;  /* a pen name above our name; NULL: none */
	struct form_text imb;     /* Intelligent Mail barcode: its 20, 25, 29 or
	                             31 digits; NULL: none */
	enum form_endorsement endorsement;
};

/* One letter of a batch. */
struct form_posted {
	struct form_text code, number, from, to; /* pen names */
	enum form_side side;                     /* where it goes */
	int back;                                /* to its writer */
	int stamps, grams;                       /* -1: not known */
};

/*
 * Batch manifest with the witness of the checkpoint: site (NULL: the office is
 * one place, its name stands there), seq and three
 * words of 9 symbols (written 3-3-3), and a QR of `payload` (upper-case
 * letters, digits, space $%*+-./: at most 120).
 */
struct form_manifest {
	struct form_text batch; /* "B12" */
	struct form_date date;
	struct form_text closed_by;
	const struct form_posted *letters;
	size_t count;
	struct form_text site, seq, words[3];
	struct form_text payload;
};
enum form_status form_manifest_add(struct form_doc *doc,
    const struct form_manifest *manifest, struct form_fault *fault);

/*
 * Recovery sheet for the safe: the key as check-worded groups, at most 24,
 * and as a QR of `payload` (as in the manifest, at most 240).
 */
struct form_recovery {
	struct form_date date;
	struct form_text office_id;
	const char *const *groups;
	size_t count;
	const char *payload;
};
enum form_status form_recovery_add(struct form_doc *doc,
    const struct form_recovery *recovery, struct form_fault *fault);

/* A column of a table; widths are shares of the line, any unit. */
struct form_column {
	struct form_text title;
	double width;
	int right; /* 1: flush right */
};

/*
 * A table on as many pages as it needs, with header and page number on each:
 * history of a letter, pairing, correspondent, facility.  Pen names only.
 * cells holds count rows of ncolumns cells each; a long cell wraps.
 */
struct form_history {
	struct form_text title;
	const struct form_text *lines; /* under the title */
	size_t nlines;
	struct form_date date;
	const struct form_column *columns;
	size_t ncolumns; /* 1 to 10 */
	const struct form_text *cells;
	size_t count;
};
enum form_status form_history_add(struct form_doc *doc,
    const struct form_history *history, struct form_fault *fault);

/* A line of the till or of the money: words and a figure. */
struct form_line {
	struct form_text label, value;
	int total; /* 1: drawn as a sum, with a rule above */
};

/* What waits for a second person's signature. */
struct form_countersign {
	struct form_text what, who, when;
};

/* Money that is in the box: in which letter it came, and what becomes of it. */
struct form_cash {
	struct form_text letter, since, what, money;
};

/* Day sheet: the till, the money, the countersign list, signatures. */
struct form_day {
	struct form_text site; /* where there are several, or NULL */
	struct form_date date;
	const struct form_line *till;
	size_t ntill;
	const struct form_line *money;
	size_t nmoney;
	const struct form_cash *cash; /* every cent in the box; ncash 0: none
	                                 is told */
	size_t ncash;
	struct form_text cash_total;
	const struct form_countersign *countersign;
	size_t ncountersign;
	struct form_text note; /* a sentence under the till, or NULL */
};
enum form_status form_day_add(
    struct form_doc *doc, const struct form_day *day, struct form_fault *fault);

/*
 * A letter that the office writes.  form names its text in the wording file:
 * letter.FORM.1, letter.FORM.2 ... ("add-your-id"); extra paragraphs follow
 * it.  form NULL: only the extra ones.  Addressed by pen name (dear) or, where
 * dear.s is NULL, by the legal name of the address.  A paragraph that names
 * what is not given here is left out.  On as many pages as it needs, each with
 * its number where there are several.  FORM_BADVALUE: no such form; FORM_TOOLONG:
 * a paragraph is longer than a page.  To an inside addressee nothing coded but
 * the DEPT line.
 */
struct form_letter {
	struct form_piece piece;
	enum form_lang lang;
	struct form_date date;
	struct form_address to;
	struct form_text dear;
	struct form_text id; /* the addressee's ID, or NULL */
	const char *form;
	const struct form_text *extra;
	size_t nextra;
	struct form_text pal;          /* pen name of the pen pal */
	struct form_text interests;    /* the pen pal's: "birds, chess" */
	struct form_text item, amount; /* "2 photos", "$20.00" */
	const char *why;               /* the reason: a key why.WHY, or NULL */
	struct form_date day, until;   /* year 0: not known */
};
enum form_status form_letter_add(struct form_doc *doc,
    const struct form_letter *letter, struct form_fault *fault);

/* What the paragraphs of an office letter name: bits. */
enum form_named {
	FORM_NAMES_PAL = 1,       /* {pal} or {interests} */
	FORM_NAMES_LETTER = 2,    /* {reason}, {day} or {until} */
	FORM_NAMES_ENCLOSURE = 4, /* {item} or {amount} */
	FORM_NAMES_ID = 8         /* {id} or {address} */
};
/*
 * What the letter of that name speaks of to a reader of that side, in any of
 * the languages; only wording, wording_name of the setup are looked at.
 * FORM_BADVALUE: there is no such letter, the message tells which there are.
 * FORM_WORDING, FORM_NOMEM.
 */
enum form_status
form_letter_names(const struct form_setup *setup, const char *form,
    enum form_side side, unsigned *names, struct form_fault *fault);

#include "forms/bench.h"
#include "forms/cards.h"
#include "forms/lint.h"
#include "forms/stock.h"
#include "forms/ruler.h"

#endif
