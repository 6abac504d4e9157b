/* The bytes of an event and the links of the chain.  See event.h. */
#include "lib/event.h"

#include <sodium.h>
#include <string.h>

#define FORMAT 1

struct writer {
	unsigned char *p;
	size_t len, max;
	int full;
};

static void
put(struct writer *w, const void *bytes, size_t len)
{
	if (len > w->max - w->len) {
		w->full = 1;
		return;
	}
	if (len > 0)
		memcpy(w->p + w->len, bytes, len);
	w->len += len;
}

static void
put_uint(struct writer *w, uint64_t n, int size)
{
	unsigned char b[8];

	for (int i = size - 1; i >= 0; i--, n >>= 8)
		b[i] = n & 0xff;
	put(w, b, (size_t)size);
}

static void
put_field(struct writer *w, const struct mr_field *field)
{
	uint64_t n = (uint64_t)field->number;
	int size = 0;

	put_uint(w, (uint64_t)field->tag, 1);
	if (mr_field_is_bytes(field->tag)) {
		if (field->len > 255)
			w->full = 1;
		put_uint(w, field->len, 1);
		put(w, field->bytes, field->len);
		return;
	}
	if (field->number < 0)
		w->full = 1;
	while (size < 8 && n >> (8 * size) != 0)
		size++;
	put_uint(w, (uint64_t)size, 1);
	put_uint(w, n, size);
}

size_t
mr_event_encode(const struct mr_event *event, unsigned char body[MR_EVENT_MAX])
{
	struct writer w = {body, 0, MR_EVENT_MAX, 0};

	put_uint(&w, FORMAT, 1);
	put_uint(&w, (uint64_t)event->id, 8);
	put_uint(&w, (uint64_t)event->at, 8);
	put_uint(&w, (uint64_t)event->user, 8);
	put_uint(&w, (uint64_t)event->station, 1);
	put_uint(&w, (uint64_t)event->op, 2);
	put_uint(&w, (uint64_t)event->subject, 1);
	put_uint(&w, (uint64_t)event->subject_id, 8);
	put_uint(&w, (uint64_t)event->before, 8);
	put_uint(&w, event->has_request ? 16 : 0, 1);
	put(&w, event->request, event->has_request ? 16 : 0);
	put_uint(&w, (uint64_t)event->nfields, 1);
	for (int i = 0; i < event->nfields; i++)
		put_field(&w, &event->fields[i]);
	return w.full ? 0 : w.len;
}

/* Where the parts of the fixed head stand. */
enum {
	AT_ID = 1,
	AT_TIME = 9,
	AT_USER = 17,
	AT_STATION = 25,
	AT_OP = 26,
	AT_SUBJECT = 28,
	AT_SUBJECT_ID = 29,
	AT_BEFORE = 37,
	AT_REQUEST = 45,
	HEAD = 46
};

/* A number of at most 8 bytes; over 63 bits it comes out negative. */
static int64_t
get(const unsigned char *p, size_t size)
{
	uint64_t n = 0;

	for (size_t i = 0; i < size; i++)
		n = n << 8 | p[i];
	return (int64_t)n;
}

/* -1 when one of them is over 63 bits. */
static int
take_head(struct mr_event *event, const unsigned char *p)
{
	event->id = get(p + AT_ID, 8);
	event->at = get(p + AT_TIME, 8);
	event->user = get(p + AT_USER, 8);
	event->station = p[AT_STATION];
	event->op = p[AT_OP] << 8 | p[AT_OP + 1];
	event->subject = p[AT_SUBJECT];
	event->subject_id = get(p + AT_SUBJECT_ID, 8);
	event->before = get(p + AT_BEFORE, 8);
	return (event->id | event->at | event->user | event->subject_id |
		   event->before) < 0
	    ? -1
	    : 0;
}

/* One field from *p on; -1: not one. */
static int
take_field(
    struct mr_field *field, const unsigned char **p, const unsigned char *end)
{
	size_t len;

	if (end - *p < 2)
		return -1;
	field->tag = (enum mr_tag)(*p)[0];
	len = (*p)[1];
	*p += 2;
	if (mr_field_name(field->tag) == NULL || len > (size_t)(end - *p))
		return -1;
	if (mr_field_is_bytes(field->tag)) {
		field->bytes = *p;
		field->len = len;
	} else {
		/* One number, one spelling: no zeros in front. */
		if (len > 8 || (len > 0 && **p == 0))
			return -1;
		field->number = get(*p, len);
	}
	*p += len;
	return field->number < 0 ? -1 : 0;
}

int
mr_event_decode(struct mr_event *event, const unsigned char *body, size_t len)
{
	const int room = sizeof(event->fields) / sizeof(event->fields[0]);
	const unsigned char *p = body + HEAD, *end = body + len;
	size_t request;

	memset(event, 0, sizeof(*event));
	if (len <= HEAD || body[0] != FORMAT || take_head(event, body) != 0)
		return -1;
	request = body[AT_REQUEST];
	if (request != 0 &&
	    (request != sizeof(event->request) || request >= len - HEAD))
		return -1;
	event->has_request = request != 0;
	memcpy(event->request, p, request);
	p += request;
	if (*p > room)
		return -1;
	event->nfields = *p++;
	for (int i = 0; i < event->nfields; i++)
		if (take_field(&event->fields[i], &p, end) != 0)
			return -1;
	return p == end ? 0 : -1;
}

void
mr_chain_digest(const void *body, size_t len, unsigned char digest[MR_HASH])
{
	crypto_generichash(digest, MR_HASH, body, len, NULL, 0);
}

void
mr_chain_link(const unsigned char before[MR_HASH], int64_t seq,
    const unsigned char digest[MR_HASH], unsigned char hash[MR_HASH])
{
	unsigned char bytes[MR_HASH + 8 + MR_HASH];
	struct writer w = {bytes, 0, sizeof(bytes), 0};

	put(&w, before, MR_HASH);
	put_uint(&w, (uint64_t)seq, 8);
	put(&w, digest, MR_HASH);
	crypto_generichash(hash, MR_HASH, bytes, sizeof(bytes), NULL, 0);
}

void
mr_chain_start(
    const unsigned char office[16], int64_t site, unsigned char hash[MR_HASH])
{
	static const char name[] = "mailroom chain 1";
	unsigned char bytes[sizeof(name) - 1 + 16 + 8];
	struct writer w = {bytes, 0, sizeof(bytes), 0};

	put(&w, name, sizeof(name) - 1);
	put(&w, office, 16);
	put_uint(&w, (uint64_t)site, 8);
	crypto_generichash(hash, MR_HASH, bytes, sizeof(bytes), NULL, 0);
}

int
mr_field_is_bytes(int tag)
{
	return tag == MR_F_ROW || tag == MR_F_HASH || tag == MR_F_TEXT ||
	    tag == MR_F_HEAD || tag == MR_F_PIECE;
}

const char *
mr_field_name(int tag)
{
	static const char *const names[] = {
#define X(name, number, key) [number] = key,
	    MR_FIELDS(X)
#undef X
	};

	if (tag < 1 || (size_t)tag >= sizeof(names) / sizeof(names[0]))
		return NULL;
	return names[tag];
}
