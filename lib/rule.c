/*
 * What a facility asks of mail: dated rows, the list of rules, and which of
 * them follow from a facility's kind and security when it is new.
 */
#include "lib/rule.h"

#include <string.h>
#include <strings.h>

#include "lib/chain.h"
#include "lib/text.h"
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
	struct mr_rule_source source = {0, 0, "not set", 0};
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
		    about != NULL ? about->word : "any rule");
	if (from_day < 0)
		return mr_fail(
		    c, MR_INVALID, "a rule cannot hold from before 1970");
	status = find_row(c, &row, &is);
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

/*
 * What is known of federal institutions.  Security NULL: whichever; "!" before
 * a word: any but this.
 */
static const struct seed {
	const char *security;
	int rule, year, month, day;
	int64_t value;
	const char *source;
} seeds[] = {
    {NULL, MR_RULE_CODE_ON_PIECE, 2011, 4, 5, 0,
	"BOP Program Statement 5265.14: a code is a ground to reject"},
    {"!Minimum", MR_RULE_LABELS, 2024, 11, 1, 0,
	"BOP, November 2024: no labels or stickers on general mail"},
    {"!Minimum", MR_RULE_PLAIN_WHITE, 2024, 11, 1, 1,
	"BOP, November 2024: plain white paper in a white envelope"},
    {"!Minimum", MR_RULE_PHOTOCOPIED, 2024, 11, 1, 1,
	"BOP, November 2024: a colour copy is given, not the original"},
    {"Minimum", MR_RULE_PHOTOCOPIED, 2024, 11, 1, 0,
	"BOP, November 2024: minimum security is left out"},
    {"Minimum", MR_RULE_PLAIN_WHITE, 2024, 11, 1, 0,
	"BOP, November 2024: minimum security is left out"},
    {"Minimum", MR_RULE_LABELS, 2024, 11, 1, 0,
	"local practice varies: an envelope until the facility agrees"},
};

static int
seed_fits(const struct seed *seed, const char *security)
{
	if (seed->security == NULL)
		return 1;
	if (seed->security[0] == '!')
		return strcasecmp(seed->security + 1, security) != 0;
	return strcasecmp(seed->security, security) == 0;
}

enum mr_status
mr_rule_seed(struct mr_call *c, const struct mr_facility *facility)
{
	enum mr_status status = MR_OK;
	int64_t day, id;

	for (size_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++) {
		const struct seed *seed = &seeds[i];

		if (!seed_fits(seed, facility->security))
			continue;
		mr_day_make(seed->year, seed->month, seed->day, &day);
		status = mr_rule_set(c, facility->id, seed->rule, (int)day,
		    seed->value, seed->source, &id);
		if (status != MR_OK)
			break;
	}
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
		*wants = "yes or no";
		*value = strcasecmp(text, "yes") == 0 || strcmp(text, "1") == 0;
		return *value || strcasecmp(text, "no") == 0 ||
			strcmp(text, "0") == 0
		    ? 0
		    : -1;
	case MR_RULE_IS_LIMIT:
		*wants = "a number from 0 to 998, or no-limit";
		if (strcasecmp(text, "no-limit") == 0) {
			*value = MR_NO_LIMIT;
			return 0;
		}
		return mr_text_integer(text, 0, MR_NO_LIMIT - 1, value) ==
			MR_NUMBER_OK
		    ? 0
		    : -1;
	case MR_RULE_IS_LANGUAGES:
		*wants = "en, es, other, or several with a comma between";
		return read_languages(text, value);
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
	}
	return "";
}
