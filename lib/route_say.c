/* What the rule router tells people.  See route.h. */
#include "lib/route.h"

#include "lib/chain.h"
#include "lib/tongue.h"
#include "lib/when.h"

static const char *
languages(int64_t bits)
{
	static const char *const names[] = {MR_SAID("no language that we know"),
	    MR_SAID("English"), MR_SAID("Spanish"),
	    MR_SAID("English or Spanish"),
	    MR_SAID("languages other than English and Spanish"),
	    MR_SAID("languages other than Spanish"),
	    MR_SAID("languages other than English"), MR_SAID("any language")};

	return mr_say(names[bits & 7]);
}

/* "This prison takes at most 6 sheets in a letter." */
static const char *
at_most(struct mr_call *c, int64_t n, const char *one, const char *many,
    const char *where)
{
	if (n == 0)
		return mr_printf(c->arena, mr_say("This prison takes no %s%s."),
		    mr_say(many), mr_say(where));
	return mr_printf(c->arena,
	    mr_say("This prison takes at most %lld %s%s."), (long long)n,
	    mr_say(n == 1 ? one : many), mr_say(where));
}

const char *
mr_route_say(struct mr_call *c, const struct mr_route *route, int rule)
{
	int64_t value = route->rules.value[rule];

	switch (rule) {
	case MR_RULE_THIRD_PARTY_OK:
		return mr_say(
		    "This prison takes no mail through a forwarding office.");
	case MR_RULE_DEPT_LINE:
		return mr_say("This prison refuses our DEPT line with the ID.");
	case MR_RULE_FULL_NAME_NEEDED:
		return mr_say("This prison asks for the sender's full name.");
	case MR_RULE_MAX_SHEETS:
		return at_most(c, value, "sheet", "sheets", " in a letter");
	case MR_RULE_PHOTOS:
		return at_most(c, value, "photo", "photos", " in a letter");
	case MR_RULE_CARDS:
		return mr_say("This prison takes no greeting cards.");
	case MR_RULE_LANGUAGES:
		return mr_printf(c->arena,
		    mr_say("This prison takes letters in %s only."),
		    languages(value));
	case MR_RULE_LETTERS_A_WEEK:
		return at_most(c, value, "letter", "letters",
		    " from one writer in seven days");
	case MR_RULE_WINDOW:
		return mr_say("This prison takes no envelope with a window.");
	case MR_RULE_LARGEST_ENVELOPE:
		return value == MR_LARGEST_10
		    ? mr_say("This prison takes no envelope larger than a #10.")
		    : mr_say("This prison takes no large envelope.");
	case MR_RULE_LABELS:
		return mr_say("This prison takes no adhesive labels.");
	case MR_RULE_CODE_ON_PIECE:
		return mr_say("This prison takes no code on what goes in.");
	case MR_RULE_ENDORSEMENT:
	case MR_RULE_SENDER_LINE:
		return mr_say(
		    "This prison asks for another return address now.");
	default:
		return mr_say("The prison does not take it like this.");
	}
}

const char *
mr_route_tell(struct mr_call *c, const struct mr_route *route)
{
	const int64_t *is = route->rules.value;
	const char *envelope = NULL, *tape = "";

	if (route->facility == 0)
		return NULL;
	if (is[MR_RULE_PLAIN_WHITE])
		envelope = is[MR_RULE_TINT]
		    ? mr_say("Plain white envelope.")
		    : mr_say("Plain white envelope, no pattern inside.");
	else if (!is[MR_RULE_TINT])
		envelope = mr_say("Envelope without a pattern inside.");
	if (!is[MR_RULE_TAPE])
		tape = mr_say("No tape, no staples.");
	if (envelope == NULL)
		return *tape != '\0' ? tape : NULL;
	if (*tape == '\0')
		return envelope;
	return mr_printf(c->arena, "%s %s", envelope, tape);
}

/* Did this event put the letter where it is held? */
static int
began(const struct mr_event *event)
{
	return event->dropped ||
	    (mr_event_number(event, MR_F_TO, 0) == MR_L_HELD &&
		(mr_event_number(event, MR_F_FROM, 0) != MR_L_HELD ||
		    mr_event_number(event, MR_F_REASON_WAS, 0) !=
			MR_R_FACILITY_RULE));
}

enum mr_status
mr_route_why(struct mr_call *c, const struct mr_letter *letter, int reason,
    int rule, const char **say)
{
	struct mr_route route;
	enum mr_status status;

	*say = mr_say(mr_reason(reason)->say);
	if (reason != MR_R_FACILITY_RULE || mr_rule_about(rule) == NULL)
		return MR_OK;
	status = mr_route_of(c, letter, c->today, &route);
	if (status == MR_OK)
		*say = mr_route_say(c, &route, rule);
	return status;
}

enum mr_status
mr_route_told(struct mr_call *c, const struct mr_letter *letter,
    const struct mr_event *event, int *rule, const char **say)
{
	struct mr_route route;
	enum mr_status status;

	*say = NULL;
	*rule = event->dropped ? 0 : (int)mr_event_number(event, MR_F_RULE, 0);
	if (mr_rule_about(*rule) == NULL)
		return MR_OK;
	status = mr_route_of(c, letter, mr_day_of(event->at), &route);
	if (status == MR_OK)
		*say = mr_route_say(c, &route, *rule);
	return status;
}

enum mr_status
mr_route_held(struct mr_call *c, const struct mr_letter *letter, int *rule,
    const char **say)
{
	struct mr_event event;
	int64_t id = letter->event;
	int found = 0;

	*rule = 0;
	*say = NULL;
	if (letter->state != MR_L_HELD || letter->reason != MR_R_FACILITY_RULE)
		return MR_OK;
	while (id != 0 && !found) {
		struct mr_mark mark = mr_mark(c->arena);
		enum mr_status status = mr_event_load(c, id, &event);

		if (status != MR_OK)
			return status;
		found = began(&event);
		id = event.before;
		if (!found)
			mr_release(c->arena, mark);
	}
	return found ? mr_route_told(c, letter, &event, rule, say) : MR_OK;
}
