/*
 * One example of every operation, for test_ops.c: the office that it needs,
 * its words, and running it.
 */
#ifndef TEST_EXAMPLES_H
#define TEST_EXAMPLES_H

#include "test/site.h"

#define CLOSED "=in 1\n=seal A1\nbatch close\n"
#define NOW "@admin setting set;name=second-person;value=now\n"
#define HELD "=in 1\nletter hold;letter=A1;reason=photo\n"
#define MONEY "=in 1\nenclosure add;letter=A1;kind=money;money=20\n"
#define SETTLED MONEY "enclosure settle;enclosure=E1;disposition=return\n"

/*
 * One example a row, in an office with three pairings (P1: C1 outside, C4
 * inside ...), val, sam and cora.  before: what is done first, a line each,
 * "@user" where it is not ruth; =in N logs a letter from inside of pairing N,
 * =print and =seal take a letter on, =elsewhere N logs one at another site.
 * words: the parameters.  $in1: the ID that C4 writes; $stub, $envelope: of
 * letter A1; $elsewhere: the code of the other site's.
 */
static const struct example {
	const char *op, *before, *words, *user, *csv;
} examples[] = {
    {"audit checkpoint", "", "", NULL, NULL},
    {"audit export", "", "last=5", NULL, NULL},
    {"audit show", "", "last=5", NULL, NULL},
    {"audit verify", "", "", NULL, NULL},
    {"batch close", "=in 1\n=seal A1\n", "", NULL, NULL},
    {"batch list", CLOSED, "", NULL, NULL},
    {"batch manifest", CLOSED, "batch=B1", NULL, NULL},
    {"batch open", "", "", NULL, NULL},
    {"batch show", CLOSED, "batch=B1", NULL, NULL},
    {"correspondent add", "",
	"kind=outside;pen_name=Robin;legal_name=Robina Marshfeather;"
	"street=12 Mill Ln;city=Bethel;state=CT;zip=06801;ref=O-9",
	NULL, NULL},
    {"correspondent close", "", "person=C1;reason=asked", NULL, NULL},
    {"correspondent confirm", NOW "correspondent move;person=C4;facility=ALD\n",
	"person=C4", "cora", NULL},
    {"correspondent find", "", "name=Amara Quillaafeather", NULL, NULL},
    {"correspondent history", "", "person=C1", NULL, NULL},
    {"correspondent import", "", "file=c.csv", NULL,
	"ref,kind,pen_name,legal_name,register_number,facility,street,unit,city,"
	"state,zip,country,language,interests,slots\n"
	"O-9,outside,Robin,Robina Marshfeather,,,12 Mill Ln,,Bethel,CT,06801,US,"
	"en,birds,1\n"},
    {"correspondent list", "", "kind=inside", NULL, NULL},
    {"correspondent move", "", "person=C4;facility=ALD", NULL, NULL},
    {"correspondent named", "", "name=Wren", NULL, NULL},
    {"correspondent pause", "", "person=C1;reason=away", NULL, NULL},
    {"correspondent resume", "correspondent pause;person=C1;reason=away\n",
	"person=C1", NULL, NULL},
    {"correspondent reveal", "", "person=C1;reason=delivery", NULL, NULL},
    {"correspondent show", "", "person=C1", NULL, NULL},
    {"correspondent update", "", "person=C1;interests=chess", NULL, NULL},
    {"day balance", "day open;pieces=2\n", "", NULL, NULL},
    {"day close", "day open;pieces=0\n", "sealed=0;stubs=0", NULL, NULL},
    {"day countersign", SETTLED, "", NULL, NULL},
    {"day list", "day open;pieces=2\n", "", NULL, NULL},
    {"day open", "", "pieces=2", NULL, NULL},
    {"day sheet", "day open;pieces=2\n", "", NULL, NULL},
    {"day show", "day open;pieces=2\n", "", NULL, NULL},
    {"day sign", "correspondent move;person=C4;facility=ALD\n", "signature=S1",
	"cora", NULL},
    {"day tally", "day open;pieces=2\n", "pieces=3", NULL, NULL},
    {"enclosure add", "=in 1\n", "letter=A1;kind=money;money=20", NULL, NULL},
    {"enclosure list", MONEY, "", NULL, NULL},
    {"enclosure settle", MONEY, "enclosure=E1;disposition=return", NULL, NULL},
    {"enclosure sign", SETTLED, "enclosure=E1", "cora", NULL},
    {"enclosure slip", MONEY, "enclosure=E1", NULL, NULL},
    {"envelope print", "=in 1\n", "letter=A1", NULL, NULL},
    {"facility history", "", "code=ALI", NULL, NULL},
    {"facility import", "", "file=f.csv", NULL,
	"code,name,kind,security,street,city,state,zip\n"
	"OAK,FCI Oakdale,FCI,Low,1507 EAST WHATLEY RD,OAKDALE,LA,71463\n"},
    {"facility list", "", "", NULL, NULL},
    {"facility rule", "",
	"code=ALI;rule=max_sheets;value=7;source=by telephone", NULL, NULL},
    {"facility show", "", "code=ALI", NULL, NULL},
    {"facility update", "", "code=ALI;status=closed", NULL, NULL},
    {"form bench", "", "", NULL, NULL},
    {"form lint", "", "find=avery-516", NULL, NULL},
    {"form list", "", "find=avery-516", NULL, NULL},
    {"form scanner", "", "", NULL, NULL},
    {"id block", "", "code=$in1;reason=misused", NULL, NULL},
    {"id card", "", "pairing=P1", NULL, NULL},
    {"id check", "", "code=$in1", NULL, NULL},
    {"id list", "", "pairing=P1", NULL, NULL},
    {"id resolve", "", "code=$in1", NULL, NULL},
    {"id unblock", "id block;code=$in1;reason=misused\n", "code=$in1", NULL,
	NULL},
    {"label print", "=in 1\n", "letter=A1;stock=avery-5163", NULL, NULL},
    {"letter back", CLOSED, "letter=$envelope", NULL, NULL},
    {"letter candidates", "", "dear=Wren AA", NULL, NULL},
    {"letter clear",
	"@admin setting set;name=screening;value=read\n"
	"letter receive;id=$in1;sheets=2\n",
	"letter=A1", NULL, NULL},
    {"letter finish", "letter receive;id=$in1\n", "letter=A1;sheets=2", NULL,
	NULL},
    {"letter flag", "letter receive;id=$in1\n", "letter=A1;flag=photo", NULL,
	NULL},
    {"letter history", "=in 1\n", "letter=A1", NULL, NULL},
    {"letter hold", "=in 1\n", "letter=A1;reason=photo", NULL, NULL},
    {"letter identify", "letter receive;no_id=yes;sheets=1\n",
	"letter=A1;pairing=P1;writer=inside", NULL, NULL},
    {"letter last", "=in 1\n", "", NULL, NULL},
    {"letter list", "=in 1\n", "", NULL, NULL},
    {"letter new", "", "to=C1;form=add-your-id", NULL, NULL},
    {"letter outgoing", "=in 1\n", "", NULL, NULL},
    {"letter print", "letter new;to=C1;form=add-your-id\n", "letter=A1", NULL,
	NULL},
    {"letter reasons", "", "", NULL, NULL},
    {"letter receive", "", "id=$in1;sheets=2", NULL, NULL},
    {"letter refuse", HELD, "letter=A1;disposition=handed-back", NULL, NULL},
    {"letter release", HELD, "letter=A1", NULL, NULL},
    {"letter reopen", HELD "letter refuse;letter=A1;disposition=lost\n",
	"letter=A1", NULL, NULL},
    {"letter return", CLOSED, "letter=A1;sticker=yellow;reason=unclaimed", NULL,
	NULL},
    {"letter route", "=in 1\n", "letter=A1", NULL, NULL},
    {"letter seal", "=in 1\n=print A1\n", "stub=$stub;envelope=$envelope", NULL,
	NULL},
    {"letter show", "=in 1\n", "letter=A1", NULL, NULL},
    {"letter take", "=elsewhere 1\n", "letter=$elsewhere", NULL, NULL},
    {"letter trays", HELD, "", NULL, NULL},
    {"letter undo", "=in 1\n", "", NULL, NULL},
    {"letter unpost", CLOSED, "letter=A1", NULL, NULL},
    {"letter unseal", "=in 1\n=seal A1\n", "letter=A1", NULL, NULL},
    {"office backup", "", "", NULL, NULL},
    {"office check", "", "", NULL, NULL},
    {"office recover", "", "", NULL, NULL},
    {"office rekey", "", "", NULL, NULL},
    {"office show", "", "", NULL, NULL},
    {"pairing end", "", "pairing=P1;reason=mutual", NULL, NULL},
    {"pairing exchange", CLOSED, "pairing=P1", NULL, NULL},
    {"pairing history", "", "pairing=P1", NULL, NULL},
    {"pairing import", "", "file=p.csv", NULL,
	"outside_ref,inside_ref,opened\nO-0,I-1,2026-02-03\n"},
    {"pairing list", "", "", NULL, NULL},
    {"pairing open", "", "outside=C1;inside=C5", NULL, NULL},
    {"pairing pause", "", "pairing=P1;reason=away", NULL, NULL},
    {"pairing resume", "pairing pause;pairing=P1;reason=away\n", "pairing=P1",
	NULL, NULL},
    {"pairing rotate", "", "pairing=P1;reason=routine", NULL, NULL},
    {"pairing show", "", "pairing=P1", NULL, NULL},
    {"postage list", CLOSED, "", NULL, NULL},
    {"postage price", "",
	"kind=letter;from=2027-01-10;first=80;more=30;most=3.5;"
	"source=the post office",
	NULL, NULL},
    {"postage prices", "", "", NULL, NULL},
    {"postage weigh", "=in 1\n=seal A1\n", "letter=A1;grams=31.5", NULL, NULL},
    {"printer list", "", "", NULL, NULL},
    {"printer profile", "",
	"printer=laser;left=11.2;top=9.6;across=190.4;down=249.5", NULL, NULL},
    {"printer test", "", "printer=laser", NULL, NULL},
    {"report attention", "", "", NULL, NULL},
    {"report correspondent", "", "person=C1", NULL, NULL},
    {"report facility", "", "code=ALI", NULL, NULL},
    {"report letter", "=in 1\n", "letter=A1", NULL, NULL},
    {"report pairing", "", "pairing=P1", NULL, NULL},
    {"report postage", CLOSED, "", NULL, NULL},
    {"scan", "=in 1\n", "code=$stub", NULL, NULL},
    {"setting list", "", "", NULL, NULL},
    {"setting set", "", "name=screening;value=read", NULL, NULL},
    {"setting show", "", "name=screening", NULL, NULL},
    {"sheet blank", "", "count=2", NULL, NULL},
    {"sheet print", "=in 1\n", "letter=A1", NULL, NULL},
    {"sheet void", "sheet blank;count=2\n", "all=", NULL, NULL},
    {"site add", "",
	"name=Bridge West;street=PO BOX 77;city=Boise;state=ID;zip=83701;"
	"zone=America/Boise",
	NULL, NULL},
    {"site list", "", "", NULL, NULL},
    {"site show", "", "site=0", NULL, NULL},
    {"user add", "", "name=vera;role=volunteer", NULL, NULL},
    {"user badge", "", "name=val", NULL, NULL},
    {"user disable", "", "name=val", NULL, NULL},
    {"user enable", "@admin user disable;name=val\n", "name=val", NULL, NULL},
    {"user grant", "@admin user role;name=val;role=staff\n", "name=val", NULL,
	NULL},
    {"user invite", "@admin user add;name=vera;role=staff\n", "name=vera", NULL,
	NULL},
    {"user list", "", "", NULL, NULL},
    {"user passphrase", "", "", "val", NULL},
    {"user pin", "", "name=val", "admin", NULL},
    {"user reset", "", "name=val", NULL, NULL},
    {"user role", "", "name=val;role=staff", NULL, NULL},
};
#define NEXAMPLES (sizeof(examples) / sizeof(examples[0]))

static inline const struct example *
example_of(const char *name)
{
	for (size_t i = 0; i < NEXAMPLES; i++)
		if (strcmp(examples[i].op, name) == 0)
			return &examples[i];
	fail_msg("there is no example of %s in test_ops.c", name);
	return NULL;
}

/* Who acts: whom the example names, else somebody who may. */
static inline const char *
actor(const struct mr_op *op, const struct example *e)
{
	if (e->user != NULL)
		return e->user;
	return op->roles & MR_COORDINATOR ? NULL
	    : op->roles & MR_ADMIN        ? "admin"
	    : op->roles & MR_STAFF        ? "sam"
					  : "val";
}

static inline void
as(struct house *h, const char *user)
{
	h->user = user;
	h->passphrase = user == NULL ? HOUSE_PASSPHRASE : MAIL_STAFF;
}

/* The last document, of any type. */
static struct {
	unsigned char bytes[1 << 20];
	size_t len;
} paper;

static inline int
take(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	(void)to, (void)name, (void)type, (void)secret;
	if (len > sizeof(paper.bytes))
		return -1;
	memcpy(paper.bytes, bytes, len);
	paper.len = len;
	return 0;
}

/* The ID of P1's inside, as it was before anything was done to it. */
static char in1[32];
/* The letter of another site. */
static char elsewhere[64];

/* Words that stand for what differs from run to run. */
static inline const char *
value_of(struct house *h, const char *word, char text[64])
{
	if (strcmp(word, "$in1") == 0)
		return in1;
	if (strcmp(word, "$stub") == 0)
		return mail_scan(h, "A1", MR_PAYLOAD_STUB,
		    mail_letter(h, "A1").sheet_copy, text);
	if (strcmp(word, "$envelope") == 0)
		return mail_envelope(h, "A1", text);
	if (strcmp(word, "$elsewhere") == 0)
		return elsewhere;
	return word;
}

static char words[512], values[HOUSE_WORDS][64];

/* "id=$in1;sheets=2" into h->word, but for the parameter `without`. */
static inline void
say(struct house *h, const char *list, const char *without)
{
	const char *word[HOUSE_WORDS] = {NULL};
	int n = 0;

	snprintf(words, sizeof(words), "%s", list);
	for (char *s = strtok(words, ";"); s != NULL; s = strtok(NULL, ";")) {
		char *is = strchr(s, '=');

		assert_non_null(is);
		*is = '\0';
		if (without != NULL && strcmp(s, without) == 0)
			continue;
		assert_true(n + 3 < HOUSE_WORDS * 2);
		word[n++] = s;
		word[n++] = is + 1;
	}
	/* Only now: the values ask the house, which has words of its own. */
	for (int i = 1; i < n; i += 2)
		word[i] = value_of(h, word[i], values[i]);
	memcpy(h->word, word, sizeof(h->word));
}

/* Run a row with the words that were said. */
static inline enum mr_status
act(struct house *h, const struct mr_op *op)
{
	struct mr_ask ask = {.user = h->user,
	    .now = h->now,
	    .arg = h,
	    .station = h->station,
	    .request = h->request,
	    .get = house_get,
	    .file = house_file,
	    .passphrase = house_passphrase};
	struct mr_arena *arena = mr_arena_new(0);
	enum mr_status status;
	struct mr_out *out;

	h->len = 0;
	h->answer[0] = '\0';
	paper.len = 0;
	out = mr_out_json(arena, house_write, h, take);
	status = mr_op_run(h->mr, op, &ask, out, &h->error);
	if (status == MR_OK || status == MR_STOP)
		assert_int_equal(out->end(out), 0);
	mr_arena_free(arena);
	return status;
}

/* One line of `before`. */
static inline void
step(struct house *h, char *line)
{
	char number[64], *s = line;
	const struct mr_op *op;

	later(h, 10);
	as(h, NULL);
	if (*s == '=') {
		h->document = take;
		if (strncmp(s, "=in ", 4) == 0)
			mail_receive(h, atoi(s + 4), MR_INSIDE, number);
		else if (strncmp(s, "=print ", 7) == 0)
			mail_print(h, s + 7);
		else if (strncmp(s, "=seal ", 6) == 0)
			mail_seal(h, s + 6);
		else if (strncmp(s, "=elsewhere ", 11) == 0)
			site_letter(h, atoi(s + 11), elsewhere);
		else
			fail_msg("what is %s?", s);
		return;
	}
	if (*s == '@') {
		h->user = s + 1;
		s += strcspn(s, " ");
		*s++ = '\0';
	}
	line = s + strcspn(s, ";");
	if (*line == ';')
		*line++ = '\0';
	op = mr_op_find(s);
	assert_non_null(op);
	say(h, line, NULL);
	if (act(h, op) != MR_OK)
		fail_msg("%s: %s", s, h->error.message);
}

static inline void
before(struct house *h, const struct example *e)
{
	char text[512], *line = text;

	snprintf(text, sizeof(text), "%s", e->before);
	while (*line != '\0') {
		char *end = strchr(line, '\n');

		if (end == NULL)
			fail_msg("%s: a line has no end", e->op);
		*end = '\0';
		step(h, line);
		line = end + 1;
	}
	later(h, 10);
	h->csv = e->csv;
}

/* The example that is tried, and an office that is ready for its words. */
static const struct example *example;

static inline int
office(void **state)
{
	static char nine[256];
	struct house *h;
	size_t n = 0;

	example = *state;
	if (mail_setup(state) != 0)
		return -1;
	h = *state;
	for (int i = 0; i < MR_RECOVERY_GROUPS; i++)
		n += (size_t)snprintf(
		    nine + n, sizeof(nine) - n, "%s ", h->sheet.group[i]);
	h->words = nine;
	h->new_passphrase = "a lantern on the quiet harbour";
	h->new_pin = "739204";
	mail_id(h, 1, MR_INSIDE, in1);
	before(h, example);
	as(h, actor(mr_op_find(example->op), example));
	return 0;
}

#endif
