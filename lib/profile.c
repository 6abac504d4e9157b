/*
 * What may be written down about a correspondent: checks each field and
 * brings it into one form.  Touches no row.
 */
#include "lib/profile.h"

#include <string.h>

#include "lib/person.h"
#include "lib/place.h"
#include "lib/text.h"
#include "lib/tongue.h"

static const struct {
	const char *name;
	int sealed;
} fields[MR_P_FIELDS] = {
#define X(field, name, sealed, required) {#name, sealed},
    MR_PROFILE_FIELDS(X)
#undef X
};

/* The most characters that fit each field. */
static const size_t longest[MR_P_FIELDS] = {
    [MR_P_REF] = 20,
    [MR_P_KIND] = 10,
    [MR_P_PEN_NAME] = 60,
    [MR_P_LEGAL_NAME] = 60,
    [MR_P_REGISTER_NUMBER] = 20,
    [MR_P_FACILITY] = 16,
    [MR_P_STREET] = 64,
    [MR_P_UNIT] = 64,
    [MR_P_CITY] = 40,
    [MR_P_STATE] = 20,
    [MR_P_ZIP] = 12,
    [MR_P_COUNTRY] = 20,
    [MR_P_LANGUAGE] = 3,
    [MR_P_INTERESTS] = 400,
    [MR_P_ABOUT] = 4000,
    [MR_P_NOTES] = 4000,
    [MR_P_SLOTS] = 3,
};

#define DIGITS "0123456789"
#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define MAX_WORDS 32

const char *
mr_profile_name(int field)
{
	return fields[field].name;
}

int
mr_profile_sealed(int field)
{
	return fields[field].sealed;
}

/* One check of a profile. */
struct check {
	struct mr_call *c;
	const char **field;
	const struct mr_profile_faults *faults;
	unsigned faulty; /* a bit for each field that was told of */
	int inside, n;
};

static void
tell(struct check *k, int field, const char *sentence)
{
	if (k->faulty & 1u << field)
		return;
	k->faulty |= 1u << field;
	k->n++;
	k->faults->tell(k->faults->arg, field, mr_say(sentence));
}

static size_t
characters(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* Made of these characters only, from min to max of them. */
static int
made_of(const char *s, const char *set, size_t min, size_t max)
{
	size_t n = strspn(s, set);

	return s[n] == '\0' && n >= min && n <= max;
}

static void
upper(struct check *k, int field)
{
	char *s = mr_place_upper(k->c->arena, k->field[field]);

	k->field[field] = s != NULL ? s : "";
}

static void
check_text(struct check *k, int field)
{
	int story = field == MR_P_ABOUT || field == MR_P_NOTES;
	const char *s = k->field[field] != NULL ? k->field[field] : "";
	struct mr_text_fault fault;

	k->field[field] = s;
	if (mr_text_check(s, strlen(s), story ? MR_TEXT_LINES | MR_TEXT_TAB : 0,
		&fault) != 0) {
		tell(k, field, fault.message);
		return;
	}
	if (!story) {
		s = mr_text_trim(k->c->arena, s);
		k->field[field] = s != NULL ? s : "";
	}
	if (characters(k->field[field]) > longest[field])
		tell(k, field,
		    mr_printf(k->c->arena, mr_say("at most %zu characters fit"),
			longest[field]));
}

static void
standard(struct check *k, int field, const char *value)
{
	if (k->field[field][0] == '\0')
		k->field[field] = value;
}

static void
check_ref(struct check *k)
{
	int64_t number;

	upper(k, MR_P_REF);
	if (k->field[MR_P_REF][0] == '\0')
		return;
	if (!made_of(k->field[MR_P_REF], UPPER DIGITS "-", 1, 20) ||
	    mr_read_id(k->field[MR_P_REF], 'C', &number))
		tell(k, MR_P_REF,
		    "an office's own number is 1 to 20 letters, digits and "
		    "hyphens, and not of the form C12, which numbers "
		    "correspondents here");
}

static void
check_names(struct check *k)
{
	const char *pen = k->field[MR_P_PEN_NAME];
	const char *legal = k->field[MR_P_LEGAL_NAME];

	if (pen[0] == '\0')
		tell(k, MR_P_PEN_NAME, "a pen name is needed");
	if (legal[0] == '\0')
		tell(k, MR_P_LEGAL_NAME,
		    "the full legal name is needed: mail is addressed to it");
	if (k->faulty & (1u << MR_P_PEN_NAME | 1u << MR_P_LEGAL_NAME))
		return;
	if (mr_profile_shows_surname(k->c, pen, legal) != 0)
		tell(k, MR_P_PEN_NAME,
		    "a pen name may be a first name but never the surname; "
		    "choose another");
	else if (mr_profile_shows_place(k->c, pen, k->field[MR_P_STREET]))
		tell(k, MR_P_PEN_NAME,
		    "a pen name is no street and has at most two digits: the "
		    "other side reads it; choose another");
}

static void
check_number(struct check *k)
{
	const char *s = k->field[MR_P_REGISTER_NUMBER];
	char digits[9];
	size_t n = 0;

	if (!k->inside) {
		if (s[0] != '\0')
			tell(k, MR_P_REGISTER_NUMBER,
			    "only somebody inside has a register number");
		return;
	}
	for (; *s != '\0'; s++) {
		if (strchr(DIGITS "- ", *s) == NULL || n > 8)
			n = 9;
		else if (*s >= '0' && *s <= '9' && n++ < 8)
			digits[n - 1] = *s;
	}
	if (n != 8) {
		tell(k, MR_P_REGISTER_NUMBER,
		    "a register number has eight digits: 12345-678; check "
		    "whether a spreadsheet dropped a 0 at the front");
		return;
	}
	digits[8] = '\0';
	s = mr_printf(k->c->arena, "%.5s-%s", digits, digits + 5);
	k->field[MR_P_REGISTER_NUMBER] = s != NULL ? s : "";
}

static void
check_inside(struct check *k)
{
	static const int empty[] = {
	    MR_P_STREET, MR_P_CITY, MR_P_STATE, MR_P_ZIP};

	if (k->field[MR_P_FACILITY][0] == '\0')
		tell(k, MR_P_FACILITY,
		    "somebody inside needs the code of a facility");
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++)
		if (k->field[empty[i]][0] != '\0')
			tell(k, empty[i],
			    "this stays empty for somebody inside: the "
			    "facility has the address");
}

static void
check_outside(struct check *k)
{
	const char *state = k->field[MR_P_STATE];

	if (k->field[MR_P_FACILITY][0] != '\0')
		tell(k, MR_P_FACILITY, "only somebody inside has a facility");
	if (k->field[MR_P_STREET][0] == '\0')
		tell(k, MR_P_STREET, "a street or a box is needed");
	if (k->field[MR_P_CITY][0] == '\0')
		tell(k, MR_P_CITY, "a city is needed");
	if (strcmp(k->field[MR_P_COUNTRY], "US") != 0)
		return;
	if (!mr_place_is_state(state))
		tell(k, MR_P_STATE, MR_STATE_WANTS);
	if (!mr_place_is_zip(k->field[MR_P_ZIP]))
		tell(k, MR_P_ZIP, MR_ZIP_WANTS);
}

/* Sorts in place and drops doubles; how many are left. */
static size_t
sort_words(char **words, size_t n)
{
	size_t kept = 0, at;

	for (size_t i = 0; i < n; i++) {
		char *word = words[i];
		int order = 1;

		for (at = 0; at < kept; at++) {
			order = strcmp(word, words[at]);
			if (order <= 0)
				break;
		}
		if (order == 0)
			continue;
		memmove(
		    words + at + 1, words + at, (kept - at) * sizeof(*words));
		words[at] = word;
		kept++;
	}
	return kept;
}

static const char *
join(struct mr_arena *arena, char **words, size_t n)
{
	const char *all = "";

	for (size_t i = 0; i < n && all != NULL; i++)
		all =
		    mr_printf(arena, "%s%s%s", all, i > 0 ? ";" : "", words[i]);
	return all != NULL ? all : "";
}

/* "Science Fiction; Música" becomes "musica;science-fiction". */
static void
check_interests(struct check *k)
{
	char *words[MAX_WORDS], *text, *word, *save = NULL;
	struct mr_arena *arena = k->c->arena;
	size_t n = 0;

	text = mr_strdup(arena, k->field[MR_P_INTERESTS]);
	if (text == NULL)
		return;
	for (word = strtok_r(text, ";,", &save); word != NULL;
	     word = strtok_r(NULL, ";,", &save)) {
		word = mr_text_fold(arena, word);
		if (word == NULL || word[0] == '\0')
			continue;
		if (n == MAX_WORDS || characters(word) > 40) {
			tell(k, MR_P_INTERESTS,
			    "at most 32 words of at most 40 letters, with ; "
			    "between them");
			return;
		}
		if (mr_profile_shows_person(k->c, word,
			k->field[MR_P_LEGAL_NAME],
			k->field[MR_P_STREET]) != 0) {
			tell(k, MR_P_INTERESTS,
			    "an interest is no name, street or long number of "
			    "theirs: the other side reads it; use another "
			    "word");
			return;
		}
		for (char *p = word; *p != '\0'; p++)
			*p = *p == ' ' ? '-' : *p;
		words[n++] = word;
	}
	k->field[MR_P_INTERESTS] = join(arena, words, sort_words(words, n));
}

static void
check_small(struct check *k)
{
	const char *language =
		       mr_text_fold(k->c->arena, k->field[MR_P_LANGUAGE]),
		   *slots;
	int64_t n;

	k->field[MR_P_LANGUAGE] = language != NULL ? language : "";
	if (!made_of(k->field[MR_P_LANGUAGE], LOWER, 2, 3))
		tell(k, MR_P_LANGUAGE,
		    "a language is two or three letters: en, es");
	if (mr_text_integer(k->field[MR_P_SLOTS], 0, 99, &n) != MR_NUMBER_OK) {
		tell(k, MR_P_SLOTS,
		    "slots, how many pen pals this person would take, is a "
		    "number from 0 to 99");
		return;
	}
	slots = mr_printf(k->c->arena, "%d", (int)n);
	k->field[MR_P_SLOTS] = slots != NULL ? slots : "";
}

static void
check_place(struct check *k)
{
	standard(k, MR_P_COUNTRY, "US");
	upper(k, MR_P_FACILITY);
	upper(k, MR_P_STATE);
	upper(k, MR_P_COUNTRY);
	if (!made_of(k->field[MR_P_COUNTRY], UPPER, 2, 2))
		tell(k, MR_P_COUNTRY,
		    "a country is its code of two letters, such as US");
	if (k->inside)
		check_inside(k);
	else
		check_outside(k);
}

int
mr_profile_check(struct mr_call *c, struct mr_profile *profile,
    const struct mr_profile_faults *faults)
{
	struct check k = {.c = c, .field = profile->field, .faults = faults};
	int kind;

	for (int i = 0; i < MR_P_FIELDS; i++)
		check_text(&k, i);
	standard(&k, MR_P_LANGUAGE, "en");
	standard(&k, MR_P_SLOTS, "1");
	kind = mr_person_kind_of(k.field[MR_P_KIND]);
	if (kind == 0)
		tell(&k, MR_P_KIND, "write inside or outside");
	else
		k.field[MR_P_KIND] = mr_person_kind_name(kind);
	k.inside = kind == MR_INSIDE;
	check_ref(&k);
	check_names(&k);
	check_interests(&k);
	check_small(&k);
	if (kind != 0) {
		check_number(&k);
		check_place(&k);
	}
	return mr_arena_failed(c->arena) ? -1 : k.n;
}

unsigned
mr_profile_differs(const struct mr_profile *a, const struct mr_profile *b)
{
	unsigned bits = 0;

	for (int i = 0; i < MR_P_FIELDS; i++)
		if (strcmp(a->field[i], b->field[i]) != 0)
			bits |= 1u << i;
	return bits;
}
