/*
 * The standard words of postal addresses: USPS Publication 28, appendix B
 * (directions), C1 (street suffixes) and C2 (secondary units).  A word is
 * changed only where its place in the line says what it is.
 */
#include "forms/postal.h"

#include <string.h>

#define WORDS_MAX 16 /* in one line; a longer one is left as it is */

struct pair {
	const char *word, *abbreviation;
};

static const struct pair directions[] = {{"NORTH", "N"}, {"SOUTH", "S"},
    {"EAST", "E"}, {"WEST", "W"}, {"NORTHEAST", "NE"}, {"NORTHWEST", "NW"},
    {"SOUTHEAST", "SE"}, {"SOUTHWEST", "SW"}};

static const struct pair units[] = {{"APARTMENT", "APT"}, {"APT", "APT"},
    {"BUILDING", "BLDG"}, {"BLDG", "BLDG"}, {"DEPARTMENT", "DEPT"},
    {"DEPT", "DEPT"}, {"FLOOR", "FL"}, {"FL", "FL"}, {"HANGAR", "HNGR"},
    {"HNGR", "HNGR"}, {"LOT", "LOT"}, {"PIER", "PIER"}, {"ROOM", "RM"},
    {"RM", "RM"}, {"SLIP", "SLIP"}, {"SPACE", "SPC"}, {"SPC", "SPC"},
    {"STOP", "STOP"}, {"SUITE", "STE"}, {"STE", "STE"}, {"TRAILER", "TRLR"},
    {"TRLR", "TRLR"}, {"UNIT", "UNIT"}};

static const struct pair suffixes[] = {{"ALLEY", "ALY"}, {"ANNEX", "ANX"},
    {"ARCADE", "ARC"}, {"AVENUE", "AVE"}, {"AV", "AVE"}, {"BAYOU", "BYU"},
    {"BEACH", "BCH"}, {"BEND", "BND"}, {"BLUFF", "BLF"}, {"BOULEVARD", "BLVD"},
    {"BRANCH", "BR"}, {"BRIDGE", "BRG"}, {"BROOK", "BRK"}, {"BYPASS", "BYP"},
    {"CANYON", "CYN"}, {"CAUSEWAY", "CSWY"}, {"CENTER", "CTR"},
    {"CIRCLE", "CIR"}, {"CLIFF", "CLF"}, {"CORNER", "COR"}, {"COURSE", "CRSE"},
    {"COURT", "CT"}, {"COURTS", "CTS"}, {"COVE", "CV"}, {"CREEK", "CRK"},
    {"CRESCENT", "CRES"}, {"CROSSING", "XING"}, {"CROSSROAD", "XRD"},
    {"CURVE", "CURV"}, {"DALE", "DL"}, {"DRIVE", "DR"}, {"ESTATE", "EST"},
    {"ESTATES", "ESTS"}, {"EXPRESSWAY", "EXPY"}, {"EXTENSION", "EXT"},
    {"FALLS", "FLS"}, {"FERRY", "FRY"}, {"FIELD", "FLD"}, {"FIELDS", "FLDS"},
    {"FOREST", "FRST"}, {"FORGE", "FRG"}, {"FREEWAY", "FWY"}, {"GARDEN", "GDN"},
    {"GARDENS", "GDNS"}, {"GATEWAY", "GTWY"}, {"GLEN", "GLN"}, {"GROVE", "GRV"},
    {"HARBOR", "HBR"}, {"HAVEN", "HVN"}, {"HEIGHTS", "HTS"}, {"HIGHWAY", "HWY"},
    {"HILL", "HL"}, {"HILLS", "HLS"}, {"HOLLOW", "HOLW"}, {"ISLAND", "IS"},
    {"JUNCTION", "JCT"}, {"KNOLL", "KNL"}, {"LAKE", "LK"}, {"LAKES", "LKS"},
    {"LANDING", "LNDG"}, {"LANE", "LN"}, {"LODGE", "LDG"}, {"MANOR", "MNR"},
    {"MEADOW", "MDW"}, {"MEADOWS", "MDWS"}, {"MILL", "ML"}, {"MILLS", "MLS"},
    {"MISSION", "MSN"}, {"MOTORWAY", "MTWY"}, {"MOUNTAIN", "MTN"},
    {"ORCHARD", "ORCH"}, {"OVERPASS", "OPAS"}, {"PARKWAY", "PKWY"},
    {"PASSAGE", "PSGE"}, {"PINES", "PNES"}, {"PLACE", "PL"}, {"PLAIN", "PLN"},
    {"PLAINS", "PLNS"}, {"PLAZA", "PLZ"}, {"POINT", "PT"}, {"PORT", "PRT"},
    {"PRAIRIE", "PR"}, {"RANCH", "RNCH"}, {"RIDGE", "RDG"}, {"RIVER", "RIV"},
    {"ROAD", "RD"}, {"ROADS", "RDS"}, {"ROUTE", "RTE"}, {"SHORE", "SHR"},
    {"SHORES", "SHRS"}, {"SKYWAY", "SKWY"}, {"SPRING", "SPG"},
    {"SPRINGS", "SPGS"}, {"SQUARE", "SQ"}, {"STATION", "STA"},
    {"STREAM", "STRM"}, {"STREET", "ST"}, {"STR", "ST"}, {"SUMMIT", "SMT"},
    {"TERRACE", "TER"}, {"TRACE", "TRCE"}, {"TRACK", "TRAK"}, {"TRAIL", "TRL"},
    {"TUNNEL", "TUNL"}, {"TURNPIKE", "TPKE"}, {"VALLEY", "VLY"},
    {"VIADUCT", "VIA"}, {"VIEW", "VW"}, {"VILLAGE", "VLG"}, {"VISTA", "VIS"},
    {"AVE", "AVE"}, {"BLVD", "BLVD"}, {"CIR", "CIR"}, {"CT", "CT"},
    {"DR", "DR"}, {"HWY", "HWY"}, {"LN", "LN"}, {"LOOP", "LOOP"},
    {"PARK", "PARK"}, {"PATH", "PATH"}, {"PIKE", "PIKE"}, {"PKWY", "PKWY"},
    {"PL", "PL"}, {"RD", "RD"}, {"ROW", "ROW"}, {"RUN", "RUN"}, {"SQ", "SQ"},
    {"ST", "ST"}, {"TER", "TER"}, {"TRL", "TRL"}, {"WALK", "WALK"},
    {"WAY", "WAY"}};

/* Countries that the records name by their code. */
static const struct pair countries[] = {{"AR", "ARGENTINA"}, {"AT", "AUSTRIA"},
    {"AU", "AUSTRALIA"}, {"BE", "BELGIUM"}, {"BR", "BRAZIL"}, {"CA", "CANADA"},
    {"CH", "SWITZERLAND"}, {"CL", "CHILE"}, {"CO", "COLOMBIA"},
    {"DE", "GERMANY"}, {"DK", "DENMARK"}, {"ES", "SPAIN"}, {"FI", "FINLAND"},
    {"FR", "FRANCE"}, {"GB", "UNITED KINGDOM"}, {"GR", "GREECE"},
    {"GT", "GUATEMALA"}, {"IE", "IRELAND"}, {"IN", "INDIA"}, {"IT", "ITALY"},
    {"JP", "JAPAN"}, {"KR", "SOUTH KOREA"}, {"MX", "MEXICO"},
    {"NL", "NETHERLANDS"}, {"NO", "NORWAY"}, {"NZ", "NEW ZEALAND"},
    {"PH", "PHILIPPINES"}, {"PL", "POLAND"}, {"PT", "PORTUGAL"},
    {"SE", "SWEDEN"}, {"UK", "UNITED KINGDOM"}, {"VN", "VIETNAM"},
    {"ZA", "SOUTH AFRICA"}};

#define SIZE(list) (sizeof(list) / sizeof((list)[0]))

/* The words of the line in the ink; put[i] stands for word i where it is not
 * NULL, "" for nothing. */
struct words {
	size_t at[WORDS_MAX], len[WORDS_MAX], count;
	const char *put[WORDS_MAX];
};

/* 0: too many, the line stays. */
static int
take_words(const struct ink *ink, struct words *words)
{
	const char *s = ink->s.p;
	size_t i = 0, end = ink->s.len, start;

	memset(words, 0, sizeof(*words));
	while (i < end) {
		if (s[i] == ' ') {
			i++;
			continue;
		}
		if (words->count == WORDS_MAX)
			return 0;
		for (start = i; i < end && s[i] != ' '; i++)
			;
		words->at[words->count] = start;
		words->len[words->count++] = i - start;
	}
	return words->count > 0;
}

/* Write the line anew, each byte with the tag of its word. */
static void
put_words(struct form_doc *doc, const struct words *words)
{
	struct ink *ink = &doc->ink;
	size_t old = ink->s.len, i, n;
	const char *s;
	char tag;

	for (i = 0; i < words->count && !doc_failed(doc); i++) {
		n = words->put[i] != NULL ? strlen(words->put[i])
					  : words->len[i];
		if (n == 0)
			continue;
		/* The run may move, and bytes_add may not read from it. */
		if (bytes_add(&ink->s, NULL, n + 1) != 0 ||
		    bytes_add(&ink->tag, NULL, n + 1) != 0) {
			doc_fail(doc, FORM_NOMEM, "memory is short");
			return;
		}
		s = words->put[i] != NULL ? words->put[i]
					  : ink->s.p + words->at[i];
		tag = ink->tag.p[words->at[i]];
		memcpy(ink->s.p + ink->s.len - n - 1, s, n);
		ink->s.p[ink->s.len - 1] = ' ';
		memset(ink->tag.p + ink->tag.len - n - 1, tag, n + 1);
	}
	n = ink->s.len - old;
	memmove(ink->s.p, ink->s.p + old, n);
	memmove(ink->tag.p, ink->tag.p + old, n);
	ink->s.len = ink->tag.len = n > 0 ? n - 1 : 0;
}

static int
is_word(const struct ink *ink, const struct words *w, size_t i, const char *s)
{
	return i < w->count && w->len[i] == strlen(s) &&
	    memcmp(ink->s.p + w->at[i], s, w->len[i]) == 0;
}

static const char *
look_up(const struct ink *ink, const struct words *w, size_t i,
    const struct pair *list, size_t n)
{
	size_t k;

	for (k = 0; k < n; k++)
		if (is_word(ink, w, i, list[k].word))
			return list[k].abbreviation;
	return NULL;
}

static int
has_digit(const struct ink *ink, const struct words *w, size_t i)
{
	size_t k;

	for (k = 0; k < w->len[i]; k++)
		if (ink->s.p[w->at[i] + k] >= '0' &&
		    ink->s.p[w->at[i] + k] <= '9')
			return 1;
	return 0;
}

/*
 * Words first to the end are a designator and its number: abbreviate the one,
 * take the # off the other.  0: they are not.
 */
static int
unit_at(const struct ink *ink, struct words *w, size_t first)
{
	const char *put = look_up(ink, w, first, units, SIZE(units));
	size_t value = first + 1;
	int alone;

	if (put == NULL || value >= w->count)
		return 0;
	alone = is_word(ink, w, value, "#");
	if (w->count != value + 1 + (size_t)alone)
		return 0;
	w->put[first] = put;
	if (alone)
		w->put[value] = "";
	else if (w->len[value] > 1 && ink->s.p[w->at[value]] == '#') {
		w->at[value]++;
		w->len[value]--;
	}
	return 1;
}

/* "#55" with no designator before it is written "# 55". */
static void
space_out(const struct ink *ink, struct words *w)
{
	size_t last = w->count - 1;

	if (ink->s.p[w->at[last]] != '#' || w->len[last] < 2 ||
	    w->count == WORDS_MAX)
		return;
	w->at[last + 1] = w->at[last] + 1;
	w->len[last + 1] = w->len[last] - 1;
	w->len[last] = 1;
	w->count++;
}

/* Where the unit begins at the end of a street line; count: nowhere. */
static size_t
find_unit(const struct ink *ink, struct words *w)
{
	size_t first;

	/* After a number and a name at least: "12 UNIT ST" has none. */
	for (first = w->count - 1; first > 1; first--)
		if (w->count - first <= 3 && unit_at(ink, w, first))
			return first;
	space_out(ink, w);
	for (first = w->count - 1; first > 1; first--)
		if (is_word(ink, w, first, "#"))
			return first;
	return w->count;
}

/* POST OFFICE BOX 12 and P O BOX 12 are PO BOX 12. */
static int
box(const struct ink *ink, struct words *w)
{
	size_t at = 0;

	if (is_word(ink, w, 0, "PO") || is_word(ink, w, 0, "POB"))
		return 1;
	if ((is_word(ink, w, 0, "POST") && is_word(ink, w, 1, "OFFICE")) ||
	    (is_word(ink, w, 0, "P") && is_word(ink, w, 1, "O")))
		at = 2;
	if (at == 0 || !is_word(ink, w, at, "BOX"))
		return 0;
	w->put[0] = "PO";
	w->put[1] = "";
	return 1;
}

/* Words 1 to end of a street line are direction, name, suffix, direction. */
static void
street(const struct ink *ink, struct words *w, size_t end)
{
	const char *after = NULL, *suffix;
	size_t last = end - 1;

	if (end < 3)
		return;
	if (end > 3)
		after = look_up(ink, w, last, directions, SIZE(directions));
	if (after != NULL)
		last--;
	suffix = look_up(ink, w, last, suffixes, SIZE(suffixes));
	/* "12 THE GLEN" is a name, "9 AVENUE OF OAKS" has none. */
	if (suffix == NULL || is_word(ink, w, 1, "THE"))
		return;
	w->put[last] = suffix;
	if (after != NULL)
		w->put[last + 1] = after;
	/* "12 NORTH ST": there the direction is the name. */
	if (last > 2)
		w->put[1] = look_up(ink, w, 1, directions, SIZE(directions));
}

void
ink_delivery(struct form_doc *doc)
{
	struct ink *ink = &doc->ink;
	struct words words;

	if (doc_failed(doc) || !take_words(ink, &words))
		return;
	if (!box(ink, &words) && has_digit(ink, &words, 0))
		street(ink, &words, find_unit(ink, &words));
	put_words(doc, &words);
}

void
ink_unit(struct form_doc *doc)
{
	struct ink *ink = &doc->ink;
	struct words words;

	if (doc_failed(doc) || !take_words(ink, &words))
		return;
	if (is_word(ink, &words, 0, "URBANIZACION") ||
	    is_word(ink, &words, 0, "URBANIZACI\303\223N") ||
	    is_word(ink, &words, 0, "URBANIZATION"))
		words.put[0] = "URB";
	else if (!unit_at(ink, &words, 0))
		space_out(ink, &words);
	put_words(doc, &words);
}

static int
digits(const struct ink *ink, const struct words *w, size_t i, size_t n)
{
	size_t k;

	if (i >= w->count || w->len[i] != n)
		return 0;
	for (k = 0; k < n; k++)
		if (ink->s.p[w->at[i] + k] < '0' ||
		    ink->s.p[w->at[i] + k] > '9')
			return 0;
	return 1;
}

/* Nine digits, or five and four, become ZIP+4 with its hyphen. */
void
ink_last_line(struct form_doc *doc)
{
	struct ink *ink = &doc->ink;
	struct words w;
	char zip[11] = "";

	if (doc_failed(doc) || !take_words(ink, &w))
		return;
	if (digits(ink, &w, w.count - 1, 9)) {
		memcpy(zip, ink->s.p + w.at[w.count - 1], 5);
		memcpy(zip + 6, ink->s.p + w.at[w.count - 1] + 5, 4);
	} else if (w.count > 1 && digits(ink, &w, w.count - 1, 4) &&
	    digits(ink, &w, w.count - 2, 5)) {
		memcpy(zip, ink->s.p + w.at[w.count - 2], 5);
		memcpy(zip + 6, ink->s.p + w.at[w.count - 1], 4);
		w.put[w.count - 2] = "";
	}
	if (zip[0] != '\0') {
		zip[5] = '-';
		w.put[w.count - 1] = zip;
		put_words(doc, &w);
	}
	explicit_bzero(zip, sizeof(zip));
}

const char *
country_line(const char *country)
{
	static const char *const ours[] = {
	    "US", "USA", "U.S.", "U.S.A.", "United States", "UNITED STATES"};
	size_t i;

	for (i = 0; i < SIZE(ours); i++)
		if (strcmp(country, ours[i]) == 0)
			return NULL;
	for (i = 0; i < SIZE(countries); i++)
		if (strcmp(country, countries[i].word) == 0)
			return countries[i].abbreviation;
	return country;
}
