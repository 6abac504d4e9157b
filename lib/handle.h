/*
 * The handle from the inside: what an open office holds.  For mailroom.c,
 * op.c, chain.c, vault.c and office.c; nouns use call.h.
 */
#ifndef MR_HANDLE_H
#define MR_HANDLE_H

#include "lib/call.h"
#include "lib/gap.h"
#include "lib/keys.h"
#include "lib/op.h"
#include "lib/vault.h"

/* The newest event: the chain is written by whoever holds the write lock. */
struct mr_head {
	int64_t id;
	unsigned char hash[32];
	int64_t at;  /* its time: time never runs backwards */
	int64_t day; /* its day, to see the first write of a new one */
};

struct mr {
	char *dir;
	char *url; /* of the database, for further readers */
	struct sql *db;
	struct mr_site site;
	struct mr_keys *keys;
	struct mr_vault *vault;   /* NULL: closed */
	int64_t vault_user;       /* who opened it */
	struct mr_arena *lasting; /* strings of the site row */
	struct mr_arena *arena;   /* the call's */
	struct mr_arena *tape;    /* answers held back: handlers may release
				   * the call's arena under them */
	struct mr_call call;
	struct mr_head head;
	struct mr_gaps gaps;           /* of restores */
	int64_t day, day_from, day_to; /* the last call's day, its instants */
	const struct mr_ask *ask;      /* of the running operation */
	int group; /* 1: between mr_group_begin and _commit */
	enum mr_status
	    group_lost;     /* the engine gave up the group's transaction */
	struct mr_due *due; /* a folder that waits for the commit; due.h */
	int readonly, check_scans;
	int64_t began;       /* the newest event when the transaction began */
	int64_t away;        /* since when no server is there, ms; 0: it is */
	int64_t patience_ms; /* how long to wait for one; again.h */
};

/*
 * One more handle on the same database, for a thread of its own: read-only,
 * without keys and vault, sharing nothing that changes.  Open it on the thread
 * that owns mr; give it to mr_close.  MR_REFUSED: a database in memory, which
 * has one connection.  MR_IO, MR_BUSY, MR_NOMEM.
 */
enum mr_status
mr_reader_open(struct mr *mr, struct mr **reader, struct mr_error *error);

/*
 * Start the unit of work: arena, clock, day.  now = 0: the clock.  No
 * transaction yet.
 */
struct mr_call *
mr_call_start(struct mr *mr, int64_t now, struct mr_error *error);
/* Wipe what it held. */
void mr_call_end(struct mr_call *c);

/* A transaction for the call; a write one reads the head of the chain. */
enum mr_status mr_begin(struct mr_call *c, int write);
/* Commit when status is MR_OK or MR_STOP, else roll back.  What became of it. */
enum mr_status mr_end(struct mr_call *c, enum mr_status status);

/* Read the site row again, after it changed. */
enum mr_status mr_site_load(struct mr_call *c);

/* chain.c: read the newest event into mr->head. */
enum mr_status mr_head_load(struct mr_call *c);

#endif
