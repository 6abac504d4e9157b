/*
 * What opens an office again: its own private key file, and the nine words of
 * the sheet in the safe when that or a passphrase was lost.
 */
#include <sys/stat.h>

#include "test/office.h"

static char typed[256];

static void
an_office_opens_only_with_its_own_private_key_file(void **state)
{
	struct house *h = *state, *other;
	void *second = NULL;
	char key[128], aside[128], foreign[128];

	path_of(h, "office.key", key);
	path_of(h, "aside", aside);
	assert_int_equal(chmod(key, 0644), 0);
	assert_int_equal(again(h, 0), MR_DENIED);
	assert_non_null(strstr(h->error.message, "chmod 600"));
	assert_int_equal(chmod(key, 0600), 0);
	assert_int_equal(rename(key, aside), 0);
	assert_int_equal(again(h, 0), MR_NOTFOUND);
	assert_non_null(strstr(h->error.message, "office recover"));
	assert_int_equal(house_setup(&second), 0);
	other = second;
	path_of(other, "office.key", foreign);
	assert_int_equal(rename(foreign, key), 0);
	assert_int_equal(again(h, 0), MR_REFUSED);
	assert_non_null(strstr(h->error.message, "another office"));
	house_teardown(&second);
	assert_int_equal(rename(aside, key), 0);
	assert_int_equal(again(h, 0), MR_OK);
}

static void
the_recovery_words_prove_that_they_open_this_office(void **state)
{
	struct house *h = *state;

	h->words = all_words(h, typed);
	did(h, run(h, "office recover", NULL), "\"words\":\"right\"");
	did(h, run(h, "office recover", NULL), h->sheet.office);
	did(h, run(h, "office recover", NULL), "\"key_file\":\"fits\"");
	for (char *s = typed; *s != '\0'; s++)
		*s = *s == '-' ? ' ' : (char)(*s | 0x20);
	did(h, run(h, "office recover", NULL), "\"words\":\"right\"");
	h->words = NULL;
	refused(h, run(h, "office recover", NULL), MR_LOCKED, "");
}

static void
a_word_typed_wrong_is_named_by_group_and_symbol(void **state)
{
	struct house *h = *state;
	static const char *const ordinal[] = {
	    "1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th"};
	char want[64];

	for (int group = 0; group < MR_RECOVERY_GROUPS; group++) {
		char *at;
		int place = group % 9;

		h->words = all_words(h, typed);
		at = typed + group * 12 + place + place / 3;
		*at = *at == 'R' ? 'T' : 'R';
		snprintf(want, sizeof(want), "group %d ", group + 1);
		refused(h, run(h, "office recover", NULL), MR_INVALID, want);
		snprintf(want, sizeof(want), "%s symbol", ordinal[place]);
		if (strstr(h->error.message, want) == NULL)
			fail_msg("no %s in %s", want, h->error.message);
	}
}

static void
words_in_another_order_or_number_are_refused(void **state)
{
	struct house *h = *state;
	char first[12];

	h->words = all_words(h, typed);
	/* Some exchanges have the same five bits of check: then the public
	 * half tells. */
	memcpy(first, typed, 11);
	memmove(typed, typed + 12, 11);
	memcpy(typed + 12, first, 11);
	assert_int_not_equal(run(h, "office recover", NULL), MR_OK);
	h->words = all_words(h, typed);
	typed[8 * 12 - 1] = '\0';
	refused(h, run(h, "office recover", NULL), MR_INVALID,
	    "group 9 of the recovery sheet is missing");
	h->words = all_words(h, typed);
	strcat(typed, " RRR");
	refused(h, run(h, "office recover", NULL), MR_INVALID, "nine");
	h->words = "";
	refused(h, run(h, "office recover", NULL), MR_INVALID, "group 1");
}

static void
the_sheet_of_another_office_is_told_apart(void **state)
{
	struct house *h = *state;
	void *second = NULL;

	assert_int_equal(house_setup(&second), 0);
	h->words = all_words(second, typed);
	refused(
	    h, run(h, "office recover", NULL), MR_REFUSED, "another office");
	house_teardown(&second);
}

static void
a_lost_key_file_comes_back_byte_for_byte(void **state)
{
	struct house *h = *state;
	struct mr_keys before = *h->mr->keys;
	char key[128];

	path_of(h, "office.key", key);
	h->words = all_words(h, typed);
	refused(h, run(h, "office recover", "restore_keys", "1", NULL),
	    MR_REFUSED, "never written over");
	assert_int_equal(unlink(key), 0);
	assert_int_equal(again(h, 1), MR_OK);
	did(h, run(h, "office recover", NULL), "\"key_file\":\"missing\"");
	did(h, run(h, "office recover", "restore_keys", "1", NULL),
	    "\"key_file\":\"restored\"");
	assert_int_equal(again(h, 0), MR_OK);
	assert_memory_equal(h->mr->keys, &before, sizeof(before));
}

static void
a_forgotten_passphrase_is_replaced_by_the_words(void **state)
{
	struct house *h = *state;

	h->words = all_words(h, typed);
	h->new_passphrase = CORA;
	refused(h, run(h, "office recover", "coordinator", "admin", NULL),
	    MR_REFUSED, "no active coordinator");
	h->new_passphrase = "short";
	refused(h, run(h, "office recover", "coordinator", "ruth", NULL),
	    MR_INVALID, "5 characters");
	assert_int_equal(opens(h, "ruth", HOUSE_PASSPHRASE), MR_OK);
	h->new_passphrase = CORA;
	did(h, run(h, "office recover", "coordinator", "ruth", NULL),
	    "\"coordinator\":\"ruth\"");
	assert_int_equal(opens(h, "ruth", HOUSE_PASSPHRASE), MR_LOCKED);
	assert_int_equal(opens(h, "ruth", CORA), MR_OK);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, house_setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(an_office_opens_only_with_its_own_private_key_file),
	    TEST(the_recovery_words_prove_that_they_open_this_office),
	    TEST(a_word_typed_wrong_is_named_by_group_and_symbol),
	    TEST(words_in_another_order_or_number_are_refused),
	    TEST(the_sheet_of_another_office_is_told_apart),
	    TEST(a_lost_key_file_comes_back_byte_for_byte),
	    TEST(a_forgotten_passphrase_is_replaced_by_the_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
