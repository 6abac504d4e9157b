/*
 * Two synthetic people for the tests of the forms, and what is printed for
 * them.  Wren is a volunteer, Maria is inside; neither exists.
 */
#ifndef TEST_PEOPLE_H
#define TEST_PEOPLE_H

#include "forms/forms.h"

#define WREN 12
#define MARIA 7
#define OWNED(s, who) \
	{ \
		s, who, 0 \
	}
#define SHARED(s, who) \
	{ \
		s, who, 1 \
	}
#define OURS(s) \
	{ \
		s, 0, 0 \
	}

static const struct form_setup people_setup = {.paper = FORM_LETTER,
    .office = {"Bridge Letters", "PO BOX 1138", "Danbury", "CT", "06810"}};

static const struct form_date day = {2026, 7, 14};

/* The volunteer's side, to be kept off every piece that goes inside. */
static const struct form_forbidden wren_secrets[] = {
    {FORM_HIT_NAME, "Amara Quillfeather"}, {FORM_HIT_STREET, "2374 Foundry Ct"},
    {FORM_HIT_ZIP, "56613"}};
static const struct form_forbidden maria_secrets[] = {
    {FORM_HIT_NAME, "María Elena Ostrander"}, {FORM_HIT_NUMBER, "40312-999"},
    {FORM_HIT_ZIP, "35442"}};

static inline struct form_cover
cover_out(void)
{
	struct form_cover cover = {
	    .piece = {WREN, FORM_OUTSIDE, maria_secrets, 3, 0},
	    .lang = FORM_EN,
	    .date = day,
	    .from = SHARED("MARIA", MARIA),
	    .to = SHARED("WREN", WREN),
	    .id = OWNED("K7M-4RP-TMK", WREN),
	    .reply = OWNED("SK7M4RPTMK2223456782", WREN),
	    .code = OURS("2CD-4HF-KMP-7RT"),
	    .payload = OURS("L2CD4HFKMP7RT3WXTVHK"),
	    .number = OURS("A17"),
	    .enclosures = OURS("2 photos"),
	    .sheets = 3,
	    .copy = 1};

	return cover;
}

static inline struct form_cover
cover_in(void)
{
	struct form_cover cover = {
	    .piece = {MARIA, FORM_INSIDE, wren_secrets, 3, 0},
	    .lang = FORM_EN,
	    .date = day,
	    .from = SHARED("WREN", WREN),
	    .to = SHARED("MARIA", MARIA),
	    .id = OWNED("7HX-K2D-FWV", MARIA),
	    .code = OURS("5RT-4HF-KMP-XDW"),
	    .payload = OURS("L5RT4HFKMPXDW4WXTVHK"),
	    .number = OURS("B104"),
	    .sheets = 2,
	    .copy = 2};

	return cover;
}

static inline struct form_outer
inside(void)
{
	struct form_outer outer = {
	    .piece = {MARIA, FORM_INSIDE, wren_secrets, 3, 0},
	    .lang = FORM_EN,
	    .date = day,
	    .to = {.name = {"María Elena Ostrander", MARIA},
		.number = {"40312-999", MARIA},
		.facility = {"FCI Aliceville", MARIA},
		.street = {"P.O. Box 4000", MARIA},
		.city = {"Aliceville", MARIA},
		.state = {"AL", MARIA},
		.zip = {"35442", MARIA}},
	    .id = OWNED("7HX-K2D-FWV", MARIA)};

	return outer;
}

static inline struct form_outer
outside(void)
{
	struct form_outer outer = {
	    .piece = {WREN, FORM_OUTSIDE, maria_secrets, 3, 0},
	    .lang = FORM_EN,
	    .date = day,
	    .to = {.name = {"Amara Quillfeather", WREN},
		.street = {"2374 Foundry Ct.", WREN},
		.unit = {"Apt 55", WREN},
		.city = {"Osseo Lake", WREN},
		.state = {"MN", WREN},
		.zip = {"56613-6956", WREN},
		.country = {"US", WREN}},
	    .id = OWNED("K7M-4RP-TMK", WREN),
	    .payload = OURS("E2CD4HFKMP7RT3WXTVHK")};

	return outer;
}

/* The #10 envelope of the built-in list. */
static inline const struct form_envelope *
number10(void)
{
	static struct form_envelope envelope;

	if (form_envelope_find(NULL, NULL, "10", &envelope, NULL) != FORM_OK)
		return NULL;
	return &envelope;
}

#endif
