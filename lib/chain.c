/*
 * The chain: appends events, reads them back, signs positions in it.  The
 * write lock of the transaction makes the head ours; the primary key forbids
 * a fork should that ever fail.
 */
#include "lib/chain.h"

#include <sodium.h>
#include <string.h>

#include "lib/event.h"
#include "lib/handle.h"
#include "lib/rows.h"
#include "lib/tongue.h"
#include "lib/when.h"

static enum mr_status
head_time(struct mr_call *c)
{
	struct mr_head *head = &c->mr->head;
	struct mr_event event;
	enum mr_status status;

	head->at = 0;
	head->day = 0;
	if (MR_SEQ(head->id) == 0)
		return MR_OK;
	status = mr_event_load(c, head->id, &event);
	if (status != MR_OK)
		return status;
	head->at = event.at;
	head->day = mr_day_of(event.at);
	return MR_OK;
}

enum mr_status
mr_head_load(struct mr_call *c)
{
	struct mr_head *head = &c->mr->head;
	int64_t start = c->site->id << MR_SITE_SHIFT, known = head->id;
	enum mr_status status;
	struct sql_stmt *st;
	int found = 0;
	size_t len;

	st = sql_prepare(c,
	    "SELECT id, hash FROM event "
	    "WHERE id > :start AND id < :end "
	    "ORDER BY id DESC LIMIT 1");
	sql_int(st, ":start", start);
	sql_int(st, ":end", (c->site->id + 1) << MR_SITE_SHIFT);
	if (sql_row(st)) {
		const void *hash = sql_col_blob(st, 1, &len);

		found = 1;
		head->id = sql_col_int(st, 0);
		if (len == MR_HASH)
			memcpy(head->hash, hash, MR_HASH);
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (!found) {
		head->id = start;
		mr_chain_start(c->site->office, c->site->id, head->hash);
	}
	/* Another program may have written since; its time counts too. */
	if (!found || head->id != known)
		status = head_time(c);
	if (status == MR_OK && c->now < head->at) {
		c->now = head->at;
		c->today = head->day;
	}
	return status;
}

int64_t
mr_event_next(const struct mr_call *c)
{
	return c->mr->head.id + 1;
}

void
mr_event_head(const struct mr_call *c, int64_t *id, unsigned char hash[32])
{
	*id = c->mr->head.id;
	memcpy(hash, c->mr->head.hash, MR_HASH);
}

static enum mr_status
insert(struct mr_call *c, int64_t id, const void *body, size_t len,
    const unsigned char hash[MR_HASH])
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO event (id, body, hash) "
	    "VALUES (:id, :body, :hash)");
	sql_int(st, ":id", id);
	sql_blob(st, ":body", body, len);
	sql_blob(st, ":hash", hash, MR_HASH);
	return sql_done(st);
}

static enum mr_status
append(struct mr_call *c, struct mr_event *event)
{
	struct mr_head *head = &c->mr->head;
	unsigned char body[MR_EVENT_MAX], digest[MR_HASH], hash[MR_HASH];
	size_t len = mr_event_encode(event, body);
	enum mr_status status;

	if (len == 0)
		return mr_fail(c, MR_BUG, "an event does not fit its bytes");
	mr_chain_digest(body, len, digest);
	mr_chain_link(head->hash, MR_SEQ(event->id), digest, hash);
	status = insert(c, event->id, body, len, hash);
	if (status != MR_OK)
		return status;
	head->id = event->id;
	head->at = event->at;
	head->day = c->today;
	memcpy(head->hash, hash, MR_HASH);
	if (c->events++ == 0)
		c->first_event = event->id;
	return MR_OK;
}

/* What the row shows: its event, its version, its digest. */
static enum mr_status
read_row(struct mr_call *c, enum mr_subject subject, int64_t id, int64_t *event,
    int64_t *version, unsigned char *digest)
{
	struct sql_stmt *st = sql_prepare(c, mr_table(subject)->one);
	enum mr_status status;
	int found = 0, last;

	sql_int(st, ":id", id);
	if (sql_row(st)) {
		found = 1;
		last = sql_cols(st) - 1;
		*event = sql_col_int(st, last);
		*version = sql_col_int(st, last - 1);
		mr_row_digest(st, digest);
	}
	status = sql_done(st);
	if (status == MR_OK && !found)
		return mr_fail(c, MR_NOTFOUND, "there is no such %s",
		    mr_say(mr_subject_name(subject)));
	return status;
}

/* A body that retention dropped proves nothing; verify tells of such rows. */
static enum mr_status
compare_row(struct mr_call *c, enum mr_subject subject, int64_t id,
    int64_t shown, int64_t version, const unsigned char *digest)
{
	struct mr_mark mark = mr_mark(c->arena);
	struct mr_event event;
	enum mr_status status = mr_event_load(c, shown, &event);
	int same = 0;

	if (status == MR_OK && event.dropped)
		same = 1;
	else if (status == MR_OK && event.subject == (int)subject &&
	    event.subject_id == id &&
	    mr_event_number(&event, MR_F_VERSION, -1) == version)
		for (int i = 0; i < event.nfields; i++)
			same |= event.fields[i].tag == MR_F_ROW &&
			    event.fields[i].len == MR_ROW_DIGEST &&
			    memcmp(event.fields[i].bytes, digest,
				MR_ROW_DIGEST) == 0;
	mr_release(c->arena, mark);
	if (status != MR_OK && status != MR_NOTFOUND)
		return status;
	return same
	    ? MR_OK
	    : mr_fail(c, MR_DAMAGED,
		  "the record %s %lld was changed from outside, by no "
		  "step of this program; nothing was done: keep the "
		  "database as it is and run 'mailroom audit verify'",
		  mr_say(mr_subject_name(subject)), (long long)MR_SEQ(id));
}

enum mr_status
mr_row_proved(struct mr_call *c, enum mr_subject subject, int64_t id)
{
	unsigned char digest[MR_ROW_DIGEST];
	int64_t shown = 0, version = 0;
	enum mr_status status;

	status = read_row(c, subject, id, &shown, &version, digest);
	if (status != MR_OK)
		return status;
	return compare_row(c, subject, id, shown, version, digest);
}

static enum mr_status
build(struct mr_call *c, enum mr_subject subject, int64_t id, int64_t before,
    int64_t version, const unsigned char *digest, const struct mr_field *fields)
{
	struct mr_event event = {
	    .id = mr_event_next(c),
	    .at = c->now,
	    .user = c->user,
	    .station = c->station,
	    .op = c->op,
	    .subject = subject,
	    .subject_id = id,
	    .before = before,
	};
	const int room = sizeof(event.fields) / sizeof(event.fields[0]);
	struct mr_field *f = event.fields;

	if (c->request != NULL) {
		event.has_request = 1;
		memcpy(event.request, c->request, sizeof(event.request));
	}
	*f++ = (struct mr_field){MR_F_ROW, 0, digest, MR_ROW_DIGEST};
	*f++ = (struct mr_field){MR_F_VERSION, version, NULL, 0};
	for (; fields != NULL && fields->tag != MR_F_END; fields++) {
		if (f == event.fields + room)
			return mr_fail(c, MR_BUG, "an event has no room left");
		*f++ = *fields;
	}
	event.nfields = (int)(f - event.fields);
	return append(c, &event);
}

enum mr_status
mr_event(struct mr_call *c, enum mr_subject subject, int64_t id, int64_t before,
    const struct mr_field *fields)
{
	unsigned char digest[MR_ROW_DIGEST];
	int64_t shown = 0, version = 0;
	enum mr_status status;

	status = read_row(c, subject, id, &shown, &version, digest);
	if (status == MR_OK && shown != mr_event_next(c))
		status = MR_NOTFOUND;
	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_BUG, "a %s row does not show its event",
		    mr_say(mr_subject_name(subject)));
	if (status != MR_OK)
		return status;
	return build(c, subject, id, before, version, digest, fields);
}

enum mr_status
mr_event_note(struct mr_call *c, enum mr_subject subject, int64_t id,
    const struct mr_field *fields)
{
	unsigned char digest[MR_ROW_DIGEST];
	int64_t before = 0, version = 0;
	enum mr_status status;
	struct sql_stmt *st;

	status = read_row(c, subject, id, &before, &version, digest);
	if (status == MR_OK)
		status = compare_row(c, subject, id, before, version, digest);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c, mr_table(subject)->note);
	sql_int(st, ":id", id);
	sql_int(st, ":event", mr_event_next(c));
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return build(c, subject, id, before, version, digest, fields);
}

static enum mr_status
read_body(struct mr_call *c, struct sql_stmt *st, struct mr_event *event)
{
	size_t len;
	const void *body = sql_col_blob(st, 0, &len);
	unsigned char *copy;

	if (body == NULL) {
		memset(event, 0, sizeof(*event));
		event->dropped = 1;
		return MR_OK;
	}
	copy = mr_memdup(c->arena, body, len);
	if (copy == NULL)
		return mr_nomem(c);
	if (mr_event_decode(event, copy, len) != 0)
		return mr_fail(c, MR_DAMAGED,
		    "an entry of the audit chain cannot be read; run "
		    "'mailroom audit verify'");
	return MR_OK;
}

enum mr_status
mr_event_load(struct mr_call *c, int64_t id, struct mr_event *event)
{
	enum mr_status status = MR_NOTFOUND, done;
	struct sql_stmt *st;
	const void *hash;
	size_t len;

	st = sql_prepare(c,
	    "SELECT body, hash FROM event "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st)) {
		status = read_body(c, st, event);
		hash = sql_col_blob(st, 1, &len);
		if (len == MR_HASH)
			memcpy(event->hash, hash, len);
		event->id = id;
	}
	done = sql_done(st);
	if (done != MR_OK)
		return done;
	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_NOTFOUND, "there is no such event");
	return status;
}

int64_t
mr_event_back(const struct mr_event *event)
{
	int same = event->id >> MR_SITE_SHIFT == event->before >> MR_SITE_SHIFT;

	if (event->dropped || (same && event->before >= event->id))
		return 0;
	return event->before;
}

int64_t
mr_event_number(
    const struct mr_event *event, enum mr_tag tag, int64_t otherwise)
{
	for (int i = 0; i < event->nfields; i++)
		if (event->fields[i].tag == tag)
			return event->fields[i].number;
	return otherwise;
}

const char *
mr_event_text(struct mr_call *c, const struct mr_event *event, enum mr_tag tag)
{
	for (int i = 0; i < event->nfields; i++)
		if (event->fields[i].tag == tag)
			return mr_strndup(c->arena, event->fields[i].bytes,
			    event->fields[i].len);
	return NULL;
}

enum mr_status
mr_event_since(struct mr_call *c, int64_t at, int64_t *id)
{
	int64_t low, high, middle;
	struct mr_event event;
	enum mr_status status;
	struct mr_mark mark;

	status = mr_head_load(c);
	if (status != MR_OK)
		return status;
	low = (c->site->id << MR_SITE_SHIFT) + 1;
	high = c->mr->head.id + 1;
	while (low < high) {
		middle = low + (high - low) / 2;
		mark = mr_mark(c->arena);
		status = mr_event_load(c, middle, &event);
		mr_release(c->arena, mark);
		if (status != MR_OK)
			return status;
		if (event.dropped || event.at < at)
			low = middle + 1;
		else
			high = middle;
	}
	*id = low;
	return MR_OK;
}

/* What the signature covers: a name, the office, the event's id, its hash. */
void
mr_checkpoint_bytes(const unsigned char office[16], int64_t id,
    const unsigned char hash[MR_HASH], unsigned char bytes[MR_CHECKPOINT_BYTES])
{
	static const char name[] = "mailroom checkpt";
	uint64_t n = (uint64_t)id;

	memcpy(bytes, name, 16);
	memcpy(bytes + 16, office, 16);
	for (int i = 7; i >= 0; i--, n >>= 8)
		bytes[32 + i] = n & 0xff;
	memcpy(bytes + 40, hash, MR_HASH);
}

enum mr_status
mr_checkpoint(struct mr_call *c, int64_t *id)
{
	const struct mr_head *head = &c->mr->head;
	unsigned char signature[crypto_sign_BYTES];
	unsigned char bytes[MR_CHECKPOINT_BYTES];
	struct sql_stmt *st;

	mr_checkpoint_bytes(c->site->office, head->id, head->hash, bytes);
	crypto_sign_detached(
	    signature, NULL, bytes, sizeof(bytes), c->keys->sign);
	*id = head->id;
	st = sql_prepare(c,
	    "INSERT INTO checkpoint (id, hash, signature, at) "
	    "VALUES (:id, :hash, :signature, :at) "
	    "ON CONFLICT (id) DO NOTHING");
	sql_int(st, ":id", head->id);
	sql_blob(st, ":hash", head->hash, MR_HASH);
	sql_blob(st, ":signature", signature, sizeof(signature));
	sql_int(st, ":at", c->now);
	return sql_done(st);
}
