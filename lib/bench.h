/*
 * A station of the mailroom: one line in, typed or scanned, and a view out.
 * The terminal and the browser share it (design 10).  It does nothing to the
 * office but through operations, which the front end runs, and says nothing
 * that is not in verdict.h, in an operation's answer or in this thread's
 * language (tongue.h).  Memory is the caller's.
 */
#ifndef MR_BENCH_H
#define MR_BENCH_H

#include "lib/answer.h"
#include "lib/mailroom.h"
#include "lib/verdict.h"

#define MR_BENCH_LIST 8    /* letters in the running list */
#define MR_BENCH_CHOICES 9 /* what one digit can choose from */
#define MR_BENCH_EXTRAS 10
#define MR_BENCH_TEXT 128 /* the longest line, its NUL included */
#define MR_BENCH_CODE 32
#define MR_BENCH_NAME 96

/* A letter that the station speaks of; code "" means none. */
struct mr_bench_letter {
	char code[MR_BENCH_CODE], number[16], state[16], sheets[8];
	char from[MR_BENCH_NAME], to[MR_BENCH_NAME];
	int away; /* 1: it lies at another site, and T takes it over */
};

/* What a digit chooses: a forwarding ID, or a pairing and its writer. */
struct mr_bench_choice {
	char code[MR_BENCH_CODE], writer[16];
};

/* What the next line is likely to be; a scan of another letter always may. */
#define MR_BENCH_WANTED(X) \
	X(ID, "id") \
	X(SHEETS, "sheets") \
	X(NAMES, "names") \
	X(CHOICE, "choice") \
	X(ENVELOPE, "envelope") \
	X(ZIP, "zip")

enum mr_bench_wants {
#define X(name, word) MR_WANTS_##name,
	MR_BENCH_WANTED(X)
#undef X
	    MR_NWANTS
};

/* What is to be seen after a line. */
struct mr_bench_view {
	enum mr_verdict verdict;
	char plain[800];
	char extra[MR_BENCH_EXTRAS][240];
	int extras;
	enum mr_bench_wants wants;
	int done;  /* 1: the line did what it asks; 0: it was not understood,
	            * or refused, and nothing was written */
	int leave; /* 1: Q */
	/* Codes of letters whose paper the front end is to fetch and print,
	 * since print() took none; "": none. */
	char sheet[MR_BENCH_CODE], envelope[MR_BENCH_CODE];
};

/*
 * A station between two lines.  All zeroes to begin with; a plain value, so
 * that whoever must take a line back keeps a copy from before it.
 */
struct mr_bench {
	struct mr_bench_letter last;  /* in hand at the bench */
	struct mr_bench_letter stub;  /* in hand at the table */
	struct mr_bench_letter seen;  /* an envelope that was scanned */
	char envelope[MR_BENCH_TEXT]; /* of the stub, waiting for its ZIP */
	int same; /* the next letter was with the last one */
	struct mr_bench_choice choice[MR_BENCH_CHOICES];
	int choices; /* how many are offered; -1: they were forgotten */
	struct mr_bench_letter list[MR_BENCH_LIST]; /* newest first */
	int listed;
	struct mr_bench_view view;
};

/* One parameter of an operation; a list of them ends with name NULL. */
struct mr_bench_word {
	const char *name, *value;
};
/* The value of a name, for mr_ask.get; NULL: it is not there. */
const char *mr_bench_word(const struct mr_bench_word *words, const char *name);

enum mr_bench_paper { MR_BENCH_SHEET, MR_BENCH_ENVELOPE };

/* What a front end supplies for a line.  Functions get `arg`. */
struct mr_bench_front {
	void *arg;
	struct mr_arena *arena; /* answers: the front end empties it between
	                         * lines */
	int sheets;             /* print() takes cover sheets */
	const char *envelopes;  /* the printer that print() has for envelopes,
	                         * by its name; NULL: none */
	int page; /* a page in a browser: it prints what print() does not */
	/* Files of an operation that print() runs. */
	mr_document document;
	/* Run an operation.  As mr_op_run. */
	enum mr_status (*run)(void *arg, const char *op,
	    const struct mr_bench_word *words, struct mr_out *out,
	    struct mr_error *error);
	/* Run one that draws, and print that.  letter: whose sheet; NULL with
	 * an envelope.  A failure to print is one of this function. */
	enum mr_status (*print)(void *arg, enum mr_bench_paper paper,
	    const struct mr_bench_letter *letter, const char *op,
	    const struct mr_bench_word *words, struct mr_out *out,
	    struct mr_error *error);
};

/*
 * Do what one line asks, and set the view.  A line is whatever came in, of
 * any length and any bytes; what is wrong with it is said in the view.
 */
void mr_bench_do(struct mr_bench *bench, const struct mr_bench_front *front,
    const char *line);

/*
 * The view to begin with: READY, and what was saved last.  What was offered
 * or asked for is forgotten, since nobody sees it any more; letters in hand
 * stay.  A status of `letter last`, with its sentence in *error: then the view
 * is as it was.
 */
enum mr_status mr_bench_begin(struct mr_bench *bench,
    const struct mr_bench_front *front, struct mr_error *error);

/*
 * After a restart: a bench that knows nothing takes up what somebody believes
 * in hand.  Codes of letters, NULL or "" for none; each is looked up, and is
 * in hand only where its state allows it.  wants: the word of the last view;
 * after a choice no digit counts sheets.
 */
void
mr_bench_take_up(struct mr_bench *bench, const struct mr_bench_front *front,
    const char *hand, const char *stub, const char *wants);

/* The word of what is wanted: "id". */
const char *mr_bench_wants_word(enum mr_bench_wants wants);

/* One more line below the view's words; what has no room is left out. */
void mr_bench_extra(struct mr_bench_view *view, const char *text);

/* The letter to show as in hand at the bench; NULL: none. */
const struct mr_bench_letter *mr_bench_hand(const struct mr_bench *bench);

#endif
