/*
 * Two people, their facility and their pairing in a test office, and a letter
 * taken through it by the words of the bench.  Synthetic: no such person.
 */
#ifndef TEST_MAILDAY_H
#define TEST_MAILDAY_H

#include "test/house.h"

#include "lib/fid.h"
#include "lib/letter.h"
#include "lib/payload.h"

static const char mailday_facilities[] =
    "code,name,kind,security,gender,has_camp,street,city,state,zip,population\n"
    "DAN,FCI Danbury,Federal Correctional Institution,Low,female,yes,"
    "33 1/2 PEMBROKE STATION,DANBURY,CT,06811,900\n"
    "ALI,FCI Aliceville,Federal Correctional Institution,Low,female,yes,"
    "11070 HIGHWAY 14,ALICEVILLE,AL,35442,1214\n";

static const char mailday_people[] =
    "ref,kind,pen_name,legal_name,register_number,facility,street,unit,city,"
    "state,zip,country,language,interests,about,slots\n"
    "O-1,outside,Wren,Amara Quillfeather,,,2374 Foundry Ct,,Osseo Lake,MN,"
    "56613,US,en,drawing,,3\n"
    "I-1,inside,Maria,Elena Ostrander,40312-999,DAN,,,,,,,en,chess,,1\n";

/* The last document that was made, as text. */
static struct {
	char *bytes;
	size_t len;
} mailday_made;

static inline int
mailday_document(void *to, const char *name, const char *type,
    const void *bytes, size_t len, int secret)
{
	(void)to;
	(void)name;
	(void)type;
	(void)secret;
	free(mailday_made.bytes);
	mailday_made.bytes = malloc(len + 1);
	assert_non_null(mailday_made.bytes);
	memcpy(mailday_made.bytes, bytes, len);
	mailday_made.bytes[len] = '\0';
	mailday_made.len = len;
	return 0;
}

struct mailday {
	char outside[64], inside[64]; /* forwarding IDs, by who writes them */
};

/* DAN, C1 (Wren, outside), C2 (Maria, inside), P1. */
static inline void
mailday_people_of(struct house *h, struct mailday *m)
{
	char value[64];

	h->passphrase = HOUSE_PASSPHRASE;
	h->document = mailday_document;
	h->csv = mailday_facilities;
	did(h, run(h, "facility import", "file", "f.csv", NULL), "");
	h->csv = mailday_people;
	did(h, run(h, "correspondent import", "file", "p.csv", NULL), "");
	did(h, run(h, "pairing open", "outside", "O-1", "inside", "I-1", NULL),
	    "P1");
	did(h, run(h, "id list", "pairing", "P1", NULL), "\"code\"");
	for (int i = 0; i < 2; i++) {
		char *code = house_value(h, "code", i, value);
		struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);
		struct mr_fid_reading reading;
		struct mr_fid fid;

		assert_int_equal(mr_begin(c, 0), MR_OK);
		assert_int_equal(mr_fid_read(c, code, &fid, &reading), MR_OK);
		snprintf(
		    fid.writer == 1 ? m->outside : m->inside, 64, "%s", code);
		house_end(c);
	}
}

/* What the QR of a letter's stub or envelope says. */
static inline char *
mailday_print(struct house *h, enum mr_payload_kind kind, const char *code,
    int copy, char text[MR_PAYLOAD_LEN + 1])
{
	struct mr_payload payload = {.kind = kind, .copy = copy};
	struct mr_symbols symbols;

	assert_int_equal(mr_code_fold(code, &symbols, NULL), MR_FOLD_OK);
	payload.code = symbols;
	assert_int_equal(mr_payload_make(h->mr->keys->tag, &payload, text), 0);
	return text;
}

/* Log a letter; its code into code[64]. */
static inline void
mailday_receive(struct house *h, const char *id, const char *sheets, char *code)
{
	h->now += 60000000;
	did(h, run(h, "letter receive", "id", id, "sheets", sheets, NULL),
	    "\"code\"");
	house_value(h, "code", 0, code);
}

#endif
