/*
 * The bench from the inside: what the files of bench.h share while one line
 * is at work.
 */
#ifndef MR_BENCH_WORK_H
#define MR_BENCH_WORK_H

#include "lib/bench.h"
#include "lib/bench_read.h"

struct mr_bench_work {
	struct mr_bench *bench;
	const struct mr_bench_front *front;
	struct mr_error error; /* of the operation that ran last */
};

/* Run an operation; *answer is in the front end's arena.  What it refuses is
 * in w->error. */
enum mr_status mr_bench_run(struct mr_bench_work *w, const char *op,
    const struct mr_bench_word *words, struct mr_answer **answer);
/* Run one that draws, and print that; letter as in bench.h. */
enum mr_status
mr_bench_print(struct mr_bench_work *w, enum mr_bench_paper paper,
    const struct mr_bench_letter *letter, const char *op,
    const struct mr_bench_word *words, struct mr_answer **answer);

/* Put a letter of an answer into *letter. */
void mr_bench_take(const struct mr_answer *answer, const char *prefix,
    struct mr_bench_letter *letter);
/* Put a letter on top of the running list. */
void
mr_bench_list(struct mr_bench_work *w, const struct mr_bench_letter *letter);

/* Set the view: verdict, and facts of the letter (NULL: none) and more. */
void mr_bench_say(struct mr_bench_work *w, enum mr_verdict verdict,
    const struct mr_bench_letter *letter, struct mr_verdict_facts more);
/* Ask again in plain words; nothing was done. */
void mr_bench_ask(struct mr_bench_work *w, const char *why);
/* Set the view to the verdict and the words of an answer. */
void mr_bench_told(struct mr_bench_work *w, const struct mr_answer *answer);
/* Set the view to the sentence of a refusal. */
void mr_bench_refused(struct mr_bench_work *w, enum mr_status status);
/* One more line below the words of the view. */
void mr_bench_more(struct mr_bench_work *w, const char *text);

/* A letter by its ID, or by none (NULL); of the one in hand: its sheets, a
 * flag by its key; take back the last step; an envelope of ours came back. */
void mr_bench_receive(struct mr_bench_work *w, const char *id);
void mr_bench_count(struct mr_bench_work *w, const struct mr_line *line);
void mr_bench_flag(struct mr_bench_work *w, char key);
void mr_bench_undo(struct mr_bench_work *w);
void mr_bench_back(struct mr_bench_work *w);

/* What an ID may have been, or whose letter it is by DEAR/SIGNED; and which of
 * those it is, n from 1. */
void mr_bench_offer_ids(struct mr_bench_work *w, const char *typed);
void mr_bench_offer_names(struct mr_bench_work *w, const char *typed);
void mr_bench_choose(struct mr_bench_work *w, int n);
/* Show a letter that an operation answered, and keep it in hand. */
void mr_bench_show(struct mr_bench_work *w, const struct mr_answer *answer);

/* Has the office several sites?  That letter is no key here. */
int mr_bench_sites(struct mr_bench_work *w);
void mr_bench_no_key(struct mr_bench_work *w, char key);

/* The work at the table: a stub, then its envelope. */
void mr_bench_stub(struct mr_bench_work *w, const char *typed);
void mr_bench_envelope(struct mr_bench_work *w, const char *typed);
/* Say that a stub is in the hand, and what can be done with it; put it down. */
void mr_bench_stub_held(struct mr_bench_work *w);
void mr_bench_stub_down(struct mr_bench_work *w);
/* The envelope of the stub in the hand once more, whatever was printed. */
void mr_bench_envelope_again(struct mr_bench_work *w);
/* A letter by its code, with its names; NULL or "": none.  0: there is none. */
int mr_bench_find(
    struct mr_bench_work *w, const char *code, struct mr_bench_letter *letter);
/* What is this code, and what can be done with it? */
void mr_bench_look(struct mr_bench_work *w, const char *typed);
/* Five digits behind an envelope whose ZIP was asked for.  1: they were. */
int mr_bench_zip(struct mr_bench_work *w, const char *typed);

/* A square of the bench card stands for what a hand would type: *line then
 * holds that.  0: for nothing, and the view says so. */
int mr_bench_card(struct mr_bench_work *w, struct mr_line *line);
/* A badge says whose it is; who works here was said at the start. */
void mr_bench_badge(struct mr_bench_work *w, const char *scan);

#endif
