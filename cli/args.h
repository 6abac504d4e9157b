/*
 * Words of the command line to a row of the table and the texts of its
 * parameters.  Knows no operation by name; what it reads is checked for shape
 * only, the types are the runner's business.
 */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include "lib/op.h"

#define ARGS_PARAMS 32 /* parameters of one row */
#define ARGS_WORDS 16  /* words beyond those that name the row */

/* Rows to choose from: those of the library and those that stand alone. */
struct args_table {
	const struct mr_op *const *rows;
	size_t n;
};

enum args_format { ARGS_TABLE, ARGS_JSON, ARGS_CSV };

/* What was asked for.  Strings are borrowed from argv. */
struct args {
	const char *office, *db, *user, *station, *request, *passphrase_file;
	const char *server, *ca;
	const char *now;
	const char *out; /* -o; "-" is stdout */
	const char *printer;
	int json, csv, help, version;
	char name[64];                   /* the words that named a row so far */
	const struct mr_op *op;          /* NULL: no row was named */
	const char *values[ARGS_PARAMS]; /* by place in the row; NULL: none */
	const char *words[ARGS_WORDS];   /* left over */
	int nwords;
	char message[1024]; /* what was wrong, one sentence */
};

/* An option that every operation takes.  argument is NULL for a switch;
 * letter is 0 where there is no short form. */
struct args_option {
	const char *name;
	char letter;
	size_t offset; /* in struct args: const char *, or int for a switch */
	const char *argument;
	const char *help;
};
extern const struct args_option args_options[];
extern const size_t args_noptions;

/*
 * Read argv[1] and on.  0, or -1 with the sentence in args->message.  Required
 * and placed parameters that no flag gave are filled from the words in the
 * row's order, a placed one only by a word that no required one needs; whether
 * any is missing, or a word is left over, is asked for below.
 */
int args_read(
    struct args *args, const struct args_table *table, int argc, char **argv);

/* Is everything there that the row needs, and nothing else?  0 or -1 as
 * above.  rest: words left over are welcome. */
int args_complete(struct args *args, int rest);

/* The place of a row's parameter by its flag or field name; -1: none. */
int args_param(const struct mr_op *op, const char *name, size_t len);

/* A parameter as its flag (lower case) or its word in a usage line (upper
 * case), with '-' for '_'.  Returns out. */
#define ARGS_NAME 40
char *args_flag(const struct mr_param *param, char out[ARGS_NAME]);
char *args_upper(const struct mr_param *param, char out[ARGS_NAME]);

/* First word of the row's name, copied; and where its other words start
 * ("" for a name of one word). */
char *args_noun(const struct mr_op *op, char out[ARGS_NAME]);
const char *args_verb(const struct mr_op *op);

#endif
