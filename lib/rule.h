/*
 * What a facility asks of mail, as dated facts with a source.  A rule row is
 * never replaced: a later one takes over from its day, so that any past
 * envelope can be explained.
 */
#ifndef MR_RULE_H
#define MR_RULE_H

#include <stdint.h>

#include "lib/facility.h"

/* No limit, where a rule is one: `count > value` needs no special case. */
#define MR_NO_LIMIT 999

/* Bits of the rule `languages`. */
#define MR_LANGUAGE_EN 1
#define MR_LANGUAGE_ES 2
#define MR_LANGUAGE_OTHER 4

/*
 * Values of the rules that choose: the place of the word, which stands in rows
 * for ever.  Endorsements are counted as form_endorsement does.
 */
enum mr_rule_endorsement {
	MR_ENDORSE_RETURN,
	MR_ENDORSE_ADDRESS,
	MR_ENDORSE_TEMP_RETURN,
	MR_ENDORSE_NONE
};
enum mr_rule_sender { MR_SENDER_OFFICE, MR_SENDER_PEN_NAME };
enum mr_rule_largest {
	MR_LARGEST_ANY,
	MR_LARGEST_LETTER, /* what the post office takes as a letter */
	MR_LARGEST_10      /* a #10 */
};

/*
 * Every rule: name, number (in rows and events for ever), word, kind, what
 * holds where nothing was set, help.  Kinds: YESNO 0 or 1; LIMIT 0 to
 * MR_NO_LIMIT; LANGUAGES bits; CHOICE the place of a word.
 */
#define MR_RULES(X) \
	X(LABELS, 1, "labels", YESNO, 0, \
	    "an adhesive address label is accepted") \
	X(CODE_ON_PIECE, 2, "code_on_piece", YESNO, 0, \
	    "a QR or letter code may stand on what goes in") \
	X(DEPT_LINE, 3, "dept_line", YESNO, 1, \
	    "our DEPT line with the forwarding ID is accepted") \
	X(PHOTOCOPIED, 4, "photocopied", YESNO, 0, \
	    "the person is given a copy, not the paper itself") \
	X(MAX_SHEETS, 5, "max_sheets", LIMIT, MR_NO_LIMIT, \
	    "the most sheets of paper in one letter") \
	X(PHOTOS, 6, "photos", LIMIT, MR_NO_LIMIT, \
	    "the most photos in one letter") \
	X(CARDS, 7, "cards", YESNO, 1, "greeting cards are accepted") \
	X(LANGUAGES, 8, "languages", LANGUAGES, 7, \
	    "languages a letter may be in") \
	X(FULL_NAME_NEEDED, 9, "full_name_needed", YESNO, 0, \
	    "a sender must give the full name, a pen name is refused") \
	X(THIRD_PARTY_OK, 10, "third_party_ok", YESNO, 1, \
	    "mail through a forwarding office is accepted") \
	X(PLAIN_WHITE, 11, "plain_white", YESNO, 0, \
	    "only white paper in a plain white envelope") \
	X(WINDOW, 12, "window", YESNO, 0, \
	    "an envelope with a window is accepted") \
	X(ENDORSEMENT, 13, "endorsement", CHOICE, MR_ENDORSE_RETURN, \
	    "what the envelope asks of the post office") \
	X(SENDER_LINE, 14, "sender_line", CHOICE, MR_SENDER_OFFICE, \
	    "who stands first in our return address") \
	X(LARGEST_ENVELOPE, 15, "largest_envelope", CHOICE, MR_LARGEST_ANY, \
	    "the largest envelope that is accepted") \
	X(TINT, 16, "tint", YESNO, 1, \
	    "an envelope with a security tint inside is accepted") \
	X(TAPE, 17, "tape", YESNO, 1, "tape, glue and staples are accepted") \
	X(LETTERS_A_WEEK, 18, "letters_a_week", LIMIT, MR_NO_LIMIT, \
	    "the most letters from one writer in seven days")

enum mr_rule_number {
#define X(name, number, word, kind, otherwise, help) MR_RULE_##name = number,
	MR_RULES(X)
#undef X
};

enum mr_rule_kind {
	MR_RULE_IS_YESNO,
	MR_RULE_IS_LIMIT,
	MR_RULE_IS_LANGUAGES,
	MR_RULE_IS_CHOICE
};

/* One line of the list above. */
struct mr_rule_about {
	int number;
	const char *word;
	enum mr_rule_kind kind;
	int64_t otherwise;
	const char *help;
};
extern const struct mr_rule_about mr_rule_list[];
extern const size_t mr_nrules;
/* By number, and by word ('-' counts as '_'); NULL: no such. */
const struct mr_rule_about *mr_rule_about(int number);
const struct mr_rule_about *mr_rule_named(const char *word);

/* Which row decided. */
struct mr_rule_source {
	int64_t id; /* of the row; 0: none was set, the default holds */
	int from_day;
	const char *source; /* in the arena */
	int64_t event;
};

/*
 * What the rule says at that facility on that day.  Where no row reaches the
 * day, the list's default is the answer and why->id is 0.  why may be NULL.
 * MR_BUG: no such rule.  Does not look whether the facility exists.
 */
enum mr_status mr_rule(struct mr_call *c, int64_t facility, int rule, int day,
    int64_t *value, struct mr_rule_source *why);

/* All rules of a facility on one day, by number. */
#define MR_RULE_TOP 32 /* numbers stay below */
struct mr_rules {
	int64_t value[MR_RULE_TOP];
	struct mr_rule_source why[MR_RULE_TOP];
};
/* As mr_rule for each of the list, with one statement. */
enum mr_status mr_rules_load(
    struct mr_call *c, int64_t facility, int day, struct mr_rules *rules);

/*
 * Set a rule from a day on.  *id names the row.  Nothing happens where the
 * same value is set from that day already.
 * MR_INVALID: the value does not fit the rule.  MR_REFUSED: another value is
 * set from that very day, and was not set today (one's own slip can be
 * mended on the day it happened).
 */
enum mr_status mr_rule_set(struct mr_call *c, int64_t facility, int rule,
    int from_day, int64_t value, const char *source, int64_t *id);

/* The rules that follow from kind and security, for a new facility; none
 * where it is no federal institution. */
enum mr_status
mr_rule_seed(struct mr_call *c, const struct mr_facility *facility);

/*
 * A value as people write it: yes, no; 6, no-limit; en, es, other joined by
 * ','; a word of the choice.  mr_rule_read: 0, or -1 with *wants (what would be right).
 * mr_rule_show: in the arena, NULL when memory is short.
 */
int mr_rule_read(const struct mr_rule_about *about, const char *text,
    int64_t *value, const char **wants);
const char *mr_rule_show(
    struct mr_call *c, const struct mr_rule_about *about, int64_t value);

#endif
