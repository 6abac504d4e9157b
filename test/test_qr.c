/*
 * The table of tracking codes gives what libqrencode gives, bit for bit.
 */
#include <qrencode.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "forms/qr_table.h"

#define PAYLOADS 20000
#define SIDE QR_TRACK_SIDE

static const char set[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

static void
make_payload(char payload[QR_TRACK_LEN + 1], size_t symbols)
{
	static uint64_t x = 20260714;
	size_t i;

	for (i = 0; i < QR_TRACK_LEN; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		payload[i] = set[x % symbols];
	}
	payload[i] = '\0';
}

static QRcode *
by_library(const char *payload)
{
	QRinput *input = QRinput_new2(QR_TRACK_VERSION, QR_ECLEVEL_H);
	QRcode *code;

	assert_non_null(input);
	assert_int_equal(QRinput_append(input, QR_MODE_AN, QR_TRACK_LEN,
			     (const unsigned char *)payload),
	    0);
	code = QRcode_encodeInput(input);
	assert_non_null(code);
	assert_int_equal(code->width, SIDE);
	QRinput_free(input);
	return code;
}

/* 1 when both give the same symbol; *mask: which one it chose. */
static int
same(const char *payload, int *mask)
{
	unsigned char modules[SIDE * SIDE];
	QRcode *code = by_library(payload);
	const unsigned char *format = code->data + (size_t)8 * SIDE;
	int i, equal = 1;

	assert_int_equal(qr_track(payload, modules), 0);
	for (i = 0; i < SIDE * SIDE; i++)
		equal = equal && modules[i] == (code->data[i] & 1);
	*mask = (format[2] & 1) << 2 | (format[3] & 1) << 1 | (format[4] & 1);
	QRcode_free(code);
	return equal;
}

static void
twenty_thousand_payloads_give_the_same_symbols(void **state)
{
	char payload[QR_TRACK_LEN + 1];
	int i, mask, masks = 0, differ = 0;

	(void)state;
	for (i = 0; i < PAYLOADS; i++) {
		make_payload(payload, sizeof(set) - 1);
		differ += !same(payload, &mask);
		masks |= 1 << mask;
	}
	assert_int_equal(differ, 0);
	/* Each of the eight was chosen some time. */
	assert_int_equal(masks, 0xFF);
}

/* Long runs alike are where the scores of masks are near each other. */
static void
dull_payloads_give_the_same_symbols(void **state)
{
	char payload[QR_TRACK_LEN + 1];
	size_t a, b;
	int mask;

	(void)state;
	for (a = 0; a < sizeof(set) - 1; a++)
		for (b = 0; b < sizeof(set) - 1; b++) {
			memset(payload, set[a], QR_TRACK_LEN);
			memset(payload, set[b], QR_TRACK_LEN / 2);
			payload[QR_TRACK_LEN] = '\0';
			assert_true(same(payload, &mask));
		}
}

static void
what_is_no_tracking_payload_is_left_to_the_library(void **state)
{
	static const char *const others[] = {"", "L2CD4HFKMP7RT3WXTVH",
	    "L2CD4HFKMP7RT3WXTVHKK", "l2cd4hfkmp7rt3wxtvhk",
	    "L2CD4HFKMP7RT3WXTV\xC3\x89"};
	unsigned char modules[SIDE * SIDE];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_int_equal(qr_track(others[i], modules), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(twenty_thousand_payloads_give_the_same_symbols),
	    cmocka_unit_test(dull_payloads_give_the_same_symbols),
	    cmocka_unit_test(
		what_is_no_tracking_payload_is_left_to_the_library),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
