/*
 * The settings: the table of them, and the rows that differ from it.
 */
#include "lib/setting.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "lib/chain.h"
#include "lib/handle.h"
#include "lib/imb.h"
#include "lib/sql.h"
#include "lib/text.h"
#include "lib/tongue.h"

const struct mr_setting mr_settings[] = {
    {MR_SET_BACKUP_DAYS, "backup-days", "35", NULL, 1, 3650,
	"days that backups are kept; the newest three stay however old"},
    {MR_SET_ENVELOPE, "envelope", "10", NULL, 1, 0,
	"the envelope that is printed when no other is named"},
    {MR_SET_LANGUAGE, "language", "en", "en es", 0, 0,
	"language of the office's own pages"},
    {MR_SET_LASER_CODE, "laser-code", "no", "no yes", 0, 0,
	"yes: the stub carries its letter code as Code 128 too, for laser "
	"guns"},
    {MR_SET_LATE_AFTER, "late-after-days", "3", NULL, 1, 60,
	"working days after which a letter in the house is late"},
    {MR_SET_MAILER_ID, "mailer-id", "0", NULL, 0, 999999999,
	"the Mailer ID of 6 or 9 digits that the post office gave you, for "
	"its barcode on envelopes to volunteers; 0: no barcode"},
    {MR_SET_PAPER, "paper", "letter", "letter a4", 0, 0,
	"paper that sheets are printed on"},
    {MR_SET_FILE_PAGES, "pages-per-file", "1000", NULL, 1, 1000,
	"letters in one printed file; what is left goes into the next"},
    {MR_SET_PRACTICE, "practice", "no", "no yes", 0, 0,
	"yes: an office to learn in, made by 'init --practice'"},
    {MR_SET_QUIET_DAYS, "quiet-after-days", "60", NULL, 1, 3650,
	"days without a letter after which a pairing counts as quiet"},
    {MR_SET_SCREENING, "screening", "open", "none open read", 0, 0,
	"none: letters are not looked through; open: for enclosures and "
	"addresses; read: staff read and clear each"},
    {MR_SET_SECOND_PERSON, "second-person", "later", "now later", 0, 0,
	"when a second person signs for money, addresses and safety"},
    {MR_SET_SHEET_WEIGHT, "sheet-weight", "45", NULL, 10, 200,
	"what a sheet that people write on weighs, in tenths of a gram"},
    {MR_SET_WEIGH_FROM, "weigh-from-sheets", "5", NULL, 1, 100,
	"sheets from which the bench says: weigh it"},
};
const size_t mr_nsettings = sizeof(mr_settings) / sizeof(mr_settings[0]);

/* Settings that are texts. */
static const struct {
	int number;
	enum mr_status (*check)(
	    struct mr_call *c, const char *value, const char **spelt);
	const char *possible;
} texts[] = {
    {MR_SET_ENVELOPE, mr_setting_envelope,
	MR_SAID(
	    "the name of an envelope, as 'mailroom form list --kind envelope' "
	    "shows them")},
};
#define TEXTS (sizeof(texts) / sizeof(texts[0]))

/* The place of a text among them; TEXTS: it is a number or a choice. */
static size_t
text_place(const struct mr_setting *setting)
{
	size_t i;

	for (i = 0; i < TEXTS; i++)
		if (texts[i].number == setting->number)
			break;
	return i;
}

static int
same_name(const char *a, const char *b)
{
	for (; *a != '\0' && *b != '\0'; a++, b++) {
		char x = *a == '_' ? '-' : *a, y = *b == '_' ? '-' : *b;

		if (strncasecmp(&x, &y, 1) != 0)
			return 0;
	}
	return *a == *b;
}

const struct mr_setting *
mr_setting_find(const char *name)
{
	for (size_t i = 0; i < mr_nsettings; i++)
		if (same_name(mr_settings[i].name, name))
			return &mr_settings[i];
	return NULL;
}

const struct mr_setting *
mr_setting_by_number(int number)
{
	for (size_t i = 0; i < mr_nsettings; i++)
		if (mr_settings[i].number == number)
			return &mr_settings[i];
	return NULL;
}

/* The place of a word among the choices; -1: it is none. */
static int64_t
choice(const char *choices, const char *word)
{
	size_t len = strlen(word);
	int64_t place = 0;

	while (*choices != '\0') {
		size_t n = strcspn(choices, " ");

		if (n == len && strncasecmp(choices, word, n) == 0)
			return place;
		choices += n + strspn(choices + n, " ");
		place++;
	}
	return -1;
}

/* The row's value, or *value left alone; *event is its event, 0: no row. */
static enum mr_status
load(struct mr_call *c, int number, const char **value, int64_t *event)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT value, event FROM setting "
	    "WHERE id = :id");
	sql_int(st, ":id", number);
	if (sql_row(st)) {
		*value = mr_strdup(c->arena, sql_col_text(st, 0));
		*event = sql_col_int(st, 1);
	}
	return sql_done(st);
}

enum mr_status
mr_setting_text(struct mr_call *c, int number, const char **value)
{
	const struct mr_setting *setting = mr_setting_by_number(number);
	const char *found;
	int64_t event = 0;
	enum mr_status status;

	if (setting == NULL)
		return mr_fail(c, MR_BUG, "there is no setting %d", number);
	found = setting->standard;
	status = load(c, number, &found, &event);
	if (status == MR_OK && found == NULL)
		return mr_nomem(c);
	if (status == MR_OK)
		*value = found;
	return status;
}

/* The number behind a value; -1: it is none. */
static int64_t
number_of(const struct mr_setting *setting, const char *value)
{
	int64_t n;

	if (setting->choices != NULL)
		return choice(setting->choices, value);
	if (mr_text_integer(value, setting->min, setting->max, &n) !=
	    MR_NUMBER_OK)
		return -1;
	return n;
}

enum mr_status
mr_setting_int(struct mr_call *c, int number, int64_t *value)
{
	const char *text;
	enum mr_status status = mr_setting_text(c, number, &text);
	int64_t n;

	if (status != MR_OK)
		return status;
	n = number_of(mr_setting_by_number(number), text);
	if (n < 0)
		return mr_fail(c, MR_DAMAGED,
		    "the stored value of the setting %s is none that it can "
		    "have; set it again with 'mailroom setting set'",
		    mr_setting_by_number(number)->name);
	*value = n;
	return MR_OK;
}

/* "screening, language ..." */
static const char *
all_names(struct mr_call *c)
{
	const char *list = mr_settings[0].name;

	for (size_t i = 1; i < mr_nsettings && list != NULL; i++)
		list = mr_printf(c->arena, "%s, %s", list, mr_settings[i].name);
	return list != NULL ? list : "";
}

const char *
mr_setting_possible(struct mr_call *c, const struct mr_setting *setting)
{
	size_t text = text_place(setting);

	if (text < TEXTS)
		return mr_say(texts[text].possible);
	if (setting->choices != NULL)
		return setting->choices;
	return mr_printf(c->arena, mr_say("%lld to %lld"),
	    (long long)setting->min, (long long)setting->max);
}

/* The value as it is stored: a choice in lower case, a number without zeros
 * in front.  NULL: none of its values. */
static const char *
spell_number(
    struct mr_call *c, const struct mr_setting *setting, const char *value)
{
	int64_t n = number_of(setting, value);
	const char *at = setting->choices;

	if (n < 0)
		return NULL;
	if (at == NULL)
		return mr_printf(c->arena, "%lld", (long long)n);
	for (; n > 0; n--)
		at += strcspn(at, " ") + 1;
	return mr_strndup(c->arena, at, strcspn(at, " "));
}

static enum mr_status
spell(struct mr_call *c, const struct mr_setting *setting, const char *value,
    const char **spelt)
{
	size_t text = text_place(setting);

	if (text < TEXTS)
		return texts[text].check(c, value, spelt);
	*spelt = spell_number(c, setting, value);
	if (*spelt != NULL)
		return MR_OK;
	if (setting->choices != NULL)
		return mr_fail(c, MR_INVALID, "%s is one of: %s", setting->name,
		    setting->choices);
	return mr_fail(c, MR_INVALID, "%s is a whole number from %lld to %lld",
	    setting->name, (long long)setting->min, (long long)setting->max);
}

static enum mr_status
store(struct mr_call *c, const struct mr_setting *setting, const char *value,
    int64_t before)
{
	struct mr_field fields[] = {
	    {MR_F_TEXT, 0, value, strlen(value)}, {MR_F_END, 0, NULL, 0}};
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "INSERT INTO setting (id, value, version, event) "
	    "VALUES (:id, :value, 1, :event) "
	    "ON CONFLICT (id) DO UPDATE SET "
	    "value = excluded.value, version = setting.version + 1, "
	    "event = excluded.event");
	sql_int(st, ":id", setting->number);
	sql_text(st, ":value", value);
	sql_int(st, ":event", mr_event_next(c));
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_SETTING, setting->number, before, fields);
}

enum mr_status
mr_setting_set(struct mr_call *c, const char *name, const char *value)
{
	const struct mr_setting *setting = mr_setting_find(name);
	const char *now, *new;
	int64_t event = 0;
	enum mr_status status;

	if (setting == NULL)
		return mr_fail(c, MR_NOTFOUND,
		    "there is no setting %.40s; there are: %s", name,
		    all_names(c));
	status = spell(c, setting, value, &new);
	if (status != MR_OK)
		return status;
	if (setting->number == MR_SET_MAILER_ID && !mr_mailer_id_ok(value))
		return mr_fail(c, MR_INVALID,
		    "a Mailer ID has 6 digits, or 9 of which the first is 9; "
		    "0 is for none");
	now = setting->standard;
	status = load(c, setting->number, &now, &event);
	if (status != MR_OK || (now != NULL && strcmp(now, new) == 0))
		return status;
	if (setting->number == MR_SET_PRACTICE)
		return mr_fail(c, MR_REFUSED,
		    "practice is chosen when an office is made, with 'init "
		    "--practice', and stays");
	return store(c, setting, new, event);
}

enum mr_status
mr_setting_practice(struct mr_call *c)
{
	return store(c, mr_setting_by_number(MR_SET_PRACTICE), "yes", 0);
}

int
mr_is_practice(struct mr *mr)
{
	struct mr_error error;
	struct mr_call *c = mr_call_start(mr, 0, &error);
	int64_t practice = 0;
	enum mr_status status = mr_setting_int(c, MR_SET_PRACTICE, &practice);

	mr_call_end(c);
	return status == MR_OK && practice != 0;
}
