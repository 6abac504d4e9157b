/*
 * The rule router: one place that answers what a letter may be and how it
 * goes to where its addressee lives, and which row of the rules decided.  The
 * gate, the prints and the bench all lean on it; nobody at the bench has to
 * know a rule.
 */
#ifndef MR_ROUTE_H
#define MR_ROUTE_H

#include "lib/letter.h"
#include "lib/person.h"
#include "lib/rule.h"

/*
 * The rules that a piece meets.  facility 0: it goes to no facility, and may
 * be an envelope or a label with our codes, in any envelope.
 */
struct mr_route {
	int64_t facility, day;
	struct mr_rules rules;
};

/* To a facility (0: none), to the place of an address, or to where the
 * letter's addressee lives on that day; of nobody known: as facility 0. */
enum mr_status mr_route_to(
    struct mr_call *c, int64_t facility, int64_t day, struct mr_route *route);
enum mr_status mr_route_of_address(
    struct mr_call *c, int64_t address, int64_t day, struct mr_route *route);
enum mr_status mr_route_of(struct mr_call *c, const struct mr_letter *letter,
    int64_t day, struct mr_route *route);

/* Does every rule row of the route agree with its event?  MR_DAMAGED: no. */
enum mr_status mr_route_proved(struct mr_call *c, const struct mr_route *route);

/*
 * Does a rule hold the letter?  *rule is its number, or 0.  writer: the pen
 * pal who wrote it; NULL: only what is asked of every piece counts (what we
 * write, and what turns round).
 */
enum mr_status mr_route_check(struct mr_call *c, const struct mr_route *route,
    const struct mr_letter *letter, const struct mr_correspondent *writer,
    int *rule);

/* May it carry an adhesive label?  A QR or letter code? */
int mr_route_label(const struct mr_route *route);
int mr_route_code(const struct mr_route *route);
/* The rule that forbids an envelope of that size (mm, the longer side first),
 * with or without a window; 0: none does. */
int mr_route_envelope(
    const struct mr_route *route, double width, double height, int window);

/* "This prison takes at most 6 sheets in a letter.": why that rule holds a
 * letter.  In the arena. */
const char *
mr_route_say(struct mr_call *c, const struct mr_route *route, int rule);
/* "Plain white envelope. No tape.": what only hands and eyes can see to; NULL:
 * nothing.  In the arena. */
const char *mr_route_tell(struct mr_call *c, const struct mr_route *route);

/* Why the gate does not let it go on: the rule's sentence for today, or that
 * of the reason. */
enum mr_status mr_route_why(struct mr_call *c, const struct mr_letter *letter,
    int reason, int rule, const char **say);
/*
 * Of a letter that a rule of its facility holds: which one, and the sentence
 * of mr_route_say for the day it was held; by the event that held it, or by
 * the letter's own.  *rule 0 and *say NULL where it is held for something
 * else, or its event no longer tells.
 */
enum mr_status mr_route_told(struct mr_call *c, const struct mr_letter *letter,
    const struct mr_event *event, int *rule, const char **say);
enum mr_status mr_route_held(struct mr_call *c, const struct mr_letter *letter,
    int *rule, const char **say);

#endif
