/* The rule router.  See route.h. */
#include "lib/route.h"

#include <string.h>

#include "lib/address.h"
#include "lib/enclosure.h"
#include "lib/tongue.h"
#include "lib/when.h"

#define WEEK_US (7 * MR_DAY_US)

/* Nothing asked: a home, where our labels and codes are welcome. */
static void
free_way(struct mr_rules *rules)
{
	static const int yes[] = {
	    MR_RULE_LABELS, MR_RULE_CODE_ON_PIECE, MR_RULE_WINDOW};

	for (size_t i = 0; i < mr_nrules; i++) {
		int n = mr_rule_list[i].number;

		rules->value[n] = mr_rule_list[i].otherwise;
		rules->why[n] = (struct mr_rule_source){
		    .source = mr_say("goes to no facility")};
	}
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		rules->value[yes[i]] = 1;
}

enum mr_status
mr_route_to(
    struct mr_call *c, int64_t facility, int64_t day, struct mr_route *route)
{
	route->facility = facility;
	route->day = day;
	if (facility != 0)
		return mr_rules_load(c, facility, (int)day, &route->rules);
	free_way(&route->rules);
	return MR_OK;
}

enum mr_status
mr_route_of_address(
    struct mr_call *c, int64_t id, int64_t day, struct mr_route *route)
{
	struct mr_address address = {0};
	enum mr_status status = MR_OK;

	if (id != 0)
		status = mr_address_load(c, id, &address);
	return status == MR_OK ? mr_route_to(c, address.facility, day, route)
			       : status;
}

enum mr_status
mr_route_of(struct mr_call *c, const struct mr_letter *letter, int64_t day,
    struct mr_route *route)
{
	struct mr_address address = {0};
	int64_t from, to;
	enum mr_status status = mr_letter_parties(c, letter, &from, &to);

	if (status == MR_OK && to != 0)
		status = mr_address_on(c, to, (int)day, &address);
	if (status == MR_NOTFOUND)
		status = MR_OK;
	return status == MR_OK ? mr_route_to(c, address.facility, day, route)
			       : status;
}

enum mr_status
mr_route_proved(struct mr_call *c, const struct mr_route *route)
{
	enum mr_status status = MR_OK;

	for (size_t i = 0; i < mr_nrules && status == MR_OK; i++) {
		int64_t id = route->rules.why[mr_rule_list[i].number].id;

		if (id != 0)
			status = mr_row_proved(c, MR_RULE, id);
	}
	return status;
}

static int64_t
value(const struct mr_route *route, int rule)
{
	return route->rules.value[rule];
}

/* What a facility asks of every piece that we send on; 0: it takes it. */
static int
against_scheme(const struct mr_route *route)
{
	if (!value(route, MR_RULE_THIRD_PARTY_OK))
		return MR_RULE_THIRD_PARTY_OK;
	if (!value(route, MR_RULE_DEPT_LINE))
		return MR_RULE_DEPT_LINE;
	if (value(route, MR_RULE_FULL_NAME_NEEDED))
		return MR_RULE_FULL_NAME_NEEDED;
	return 0;
}

static int
language_bit(const char *language)
{
	if (strcmp(language, "en") == 0)
		return MR_LANGUAGE_EN;
	return strcmp(language, "es") == 0 ? MR_LANGUAGE_ES : MR_LANGUAGE_OTHER;
}

/* What of this kind would go in with it: more than the rule takes? */
static enum mr_status
check_enclosed(struct mr_call *c, const struct mr_route *route,
    const struct mr_letter *letter, int kind, int number, int *rule)
{
	int64_t most = value(route, number), n = 0;
	enum mr_status status;

	if (number == MR_RULE_CARDS && most != 0)
		return MR_OK;
	if (most == MR_NO_LIMIT || letter->id == 0)
		return MR_OK;
	status = mr_letter_enclosed(c, letter->id, kind, MR_E_FORWARD, &n);
	if (status == MR_OK && n > most)
		*rule = number;
	return status;
}

/* Others of the pairing that went in within seven days, or come before it. */
static enum mr_status
check_week(struct mr_call *c, const struct mr_route *route,
    const struct mr_letter *letter, int *rule)
{
	int64_t most = value(route, MR_RULE_LETTERS_A_WEEK), n = 0;
	struct sql_stmt *st;
	enum mr_status status;

	if (most == MR_NO_LIMIT || letter->pairing == 0)
		return MR_OK;
	st = sql_prepare(c,
	    "SELECT COUNT(*) FROM letter "
	    "WHERE pairing = :pairing AND direction = :direction "
	    "AND way = 1 AND id <> :id "
	    "AND (state = :sealed OR (state = :posted AND stepped > :since) "
	    "OR ((state = :received OR state = :cleared) AND id < :before))");
	sql_int(st, ":pairing", letter->pairing);
	sql_int(st, ":direction", letter->direction);
	sql_int(st, ":id", letter->id);
	sql_int(st, ":sealed", MR_L_SEALED);
	sql_int(st, ":posted", MR_L_POSTED);
	sql_int(st, ":since", c->now - WEEK_US);
	sql_int(st, ":received", MR_L_RECEIVED);
	sql_int(st, ":cleared", MR_L_CLEARED);
	sql_int(st, ":before", letter->id != 0 ? letter->id : INT64_MAX);
	status = sql_done_int(st, &n);
	if (status == MR_OK && n >= most)
		*rule = MR_RULE_LETTERS_A_WEEK;
	return status;
}

enum mr_status
mr_route_check(struct mr_call *c, const struct mr_route *route,
    const struct mr_letter *letter, const struct mr_correspondent *writer,
    int *rule)
{
	enum mr_status status = MR_OK;

	*rule = 0;
	if (route->facility == 0)
		return MR_OK;
	*rule = against_scheme(route);
	if (*rule != 0 || writer == NULL)
		return MR_OK;
	if (letter->sheets > value(route, MR_RULE_MAX_SHEETS))
		*rule = MR_RULE_MAX_SHEETS;
	else if (!(value(route, MR_RULE_LANGUAGES) &
		     language_bit(writer->language)))
		*rule = MR_RULE_LANGUAGES;
	if (*rule == 0)
		status = check_enclosed(
		    c, route, letter, MR_E_PHOTO, MR_RULE_PHOTOS, rule);
	if (status == MR_OK && *rule == 0)
		status = check_enclosed(
		    c, route, letter, MR_E_CARD, MR_RULE_CARDS, rule);
	if (status == MR_OK && *rule == 0)
		status = check_week(c, route, letter, rule);
	return status;
}

int
mr_route_label(const struct mr_route *route)
{
	return value(route, MR_RULE_LABELS) != 0;
}

int
mr_route_code(const struct mr_route *route)
{
	return value(route, MR_RULE_CODE_ON_PIECE) != 0;
}

int
mr_route_envelope(
    const struct mr_route *route, double width, double height, int window)
{
	/* Letter size by the post office: 6.125 x 11.5 in.  A #10: 4.125 x
	 * 9.5 in.  Half a millimetre for who rounds. */
	static const struct {
		double width, height;
	} largest[] = {[MR_LARGEST_ANY] = {10000, 10000},
	    [MR_LARGEST_LETTER] = {292.6, 156.1},
	    [MR_LARGEST_10] = {241.8, 105.3}};
	int64_t size = value(route, MR_RULE_LARGEST_ENVELOPE);

	if (window && !value(route, MR_RULE_WINDOW))
		return MR_RULE_WINDOW;
	if (width > largest[size].width || height > largest[size].height)
		return MR_RULE_LARGEST_ENVELOPE;
	return 0;
}
