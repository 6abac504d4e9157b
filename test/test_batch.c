/*
 * Batches: filled by sealing, posted by closing; the manifest names exactly
 * what left the house, and the place in the chain where that stands.
 */
#include "test/mail.h"

#include "test/text_of.h"

/* A sealed letter from each side of the pairings, in order. */
static void
sealed(struct house *h, int n, char number[][64])
{
	for (int i = 0; i < n; i++) {
		mail_receive(h, 1 + i / 2 % 3, i % 2 ? MR_INSIDE : MR_OUTSIDE,
		    number[i]);
		mail_seal(h, number[i]);
	}
}

static void
sealing_opens_a_batch_and_closing_posts_it(void **state)
{
	struct house *h = *state;
	char number[4][64];

	refused(h, run(h, "batch close", NULL), MR_REFUSED, "no batch is open");
	sealed(h, 4, number);
	refused(h, run(h, "batch open", NULL), MR_REFUSED, "B1");
	did(h, run(h, "batch show", "batch", "B1", NULL), "\"state\":\"open\"");
	did(h, run(h, "batch close", NULL),
	    "\"batch\":\"B1\",\"state\":\"closed\"");
	did(h, MR_OK, "\"letters\":4");
	for (int i = 0; i < 4; i++)
		stands(h, number[i], "posted");
	refused(h, run(h, "batch close", NULL), MR_REFUSED, "no batch is open");
	did(h, run(h, "batch open", NULL), "\"batch\":\"B2\"");
	refused(h, run(h, "batch close", NULL), MR_REFUSED, "empty");
	mail_sound(h);
}

static void
the_manifest_names_what_left_and_its_words_are_the_chains(void **state)
{
	struct house *h = *state;
	char number[3][64], words[64], event[64], code[3][64];

	for (int i = 0; i < 3; i++) {
		mail_receive(h, 1, i % 2 ? MR_INSIDE : MR_OUTSIDE, number[i]);
		house_value(h, "code", 0, code[i]);
		mail_seal(h, number[i]);
	}
	did(h, run(h, "batch close", NULL), "words");
	house_value(h, "words", 0, words);
	house_value(h, "event", 0, event);
	assert_string_equal(mail_paper.name, "manifest.pdf");
	assert_int_equal(mail_paper.secret, 0);
	text_of(mail_paper.bytes, mail_paper.len);
	for (int i = 0; i < 3; i++) {
		assert_non_null(strstr(text, code[i]));
		assert_non_null(strstr(text, number[i]));
	}
	assert_non_null(strstr(text, "Wren AA"));
	assert_null(strstr(text, "Quill"));
	assert_null(strstr(text, "-999"));
	did(h, run(h, "audit verify", "witness", words, "event", event, NULL),
	    "");
	words[0] = words[0] == 'K' ? 'H' : 'K';
	assert_int_not_equal(
	    run(h, "audit verify", "witness", words, "event", event, NULL),
	    MR_OK);
}

/* It was taken out again: it is not on the paper, and the others all are. */
static void
a_letter_held_after_sealing_is_not_on_the_manifest(void **state)
{
	struct house *h = *state;
	char number[3][64], code[3][64];

	for (int i = 0; i < 3; i++) {
		mail_receive(h, 1 + i, MR_OUTSIDE, number[i]);
		house_value(h, "code", 0, code[i]);
		mail_seal(h, number[i]);
	}
	did(h,
	    run(h, "letter hold", "letter", number[0], "reason",
		"wrong-envelope", NULL),
	    "\"batch\":null");
	did(h, run(h, "letter flag", "letter", number[1], "flag", "W", NULL),
	    "\"batch\":null");
	did(h, run(h, "batch close", NULL), "\"letters\":1");
	text_of(mail_paper.bytes, mail_paper.len);
	assert_null(strstr(text, code[0]));
	assert_null(strstr(text, code[1]));
	assert_non_null(strstr(text, code[2]));
	stands(h, number[0], "held wrong-envelope");
	stands(h, number[1], "held wrong-name");
	stands(h, number[2], "posted");
	mail_sound(h);
}

/* Else it would be sealed for ever in a batch that is gone. */
static void
what_left_its_batch_does_not_come_back_into_a_closed_one(void **state)
{
	struct house *h = *state;
	char number[2][64];

	sealed(h, 2, number);
	did(h, run(h, "letter unseal", "letter", number[0], NULL), "cleared");
	mail_as(h, "sam");
	did(h, run(h, "batch close", NULL), "\"letters\":1");
	mail_as(h, NULL);
	refused(h, run(h, "letter undo", NULL), MR_REFUSED, "B1 has left");
	stands(h, number[0], "cleared unsealed");
	mail_seal(h, number[0]);
	assert_int_equal(mail_letter(h, number[0]).batch, 2);
}

/* Whatever became of a letter since: the paper of that day is what it was. */
static void
a_manifest_printed_again_is_that_of_the_closing(void **state)
{
	static unsigned char first[1 << 20];
	struct house *h = *state;
	char number[2][64];
	size_t len;

	sealed(h, 2, number);
	did(h, run(h, "batch close", NULL), "\"letters\":2");
	len = mail_paper.len;
	assert_true(len < sizeof(first));
	memcpy(first, mail_paper.bytes, len);
	did(h, run(h, "letter unpost", "letter", number[0], NULL), "cleared");
	mail_seal(h, number[0]);
	did(h, run(h, "batch manifest", "batch", "B1", NULL), "B1");
	assert_int_equal(mail_paper.len, len);
	assert_memory_equal(mail_paper.bytes, first, len);
}

/* It was heavier the second time; that was not asked about. */
static void
a_sealing_asked_for_again_says_the_stamps_of_then(void **state)
{
	struct house *h = *state;
	char number[64], stub[32], envelope[32], first[2048];
	struct mr_letter l;

	mail_receive(h, 1, MR_OUTSIDE, number);
	mail_print(h, number);
	l = mail_letter(h, number);
	mail_scan(h, number, MR_PAYLOAD_STUB, l.sheet_copy, stub);
	mail_envelope(h, number, envelope);
	h->request = "seal";
	did(h, run(h, "letter seal", "stub", stub, "envelope", envelope, NULL),
	    "\"verdict\":\"MATCH\"");
	h->request = NULL;
	snprintf(first, sizeof(first), "%.2047s", h->answer);
	did(h, run(h, "letter unseal", "letter", number, NULL), "cleared");
	did(h,
	    run(h, "letter seal", "stub", stub, "envelope", envelope, "stamps",
		"3", NULL),
	    "MATCH");
	assert_int_equal(mail_letter(h, number).stamps, 3);
	h->request = "seal";
	did(h, run(h, "letter seal", "stub", stub, "envelope", envelope, NULL),
	    first);
	h->request = NULL;
}

static void
a_request_key_closes_once_and_prints_the_same_manifest(void **state)
{
	static unsigned char first[1 << 20];
	struct house *h = *state;
	char number[2][64], again[64];
	size_t len;

	sealed(h, 2, number);
	h->request = "close";
	did(h, run(h, "batch close", NULL), "\"letters\":2");
	h->request = NULL;
	len = mail_paper.len;
	assert_true(len < sizeof(first));
	memcpy(first, mail_paper.bytes, len);
	mail_receive(h, 1, MR_INSIDE, again);
	mail_seal(h, again);
	h->request = "close";
	did(h, run(h, "batch close", NULL), "\"batch\":\"B1\"");
	h->request = NULL;
	assert_int_equal(mail_paper.len, len);
	assert_memory_equal(mail_paper.bytes, first, len);
	did(h, run(h, "batch manifest", "batch", "B1", NULL), "B1");
	assert_memory_equal(mail_paper.bytes, first, len);
	stands(h, again, "sealed");
	refused(h, run(h, "batch manifest", "batch", "B2", NULL), MR_REFUSED,
	    "still open");
	refused(h, run(h, "batch manifest", "batch", "B3", NULL), MR_NOTFOUND,
	    "no such batch");
	refused(
	    h, run(h, "batch manifest", "batch", "3", NULL), MR_INVALID, "B3");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(sealing_opens_a_batch_and_closing_posts_it),
	    MAIL_TEST(
		the_manifest_names_what_left_and_its_words_are_the_chains),
	    MAIL_TEST(a_letter_held_after_sealing_is_not_on_the_manifest),
	    MAIL_TEST(what_left_its_batch_does_not_come_back_into_a_closed_one),
	    MAIL_TEST(a_manifest_printed_again_is_that_of_the_closing),
	    MAIL_TEST(a_sealing_asked_for_again_says_the_stamps_of_then),
	    MAIL_TEST(a_request_key_closes_once_and_prints_the_same_manifest),
	};

	return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
