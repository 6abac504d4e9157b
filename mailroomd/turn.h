/*
 * One request at a station, on its way: bench.c makes it, turn.c does it on
 * the writer's thread, turn_print.c has the printers.
 */
#ifndef MAILROOMD_TURN_H
#define MAILROOMD_TURN_H

#include <jansson.h>

#include "lib/bench.h"
#include "lib/op.h"
#include "mailroomd/benches.h"
#include "mailroomd/office.h"

#define PAGES 2 /* that one line can make */
#define OPS 8   /* that one line can run, those that read left out */

struct page {
	enum mr_bench_paper paper;
	char name[128];
	struct reply bytes;
};

/* A request at a station. */
struct turn {
	struct work work; /* first: the one casts to the other */
	struct office *office;
	struct http_request *request;
	struct session session;
	unsigned char id[BENCH_ID];
	json_t *body;           /* NULL: a GET */
	const char *line, *key; /* of the body */
	const char *language;
	const char *queue[2];   /* printers, by enum mr_bench_paper */
	struct mr_error why[2]; /* and what keeps them from printing */
	struct mr_arena *arena;
	struct mr *mr;       /* while the writer does it */
	struct bench *bench; /* likewise */
	const struct mr_op *ran[OPS];
	int nran;
	int to; /* 1 + the paper that is being drawn */
	struct page page[PAGES];
	int pages;
	struct mr_bench shown;
	struct mr_error error;
	int again; /* 1: it was answered before; -1: as another line */
	int ended; /* 1: whoever asks is not signed in any more */
};

/* Text of the body; NULL: it is not there. */
const char *turn_field(const struct turn *turn, const char *name);
/* Answer it with the view that is in the reply, and free it. */
void turn_answer(struct turn *turn);
/* Wipe and free. */
void turn_release(struct turn *turn);
/* Put what is shown into the reply, and keep it under the request key. */
void turn_write(struct turn *turn);

/* turn.c: to the writer, and from there to its answer. */
void turn_begin(struct turn *turn);

/* turn_print.c: ask for the printers that are named and were not seen for a
 * while, then begin. */
void turn_ask_printers(struct turn *turn);
/* Print what was drawn, then answer. */
void turn_print(struct turn *turn);

#endif
