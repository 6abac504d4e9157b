/*
 * audit verify against somebody who writes the chain again: checkpoints, words
 * on paper, and what none of them shows, which docs/chain.md says; chains of
 * many pieces; an export that is proved by that page alone.
 */
#include "test/intruder.h"

#include <pthread.h>
#include <stdatomic.h>

#include "lib/text.h"

static void
a_checkpoint_is_held_against_chain_and_signature(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);

	keep(db, "checkpoint");
	does(db, "UPDATE checkpoint SET signature = zeroblob(64)");
	damage(h, "does not carry this office's signature");
	put_back(db, "checkpoint");
	does(db, "UPDATE checkpoint SET signature = x''");
	damage(h, "does not carry this office's signature");
	put_back(db, "checkpoint");
	does(db, "UPDATE checkpoint SET hash = zeroblob(32)");
	damage(h, "does not carry this office's signature");
	put_back(db, "checkpoint");
	does(db, "UPDATE checkpoint SET hash = x'00'");
	damage(h, "has no hash");
	put_back(db, "checkpoint");
	does(db,
	    "UPDATE checkpoint SET id = id - 1 WHERE id = "
	    "(SELECT max(id) FROM checkpoint)");
	damage(h, "was asked for and is missing");
	put_back(db, "checkpoint");
	does(db, "DELETE FROM checkpoint");
	damage(h, "was asked for and is missing");
	put_back(db, "checkpoint");
	sound(h);
	does(db, "UPDATE site SET sign_public = zeroblob(32)");
	damage(h, "site 0");
	sqlite3_close(db);
}

static void
a_chain_written_again_breaks_its_checkpoints(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);

	/* Another minute in an early event. */
	flip(db, "body", 6, 15, 1);
	hash_again(h, db, 6);
	damage(h, "signs another hash than the chain has");
	sqlite3_close(db);
}

static void
another_key_does_not_sign_for_this_office(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);
	unsigned char public[32], secret[64];

	crypto_sign_keypair(public, secret);
	sign_again(h, db, 1, secret);
	damage(h, "does not carry this office's signature");
	sqlite3_close(db);
}

/* The limit that docs/chain.md states, from both of its sides. */
static void
only_paper_shows_an_edit_by_who_holds_the_key(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);
	char first[64], second[64];
	int64_t edited;

	did(h, run(h, "audit checkpoint", NULL), "words");
	house_value(h, "words", 0, first);
	notes(h, 5);
	edited = number(db, "SELECT max(id) FROM event") - 2;
	did(h, run(h, "audit checkpoint", NULL), "words");
	house_value(h, "words", 0, second);
	assert_int_equal(verify_paper(h, first, 0), MR_OK);
	assert_int_equal(verify_paper(h, second, 0), MR_OK);
	/* Who did it, in an event after the first words, before the second. */
	flip(db, "body", edited, 24, 2);
	damage(h, "does not follow");
	hash_again(h, db, edited);
	sign_again(h, db, edited, h->mr->keys->sign);
	sound(h);
	assert_int_equal(verify_paper(h, first, 0), MR_OK);
	assert_int_equal(verify_paper(h, second, 0), MR_DAMAGED);
	assert_non_null(strstr(h->answer, "stand at no event"));
	sqlite3_close(db);
}

static void
words_from_paper_name_their_event(void **state)
{
	struct house *h = *state;
	char words[64], event[64], other[80];
	sqlite3 *db = intruder(h);

	did(h, run(h, "audit checkpoint", NULL), "words");
	house_value(h, "words", 0, words);
	house_value(h, "event", 0, event);
	notes(h, 3);
	did(h, run(h, "audit verify", "witness", words, "event", event, NULL),
	    "\"witness\":");
	assert_string_equal(house_value(h, "witness", 0, other), event);
	assert_int_equal(verify_paper(h, words, atoll(event) + 1), MR_DAMAGED);
	assert_non_null(strstr(h->answer, "stand at event"));
	refused(h, run(h, "audit verify", "event", "3", NULL), MR_USAGE,
	    "--witness");
	words[5] = words[5] == '2' ? '3' : '2';
	refused(h, run(h, "audit verify", "witness", words, NULL), MR_INVALID,
	    "word 1 of three");
	refused(h, run(h, "audit verify", "witness", "222-2VF-FH5", NULL),
	    MR_INVALID, "word ");
	/* Well-formed words of another office. */
	assert_int_equal(
	    verify_paper(h, "8CM-5C6-3C2 43K-FV7-F4K 23P-T63-865", 0),
	    MR_DAMAGED);
	assert_non_null(strstr(h->answer, "stand at no event"));
	sqlite3_close(db);
}

static void
a_rollback_is_shown_by_paper(void **state)
{
	struct house *h = *state;
	char words[64], backup[160];
	sqlite3 *db = intruder(h), *copy = NULL;
	sqlite3_backup *b;

	snprintf(backup, sizeof(backup), "%s/mailroom.conf", h->dir);
	sqlite3_open(backup, &copy);
	b = sqlite3_backup_init(copy, "main", db, "main");
	sqlite3_backup_step(b, -1);
	sqlite3_backup_finish(b);
	notes(h, 10);
	did(h, run(h, "audit checkpoint", NULL), "words");
	house_value(h, "words", 0, words);
	/* Yesterday's database in the place of today's. */
	b = sqlite3_backup_init(db, "main", copy, "main");
	sqlite3_backup_step(b, -1);
	sqlite3_backup_finish(b);
	sound(h);
	assert_int_equal(verify_paper(h, words, 0), MR_DAMAGED);
	assert_non_null(strstr(h->answer, "stand at no event"));
	sqlite3_close(copy);
	sqlite3_close(db);
}

static void
a_time_that_runs_backwards_is_seen(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);
	int64_t last = number(db, "SELECT max(id) FROM event");

	/* Years earlier, hashed and signed again. */
	flip(db, "body", last, 10, 2);
	hash_again(h, db, last);
	sign_again(h, db, last, h->mr->keys->sign);
	damage(h, "is older than the entry before it");
	sqlite3_close(db);
}

static void
long_chains_are_proved_by_several_threads(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);
	/* The last of one piece, the first of the next, and far in. */
	static const int places[] = {16384, 16385, 16386, 40000, 49152, 49153};

	notes(h, 50000);
	sound(h);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		char named[32];

		snprintf(named, sizeof(named), "\"event %d\"", places[i]);
		flip(db, "body", places[i], 20, 4);
		damage(h, named);
		flip(db, "body", places[i], 20, 4);
		flip(db, "hash", places[i], 3, 4);
		damage(h, named);
		flip(db, "hash", places[i], 3, 4);
	}
	does(db,
	    "CREATE TABLE kept AS SELECT * FROM event WHERE id IN "
	    "(16384, 16385)");
	does(db, "DELETE FROM event WHERE id = 16384");
	damage(h, "\"event 16384\",\"what\":\"is missing");
	does(db, "DELETE FROM event WHERE id = 16385");
	damage(h, "\"event 16385\",\"what\":\"is missing");
	does(db, "INSERT INTO event SELECT * FROM kept");
	sound(h);
	/* All that is wrong is counted, the first are told. */
	does(db, "UPDATE event SET hash = zeroblob(32) WHERE id > 20000");
	damage(h, "\"event 20001\"");
	assert_null(strstr(h->answer, "\"found\":50,"));
	sqlite3_close(db);
}

/* A colleague who goes on working on a connection of their own. */
struct colleague {
	struct mr *mr;
	struct mr_error error;
	atomic_int stop, failed, wrote;
};

static void *
work(void *arg)
{
	struct colleague *w = arg;

	while (!atomic_load(&w->stop)) {
		struct mr_call *c = mr_call_start(w->mr, 0, &w->error);
		enum mr_status status = mr_begin(c, 1);

		for (int i = 0; i < 20 && status == MR_OK; i++)
			status = mr_event_note(c, MR_PAIRING, 1, NULL);
		if (status == MR_OK)
			status = mr_event_note(c, MR_LETTER, 1, NULL);
		if (status == MR_OK)
			status = mr_end(c, MR_OK);
		mr_call_end(c);
		if (status != MR_OK)
			atomic_store(&w->failed, 1);
		else
			atomic_fetch_add(&w->wrote, 1);
	}
	return NULL;
}

static void
an_office_at_work_is_sound(void **state)
{
	struct house *h = *state;
	struct mr_options options = {.dir = h->dir, .db = house_db(h)};
	struct colleague w = {.mr = NULL};
	pthread_t thread;

	notes(h, 40000);
	assert_int_equal(mr_open(&options, &w.mr, &w.error), MR_OK);
	assert_int_equal(pthread_create(&thread, NULL, work, &w), 0);
	while (atomic_load(&w.wrote) < 3)
		usleep(1000);
	for (int i = 0; i < 8; i++)
		if (verify(h) != MR_OK) {
			atomic_store(&w.stop, 1);
			pthread_join(thread, NULL);
			fail_msg("%s", h->answer);
		}
	atomic_store(&w.stop, 1);
	pthread_join(thread, NULL);
	assert_int_equal(w.failed, 0);
	mr_close(w.mr);
	sound(h);
}

/* One hex field of a CSV line, up to its comma or line end. */
static const char *
hex_field(const char *at, unsigned char *bytes, size_t size, long *len)
{
	size_t n = strcspn(at, ",\n");
	char text[2 * MR_EVENT_MAX + 1];

	assert_true(n < sizeof(text));
	memcpy(text, at, n);
	text[n] = '\0';
	*len = mr_text_unhex(text, bytes, size);
	return at + n + 1;
}

static char *exported;

static int
take_export(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	(void)to;
	(void)type;
	assert_string_equal(name, "chain.csv");
	assert_int_equal(secret, 0);
	exported = strndup(bytes, len);
	return 0;
}

/* By docs/chain.md alone: body, digest and hash of every line. */
static void
an_export_can_be_proved_without_us(void **state)
{
	struct house *h = *state;
	unsigned char body[MR_EVENT_MAX], told[32], digest[32], hash[32];
	int64_t n = 0;
	const char *at;
	long len;

	h->document = take_export;
	did(h, run(h, "audit export", NULL), "\"first\":1,");
	mr_chain_start(h->mr->site.office, 0, hash);
	at = strchr(exported, '\n') + 1;
	while (*at != '\0') {
		assert_int_equal(strtoll(at, NULL, 10), ++n);
		at = hex_field(strchr(at, ',') + 1, body, sizeof(body), &len);
		assert_true(len > 0);
		mr_chain_digest(body, (size_t)len, digest);
		at = hex_field(at, told, sizeof(told), &len);
		assert_memory_equal(told, digest, 32);
		mr_chain_link(hash, n, digest, hash);
		at = hex_field(at, told, sizeof(told), &len);
		assert_memory_equal(told, hash, 32);
	}
	assert_true(n >= 20);
	free(exported);
	refused(h, run(h, "audit export", "format", "xml", NULL), MR_INVALID,
	    "csv or jsonl");
	refused(h, run(h, "audit export", "from", "100000", NULL), MR_NOTFOUND,
	    "ends at event");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_checkpoint_is_held_against_chain_and_signature),
	    TEST(a_chain_written_again_breaks_its_checkpoints),
	    TEST(another_key_does_not_sign_for_this_office),
	    TEST(only_paper_shows_an_edit_by_who_holds_the_key),
	    TEST(words_from_paper_name_their_event),
	    TEST(a_rollback_is_shown_by_paper),
	    TEST(a_time_that_runs_backwards_is_seen),
	    TEST(long_chains_are_proved_by_several_threads),
	    TEST(an_office_at_work_is_sound),
	    TEST(an_export_can_be_proved_without_us),
	};
#undef TEST

	return cmocka_run_group_tests(tests, NULL, NULL);
}
