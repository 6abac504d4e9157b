/*
 * An office with its post for tests: facilities, people outside and inside,
 * sealed addresses, pairings with their IDs, people who work here; letters are
 * logged, printed and sealed by the operations that a bench uses.  Nobody in
 * it exists.
 */
#ifndef TEST_MAIL_H
#define TEST_MAIL_H

#include "test/house.h"

#include "lib/address.h"
#include "lib/batch.h"
#include "lib/fid.h"
#include "lib/letter.h"
#include "lib/lettercode.h"
#include "lib/pairing.h"
#include "lib/payload.h"

#define MAIL_STAFF "a heron beside the tall weir"

/* What was printed last. */
static struct {
	unsigned char bytes[4 << 20];
	size_t len;
	char name[40];
	int secret, n;
} mail_paper;

static inline int
mail_take(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	(void)to;
	assert_string_equal(type, "application/pdf");
	if (len > sizeof(mail_paper.bytes))
		return -1;
	memcpy(mail_paper.bytes, bytes, len);
	mail_paper.len = len;
	snprintf(mail_paper.name, sizeof(mail_paper.name), "%s", name);
	mail_paper.secret = secret;
	mail_paper.n++;
	return 0;
}

/* Time goes by at the bench. */
static inline void
later(struct house *h, int seconds)
{
	h->now += (int64_t)seconds * 1000000;
}

/* Facilities: ALI low, ALD minimum, BEN low. */
#define MAIL_PLACES \
	"code,name,kind,security,street,city,state,zip\n" \
	"ALI,FCI Aliceville,FCI,Low,11070 HIGHWAY 14,ALICEVILLE,AL,35442\n" \
	"ALD,FPC Alderson,FPC,Minimum,GLEN RAY RD. BOX A,ALDERSON,WV,24910\n" \
	"BEN,FCI Bennettsville,FCI,Low,696 MUCKERMAN ROAD,BENNETTSVILLE,SC," \
	"29512\n"
static const char *const mail_place[] = {"ALI", "ALD", "BEN"};

/* Values of the i-th person outside and inside, each like no other. */
static inline const char *
mail_surname(int i, int inside, char s[40])
{
	snprintf(s, 40, "%s%c%c%s", inside ? "Ostra" : "Quill",
	    'a' + i / 26 % 26, 'a' + i % 26, inside ? "nder" : "feather");
	return s;
}

static inline size_t
mail_outside(int i, char *row, size_t size)
{
	char name[40];

	return (size_t)snprintf(row, size,
	    "O-%d,outside,Wren %c%c,Amara %s,,,%d Foundry Ct,Apt %d,Osseo "
	    "Lake,MN,5%04d,US,en,birds,5\n",
	    i, 'A' + i / 26 % 26, 'A' + i % 26, mail_surname(i, 0, name),
	    2300 + 7 * i, 4000 + i, 6613 + i);
}

static inline size_t
mail_inside(int i, char *row, size_t size)
{
	char name[40];

	return (size_t)snprintf(row, size,
	    "I-%d,inside,Maria %c%c,Elena %s,4%04d-999,%s,,Unit %d,,,,US,en,"
	    "birds,5\n",
	    i, 'A' + i / 26 % 26, 'A' + i % 26, mail_surname(i, 1, name),
	    312 + i, mail_place[i % 3], 7000 + i);
}

/* n outside (C1 ... Cn), n inside (Cn+1 ...), pairings P1 ... Pn. */
static inline void
mail_roster(struct house *h, int n)
{
	size_t size = (size_t)n * 400 + 400, len;
	char *csv = malloc(size);

	assert_non_null(csv);
	len = (size_t)snprintf(csv, size,
	    "ref,kind,pen_name,legal_name,"
	    "register_number,facility,street,unit,city,state,zip,country,"
	    "language,interests,slots\n");
	for (int i = 0; i < n; i++)
		len += mail_outside(i, csv + len, size - len);
	for (int i = 0; i < n; i++)
		len += mail_inside(i, csv + len, size - len);
	h->csv = csv;
	did(h, run(h, "correspondent import", "file", "c.csv", NULL), "");
	len = (size_t)snprintf(csv, size, "outside_ref,inside_ref,opened\n");
	for (int i = 0; i < n; i++)
		len += (size_t)snprintf(
		    csv + len, size - len, "O-%d,I-%d,2026-01-05\n", i, i);
	did(h, run(h, "pairing import", "file", "p.csv", NULL), "");
	h->csv = NULL;
	free(csv);
}

/* The ID that this side of a pairing writes on the envelope. */
static inline const char *
mail_id(struct house *h, int64_t pairing, int kind, char id[32])
{
	struct mr_call *c = house_begin(h);
	struct mr_pairing p;
	struct mr_fid fid;

	assert_int_equal(mr_pairing_load(c, pairing, &p), MR_OK);
	assert_int_equal(mr_fid_of(c, pairing,
			     kind == MR_INSIDE ? p.inside : p.outside, &fid),
	    MR_OK);
	snprintf(id, 32, "%s", mr_fid_show(c, &fid));
	house_end(c);
	return id;
}

/* Somebody who works here; staff and coordinators get the vault. */
static inline void
mail_user(struct house *h, const char *name, const char *role)
{
	const char *who = h->user, *passphrase = h->passphrase;

	h->user = "admin";
	did(h, run(h, "user add", "name", name, "role", role, NULL), name);
	h->user = name;
	h->new_passphrase = MAIL_STAFF;
	did(h, run(h, "user passphrase", NULL), "");
	h->user = NULL;
	h->passphrase = HOUSE_PASSPHRASE;
	if (strcmp(role, "volunteer") != 0)
		did(h, run(h, "user grant", "name", name, NULL), "");
	h->user = who;
	h->passphrase = passphrase;
}

static inline void
mail_set(struct house *h, const char *name, const char *value)
{
	const char *who = h->user;

	h->user = "admin";
	did(h, run(h, "setting set", "name", name, "value", value, NULL), name);
	h->user = who;
}

/* Act as this one from now on; NULL: ruth, the coordinator. */
static inline void
mail_as(struct house *h, const char *name)
{
	h->user = name;
	h->passphrase = name == NULL ? HOUSE_PASSPHRASE : MAIL_STAFF;
}

/* An office with 3 pairings, val (volunteer), sam (staff), cora. */
static inline int
mail_setup(void **state)
{
	struct house *h;

	if (house_setup(state) != 0)
		return -1;
	h = *state;
	h->passphrase = HOUSE_PASSPHRASE;
	h->document = mail_take;
	h->csv = MAIL_PLACES;
	did(h, run(h, "facility import", "file", "f.csv", NULL), "");
	mail_roster(h, 3);
	mail_user(h, "val", "volunteer");
	mail_user(h, "sam", "staff");
	mail_user(h, "cora", "coordinator");
	return 0;
}

/* The letter with that day number or code. */
static inline struct mr_letter
mail_letter(struct house *h, const char *number)
{
	struct mr_call *c = house_begin(h);
	struct mr_typed typed = {number};
	struct mr_letter letter;
	enum mr_status status = mr_letter_find(c, typed, &letter, NULL);

	if (status != MR_OK)
		fail_msg("%s: %s", number, h->error.message);
	house_end(c);
	return letter;
}

/* Its state and reason, as words: "held photo". */
static inline const char *
mail_state(struct house *h, const char *number, char text[64])
{
	struct mr_letter l = mail_letter(h, number);
	const struct mr_reason_row *why = mr_reason(l.reason);

	snprintf(text, 64, "%s%s%s", mr_letter_state_name(l.state),
	    why != NULL ? " " : "", why != NULL ? why->word : "");
	return text;
}

#define stands(h, number, want) \
	do { \
		char stands_text[64]; \
		assert_string_equal(mail_state(h, number, stands_text), want); \
	} while (0)

/* Log one from this side of a pairing, sheets counted; its day number. */
static inline const char *
mail_receive(struct house *h, int64_t pairing, int kind, char number[64])
{
	char id[32];

	later(h, 10);
	did(h,
	    run(h, "letter receive", "id", mail_id(h, pairing, kind, id),
		"sheets", "2", NULL),
	    "\"number\"");
	return house_value(h, "number", 0, number);
}

/* What a scanner types: stub, envelope, reply label. */
static inline const char *
mail_scan(struct house *h, const char *number, enum mr_payload_kind kind,
    int copy, char text[32])
{
	struct mr_letter l = mail_letter(h, number);
	struct mr_payload in = {.kind = kind, .copy = copy % 19};

	assert_int_equal(
	    mr_lettercode_make(h->mr->keys->code, l.id, &in.code), 0);
	assert_int_equal(mr_payload_make(h->mr->keys->tag, &in, text), 0);
	return text;
}

/* Sheet and envelope of a cleared letter. */
static inline void
mail_print(struct house *h, const char *number)
{
	did(h, run(h, "sheet print", "letter", number, NULL), "\"printed\":1");
	did(h, run(h, "envelope print", "letter", number, NULL),
	    "\"printed\":1");
}

/* The newest envelope of a letter: its scan, or the three symbols that the
 * bench asks for. */
static inline const char *
mail_envelope(struct house *h, const char *number, char text[32])
{
	static const char *const place[] = {"FIRST", "SECOND", "THIRD", "LAST"};
	struct mr_letter l = mail_letter(h, number);
	struct mr_fid fid;
	struct mr_call *c;
	char stub[32];
	int inside = (l.direction == MR_TO_INSIDE) == (l.way != MR_BACK);

	if (!inside)
		return mail_scan(
		    h, number, MR_PAYLOAD_ENVELOPE, l.envelope_copy, text);
	did(h,
	    run(h, "letter seal", "stub",
		mail_scan(h, number, MR_PAYLOAD_STUB, l.sheet_copy, stub),
		NULL),
	    "\"verdict\":\"STUB\"");
	c = house_begin(h);
	assert_int_equal(mr_fid_load(c, l.envelope_id, &fid), MR_OK);
	snprintf(text, 32, "%s", mr_fid_show(c, &fid));
	house_end(c);
	for (int i = 0; i < 4; i++)
		if (strstr(h->answer, place[i]) != NULL) {
			memmove(text, text + 4 * i, 3);
			text[3] = '\0';
		}
	return text;
}

static inline enum mr_status
mail_try(struct house *h, const char *number, const char *envelope)
{
	struct mr_letter l = mail_letter(h, number);
	char stub[32];

	return run(h, "letter seal", "stub",
	    mail_scan(h, number, MR_PAYLOAD_STUB, l.sheet_copy, stub),
	    "envelope", envelope, NULL);
}

/* Print and seal a cleared letter. */
static inline void
mail_seal(struct house *h, const char *number)
{
	char envelope[32];

	mail_print(h, number);
	did(h, mail_try(h, number, mail_envelope(h, number, envelope)),
	    "\"verdict\":\"MATCH\"");
}

static inline int64_t
mail_events(struct house *h)
{
	return house_count(h, SQL_SCAN "SELECT COUNT(*) FROM event");
}

/* Nothing is broken: chain, rows, counts. */
static inline void
mail_sound(struct house *h)
{
	const char *who = h->user;
	enum mr_status status;

	h->user = NULL;
	status = run(h, "audit verify", NULL);
	if (status != MR_OK)
		fail_msg("audit verify: %s %s", h->error.message, h->answer);
	status = run(h, "office check", NULL);
	if (status != MR_OK)
		fail_msg("office check: %s %s", h->error.message, h->answer);
	h->user = who;
}

#define MAIL_TEST(name) \
	cmocka_unit_test_setup_teardown(name, mail_setup, house_teardown)

#endif
