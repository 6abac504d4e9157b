/*
 * Profiles in and out of the rows: correspondent and interest in the clear,
 * identity, story and address sealed.
 */
#include <stdlib.h>
#include <string.h>

#include "lib/address.h"
#include "lib/chain.h"
#include "lib/facility.h"
#include "lib/person.h"
#include "lib/profile.h"
#include "lib/sealed.h"

#define BIT(field) (1u << (field))
#define IDENTITY_BITS (BIT(MR_P_LEGAL_NAME) | BIT(MR_P_REGISTER_NUMBER))
#define STORY_BITS (BIT(MR_P_ABOUT) | BIT(MR_P_NOTES))
#define CLEAR_BITS \
	(BIT(MR_P_REF) | BIT(MR_P_PEN_NAME) | BIT(MR_P_LANGUAGE) | \
	    BIT(MR_P_INTERESTS) | BIT(MR_P_SLOTS))
#define ADDRESS_BITS \
	(BIT(MR_P_FACILITY) | BIT(MR_P_STREET) | BIT(MR_P_UNIT) | \
	    BIT(MR_P_CITY) | BIT(MR_P_STATE) | BIT(MR_P_ZIP) | \
	    BIT(MR_P_COUNTRY))

/* The profile field of each line of an address. */
static const int line_field[MR_A_LINES] = {
    [MR_A_STREET] = MR_P_STREET,
    [MR_A_UNIT] = MR_P_UNIT,
    [MR_A_CITY] = MR_P_CITY,
    [MR_A_STATE] = MR_P_STATE,
    [MR_A_ZIP] = MR_P_ZIP,
    [MR_A_COUNTRY] = MR_P_COUNTRY,
};

static enum mr_status
load_address(struct mr_call *c, int64_t person, int day, const char **field)
{
	const char *lines[MR_A_LINES];
	struct mr_facility f;
	struct mr_address a;
	enum mr_status status;

	field[MR_P_FACILITY] = "";
	for (int i = 0; i < MR_A_LINES; i++)
		field[line_field[i]] = "";
	status = mr_address_written(c, person, day, &a);
	if (status == MR_NOTFOUND)
		return MR_OK;
	if (status == MR_OK)
		status = mr_address_open(c, a.id, lines);
	if (status == MR_OK && a.facility != 0)
		status = mr_facility_load(c, a.facility, &f);
	if (status != MR_OK)
		return status;
	if (a.facility != 0)
		field[MR_P_FACILITY] = f.code;
	for (int i = 0; i < MR_A_LINES; i++)
		field[line_field[i]] = lines[i];
	return MR_OK;
}

enum mr_status
mr_profile_load(
    struct mr_call *c, int64_t person, int day, struct mr_profile *profile)
{
	const char *identity[MR_SEALED_TEXTS], *story[MR_SEALED_TEXTS];
	const char **field = profile->field;
	struct mr_correspondent p;
	enum mr_status status;

	status = mr_person_load(c, person, &p);
	if (status == MR_OK)
		status =
		    mr_sealed_open(c, person, MR_SEALED_IDENTITY, identity);
	if (status == MR_OK)
		status = mr_sealed_open(c, person, MR_SEALED_STORY, story);
	if (status == MR_OK)
		status = load_address(c, person, day, field);
	if (status != MR_OK)
		return status;
	field[MR_P_REF] = p.ref != NULL ? p.ref : "";
	field[MR_P_KIND] = mr_person_kind_name(p.kind);
	field[MR_P_PEN_NAME] = p.pen_name;
	field[MR_P_LEGAL_NAME] = identity[0];
	field[MR_P_REGISTER_NUMBER] = identity[1];
	field[MR_P_LANGUAGE] = p.language;
	field[MR_P_INTERESTS] = p.interests;
	field[MR_P_ABOUT] = story[0];
	field[MR_P_NOTES] = story[1];
	field[MR_P_SLOTS] = mr_printf(c->arena, "%d", p.slots);
	return field[MR_P_SLOTS] != NULL ? MR_OK : mr_nomem(c);
}

static enum mr_status
ref_conflict(struct mr_call *c, int64_t person, const char *ref)
{
	int64_t other = person;
	enum mr_status status;

	if (ref[0] == '\0')
		return MR_OK;
	status = mr_person_find(c, (struct mr_person){ref}, &other);
	if (status == MR_NOTFOUND)
		return MR_OK;
	if (status == MR_OK && other != person)
		return mr_fail(c, MR_REFUSED,
		    "that office number belongs to %s already",
		    mr_show_id(c, 'C', other));
	return status;
}

enum mr_status
mr_profile_conflict(
    struct mr_call *c, int64_t person, const struct mr_profile *profile)
{
	const char *number = profile->field[MR_P_REGISTER_NUMBER];
	enum mr_status status;
	int64_t ids[2];
	size_t n = 0;

	status = ref_conflict(c, person, profile->field[MR_P_REF]);
	if (status != MR_OK || number[0] == '\0' || c->vault == NULL)
		return status;
	status = mr_blind_find(c, MR_BLIND_NUMBER, number, ids, 2, &n);
	for (size_t i = 0; status == MR_OK && i < n; i++)
		if (ids[i] != person)
			return mr_fail(c, MR_REFUSED,
			    "%s has that register number already; is this "
			    "the same person?",
			    mr_show_id(c, 'C', ids[i]));
	return status;
}

static enum mr_status
interest(struct mr_call *c, const char *sql, int64_t person, const char *word)
{
	struct sql_stmt *st = sql_prepare(c, sql);

	sql_text(st, ":word", word);
	sql_int(st, ":person", person);
	return sql_done(st);
}

/* Run a statement for each word of a list. */
static enum mr_status
each_interest(
    struct mr_call *c, const char *sql, int64_t person, const char *list)
{
	char *words = mr_strdup(c->arena, list), *save = NULL, *word;
	enum mr_status status = MR_OK;

	if (words == NULL)
		return mr_nomem(c);
	for (word = strtok_r(words, ";", &save);
	     status == MR_OK && word != NULL; word = strtok_r(NULL, ";", &save))
		status = interest(c, sql, person, word);
	return status;
}

static enum mr_status
write_interests(
    struct mr_call *c, int64_t person, const char *is, const char *shall)
{
	enum mr_status status;

	status = each_interest(c,
	    "DELETE FROM interest "
	    "WHERE word = :word AND person = :person",
	    person, is);
	if (status == MR_OK)
		status = each_interest(c,
		    "INSERT INTO interest (word, person) "
		    "VALUES (:word, :person)",
		    person, shall);
	return status;
}

static void
bind_clear(struct mr_call *c, struct sql_stmt *st, int64_t person,
    const struct mr_profile *p)
{
	const char *ref = p->field[MR_P_REF];

	sql_int(st, ":id", person);
	sql_text(st, ":ref", ref[0] != '\0' ? ref : NULL);
	sql_text(st, ":pen_name", p->field[MR_P_PEN_NAME]);
	sql_text(st, ":language", p->field[MR_P_LANGUAGE]);
	sql_int(st, ":slots", strtol(p->field[MR_P_SLOTS], NULL, 10));
	sql_text(st, ":interests", p->field[MR_P_INTERESTS]);
	sql_int(st, ":event", mr_event_next(c));
}

static enum mr_status
insert(struct mr_call *c, int64_t person, const struct mr_profile *p)
{
	int kind = mr_person_kind_of(p->field[MR_P_KIND]);
	const struct mr_field fields[] = {
	    {.tag = MR_F_KIND, .number = kind},
	    {.tag = MR_F_TO, .number = MR_PERSON_ACTIVE},
	    {.tag = MR_F_END},
	};
	enum mr_status status;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO correspondent (id, kind, ref, pen_name, language, "
	    "slots, status, reason, interests, version, event) "
	    "VALUES (:id, :kind, :ref, :pen_name, :language, "
	    ":slots, 1, 0, :interests, 1, :event)");
	bind_clear(c, st, person, p);
	sql_int(st, ":kind", kind);
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_CORRESPONDENT, person, 0, fields);
}

static enum mr_status
update(struct mr_call *c, int64_t person, const struct mr_profile *p)
{
	struct mr_correspondent was;
	enum mr_status status = mr_person_load(c, person, &was);
	struct sql_stmt *st;

	if (status == MR_OK)
		status = mr_row_proved(c, MR_CORRESPONDENT, person);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "UPDATE correspondent "
	    "SET ref = :ref, pen_name = :pen_name, language = :language, "
	    "slots = :slots, interests = :interests, version = :version, "
	    "event = :event "
	    "WHERE id = :id");
	bind_clear(c, st, person, p);
	sql_int(st, ":version", was.version + 1);
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_CORRESPONDENT, person, was.event, NULL);
}

static enum mr_status
write_sealed(struct mr_call *c, int64_t person, const struct mr_profile *p,
    int kind, int first)
{
	const char *texts[MR_SEALED_TEXTS] = {
	    p->field[first], p->field[first + 1]};

	return mr_sealed_store(c, person, kind, texts);
}

enum mr_status
mr_profile_move(
    struct mr_call *c, int64_t person, const struct mr_profile *p, int from_day)
{
	const char *lines[MR_A_LINES];
	enum mr_status status = MR_OK;
	int64_t facility = 0, id;
	int how;

	if (p->field[MR_P_FACILITY][0] != '\0')
		status =
		    mr_facility_by_code(c, p->field[MR_P_FACILITY], &facility);
	if (status != MR_OK)
		return status;
	for (int i = 0; i < MR_A_LINES; i++)
		lines[i] = p->field[line_field[i]];
	return mr_address_add(c, person, from_day, facility, lines, &id, &how);
}

enum mr_status
mr_profile_add(struct mr_call *c, const struct mr_profile *profile,
    int from_day, int64_t *person)
{
	enum mr_status status = mr_profile_conflict(c, 0, profile);
	int64_t id = 0;

	if (status == MR_OK)
		status = mr_next_id(c, MR_NEWEST("correspondent"), &id);
	if (status == MR_OK)
		status = insert(c, id, profile);
	if (status == MR_OK)
		status =
		    write_interests(c, id, "", profile->field[MR_P_INTERESTS]);
	if (status == MR_OK)
		status = write_sealed(
		    c, id, profile, MR_SEALED_IDENTITY, MR_P_LEGAL_NAME);
	if (status == MR_OK &&
	    (profile->field[MR_P_ABOUT][0] != '\0' ||
		profile->field[MR_P_NOTES][0] != '\0'))
		status =
		    write_sealed(c, id, profile, MR_SEALED_STORY, MR_P_ABOUT);
	if (status == MR_OK)
		status = mr_profile_move(c, id, profile, from_day);
	if (status == MR_OK)
		*person = id;
	return status;
}

enum mr_status
mr_profile_change(struct mr_call *c, int64_t person,
    const struct mr_profile *is, const struct mr_profile *shall, int from_day)
{
	unsigned bits = mr_profile_differs(is, shall);
	enum mr_status status = MR_OK;

	if (bits & BIT(MR_P_KIND))
		return mr_fail(c, MR_REFUSED,
		    "%s cannot change sides; close this record and add the "
		    "person anew",
		    mr_show_id(c, 'C', person));
	if (bits & (BIT(MR_P_REF) | BIT(MR_P_REGISTER_NUMBER)))
		status = mr_profile_conflict(c, person, shall);
	if (status == MR_OK && bits & CLEAR_BITS)
		status = update(c, person, shall);
	if (status == MR_OK && bits & BIT(MR_P_INTERESTS))
		status = write_interests(c, person, is->field[MR_P_INTERESTS],
		    shall->field[MR_P_INTERESTS]);
	if (status == MR_OK && bits & IDENTITY_BITS)
		status = write_sealed(
		    c, person, shall, MR_SEALED_IDENTITY, MR_P_LEGAL_NAME);
	if (status == MR_OK && bits & STORY_BITS)
		status =
		    write_sealed(c, person, shall, MR_SEALED_STORY, MR_P_ABOUT);
	if (status == MR_OK && bits & ADDRESS_BITS)
		status = mr_profile_move(c, person, shall, from_day);
	return status;
}
