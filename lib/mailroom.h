/*
 * libmailroom: the mailroom of a nonprofit that lets people in custody and
 * volunteers write to each other on paper, neither learning the other's
 * address.
 *
 * An office is a folder: a database, a key file, settings.  mr_open gives a
 * handle on it.  Everything that is done to an office is an operation of the
 * table in op.h, run by mr_op_run, which checks who may, reads the words,
 * begins, calls one noun function, writes the event and commits.  The noun
 * functions stand in one small header a noun; each takes the call first and
 * returns a status.  The library never prints, never exits, never logs.
 */
#ifndef MAILROOM_H
#define MAILROOM_H

#include <stddef.h>
#include <stdint.h>

/*
 * Every status: name, exit code of the command line, HTTP code, text.
 * Nothing else maps one to the other.  Exit codes are those of design 10:
 * 0 done, 1 refused or not found, 2 usage, 3 damage, 4 the system failed.
 */
#define MR_STATUS(X) \
	X(OK, 0, 200, "done") \
	X(STOP, 1, 409, "stopped, and written down") \
	X(NOTFOUND, 1, 404, "not found") \
	X(REFUSED, 1, 409, "refused") \
	X(INVALID, 1, 422, "cannot be read") \
	X(DENIED, 1, 403, "not allowed for this role") \
	X(LOCKED, 1, 401, "the vault is closed") \
	X(USAGE, 2, 400, "called in a way it does not understand") \
	X(DAMAGED, 3, 500, "damage was found") \
	X(BUSY, 4, 503, "the database is in use") \
	X(LOST, 4, 503, "the connection was lost") \
	X(UNCERTAIN, 4, 503, "it is not known whether the change was kept") \
	X(READONLY, 4, 503, "the database cannot be written") \
	X(FULL, 4, 507, "the disk is full") \
	X(NOMEM, 4, 500, "memory ran out") \
	X(IO, 4, 500, "a file could not be read or written") \
	X(NEWER, 4, 500, "the office was made by a newer program") \
	X(UNIQUE, 4, 500, "it is there already") \
	X(BUG, 4, 500, "the program broke its own rule") \
	X(UNTOLD, 1, 409, "one thing more must be told")

enum mr_status {
#define X(name, exit, http, text) MR_##name,
	MR_STATUS(X)
#undef X
	    MR_NSTATUS
};

/* The columns of the list above. */
int mr_status_exit(enum mr_status status);
int mr_status_http(enum mr_status status);
const char *mr_status_text(enum mr_status status);
/* Its name there, "REFUSED", as it goes over a network; and back: MR_LOST for
 * what is none, since then nobody knows what became of the call. */
const char *mr_status_name(enum mr_status status);
enum mr_status mr_status_named(const char *name);

/* A status with its sentence: what was wrong, what would be right. */
struct mr_error {
	enum mr_status status;
	char message[512];
};

/*
 * Who may do what (design 9).  Volunteer, staff and coordinator each may do
 * what those before may; admin stands apart and sees no person.  A row of the
 * table names a set.
 */
enum mr_role {
	MR_VOLUNTEER = 1,
	MR_STAFF = 2,
	MR_COORDINATOR = 4,
	MR_ADMIN = 8
};
#define MR_FROM_VOLUNTEER (MR_VOLUNTEER | MR_STAFF | MR_COORDINATOR)
#define MR_FROM_STAFF (MR_STAFF | MR_COORDINATOR)
#define MR_EVERYONE (MR_FROM_VOLUNTEER | MR_ADMIN)

/* "volunteer" ...; NULL when it is no single role.  And back; 0: no such. */
const char *mr_role_name(unsigned role);
unsigned mr_role_of(const char *name);

/* An open office: connection, keys, caches.  Used by one thread at a time. */
struct mr;

/* One unit of work: actor, clock, arena, message, transaction. */
struct mr_call;

/* How to open an office. */
struct mr_options {
	const char *dir;   /* the office folder */
	const char *db;    /* sqlite:FILE or as libpq has it; NULL: in dir */
	int readonly;      /* 1: refuse every change */
	int no_keys;       /* 1: leave the key file alone (office check) */
	const char *site;  /* without keys, of several: its number; NULL: as
			    * a key file tells, or the only one */
	int check_scans;   /* 1, tests: a statement that scans a table fails */
	int busy_ms;       /* how long to wait for another writer; 0: 5000 */
	int patience_ms;   /* how long to wait until a server that went away is
			    * back, or another in its place; 0: 30000 */
	int no_checkpoint; /* 1: somebody else moves the log into the file */
};

/*
 * Open an office that mr_office_init made.  The handle belongs to the caller,
 * who gives it to mr_close (NULL allowed).  The office's time zone is in force
 * for the process from then on (when.h), so a program with threads opens it
 * once before it starts them.
 * MR_NOTFOUND: no office there.  MR_NEWER: made by a newer program.
 * MR_DENIED: the key file can be read by others.  MR_REFUSED: the key file is
 * of another office, or of no site of this one.  MR_USAGE: several sites, and
 * nothing tells which.  MR_DAMAGED: the database or the key file is no such
 * thing.  MR_READONLY, MR_BUSY, MR_IO, MR_NOMEM: as the list says.
 */
enum mr_status mr_open(
    const struct mr_options *options, struct mr **mr, struct mr_error *error);
void mr_close(struct mr *mr);

/* 1: it was made to practise in (mr_office_new.practice), so a front end may
 * set mr_ask.now from outside, and says so on every screen.  Else 0. */
int mr_is_practice(struct mr *mr);
/* The office's name, as it stands on paper; the handle's. */
const char *mr_office_name(const struct mr *mr);
/* The number of the site that the handle works for; 0 is the first. */
int64_t mr_office_site(const struct mr *mr);

/*
 * What a program that stays does of itself, nobody asking.
 *
 * Sign where the chain stands, as the program (user 0), unless that was done
 * on the same day in the office's zone.  now = 0: the clock.  *event is the
 * number of the event that says so, 0 when none was due.  Not inside a group.
 * MR_BUSY and the like: not now, try again later.  MR_BUG: opened without
 * keys.
 */
enum mr_status mr_checkpoint_daily(
    struct mr *mr, int64_t now, int64_t *event, struct mr_error *error);
/*
 * Move the log of the database into its file, as far as readers allow: what
 * no_checkpoint leaves undone.  On a handle of its own, in a thread of its
 * own, so that nobody who writes waits for it.
 */
enum mr_status mr_log_move(struct mr *mr, struct mr_error *error);
/*
 * How long the log was after this handle's last commit, in pages of 4 KiB; 0:
 * the engine looks after it.  It begins anew with the next commit after all
 * of it was moved, and a commit into what is there already costs half as much
 * as one that makes it longer.
 */
int64_t mr_log_pages(const struct mr *mr);
/* 1: the database has a log for mr_log_move; 0: a server looks after it. */
int mr_has_log(const struct mr *mr);

#endif
