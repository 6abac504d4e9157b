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

struct reader {
	const unsigned char *p, *end;
	int bad;
};

static const unsigned char *
take(struct reader *r, size_t len)
{
	const unsigned char *p = r->p;

	if (r->bad || len > (size_t)(r->end - r->p)) {
		r->bad = 1;
		return NULL;
	}
	r->p += len;
	return p;
}

static int64_t
take_uint(struct reader *r, size_t size)
{
	const unsigned char *p = take(r, size);
	uint64_t n = 0;

	for (size_t i = 0; p != NULL && i < size; i++)
		n = n << 8 | p[i];
	if (n > INT64_MAX)
		r->bad = 1;
	return (int64_t)n;
}

static void
take_field(struct reader *r, struct mr_field *field)
{
	size_t len;

	field->tag = (enum mr_tag)take_uint(r, 1);
	len = (size_t)take_uint(r, 1);
	field->bytes = NULL;
	field->len = 0;
	field->number = 0;
	if (mr_field_name(field->tag) == NULL)
		r->bad = 1;
	if (mr_field_is_bytes(field->tag)) {
		field->bytes = take(r, len);
		field->len = len;
	} else if (len <= 8) {
		/* One number, one spelling: no zeros in front. */
		if (len > 0 && r->p < r->end && *r->p == 0)
			r->bad = 1;
		field->number = take_uint(r, len);
	} else {
		r->bad = 1;
	}
}

int
mr_event_decode(struct mr_event *event, const unsigned char *body, size_t len)
{
	struct reader r = {body, body + len, 0};
	const unsigned char *request;
	const int room = sizeof(event->fields) / sizeof(event->fields[0]);
	size_t n;

	memset(event, 0, sizeof(*event));
	if (take_uint(&r, 1) != FORMAT)
		return -1;
	event->id = take_uint(&r, 8);
	event->at = take_uint(&r, 8);
	event->user = take_uint(&r, 8);
	event->station = (int)take_uint(&r, 1);
	event->op = (int)take_uint(&r, 2);
	event->subject = (int)take_uint(&r, 1);
	event->subject_id = take_uint(&r, 8);
	event->before = take_uint(&r, 8);
	n = (size_t)take_uint(&r, 1);
	request = take(&r, n);
	if (r.bad || (n != 0 && n != sizeof(event->request)))
		return -1;
	memcpy(event->request, request, n);
	event->has_request = n != 0;
	event->nfields = (int)take_uint(&r, 1);
	if (r.bad || event->nfields > room)
		return -1;
	for (int i = 0; i < event->nfields; i++)
		take_field(&r, &event->fields[i]);
	return r.bad || r.p != r.end ? -1 : 0;
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
mr_chain_start(const unsigned char office[16], int64_t site,
    unsigned char hash[MR_HASH])
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
	    tag == MR_F_HEAD;
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
