/*
 * Code arithmetic: alphabet, check symbols, locating, suggestions, numbers.
 * See code.h.  Places count from 1 in contracts and sums, from 0 in arrays.
 */
#include "lib/code.h"

#include <sodium.h>
#include <string.h>

#include "lib/blocklist.h"

#define DIGITS 7 /* the first symbols of the alphabet are digits */
#define NUMBERS_9 INT64_C(893871739)      /* 19^7 */
#define NUMBERS_12 INT64_C(6131066257801) /* 19^10 */

/* What is typed, and what it is taken for.  The manual prints this list. */
static const char look_from[] = "0OQ1IZSGB9AUYEN";
static const char look_to[] = "DDD77256844VVFM";

/*
 * Pairs that stay alike inside the alphabet.  A symbol stands here also for
 * what folds to it (D for 0 and O, 4 for 9 and A, V for U and Y, 5 for S, 8
 * for B, 7 for 1, M for N, 6 for G, 2 for Z, F for E), since that is what a
 * reader takes a bad shape for.  A pair too many costs little: it is offered
 * only if the register, whose codes are 5 apart, holds the result.
 */
static const char alike[][3] = {
    "27", /* Z and a barred 7; 2 without its foot */
    "38", /* a 3 that closes */
    "35", /* a 5 whose roof is missing */
    "56", /* a 5 that closes below, S and G */
    "58", /* S and B, S and 8 */
    "68", /* a 6 with a long head */
    "6C", /* G and C */
    "6D", /* 6 and 0 */
    "47", /* 9 and 7, 9 and 1 */
    "4H", /* A and H, an open 4 */
    "4R", /* A and R */
    "4V", /* an open 4 and Y or U */
    "7F", /* a barred 7 and F */
    "7T", /* a barred 7 and T, I and T */
    "7V", /* 7 and a narrow V */
    "8D", /* B and D, 8 and 0 */
    "8R", /* B and R */
    "CD", /* a C that closes is an O */
    "CF", /* C and a round E */
    "DP", /* D and P */
    "FP", /* an F that closes */
    "FT", /* F and T */
    "HK", /* H and K */
    "HM", /* H and N */
    "HX", /* H and a steep X */
    "KR", /* K and R */
    "KX", /* K and X */
    "MW", /* the same shape upside down */
    "MV", /* N and V, M and V */
    "PR", /* P and R */
    "TX", /* a slanted T */
    "VW", /* V and W */
    "VX", /* Y and X */
};

/* inverse[x] * x = 1 mod 19; inverse[0] is never used. */
static const uint8_t inverse[MR_BASE] = {
    0, 1, 10, 13, 5, 4, 16, 11, 12, 17, 2, 7, 8, 3, 15, 14, 6, 9, 18};

static int
mod(int x)
{
	x %= MR_BASE;
	return x < 0 ? x + MR_BASE : x;
}

int
mr_code_symbol(char c)
{
	const char *at;

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == '\0')
		return -1;
	if (c == 'J' || c == 'L' || c == '?')
		return MR_UNREADABLE;
	if ((at = strchr(look_from, c)) != NULL)
		c = look_to[at - look_from];
	at = strchr(MR_ALPHABET, c);
	return at == NULL ? -1 : (int)(at - MR_ALPHABET);
}

char
mr_code_char(int symbol)
{
	return symbol >= 0 && symbol < MR_BASE ? MR_ALPHABET[symbol] : '?';
}

uint64_t
mr_code_value(const uint8_t *s, int n)
{
	uint64_t value = 0;

	for (int i = 0; i < n; i++)
		value = value * MR_BASE + s[i];
	return value;
}

void
mr_code_digits(uint64_t value, uint8_t *s, int n)
{
	while (n-- > 0) {
		s[n] = (uint8_t)(value % MR_BASE);
		value /= MR_BASE;
	}
}

char *
mr_code_format(const struct mr_symbols *code, char *buf)
{
	char *p = buf;

	for (int i = 0; i < code->n && i < MR_SYMBOLS_MAX; i++) {
		if (i > 0 && i % 3 == 0)
			*p++ = '-';
		*p++ = mr_code_char(code->s[i]);
	}
	*p = '\0';
	return buf;
}

int
mr_code_length_ok(enum mr_code_kind kind, int n)
{
	switch (kind) {
	case MR_CODE_ID:
		return n == 9 || n == 12;
	case MR_CODE_LETTER:
		return n == 12;
	case MR_CODE_WITNESS:
	case MR_CODE_RECOVERY:
		return n == 9;
	}
	return 0;
}

/* How many places cannot be read; -1 when a value is out of range. */
static int
unreadable(const struct mr_symbols *code)
{
	int count = 0;

	if (code->n > MR_SYMBOLS_MAX)
		return -1;
	for (int i = 0; i < code->n; i++) {
		if (code->s[i] == MR_UNREADABLE)
			count++;
		else if (code->s[i] >= MR_BASE)
			return -1;
	}
	return count;
}

/* Both sums over the readable symbols, mod 19. */
static void
sums(const struct mr_symbols *code, int *plain, int *weighted)
{
	int a = 0, b = 0;

	for (int i = 0; i < code->n; i++) {
		if (code->s[i] == MR_UNREADABLE)
			continue;
		a += code->s[i];
		b += (i + 1) * code->s[i];
	}
	*plain = a % MR_BASE;
	*weighted = b % MR_BASE;
}

int
mr_code_kind_of(const struct mr_symbols *code)
{
	int a, b;

	if (unreadable(code) != 0)
		return -1;
	sums(code, &a, &b);
	if (b != 0)
		return -1;
	if (a != MR_CODE_ID && a != MR_CODE_LETTER && a != MR_CODE_WITNESS &&
	    a != MR_CODE_RECOVERY)
		return -1;
	return mr_code_length_ok((enum mr_code_kind)a, code->n) ? a : -1;
}

int
mr_code_valid(const struct mr_symbols *code, enum mr_code_kind kind)
{
	return mr_code_kind_of(code) == (int)kind;
}

/* Solve u + v = a, p u + q v = b for the symbols at two places. */
static void
solve_two(struct mr_symbols *code, int p, int q, int a, int b)
{
	int v = mod(mod(b - p * a) * inverse[mod(q - p)]);

	code->s[p - 1] = (uint8_t)mod(a - v);
	code->s[q - 1] = (uint8_t)v;
}

int
mr_code_solve(struct mr_symbols *code, enum mr_code_kind kind)
{
	int missing = unreadable(code), p = 0, q = 0, a, b;

	if (missing < 0 || missing > 2 || !mr_code_length_ok(kind, code->n))
		return -1;
	for (int i = 0; i < code->n; i++) {
		if (code->s[i] != MR_UNREADABLE)
			continue;
		p = q;
		q = i + 1;
	}
	sums(code, &a, &b);
	a = mod((int)kind - a);
	b = mod(-b);
	if (missing == 2)
		solve_two(code, p, q, a, b);
	else if (mod(q * a) != b || (missing == 0 && a != 0))
		return -1;
	else if (missing == 1)
		code->s[q - 1] = (uint8_t)a;
	return missing;
}

int
mr_code_complete(struct mr_symbols *code, enum mr_code_kind kind)
{
	struct mr_symbols full = *code;

	if (!mr_code_length_ok(kind, code->n + 2) || unreadable(code) != 0)
		return -1;
	full.s[full.n++] = MR_UNREADABLE;
	full.s[full.n++] = MR_UNREADABLE;
	mr_code_solve(&full, kind);
	*code = full;
	return 0;
}

int
mr_code_locate(
    const struct mr_symbols *code, enum mr_code_kind kind, int *right)
{
	int a, b, place;

	if (!mr_code_length_ok(kind, code->n) || unreadable(code) != 0)
		return 0;
	sums(code, &a, &b);
	a = mod(a - (int)kind);
	if (a == 0)
		return 0;
	place = mod(b * inverse[a]);
	if (place < 1 || place > code->n)
		return 0;
	*right = mod(code->s[place - 1] - a);
	return place;
}

int
mr_code_alike(int a, int b)
{
	char x = mr_code_char(a), y = mr_code_char(b);

	for (size_t i = 0; i < sizeof(alike) / sizeof(alike[0]); i++)
		if ((alike[i][0] == x && alike[i][1] == y) ||
		    (alike[i][0] == y && alike[i][1] == x))
			return 1;
	return 0;
}

/*
 * Take two places (from 0) for unreadable and solve.  Returns how many
 * readable symbols that changed; *all_alike: each to a look-alike.
 */
static int
refill(const struct mr_symbols *read, enum mr_code_kind kind, int p, int q,
    struct mr_symbols *code, int *all_alike)
{
	const int place[2] = {p, q};
	int changes = 0;

	*code = *read;
	code->s[p] = code->s[q] = MR_UNREADABLE;
	mr_code_solve(code, kind);
	*all_alike = 1;
	for (int i = 0; i < 2; i++) {
		int was = read->s[place[i]], is = code->s[place[i]];

		if (was == MR_UNREADABLE || was == is)
			continue;
		changes++;
		if (!mr_code_alike(was, is))
			*all_alike = 0;
	}
	return changes;
}

/* Nothing unreadable: one wrong, or two that look alike. */
static int
suggest_wrong(const struct mr_symbols *read, enum mr_code_kind kind,
    mr_code_candidate each, void *arg)
{
	struct mr_symbols code = *read;
	int right, like, stop = 0, place = mr_code_locate(read, kind, &right);

	if (place > 0) {
		code.s[place - 1] = (uint8_t)right;
		stop = each(arg, &code, 1);
	}
	for (int p = 0; p < read->n && stop == 0; p++)
		for (int q = p + 1; q < read->n && stop == 0; q++)
			if (refill(read, kind, p, q, &code, &like) == 2 && like)
				stop = each(arg, &code, 2);
	return stop;
}

/* One or two unreadable: filled; with one, also another one wrong. */
static int
suggest_filled(const struct mr_symbols *read, enum mr_code_kind kind,
    mr_code_candidate each, void *arg)
{
	struct mr_symbols code = *read;
	int p = 0, like, stop = 0, filled = mr_code_solve(&code, kind);

	if (filled > 0)
		stop = each(arg, &code, 0);
	if (filled == 2)
		return stop;
	while (read->s[p] != MR_UNREADABLE)
		p++;
	for (int q = 0; q < read->n && stop == 0; q++)
		if (q != p && refill(read, kind, p, q, &code, &like) == 1)
			stop = each(arg, &code, 1);
	return stop;
}

int
mr_code_suggest(const struct mr_symbols *read, enum mr_code_kind kind,
    mr_code_candidate each, void *arg)
{
	int missing = unreadable(read);

	if (missing < 0 || missing > 2 || !mr_code_length_ok(kind, read->n) ||
	    mr_code_valid(read, kind))
		return 0;
	if (missing == 0)
		return suggest_wrong(read, kind, each, arg);
	return suggest_filled(read, kind, each, arg);
}

int64_t
mr_code_number(const struct mr_symbols *id)
{
	if (!mr_code_valid(id, MR_CODE_ID))
		return -1;
	return (int64_t)mr_code_value(id->s, id->n - 2) +
	    (id->n == 12 ? NUMBERS_9 : 0);
}

int
mr_code_from_number(int64_t number, struct mr_symbols *id)
{
	struct mr_symbols code = {0};

	if (number < 0 || number >= NUMBERS_9 + NUMBERS_12)
		return -1;
	code.n = number < NUMBERS_9 ? 7 : 10;
	if (code.n == 10)
		number -= NUMBERS_9;
	mr_code_digits((uint64_t)number, code.s, code.n);
	mr_code_complete(&code, MR_CODE_ID);
	*id = code;
	return 0;
}

uint64_t
mr_code_pack(const struct mr_symbols *code)
{
	uint64_t packed = 0;

	for (int i = 0; i < code->n; i++)
		packed = packed << 5 | code->s[i];
	return packed;
}

int
mr_code_group_without_letter(const struct mr_symbols *code)
{
	int letters = 0;

	for (int i = 0; i < code->n; i++) {
		letters += code->s[i] >= DIGITS;
		if (i % 3 == 2 || i == code->n - 1) {
			if (letters == 0)
				return 1;
			letters = 0;
		}
	}
	return 0;
}

int
mr_code_three_running(const struct mr_symbols *code)
{
	for (int i = 2; i < code->n; i++)
		if (code->s[i] == code->s[i - 1] &&
		    code->s[i] == code->s[i - 2])
			return 1;
	return 0;
}

int
mr_code_fit_to_issue(const struct mr_symbols *id)
{
	return !mr_code_group_without_letter(id) &&
	    !mr_code_three_running(id) && mr_blocklist_hit(id) == NULL;
}

/* Uniform below limit.  The last, incomplete run of values is thrown away. */
static uint64_t
random_below(uint64_t limit)
{
	const uint64_t whole = UINT64_MAX - UINT64_MAX % limit;
	uint64_t x;

	do
		randombytes_buf(&x, sizeof(x));
	while (x >= whole);
	return x % limit;
}

int
mr_code_random(int n, struct mr_symbols *id)
{
	struct mr_symbols code;
	uint64_t number;

	if (!mr_code_length_ok(MR_CODE_ID, n))
		return -1;
	do {
		number = n == 9 ? random_below(NUMBERS_9)
				: random_below(NUMBERS_12) + NUMBERS_9;
		mr_code_from_number((int64_t)number, &code);
	} while (!mr_code_fit_to_issue(&code));
	*id = code;
	return 0;
}
