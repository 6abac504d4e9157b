/*
 * The table of tracking codes and the choice of a mask.  See qr_table.h.
 */
#include "forms/qr_table.h"

#include <pthread.h>
#include <qrencode.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "forms/qr_score.h"

#define PAIRS (QR_TRACK_LEN / 2)
#define PAIR_BITS 11 /* of two characters, 45 * first + second */
#define MASKS 8
#define TRIES 400 /* symbols to look at until every mask was seen */
#define PROOFS 16
#define FUNCTION 0x80 /* libqrencode's flag: no data, never masked */

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

static struct {
	struct qr_bits none;                    /* all pairs 0, not masked */
	struct qr_bits flip[PAIRS * PAIR_BITS]; /* what a bit turns over */
	struct qr_bits data;                    /* where data stands */
	struct qr_bits mask[MASKS];             /* over data */
	struct qr_bits fixed[MASKS];            /* finders, timing, format */
	int seen[MASKS];
	int made;
} table;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static QRcode *
ask(const char *payload)
{
	QRinput *input = QRinput_new2(QR_TRACK_VERSION, QR_ECLEVEL_H);
	QRcode *code = NULL;

	if (input == NULL)
		return NULL;
	if (QRinput_append(input, QR_MODE_AN, QR_TRACK_LEN,
		(const unsigned char *)payload) == 0)
		code = QRcode_encodeInput(input);
	QRinput_free(input);
	if (code != NULL && code->width != QR_TRACK_SIDE) {
		QRcode_free(code);
		code = NULL;
	}
	return code;
}

/* The eight masks of ISO/IEC 18004:2015, table 10. */
static int
masked(int mask, int y, int x)
{
	switch (mask) {
	case 0:
		return (y + x) % 2 == 0;
	case 1:
		return y % 2 == 0;
	case 2:
		return x % 3 == 0;
	case 3:
		return (y + x) % 3 == 0;
	case 4:
		return (y / 2 + x / 3) % 2 == 0;
	case 5:
		return y * x % 2 + y * x % 3 == 0;
	case 6:
		return (y * x % 2 + y * x % 3) % 2 == 0;
	default:
		return ((y + x) % 2 + y * x % 3) % 2 == 0;
	}
}

/* Which mask a symbol has: three bits of its format, beside the finder, which
 * has a mask of its own (7.9.1). */
static int
mask_of(const QRcode *code)
{
	const unsigned char *row = code->data + 8 * QR_TRACK_SIDE;

	return ((row[2] & 1) << 2 | (row[3] & 1) << 1 | (row[4] & 1)) ^ 5;
}

static void
read_data(const QRcode *code)
{
	int x, y, m;

	for (y = 0; y < QR_TRACK_SIDE; y++)
		for (x = 0; x < QR_TRACK_SIDE; x++) {
			if (code->data[y * QR_TRACK_SIDE + x] & FUNCTION)
				continue;
			qr_turn(&table.data, x, y);
			for (m = 0; m < MASKS; m++)
				if (masked(m, y, x))
					qr_turn(&table.mask[m], x, y);
		}
}

static void
read_symbol(const QRcode *code, struct qr_bits *bits, int wanted)
{
	int x, y;

	memset(bits, 0, sizeof(*bits));
	for (y = 0; y < QR_TRACK_SIDE; y++)
		for (x = 0; x < QR_TRACK_SIDE; x++) {
			int c = code->data[y * QR_TRACK_SIDE + x];

			if ((c & 1) && (c & FUNCTION) == wanted)
				qr_turn(bits, x, y);
		}
}

/* The symbol of a payload as libqrencode makes it, its mask taken off. */
static int
learn(const char *payload, struct qr_bits *bits)
{
	QRcode *code = ask(payload);
	int m;

	if (code == NULL)
		return -1;
	m = mask_of(code);
	if (table.data.row[QR_TRACK_SIDE - 1] == 0)
		read_data(code);
	if (!table.seen[m])
		read_symbol(code, &table.fixed[m], FUNCTION);
	table.seen[m] = 1;
	read_symbol(code, bits, 0);
	qr_xor(bits, &table.mask[m]);
	QRcode_free(code);
	return 0;
}

static void
put_pair(char *payload, int pair, int value)
{
	payload[2 * pair] = alphabet[value / 45];
	payload[2 * pair + 1] = alphabet[value % 45];
}

/* Any payload, always the same for the same n. */
static void
some_payload(char payload[QR_TRACK_LEN + 1], unsigned n)
{
	for (int i = 0; i < QR_TRACK_LEN; i++) {
		n = n * 1103515245u + 12345u;
		payload[i] = alphabet[(n >> 16) % 45];
	}
}

static int
learn_flips(void)
{
	char payload[QR_TRACK_LEN + 1] = "";
	int pair, bit;

	memset(payload, '0', QR_TRACK_LEN);
	if (learn(payload, &table.none) != 0)
		return -1;
	for (pair = 0; pair < PAIRS; pair++)
		for (bit = 0; bit < PAIR_BITS; bit++) {
			struct qr_bits *flip =
			    &table.flip[pair * PAIR_BITS + bit];

			put_pair(payload, pair, 1 << bit);
			if (learn(payload, flip) != 0)
				return -1;
			qr_xor(flip, &table.none);
			put_pair(payload, pair, 0);
		}
	return 0;
}

static int
learn_masks(void)
{
	char payload[QR_TRACK_LEN + 1] = "";
	struct qr_bits bits;
	int m = 0;

	for (unsigned i = 0; i < TRIES; i++) {
		while (m < MASKS && table.seen[m])
			m++;
		if (m == MASKS)
			return 0;
		some_payload(payload, i);
		if (learn(payload, &bits) != 0)
			return -1;
	}
	return -1;
}

static int
by_table(const char *payload, unsigned char *modules)
{
	struct qr_bits plain = table.none, symbol, best;
	const char *a, *b;
	int pair, bit, m, cost, least = 0;

	for (pair = 0; pair < PAIRS; pair++) {
		a = memchr(alphabet, payload[2 * pair], 45);
		b = memchr(alphabet, payload[2 * pair + 1], 45);
		if (a == NULL || b == NULL)
			return -1;
		int value = (int)(a - alphabet) * 45 + (int)(b - alphabet);

		for (bit = 0; bit < PAIR_BITS; bit++)
			if (value >> bit & 1)
				qr_xor(&plain,
				    &table.flip[pair * PAIR_BITS + bit]);
	}
	for (m = 0; m < MASKS; m++) {
		symbol = plain;
		qr_xor(&symbol, &table.mask[m]);
		qr_xor(&symbol, &table.fixed[m]);
		cost = qr_score(&symbol);
		if (m == 0 || cost < least) {
			least = cost;
			best = symbol;
		}
	}
	qr_modules(&best, modules);
	return 0;
}

/* Does the table give what libqrencode gives?  Another release of it may
 * choose masks in another way. */
static int
prove(void)
{
	unsigned char modules[QR_TRACK_SIDE * QR_TRACK_SIDE];
	char payload[QR_TRACK_LEN + 1] = "";
	int same = 1;

	for (unsigned n = 0; n < PROOFS && same; n++) {
		QRcode *code;
		size_t i;

		some_payload(payload, n + TRIES);
		if ((code = ask(payload)) == NULL)
			return 0;
		by_table(payload, modules);
		for (i = 0; i < sizeof(modules) && same; i++)
			same = modules[i] == (code->data[i] & 1);
		QRcode_free(code);
	}
	return same;
}

static void
make(void)
{
	table.made = learn_flips() == 0 && learn_masks() == 0 && prove();
}

int
qr_track(
    const char *payload, unsigned char modules[QR_TRACK_SIDE * QR_TRACK_SIDE])
{
	if (strlen(payload) != QR_TRACK_LEN || pthread_once(&once, make) != 0 ||
	    !table.made)
		return -1;
	return by_table(payload, modules);
}
