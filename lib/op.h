/*
 * The table of operations: the heart.  One const row per operation drives the
 * command line, HTTP, the role check, the event, the manual and the generated
 * tests.  A feature on every front end is one row and one noun function.
 */
#ifndef MR_OP_H
#define MR_OP_H

#include <stddef.h>
#include <stdint.h>

#include "lib/mailroom.h"
#include "lib/out.h"
#include "lib/value.h"

/* What mr_ask.passphrase may be asked for besides passphrases.  With a blank,
 * so that no user has that name. */
#define MR_ASK_OLD_PIN "old pin"
#define MR_ASK_NEW_PIN "new pin"

/* The version that a command line and a daemon must share. */
#define MR_PROTOCOL 1

/*
 * A parameter is a field of the input struct: its name, place and type come
 * from there, so that no second list can go stale.  help is one phrase,
 * without a full stop.
 */
struct mr_param {
	const char *name; /* field name; a flag shows '-' for '_' */
	size_t offset;
	enum mr_type type;
	int required;        /* 1, or MR_PLACED */
	int64_t min, max;    /* of a count; both 0: 0 to 2^36 */
	const char *choices; /* the words it may be, a space before each, for a
	                        page to offer; NULL: whatever its noun takes */
	int here; /* only whoever works on the office's own computer may say */
	const char *help;
};

/* Not required, but it may be given by its place, like a required one. */
#define MR_PLACED 2

#define MR_FIELD(input, at, ...) \
	{ \
		.name = #at, .offset = offsetof(struct input, at), \
		.type = MR_TYPE(((struct input *)0)->at), __VA_ARGS__ \
	}
#define MR_PARAM(input, at, needed, text) \
	MR_FIELD(input, at, .required = needed, .help = text)
#define MR_NUMBER(input, at, needed, least, most, text) \
	MR_FIELD(input, at, .required = needed, .min = least, .max = most, \
	    .help = text)
/* A text that is one of a few words. */
#define MR_CHOICE(input, at, needed, words, text) \
	MR_FIELD(input, at, .required = needed, .choices = words, .help = text)
/* A place on the office's own computer. */
#define MR_HERE(input, at, needed, text) \
	MR_FIELD(input, at, .required = needed, .here = 1, .help = text)
#define MR_PARAMS(list) \
	.params = list, .nparams = sizeof(list) / sizeof(list[0])

/* Events that an operation wrote: first and how many, in a row. */
struct mr_events {
	int64_t first;
	int count;
};

/*
 * One operation.  number stands in every event and never changes.
 *
 * An operation that writes has two halves.  `run` calls a noun function, which
 * changes rows and writes events; `answer` tells what these events did.  A
 * request key that comes again skips `run` and gets the same `answer`, which
 * is why the answer may lean on nothing but the events.  Where there are none
 * nothing was changed: then it leans on c->found, and nothing is remembered,
 * or on the event that run named in c->about (events.first, with count 0).
 * An operation that only reads has `show`.
 */
struct mr_op {
	const char *name; /* "letter receive" */
	int number;
	const char *summary; /* one sentence, imperative */
	unsigned roles;
	unsigned writes : 1;
	unsigned vault : 1;    /* needs the vault open */
	unsigned document : 1; /* makes a file: a place for it must be named */
	unsigned secret : 1;   /* and that file holds addresses */
	unsigned undo : 1;     /* 'letter undo' may take it back */
	unsigned keyless : 1;  /* runs where the office key file does not */
	unsigned slow : 1;     /* may take seconds: nothing else waits for it */
	unsigned aside : 1;    /* its ready does that, so the writer is no place
				* for it */
	unsigned retype : 1;   /* being signed in is not enough: a daemon asks
	                        * for the passphrase once more */
	const struct mr_param *params;
	size_t nparams;
	size_t input_size;
	const char *returns; /* keys of the answer's map, a space between */
	const char *each;    /* or: it is a list of maps with these keys */
	const char *table; /* those of them that a terminal shows; NULL: all */
	const char *spare; /* keys of the map that a terminal leaves out where
			    * they hold nothing; NULL: none */
	/* The same words do more while this key of the answer is above 0; and
	 * a parameter that is for the first time only, or NULL. */
	const char *again, *first_only;
	/* Before any transaction, where a person must be asked for more than
	 * the vault's passphrase: leaves in c->told what run needs. */
	enum mr_status (*ready)(struct mr_call *c, const void *input);
	enum mr_status (*run)(struct mr_call *c, const void *input);
	enum mr_status (*answer)(
	    struct mr_call *c, struct mr_events events, struct mr_out *out);
	enum mr_status (*show)(
	    struct mr_call *c, const void *input, struct mr_out *out);
};

/* All rows, sorted by name.  And one of them by its words; NULL: no such. */
extern const struct mr_op *const mr_ops[];
extern const size_t mr_nops;
const struct mr_op *mr_op_find(const char *name);
const struct mr_op *mr_op_by_number(int number);

/* What a front end supplies.  Every function gets `arg`. */
struct mr_ask {
	const char *user; /* who acts; NULL: the office's first coordinator */
	int station;      /* 'A' to 'Z'; 0: 'A' */
	const char *request;  /* request key, or NULL */
	int64_t now;          /* microseconds UTC; 0: the clock */
	const char *printer;  /* what is drawn is for the printer of this name
	                        and moved as its profile says; NULL: true */
	int queue;            /* 1: that printer is known to be there, profile
	                        or not */
	const char *language; /* of sentences and reasons, "es"; NULL: English;
	                         lib/tongue.h */
	void *arg;
	/* The text given for a parameter (name as in the row), or NULL. */
	const char *(*get)(void *arg, const char *name);
	/* The bytes of a file parameter, valid until mr_op_run returns. */
	enum mr_status (*file)(void *arg, const char *place, const char **bytes,
	    size_t *len, struct mr_error *error);
	/* The user's passphrase, NUL-terminated in size bytes; 0, or -1: none
	 * to be had.  `which` says whose, or what else: "new", "recovery",
	 * MR_ASK_OLD_PIN, MR_ASK_NEW_PIN. */
	int (*passphrase)(void *arg, const char *which, char *buf, size_t size);
	/* The secret half of the user's key pair, 32 bytes, where the front
	 * end has it since they signed in (mr_sign_in); NULL: it has none, and
	 * the passphrase is asked for.  May be NULL itself. */
	const unsigned char *(*secret)(void *arg);
	/* Long work: so much of so much is done.  May be NULL. */
	void (*progress)(
	    void *arg, const char *what, int64_t done, int64_t total);
};

/*
 * Run one operation: role, parameters, vault, request key, transaction,
 * handler, event, answer.  Alone it begins and commits; inside a group
 * (mr_group_begin) it runs in a savepoint, and `out` must be held back by the
 * group's owner until mr_group_commit.
 * MR_STOP has been written down and answered, like MR_OK; every other status
 * changed nothing, answered nothing and left its sentence in *error; but a
 * check, which only reads and tells MR_DAMAGED, has answered what it found.
 */
enum mr_status mr_op_run(struct mr *mr, const struct mr_op *op,
    const struct mr_ask *ask, struct mr_out *out, struct mr_error *error);

/* One durable transaction for the operations between. */
enum mr_status mr_group_begin(struct mr *mr, struct mr_error *error);
enum mr_status mr_group_commit(struct mr *mr, struct mr_error *error);
/*
 * The same as a whole: begin, members(arg, mr), which runs the operations,
 * commit.  Where the database server goes away meanwhile, members is called
 * again, from the start, once it is back or another is in its place: so it may
 * run twice, and what it told before counts no more.  Never after a commit
 * that was kept.  mr_options.patience_ms is how long that goes on; then
 * MR_LOST, nothing was kept, or MR_UNCERTAIN.
 */
enum mr_status
mr_group_run(struct mr *mr, void (*members)(void *arg, struct mr *mr),
    void *arg, struct mr_error *error);

#endif
