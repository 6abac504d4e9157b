/*
 * Reading what a person typed: folding, the verdict, and the sentence about
 * it.  Declared in code.h.  Knows characters; leaves the sums to code.c.
 */
#include <stdio.h>
#include <string.h>

#include "lib/code.h"
#include "lib/text.h"
#include "lib/tongue.h"

/* Characters that people put between groups, or that a word processor does
 * for them. */
static int
separates(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '-' || c == 0xa0 || c == 0xad ||
	    (c >= 0x2000 && c <= 0x200a) || (c >= 0x2010 && c <= 0x2015) ||
	    c == 0x202f || c == 0x2212;
}

/* len: what mr_text_next said about the character c at s. */
static void
name_fault(
    const char *s, int len, uint32_t c, int place, struct mr_code_fault *fault)
{
	if (fault == NULL)
		return;
	fault->place = place;
	if (len < 0)
		snprintf(fault->character, sizeof(fault->character),
		    mr_say("byte %02X"), (unsigned)(unsigned char)*s);
	else if (mr_text_is_control(c) || mr_text_columns(c) == 0)
		snprintf(fault->character, sizeof(fault->character), "U+%04X",
		    (unsigned)c);
	else
		snprintf(
		    fault->character, sizeof(fault->character), "%.*s", len, s);
}

enum mr_code_fold
mr_code_fold(
    const char *typed, struct mr_symbols *out, struct mr_code_fault *fault)
{
	size_t left = strlen(typed);
	uint32_t c = 0;
	int len, symbol;

	out->n = 0;
	for (; left > 0; typed += len, left -= (size_t)len) {
		len = mr_text_next(typed, left, &c);
		if (len > 0 && separates(c))
			continue;
		symbol = len == 1 ? mr_code_symbol(*typed) : -1;
		if (symbol >= 0 && out->n < MR_SYMBOLS_MAX) {
			out->s[out->n++] = (uint8_t)symbol;
			continue;
		}
		name_fault(typed, len, c, out->n + 1, fault);
		return symbol < 0 ? MR_FOLD_CHARACTER : MR_FOLD_LONG;
	}
	return MR_FOLD_OK;
}

/* The symbol at a place (from 1) of text that folds, as it was typed. */
static char
typed_at(const char *typed, int place)
{
	for (; *typed != '\0'; typed++)
		if (mr_code_symbol(*typed) >= 0 && --place == 0)
			break;
	return *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A')
					      : *typed;
}

/* The places that cannot be read, filled if arithmetic allows it. */
static enum mr_code_answer
read_unreadable(struct mr_code_reading *r)
{
	struct mr_symbols filled = r->symbols;

	if (mr_code_solve(&filled, r->wanted) < 1)
		return MR_READ_LOST;
	r->likely = filled;
	for (int i = 0; i < r->symbols.n; i++) {
		if (r->symbols.s[i] != MR_UNREADABLE)
			continue;
		if (r->place == 0)
			r->place = i + 1;
		else
			r->place2 = i + 1;
	}
	return MR_READ_UNREADABLE;
}

/* Folded and of a good length, but not well-formed as any kind. */
static enum mr_code_answer
read_wrong(const char *typed, struct mr_code_reading *r)
{
	int right;

	if (memchr(r->symbols.s, MR_UNREADABLE, r->symbols.n) != NULL)
		return read_unreadable(r);
	r->place = mr_code_locate(&r->symbols, r->wanted, &right);
	if (r->place == 0)
		return MR_READ_LOST;
	r->likely = r->symbols;
	r->likely.s[r->place - 1] = (uint8_t)right;
	r->shown = typed_at(typed, r->place);
	return MR_READ_ONE_WRONG;
}

/* The verdict on symbols that folded. */
static enum mr_code_answer
judge(const char *typed, struct mr_code_reading *r)
{
	int kind = mr_code_kind_of(&r->symbols);

	if (kind >= 0) {
		r->kind = (enum mr_code_kind)kind;
		r->likely = r->symbols;
		return r->kind == r->wanted ? MR_READ_OK : MR_READ_OTHER_KIND;
	}
	if (!mr_code_length_ok(r->wanted, r->symbols.n))
		return MR_READ_LENGTH;
	return read_wrong(typed, r);
}

enum mr_code_answer
mr_code_read(
    const char *typed, enum mr_code_kind wanted, struct mr_code_reading *r)
{
	/* Not by way of a copy: a recovery word is wiped by who gave `out`. */
	memset(r, 0, sizeof(*r));
	r->wanted = r->kind = wanted;
	switch (mr_code_fold(typed, &r->symbols, &r->fault)) {
	case MR_FOLD_CHARACTER:
		r->answer = MR_READ_CHARACTER;
		break;
	case MR_FOLD_LONG:
		r->symbols.n = MR_SYMBOLS_MAX + 1;
		r->answer = MR_READ_LENGTH;
		break;
	case MR_FOLD_OK:
		r->answer = judge(typed, r);
		break;
	}
	return r->answer;
}

/* With its article. */
static const char *
kind_text(enum mr_code_kind kind)
{
	switch (kind) {
	case MR_CODE_ID:
		return mr_say("a forwarding ID");
	case MR_CODE_LETTER:
		return mr_say("a letter code");
	case MR_CODE_WITNESS:
		return mr_say("a checkpoint word");
	case MR_CODE_RECOVERY:
		return mr_say("a recovery word");
	}
	return mr_say("a code");
}

static const char *
lengths(enum mr_code_kind kind)
{
	switch (kind) {
	case MR_CODE_ID:
		return mr_say("9 or 12");
	case MR_CODE_LETTER:
		return "12";
	case MR_CODE_WITNESS:
	case MR_CODE_RECOVERY:
		break;
	}
	return "9";
}

static const char *
ordinal(int n)
{
	static const char *const suffix[] = {"th", "st", "nd", "rd"};

	return n / 10 == 1 || n % 10 > 3 ? suffix[0] : suffix[n % 10];
}

static void
say_length(const struct mr_code_reading *r, char *buf, size_t len)
{
	const char *kind = kind_text(r->wanted);
	const char *has = lengths(r->wanted);
	int n = r->symbols.n;

	if (n == 0)
		snprintf(buf, len,
		    mr_say("Nothing was typed: %s has %s symbols."), kind, has);
	else if (n > MR_SYMBOLS_MAX)
		snprintf(buf, len,
		    mr_say(
			"This has more than %d symbols, %s has %s: type the code "
			"alone."),
		    MR_SYMBOLS_MAX, kind, has);
	else
		snprintf(buf, len,
		    mr_say(
			"This has %d symbol%s, %s has %s: look whether one was "
			"left out or typed twice."),
		    n, n == 1 ? "" : "s", kind, has);
}

static void
say_unreadable(const struct mr_code_reading *r, char *buf, size_t len)
{
	char one = mr_code_char(r->likely.s[r->place - 1]);

	if (r->place2 == 0)
		snprintf(buf, len,
		    mr_say(
			"The %d%s symbol cannot be read: look again, it may be %c."),
		    r->place, ordinal(r->place), one);
	else
		snprintf(buf, len,
		    mr_say(
			"The %d%s and %d%s symbols cannot be read: look again, "
			"they may be %c and %c."),
		    r->place, ordinal(r->place), r->place2, ordinal(r->place2),
		    one, mr_code_char(r->likely.s[r->place2 - 1]));
}

static void
say_lost(const struct mr_code_reading *r, char *buf, size_t len)
{
	if (memchr(r->symbols.s, MR_UNREADABLE, r->symbols.n) != NULL)
		snprintf(buf, len,
		    mr_say(
			"Too little of this can be read: look again, symbol by "
			"symbol."));
	else
		snprintf(buf, len,
		    mr_say(
			"Two or more symbols do not fit: compare each one with "
			"the paper."));
}

char *
mr_code_say(const struct mr_code_reading *r, char *buf, size_t len)
{
	if (len > 0)
		buf[0] = '\0';
	switch (r->answer) {
	case MR_READ_OK:
		break;
	case MR_READ_OTHER_KIND:
		snprintf(buf, len,
		    mr_say("This is %s; what is wanted here is %s."),
		    kind_text(r->kind), kind_text(r->wanted));
		break;
	case MR_READ_CHARACTER:
		snprintf(buf, len,
		    mr_say(
			"\"%s\" at place %d is not one of our symbols: look again, "
			"or type ? for what cannot be read."),
		    r->fault.character, r->fault.place);
		break;
	case MR_READ_LENGTH:
		say_length(r, buf, len);
		break;
	case MR_READ_UNREADABLE:
		say_unreadable(r, buf, len);
		break;
	case MR_READ_ONE_WRONG:
		snprintf(buf, len,
		    mr_say(
			"The %d%s symbol, %c, does not fit: look again, it may be "
			"%c."),
		    r->place, ordinal(r->place), r->shown,
		    mr_code_char(r->likely.s[r->place - 1]));
		break;
	case MR_READ_LOST:
		say_lost(r, buf, len);
		break;
	}
	return buf;
}
