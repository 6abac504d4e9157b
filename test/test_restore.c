/*
 * An office out of its backup, every time for real: it opens, its vault opens,
 * it prints; paper of the lost days is known for what it is and never
 * mistaken for another's.
 */
#define _GNU_SOURCE /* strcasestr */
#include "test/keep.h"

#include "lib/instance.h"
#include "test/text_of.h"

static void
a_restored_office_works_and_prints_an_envelope(void **state)
{
	struct house *h = *state, *other;
	char path[256], number[64], want[64];

	mail_receive(h, 1, MR_INSIDE, number);
	did(h, run(h, "sheet print", "letter", number, NULL), "");
	keep_make(h, path);
	other = keep_open(h, path);
	mail_sound(other);
	did(other, run(other, "office show", NULL), "\"correspondents\":6");
	did(other, run(other, "envelope print", "letter", number, NULL),
	    "\"printed\":1");
	text_of(mail_paper.bytes, mail_paper.len);
	snprintf(want, sizeof(want), "%d Foundry", 2300);
	if (strcasestr(text, want) == NULL)
		fail_msg("no %s in %s", want, text);
	did(other,
	    run(other, "correspondent reveal", "person", "C4", "reason",
		"delivery", NULL),
	    "40312-999");
	assert_false(keep_there(other, "backup.scratch"));
	mail_sound(other);
	keep_close(other);
}

/* Its backups are made while it runs. */
static void
the_mailroomd_of_the_old_machine_is_not_waited_for(void **state)
{
	struct house *h = *state, *other;
	struct mr_instance own, there;
	char path[256];

	mr_instance_own(&own);
	assert_int_equal(
	    mr_instance_take(h->mr, &own, NULL, 0, &h->error), MR_OK);
	keep_make(h, path);
	other = keep_open(h, path);
	assert_int_equal(
	    mr_instance_look(other->mr, &there, &other->error), MR_NOTFOUND);
	assert_int_equal(
	    mr_instance_take(other->mr, &own, NULL, 0, &other->error), MR_OK);
	mail_sound(other);
	keep_close(other);
}

/* What a scanner says to the restored office about paper of the old one. */
static void
scans_as(struct house *other, const char *scan, const char *want)
{
	int64_t events = mail_events(other);

	did(other, run(other, "scan", "code", scan, NULL), want);
	assert_int_equal(mail_events(other), events);
}

static void
paper_of_the_lost_days_is_ours_but_unknown(void **state)
{
	struct house *h = *state, *other;
	char path[256], kept[64], lost[64], stub[32], envelope[32], code[64];
	char old[32];

	mail_receive(h, 1, MR_INSIDE, kept);
	mail_print(h, kept);
	mail_scan(h, kept, MR_PAYLOAD_STUB, 1, old);
	keep_make(h, path);
	mail_receive(h, 2, MR_INSIDE, lost);
	house_value(h, "code", 0, code);
	mail_print(h, lost);
	mail_scan(h, lost, MR_PAYLOAD_STUB, 1, stub);
	mail_scan(h, lost, MR_PAYLOAD_ENVELOPE, 1, envelope);
	other = keep_open(h, path);
	/* The four answers: known, unknown, superseded, not ours. */
	scans_as(other, old, "\"known\":true");
	scans_as(other, stub, "was a backup put back?");
	scans_as(other, envelope, "was a backup put back?");
	scans_as(other, code, "no letter of this office has it");
	stub[strlen(stub) - 1] = stub[strlen(stub) - 1] == '2' ? '3' : '2';
	scans_as(other, stub, "NOT OURS");
	did(other, run(other, "sheet print", "letter", kept, NULL), "");
	scans_as(other, old, "OLD PAGE");
	keep_close(other);
}

static int64_t
newest(struct house *h, const char *select)
{
	return house_count(h, select);
}

static void
no_number_of_the_lost_days_is_given_again(void **state)
{
	static const char letters[] =
	    "SELECT id FROM letter ORDER BY id DESC LIMIT 1";
	static const char people[] =
	    "SELECT id FROM correspondent ORDER BY id DESC LIMIT 1";
	struct house *h = *state, *other;
	char path[256], number[64];
	int64_t kept;

	mail_receive(h, 1, MR_INSIDE, number);
	keep_make(h, path);
	kept = newest(h, letters);
	for (int i = 0; i < 20; i++)
		mail_receive(h, 1 + i % 3, MR_INSIDE, number);
	assert_string_equal(number, "A21");
	other = keep_open(h, path);
	mail_receive(other, 1, MR_INSIDE, number);
	assert_string_equal(number, "A501");
	/* An id whose code would spell something is skipped. */
	assert_in_range(newest(other, letters), kept + 10001, kept + 10010);
	/* A station that had not logged a letter yet, the same day. */
	other->station = 'B';
	mail_receive(other, 2, MR_INSIDE, number);
	assert_string_equal(number, "B501");
	assert_int_equal(newest(other, people), 6);
	assert_int_equal(house_person(other, MR_INSIDE, "I-99", 1), 1007);
	stands(other, "A501", "cleared");
	stands(other, "A1", "cleared");
	did(other, run(other, "office show", NULL), "\"correspondents\":7");
	/* The next day begins with 1 again. */
	later(other, 86400);
	mail_receive(other, 3, MR_INSIDE, number);
	assert_string_equal(number, "B1");
	mail_sound(other);
	keep_close(other);
}

/* A gap that was made once stays when the office is restored again. */
static void
a_second_restore_leaves_a_second_gap(void **state)
{
	struct house *h = *state, *other, *third;
	char path[256], number[64];

	keep_make(h, path);
	other = keep_open(h, path);
	keep_make(other, path);
	third = keep_open(other, path);
	mail_receive(third, 1, MR_INSIDE, number);
	assert_in_range(
	    newest(third, "SELECT id FROM letter ORDER BY id DESC LIMIT 1"),
	    20001, 20010);
	did(third, run(third, "office show", NULL), "\"correspondents\":6");
	mail_sound(third);
	keep_close(third);
	keep_close(other);
}

static void
the_restore_is_in_the_chain_and_signed(void **state)
{
	struct house *h = *state, *other;
	char path[256];
	int64_t before;

	before = mail_events(h);
	keep_make(h, path);
	other = keep_open(h, path);
	assert_int_equal(mail_events(other), before + 1);
	did(other, run(other, "audit show", "last", "1", NULL),
	    "office restore");
	did(other, run(other, "audit show", "last", "1", NULL), "count=10000");
	did(other, run(other, "audit show", "last", "1", NULL),
	    "\"user\":\"mailroom\"");
	assert_int_equal(house_count(other,
			     "SELECT id FROM checkpoint "
			     "ORDER BY id DESC LIMIT 1"),
	    before + 1);
	keep_close(other);
}

/* Words on paper of the lost days tell that something is missing. */
static void
a_witness_of_the_lost_days_tells_of_them(void **state)
{
	struct house *h = *state, *other;
	char path[256], number[64], words[64];

	keep_make(h, path);
	mail_receive(h, 1, MR_INSIDE, number);
	did(h, run(h, "audit checkpoint", NULL), "words");
	house_value(h, "words", 0, words);
	other = keep_open(h, path);
	assert_int_equal(
	    run(other, "audit verify", "witness", words, NULL), MR_DAMAGED);
	did(h, run(h, "audit verify", "witness", words, NULL), "\"found\":0");
	keep_close(other);
}

static void
the_drill_leaves_nothing_behind(void **state)
{
	struct house *h = *state;
	struct mr_restored done;
	char path[256], dir[96];

	keep_make(h, path);
	snprintf(dir, sizeof(dir), "%s/drill", h->dir);
	assert_int_equal(keep_restore(h, path, dir, 1, &done), MR_OK);
	assert_true(done.sound);
	assert_string_equal(done.name, "Bridge Letters");
	assert_int_equal(keep_list(h->dir, "drill", NULL), 0);
	for (int i = 0; i < 3; i++) {
		char half[128];

		assert_int_equal(truncate(path, 100000 - 40000 * i), 0);
		snprintf(half, sizeof(half), "%s/half", h->dir);
		assert_int_equal(
		    keep_restore(h, path, half, 0, &done), MR_DAMAGED);
		assert_int_not_equal(access(half, F_OK), 0);
	}
	assert_int_equal(truncate(path, 200), 0);
	assert_int_equal(keep_restore(h, path, dir, 1, &done), MR_INVALID);
}

static void
an_office_is_never_written_over(void **state)
{
	struct house *h = *state;
	struct mr_restored done;
	char path[256];
	int64_t events;

	keep_make(h, path);
	events = mail_events(h);
	assert_int_equal(keep_restore(h, path, h->dir, 0, &done), MR_REFUSED);
	assert_non_null(strstr(h->error.message, "not empty"));
	assert_int_equal(mail_events(h), events);
	mail_sound(h);
}

static void
wrong_words_are_named_before_anything_is_made(void **state)
{
	struct house *h = *state;
	struct mr_restored done;
	char path[256], dir[96];
	char *symbol = &h->sheet.group[4][0];

	keep_make(h, path);
	snprintf(dir, sizeof(dir), "%s-not", h->dir);
	*symbol = *symbol == 'R' ? 'T' : 'R';
	assert_int_equal(keep_restore(h, path, dir, 0, &done), MR_INVALID);
	assert_non_null(strstr(h->error.message, "group 5"));
	assert_int_not_equal(access(dir, F_OK), 0);
}

/* An ID that was made in the lost days: the letter is logged all the same. */
static void
an_id_of_the_lost_days_is_logged_without_one(void **state)
{
	struct house *h = *state, *other;
	char path[256], id[32], number[64];

	keep_make(h, path);
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C5", NULL),
	    "P4");
	mail_id(h, 4, MR_INSIDE, id);
	other = keep_open(h, path);
	later(other, 10);
	did(other, run(other, "letter receive", "id", id, "sheets", "1", NULL),
	    "unidentified");
	house_value(other, "number", 0, number);
	stands(other, number, "unidentified");
	keep_close(other);
}

/* Envelopes that were printed again in the lost days must not match what is
 * printed after them. */
static void
a_copy_of_the_lost_days_is_an_old_page(void **state)
{
	struct house *h = *state, *other;
	char path[256], number[64], lost[32];

	mail_receive(h, 1, MR_INSIDE, number);
	mail_print(h, number);
	keep_make(h, path);
	mail_print(h, number);
	mail_scan(h, number, MR_PAYLOAD_ENVELOPE, 2, lost);
	other = keep_open(h, path);
	mail_print(other, number);
	assert_int_equal(mail_try(other, number, lost), MR_STOP);
	assert_null(strstr(other->answer, "MATCH"));
	did(other, mail_try(other, number, mail_envelope(other, number, lost)),
	    "\"verdict\":\"MATCH\"");
	mail_sound(other);
	keep_close(other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(a_restored_office_works_and_prints_an_envelope),
	    MAIL_TEST(the_mailroomd_of_the_old_machine_is_not_waited_for),
	    MAIL_TEST(paper_of_the_lost_days_is_ours_but_unknown),
	    MAIL_TEST(no_number_of_the_lost_days_is_given_again),
	    MAIL_TEST(a_second_restore_leaves_a_second_gap),
	    MAIL_TEST(the_restore_is_in_the_chain_and_signed),
	    MAIL_TEST(a_witness_of_the_lost_days_tells_of_them),
	    MAIL_TEST(the_drill_leaves_nothing_behind),
	    MAIL_TEST(an_office_is_never_written_over),
	    MAIL_TEST(wrong_words_are_named_before_anything_is_made),
	    MAIL_TEST(an_id_of_the_lost_days_is_logged_without_one),
	    MAIL_TEST(a_copy_of_the_lost_days_is_an_old_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
