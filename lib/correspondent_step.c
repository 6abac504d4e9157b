/* Status, look-up and reveal of one correspondent. */
#include <string.h>
#include <strings.h>

#include "lib/address.h"
#include "lib/chain.h"
#include "lib/correspondent.h"
#include "lib/person.h"
#include "lib/sealed.h"

#define MOST_FOUND 50

static enum mr_status
step(struct mr_call *c, struct mr_person person, int to, const char *reason,
    int until)
{
	enum mr_status status;
	int64_t id = 0;
	int why;

	why = mr_person_reason_of(reason, to);
	if (why == 0)
		return mr_fail(c, MR_INVALID, "reason: write one of %s",
		    mr_person_reason_words(c, to));
	status = mr_person_found(c, person, &id);
	if (status != MR_OK)
		return status;
	return mr_person_set_status(c, id, to, why, until);
}

enum mr_status
mr_correspondent_pause(
    struct mr_call *c, const struct mr_correspondent_pause *in)
{
	int until = in->until.given ? (int)in->until.day : 0;

	if (in->until.given && until < c->today)
		return mr_fail(c, MR_INVALID,
		    "until: that day is over; give the last day of the "
		    "pause, or nothing");
	return step(c, in->person, MR_PERSON_PAUSED, in->reason, until);
}

enum mr_status
mr_correspondent_close(
    struct mr_call *c, const struct mr_correspondent_close *in)
{
	return step(c, in->person, MR_PERSON_CLOSED, in->reason, 0);
}

enum mr_status
mr_correspondent_resume(
    struct mr_call *c, const struct mr_correspondent_one *in)
{
	enum mr_status status;
	int64_t id = 0;

	status = mr_person_found(c, in->person, &id);
	if (status != MR_OK)
		return status;
	return mr_person_set_status(c, id, MR_PERSON_ACTIVE, 0, 0);
}

/* An event for each one found, so that a look-up can be answered for. */
static enum mr_status
note_found(struct mr_call *c, int kind, const int64_t *ids, size_t n)
{
	const struct mr_field fields[] = {
	    {.tag = MR_F_KIND, .number = kind},
	    {.tag = MR_F_COUNT, .number = (int64_t)n},
	    {.tag = MR_F_END},
	};
	enum mr_status status = MR_OK;

	if (n == 0)
		return mr_event_note(c, MR_SITE, c->site->id, fields);
	for (size_t i = 0; status == MR_OK && i < n; i++)
		status = mr_event_note(c, MR_CORRESPONDENT, ids[i], fields);
	return status;
}

enum mr_status
mr_correspondent_find(struct mr_call *c, const struct mr_correspondent_find *in)
{
	int kind = in->name != NULL ? MR_BLIND_NAME : MR_BLIND_NUMBER;
	int64_t ids[MOST_FOUND];
	enum mr_status status;
	size_t n = 0;

	if ((in->name != NULL) == (in->register_number != NULL))
		return mr_fail(c, MR_USAGE,
		    "give either --name with the full legal name, or "
		    "--register-number");
	status = mr_blind_catch_up(c);
	if (status == MR_OK)
		status = mr_blind_find(c, kind,
		    in->name != NULL ? in->name : in->register_number, ids,
		    MOST_FOUND, &n);
	if (status != MR_OK)
		return status;
	return note_found(c, kind, ids, n);
}

static const struct {
	int number;
	const char *word;
} reveals[] = {
#define X(number, word) {number, word},
    MR_REVEAL_REASONS(X)
#undef X
};
#define NREVEALS (sizeof(reveals) / sizeof(reveals[0]))

const char *
mr_reveal_reason_name(int reason)
{
	for (size_t i = 0; i < NREVEALS; i++)
		if (reveals[i].number == reason)
			return reveals[i].word;
	return NULL;
}

static int
reveal_reason(const char *word)
{
	for (size_t i = 0; i < NREVEALS; i++)
		if (strcasecmp(reveals[i].word, word) == 0)
			return reveals[i].number;
	return 0;
}

static const char *
reveal_words(struct mr_call *c)
{
	const char *words = NULL;

	for (size_t i = 0; i < NREVEALS; i++)
		words = words == NULL
		    ? reveals[i].word
		    : mr_printf(c->arena, "%s, %s", words, reveals[i].word);
	return words != NULL ? words : "";
}

enum mr_status
mr_correspondent_reveal(
    struct mr_call *c, const struct mr_correspondent_reveal *in)
{
	struct mr_field fields[] = {
	    {.tag = MR_F_REASON, .number = reveal_reason(in->reason)},
	    {.tag = MR_F_END},
	};
	enum mr_status status;
	int64_t id = 0;

	if (fields[0].number == 0)
		return mr_fail(
		    c, MR_INVALID, "reason: write one of %s", reveal_words(c));
	status = mr_person_found(c, in->person, &id);
	if (status != MR_OK)
		return status;
	return mr_event_note(c, MR_CORRESPONDENT, id, fields);
}
