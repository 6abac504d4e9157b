/*
 * Pages for a day without power: cover sheets that were printed before their
 * letters came.  A page has the id of the letter that it may become, so that
 * the letter which is keyed in later gets exactly its code, and its stub is
 * the letter's cover sheet, copy 1.
 */
#ifndef MR_PAGE_NOUN_H
#define MR_PAGE_NOUN_H

#include "lib/letter_steps.h"
#include "lib/print_doc.h"

/* Numbers stand in rows and events. */
enum mr_page_status {
	MR_PAGE_PRINTED = 1, /* in the drawer */
	MR_PAGE_USED = 2,    /* its letter was keyed in */
	MR_PAGE_GIVEN_UP = 3 /* lost, spoiled, thrown away */
};
/* "printed", "used", "given up"; NULL: no such. */
const char *mr_page_status_name(int status);

struct mr_page {
	int64_t id, day; /* day: printed */
	int status;
	int number; /* that stands on it: 12 */
	int64_t version, event;
};

/* The newest id of a letter or a page: the next letter's is above both. */
#define MR_NEWEST_LETTER \
	"letter", \
	    "SELECT COALESCE(MAX(id), :start) AS id FROM letter " \
	    "WHERE id < :end AND id >= :start " \
	    "UNION ALL " \
	    "SELECT COALESCE(MAX(id), :start) FROM page " \
	    "WHERE id < :end AND id >= :start " \
	    "ORDER BY id DESC LIMIT 1"

/* MR_NOTFOUND, without a sentence: no page has that id. */
enum mr_status
mr_page_load(struct mr_call *c, int64_t id, struct mr_page *page);
/*
 * The page whose code was typed or whose stub was scanned.
 * MR_INVALID: cannot be read.  MR_NOTFOUND: not a code of a page.
 */
enum mr_status
mr_page_find(struct mr_call *c, struct mr_typed typed, struct mr_page *page);

struct mr_page_print {
	struct mr_count count;
	const char *language;
};
#define MR_PAGES_USUAL 50
#define MR_PAGES_MOST 200
/*
 * Reserve codes and draw a page for each, in the words of `language` where
 * it travels (NULL: the office's); c->found keeps the drawn document.
 * MR_INVALID: no such language.
 */
enum mr_status mr_page_print(struct mr_call *c, const struct mr_page_print *in);
/* {printed, first, last} and the document, drawn again from the events where
 * a request key came twice. */
enum mr_status
mr_page_answer(struct mr_call *c, struct mr_events events, struct mr_out *out);

struct mr_page_void {
	struct mr_typed code;
	int all;
};
/*
 * Give up one page, or all that are still to be used.
 * MR_USAGE: neither or both were named.  MR_REFUSED: it was used, or none is
 * left.
 */
enum mr_status mr_page_void(struct mr_call *c, const struct mr_page_void *in);

/*
 * Store what was read from the envelope as the letter of this page: `letter`
 * as mr_letter_insert takes it, its id the page's.  Its cover sheet counts as
 * printed.  A page whose letter was taken back takes another.
 * MR_REFUSED: the page was used or given up; the sentence says what to do.
 */
enum mr_status mr_page_use(
    struct mr_call *c, const struct mr_page *page, struct mr_letter *letter);
/* Can it be used?  It is printed, and no letter has its code but one that was
 * taken back. */
enum mr_status
mr_page_waits(struct mr_call *c, const struct mr_page *page, int *waits);
/* The letter was taken back: the page can be used again. */
enum mr_status mr_page_free(struct mr_call *c, int64_t id);

/* What a hand writes on the page of a letter that was just keyed in, and ""
 * for a letter without a page.  In the arena. */
enum mr_status mr_page_say(
    struct mr_call *c, const struct mr_letter *letter, const char **words);

/* Each letter that was keyed in with a page, the latest day first. */
enum mr_status
mr_page_letters(struct mr_call *c, mr_letter_each each, void *arg);

#endif
