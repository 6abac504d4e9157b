/* Events in words.  See audit_words.h. */
#include "lib/audit_words.h"

#include <string.h>

#include "lib/address.h"
#include "lib/emit.h"
#include "lib/event.h"
#include "lib/facility.h"
#include "lib/fid.h"
#include "lib/history.h"
#include "lib/letter.h"
#include "lib/op.h"
#include "lib/page.h"
#include "lib/pairing.h"
#include "lib/person.h"
#include "lib/reason.h"
#include "lib/restore.h"
#include "lib/site.h"
#include "lib/text.h"
#include "lib/user.h"
#include "lib/when.h"

static const char *
batch_state(int state)
{
	static const char *const names[] = {NULL, "open", "closed"};

	return state > 0 && state < 3 ? names[state] : NULL;
}

/* A PIN, or the code of a first sign-in. */
static const char *
start_state(int state)
{
	return state == 1 ? "in force" : "gone";
}

const char *
mr_subject_state(int subject, int state)
{
	static const char *(*const names[MR_NSUBJECTS])(int) = {
	    [MR_USER] = mr_user_status_name,
	    [MR_FACILITY] = mr_facility_status_name,
	    [MR_CORRESPONDENT] = mr_person_status_name,
	    [MR_ADDRESS] = mr_address_status_name,
	    [MR_PAIRING] = mr_pairing_status_name,
	    [MR_FORWARDING_ID] = mr_fid_status_name,
	    [MR_LETTER] = mr_letter_state_name,
	    [MR_BATCH] = batch_state,
	    [MR_PAGE] = mr_page_status_name,
	    [MR_DAY] = batch_state,
	    [MR_PIN] = start_state,
	    [MR_INVITE] = start_state,
	};

	if (subject < 1 || subject >= MR_NSUBJECTS || names[subject] == NULL)
		return NULL;
	return names[subject](state);
}

const char *
mr_event_op(const struct mr_event *event)
{
	const struct mr_op *op = mr_op_by_number(event->op);

	if (op != NULL)
		return op->name;
	if (event->op == MR_SITE_HEADS)
		return "site heads";
	return event->op == MR_OP_RESTORE ? "office restore" : "init";
}

static const char *
letter_reason(const struct mr_call *c, int reason)
{
	const struct mr_reason_row *why = mr_reason(reason);

	if (why != NULL && why->safety && c->role == MR_VOLUNTEER)
		why = mr_reason(MR_R_STAFF);
	return why != NULL ? why->word : NULL;
}

const char *
mr_subject_reason(const struct mr_call *c, int subject, int reason)
{
	switch (subject) {
	case MR_LETTER:
		return letter_reason(c, reason);
	case MR_PAIRING:
		return mr_pairing_reason_name(reason);
	case MR_CORRESPONDENT:
		return mr_person_reason_name(reason);
	case MR_FORWARDING_ID:
		return mr_fid_reason_name(reason);
	default:
		return NULL;
	}
}

/* Fields that name a row of another table. */
static int
names_subject(int tag)
{
	switch (tag) {
	case MR_F_PERSON:
		return MR_CORRESPONDENT;
	case MR_F_PAIRING:
		return MR_PAIRING;
	case MR_F_FORWARDING_ID:
		return MR_FORWARDING_ID;
	case MR_F_ADDRESS:
		return MR_ADDRESS;
	case MR_F_LETTER:
	case MR_F_OTHER:
		return MR_LETTER;
	case MR_F_BATCH:
	case MR_F_BATCH_WAS:
		return MR_BATCH;
	case MR_F_FACILITY:
		return MR_FACILITY;
	default:
		return 0;
	}
}

static const char *
day_shown(struct mr_call *c, int64_t day)
{
	char text[MR_WHEN_SIZE];

	if (day < 0 || day > MR_DAY_MAX)
		return NULL;
	return mr_strdup(c->arena, mr_day_iso(day, text));
}

/* A step tells sheets plus one, so that "not counted" has a number too. */
static const char *
sheets_shown(
    struct mr_call *c, const struct mr_event *e, const struct mr_field *f)
{
	if (mr_event_number(e, MR_F_SHEETS_WAS, -1) < 0)
		return NULL;
	if (f->number == 0)
		return "none";
	return mr_printf(c->arena, "%lld", (long long)f->number - 1);
}

static const char *
paper_shown(int what)
{
	static const char *const papers[] = {
	    NULL, "sheet", "envelope", "label", "page"};

	return what > 0 && what < 5 ? papers[what] : NULL;
}

/* A number in words, or NULL where it is but a number. */
static const char *
number_words(
    struct mr_call *c, const struct mr_event *e, const struct mr_field *f)
{
	int subject = names_subject(f->tag), n = (int)f->number;
	char money[MR_MONEY_SIZE];

	if (subject != 0)
		return f->number == 0 ? "none"
				      : mr_subject_shown(c, subject, f->number);
	switch (f->tag) {
	case MR_F_FROM:
	case MR_F_TO:
		return mr_subject_state(e->subject, n);
	case MR_F_REASON:
	case MR_F_REASON_WAS:
		return mr_subject_reason(c, e->subject, n);
	case MR_F_DAY:
	case MR_F_DAY_WAS:
	case MR_F_UNTIL:
	case MR_F_UNTIL_WAS:
		return day_shown(c, f->number);
	case MR_F_CENTS:
		return mr_strdup(c->arena, mr_text_money(f->number, money));
	case MR_F_USER:
		return mr_user_shown(c, f->number);
	case MR_F_ROLE:
		return mr_role_name((unsigned)n);
	case MR_F_WAY:
	case MR_F_WAY_WAS:
		return mr_letter_way_name(n);
	case MR_F_DIRECTION:
		return mr_direction_name(n);
	case MR_F_NUMBER:
	case MR_F_NUMBER_WAS:
		return mr_letter_number(c, n);
	case MR_F_SHEETS:
	case MR_F_SHEETS_WAS:
		return sheets_shown(c, e, f);
	case MR_F_EVENT:
		return mr_printf(c->arena, "%lld.%lld",
		    (long long)(f->number >> MR_SITE_SHIFT),
		    (long long)MR_SEQ(f->number));
	case MR_F_WHAT:
		return paper_shown(n);
	default:
		return NULL;
	}
}

static const char *
value_shown(
    struct mr_call *c, const struct mr_event *e, const struct mr_field *f)
{
	const char *words;

	if (f->tag == MR_F_TEXT || f->tag == MR_F_PIECE)
		return mr_strndup(c->arena, f->bytes, f->len);
	if (mr_field_is_bytes(f->tag))
		return mr_text_hex(c->arena, f->bytes, f->len);
	words = number_words(c, e, f);
	if (words != NULL)
		return words;
	return mr_printf(c->arena, "%lld", (long long)f->number);
}

const char *
mr_audit_fields(struct mr_call *c, const struct mr_event *event)
{
	const char *all = "", *value;

	for (int i = 0; i < event->nfields; i++) {
		const struct mr_field *f = &event->fields[i];

		if (f->tag == MR_F_ROW || f->tag == MR_F_VERSION)
			continue;
		value = value_shown(c, event, f);
		all = mr_printf(c->arena, "%s%s%s=%s", all,
		    *all != '\0' ? " " : "", mr_field_name(f->tag),
		    value != NULL ? value : "");
		if (all == NULL)
			return "";
	}
	return all;
}
