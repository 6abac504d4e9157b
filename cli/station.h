/*
 * The bench in a terminal: what the files of the station share.  It does
 * nothing to the office but through operations, and says nothing that is not
 * in lib/verdict.h or in an operation's answer.
 */
#ifndef CLI_STATION_H
#define CLI_STATION_H

#include "cli/answer.h"
#include "cli/cli.h"
#include "cli/line.h"
#include "cli/station_read.h"
#include "lib/verdict.h"

#define STATION_LIST 8    /* letters in the running list */
#define STATION_CHOICES 9 /* what one digit can choose from */
#define STATION_CODE_SIZE 32
#define STATION_NAME 96

/* A letter that the station speaks of; code "" means none. */
struct station_letter {
	char code[STATION_CODE_SIZE], number[16], state[16], sheets[8];
	char from[STATION_NAME], to[STATION_NAME];
};

/* What a digit chooses: a forwarding ID, or a pairing and its writer. */
struct station_choice {
	char code[STATION_CODE_SIZE], writer[16];
};

/* What stands on the screen. */
struct station_view {
	enum mr_verdict verdict;
	char plain[800];
	char extra[STATION_CHOICES][240];
	int extras;
};

struct station {
	struct cli *cli;
	struct line_editor line;
	struct mr_arena *arena;      /* of one input */
	const char *sheets;          /* folder for cover sheets, or NULL */
	const char *sheet_queue;     /* or the printer for them, or NULL */
	const char *envelope_queue;  /* printer for envelopes, or NULL */
	struct station_letter last;  /* in hand at the bench */
	struct station_letter stub;  /* in hand at the table */
	struct station_letter seen;  /* an envelope that was scanned */
	char envelope[STATION_TEXT]; /* of the stub, waiting for its ZIP */
	int same;                    /* the next letter was with the last one */
	struct station_choice choice[STATION_CHOICES];
	int choices; /* how many are offered */
	struct station_view view;
	struct station_letter list[STATION_LIST]; /* newest first */
	int listed;
};

/* One parameter of an operation; a list of them ends with name NULL. */
struct station_word {
	const char *name, *value;
};

/* Run an operation; *answer is in the station's arena.  What it refuses is in
 * cli->error. */
enum mr_status station_run(struct station *station, const char *op,
    const struct station_word *words, struct answer **answer);

/* Run one that draws: to that printer, or NULL: into the paper that is open. */
enum mr_status station_print(struct station *station, const char *queue,
    const char *op, const struct station_word *words, struct answer **answer);

/* The cover sheet of a letter into its file in the folder, or to its printer;
 * does nothing where there is neither. */
enum mr_status
station_sheet(struct station *station, const struct station_letter *letter);

/* Put a letter of an answer into *letter. */
void station_take(const struct answer *answer, const char *prefix,
    struct station_letter *letter);

/* Set the view: verdict, and facts of the letter (NULL: none) and more. */
void station_say(struct station *station, enum mr_verdict verdict,
    const struct station_letter *letter, struct mr_verdict_facts more);
/* Set the view to the verdict and the words of an answer. */
void station_told(struct station *station, const struct answer *answer);
/* Set the view to the sentence of a refusal. */
void station_refused(struct station *station, enum mr_status status);

/* Do what one line asks.  0: leave. */
int station_do(struct station *station, const char *line);

/* The work at the table: a stub, then its envelope. */
void station_stub(struct station *station, const char *typed);
void station_envelope(struct station *station, const char *typed);
/* Say that a stub is in the hand, and what can be done with it; put it down. */
void station_stub_held(struct station *station);
void station_stub_down(struct station *station);
/* The envelope of the stub in the hand once more, whatever was printed. */
void station_envelope_again(struct station *station);
/* What is this code, and what can be done with it? */
void station_look(struct station *station, const char *typed);
/* Five digits behind an envelope whose ZIP was asked for.  1: they were. */
int station_zip(struct station *station, const char *typed);

/* A square of the bench card stands for what a hand would type: *input then
 * holds that.  0: for nothing, and the view says so. */
int station_card(struct station *station, struct station_input *input);
/* A badge says whose it is; who works here was said at the start. */
void station_badge(struct station *station, const char *scan);

/* Put a letter on top of the running list. */
void station_list(struct station *station, const struct station_letter *letter);

/* One more line below the view's words. */
void station_extra(struct station *station, const char *text);

/* Draw the view. */
void station_show(struct station *station);

#endif
