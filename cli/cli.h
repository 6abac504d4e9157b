/*
 * The command line: words in, one operation, text out.  What the files of
 * cli/ share.  Nothing here knows an operation by name but the station, and
 * nothing here knows SQL, a key or a form.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "cli/args.h"
#include "cli/paper.h"
#include "cli/remote.h"
#include "lib/mailroom.h"
#include "lib/op.h"

/* Bytes for a passphrase, its NUL included. */
#define CLI_PASSPHRASE 1024

/* Where answers go when they do not go into a file. */
struct cli_sink {
	int fd;
	int error; /* errno of the first write that failed; 0: none */
};

/* A file parameter that was read, to be freed at the end. */
struct cli_file {
	struct cli_file *next;
	char *bytes;
	size_t len;
};

/* One run of the program. */
struct cli {
	struct args args;
	struct mr *mr;             /* NULL until cli_open */
	struct remote *remote;     /* or a mailroomd that has it open */
	int practice;              /* the office says so */
	int64_t ahead;             /* --now, before or behind the clock */
	struct mr_error error;     /* printed by main, once */
	int misused;               /* main shows the usage line as well */
	struct mr_error asking;    /* why a passphrase was not to be had */
	const struct args *values; /* what cli_get reads */
	struct cli_sink sink;      /* standard output */
	struct paper paper;
	const char *queue; /* documents go to this printer; NULL: to paper */
	int sent;          /* documents that the printer took */
	struct cli_file *files;
	char database[1024]; /* what mailroom.conf says of it */
};

/* A command that stands alone: a row for the reader and the help, and what
 * it does.  rest: it takes words beyond its parameters. */
struct cli_command {
	struct mr_op row;
	int rest;
	enum mr_status (*run)(struct cli *cli);
};

/* All rows, those that stand alone first; and the command behind a row, NULL
 * for an operation of the library. */
struct args_table cli_table(void);
const struct cli_command *cli_command(const struct mr_op *op);

/* Sets the error and returns its status. */
enum mr_status cli_fail(struct cli *cli, enum mr_status status,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Print a sentence on stderr behind "mailroom: ", control characters shown as
 * '?', one full line. */
void cli_complain(const char *sentence);

/* Open the office once; further calls do nothing.  MR_REFUSED: --now, in an
 * office that is none to practise in. */
enum mr_status cli_open(struct cli *cli);

/*
 * The address of the database: --db, else $MAILROOM_DB, else the line db of
 * mailroom.conf in dir (NULL: not asked).  NULL: the file in the folder.
 */
const char *cli_database(struct cli *cli, const char *dir);
/* Write that line into a new mailroom.conf. */
enum mr_status
cli_database_keep(struct cli *cli, const char *dir, const char *url);

/* What stands on every screen of an office to practise in. */
#define CLI_PRACTICE "PRACTICE: an office to learn in."

/* Run an operation, here or there.  As mr_op_run. */
enum mr_status cli_do(struct cli *cli, const struct mr_op *op,
    const struct mr_ask *ask, struct mr_out *out);

/* Read --now into cli->ahead, by the zone in force. */
enum mr_status cli_clock(struct cli *cli);

/* An ask with the global options and the functions below; its arg is cli. */
struct mr_ask cli_ask(struct cli *cli);

/* Run the row that args name and print its answer. */
enum mr_status cli_run(struct cli *cli);

/* mr_write into a struct cli_sink. */
int cli_write(void *sink, const void *bytes, size_t len);
/* printf into the sink of this run. */
void cli_print(struct cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* How wide standard output is: its terminal's columns, else $COLUMNS, else
 * 80.  And may it be coloured: a terminal, and $NO_COLOR is not set. */
int cli_width(void);
int cli_colour(void);
/* Lines of the terminal; 24 where that is not known. */
int cli_rows(void);

/* Functions for struct mr_ask; arg is a struct cli. */
const char *cli_get(void *arg, const char *name);
enum mr_status cli_file(void *arg, const char *place, const char **bytes,
    size_t *len, struct mr_error *error);
int cli_passphrase(void *arg, const char *which, char *buf, size_t size);
void cli_progress(void *arg, const char *what, int64_t done, int64_t total);
/* What comes next goes on where the bar stands; and take the bar away. */
void cli_progress_next(void);
void cli_progress_end(void);

/*
 * The printer that is named by --printer, or by the parameter of that name of
 * an operation that draws; NULL: none.
 */
const char *cli_printer(const struct cli *cli);
/* Does it make pages?  Not a list, which no printer takes. */
int cli_printable(const struct mr_op *op);
/* Let documents go to that queue, if it is there and would print.  Asked
 * before anything is done; the sentence is in the error. */
enum mr_status cli_queue(struct cli *cli, const char *name);
/* mr_document; `to` is the cli.  What did not arrive is told in paper.error. */
int cli_document(void *to, const char *name, const char *type,
    const void *bytes, size_t len, int secret);

/* Wipe and free what cli_file read. */
void cli_files_free(struct cli *cli);

/* Ask on /dev/tty.  Without echo when hidden.  0, or -1: there is no
 * terminal, or its end was reached.  buf is filled without the line end. */
int cli_prompt(const char *question, int hidden, char *buf, size_t size);

/* A passphrase to be chosen, asked twice.  As cli_passphrase. */
int cli_new_passphrase(
    struct cli *cli, const char *question, char *buf, size_t size);

/* The screens of help.c.  Required parameters after the first two are shown
 * as flags, which is how a person would write them. */
#define HELP_BY_PLACE 2
void help_screen(struct cli *cli);
void help_noun(struct cli *cli, const char *noun);
void help_row(struct cli *cli, const struct mr_op *op);
/* "mailroom letter receive ID [--sheets N]", cut to size. */
void help_usage(const struct mr_op *op, char *out, size_t size);
/* What to write for a parameter: "N", "DAY"; its type in words. */
const char *help_value(const struct mr_param *param);
void help_type(const struct mr_param *param, char *out, size_t size);
/* A whole call that could be typed. */
void help_example(const struct mr_op *op, char *out, size_t size);
/* "volunteer, staff, coordinator". */
void help_roles(const struct mr_op *op, char *out, size_t size);
/* docs/operations.md; and the operations of the manual page. */
void help_markdown(struct cli *cli);
void help_man(struct cli *cli);

/* The commands that stand alone. */
enum mr_status command_help(struct cli *cli);
enum mr_status command_completion(struct cli *cli);
enum mr_status command_init(struct cli *cli);
enum mr_status command_restore(struct cli *cli);
enum mr_status command_copy(struct cli *cli);
enum mr_status command_certificate(struct cli *cli);
enum mr_status command_station(struct cli *cli);

#endif
