/*
 * Addresses as the post office reads them.  See postal.h.
 */
#include "forms/postal.h"

#include <string.h>
#include <strings.h>

#define CITY_LINE 4
#define CUT 100 /* lines: a name in two pieces never fits */

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

static void
part(struct form_doc *doc, struct form_secret secret)
{
	if (!given(secret.secret))
		return;
	ink_form(doc, " ");
	ink_secret(doc, secret);
}

/*
 * USPS Publication 28: an apartment or unit ends the street's line, an
 * urbanization of Puerto Rico stands above it.  So does a housing unit inside
 * a facility, which is no part of the street.
 */
static int
unit_above(const struct form_address *to)
{
	return given(to->facility.secret) ||
	    (given(to->unit.secret) &&
		strncasecmp(to->unit.secret, "URB ", 4) == 0);
}

int
ink_address(struct form_doc *doc, const struct form_address *to, int n)
{
	static const char *const fields[ADDRESS_LINES] = {
	    "name or register number", "facility", "unit", "street or unit",
	    "city, state or ZIP", "country"};

	ink_start(doc, fields[n]);
	switch (n) {
	case 0:
		part(doc, to->name);
		part(doc, to->number);
		break;
	case 1:
		part(doc, to->facility);
		break;
	case 2:
		if (unit_above(to))
			part(doc, to->unit);
		break;
	case 3:
		part(doc, to->street);
		if (!unit_above(to))
			part(doc, to->unit);
		break;
	case CITY_LINE:
		part(doc, to->city);
		part(doc, to->state);
		part(doc, to->zip);
		break;
	default:
		if (given(to->country.secret) &&
		    strcmp(to->country.secret, "US") != 0)
			part(doc, to->country);
	}
	ink_postal(doc);
	return doc->ink.s.len > 0;
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
draw_address(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double x, double y, double w)
{
	int n;

	for (n = 0; n < ADDRESS_LINES; n++)
		if (ink_address(doc, to, n))
			y = flow_wrap(doc, style, x, y, w, 3);
	return y;
}

int
count_return(struct form_doc *doc, const struct style *style,
    enum form_lang lang, struct form_text id, double w)
{
	int n, lines = 0;

	for (n = 0; n < RETURN_LINES; n++)
		if (ink_return(doc, lang, n, id))
			lines += flow_count(doc, style, w);
	return lines;
}

int
count_address(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double w)
{
	int n, lines = 0;

	for (n = 0; n < ADDRESS_LINES; n++)
		if (ink_address(doc, to, n))
			lines += flow_cuts(doc, style, w)
			    ? CUT
			    : flow_count(doc, style, w);
	return lines;
}

int
count_city(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double w)
{
	ink_address(doc, to, CITY_LINE);
	return flow_count(doc, style, w);
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
