/* Squares of a bench card as numbers.  See card.h. */
#include "lib/card.h"

#include <string.h>

#define KEYS_FROM 1     /* + place in MR_CARD_KEYS */
#define SHEETS_FROM 100 /* + sheets */

/* A test's number is what its ten symbols say, so that both together type
 * the whole alphabet. */
static const char *const tests[MR_CARD_TESTS] = {"2345678CDF", "HKMPRTVWX2"};

static int64_t
test_number(int n)
{
	uint8_t s[10];

	for (int i = 0; i < 10; i++)
		s[i] = (uint8_t)mr_code_symbol(tests[n - 1][i]);
	return (int64_t)mr_code_value(s, 10);
}

/* -1: there is no such square. */
static int64_t
number_of(const struct mr_card *card)
{
	const char *at;

	switch (card->kind) {
	case MR_CARD_KEY:
		at = card->key != '\0' ? strchr(MR_CARD_KEYS, card->key) : NULL;
		return at != NULL ? KEYS_FROM + (at - MR_CARD_KEYS) : -1;
	case MR_CARD_COUNT:
		return card->n >= 1 && card->n <= MR_CARD_SHEETS
		    ? SHEETS_FROM + card->n
		    : -1;
	case MR_CARD_TEST:
		return card->n >= 1 && card->n <= MR_CARD_TESTS
		    ? test_number(card->n)
		    : -1;
	}
	return -1;
}

int
mr_card_make(const uint8_t *key, const struct mr_card *card, char *text)
{
	struct mr_payload out = {.copy = MR_CARD_EDITION};
	int64_t number = number_of(card);

	if (number < 0)
		return -1;
	mr_payload_number(&out, MR_PAYLOAD_CARD, number);
	return mr_payload_make(key, &out, text);
}

int
mr_card_read(const struct mr_payload *in, struct mr_card *card)
{
	int64_t number = mr_payload_number_of(in);

	if (in->kind != MR_PAYLOAD_CARD)
		return -1;
	memset(card, 0, sizeof(*card));
	if (number >= KEYS_FROM &&
	    number < KEYS_FROM + (int64_t)strlen(MR_CARD_KEYS)) {
		card->kind = MR_CARD_KEY;
		card->key = MR_CARD_KEYS[number - KEYS_FROM];
		return 0;
	}
	if (number > SHEETS_FROM && number <= SHEETS_FROM + MR_CARD_SHEETS) {
		card->kind = MR_CARD_COUNT;
		card->n = (int)(number - SHEETS_FROM);
		return 0;
	}
	card->kind = MR_CARD_TEST;
	for (card->n = 1; card->n <= MR_CARD_TESTS; card->n++)
		if (number == test_number(card->n))
			return 0;
	return -1;
}
