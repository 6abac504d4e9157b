/* Events in plain words, for histories.  See history.h. */
#include <string.h>

#include "lib/audit.h"
#include "lib/audit_words.h"
#include "lib/emit.h"
#include "lib/enclosure.h"
#include "lib/facility.h"
#include "lib/fid.h"
#include "lib/history.h"
#include "lib/letter.h"
#include "lib/op.h"
#include "lib/page.h"
#include "lib/paper.h"
#include "lib/rule.h"
#include "lib/sealed.h"
#include "lib/text.h"
#include "lib/tongue.h"
#include "lib/when.h"
#include "lib/writing.h"

/* A sentence that grows by phrases, ", " between. */
struct say {
	struct mr_call *c;
	const char *s; /* "" at first */
};

static void add(struct say *say, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
add(struct say *say, const char *format, ...)
{
	const char *phrase, *all;
	va_list ap;

	va_start(ap, format);
	phrase = mr_vprintf(say->c->arena, mr_say(format), ap);
	va_end(ap);
	if (phrase == NULL)
		return;
	all = *say->s == '\0'
	    ? phrase
	    : mr_printf(say->c->arena, "%s, %s", say->s, phrase);
	if (all != NULL)
		say->s = all;
}

static int
has(const struct mr_event *e, enum mr_tag tag)
{
	return mr_event_number(e, tag, -1) >= 0;
}

static int
number(const struct mr_event *e, enum mr_tag tag)
{
	return (int)mr_event_number(e, tag, 0);
}

static void
add_reason(struct say *say, const struct mr_event *e, const char *what)
{
	const char *why =
	    mr_subject_reason(say->c, e->subject, number(e, MR_F_REASON));

	if (why != NULL)
		add(say, "%s: %s", mr_say(what), mr_say(why));
	else
		add(say, "%s", mr_say(what));
}

static void
add_until(struct say *say, const struct mr_event *e)
{
	int64_t day = mr_event_number(e, MR_F_UNTIL, 0);
	char text[MR_WHEN_SIZE];

	if (day > 0 && day <= MR_DAY_MAX)
		add(say, "until %s", mr_day_iso(day, text));
}

static void
add_sheets(struct say *say, int n)
{
	if (n >= 0)
		add(say, "%d sheet%s counted", n, n == 1 ? "" : "s");
}

/* A letter that took a page again tells them as a step does. */
static int
sheets_logged(const struct mr_event *e)
{
	return number(e, MR_F_SHEETS) - has(e, MR_F_SHEETS_WAS);
}

static void
letter_logged(struct say *say, const struct mr_event *e)
{
	const char *as = mr_letter_number(say->c, number(e, MR_F_NUMBER));
	int way = (int)mr_event_number(e, MR_F_WAY, MR_FORWARD);
	int to = number(e, MR_F_TO);
	int64_t with = mr_event_number(e, MR_F_LETTER, 0);
	const char *form = mr_form_name(number(e, MR_F_FORM));

	if (way == MR_OFFICE)
		add(say, "office letter begun as %s%s%s", as,
		    form != NULL ? ": " : "", form != NULL ? mr_say(form) : "");
	else if (way == MR_BACK)
		add(say,
		    "an envelope that came back, logged at station %c as "
		    "%s",
		    e->station, as);
	else
		add(say, "received at station %c as %s", e->station, as);
	if (with != 0)
		add(say, "in one envelope with %s",
		    mr_letter_code(say->c, with));
	if (to == MR_L_UNIDENTIFIED && way == MR_FORWARD)
		add(say, "no ID that can be read");
	if (has(e, MR_F_PAGE))
		add(say, "on a page for a day without power");
	if (has(e, MR_F_SHEETS))
		add_sheets(say, sheets_logged(e));
	if (to == MR_L_HELD)
		add_reason(say, e, "held");
	else if (to == MR_L_CLEARED && way == MR_FORWARD)
		add(say, "looked through");
}

static void
letter_printed(struct say *say, const struct mr_event *e)
{
	static const char *const papers[] = {
	    [MR_P_SHEET] = MR_SAID("cover sheet"),
	    [MR_P_ENVELOPE] = MR_SAID("envelope"),
	    [MR_P_LABEL] = MR_SAID("label"),
	    [MR_P_PAGE] = MR_SAID("page"),
	};
	int what = number(e, MR_F_WHAT);

	if (what > 0 && what <= MR_P_PAGE)
		add(say, "%s printed, copy %d", mr_say(papers[what]),
		    number(e, MR_F_COPY));
}

/* To cleared or received: what that means depends on where from. */
static void
letter_cleared(struct say *say, int from, int to)
{
	if (from == MR_L_HELD)
		add(say, "released");
	else if (from == MR_L_SEALED)
		add(say, "opened again");
	else if (from == MR_L_POSTED)
		add(say, "was not posted, back in the house");
	else if (from == MR_L_RETURNED)
		add(say, "to be sent once more");
	else if (from == MR_L_UNIDENTIFIED)
		add(say, "identified");
	else if (to == MR_L_RECEIVED)
		add(say, "to be looked through again");
	else
		add(say, "looked through");
}

static void
letter_moved(struct say *say, const struct mr_event *e)
{
	int64_t batch = mr_event_number(e, MR_F_BATCH, 0);
	int from = number(e, MR_F_FROM), to = number(e, MR_F_TO);

	switch (to) {
	case MR_L_HELD:
		add_reason(say, e,
		    from == MR_L_CLOSED ? "opened again, held" : "held");
		break;
	case MR_L_SEALED:
		add(say, "sealed into batch %s",
		    batch == 0 ? "?" : mr_show_id(say->c, 'B', batch));
		break;
	case MR_L_POSTED:
		add(say, "posted");
		break;
	case MR_L_RETURNED:
		add_reason(say, e, "came back");
		if (has(e, MR_F_NUMBER))
			add(say, "its number is %s now",
			    mr_letter_number(say->c, number(e, MR_F_NUMBER)));
		break;
	case MR_L_CLOSED:
		add_reason(say, e, "closed");
		break;
	default:
		letter_cleared(say, from, to);
	}
}

static void
letter_marked(struct say *say, const struct mr_event *e)
{
	int new = number(e, MR_F_MARKS) & ~number(e, MR_F_MARKS_WAS);

#define X(name, bit, word, key, reason) \
	if (new &bit) \
		add(say, "seen: %s", mr_say(word));
	MR_MARKS(X)
#undef X
}

/* All that a step can tell besides the state. */
static void
letter_details(struct say *say, const struct mr_event *e)
{
	int64_t pairing = mr_event_number(e, MR_F_PAIRING, 0);
	int64_t other = mr_event_number(e, MR_F_OTHER, 0);
	const struct mr_rule_about *rule = mr_rule_about(number(e, MR_F_RULE));

	if (has(e, MR_F_SITE))
		add(say, "taken over from site %d, as %s", number(e, MR_F_SITE),
		    mr_letter_number(say->c, number(e, MR_F_NUMBER)));
	if (pairing != 0)
		add(say, "belongs to %s", mr_show_id(say->c, 'P', pairing));
	if (has(e, MR_F_SHEETS_WAS))
		add_sheets(say, number(e, MR_F_SHEETS) - 1);
	if (has(e, MR_F_WEIGHT) && number(e, MR_F_FROM) == number(e, MR_F_TO))
		add(say, "weighed");
	if (has(e, MR_F_MARKS))
		letter_marked(say, e);
	if (number(e, MR_F_WAY) == MR_BACK)
		add(say, "turned round to its writer");
	if (other != 0)
		add(say, "STOP: the envelope of %s was held to it",
		    mr_letter_code(say->c, other));
	else if (has(e, MR_F_KIND) && !has(e, MR_F_TO))
		add(say, "STOP: page and envelope do not match");
	if (rule != NULL)
		add(say, "the facility's rule %s", rule->word);
	if (mr_event_number(e, MR_F_LETTER, 0) != 0)
		add(say, "it was %s",
		    mr_letter_code(say->c, mr_event_number(e, MR_F_LETTER, 0)));
}

static void
letter_words(struct say *say, const struct mr_event *e)
{
	const char *state = mr_letter_state_name(number(e, MR_F_TO));

	if (has(e, MR_F_UNDOES)) {
		add(say, "last step taken back, %s again",
		    state != NULL ? mr_say(state) : mr_say("as"));
		return;
	}
	if (e->before == 0 || has(e, MR_F_PAGE)) {
		letter_logged(say, e);
		return;
	}
	letter_printed(say, e);
	if (number(e, MR_F_FROM) != number(e, MR_F_TO))
		letter_moved(say, e);
	else if (number(e, MR_F_REASON) != number(e, MR_F_REASON_WAS))
		add_reason(say, e, state != NULL ? state : "now");
	letter_details(say, e);
}

/* Pairing, correspondent, facility, ID: a status, with a reason. */
static void
status_words(struct say *say, const struct mr_event *e, const char *made)
{
	const char *to = mr_subject_state(e->subject, number(e, MR_F_TO));

	if (e->before == 0)
		add(say, "%s", mr_say(made));
	else if (to != NULL &&
	    (number(e, MR_F_FROM) != number(e, MR_F_TO) ||
		number(e, MR_F_REASON) != number(e, MR_F_REASON_WAS)))
		add_reason(say, e, to);
	add_until(say, e);
}

static void
enclosure_words(struct say *say, const struct mr_event *e)
{
	const char *kind = mr_enclosure_kind_name(number(e, MR_F_KIND));
	const char *to = mr_disposition_name(number(e, MR_F_TO));
	int64_t second = mr_event_number(e, MR_F_USER, 0);
	char money[MR_MONEY_SIZE];

	if (e->before == 0 && kind != NULL)
		add(say, "found in it: %s, %d", mr_say(kind),
		    number(e, MR_F_COUNT));
	else if (to != NULL && number(e, MR_F_FROM) != number(e, MR_F_TO))
		add(say, "enclosure: %s", mr_say(to));
	if (has(e, MR_F_CENTS))
		add(say, "$%s", mr_text_money(number(e, MR_F_CENTS), money));
	if (second != 0)
		add(say, "signed by %s", mr_user_shown(say->c, second));
}

static void
address_words(struct say *say, const struct mr_event *e)
{
	const char *to = mr_subject_state(MR_ADDRESS, number(e, MR_F_TO));
	int64_t facility = mr_event_number(e, MR_F_FACILITY, 0);
	int64_t day = mr_event_number(e, MR_F_DAY, -1);
	char text[MR_WHEN_SIZE];

	add(say, e->before == 0 ? "address entered" : "address");
	if (facility != 0)
		add(say, "at %s",
		    mr_subject_shown(say->c, MR_FACILITY, facility));
	if (day >= 0 && day <= MR_DAY_MAX)
		add(say, "from %s", mr_day_iso(day, text));
	if (to != NULL)
		add(say, "%s", mr_say(to));
}

static void
rule_words(struct say *say, const struct mr_event *e)
{
	const struct mr_rule_about *rule = mr_rule_about(number(e, MR_F_RULE));
	int64_t day = mr_event_number(e, MR_F_DAY, -1);
	int64_t value = mr_event_number(e, MR_F_VALUE, 0);
	char text[MR_WHEN_SIZE];

	add(say, "rule %s: %s", rule != NULL ? rule->word : "?",
	    rule != NULL ? mr_say(mr_rule_show(say->c, rule, value)) : "?");
	if (day > 0 && day <= MR_DAY_MAX)
		add(say, "from %s", mr_day_iso(day, text));
}

static void
postage_words(struct say *say, const struct mr_event *e)
{
	int64_t weight = mr_event_number(e, MR_F_WEIGHT, 0);
	char money[MR_MONEY_SIZE];

	if (number(e, MR_F_CENTS) == 0)
		add(say, "its postage was taken back");
	else
		add(say, "postage $%s for %lld.%lld g, stamps: %d",
		    mr_text_money(number(e, MR_F_CENTS), money),
		    (long long)(weight / 10), (long long)(weight % 10),
		    number(e, MR_F_STAMPS));
}

static void
page_words(struct say *say, const struct mr_event *e)
{
	const char *to = mr_page_status_name(number(e, MR_F_TO));

	if (e->before == 0)
		add(say, "page %d for a day without power printed",
		    number(e, MR_F_COUNT));
	else if (to != NULL)
		add(say, "page for a day without power: %s",
		    number(e, MR_F_TO) == MR_PAGE_PRINTED
			? mr_say("can be used again")
			: mr_say(to));
}

static void
subject_words(struct say *say, const struct mr_event *e)
{
	switch (e->subject) {
	case MR_LETTER:
		letter_words(say, e);
		break;
	case MR_ENCLOSURE:
		enclosure_words(say, e);
		break;
	case MR_PAIRING:
		status_words(say, e, "opened");
		break;
	case MR_CORRESPONDENT:
		status_words(say, e, "entered");
		break;
	case MR_FACILITY:
		status_words(say, e, "entered");
		break;
	case MR_FORWARDING_ID:
		status_words(say, e, "issued");
		break;
	case MR_ADDRESS:
		address_words(say, e);
		break;
	case MR_RULE:
		rule_words(say, e);
		break;
	case MR_POSTAGE:
		postage_words(say, e);
		break;
	case MR_SEALED:
		if (!has(e, MR_F_KIND))
			add(say, "filed anew, to be found by name");
		else
			add(say, "%s stored",
			    number(e, MR_F_KIND) == MR_SEALED_IDENTITY
				? mr_say("name and number")
				: mr_say("story"));
		break;
	case MR_PAGE:
		page_words(say, e);
		break;
	default:
		break;
	}
}

const char *
mr_event_words(struct mr_call *c, const struct mr_event *event)
{
	const struct mr_op *op = mr_op_by_number(event->op);
	struct say say = {c, ""};

	if (event->dropped)
		return mr_say("dropped by retention");
	if (op != NULL && strncmp(op->name, "report ", 7) == 0)
		return mr_say("history printed");
	subject_words(&say, event);
	if (*say.s == '\0')
		add(&say, "%s", mr_event_op(event));
	return say.s;
}

const char *
mr_subject_shown(struct mr_call *c, int subject, int64_t id)
{
	struct mr_facility facility;
	struct mr_fid fid;

	if (subject == MR_FACILITY &&
	    mr_facility_load(c, id, &facility) == MR_OK)
		return facility.code;
	if (subject == MR_USER)
		return mr_printf(
		    c->arena, mr_say("user %s"), mr_user_shown(c, id));
	if (subject == MR_BADGE)
		return mr_printf(
		    c->arena, mr_say("badge of %s"), mr_user_shown(c, id));
	if (subject == MR_PIN)
		return mr_printf(
		    c->arena, mr_say("PIN of %s"), mr_user_shown(c, id));
	if (subject == MR_INVITE)
		return mr_printf(
		    c->arena, mr_say("first code of %s"), mr_user_shown(c, id));
	if (subject == MR_FORWARDING_ID && mr_fid_load(c, id, &fid) == MR_OK)
		return mr_fid_show(c, &fid);
	return mr_audit_subject(c, subject, id);
}
