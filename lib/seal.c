/* The match before gluing.  See seal.h. */
#include "lib/seal.h"

#include <string.h>

#include "lib/batch.h"
#include "lib/fid.h"
#include "lib/paper.h"
#include "lib/postage.h"
#include "lib/seal_past.h"
#include "lib/tongue.h"
#include "lib/writing.h"

struct seal {
	struct mr_call *c;
	const struct mr_seal *in;
	struct mr_letter letter;
	struct mr_piece now;      /* what a print of today would carry */
	struct mr_symbols corner; /* the ID in the envelope's corner */
	int group;                /* which three, from 1; 0: all of it */
};

/* more: another letter, or a rule. */
static enum mr_status
stop_with(struct seal *s, enum mr_mismatch kind, enum mr_tag tag, int64_t more)
{
	struct mr_field fields[] = {{MR_F_KIND, kind, NULL, 0},
	    {tag, more, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	enum mr_status status;

	status = mr_event_note(s->c, MR_LETTER, s->letter.id, fields);
	return status == MR_OK ? MR_STOP : status;
}

static enum mr_status
stop(struct seal *s, enum mr_mismatch kind, int64_t other)
{
	return stop_with(s, kind, MR_F_OTHER, other);
}

static enum mr_status
corner_of(struct mr_call *c, int64_t fid_id, struct mr_symbols *corner)
{
	struct mr_fid fid;
	enum mr_status status;

	corner->n = 0;
	if (fid_id == 0)
		return MR_OK;
	status = mr_fid_load(c, fid_id, &fid);
	if (status == MR_OK && mr_code_from_number(fid.code, corner) != 0)
		return mr_fail(c, MR_DAMAGED,
		    "a forwarding ID is damaged; "
		    "run 'mailroom office check'");
	return status;
}

/* Do the typed symbols stand in that corner, at the group that was asked? */
static int
fits(const struct mr_symbols *typed, const struct mr_symbols *corner, int group)
{
	if (typed->n == corner->n)
		return memcmp(typed->s, corner->s, typed->n) == 0;
	return typed->n == 3 && group > 0 && group * 3 <= corner->n &&
	    memcmp(typed->s, corner->s + (group - 1) * 3, 3) == 0;
}

/* The other envelopes on the table: which groups do they share with ours? */
struct table {
	struct seal *s;
	unsigned shared;                /* bit g: group g is not ours alone */
	const struct mr_symbols *typed; /* or: whose is this? */
	int64_t owner;
};

static enum mr_status
look_at(struct mr_call *c, void *arg, const struct mr_letter *l)
{
	struct table *t = arg;
	struct mr_symbols other;
	enum mr_status status;

	if (l->envelope_copy == 0 || l->id == t->s->letter.id ||
	    l->envelope_id == t->s->letter.envelope_id)
		return MR_OK;
	status = corner_of(c, l->envelope_id, &other);
	if (status != MR_OK)
		return status;
	for (int g = 1; g * 3 <= other.n && g * 3 <= t->s->corner.n; g++)
		if (memcmp(other.s + (g - 1) * 3, t->s->corner.s + (g - 1) * 3,
			3) == 0)
			t->shared |= 1u << g;
	if (t->typed != NULL && t->owner == 0 &&
	    fits(t->typed, &other, t->s->group))
		t->owner = l->id;
	return MR_OK;
}

/* Wherever its letter stands by now: an envelope that was printed lies about
 * until the letter has left. */
static enum mr_status
survey_with(struct seal *s, mr_letter_each each, void *arg)
{
	enum mr_status status = MR_OK;

	for (int state = MR_L_RECEIVED;
	     state <= MR_L_RETURNED && status == MR_OK; state++)
		status = mr_letter_in_state(s->c, state, each, arg);
	return status;
}

static enum mr_status
survey(struct seal *s, const struct mr_symbols *typed, struct table *t)
{
	*t = (struct table){.s = s, .typed = typed};
	return survey_with(s, look_at, t);
}

/* Which group of three to read off the envelope. */
static enum mr_status
choose_group(struct seal *s)
{
	struct table t;
	enum mr_status status;

	status = corner_of(s->c, s->letter.envelope_id, &s->corner);
	if (status == MR_OK)
		status = survey(s, NULL, &t);
	s->group = 0;
	for (int g = s->corner.n / 3; g > 0 && status == MR_OK; g--)
		if (!(t.shared >> g & 1u))
			s->group = g;
	return status;
}

static const char *
what_to_read(struct seal *s)
{
	static const char *const places[] = {
	    MR_SAID("the whole ID"),
	    MR_SAID("the FIRST three symbols of the ID"),
	    MR_SAID("the SECOND three symbols of the ID"),
	    MR_SAID("the THIRD three symbols of the ID"),
	    MR_SAID("the LAST three symbols of the ID"),
	};

	/* To somebody with no pairing, or with several: it carries no ID. */
	return s->corner.n > 0 ? mr_say(places[s->group])
			       : mr_say("the ZIP of the address");
}

static enum mr_status
keep_question(struct seal *s, const char *ask)
{
	struct mr_seal_question *q = mr_alloc(s->c->arena, sizeof(*q));

	if (q == NULL)
		return mr_nomem(s->c);
	q->letter = s->letter;
	q->ask = ask;
	s->c->found = q;
	return MR_OK;
}

static enum mr_status
find_stub(struct seal *s)
{
	struct mr_letter_found found;
	enum mr_status status;

	status = mr_letter_find(s->c, s->in->stub, &s->letter, &found);
	if (status != MR_OK)
		return status;
	/* Before anything is asked about it. */
	if (!mr_letter_here(s->c, &s->letter))
		return mr_letter_elsewhere(s->c, &s->letter);
	if (found.by == MR_BY_ENVELOPE)
		return mr_fail(s->c, MR_REFUSED,
		    "that is the envelope; scan the stub of the page first");
	if (found.by == MR_BY_NUMBER)
		return mr_fail(s->c, MR_REFUSED,
		    "scan the stub, or type the "
		    "letter code that stands on it: the number alone proves "
		    "nothing");
	if (found.superseded)
		return stop(s, MR_OLD_STUB, 0);
	return MR_OK;
}

/* A letter of ours without its page is a stub in an envelope. */
static enum mr_status
check_page(struct seal *s)
{
	const char *number = mr_letter_number(s->c, s->letter.number);
	struct mr_writing writing;
	enum mr_status status = mr_writing_of(s->c, &s->letter, &writing);

	if (status == MR_OK && writing.event != 0 && writing.copy == 0)
		return mr_fail(s->c, MR_REFUSED,
		    "letter %s has no page yet: 'mailroom letter print %s'",
		    number, number);
	return status;
}

static enum mr_status
check_ready(struct seal *s)
{
	const struct mr_letter *l = &s->letter;
	const char *number = mr_letter_number(s->c, l->number);

	if (l->state != MR_L_CLEARED)
		return mr_fail(s->c, MR_REFUSED,
		    "letter %s is %s; only a "
		    "cleared letter is sealed",
		    number, mr_say(mr_letter_state_name(l->state)));
	if (l->sheet_copy == 0 || l->marks & MR_MARK_REPRINT)
		return mr_fail(s->c, MR_REFUSED,
		    "letter %s has no cover sheet "
		    "yet: 'mailroom sheet print'",
		    number);
	if (l->envelope_copy == 0)
		return mr_fail(s->c, MR_REFUSED,
		    "letter %s has no envelope "
		    "yet: 'mailroom envelope print'",
		    number);
	return l->way == MR_OFFICE ? check_page(s) : MR_OK;
}

/* What was printed outside keeps the rules of today. */
static enum mr_status
check_outside(struct seal *s)
{
	int rule = 0;
	enum mr_status status = mr_past_rule(s->c, &s->letter, &rule);

	return status == MR_OK && rule != 0
	    ? stop_with(s, MR_OLD_ENVELOPE, MR_F_RULE, rule)
	    : status;
}

/* Pairing, address and rules once more; what fails is held. */
static enum mr_status
check_gate(struct seal *s)
{
	int reason = 0;
	enum mr_status status;

	status = mr_letter_proved(s->c, &s->letter);
	if (status == MR_OK)
		status =
		    mr_letter_gate(s->c, &s->letter, &reason, &s->letter.rule);
	if (status == MR_OK && reason != 0) {
		status = mr_letter_hold(s->c, &s->letter, reason, 0, NULL);
		return status == MR_OK ? MR_STOP : status;
	}
	if (status == MR_OK)
		status = mr_piece_now(s->c, &s->letter, &s->now);
	if (status != MR_OK)
		return status;
	/* Void: the address or the ID is another one since it was printed. */
	if (s->now.address != s->letter.envelope_address ||
	    s->now.fid != s->letter.envelope_id)
		return stop(s, MR_OLD_ENVELOPE, 0);
	return check_outside(s);
}

static enum mr_status
match_scan(struct seal *s)
{
	struct mr_letter_found found;
	struct mr_letter other;
	enum mr_status status;

	status = mr_letter_find(s->c, s->in->envelope, &other, &found);
	if (status == MR_NOTFOUND)
		return stop(s, MR_ENVELOPE_NOBODYS, 0);
	if (status != MR_OK)
		return status;
	if (found.by != MR_BY_ENVELOPE)
		return mr_fail(s->c, MR_REFUSED,
		    "that is no envelope; scan "
		    "the envelope of letter %s, or type %s in its corner",
		    mr_letter_number(s->c, s->letter.number), what_to_read(s));
	if (other.id != s->letter.id)
		return stop(s, MR_ENVELOPE_OTHERS, other.id);
	return found.superseded ? stop(s, MR_OLD_ENVELOPE, 0) : MR_OK;
}

static enum mr_status
match_typed(struct seal *s, const struct mr_symbols *typed)
{
	struct table t;
	enum mr_status status;

	if (fits(typed, &s->corner, s->group))
		return MR_OK;
	status = survey(s, typed, &t);
	if (status != MR_OK)
		return status;
	return t.owner != 0 ? stop(s, MR_ENVELOPE_OTHERS, t.owner)
			    : stop(s, MR_ENVELOPE_NOBODYS, 0);
}

/* Another envelope without an ID that goes to the same ZIP. */
struct twin {
	struct seal *s;
	const char *zip;
	int number; /* 0: none */
};

static enum mr_status
look_for_twin(struct mr_call *c, void *arg, const struct mr_letter *l)
{
	struct twin *t = arg;
	const char *zip;
	enum mr_status status;

	if (l->envelope_copy == 0 || l->envelope_id != 0 ||
	    l->id == t->s->letter.id ||
	    l->envelope_address == t->s->letter.envelope_address)
		return MR_OK;
	status = mr_past_zip(c, l->envelope_address, &zip);
	if (status == MR_OK && zip != NULL && strncmp(zip, t->zip, 5) == 0)
		t->number = l->number;
	return status;
}

/* An inside envelope without an ID: only its ZIP is public, and proves
 * something as long as no other one goes there. */
static enum mr_status
match_zip(struct seal *s)
{
	struct twin twin = {.s = s};
	enum mr_status status;

	status = mr_past_zip(s->c, s->letter.envelope_address, &twin.zip);
	if (status != MR_OK)
		return status;
	if (twin.zip == NULL)
		return mr_fail(s->c, MR_INVALID, "scan the envelope");
	if (strncmp(s->in->envelope.s, twin.zip, 5) != 0)
		return stop(s, MR_ENVELOPE_NOBODYS, 0);
	status = survey_with(s, look_for_twin, &twin);
	if (status == MR_OK && twin.number != 0)
		return mr_fail(s->c, MR_REFUSED,
		    "the envelope of letter %s "
		    "goes to the same ZIP without an ID too, and nothing tells "
		    "the two apart: close that letter, and write it again when "
		    "this one has left",
		    mr_letter_number(s->c, twin.number));
	return status;
}

static enum mr_status
match(struct seal *s)
{
	struct mr_symbols typed;
	struct mr_code_fault fault;

	if (strlen(s->in->envelope.s) >= 20)
		return match_scan(s);
	if (s->corner.n == 0)
		return match_zip(s);
	if (mr_code_fold(s->in->envelope.s, &typed, &fault) == MR_FOLD_OK &&
	    (typed.n == 3 || typed.n == s->corner.n)) {
		if (typed.n == 3 && s->group == 0)
			return mr_fail(s->c, MR_REFUSED,
			    "type the whole ID: "
			    "another envelope on the table shares each of its "
			    "groups");
		return match_typed(s, &typed);
	}
	if (typed.n == 12)
		return match_scan(s);
	return mr_fail(s->c, MR_INVALID,
	    "scan the envelope, or type %s in "
	    "its corner",
	    what_to_read(s));
}

/*
 * The corner is the same on an earlier envelope that went elsewhere; its ZIP
 * tells them apart.  A facility's is public; an outside envelope has a scan
 * with its copy.
 */
static enum mr_status
check_zip(struct seal *s)
{
	const char *number = mr_letter_number(s->c, s->letter.number), *zip;
	int asked = 0, old = 0, scanned = strlen(s->in->envelope.s) >= 20;
	enum mr_status status =
	    mr_past_elsewhere(s->c, &s->letter, scanned, &asked);

	if (status != MR_OK || !asked)
		return status;
	status = mr_past_zip(s->c, s->letter.envelope_address, &zip);
	if (status == MR_OK && zip == NULL && scanned)
		status = mr_past_twin_copy(s->c, &s->letter, &old);
	if (status != MR_OK)
		return status;
	if (zip == NULL && !scanned)
		return mr_fail(s->c, MR_REFUSED,
		    "an envelope for another address was printed before: scan "
		    "the one of letter %s",
		    number);
	if (zip != NULL && s->in->zip == NULL)
		return mr_fail(s->c, MR_UNTOLD,
		    "an envelope for another address was printed before: read "
		    "the ZIP on the one of letter %s and give it with --zip",
		    number);
	if (zip != NULL)
		old = strncmp(s->in->zip, zip, 5) != 0;
	return old ? stop(s, MR_OLD_ENVELOPE, 0) : MR_OK;
}

/*
 * Postage by weight: of the scale, or of its sheets.  Where the sheets do not
 * tell enough, the ledger has what they say until somebody weighs it, and the
 * letter no stamps.
 */
static enum mr_status
postage(struct seal *s, struct mr_fare *cost, int *sure)
{
	int64_t weight = 0;
	enum mr_status status;

	*sure = 1;
	if (s->in->grams != NULL)
		status = mr_postage_grams(s->c, s->in->grams, &weight);
	else
		status = mr_postage_guess(s->c, &s->letter, &weight, sure);
	if (status == MR_OK && s->in->stamps.given)
		status = mr_postage_by_stamps(
		    s->c, s->c->today, weight, s->in->stamps.n, cost);
	else if (status == MR_OK)
		status = mr_postage_reckon(s->c, s->c->today, weight, cost);
	if (status == MR_OK)
		cost->weighed = s->in->grams != NULL;
	*sure |= s->in->stamps.given;
	return status;
}

static enum mr_status
into_batch(struct seal *s)
{
	struct mr_letter now = s->letter;
	struct mr_field extra[] = {
	    {MR_F_WEIGHT, 0, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	struct mr_batch batch = {0};
	struct mr_fare cost = {0};
	int sure = 0;
	enum mr_status status = postage(s, &cost, &sure);

	if (status == MR_OK)
		status = mr_batch_current(s->c, &batch);
	if (status == MR_NOTFOUND)
		status = mr_batch_new(s->c, &batch.id);
	if (status != MR_OK)
		return status;
	now.state = MR_L_SEALED;
	now.reason = 0;
	now.batch = batch.id;
	now.stamps = sure ? (int)cost.stamps : -1;
	extra[0].number = cost.weight;
	status = mr_letter_store(s->c, &s->letter, &now, extra);
	return status == MR_OK ? mr_postage_pay(s->c, now.id, &cost) : status;
}

enum mr_status
mr_seal_letter(struct mr_call *c, const struct mr_seal *in)
{
	struct seal s = {.c = c, .in = in};
	enum mr_status status = find_stub(&s);

	if (status == MR_OK && s.letter.state == MR_L_SEALED)
		return keep_question(&s, NULL);
	if (status == MR_OK)
		status = check_ready(&s);
	if (status == MR_OK)
		status = check_gate(&s);
	if (status == MR_OK)
		status = choose_group(&s);
	if (status == MR_OK && in->envelope.s == NULL)
		return keep_question(&s, what_to_read(&s));
	if (status == MR_OK)
		status = match(&s);
	if (status == MR_OK)
		status = check_zip(&s);
	if (status == MR_OK)
		status = into_batch(&s);
	return status;
}
