/*
 * Adding, changing and moving one correspondent.  Status, look-up and reveal
 * are correspondent_step.c.
 */
#include "lib/correspondent.h"

#include <string.h>

#include "lib/address.h"
#include "lib/countersign.h"
#include "lib/person.h"
#include "lib/profile.h"

/* The first fault, and how many there were. */
struct faults {
	struct mr_call *c;
	int n;
};

static void
tell(void *arg, int field, const char *sentence)
{
	struct faults *faults = arg;

	if (faults->n++ == 0)
		mr_fail(faults->c, MR_INVALID, "%s: %s", mr_profile_name(field),
		    sentence);
}

static enum mr_status
check(struct mr_call *c, struct mr_profile *profile)
{
	struct faults found = {c, 0};
	const struct mr_profile_faults faults = {tell, &found};

	if (mr_profile_check(c, profile, &faults) < 0)
		return mr_nomem(c);
	return found.n > 0 ? MR_INVALID : MR_OK;
}

static const char *
number(struct mr_call *c, struct mr_count count)
{
	if (!count.given)
		return NULL;
	return mr_printf(c->arena, "%lld", (long long)count.n);
}

static enum mr_status
read_from(struct mr_call *c, struct mr_date from, int *day)
{
	*day = (int)(from.given ? from.day : c->today);
	if (*day < 0)
		return mr_fail(c, MR_INVALID,
		    "from: an address cannot count from before 1970");
	return MR_OK;
}

enum mr_status
mr_correspondent_add(
    struct mr_call *c, const struct mr_correspondent_add *in, int64_t *person)
{
	struct mr_profile profile = {
	    .field = {
		[MR_P_REF] = in->ref,
		[MR_P_KIND] = in->kind,
		[MR_P_PEN_NAME] = in->pen_name,
		[MR_P_LEGAL_NAME] = in->legal_name,
		[MR_P_REGISTER_NUMBER] = in->register_number,
		[MR_P_FACILITY] = in->facility,
		[MR_P_STREET] = in->street,
		[MR_P_UNIT] = in->unit,
		[MR_P_CITY] = in->city,
		[MR_P_STATE] = in->state,
		[MR_P_ZIP] = in->zip,
		[MR_P_COUNTRY] = in->country,
		[MR_P_LANGUAGE] = in->language,
		[MR_P_INTERESTS] = in->interests,
		[MR_P_ABOUT] = in->about,
		[MR_P_NOTES] = in->notes,
		[MR_P_SLOTS] = number(c, in->slots),
	    }};
	enum mr_status status;
	int from;

	status = check(c, &profile);
	if (status == MR_OK)
		status = read_from(c, in->from, &from);
	/* The vault stays shut, so nothing else asks whose key it is. */
	if (status == MR_OK)
		status = mr_row_proved(c, MR_SITE, c->site->id);
	if (status != MR_OK)
		return status;
	return mr_profile_add(c, &profile, from, person);
}

enum mr_status
mr_correspondent_update(
    struct mr_call *c, const struct mr_correspondent_update *in)
{
	const struct {
		int field;
		const char *text;
	} given[] = {
	    {MR_P_PEN_NAME, in->pen_name},
	    {MR_P_LEGAL_NAME, in->legal_name},
	    {MR_P_REGISTER_NUMBER, in->register_number},
	    {MR_P_LANGUAGE, in->language},
	    {MR_P_INTERESTS, in->interests},
	    {MR_P_ABOUT, in->about},
	    {MR_P_NOTES, in->notes},
	    {MR_P_REF, in->ref},
	    {MR_P_SLOTS, number(c, in->slots)},
	};
	struct mr_profile is, shall;
	enum mr_status status;
	int64_t id = 0;

	status = mr_person_found(c, in->person, &id);
	if (status == MR_OK)
		status = mr_profile_load(c, id, (int)c->today, &is);
	if (status != MR_OK)
		return status;
	shall = is;
	for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++)
		if (given[i].text != NULL)
			shall.field[given[i].field] = given[i].text;
	status = check(c, &shall);
	if (status != MR_OK)
		return status;
	return mr_profile_change(c, id, &is, &shall, (int)c->today);
}

/* Is that what stands there now, with nothing wrong about it? */
static enum mr_status
is_there(struct mr_call *c, int64_t person, int from, int *there)
{
	struct mr_address address = {.status = 0};
	enum mr_status status = mr_address_written(c, person, from, &address);

	*there = address.status == MR_ADDRESS_CURRENT ||
	    address.status == MR_ADDRESS_PENDING;
	return status == MR_NOTFOUND ? MR_OK : status;
}

static void
set_place(struct mr_profile *p, const struct mr_correspondent_move *in)
{
	p->field[MR_P_FACILITY] = in->facility;
	p->field[MR_P_STREET] = in->street;
	p->field[MR_P_UNIT] = in->unit;
	p->field[MR_P_CITY] = in->city;
	p->field[MR_P_STATE] = in->state;
	p->field[MR_P_ZIP] = in->zip;
	p->field[MR_P_COUNTRY] = in->country;
}

enum mr_status
mr_correspondent_move(struct mr_call *c, const struct mr_correspondent_move *in)
{
	struct mr_profile is, shall;
	enum mr_status status;
	int from, there;
	int64_t id = 0;

	status = mr_person_found(c, in->person, &id);
	if (status == MR_OK)
		status = read_from(c, in->from, &from);
	if (status == MR_OK)
		status = mr_profile_load(c, id, from, &is);
	if (status != MR_OK)
		return status;
	shall = is;
	set_place(&shall, in);
	status = check(c, &shall);
	if (status == MR_OK)
		status = is_there(c, id, from, &there);
	if (status != MR_OK)
		return status;
	if (there && mr_profile_differs(&is, &shall) == 0)
		return mr_fail(c, MR_REFUSED,
		    "that is the address of %s already",
		    mr_show_id(c, 'C', id));
	return mr_profile_move(c, id, &shall, from);
}

/* The newest open signature about an address of that person. */
struct waiting {
	int64_t person, sign;
};

static enum mr_status
waits(struct mr_call *c, void *arg, const struct mr_countersign *sign)
{
	struct waiting *waiting = arg;
	struct mr_address address;
	enum mr_status status;

	if (sign->what != MR_ADDRESS)
		return MR_OK;
	status = mr_address_load(c, sign->subject, &address);
	if (status == MR_OK && address.person == waiting->person)
		waiting->sign = sign->id;
	return status;
}

enum mr_status
mr_correspondent_confirm(
    struct mr_call *c, const struct mr_correspondent_one *in)
{
	struct waiting waiting = {0, 0};
	struct mr_countersign sign;
	enum mr_status status;

	status = mr_person_found(c, in->person, &waiting.person);
	if (status == MR_OK)
		status = mr_countersign_list(c, 1, waits, &waiting);
	if (status != MR_OK)
		return status;
	if (waiting.sign == 0)
		return mr_fail(c, MR_REFUSED,
		    "no address of %s waits for a second person",
		    mr_show_id(c, 'C', waiting.person));
	return mr_countersign_step(c, waiting.sign, &sign);
}
