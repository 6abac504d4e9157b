/*
 * Addresses as the post office reads them.  See postal.h.
 */
#include "forms/postal.h"

#include <string.h>
#include <strings.h>

#define CUT 100 /* lines: a name in two pieces never fits */

enum {
	TO_NAME,
	TO_FACILITY,
	TO_UNIT,
	TO_STREET,
	TO_CITY,
	TO_COUNTRY,
	TO_LINES
};

static int
given(const char *s)
{
	return s != NULL && s[0] != '\0';
}

/* The next part of a line, after a space. */
static void
office_part(struct form_doc *doc, const char *s)
{
	if (!given(s))
		return;
	ink_office(doc, " ");
	ink_office(doc, s);
}

int
ink_return(
    struct form_doc *doc, enum form_lang lang, int n, struct form_text id)
{
	struct fill fills[1] = {0};

	ink_start(doc, n == RETURN_DEPT ? "forwarding ID" : "office address");
	switch (n) {
	case RETURN_NAME:
		ink_office(doc, doc->office.name);
		break;
	case RETURN_DEPT:
		if (!given(id.s))
			return 0;
		fills[0].name = "id";
		fills[0].text = id;
		ink_word(doc, lang, W_DEPT, fills, 1);
		break;
	case RETURN_BOX:
		ink_office(doc, doc->office.street);
		break;
	default:
		office_part(doc, doc->office.city);
		office_part(doc, doc->office.state);
		office_part(doc, doc->office.zip);
		break;
	}
	ink_postal(doc);
	return doc->ink.s.len > 0;
}

static int
ink_sender(struct form_doc *doc, const struct form_outer *outer)
{
	if (!given(outer->sender.s))
		return 0;
	ink_start(doc, "pen name of the sender");
	ink_text(doc, outer->sender);
	ink_postal(doc);
	return doc->ink.s.len > 0;
}

static void
part(struct form_doc *doc, struct form_secret secret)
{
	if (!given(secret.secret))
		return;
	ink_form(doc, " ");
	ink_secret(doc, secret);
}

static int
domestic(const struct form_address *to)
{
	return !given(to->country.secret) ||
	    country_line(to->country.secret) == NULL;
}

/* "URB LAS GLADIOLAS", an urbanization of Puerto Rico. */
static int
urbanization(const char *unit)
{
	return strncasecmp(unit, "URB ", 4) == 0 ||
	    strncasecmp(unit, "URB.", 4) == 0 ||
	    strncasecmp(unit, "URBANIZACION ", 13) == 0 ||
	    strncasecmp(unit, "URBANIZACI\303\263N ", 14) == 0 ||
	    strncasecmp(unit, "URBANIZATION ", 13) == 0;
}

/*
 * USPS Publication 28: an apartment or unit ends the street's line, an
 * urbanization of Puerto Rico stands above it.  So does a housing unit inside
 * a facility, which is no part of the street and keeps its words.
 */
static int
unit_above(const struct form_address *to)
{
	return given(to->facility.secret) ||
	    (given(to->unit.secret) && urbanization(to->unit.secret));
}

static void
ink_unit_line(struct form_doc *doc, const struct form_address *to)
{
	part(doc, to->unit);
	ink_postal(doc);
	if (!given(to->facility.secret) && domestic(to))
		ink_unit(doc);
}

static void
ink_street(struct form_doc *doc, const struct form_address *to, int above)
{
	part(doc, to->street);
	if (!above)
		part(doc, to->unit);
	ink_postal(doc);
	if (domestic(to))
		ink_delivery(doc);
}

/*
 * Line n into the ink; above: the unit has a line of its own.  0: there is no
 * such line.
 */
static int
ink_address(
    struct form_doc *doc, const struct form_address *to, int n, int above)
{
	static const char *const fields[TO_LINES] = {"name or register number",
	    "facility", "unit", "street or unit", "city, state or ZIP",
	    "country"};
	const char *country;

	ink_start(doc, fields[n]);
	switch (n) {
	case TO_NAME:
		part(doc, to->name);
		part(doc, to->number);
		break;
	case TO_FACILITY:
		part(doc, to->facility);
		break;
	case TO_UNIT:
		if (above)
			ink_unit_line(doc, to);
		break;
	case TO_STREET:
		ink_street(doc, to, above);
		break;
	case TO_CITY:
		part(doc, to->city);
		part(doc, to->state);
		part(doc, to->zip);
		ink_postal(doc);
		if (domestic(to))
			ink_last_line(doc);
		break;
	default:
		country =
		    domestic(to) ? NULL : country_line(to->country.secret);
		if (country == to->country.secret)
			part(doc, to->country);
		else if (country != NULL)
			ink_form(doc, country);
	}
	ink_postal(doc);
	return doc->ink.s.len > 0;
}

/* Does the unit go above its street, there being no room behind it? */
static int
split(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double w)
{
	if (unit_above(to))
		return 1;
	if (!given(to->unit.secret) || !given(to->street.secret))
		return 0;
	ink_address(doc, to, TO_STREET, 0);
	return flow_count(doc, style, w) > 1;
}

void
address_check(struct form_doc *doc, const struct form_address *to)
{
	const char *missing = !given(to->name.secret) ? "name"
	    : !given(to->city.secret)                 ? "city"
	    : !given(to->zip.secret)                  ? "ZIP"
						      : NULL;

	if (missing != NULL)
		doc_fail(doc, FORM_BADVALUE, "the address has no %s", missing);
}

double
draw_return(struct form_doc *doc, const struct style *style,
    enum form_lang lang, struct form_text id, double x, double y, double w)
{
	int n;

	for (n = 0; n < RETURN_LINES; n++)
		if (ink_return(doc, lang, n, id))
			y = flow_wrap(doc, style, x, y, w, 2);
	return y;
}

double
draw_corner(struct form_doc *doc, const struct style *style,
    const struct form_outer *outer, double x, double y, double w)
{
	doc->role = ROLE_FROM;
	if (ink_sender(doc, outer))
		y = flow_wrap(doc, style, x, y, w, 2);
	y = draw_return(doc, style, outer->lang, outer->id, x, y, w);
	doc->role = ROLE_NONE;
	return y;
}

double
draw_address(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double x, double y, double w)
{
	int above = split(doc, style, to, w), n;

	doc->role = ROLE_TO;
	for (n = 0; n < TO_LINES; n++)
		if (ink_address(doc, to, n, above))
			y = flow_wrap(doc, style, x, y, w, 3);
	doc->role = ROLE_NONE;
	return y;
}

int
count_corner(struct form_doc *doc, const struct style *style,
    const struct form_outer *outer, double w)
{
	int n, lines = 0;

	if (ink_sender(doc, outer))
		lines += flow_count(doc, style, w);
	for (n = 0; n < RETURN_LINES; n++)
		if (ink_return(doc, outer->lang, n, outer->id))
			lines += flow_count(doc, style, w);
	return lines;
}

int
count_address(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double w)
{
	int above = split(doc, style, to, w), n, lines = 0;

	for (n = 0; n < TO_LINES; n++)
		if (ink_address(doc, to, n, above))
			lines += flow_cuts(doc, style, w)
			    ? CUT
			    : flow_count(doc, style, w);
	return lines;
}

int
count_city(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double w)
{
	ink_address(doc, to, TO_CITY, 0);
	return flow_count(doc, style, w);
}

const char *
endorsement_words(enum form_endorsement endorsement)
{
	switch (endorsement) {
	case FORM_RETURN_SERVICE:
		return "RETURN SERVICE REQUESTED";
	case FORM_ADDRESS_SERVICE:
		return "ADDRESS SERVICE REQUESTED";
	case FORM_TEMP_RETURN_SERVICE:
		return "TEMP-RETURN SERVICE REQUESTED";
	default:
		return NULL;
	}
}

double
draw_endorsement(struct form_doc *doc, const struct style *style,
    const struct form_outer *outer, double x, double y)
{
	const char *words = endorsement_words(outer->endorsement);
	double w;

	if (words == NULL)
		return 0;
	w = font_width(doc, style->face, words, strlen(words)) * style->size *
	    MM_PER_POINT;
	doc->role = ROLE_ENDORSE;
	ink_start(doc, "endorsement");
	ink_form(doc, words);
	flow_line(doc, style, x, y, w + 1);
	doc->role = ROLE_NONE;
	return w;
}

void
ink_printed(struct form_doc *doc, enum form_lang lang, struct form_date date)
{
	struct fill fills[1] = {0};

	ink_start(doc, "print date");
	fills[0].name = "date";
	fills[0].date = &date;
	ink_word(doc, lang, W_OUTER_PRINTED, fills, 1);
	ink_postal(doc);
}
