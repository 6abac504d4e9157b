/*
 * Who is signed in.  A session is known by its cookie, of which only a hash
 * is kept; the user's key is kept under a key made of the cookie, so that
 * memory between two requests opens nothing without the browser.
 */
#ifndef MAILROOMD_SESSION_H
#define MAILROOMD_SESSION_H

#include <stdint.h>

#include "lib/signin.h"

#define SESSION_TOKEN 44 /* a cookie or a request token, with its NUL */
#define SESSION_MOST 256

/* Idle and absolute limits, seconds: a volunteer's, of everybody else, and
 * of a sign-in with a code for the first passphrase. */
#define SESSION_IDLE 1800
#define SESSION_IDLE_KEY 600
#define SESSION_ABSOLUTE 32400

/* One of them, taken out for a request.  Wipe it with session_wipe. */
struct session {
	struct mr_signed who;
	int station; /* 'A' ... */
	int local;   /* nobody signed in: the daemon's own user, over a Unix
	              socket, who may read the office anyway */
	char token[SESSION_TOKEN]; /* what a change must carry besides */
	int64_t ends;              /* seconds of office_clock, if unused */
	int idle;                  /* as many after each use, at most */
};

struct sessions;
struct sessions *sessions_new(void); /* NULL: no memory */
void sessions_free(struct sessions *sessions);

/* Begin one; the oldest of that user goes when they have four.  0, or -1: as
 * many as can be are open. */
int session_begin(struct sessions *sessions, const struct mr_signed *who,
    int station, int64_t now, char cookie[SESSION_TOKEN]);
/* Find and touch it.  0, or -1: none, or its time is over. */
int session_find(struct sessions *sessions, const char *cookie, int64_t now,
    struct session *session);
/* The same, and it is not touched: its idle time goes on. */
int session_peek(struct sessions *sessions, const char *cookie, int64_t now,
    struct session *session);
void session_end(struct sessions *sessions, const char *cookie);
/* All of a user: disabled, another role, another passphrase. */
void session_end_user(struct sessions *sessions, int64_t user);
/* Each that is open: whose, where, and seconds since it was last used. */
void session_each(struct sessions *sessions, int64_t now,
    void (*each)(
	void *arg, const struct mr_signed *who, int station, int64_t quiet),
    void *arg);
/* How many are open. */
int session_count(struct sessions *sessions, int64_t now);
void session_wipe(struct session *session);

#endif
