/*
 * The benches of those who are signed in, one a session.  A bench is used on
 * the writer's thread alone; what is kept of its answers, by their request
 * keys, on any.
 */
#ifndef MAILROOMD_BENCHES_H
#define MAILROOMD_BENCHES_H

#include "lib/bench.h"
#include "mailroomd/reply.h"
#include "mailroomd/session.h"

#define BENCH_ID 16
#define BENCH_REQUEST 65 /* a request key, its NUL included */
#define BENCH_TOLD 16    /* answers that are kept, each bench */

struct bench {
	unsigned char id[BENCH_ID];
	int64_t ends;         /* with the session, unless it is used again */
	struct mr_bench now;  /* as the lines so far leave it */
	struct mr_bench kept; /* as it was when the last group was committed */
	int running;          /* lines of the group that is not committed */
	int started;          /* 1: a line was done, or may have been */
	int was_started;
	struct bench_told *told;
};

struct benches;
struct benches *benches_new(void); /* NULL: no memory */
void benches_free(struct benches *benches);

/* Whose bench is it?  By what only the session knows. */
void bench_id(const struct session *session, unsigned char id[BENCH_ID]);

/*
 * The bench of a session, a fresh one where it had none, for a line to be
 * done on the writer's thread; NULL: no memory.  Those whose session is over
 * go.  Each is settled when it is known what became of the line: lost: the
 * bench is again as before the group, and what was told of it unsaid.
 */
struct bench *benches_take(struct benches *benches,
    const unsigned char id[BENCH_ID], int64_t ends, int64_t now);
void benches_settle(struct benches *benches, struct bench *bench, int lost);
/* The session is over. */
void benches_drop(struct benches *benches, const unsigned char id[BENCH_ID]);

/*
 * Was this request answered before?  1: its answer is written to *reply.
 * -1: yes, but it was another line.  0: no.
 */
int benches_told(struct benches *benches, const unsigned char id[BENCH_ID],
    const char *request, const char *line, struct reply *reply);
/* Keep an answer, instead of the one that was kept under this request. */
void benches_tell(struct benches *benches, const unsigned char id[BENCH_ID],
    const char *request, const char *line, const struct reply *answer);

#endif
