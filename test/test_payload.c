/*
 * QR payloads: what we print is read back, what anybody else prints, or a
 * wrong keyboard makes of ours, is not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "lib/lettercode.h"
#include "lib/payload.h"

#define REPLY "SK7M4RPTMKXXX357FTTF"
#define STUB "LH6H4D5H34XRX3M7FDWH"

static const uint8_t key[MR_PAYLOAD_KEY] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
    30, 31};

static struct mr_payload
payload(enum mr_payload_kind kind, const char *code, int copy)
{
	struct mr_payload p = {.kind = kind, .copy = copy};

	assert_int_equal(mr_code_fold(code, &p.code, NULL), MR_FOLD_OK);
	return p;
}

static void
expect_made(struct mr_payload p, const char *text)
{
	char made[MR_PAYLOAD_LEN + 1];

	assert_int_equal(mr_payload_make(key, &p, made), 0);
	assert_string_equal(made, text);
}

static void
expect_answer(const char *scan, enum mr_payload_answer answer)
{
	struct mr_payload p, before;

	memset(&p, 0x5a, sizeof(p));
	memcpy(&before, &p, sizeof(p));
	assert_int_equal(mr_payload_read(key, scan, &p), answer);
	assert_memory_equal(&p, &before, sizeof(p));
	assert_true(strlen(mr_payload_say(answer)) > 20);
}

static void
payloads_are_those_of_the_manual(void **state)
{
	(void)state;
	expect_made(payload(MR_PAYLOAD_REPLY, "K7M-4RP-TMK", 1), REPLY);
	expect_made(payload(MR_PAYLOAD_STUB, "H6H-4D5-H34-XRX", 1), STUB);
	expect_made(payload(MR_PAYLOAD_STUB, "H6H-4D5-H34-XRX", 20), STUB);
}

/* Make, read, compare. */
static void
come_back(const struct mr_payload *in)
{
	char text[MR_PAYLOAD_LEN + 1];
	struct mr_payload out;

	assert_int_equal(mr_payload_make(key, in, text), 0);
	assert_int_equal(strlen(text), MR_PAYLOAD_LEN);
	assert_int_equal(mr_payload_read(key, text, &out), MR_PAYLOAD_OK);
	assert_int_equal(out.kind, in->kind);
	assert_int_equal(out.copy, in->copy % MR_BASE);
	assert_int_equal(out.code.n, in->code.n);
	assert_memory_equal(out.code.s, in->code.s, in->code.n);
	assert_string_equal(mr_payload_say(MR_PAYLOAD_OK), "");
}

static void
every_kind_comes_back(void **state)
{
	static const enum mr_payload_kind kinds[] = {MR_PAYLOAD_STUB,
	    MR_PAYLOAD_ENVELOPE, MR_PAYLOAD_REPLY, MR_PAYLOAD_CARD,
	    MR_PAYLOAD_BADGE};
	struct mr_payload p;

	(void)state;
	for (int i = 0; i < 50000; i++) {
		p.kind = kinds[i % 5];
		p.copy = i;
		if (p.kind == MR_PAYLOAD_REPLY)
			mr_code_random(i % 2 ? 9 : 12, &p.code);
		else if (p.kind == MR_PAYLOAD_STUB ||
		    p.kind == MR_PAYLOAD_ENVELOPE)
			mr_lettercode_make(key, i, &p.code);
		else
			for (p.code.n = 0; p.code.n < 12; p.code.n++)
				p.code.s[p.code.n] =
				    (uint8_t)randombytes_uniform(MR_BASE);
		come_back(&p);
	}
}

static void
a_short_id_is_never_taken_for_a_long_one(void **state)
{
	struct mr_symbols code;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		mr_code_random(9, &code);
		for (code.n = 9; code.n < 12; code.n++)
			code.s[code.n] = 18; /* X, as the payload pads */
		assert_false(mr_code_valid(&code, MR_CODE_ID));
	}
}

static void
what_does_not_fit_the_kind_is_not_made(void **state)
{
	struct mr_payload p[] = {
	    payload(MR_PAYLOAD_STUB, "K7M-4RP-TMK", 1),
	    payload(MR_PAYLOAD_ENVELOPE, "H6H-4D5-H34-XRK", 1),
	    payload(MR_PAYLOAD_REPLY, "H6H-4D5-H34-XRX", 1),
	    payload(MR_PAYLOAD_CARD, "222-222-222", 1),
	    payload(MR_PAYLOAD_BADGE, "222-222-222-22?", 1),
	    payload(MR_PAYLOAD_REPLY, "K7M-4RP-TMK", -1),
	    payload((enum mr_payload_kind)'Q', "222-222-222-222", 1),
	};
	char text[MR_PAYLOAD_LEN + 1] = "untouched";

	(void)state;
	for (size_t i = 0; i < sizeof(p) / sizeof(p[0]); i++) {
		assert_int_equal(mr_payload_make(key, &p[i], text), -1);
		assert_string_equal(text, "untouched");
	}
}

/* Every other character at every place. */
static void
every_change_is_refused(const char *good)
{
	char text[MR_PAYLOAD_LEN + 1];
	struct mr_payload out;

	for (int place = 0; place < MR_PAYLOAD_LEN; place++) {
		strcpy(text, good);
		for (int c = 1; c < 256; c++) {
			text[place] = (char)c;
			if (text[place] != good[place] &&
			    mr_payload_read(key, text, &out) == MR_PAYLOAD_OK)
				fail_msg("%s passes", text);
		}
	}
}

static void
every_change_of_one_character_is_refused(void **state)
{
	struct mr_payload p;
	char text[MR_PAYLOAD_LEN + 1];

	(void)state;
	every_change_is_refused(REPLY);
	every_change_is_refused(STUB);
	for (int i = 0; i < 20; i++) {
		p = payload(MR_PAYLOAD_CARD, "234-567-8CD-FHK", i);
		assert_int_equal(mr_payload_make(key, &p, text), 0);
		every_change_is_refused(text);
	}
}

static void
another_office_s_payload_is_told_by_its_tag(void **state)
{
	uint8_t other[MR_PAYLOAD_KEY] = {1};
	struct mr_payload p = payload(MR_PAYLOAD_REPLY, "K7M-4RP-TMK", 1);
	char text[MR_PAYLOAD_LEN + 1];

	(void)state;
	assert_int_equal(mr_payload_make(other, &p, text), 0);
	expect_answer(text, MR_PAYLOAD_BADTAG);
	expect_answer("SK7M4RPTMKXXX357FTTH", MR_PAYLOAD_BADTAG);
	expect_answer("EH6H4D5H34XRX3M7FDWH", MR_PAYLOAD_BADTAG);
}

/* Our tag on a code that we never make: still not ours. */
static void
a_good_tag_on_a_malformed_code_is_refused(void **state)
{
	char text[MR_PAYLOAD_LEN + 1] = "L2345678CDFHK3";
	uint8_t hash[32], digits[6];
	uint64_t x = 0;

	(void)state;
	crypto_generichash(
	    hash, sizeof(hash), (unsigned char *)text, 14, key, sizeof(key));
	for (int i = 7; i >= 0; i--)
		x = x << 8 | hash[i];
	mr_code_digits(x % 47045881, digits, 6);
	for (int i = 0; i < 6; i++)
		text[14 + i] = mr_code_char(digits[i]);
	expect_answer(text, MR_PAYLOAD_BADTAG);
	/* The tag itself is right: under B the same 12 symbols pass. */
	come_back(&(struct mr_payload){.kind = MR_PAYLOAD_CARD,
	    .code = payload(MR_PAYLOAD_CARD, "2345678CDFHK", 0).code,
	    .copy = 1});
}

static void
a_wrong_keyboard_is_told_from_a_foreign_barcode(void **state)
{
	(void)state;
	/* Caps Lock, French digits, French M, a Shift that stuck. */
	expect_answer("sk7m4rptmkxxx357fttf", MR_PAYLOAD_LAYOUT);
	expect_answer("Sk7m4rptmkxxx357fttf", MR_PAYLOAD_LAYOUT);
	expect_answer("SK\xc3\xa8M'RPTMKXXX\"(\xc3\xa8"
		      "FTTF",
	    MR_PAYLOAD_LAYOUT);
	expect_answer("SK7?4RPT?KXXX357FTTF", MR_PAYLOAD_LAYOUT);
	expect_answer("SK&M$RPTMKXXX#%&FTTF", MR_PAYLOAD_LAYOUT);
	expect_answer("LH6H4D5H34XRX3M7FDZH", MR_PAYLOAD_LAYOUT);
}

static void
foreign_barcodes_are_not_ours(void **state)
{
	static const char *const scans[] = {"", "S", "A", "9780131103627",
	    "https://example.org/", "sms://2222222222222",
	    "SK7M4RPTMKXXX357FTT", "SK7M4RPTMKXXX357FTTFF",
	    " SK7M4RPTMKXXX357FTT", "SK7M4RPTMKXXX357FTTF\n",
	    "SK7M-4RP-TMKXXX357FT ", "XK7M4RPTMKXXX357FTTF",
	    "S0000000000000000000", "SUPERCALIFRAGILISTIC",
	    "S\t7M4RPTMKXXX357FTTF", "sk7m4rptmkxxx357ftt", "K7M-4RP-TMK"};

	(void)state;
	for (size_t i = 0; i < sizeof(scans) / sizeof(scans[0]); i++)
		expect_answer(scans[i], MR_PAYLOAD_FOREIGN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(payloads_are_those_of_the_manual),
	    cmocka_unit_test(every_kind_comes_back),
	    cmocka_unit_test(a_short_id_is_never_taken_for_a_long_one),
	    cmocka_unit_test(what_does_not_fit_the_kind_is_not_made),
	    cmocka_unit_test(every_change_of_one_character_is_refused),
	    cmocka_unit_test(another_office_s_payload_is_told_by_its_tag),
	    cmocka_unit_test(a_good_tag_on_a_malformed_code_is_refused),
	    cmocka_unit_test(a_wrong_keyboard_is_told_from_a_foreign_barcode),
	    cmocka_unit_test(foreign_barcodes_are_not_ours),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
