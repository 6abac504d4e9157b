/*
 * An operation on its way, as errand.c and retype.c see it: nobody else
 * includes this.
 */
#ifndef MAILROOMD_ERRAND_H
#define MAILROOMD_ERRAND_H

#include "lib/arena.h"
#include "mailroomd/api.h"
#include "mailroomd/param.h"

struct errand {
	struct work work; /* first: the one casts to the other */
	struct office *office;
	struct http_request *request;
	const struct mr_op *op;
	struct session session;
	struct param_values values;
	struct mr_arena *arena;
	struct reply answer, paper; /* the JSON, and the file if one is made */
	char paper_name[128], paper_type[64];
	int paper_secret, practice, ended;
	const char *asked; /* which passphrase was not sent; NULL: none */
	struct mr_error error;
};

/* As mr_ask.passphrase has it: from a header, or errand->asked says which one
 * was not sent. */
int errand_passphrase(void *errand, const char *which, char *buf, size_t size);
/* To the thread that does it, after http_later. */
void errand_go(struct errand *errand);
/* A writer's answer must not outlive its key: another may sit down here. */
void errand_release(struct errand *errand);

/* retype.c.  1: this operation wants the passphrase or the PIN once more. */
int retype_wanted(const struct errand *errand);
/* Look at what was sent of it, count a wrong one as at the door, and let a
 * good one go on.  The errand is taken. */
void retype_ask(struct errand *errand);

#endif
