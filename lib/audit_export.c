/*
 * The chain as a document, byte for byte as it is hashed: whoever has it and
 * docs/chain.md can prove it without this program.
 */
#include <stdio.h>
#include <string.h>

#include "lib/audit.h"
#include "lib/event.h"
#include "lib/handle.h"

#define EXPORT_MAX 200000

/* A text that grows in the arena, by doubling. */
struct page {
	struct mr_call *c;
	char *text;
	size_t len, size;
};

static void
put(struct page *page, const char *s, size_t len)
{
	size_t size = page->size * 2 > 65536 ? page->size * 2 : 65536;
	char *more;

	if (page->len + len > page->size) {
		if (size < page->len + len)
			size = page->len + len;
		more = mr_alloc(page->c->arena, size);
		if (more == NULL)
			return;
		if (page->len > 0)
			memcpy(more, page->text, page->len);
		page->text = more;
		page->size = size;
	}
	memcpy(page->text + page->len, s, len);
	page->len += len;
}

static void
put_text(struct page *page, const char *s)
{
	put(page, s, strlen(s));
}

static void
put_hex(struct page *page, const unsigned char *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		char two[2] = {digits[bytes[i] >> 4], digits[bytes[i] & 15]};

		put(page, two, 2);
	}
}

/* id, body, digest, hash; a body that was dropped is empty. */
static void
put_event(struct page *page, struct sql_stmt *st, int csv)
{
	static const char *const json[] = {"{\"event\":", ",\"body\":\"",
	    "\",\"digest\":\"", "\",\"hash\":\"", "\"}\n"};
	static const char *const commas[] = {"", ",", ",", ",", "\n"};
	const char *const *between = csv ? commas : json;
	unsigned char digest[MR_HASH] = {0};
	const unsigned char *body, *kept, *hash;
	size_t len, kept_len, hash_len;
	char number[24];

	snprintf(number, sizeof(number), "%lld",
	    (long long)(MR_SEQ(sql_col_int(st, 0))));
	body = sql_col_blob(st, 1, &len);
	kept = sql_col_blob(st, 2, &kept_len);
	hash = sql_col_blob(st, 3, &hash_len);
	if (body != NULL)
		mr_chain_digest(body, len, digest);
	else if (kept != NULL && kept_len == MR_HASH)
		memcpy(digest, kept, MR_HASH);
	put_text(page, between[0]);
	put_text(page, number);
	put_text(page, between[1]);
	put_hex(page, body, body != NULL ? len : 0);
	put_text(page, between[2]);
	put_hex(page, digest, sizeof(digest));
	put_text(page, between[3]);
	put_hex(page, hash, hash != NULL ? hash_len : 0);
	put_text(page, between[4]);
}

static enum mr_status
write_events(struct page *page, int64_t low, int64_t high, int csv, int64_t *n)
{
	struct mr_call *c = page->c;
	struct sql_stmt *st;

	if (csv)
		put_text(page, "event,body,digest,hash\n");
	st = sql_prepare(c,
	    "SELECT id, body, digest, hash FROM event "
	    "WHERE id >= :low AND id <= :high "
	    "ORDER BY id");
	sql_int(st, ":low", low);
	sql_int(st, ":high", high);
	while (sql_row(st)) {
		put_event(page, st, csv);
		if ((++*n & 4095) == 0)
			mr_progress(c, "events", *n, high - low + 1);
	}
	return sql_done(st);
}

enum mr_status
mr_audit_export(
    struct mr_call *c, const struct mr_audit_export *in, struct mr_out *out)
{
	int64_t start = c->site->id << MR_SITE_SHIFT, head = 0, n = 0;
	int64_t first = in->from.given && in->from.n > 0 ? in->from.n : 1;
	int64_t most = in->last.given ? in->last.n : EXPORT_MAX;
	int csv = in->format == NULL || strcmp(in->format, "csv") == 0;
	struct page page = {.c = c};
	unsigned char hash[MR_HASH];
	enum mr_status status;

	if (!csv && strcmp(in->format, "jsonl") != 0)
		return mr_fail(c, MR_INVALID, "the format is csv or jsonl");
	status = mr_head_load(c);
	/* What is damaged is exported all the same: it is evidence. */
	if (status != MR_OK && status != MR_DAMAGED)
		return status;
	mr_event_head(c, &head, hash);
	if (start + first > head)
		return mr_fail(c, MR_NOTFOUND, "the chain ends at event %lld",
		    (long long)(head - start));
	status = write_events(
	    &page, start + first, start + first + most - 1, csv, &n);
	if (status != MR_OK)
		return status;
	if (mr_arena_failed(c->arena))
		return mr_nomem(c);
	out->document(out, csv ? "chain.csv" : "chain.jsonl",
	    csv ? "text/csv" : "application/jsonl", page.text, page.len, 0);
	out->begin_map(out, NULL);
	out->integer(out, "first", first);
	out->integer(out, "events", n);
	if (start + first + most <= head)
		out->integer(out, "more", first + most);
	else
		out->text(out, "more", NULL);
	out->end_map(out);
	return MR_OK;
}
