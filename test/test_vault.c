/*
 * Sealed records: open in their own row only, and only while somebody who
 * holds the key is here.
 */
#include "test/house.h"

#include "lib/box.h"
#include "lib/vault.h"

static const char *const texts[] = {
    "Amara Quillfeather", NULL, "40312-999", "2374 Foundry Ct"};
#define NTEXTS 4

/* A box with what it is about. */
struct sealed {
	struct mr_context context;
	unsigned char box[1024];
	size_t len;
	unsigned char hash[32];
};

static struct mr_call *
start(struct house *h)
{
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);

	c->user = 1;
	return c;
}

static void
unlock(struct mr_call *c)
{
	assert_int_equal(mr_vault_open(c, HOUSE_PASSPHRASE), MR_OK);
	assert_non_null(c->vault);
}

static void
seal(struct mr_call *c, struct sealed *s, enum mr_subject table, int64_t row,
    int kind, int64_t version)
{
	const void *box;

	s->context = (struct mr_context){table, row, kind, version};
	assert_int_equal(
	    mr_seal(c, &s->context, texts, NTEXTS, &box, &s->len, s->hash),
	    MR_OK);
	assert_true(s->len <= sizeof(s->box));
	memcpy(s->box, box, s->len);
}

static enum mr_status
unseal(
    struct mr_call *c, const struct mr_context *context, const struct sealed *s)
{
	const char *out[NTEXTS];

	return mr_unseal(c, context, s->box, s->len, out, NTEXTS);
}

static void
a_record_comes_back_word_for_word(void **state)
{
	struct mr_call *c = start(*state);
	const char *out[NTEXTS];
	unsigned char hash[32];
	struct sealed s;

	seal(c, &s, MR_SEALED, 7, 1, 3);
	unlock(c);
	assert_int_equal(
	    mr_unseal(c, &s.context, s.box, s.len, out, NTEXTS), MR_OK);
	for (int i = 0; i < NTEXTS; i++)
		assert_string_equal(out[i], texts[i] != NULL ? texts[i] : "");
	crypto_generichash(hash, 32, s.box, s.len, NULL, 0);
	assert_memory_equal(hash, s.hash, 32);
	mr_call_end(c);
}

static void
short_and_longer_texts_make_boxes_of_one_size(void **state)
{
	struct mr_call *c = start(*state);
	const char *brief[] = {"A", "B"};
	const char *longer[] = {"Amara Quillfeather of the long name",
	    "2374 Foundry Court, behind the old mill, ring twice"};
	struct mr_context context = {MR_ADDRESS, 1, 0, 1};
	unsigned char hash[32];
	const void *a, *b;
	size_t alen, blen;

	assert_int_equal(
	    mr_seal(c, &context, brief, 2, &a, &alen, hash), MR_OK);
	assert_int_equal(
	    mr_seal(c, &context, longer, 2, &b, &blen, hash), MR_OK);
	assert_int_equal(alen, blen);
	assert_int_equal((alen - MR_BOX_EXTRA) % 256, 0);
	mr_call_end(c);
}

static void
the_same_record_never_gives_the_same_box(void **state)
{
	struct mr_call *c = start(*state);
	struct sealed a, b;

	seal(c, &a, MR_SEALED, 7, 1, 3);
	seal(c, &b, MR_SEALED, 7, 1, 3);
	assert_memory_not_equal(a.box, b.box, a.len);
	mr_call_end(c);
}

static void
boxes_swapped_between_rows_tables_kinds_and_versions_are_refused(void **state)
{
	struct house *h = *state;
	struct mr_call *c = start(h);
	struct sealed s[32];
	int n = 0, opened = 0;

	for (int table = 0; table < 2; table++)
		for (int64_t row = 1; row < 5; row++)
			for (int kind = 1; kind < 3; kind++)
				for (int64_t version = 1; version < 3;
				     version++)
					seal(c, &s[n++],
					    table ? MR_SEALED : MR_ADDRESS, row,
					    kind, version);
	assert_int_equal(n, 32);
	unlock(c);
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++) {
			enum mr_status status = unseal(c, &s[i].context, &s[j]);

			assert_int_equal(status, i == j ? MR_OK : MR_DAMAGED);
			opened += status == MR_OK;
		}
	assert_int_equal(opened, n);
	mr_call_end(c);
}

static void
a_changed_or_cut_box_is_refused(void **state)
{
	struct mr_call *c = start(*state);
	struct sealed s;

	seal(c, &s, MR_SEALED, 7, 1, 3);
	unlock(c);
	for (size_t i = 0; i < s.len; i += 3) {
		s.box[i] ^= 0x40;
		assert_int_equal(unseal(c, &s.context, &s), MR_DAMAGED);
		s.box[i] ^= 0x40;
	}
	assert_int_equal(unseal(c, &s.context, &s), MR_OK);
	while (s.len-- > 0)
		assert_int_equal(unseal(c, &s.context, &s), MR_DAMAGED);
	mr_call_end(c);
}

static void
a_record_of_another_number_of_texts_is_refused(void **state)
{
	struct mr_call *c = start(*state);
	const char *out[NTEXTS + 1];
	struct sealed s;

	seal(c, &s, MR_SEALED, 7, 1, 3);
	unlock(c);
	for (size_t n = 0; n <= NTEXTS + 1; n++)
		assert_int_equal(mr_unseal(c, &s.context, s.box, s.len, out, n),
		    n == NTEXTS ? MR_OK : MR_DAMAGED);
	mr_call_end(c);
}

static void
what_is_too_long_is_refused_and_64_thousand_fit(void **state)
{
	struct mr_call *c = start(*state);
	struct mr_context context = {MR_SEALED, 1, 2, 1};
	char *story = mr_alloc(c->arena, 70000);
	const char *one[1] = {story};
	unsigned char hash[32];
	const char *out[1];
	const void *box;
	size_t len;

	memset(story, 'x', 65000);
	assert_int_equal(mr_seal(c, &context, one, 1, &box, &len, hash), MR_OK);
	unlock(c);
	assert_int_equal(mr_unseal(c, &context, box, len, out, 1), MR_OK);
	assert_string_equal(out[0], story);
	memset(story, 'x', 66000);
	assert_int_equal(
	    mr_seal(c, &context, one, 1, &box, &len, hash), MR_INVALID);
	mr_call_end(c);
}

static void
a_closed_vault_takes_and_does_not_give(void **state)
{
	struct house *h = *state;
	struct mr_call *c = start(h);
	unsigned char tag[16];
	struct sealed s;

	seal(c, &s, MR_SEALED, 7, 1, 3);
	assert_int_equal(unseal(c, &s.context, &s), MR_LOCKED);
	assert_int_equal(mr_blind_tag(c, 1, "Amara", tag), MR_LOCKED);
	unlock(c);
	assert_int_equal(unseal(c, &s.context, &s), MR_OK);
	mr_vault_close(h->mr);
	assert_null(c->vault);
	assert_int_equal(unseal(c, &s.context, &s), MR_LOCKED);
	mr_call_end(c);
}

static void
tags_find_a_name_however_it_is_typed(void **state)
{
	static const char *const same[] = {"Nguyễn O'Neil-Łukasz",
	    "NGUYEN ONEIL LUKASZ", " nguyen  o'neil lukasz "};
	struct mr_call *c = start(*state);
	unsigned char first[16], tag[16];

	unlock(c);
	assert_int_equal(mr_blind_tag(c, 1, same[0], first), MR_OK);
	for (int i = 1; i < 3; i++) {
		assert_int_equal(mr_blind_tag(c, 1, same[i], tag), MR_OK);
		assert_memory_equal(tag, first, 16);
	}
	assert_int_equal(mr_blind_tag(c, 2, same[0], tag), MR_OK);
	assert_memory_not_equal(tag, first, 16);
	assert_int_equal(mr_blind_tag(c, 2, "40312-999", first), MR_OK);
	assert_int_equal(mr_blind_tag(c, 2, "40312999", tag), MR_OK);
	assert_memory_equal(tag, first, 16);
	assert_int_equal(mr_blind_tag(c, 2, "40313-999", tag), MR_OK);
	assert_memory_not_equal(tag, first, 16);
	assert_int_equal(mr_blind_tag(c, 2, " - ", tag), MR_INVALID);
	mr_call_end(c);
}

static void
a_record_of_another_office_does_not_open(void **state)
{
	struct house *h = *state, *other;
	void *second = NULL;
	struct mr_call *c;
	struct sealed s;

	assert_int_equal(house_setup(&second), 0);
	other = second;
	c = start(other);
	seal(c, &s, MR_SEALED, 7, 1, 3);
	mr_call_end(c);
	c = start(h);
	unlock(c);
	assert_int_equal(unseal(c, &s.context, &s), MR_DAMAGED);
	mr_call_end(c);
	house_teardown(&second);
}

/* Put other bytes into a column of the users or site row. */
static void
change(struct house *h, const char *sql)
{
	struct mr_call *c = house_begin(h);

	assert_int_equal(sql_done(sql_prepare(c, sql)), MR_OK);
	house_end(c);
}

static enum mr_status
open_with(struct house *h, const char *passphrase)
{
	struct mr_call *c = start(h);
	enum mr_status status = mr_vault_open(c, passphrase);

	mr_call_end(c);
	return status;
}

static void
a_wrong_passphrase_says_so_and_never_repeats_it(void **state)
{
	struct house *h = *state;

	assert_int_equal(
	    open_with(h, "eight grey geese over the ferry"), MR_LOCKED);
	assert_non_null(strstr(h->error.message, "not the passphrase"));
	assert_null(strstr(h->error.message, "geese"));
	assert_int_equal(open_with(h, ""), MR_LOCKED);
	assert_null(h->mr->vault);
}

static void
keys_of_one_user_do_not_serve_another(void **state)
{
	struct house *h = *state;

	/* admin's row gets all that the coordinator's holds. */
	change(h,
	    SQL_SCAN "UPDATE users SET public = u.public, "
		     "secret_box = u.secret_box, salt = u.salt, "
		     "ops = u.ops, mem = u.mem, grant_box = u.grant_box, "
		     "grant_version = u.grant_version "
		     "FROM (SELECT * FROM users WHERE id = 1) AS u "
		     "WHERE users.id = 2");
	struct mr_call *c = start(h);

	c->user = 2;
	assert_int_equal(mr_vault_open(c, HOUSE_PASSPHRASE), MR_LOCKED);
	mr_call_end(c);
}

static void
a_cost_that_we_never_store_is_not_paid(void **state)
{
	struct house *h = *state;

	change(h, "UPDATE users SET mem = 1099511627776 WHERE id = 1");
	assert_int_equal(open_with(h, HOUSE_PASSPHRASE), MR_DAMAGED);
	change(h, "UPDATE users SET mem = 8192, ops = 1 WHERE id = 1");
	assert_int_equal(open_with(h, HOUSE_PASSPHRASE), MR_DAMAGED);
}

static void
a_changed_grant_or_vault_key_is_damage(void **state)
{
	struct house *h = *state;

	change(
	    h, "UPDATE site SET vault_public = recovery_public WHERE id = 0");
	assert_int_equal(open_with(h, HOUSE_PASSPHRASE), MR_DAMAGED);
	change(h, "UPDATE users SET grant_box = secret_box WHERE id = 1");
	assert_int_equal(open_with(h, HOUSE_PASSPHRASE), MR_DAMAGED);
	assert_null(h->mr->vault);
}

static void
a_passphrase_costs_what_is_stored_with_it(void **state)
{
	struct house *h = *state;

	assert_int_equal(
	    house_count(h, "SELECT ops FROM users WHERE id = 1"), 2);
	assert_int_equal(
	    house_count(h, "SELECT mem FROM users WHERE id = 1"), 19 << 20);
	mr_cost = (struct mr_cost){1, 1};
	h->passphrase = HOUSE_PASSPHRASE;
	h->new_passphrase = "nine brown bears below the bridge";
	did(h, run(h, "user passphrase", NULL), "ruth");
	assert_int_equal(
	    house_count(h, "SELECT mem FROM users WHERE id = 1"), 19 << 20);
	mr_cost = (struct mr_cost){MR_COST_OPS, MR_COST_MEM};
	h->passphrase = h->new_passphrase;
	h->new_passphrase = HOUSE_PASSPHRASE;
	did(h, run(h, "user passphrase", NULL), "ruth");
	assert_int_equal(
	    house_count(h, "SELECT mem FROM users WHERE id = 1"), 64 << 20);
	assert_int_equal(open_with(h, HOUSE_PASSPHRASE), MR_OK);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, house_setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_record_comes_back_word_for_word),
	    TEST(short_and_longer_texts_make_boxes_of_one_size),
	    TEST(the_same_record_never_gives_the_same_box),
	    TEST(
		boxes_swapped_between_rows_tables_kinds_and_versions_are_refused),
	    TEST(a_changed_or_cut_box_is_refused),
	    TEST(a_record_of_another_number_of_texts_is_refused),
	    TEST(what_is_too_long_is_refused_and_64_thousand_fit),
	    TEST(a_closed_vault_takes_and_does_not_give),
	    TEST(tags_find_a_name_however_it_is_typed),
	    TEST(a_record_of_another_office_does_not_open),
	    TEST(a_wrong_passphrase_says_so_and_never_repeats_it),
	    TEST(keys_of_one_user_do_not_serve_another),
	    TEST(a_cost_that_we_never_store_is_not_paid),
	    TEST(a_changed_grant_or_vault_key_is_damage),
	    TEST(a_passphrase_costs_what_is_stored_with_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
