/*
 * The mail day of a site: opened with a count of the box, balanced like a
 * till, closed with counts made by hand.  A day lasts until it is closed; one
 * is open at a time.
 */
#ifndef MR_DAY_NOUN_H
#define MR_DAY_NOUN_H

#include <stdint.h>

#include "lib/call.h"
#include "lib/letter.h"
#include "lib/value.h"

enum mr_day_state { MR_DAY_OPEN = 1, MR_DAY_CLOSED = 2 };
const char *mr_day_state_name(int state);

/*
 * Where a letter in the house lies: red held, yellow not known whose, blue
 * came back, bench still being worked on; sealed ones lie with the outgoing
 * mail.
 */
#define MR_TRAYS(X) \
	X(RED, "red") X(YELLOW, "yellow") X(BLUE, "blue") X(BENCH, "bench")
enum mr_tray {
#define X(name, word) MR_TRAY_##name,
	MR_TRAYS(X)
#undef X
	    MR_NTRAYS,
	MR_TRAY_NONE = MR_NTRAYS /* sealed, or not in the house */
};
const char *mr_tray_name(enum mr_tray tray);
enum mr_tray mr_tray_of(int state, int way, int reason);

/* Why a difference was accepted: number, word. */
#define MR_ACCEPTS(X) \
	X(1, "miscount") \
	X(2, "lost") \
	X(3, "found-later") \
	X(4, "unexplained")
const char *mr_accept_name(int reason);
int mr_accept_of(const char *word); /* 0: no such */
#define MR_ACCEPT_WORDS "miscount, lost, found-later or unexplained"

/* What was counted by hand at the close. */
struct mr_hands {
	int64_t sealed, stubs;
	int64_t tray[MR_NTRAYS];
	int64_t cents;
};

struct mr_day {
	int64_t day;
	int state;
	int64_t brought, pieces;
	struct mr_hands hands; /* zeros while open; cents are in the event */
	int64_t carried, difference;
	int reason;
	int64_t version, event;
};

/*
 * Both sides of the till: brought + pieces + extra + office + refound +
 * from_site = posted + handed + thrown + to_site + carried.  difference: left less right, so more
 * than 0 is a piece that was counted and never logged.
 */
struct mr_till {
	int64_t brought, pieces, extra, office, refound, from_site;
	int64_t posted, handed, thrown, to_site, carried;
	int64_t logged; /* pieces out of the box, by the program's own count */
	int64_t difference;
};

/* What the program says that there should be, to hold against the hands. */
struct mr_house {
	int64_t state[MR_L_POSTED]; /* letters here by state */
	int64_t total;
	struct mr_hands should;
};

/* MR_NOTFOUND: that day was never opened. */
enum mr_status mr_day_load(struct mr_call *c, int64_t day, struct mr_day *row);
/* The newest.  MR_NOTFOUND: none was ever opened. */
enum mr_status mr_day_newest(struct mr_call *c, struct mr_day *row);
/* Each day, newest first. */
enum mr_status mr_day_list(struct mr_call *c,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_day *row),
    void *arg);

/*
 * Open today with the pieces that were counted.  Opened again after the
 * close, for a second box, it goes on and the pieces are added.
 * MR_REFUSED: it is open, or an older one is not closed.
 */
enum mr_status mr_day_open(struct mr_call *c, int64_t pieces);

/* Correct the count of the open day.  MR_REFUSED: none is open. */
enum mr_status mr_day_tally(struct mr_call *c, int64_t pieces);

/*
 * Close the open day.  accept: why a difference is let stand, 0: it is not.
 * MR_REFUSED: none is open; or the hands, the money or the till differ, and
 * the sentence says what by how many, and which letters it can be about.
 */
enum mr_status
mr_day_close(struct mr_call *c, const struct mr_hands *hands, int accept);

/* The till of a day: as it was written down at the close, or as it is. */
enum mr_status
mr_day_till(struct mr_call *c, const struct mr_day *row, struct mr_till *till);
/* The house as it is now, for the open day. */
enum mr_status
mr_day_house(struct mr_call *c, int64_t day, struct mr_house *house);
/* What a closing event wrote down.  MR_DAMAGED: it is no such event. */
enum mr_status mr_day_written(struct mr_call *c, int64_t event,
    struct mr_till *till, struct mr_hands *hands);

/*
 * Day numbers of letters, gathered and shown: "A1 to A17, B3".  total counts
 * those that no longer found room, too.
 */
#define MR_NUMBERS 256
struct mr_numbered {
	int64_t day;
	int number;
};
struct mr_numbers {
	int64_t today; /* letters of another day are shown with it */
	int total, n;
	struct mr_numbered at[MR_NUMBERS];
};
/* In the arena; at most `most` of them or of runs, then "and 5 more". */
const char *
mr_numbers_show(struct mr_call *c, struct mr_numbers *list, int most);

/* Letters here in a tray (MR_TRAY_NONE: sealed ones), or all of a state that
 * wait after their sheet was printed. */
enum mr_status
mr_day_in_tray(struct mr_call *c, enum mr_tray tray, struct mr_numbers *list);
enum mr_status mr_day_printed(struct mr_call *c, struct mr_numbers *list);
/* Letters posted since the day began. */
enum mr_status
mr_day_posted(struct mr_call *c, int64_t day, struct mr_numbers *list);
/*
 * The numbers given since the day began: last[station - 'A'], and which of
 * them are missing (no letter has them) or were taken back as a mistake.
 */
struct mr_day_numbers {
	int last[26];
	struct mr_numbers missing, mistake;
};
enum mr_status
mr_day_numbers(struct mr_call *c, int64_t day, struct mr_day_numbers *numbers);

/* What to look for: a sentence at a time, the likeliest first. */
enum mr_status mr_day_look(struct mr_call *c, const struct mr_day *row,
    const struct mr_till *till, void (*say)(void *arg, const char *sentence),
    void *arg);

#endif
