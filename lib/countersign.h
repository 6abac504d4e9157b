/*
 * What waits for a second person's signature: money, changed addresses,
 * safety.  Where the setting second-person is `later`, the step is done and
 * stands on this list until somebody else signs it.
 */
#ifndef MR_COUNTERSIGN_NOUN_H
#define MR_COUNTERSIGN_NOUN_H

#include <stdint.h>

#include "lib/call.h"
#include "lib/chain.h"

struct mr_countersign {
	int64_t id;
	int what;                       /* enum mr_subject */
	int64_t subject, first, second; /* second: 0 while open */
	int day;
	int64_t version, event;
};

/* After so many days the report says that nobody has signed. */
#define MR_COUNTERSIGN_DAYS 30

/*
 * Put a step of the call's user on the list; one that waits for the same
 * subject is replaced, for the newest step is what gets signed.  id may be
 * NULL.
 */
enum mr_status mr_countersign_open(
    struct mr_call *c, enum mr_subject what, int64_t subject, int64_t *id);

/* MR_NOTFOUND: no such. */
enum mr_status
mr_countersign_load(struct mr_call *c, int64_t id, struct mr_countersign *sign);

/* The open one about a subject.  MR_NOTFOUND: none, without a message. */
enum mr_status mr_countersign_of(struct mr_call *c, enum mr_subject what,
    int64_t subject, struct mr_countersign *sign);

/*
 * The call's user signs as second person; what was signed comes back in
 * *sign, for the noun that it concerns.
 * MR_REFUSED: signed already, or by the very person who did the step.
 */
enum mr_status
mr_countersign_sign(struct mr_call *c, int64_t id, struct mr_countersign *sign);

/*
 * The same, and what follows from it: money counts as signed for, an address
 * that waited for it becomes current.
 */
enum mr_status
mr_countersign_step(struct mr_call *c, int64_t id, struct mr_countersign *sign);

/* What it is about: "E5 money 20.00: bank", "address of C12: current"; no
 * person's name.  In the arena. */
enum mr_status mr_countersign_say(
    struct mr_call *c, const struct mr_countersign *sign, const char **words);

/* How many are open, and how many of them for longer than
 * MR_COUNTERSIGN_DAYS. */
enum mr_status
mr_countersign_count(struct mr_call *c, int64_t *open, int64_t *overdue);

/* Those that are open, oldest first. */
enum mr_status mr_countersign_list(struct mr_call *c, int everywhere,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_countersign *sign),
    void *arg);

#endif
