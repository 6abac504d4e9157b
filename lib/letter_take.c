/* Taking a letter over from another site.  See letter_take.h. */
#include "lib/letter_take.h"

#include "lib/site.h"
#include "lib/tongue.h"

const char *
mr_letter_where(struct mr_call *c, const struct mr_letter *l)
{
	const char *site = mr_site_words(c, MR_DAYNO_SITE(l->number));
	const char *code = mr_letter_code(c, l->id), *say;

	if (l->state == MR_L_CLOSED)
		say = mr_printf(c->arena,
		    mr_say("letter %s was closed at %s. Is it in your hand all "
			   "the same? Ask the coordinator there"),
		    code, site);
	else if (l->state == MR_L_SEALED)
		say = mr_printf(c->arena,
		    mr_say("letter %s was sealed at %s and leaves from there. "
			   "Is it in your hand? Then give it back to them"),
		    code, site);
	else if (l->state == MR_L_POSTED)
		say = mr_printf(c->arena,
		    mr_say("letter %s was posted at %s; nothing is to be done "
			   "with it here"),
		    code, site);
	else
		say = mr_printf(c->arena,
		    mr_say("letter %s lies at %s. Is it in your hand? Then "
			   "take it over with 'letter take %s', and write its "
			   "new number on it. If not, leave it to them"),
		    code, site, code);
	return say != NULL ? say : "";
}

const char *
mr_letter_where_said(struct mr_call *c, const struct mr_letter *l)
{
	char *say = mr_printf(c->arena, "%s.", mr_letter_where(c, l));

	if (say != NULL && say[0] >= 'a' && say[0] <= 'z')
		say[0] = (char)(say[0] - 'a' + 'A');
	return say;
}

enum mr_status
mr_letter_elsewhere(struct mr_call *c, const struct mr_letter *l)
{
	return mr_fail(c, MR_REFUSED, "%s", mr_letter_where(c, l));
}

enum mr_status
mr_letter_find_here(struct mr_call *c, struct mr_typed typed,
    struct mr_letter *letter, struct mr_letter_found *found)
{
	enum mr_status status = mr_letter_find(c, typed, letter, found);

	if (status != MR_OK || mr_letter_here(c, letter) ||
	    letter->state == MR_L_POSTED)
		return status;
	return mr_letter_elsewhere(c, letter);
}

int
mr_letter_takeable(const struct mr_call *c, const struct mr_letter *l)
{
	return !mr_letter_here(c, l) && l->state != MR_L_SEALED &&
	    l->state < MR_L_POSTED;
}

enum mr_status
mr_letter_take(struct mr_call *c, const struct mr_letter_take *in)
{
	struct mr_field extra[] = {
	    {MR_F_SITE, 0, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	struct mr_letter was, now;
	enum mr_status status = mr_letter_find(c, in->letter, &was, NULL);

	if (status != MR_OK)
		return status;
	if (mr_letter_here(c, &was))
		return mr_fail(c, MR_REFUSED,
		    "letter %s is here already, as %s: nothing to take over",
		    mr_letter_code(c, was.id), mr_letter_number(c, was.number));
	if (!mr_letter_takeable(c, &was))
		return mr_letter_elsewhere(c, &was);
	now = was;
	extra[0].number = MR_DAYNO_SITE(was.number);
	status = mr_letter_renumber(c, &now);
	return status == MR_OK ? mr_letter_store(c, &was, &now, extra) : status;
}
