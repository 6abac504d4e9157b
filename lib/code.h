/*
 * Codes: symbols, check arithmetic, reading what a person typed, suggestions,
 * and the integer and packed forms.  Pure arithmetic: no database, no call,
 * no memory to free.  A code that passes here is well-formed; whether it was
 * ever issued is the register's to say.  docs/codes.md has it all in words.
 *
 * Every code ends in two check symbols.  With c_i the symbols as numbers and
 * i counted from 1:  sum(c_i) = t  and  sum(i * c_i) = 0,  both mod 19, where
 * t is the kind.  This catches every wrong symbol (and says which), every two
 * wrong symbols and every two exchanged ones.
 */
#ifndef MR_CODE_H
#define MR_CODE_H

#include <stddef.h>
#include <stdint.h>

#define MR_ALPHABET "2345678CDFHKMPRTVWX"
#define MR_BASE 19           /* symbols in the alphabet */
#define MR_UNREADABLE 31     /* stands for a symbol nobody can read */
#define MR_SYMBOLS_MAX 24    /* more is not folded; the longest code has 12 */
#define MR_CODE_TEXT 32      /* bytes that mr_code_format may need, with NUL */
#define MR_CODE_SENTENCE 200 /* bytes that mr_code_say may need, with NUL */

/* The kinds; the value is t.  Two kinds of one length never share a code. */
enum mr_code_kind {
	MR_CODE_ID = 0,        /* forwarding ID: 7 + 2 or 10 + 2 symbols */
	MR_CODE_LETTER = 5,    /* letter code: 10 + 2 */
	MR_CODE_WITNESS = 9,   /* one word of a checkpoint: 7 + 2 */
	MR_CODE_RECOVERY = 13, /* one word of a recovery sheet: 7 + 2 */
};

/*
 * Symbols in reading order, each 0..18 (the place in MR_ALPHABET) or
 * MR_UNREADABLE.  Only the first n mean anything.  Plain value: copy it.
 */
struct mr_symbols {
	uint8_t n;
	uint8_t s[MR_SYMBOLS_MAX];
};

/* Why typed text does not fold. */
enum mr_code_fold {
	MR_FOLD_OK,
	MR_FOLD_CHARACTER, /* a character that is no symbol */
	MR_FOLD_LONG,      /* more than MR_SYMBOLS_MAX symbols */
};

/*
 * Where folding stopped.  place counts symbols from 1, spaces and hyphens
 * not counted.  character is that character as typed, in UTF-8, or, where it
 * cannot be shown (control, invisible, broken UTF-8), a name such as U+0007
 * or "byte FF": always safe to print.
 */
struct mr_code_fault {
	int place;
	char character[12];
};

/*
 * One typed ASCII character as a symbol: 0..18, MR_UNREADABLE for J, L and ?,
 * or -1 for what is no symbol.  Either case; look-alikes fold (0 O Q to D,
 * 1 I to 7, Z to 2, S to 5, G to 6, B to 8, 9 A to 4, U Y to V, E to F,
 * N to M).
 */
int mr_code_symbol(char c);

/* The character of a symbol 0..18; '?' for MR_UNREADABLE and all else. */
char mr_code_char(int symbol);

/*
 * Typed text to symbols.  Spaces, tabs, no-break spaces and every hyphen or
 * dash are dropped.  Line ends are characters that do not belong.  On
 * anything but MR_FOLD_OK *out holds the symbols before the fault, and *fault
 * (may be NULL) says where it is.
 */
enum mr_code_fold mr_code_fold(
    const char *typed, struct mr_symbols *out, struct mr_code_fault *fault);

/*
 * n symbols as one number in base 19, first symbol most significant, and
 * back.  n is at most 15; symbols are 0..18, value is below 19^n.
 */
uint64_t mr_code_value(const uint8_t *s, int n);
void mr_code_digits(uint64_t value, uint8_t *s, int n);

/*
 * In groups of three with hyphens, unreadable ones as ?.  buf has at least
 * MR_CODE_TEXT bytes; returns buf.
 */
char *mr_code_format(const struct mr_symbols *code, char *buf);

/* Is n a length of this kind?  ID: 9, 12; letter code: 12; words: 9. */
int mr_code_length_ok(enum mr_code_kind kind, int n);

/* Well-formed as this kind: length, every symbol readable, both sums. */
int mr_code_valid(const struct mr_symbols *code, enum mr_code_kind kind);

/* The kind that these symbols are a well-formed code of, or -1. */
int mr_code_kind_of(const struct mr_symbols *code);

/*
 * Append the two check symbols of the kind.  0, or -1 when code->n + 2 is no
 * length of the kind or a symbol is out of range; *code is then untouched.
 */
int mr_code_complete(struct mr_symbols *code, enum mr_code_kind kind);

/*
 * The one symbol whose change makes this code well-formed.  Returns its place
 * from 1 and puts the right symbol into *right; 0 when no single change does
 * (it is well-formed, or more is wrong, or a place is unreadable).
 * If two symbols are wrong the answer may be a third place: a hint to look
 * again, never a correction.
 */
int mr_code_locate(
    const struct mr_symbols *code, enum mr_code_kind kind, int *right);

/*
 * Fill one or two unreadable places.  Returns how many were filled, 0 when
 * there are none, -1 when there are more than two or the rest does not fit;
 * *code is then untouched.  Two places always fill, so nothing but the
 * register vouches for the result.
 */
int mr_code_solve(struct mr_symbols *code, enum mr_code_kind kind);

/* What typed text turned out to be. */
enum mr_code_answer {
	MR_READ_OK,
	MR_READ_OTHER_KIND, /* well-formed, but of reading.kind */
	MR_READ_CHARACTER,  /* reading.fault */
	MR_READ_LENGTH,     /* reading.symbols.n */
	MR_READ_UNREADABLE, /* one or two; reading.likely has them filled */
	MR_READ_ONE_WRONG,  /* reading.place, reading.likely */
	MR_READ_LOST,       /* two or more wrong, or too much unreadable */
};

struct mr_code_reading {
	enum mr_code_answer answer;
	enum mr_code_kind wanted;  /* what the caller expected */
	enum mr_code_kind kind;    /* OK, OTHER_KIND: what it is */
	struct mr_symbols symbols; /* as folded; n = 25 says "more than 24" */
	struct mr_symbols likely;  /* OK, UNREADABLE, ONE_WRONG: well-formed */
	int place;                 /* ONE_WRONG, UNREADABLE: from 1 */
	int place2;                /* UNREADABLE: the second one, or 0 */
	char shown;                /* ONE_WRONG: as typed, upper case */
	struct mr_code_fault fault;
};

/*
 * Read typed text of which this kind is expected.  Other kinds are tested
 * exactly before anything is located.  Fills the whole of *out and returns
 * out->answer.  `likely` is a guess by arithmetic in all cases but OK: offer
 * it only where the register holds it.
 */
enum mr_code_answer mr_code_read(
    const char *typed, enum mr_code_kind wanted, struct mr_code_reading *out);

/*
 * The reading as one plain sentence for a volunteer (for OK: an empty text).
 * Cut to len; MR_CODE_SENTENCE always fits.  Returns buf.
 */
char *mr_code_say(const struct mr_code_reading *reading, char *buf, size_t len);

/* May these two symbols be taken for each other in handwriting? */
int mr_code_alike(int a, int b);

/*
 * Offers one candidate, well-formed, with the number of readable symbols that
 * it changes (0, 1, 2).  Non-zero stops the search.
 */
typedef int (*mr_code_candidate)(
    void *arg, const struct mr_symbols *code, int changes);

/*
 * What these symbols may have been, by arithmetic alone; the caller offers
 * those that the register holds.  Fewest changes first, at most 67 calls:
 *   all readable: any one symbol wrong, then two wrong where both are
 *     look-alikes;
 *   one unreadable: filled, then filled with any one other symbol wrong;
 *   two unreadable: filled.
 * None for a well-formed code (its neighbours are 3 symbols away), a length
 * that the kind does not have, or three unreadable.
 * Returns what the callback stopped with, or 0.
 */
int mr_code_suggest(const struct mr_symbols *read, enum mr_code_kind kind,
    mr_code_candidate each, void *arg);

/*
 * A forwarding ID as a number: of 9 symbols 0 .. 19^7 - 1, of 12 symbols
 * 19^7 + (0 .. 19^10 - 1), so that the lengths never meet.  First symbol most
 * significant, check symbols left out.  -1 when it is not well-formed.
 */
int64_t mr_code_number(const struct mr_symbols *id);

/* And back, with its check symbols.  0, or -1 when out of range. */
int mr_code_from_number(int64_t number, struct mr_symbols *id);

/*
 * Packed: 5 bits a symbol, the first one highest, for comparing very many.
 * code->n is at most 12.
 */
uint64_t mr_code_pack(const struct mr_symbols *code);

/*
 * In how many symbols two packed codes of one length differ.  No branches.
 * The or gathers each symbol's five bits in its lowest; the product adds the
 * twelve of them up in bits 55 to 59.
 */
static inline int
mr_code_distance(uint64_t a, uint64_t b)
{
	const uint64_t ones = UINT64_C(0x0084210842108421);
	uint64_t x = a ^ b;

	x = (x | x >> 1 | x >> 2 | x >> 3 | x >> 4) & ones;
	return (int)(x * ones >> 55 & 31);
}

/* Has it a group of three, hyphen to hyphen, without any letter? */
int mr_code_group_without_letter(const struct mr_symbols *code);

/* Does any symbol stand three times running? */
int mr_code_three_running(const struct mr_symbols *code);

/* May this be issued as a forwarding ID, by its looks: both predicates above
 * and the block list (blocklist.h). */
int mr_code_fit_to_issue(const struct mr_symbols *id);

/*
 * A random forwarding ID of n symbols, 9 or 12, fit to issue, from the
 * system's random source.  Its distance from the register is the caller's to
 * check.  0, or -1 for another n.
 */
int mr_code_random(int n, struct mr_symbols *id);

#endif
