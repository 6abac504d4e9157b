/* Stubs and envelopes on the outgoing bench, for the tests of the match. */
#ifndef TEST_STUFFING_H
#define TEST_STUFFING_H

#include "test/mail.h"

/* What lies on the table: stub, envelope, what stands in its corner. */
struct paper_of {
	char number[64], stub[32], scan[32], corner[32];
	int inside, sealed;
	int64_t id;
};

/* The corner of its envelope, as it is printed: "K7M-4RP-TMK". */
static inline void
corner_of(struct house *h, const char *number, char corner[32])
{
	struct mr_letter l = mail_letter(h, number);
	struct mr_call *c = house_begin(h);
	struct mr_fid fid;

	assert_int_equal(mr_fid_load(c, l.envelope_id, &fid), MR_OK);
	snprintf(corner, 32, "%s", mr_fid_show(c, &fid));
	house_end(c);
}

static inline void
lay_out(struct house *h, struct paper_of *p)
{
	struct mr_letter l = mail_letter(h, p->number);

	p->inside = l.direction == MR_TO_INSIDE;
	p->id = l.id;
	mail_scan(h, p->number, MR_PAYLOAD_STUB, l.sheet_copy, p->stub);
	mail_scan(h, p->number, MR_PAYLOAD_ENVELOPE, l.envelope_copy, p->scan);
	corner_of(h, p->number, p->corner);
}

/* The three symbols of a corner that the answer asked for. */
static inline const char *
read_off(struct house *h, const char *corner, char three[32])
{
	static const char *const place[] = {"FIRST", "SECOND", "THIRD"};

	snprintf(three, 32, "%s", corner);
	for (int i = 0; i < 3; i++)
		if (strstr(h->answer, place[i]) != NULL)
			snprintf(three, 32, "%.3s", corner + 4 * i);
	return three;
}

#endif
