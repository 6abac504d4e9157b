/* Scanner faults by what they leave behind.  See bench_fault.h. */
#include "lib/bench_fault.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/bench.h"
#include "lib/code.h"
#include "lib/payload.h"
#include "lib/tongue.h"

#define KINDS "LESBU" /* first characters of a payload */

static int
is_symbol(char c)
{
	return c != '\0' && strchr(MR_ALPHABET, c) != NULL;
}

static int
is_kind(char c)
{
	return c != '\0' && strchr(KINDS, c) != NULL;
}

/* Twenty characters, exactly as we print them? */
static int
is_ours(const char *s, size_t len)
{
	if (len != MR_PAYLOAD_LEN || !is_kind(s[0]))
		return 0;
	for (size_t i = 1; i < len; i++)
		if (!is_symbol(s[i]))
			return 0;
	return 1;
}

/* Nothing but symbols, the first of them maybe a kind? */
static int
is_piece(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_symbol(s[i]) && (i > 0 || !is_kind(s[0])))
			return 0;
	return len > 0;
}

static int
has_control(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if ((c < ' ' && c != '\t') || c == 0x7f)
			return 1;
		/* U+0080 to U+009F */
		if (c == 0xc2 && i + 1 < len && (unsigned char)s[i + 1] < 0xa0)
			return 1;
	}
	return 0;
}

static int
is_caps(const char *s, size_t len)
{
	char swapped[MR_PAYLOAD_LEN];

	if (len != MR_PAYLOAD_LEN)
		return 0;
	for (size_t i = 0; i < len; i++)
		swapped[i] = (char)(islower((unsigned char)s[i])
			? toupper((unsigned char)s[i])
			: tolower((unsigned char)s[i]));
	return is_ours(swapped, len);
}

/* What stands for one of our symbols, and which it is. */
struct key {
	const char *typed;
	char symbol;
};

/* A French scanner at a US computer: digits are typed with Shift. */
static const struct key french_scanner[] = {{"@", '2'}, {"#", '3'}, {"$", '4'},
    {"%", '5'}, {"^", '6'}, {"&", '7'}, {"*", '8'}, {"Z", 'W'}, {"z", 'W'},
    {":", 'M'}, {";", 'M'}, {NULL, 0}};
/* A US scanner at a French computer: digits are typed without. */
static const struct key french_computer[] = {{"\xc3\xa9", '2'}, {"\"", '3'},
    {"'", '4'}, {"(", '5'}, {"-", '6'}, {"\xc3\xa8", '7'}, {"_", '8'},
    {"Z", 'W'}, {"z", 'W'}, {"?", 'M'}, {",", 'M'}, {NULL, 0}};

/* Read through that keyboard, is it ours?  With Caps Lock, too. */
static int
comes_through(const char *s, const struct key *keys)
{
	char read[MR_PAYLOAD_LEN];
	size_t n = 0, used;

	for (; *s != '\0'; s += used) {
		const struct key *key = keys;

		while (key->typed != NULL &&
		    strncmp(s, key->typed, strlen(key->typed)) != 0)
			key++;
		if (n == sizeof(read))
			return 0;
		used = key->typed != NULL ? strlen(key->typed) : 1;
		read[n++] = key->typed != NULL
		    ? key->symbol
		    : (char)toupper((unsigned char)*s);
	}
	return is_ours(read, n);
}

/* Twenty characters (of UTF-8), a kind in front, no blank. */
static int
is_mangled(const char *s)
{
	size_t characters = 0;

	if (!is_kind((char)toupper((unsigned char)*s)) ||
	    strpbrk(s, " \t/") != NULL)
		return 0;
	for (; *s != '\0'; s++)
		characters += ((unsigned char)*s & 0xc0) != 0x80;
	return characters == MR_PAYLOAD_LEN;
}

static enum mr_line_fault
keyboard(const char *s, size_t len)
{
	int other = 0;

	if (is_caps(s, len))
		return MR_FAULT_CAPS;
	if (comes_through(s, french_scanner))
		return MR_FAULT_FRENCH_SCANNER;
	if (comes_through(s, french_computer))
		return MR_FAULT_FRENCH_COMPUTER;
	/* A number of twenty digits has no letter in front. */
	for (size_t i = 1; i < len; i++)
		other |= !is_symbol(s[i]);
	return other && is_mangled(s) ? MR_FAULT_KEYBOARD : MR_FAULT_NONE;
}

static enum mr_line_fault
too_many(const char *s, size_t len)
{
	const size_t one = MR_PAYLOAD_LEN;
	char half[MR_PAYLOAD_LEN];
	size_t pairs = 0, twins = 0, symbols = 0, i;

	if (len == 2 * one && is_ours(s, one) && memcmp(s, s + one, one) == 0)
		return MR_FAULT_TWICE;
	for (i = 0; i < len; i++) {
		symbols += is_symbol(s[i]) || is_kind(s[i]);
		if (i + 1 < len && s[i] == s[i + 1]) {
			pairs++;
			twins += i % 2 == 0;
		}
		if (i % 2 == 0 && i / 2 < one)
			half[i / 2] = s[i];
	}
	if (len == 2 * one && twins == one && is_ours(half, one))
		return MR_FAULT_KEYS;
	if (symbols == len && is_kind(s[0]) && len < 2 * one &&
	    pairs >= len - one)
		return MR_FAULT_KEYS;
	return symbols + 8 >= len && symbols > one / 2 ? MR_FAULT_TOGETHER
						       : MR_FAULT_NONE;
}

/* Does a code of ours begin like that, or end, with the rest lost? */
static int
is_cut(const char *s, size_t len)
{
	struct mr_symbols symbols;

	if (len < 4 || len >= MR_PAYLOAD_LEN || !is_piece(s, len))
		return 0;
	if (!is_kind(s[0]))
		return len > 12;
	/* Nine or twelve symbols may have been typed, S for 5 and so on. */
	return (len != 9 && len != 12) ||
	    mr_code_fold(s, &symbols, NULL) != MR_FOLD_OK ||
	    mr_code_kind_of(&symbols) < 0;
}

static int
is_address(const char *s)
{
	static const char *const begins[] = {"http", "www.", "wifi:", "begin:",
	    "mailto:", "tel:", "sms:", "smsto:", "geo:", "mecard:", "matmsg:"};

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (strncasecmp(s, begins[i], strlen(begins[i])) == 0)
			return 1;
	return strstr(s, "://") != NULL;
}

/* The last digit of a UPC is made of the others. */
static int
is_upc(const char *digits)
{
	int sum = 0;

	for (int i = 0; i < 12; i++)
		sum += (digits[i] - '0') * (i % 2 == 0 ? 3 : 1);
	return sum % 10 == 0;
}

/* None of our IDs is all digits; a letter code may be. */
static int
is_number(const char *s)
{
	struct mr_symbols symbols;
	char digits[13];
	size_t n = 0;

	if (s[0] == ']' && isalpha((unsigned char)s[1]))
		return 1;
	for (; *s != '\0'; s++) {
		if (*s == ' ' || *s == '-')
			continue;
		if (!isdigit((unsigned char)*s))
			return 0;
		if (n < 12)
			digits[n] = *s;
		n++;
	}
	if (n != 12)
		return n >= 8 && n != 9;
	digits[12] = '\0';
	return is_upc(digits) &&
	    (mr_code_fold(digits, &symbols, NULL) != MR_FOLD_OK ||
		mr_code_kind_of(&symbols) < 0);
}

enum mr_line_fault
mr_line_fault(const char *line)
{
	enum mr_line_fault fault = MR_FAULT_NONE;
	char s[MR_BENCH_TEXT];
	size_t len;

	line += strspn(line, " \t\r\n");
	len = strlen(line);
	while (len > 0 && strchr(" \t\r\n", line[len - 1]) != NULL)
		len--;
	if (has_control(line, len))
		return MR_FAULT_CONTROL;
	if (is_address(line))
		return MR_FAULT_ADDRESS;
	if (len >= sizeof(s))
		return MR_FAULT_LONG;
	memcpy(s, line, len);
	s[len] = '\0';
	if (len <= 3 || is_ours(s, len))
		return MR_FAULT_NONE;
	if (is_number(s))
		return MR_FAULT_NUMBER;
	if (is_cut(s, len))
		return MR_FAULT_CUT;
	fault = keyboard(s, len);
	if (fault == MR_FAULT_NONE && len > MR_PAYLOAD_LEN)
		fault = too_many(s, len);
	return fault;
}

const char *
mr_line_fault_say(enum mr_line_fault fault)
{
	static const char *const words[] = {
	    [MR_FAULT_NONE] = "",
	    [MR_FAULT_CONTROL] =
		MR_SAID("The scanner sent a control key, which no code of ours "
			"has. Nothing was done. Scan again; if it comes back, "
			"step 6 of the sheet 'Setting up a scanner'."),
	    [MR_FAULT_CAPS] =
		MR_SAID("Caps Lock is on: capitals came as small "
			"letters. Press Caps Lock once, then scan "
			"again."),
	    [MR_FAULT_FRENCH_SCANNER] =
		MR_SAID("The scanner types like a French keyboard. Set it to "
			"US: step 2 of the sheet 'Setting up a scanner'. Then "
			"scan again; until then, type the code below the "
			"square."),
	    [MR_FAULT_FRENCH_COMPUTER] =
		MR_SAID("This computer reads the scanner like a French "
			"keyboard. Set the scanner to the country of the "
			"computer's keyboard: step 2 of the sheet 'Setting up "
			"a scanner'. Until then, type the code below the "
			"square."),
	    [MR_FAULT_KEYBOARD] =
		MR_SAID("The scanner types in the wrong alphabet. Set it to "
			"the country of the computer's keyboard: step 2 of the "
			"sheet 'Setting up a scanner'. Until then, type the "
			"code below the square."),
	    [MR_FAULT_CUT] =
		MR_SAID("Some of the code did not come through. Click into the "
			"field and scan again, a little slower."),
	    [MR_FAULT_TWICE] =
		MR_SAID("The same code came two times as one. Scan it once "
			"more and wait for the sound; if it comes back, step 7 "
			"of the sheet 'Setting up a scanner'."),
	    [MR_FAULT_KEYS] =
		MR_SAID("Keys of the code came twice. Scan it once more; if it "
			"comes back, unplug the scanner and plug it in again."),
	    [MR_FAULT_TOGETHER] =
		MR_SAID("Two codes came as one, or somebody typed into a scan. "
			"Hands off the keys, scan one code, wait for the "
			"sound, then the next."),
	    [MR_FAULT_ADDRESS] =
		MR_SAID("That is a code for a telephone, such as a web "
			"address, and none of ours. Nothing was opened. Scan "
			"the square that we printed, or type the ID."),
	    [MR_FAULT_NUMBER] =
		MR_SAID("That is the number of somebody else's barcode: a "
			"shop, a book, the post office. Scan the square that "
			"we printed, or type the ID."),
	    [MR_FAULT_LONG] =
		MR_SAID("That is longer than any code of ours. Scan the square "
			"that we printed, or type the ID."),
	};

	return mr_say(words[fault]);
}
