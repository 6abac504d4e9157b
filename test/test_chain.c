/*
 * The bytes of the chain: the vectors of docs/chain.md computed again, what is
 * encoded comes back, and what is no event's bytes is refused.
 */
#include "test/house.h"

#include <sodium.h>

#include "lib/audit.h"
#include "lib/event.h"
#include "lib/rows.h"
#include "lib/text.h"
#include "lib/words.h"

#define AT INT64_C(1795448580000000)

static char doc[65536];

static int
read_doc(void **state)
{
	FILE *file = fopen("docs/chain.md", "r");

	(void)state;
	if (file == NULL)
		return -1;
	doc[fread(doc, 1, sizeof(doc) - 1, file)] = '\0';
	fclose(file);
	return sodium_init() < 0 ? -1 : 0;
}

static void
documented(const char *text)
{
	if (strstr(doc, text) == NULL)
		fail_msg("docs/chain.md does not have %s", text);
}

static void
hex_documented(const void *bytes, size_t len)
{
	struct mr_arena *arena = mr_arena_new(0);

	documented(mr_text_hex(arena, bytes, len));
	mr_arena_free(arena);
}

static void
count_up(unsigned char *bytes, size_t len, int first)
{
	for (size_t i = 0; i < len; i++)
		bytes[i] = (unsigned char)(first + (int)i);
}

static struct mr_event
first_event(const unsigned char *row)
{
	struct mr_event e = {.id = 1,
	    .at = AT,
	    .user = 1,
	    .station = 'A',
	    .op = 300,
	    .subject = MR_LETTER,
	    .subject_id = 1,
	    .nfields = 4};

	e.fields[0] = (struct mr_field){MR_F_ROW, 0, row, 16};
	e.fields[1] = (struct mr_field){MR_F_VERSION, 1, NULL, 0};
	e.fields[2] = (struct mr_field){MR_F_TO, 2, NULL, 0};
	e.fields[3] = (struct mr_field){MR_F_NUMBER, 'A' << 16 | 1, NULL, 0};
	return e;
}

static struct mr_event
second_event(const unsigned char *row)
{
	struct mr_event e = {.id = 2,
	    .at = AT + 60000000,
	    .user = 1,
	    .station = 'A',
	    .op = 303,
	    .subject = MR_LETTER,
	    .subject_id = 1,
	    .before = 1,
	    .has_request = 1,
	    .nfields = 5};

	count_up(e.request, 16, 16);
	e.fields[0] = (struct mr_field){MR_F_ROW, 0, row, 16};
	e.fields[1] = (struct mr_field){MR_F_VERSION, 2, NULL, 0};
	e.fields[2] = (struct mr_field){MR_F_FROM, 2, NULL, 0};
	e.fields[3] = (struct mr_field){MR_F_TO, 3, NULL, 0};
	e.fields[4] = (struct mr_field){MR_F_REASON, 25, NULL, 0};
	return e;
}

/* The hash after an event, everything on the way documented. */
static void
chained(const struct mr_event *e, unsigned char hash[MR_HASH])
{
	unsigned char body[MR_EVENT_MAX], digest[MR_HASH];
	size_t len = mr_event_encode(e, body);

	assert_true(len > 0);
	hex_documented(body, len);
	mr_chain_digest(body, len, digest);
	hex_documented(digest, sizeof(digest));
	mr_chain_link(hash, e->id, digest, hash);
	hex_documented(hash, MR_HASH);
}

static void
hash_two(unsigned char hash[MR_HASH])
{
	unsigned char office[16], row[16];
	struct mr_event e;

	count_up(office, 16, 0);
	mr_chain_start(office, 0, hash);
	hex_documented(hash, MR_HASH);
	count_up(row, 16, 0);
	e = first_event(row);
	chained(&e, hash);
	count_up(row, 16, 16);
	e = second_event(row);
	chained(&e, hash);
}

static void
the_documented_chain_is_ours(void **state)
{
	unsigned char hash[MR_HASH], other[MR_HASH], office[16];

	(void)state;
	hash_two(hash);
	count_up(office, 16, 0);
	mr_chain_start(office, 1, other);
	assert_memory_not_equal(hash, other, MR_HASH);
}

static void
the_documented_checkpoint_is_ours(void **state)
{
	unsigned char public[32], secret[64], seed[32], office[16];
	unsigned char hash[MR_HASH], bytes[MR_CHECKPOINT_BYTES], signature[64];
	struct mr_symbols word[MR_WITNESS_WORDS];
	char all[3 * MR_CODE_TEXT] = "", one[MR_CODE_TEXT];

	(void)state;
	hash_two(hash);
	count_up(office, 16, 0);
	count_up(seed, 32, 0);
	crypto_sign_seed_keypair(public, secret, seed);
	mr_checkpoint_bytes(office, 2, hash, bytes);
	crypto_sign_detached(signature, NULL, bytes, sizeof(bytes), secret);
	hex_documented(public, sizeof(public));
	hex_documented(bytes, sizeof(bytes));
	hex_documented(signature, sizeof(signature));
	mr_witness_make(hash, word);
	for (int i = 0; i < MR_WITNESS_WORDS; i++) {
		strcat(all, i > 0 ? " " : "");
		strcat(all, mr_code_format(&word[i], one));
	}
	documented(all);
}

/* The digest of the row that a statement answers. */
static void
row_documented(struct house *h, const char *select, const char *want)
{
	struct mr_call *c = house_begin(h);
	struct mr_arena *arena = mr_arena_new(0);
	struct sql_stmt *st = sql_prepare(c, select);
	unsigned char digest[MR_ROW_DIGEST];

	assert_int_equal(sql_row(st), 1);
	mr_row_digest(st, digest);
	assert_int_equal(sql_done(st), MR_OK);
	assert_string_equal(mr_text_hex(arena, digest, sizeof(digest)), want);
	documented(want);
	mr_arena_free(arena);
	house_end(c);
}

static void
the_documented_row_digests_are_ours(void **state)
{
	struct house *h = *state;

	row_documented(h, "SELECT 1, 'Danbury', NULL, x'0102', 1, 77",
	    "7f6910088af02ffeae8bbf7f5f2e2113");
	row_documented(
	    h, "SELECT -1, 1, 77", "1a6796b101c4c4119f82840129d06273");
}

/* A digest over a row that is longer than the buffer it is gathered in. */
static void
long_rows_are_hashed_like_short_ones(void **state)
{
	struct house *h = *state;
	struct mr_call *c = house_begin(h);
	unsigned char head[18] = {'B', 0, 0, 0, 0, 0, 0, 0x12, 0x34};
	unsigned char want[MR_ROW_DIGEST], got[MR_ROW_DIGEST];
	static unsigned char zeros[0x1234];
	crypto_generichash_state hash;
	struct sql_stmt *st = sql_prepare(c, "SELECT zeroblob(4660), 1, 77");

	crypto_generichash_init(&hash, NULL, 0, sizeof(want));
	crypto_generichash_update(&hash, head, 9);
	crypto_generichash_update(&hash, zeros, sizeof(zeros));
	memset(head, 0, sizeof(head));
	head[0] = 'I';
	head[8] = 1;
	crypto_generichash_update(&hash, head, 9);
	crypto_generichash_final(&hash, want, sizeof(want));
	assert_int_equal(sql_row(st), 1);
	mr_row_digest(st, got);
	assert_int_equal(sql_done(st), MR_OK);
	assert_memory_equal(got, want, sizeof(want));
	house_end(c);
}

static void
every_table_and_field_is_documented(void **state)
{
	char line[512];

	(void)state;
	for (int i = 1; i < MR_NSUBJECTS; i++) {
		const struct mr_table *t = mr_table(i);
		const char *columns = t->walk + strlen("SELECT ");
		const char *end = strstr(columns, ", version, event FROM ");

		assert_non_null(end);
		snprintf(line, sizeof(line), "| %d | %s | %.*s |\n", i, t->name,
		    (int)(end - columns), columns);
		documented(line);
	}
	for (int tag = 1; tag < MR_F_END; tag++) {
		snprintf(line, sizeof(line), "| %d | %s | %s |\n", tag,
		    mr_field_name(tag),
		    mr_field_is_bytes(tag) ? "bytes" : "number");
		documented(line);
	}
	assert_null(mr_field_name(MR_F_END));
	assert_null(mr_field_name(0));
	documented("operation 404");
	assert_int_equal(MR_AUDIT_DROP, 404);
	assert_string_equal(
	    mr_op_by_number(MR_AUDIT_CHECKPOINT)->name, "audit checkpoint");
	assert_string_equal(mr_op_by_number(402)->name, "audit verify");
	assert_null(mr_op_by_number(MR_AUDIT_DROP));
}

/* A number that is often small and sometimes as large as may be. */
static int64_t
some_number(void)
{
	uint64_t n =
	    (uint64_t)randombytes_random() << 32 | randombytes_random();

	return (int64_t)(n >> (1 + randombytes_uniform(63)));
}

static struct mr_event
some_event(unsigned char bytes[255])
{
	struct mr_event e = {.id = some_number(),
	    .at = some_number(),
	    .user = some_number(),
	    .station = (int)randombytes_uniform(256),
	    .op = (int)randombytes_uniform(65536),
	    .subject = (int)randombytes_uniform(256),
	    .subject_id = some_number(),
	    .before = some_number()};
	int bytes_used = 0;

	e.has_request = (int)randombytes_uniform(2);
	if (e.has_request)
		randombytes_buf(e.request, sizeof(e.request));
	e.nfields = (int)randombytes_uniform(25);
	randombytes_buf(bytes, 255);
	for (int i = 0; i < e.nfields; i++) {
		int tag = 1 + (int)randombytes_uniform(MR_F_END - 1);

		e.fields[i].tag = (enum mr_tag)tag;
		if (!mr_field_is_bytes(tag)) {
			e.fields[i].number = some_number();
			continue;
		}
		e.fields[i].bytes = bytes;
		e.fields[i].len =
		    bytes_used++ < 2 ? randombytes_uniform(256) : 0;
	}
	return e;
}

static void
what_is_encoded_comes_back(void **state)
{
	unsigned char body[MR_EVENT_MAX], again[MR_EVENT_MAX], bytes[255];
	struct mr_event e, back;
	size_t len;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		e = some_event(bytes);
		len = mr_event_encode(&e, body);
		assert_true(len > 0);
		assert_int_equal(mr_event_decode(&back, body, len), 0);
		assert_int_equal(back.id, e.id);
		assert_int_equal(back.at, e.at);
		assert_int_equal(back.user, e.user);
		assert_int_equal(back.station, e.station);
		assert_int_equal(back.op, e.op);
		assert_int_equal(back.subject, e.subject);
		assert_int_equal(back.subject_id, e.subject_id);
		assert_int_equal(back.before, e.before);
		assert_int_equal(back.has_request, e.has_request);
		assert_memory_equal(back.request, e.request, 16);
		assert_int_equal(back.nfields, e.nfields);
		for (int j = 0; j < e.nfields; j++) {
			assert_int_equal(back.fields[j].tag, e.fields[j].tag);
			assert_int_equal(
			    back.fields[j].number, e.fields[j].number);
			assert_int_equal(back.fields[j].len, e.fields[j].len);
			if (e.fields[j].len > 0)
				assert_memory_equal(back.fields[j].bytes,
				    e.fields[j].bytes, e.fields[j].len);
		}
		assert_int_equal(mr_event_encode(&back, again), len);
		assert_memory_equal(again, body, len);
	}
}

static void
what_does_not_fit_is_not_encoded(void **state)
{
	unsigned char body[MR_EVENT_MAX], bytes[256] = {0};
	struct mr_event e = {.nfields = 1};

	(void)state;
	e.fields[0] = (struct mr_field){MR_F_COUNT, -1, NULL, 0};
	assert_int_equal(mr_event_encode(&e, body), 0);
	e.fields[0] = (struct mr_field){MR_F_TEXT, 0, bytes, 256};
	assert_int_equal(mr_event_encode(&e, body), 0);
	e.nfields = 5;
	for (int i = 0; i < 5; i++)
		e.fields[i] = (struct mr_field){MR_F_TEXT, 0, bytes, 255};
	assert_int_equal(mr_event_encode(&e, body), 0);
}

static int
decodes(const unsigned char *body, size_t len)
{
	/* From memory of just that size, so that a reach too far shows. */
	unsigned char *copy = malloc(len > 0 ? len : 1);
	struct mr_event e;
	int got;

	assert_non_null(copy);
	memcpy(copy, body, len);
	got = mr_event_decode(&e, copy, len);
	free(copy);
	return got == 0;
}

static void
what_is_no_event_is_refused(void **state)
{
	unsigned char row[16] = {0}, body[MR_EVENT_MAX], bad[MR_EVENT_MAX];
	struct mr_event e = second_event(row);
	size_t len = mr_event_encode(&e, body);
	const size_t request = 45, fields = request + 17;

	(void)state;
	assert_true(decodes(body, len));
	for (size_t cut = 0; cut < len; cut++)
		assert_false(decodes(body, cut));
	body[len] = 0;
	assert_false(decodes(body, len + 1));
	memcpy(bad, body, len);
	bad[0] = 2; /* another format */
	assert_false(decodes(bad, len));
	memcpy(bad, body, len);
	bad[1] = 0x80; /* an id that is negative */
	assert_false(decodes(bad, len));
	memcpy(bad, body, len);
	bad[request] = 15;
	assert_false(decodes(bad, len));
	memcpy(bad, body, len);
	bad[fields] = 25;
	assert_false(decodes(bad, len));
	memcpy(bad, body, len);
	bad[fields + 1] = MR_F_END; /* no such tag */
	assert_false(decodes(bad, len));
	memcpy(bad, body, len);
	bad[fields + 1] = 0;
	assert_false(decodes(bad, len));
	memcpy(bad, body, len);
	bad[len - 1] = 0; /* a zero is written in no bytes */
	assert_false(decodes(bad, len));
	memcpy(bad, body, len);
	bad[len - 2] = 9; /* a number of nine bytes */
	memset(bad + len - 1, 1, 9);
	assert_false(decodes(bad, len + 8));
	bad[len - 2] = 8; /* one over 63 bits */
	memset(bad + len - 1, 0xff, 8);
	assert_false(decodes(bad, len + 7));
}

/* Whatever decodes has one spelling only. */
static void
no_two_bodies_mean_the_same(void **state)
{
	unsigned char row[16] = {0}, body[MR_EVENT_MAX], again[MR_EVENT_MAX];
	struct mr_event e = second_event(row), back;
	size_t len = mr_event_encode(&e, body);
	int decoded = 0;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		size_t at = randombytes_uniform((uint32_t)len);
		unsigned char was = body[at];

		body[at] = (unsigned char)randombytes_uniform(256);
		if (mr_event_decode(&back, body, len) == 0) {
			decoded++;
			assert_int_equal(mr_event_encode(&back, again), len);
			assert_memory_equal(again, body, len);
		}
		body[at] = was;
	}
	assert_true(decoded > 1000);
}

int
main(void)
{
#define IN_HOUSE(name) \
	cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_documented_chain_is_ours),
	    cmocka_unit_test(the_documented_checkpoint_is_ours),
	    IN_HOUSE(the_documented_row_digests_are_ours),
	    IN_HOUSE(long_rows_are_hashed_like_short_ones),
	    cmocka_unit_test(every_table_and_field_is_documented),
	    cmocka_unit_test(what_is_encoded_comes_back),
	    cmocka_unit_test(what_does_not_fit_is_not_encoded),
	    cmocka_unit_test(what_is_no_event_is_refused),
	    cmocka_unit_test(no_two_bodies_mean_the_same),
	};
#undef IN_HOUSE

	return cmocka_run_group_tests(tests, read_doc, NULL);
}
