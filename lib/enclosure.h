/*
 * Enclosures: what was found in a letter besides paper, what became of it,
 * who decided and who signed as second person.  Money is accounted for to the
 * cent.
 */
#ifndef MR_ENCLOSURE_NOUN_H
#define MR_ENCLOSURE_NOUN_H

#include <stdint.h>

#include "lib/call.h"
#include "lib/value.h"

/* Numbers stand in rows and events. */
enum mr_enclosure_kind {
	MR_E_MONEY = 1,
	MR_E_PHOTO = 2,
	MR_E_STAMPS = 3,
	MR_E_OBJECT = 4,
	MR_E_CARD = 5 /* a greeting card */
};
enum mr_disposition {
	MR_E_HELD = 1,    /* nobody has decided */
	MR_E_FORWARD = 2, /* goes on with its letter */
	MR_E_RETURN = 3,  /* goes back to who sent it */
	MR_E_BANK = 4,    /* money only */
	MR_E_DESTROYED = 5,
	MR_E_MISTAKE = 6 /* never was there: the flag was taken back */
};
/* "money" ..., "held" ...; NULL: no such.  And back; 0: no such. */
const char *mr_enclosure_kind_name(int kind);
int mr_enclosure_kind_of(const char *word);
const char *mr_disposition_name(int disposition);
int mr_disposition_of(const char *word);

struct mr_enclosure {
	int64_t id, letter;
	int kind;
	int64_t count, cents; /* cents -1: not money, or of no known value */
	int disposition;
	int64_t by;     /* user who found it, then who decided */
	int64_t second; /* who signed; `by` where nobody needs to; 0: open */
	int64_t day;    /* found */
	int64_t version, event;
};

/* MR_NOTFOUND: no such enclosure. */
enum mr_status mr_enclosure_load(
    struct mr_call *c, int64_t id, struct mr_enclosure *enclosure);
/* "E5".  MR_INVALID: not written like that.  MR_NOTFOUND: no such. */
enum mr_status mr_enclosure_find(
    struct mr_call *c, const char *text, struct mr_enclosure *enclosure);

/*
 * Write down what was found; it is held until somebody decides.  cents: -1
 * where it has no value.
 * MR_INVALID: money without cents, cents on what is not money, a count that
 * is not 1 to 999.  MR_REFUSED: the letter is no longer in the house.
 */
enum mr_status mr_enclosure_add(struct mr_call *c, int64_t letter, int kind,
    int64_t count, int64_t cents, int64_t *id);

/*
 * Decide.  Money waits for a second person's signature: with the setting
 * second-person `now` it counts as undecided until then, with `later` it is
 * done and stands on the countersign list.  A new decision takes the old one's
 * place.  Nothing happens when it is so already.
 * MR_INVALID: the kind cannot go that way.  MR_REFUSED: it is gone already.
 */
enum mr_status
mr_enclosure_settle(struct mr_call *c, int64_t id, int disposition);

/*
 * It was written down by mistake and counts as never found.
 * MR_REFUSED: somebody has decided on it.
 */
enum mr_status mr_enclosure_mistake(struct mr_call *c, int64_t id);

/*
 * The call's user signs as second person.
 * MR_REFUSED: nothing waits for it, or this user decided.
 */
enum mr_status mr_enclosure_sign(struct mr_call *c, int64_t id);
/* The enclosure's half of it, where the countersign row was signed. */
enum mr_status mr_enclosure_signed(struct mr_call *c, int64_t id);

/* How many of a letter are undecided: with any, it cannot go on. */
enum mr_status mr_enclosure_open(struct mr_call *c, int64_t letter, int64_t *n);

/*
 * What goes along with a letter, for its cover sheet: "2 photos, $20.00", in
 * the arena; "" when nothing does.  language: "en" or "es".
 */
enum mr_status mr_enclosure_words(struct mr_call *c, int64_t letter,
    const char *language, const char **words);

/* One of them in the same words. */
enum mr_status
mr_enclosure_say(struct mr_call *c, const struct mr_enclosure *enclosure,
    const char *language, const char **words);

/* Money in the house, in cents. */
struct mr_hand {
	int64_t undecided;
	int64_t going;   /* decided, with a letter that is still here */
	int64_t total;   /* both: what must be in the box */
	int64_t found;   /* today, wherever it is now */
	int64_t waiting; /* enclosures of any kind that are undecided */
};
enum mr_status mr_enclosure_hand(struct mr_call *c, struct mr_hand *hand);
enum mr_status mr_money_in_hand(struct mr_call *c, int64_t *cents);
/* Each enclosure whose money `total` counts, oldest first; a failure of `each`
 * ends it. */
enum mr_status mr_enclosure_in_hand(struct mr_call *c,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_enclosure *enclosure),
    void *arg);

/* Which to list; 0: any. */
struct mr_enclosure_filter {
	int64_t letter, day;
	int open; /* 1: undecided or unsigned */
};
/* Newest first; a failure of `each` ends it.  Of a letter: all; undecided:
 * with a letter that lies at this site; else what was written down here. */
enum mr_status
mr_enclosure_list(struct mr_call *c, const struct mr_enclosure_filter *filter,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_enclosure *enclosure),
    void *arg);

#endif
