/*
 * What a facility asks of mail: dated rows, the list of rules, and values as
 * people write them.
 */
#include "lib/rule.h"

#include <string.h>
#include <strings.h>

#include "lib/chain.h"
#include "lib/text.h"
#include "lib/tongue.h"
#include "lib/when.h"

const struct mr_rule_about mr_rule_list[] = {
#define X(name, number, word, kind, otherwise, help) \
	{number, word, MR_RULE_IS_##kind, otherwise, help},
    MR_RULES(X)
#undef X
};
const size_t mr_nrules = sizeof(mr_rule_list) / sizeof(mr_rule_list[0]);

const struct mr_rule_about *
mr_rule_about(int number)
{
	for (size_t i = 0; i < mr_nrules; i++)
		if (mr_rule_list[i].number == number)
			return &mr_rule_list[i];
	return NULL;
}

static int
same_word(const char *word, const char *typed)
{
	for (; *word != '\0'; word++, typed++) {
		char ch = *typed == '-' ? '_' : *typed;

		if (ch >= 'A' && ch <= 'Z')
			ch += 'a' - 'A';
		if (ch != *word)
			return 0;
	}
	return *typed == '\0';
}

const struct mr_rule_about *
mr_rule_named(const char *word)
{
	for (size_t i = 0; i < mr_nrules; i++)
		if (same_word(mr_rule_list[i].word, word))
			return &mr_rule_list[i];
	return NULL;
}

enum mr_status
mr_rule(struct mr_call *c, int64_t facility, int rule, int day, int64_t *value,
    struct mr_rule_source *why)
{
	const struct mr_rule_about *about = mr_rule_about(rule);
	struct mr_rule_source source = {0, 0, mr_say("not set"), 0};
	enum mr_status status;
	struct sql_stmt *st;
	int64_t found;

	if (about == NULL)
		return mr_fail(c, MR_BUG, "there is no rule %d", rule);
	found = about->otherwise;
	st = sql_prepare(c,
	    "SELECT id, from_day, value, source, event "
	    "FROM facility_rule "
	    "WHERE facility = :facility AND rule = :rule "
	    "AND from_day <= :day "
	    "ORDER BY from_day DESC LIMIT 1");
	sql_int(st, ":facility", facility);
	sql_int(st, ":rule", rule);
	sql_int(st, ":day", day);
	if (sql_row(st)) {
		source.id = sql_col_int(st, 0);
		source.from_day = (int)sql_col_int(st, 1);
		found = sql_col_int(st, 2);
		if (why != NULL)
			source.source =
			    mr_strdup(c->arena, sql_col_text(st, 3));
		source.event = sql_col_int(st, 4);
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (source.source == NULL)
		return mr_nomem(c);
	*value = found;
	if (why != NULL)
		*why = source;
	return MR_OK;
}

static void
set_defaults(struct mr_rules *rules)
{
	for (size_t i = 0; i < mr_nrules; i++) {
		int n = mr_rule_list[i].number;

		rules->value[n] = mr_rule_list[i].otherwise;
		rules->why[n] =
		    (struct mr_rule_source){.source = mr_say("not set")};
	}
}

enum mr_status
mr_rules_load(
    struct mr_call *c, int64_t facility, int day, struct mr_rules *rules)
{
	struct sql_stmt *st;
	enum mr_status status;
	int short_of = 0;

	set_defaults(rules);
	st = sql_prepare(c,
	    "SELECT rule, id, from_day, value, source, event "
	    "FROM facility_rule "
	    "WHERE facility = :facility AND from_day <= :day "
	    "ORDER BY rule, from_day");
	sql_int(st, ":facility", facility);
	sql_int(st, ":day", day);
	while (sql_row(st)) {
		int n = (int)sql_col_int(st, 0);

		if (mr_rule_about(n) == NULL)
			continue;
		rules->value[n] = sql_col_int(st, 3);
		rules->why[n] = (struct mr_rule_source){sql_col_int(st, 1),
		    (int)sql_col_int(st, 2),
		    mr_strdup(c->arena, sql_col_text(st, 4)),
		    sql_col_int(st, 5)};
		short_of |= rules->why[n].source == NULL;
	}
	status = sql_done(st);
	return status == MR_OK && short_of ? mr_nomem(c) : status;
}

/* A row of one rule from one day on. */
struct row {
	int64_t id, facility;
	int rule, from_day;
	int64_t value;
	const char *source;
	int64_t version, event;
};

static enum mr_status
find_row(struct mr_call *c, struct row *row, int64_t *value)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, value, version, event "
	    "FROM facility_rule "
	    "WHERE facility = :facility AND rule = :rule "
	    "AND from_day = :from_day");
	sql_int(st, ":facility", row->facility);
	sql_int(st, ":rule", row->rule);
	sql_int(st, ":from_day", row->from_day);
	if (sql_row(st)) {
		row->id = sql_col_int(st, 0);
		*value = sql_col_int(st, 1);
		row->version = sql_col_int(st, 2);
		row->event = sql_col_int(st, 3);
	}
	return sql_done(st);
}

static enum mr_status
write_row(struct mr_call *c, struct row *row)
{
	const struct mr_field fields[] = {
	    {.tag = MR_F_FACILITY, .number = row->facility},
	    {.tag = MR_F_RULE, .number = row->rule},
	    {.tag = MR_F_DAY, .number = row->from_day},
	    {.tag = MR_F_VALUE, .number = row->value},
	    {.tag = MR_F_END},
	};
	int64_t before = row->event;
	enum mr_status status = MR_OK;
	struct sql_stmt *st;

	if (row->id == 0)
		status = mr_next_id(c, MR_NEWEST("facility_rule"), &row->id);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "INSERT INTO facility_rule (id, facility, rule, from_day, value, "
	    "source, version, event) "
	    "VALUES (:id, :facility, :rule, :from_day, :value, :source, "
	    ":version, :event) "
	    "ON CONFLICT (id) DO UPDATE "
	    "SET value = excluded.value, source = excluded.source, "
	    "version = excluded.version, event = excluded.event");
	sql_int(st, ":id", row->id);
	sql_int(st, ":facility", row->facility);
	sql_int(st, ":rule", row->rule);
	sql_int(st, ":from_day", row->from_day);
	sql_int(st, ":value", row->value);
	sql_text(st, ":source", row->source);
	sql_int(st, ":version", row->version + 1);
	sql_int(st, ":event", mr_event_next(c));
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_RULE, row->id, before, fields);
}

/* Was the row written today?  Then a slip can be mended. */
static enum mr_status
written_today(struct mr_call *c, const struct row *row, int *today)
{
	struct mr_event event;
	enum mr_status status = mr_event_load(c, row->event, &event);

	*today = status == MR_OK && !event.dropped &&
	    mr_day_of(event.at) == c->today;
	return status;
}

/* The words of a choice, in the order of their values. */
static const char *const *
choices(int rule)
{
	static const char *const endorsement[] = {
	    "return-service", "address-service", "temp-return", "none", NULL};
	static const char *const sender[] = {"office", "pen-name", NULL};
	static const char *const largest[] = {"any", "letter-size", "10", NULL};

	switch (rule) {
	case MR_RULE_ENDORSEMENT:
		return endorsement;
	case MR_RULE_SENDER_LINE:
		return sender;
	default:
		return largest;
	}
}

/* The place of a word in a choice; -1: it is none. */
static int64_t
choice(int rule, const char *word)
{
	const char *const *list = choices(rule);

	for (int64_t i = 0; list[i] != NULL; i++)
		if (strcasecmp(list[i], word) == 0)
			return i;
	return -1;
}

static const char *
choice_wants(int rule)
{
	switch (rule) {
	case MR_RULE_ENDORSEMENT:
		return MR_SAID(
		    "return-service, address-service, temp-return or none");
	case MR_RULE_SENDER_LINE:
		return MR_SAID("office or pen-name");
	default:
		return MR_SAID("any, letter-size or 10");
	}
}

static int64_t
choice_count(int rule)
{
	const char *const *list = choices(rule);
	int64_t n = 0;

	while (list[n] != NULL)
		n++;
	return n;
}

static int
value_fits(const struct mr_rule_about *about, int64_t value)
{
	switch (about->kind) {
	case MR_RULE_IS_YESNO:
		return value == 0 || value == 1;
	case MR_RULE_IS_LIMIT:
		return value >= 0 && value <= MR_NO_LIMIT;
	case MR_RULE_IS_LANGUAGES:
		return value >= 1 && value <= 7;
	case MR_RULE_IS_CHOICE:
		return value >= 0 && value < choice_count(about->number);
	}
	return 0;
}

enum mr_status
mr_rule_set(struct mr_call *c, int64_t facility, int rule, int from_day,
    int64_t value, const char *source, int64_t *id)
{
	struct row row = {.facility = facility,
	    .rule = rule,
	    .from_day = from_day,
	    .value = value,
	    .source = source};
	const struct mr_rule_about *about = mr_rule_about(rule);
	char day[MR_WHEN_SIZE];
	enum mr_status status;
	int64_t is = value;
	int today = 1;

	if (about == NULL || !value_fits(about, value))
		return mr_fail(c, MR_INVALID, "the value does not fit %s",
		    about != NULL ? about->word : mr_say("any rule"));
	if (from_day < 0)
		return mr_fail(
		    c, MR_INVALID, "a rule cannot hold from before 1970");
	status = find_row(c, &row, &is);
	if (status == MR_OK && row.id != 0)
		status = mr_row_proved(c, MR_RULE, row.id);
	if (status != MR_OK)
		return status;
	if (row.id != 0 && is != value) {
		status = written_today(c, &row, &today);
		if (status != MR_OK)
			return status;
	}
	if (!today)
		return mr_fail(c, MR_REFUSED,
		    "%s is set from %s already, which explains past mail; "
		    "give the day from which it is different",
		    about->word, mr_day_iso(from_day, day));
	if (row.id == 0 || is != value)
		status = write_row(c, &row);
	if (status == MR_OK)
		*id = row.id;
	return status;
}

static int
read_languages(const char *text, int64_t *value)
{
	static const struct {
		const char *word;
		int64_t bit;
	} words[] = {{"en", MR_LANGUAGE_EN}, {"es", MR_LANGUAGE_ES},
	    {"other", MR_LANGUAGE_OTHER}, {"all", 7}};
	int64_t bits = 0;

	while (*text != '\0') {
		size_t n = strcspn(text, ",; "), i;

		for (i = 0; i < 4; i++)
			if (strlen(words[i].word) == n &&
			    strncasecmp(words[i].word, text, n) == 0)
				break;
		if (n > 0 && i == 4)
			return -1;
		if (n > 0)
			bits |= words[i].bit;
		text += n + strspn(text + n, ",; ");
	}
	*value = bits;
	return bits != 0 ? 0 : -1;
}

int
mr_rule_read(const struct mr_rule_about *about, const char *text,
    int64_t *value, const char **wants)
{
	switch (about->kind) {
	case MR_RULE_IS_YESNO:
		*wants = MR_SAID("yes or no");
		*value = strcasecmp(text, "yes") == 0 || strcmp(text, "1") == 0;
		return *value || strcasecmp(text, "no") == 0 ||
			strcmp(text, "0") == 0
		    ? 0
		    : -1;
	case MR_RULE_IS_LIMIT:
		*wants = MR_SAID("a number from 0 to 998, or no-limit");
		if (strcasecmp(text, "no-limit") == 0) {
			*value = MR_NO_LIMIT;
			return 0;
		}
		return mr_text_integer(text, 0, MR_NO_LIMIT - 1, value) ==
			MR_NUMBER_OK
		    ? 0
		    : -1;
	case MR_RULE_IS_LANGUAGES:
		*wants =
		    MR_SAID("en, es, other, or several with a comma between");
		return read_languages(text, value);
	case MR_RULE_IS_CHOICE:
		*wants = choice_wants(about->number);
		*value = choice(about->number, text);
		return *value >= 0 ? 0 : -1;
	}
	return -1;
}

const char *
mr_rule_show(
    struct mr_call *c, const struct mr_rule_about *about, int64_t value)
{
	static const char *const languages[] = {"none", "en", "es", "en,es",
	    "other", "en,other", "es,other", "en,es,other"};

	switch (about->kind) {
	case MR_RULE_IS_YESNO:
		return value != 0 ? "yes" : "no";
	case MR_RULE_IS_LIMIT:
		if (value == MR_NO_LIMIT)
			return "no-limit";
		return mr_printf(c->arena, "%lld", (long long)value);
	case MR_RULE_IS_LANGUAGES:
		return languages[value & 7];
	case MR_RULE_IS_CHOICE:
		return value_fits(about, value) ? choices(about->number)[value]
						: "";
	}
	return "";
}
