/*
 * QR payloads: kind, 12 symbols, copy, tag.  See payload.h.
 */
#include "lib/payload.h"
#include "lib/tongue.h"

#include <sodium.h>
#include <string.h>

#define CODE 12 /* symbols */
#define TAG 6
#define COPY_AT (1 + CODE)
#define TAG_AT (COPY_AT + 1)
#define TAGS UINT64_C(47045881) /* 19^6 */

/* Behind an ID of 9 symbols.  Three X add 54 = 16 mod 19 to the first sum, so
 * an ID of 9 with them never passes for one of 12, nor the other way. */
static const char padding[] = "XXX";

_Static_assert(TAG_AT + TAG == MR_PAYLOAD_LEN, "payload length");
_Static_assert(CODE == MR_PAYLOAD_SYMBOLS, "payload symbols");

static void
make_tag(const uint8_t *key, const char *text, char *tag)
{
	uint8_t hash[32], symbols[TAG];
	uint64_t x = 0;

	crypto_generichash(hash, sizeof(hash), (const unsigned char *)text,
	    TAG_AT, key, MR_PAYLOAD_KEY);
	for (int i = 7; i >= 0; i--)
		x = x << 8 | hash[i];
	mr_code_digits(x % TAGS, symbols, TAG);
	for (int i = 0; i < TAG; i++)
		tag[i] = mr_code_char(symbols[i]);
}

/* t of the check symbols of a card or a badge. */
static int
kind_sum(int kind)
{
	return kind == MR_PAYLOAD_CARD ? 2 : 3;
}

/* The two symbols behind the ten, which make the sums t and 0. */
static void
check_symbols(struct mr_symbols *code, int t)
{
	int a = t, b = 0;

	for (int i = 0; i < CODE - 2; i++) {
		a -= code->s[i];
		b -= (i + 1) * code->s[i];
	}
	/* c11 + c12 = a and 11 c11 + 12 c12 = b. */
	b = (b - (CODE - 1) * a) % MR_BASE;
	a = (a - b) % MR_BASE;
	code->s[CODE - 1] = (uint8_t)((b + MR_BASE) % MR_BASE);
	code->s[CODE - 2] = (uint8_t)((a + MR_BASE) % MR_BASE);
	code->n = CODE;
}

void
mr_payload_number(
    struct mr_payload *out, enum mr_payload_kind kind, int64_t number)
{
	out->kind = kind;
	mr_code_digits((uint64_t)number, out->code.s, CODE - 2);
	check_symbols(&out->code, kind_sum((int)kind));
}

int64_t
mr_payload_number_of(const struct mr_payload *in)
{
	struct mr_symbols code = in->code;

	if ((in->kind != MR_PAYLOAD_CARD && in->kind != MR_PAYLOAD_BADGE) ||
	    code.n != CODE)
		return -1;
	check_symbols(&code, kind_sum((int)in->kind));
	if (memcmp(code.s, in->code.s, CODE) != 0)
		return -1;
	return (int64_t)mr_code_value(code.s, CODE - 2);
}

/* Is this code what a payload of the kind carries? */
static int
fits(int kind, const struct mr_symbols *code)
{
	switch (kind) {
	case MR_PAYLOAD_STUB:
	case MR_PAYLOAD_ENVELOPE:
		return mr_code_valid(code, MR_CODE_LETTER);
	case MR_PAYLOAD_REPLY:
		return mr_code_valid(code, MR_CODE_ID);
	case MR_PAYLOAD_CARD:
	case MR_PAYLOAD_BADGE:
		break;
	default:
		return 0;
	}
	if (code->n != CODE)
		return 0;
	for (int i = 0; i < CODE; i++)
		if (code->s[i] >= MR_BASE)
			return 0;
	return 1;
}

int
mr_payload_make(const uint8_t *key, const struct mr_payload *in, char *text)
{
	if (!fits((int)in->kind, &in->code) || in->copy < 0)
		return -1;
	text[0] = (char)in->kind;
	memcpy(text + COPY_AT - strlen(padding), padding, strlen(padding));
	for (int i = 0; i < in->code.n; i++)
		text[1 + i] = mr_code_char(in->code.s[i]);
	text[COPY_AT] = mr_code_char(in->copy % MR_BASE);
	make_tag(key, text, text + TAG_AT);
	text[MR_PAYLOAD_LEN] = '\0';
	return 0;
}

static int
is_kind(char c)
{
	return c != '\0' && strchr("LESBU", c) != NULL;
}

/* Twenty characters exactly as we print them? */
static int
is_ours(const char *scan)
{
	return strlen(scan) == MR_PAYLOAD_LEN && is_kind(scan[0]) &&
	    strspn(scan + 1, MR_ALPHABET) == MR_PAYLOAD_LEN - 1;
}

/*
 * What a keyboard set to another country, or with Caps Lock on, makes of one
 * of our symbols: the other case, A Q Y Z for their neighbours, a punctuation
 * mark or an accented letter.
 */
static int
mangled(unsigned char c)
{
	static const char other[] = MR_ALPHABET "AQYZ"
						"cdfhkmprtvwxaqyz";

	if (c >= '0' && c <= '9')
		return c != '0' && c != '1' && c != '9';
	if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
		return strchr(other, c) != NULL;
	return c > ' ' && c != 0x7f;
}

/* Twenty characters (of UTF-8) that a wrong keyboard makes of a payload. */
static int
is_mangled(const char *scan)
{
	int characters = 1;

	if (*scan == '\0' || strchr("LESBUlesbu", *scan) == NULL ||
	    strstr(scan, "://") != NULL)
		return 0;
	for (const char *p = scan + 1; *p != '\0'; p++) {
		if (!mangled((unsigned char)*p))
			return 0;
		characters += ((unsigned char)*p & 0xc0) != 0x80;
	}
	return characters == MR_PAYLOAD_LEN;
}

/* The twelve symbols, without padding. */
static void
take_code(const char *scan, struct mr_payload *out)
{
	size_t pad = strlen(padding);
	struct mr_symbols nine;

	out->kind = (enum mr_payload_kind)scan[0];
	out->code.n = CODE;
	for (int i = 0; i < CODE; i++)
		out->code.s[i] = (uint8_t)mr_code_symbol(scan[1 + i]);
	out->copy = mr_code_symbol(scan[COPY_AT]);
	nine = out->code;
	nine.n = (uint8_t)(CODE - pad);
	if (out->kind == MR_PAYLOAD_REPLY &&
	    memcmp(scan + COPY_AT - pad, padding, pad) == 0 &&
	    mr_code_valid(&nine, MR_CODE_ID))
		out->code = nine;
}

enum mr_payload_answer
mr_payload_read(const uint8_t *key, const char *scan, struct mr_payload *out)
{
	struct mr_payload read;
	char tag[TAG];

	if (!is_ours(scan))
		return is_mangled(scan) ? MR_PAYLOAD_LAYOUT
					: MR_PAYLOAD_FOREIGN;
	make_tag(key, scan, tag);
	if (sodium_memcmp(tag, scan + TAG_AT, TAG) != 0)
		return MR_PAYLOAD_BADTAG;
	memset(&read, 0, sizeof(read));
	take_code(scan, &read);
	if (!fits((int)read.kind, &read.code))
		return MR_PAYLOAD_BADTAG;
	*out = read;
	return MR_PAYLOAD_OK;
}

const char *
mr_payload_say(enum mr_payload_answer answer)
{
	switch (answer) {
	case MR_PAYLOAD_OK:
		break;
	case MR_PAYLOAD_FOREIGN:
		return mr_say("This is not one of our codes: scan the square "
			      "code that we printed.");
	case MR_PAYLOAD_LAYOUT:
		return mr_say("The scanner types in the wrong alphabet: turn "
			      "Caps Lock off, then scan the set-up sheet.");
	case MR_PAYLOAD_BADTAG:
		return mr_say("This was not printed by this office: type the "
			      "code below it, or ask the coordinator.");
	}
	return "";
}
