/*
 * A roster of people in pairs for test_apart.c, and what of somebody must not
 * be read by the other side.  Nobody in it exists.  The search here knows
 * nothing of the guard's: it looks for each value in the plain letters of a
 * page.
 */
#ifndef TEST_APART_H
#define TEST_APART_H

#include <utf8proc.h>

#include "test/mail.h"

#define PAIRS 1000
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* Somebody: as imported; place is the code of a facility, id what they write
 * on their envelopes. */
struct who {
	char pen[40], legal[80], number[12], place[8], facility[64];
	char street[64], unit[24], city[40], state[4], zip[12], id[32];
};
static struct who people[2][PAIRS]; /* by MR_OUTSIDE, MR_INSIDE - 1 */

/* A facility of the public list. */
struct site {
	char code[8], name[64], street[64], city[40], state[4], zip[12];
};

static const char *const first_names[] = {"Amara", "José", "Zoë", "Łukasz",
    "Nguyệt", "Søren", "Renée", "Björn", "Íñigo", "Martin", "Þóra", "Ruth",
    "Opal", "Ida", "Émile", "Dimítrios", "Ahmet", "Çağla", "Anne-Marie",
    "D'Andre", "Ольга", "Ελένη", "Phượng", "Robin"};
static const char *const last_names[] = {"Quillfeather", "Ostrander", "Núñez",
    "O'Brannagh", "Van der Meersch", "García Márquez", "Żółkiewska", "Nguyễn",
    "Großmann", "Papadópoulos", "Παπαδόπουλος", "Соловьёва", "Martin",
    "Smith-Jonesby", "Øverlandsen", "Đặng Thị", "Fitzgibbon Jr.", "Haddad-Íe",
    "Wojciechowska-Brzezińska", "Lindqvist III", "Mac Giolla", "Yıldız"};
static const char *const birds[] = {
    "Wren", "Sparrow", "Heron", "Plover", "Teal", "Dunlin", "Siskin"};
static const char *const streets[] = {"Foundry Ct", "Old Harbor Ave",
    "Calle Café", "St. Mary's Rd", "Öberg Lane", "Rue Saint-Denis",
    "Martin Street", "W Lantern St"};
static const char *const towns[][3] = {{"Osseo Lake", "MN", "56613"},
    {"Peñasco Alto", "NM", "87553"}, {"O'Fallon Ridge", "MO", "63366"},
    {"Coeur d'Alene Bay", "ID", "83814"}, {"Danbury", "CT", "06810"}};

/* The n-th field of a line without quotes. */
static inline void
field(const char *line, int n, char *out, size_t size)
{
	for (; n > 0; n--)
		line += strcspn(line, ",") + 1;
	snprintf(out, size, "%.*s", (int)strcspn(line, ",\r\n"), line);
}

/* Prisons of the public list, without those whose line has quotes. */
static inline size_t
read_sites(const char *csv, struct site *sites, size_t most)
{
	size_t n = 0;

	for (csv = strchr(csv, '\n') + 1; *csv != '\0' && n < most;
	     csv += strcspn(csv, "\n") + 1) {
		size_t len = strcspn(csv, "\n");

		if (memchr(csv, '"', len) != NULL ||
		    memmem(csv, len, "Institution", 11) == NULL)
			continue;
		field(csv, 0, sites[n].code, sizeof(sites[n].code));
		field(csv, 1, sites[n].name, sizeof(sites[n].name));
		field(csv, 6, sites[n].street, sizeof(sites[n].street));
		field(csv, 7, sites[n].city, sizeof(sites[n].city));
		field(csv, 8, sites[n].state, sizeof(sites[n].state));
		field(csv, 9, sites[n].zip, sizeof(sites[n].zip));
		n++;
	}
	return n;
}

static inline void
make_inside(size_t i, const struct site *site, struct who *who)
{
	const char *first = first_names[(i * 5 + 3) % COUNT(first_names)];
	size_t last = i % 7 == 0 ? i * 11 + i / 13 : i * 3 + 1 + i / 17;

	snprintf(who->legal, sizeof(who->legal), "%s %s", first,
	    last_names[last % COUNT(last_names)]);
	snprintf(who->pen, sizeof(who->pen), "%s", first);
	if (strstr(who->legal + strlen(first), first) != NULL)
		snprintf(who->pen, sizeof(who->pen), "Kestrel");
	snprintf(who->number, sizeof(who->number), "%05d-999", 40000 + (int)i);
	snprintf(who->unit, sizeof(who->unit), "UNIT ZQ-%c", 'A' + (int)i % 26);
	snprintf(who->place, sizeof(who->place), "%s", site->code);
	snprintf(who->facility, sizeof(who->facility), "%s", site->name);
	snprintf(who->street, sizeof(who->street), "%s", site->street);
	snprintf(who->city, sizeof(who->city), "%s", site->city);
	snprintf(who->state, sizeof(who->state), "%s", site->state);
	snprintf(who->zip, sizeof(who->zip), "%s", site->zip);
}

/* Every 7th shares the surname with the pen pal, every 11th lives in the town
 * of the prison, every 5th in the office's. */
static inline void
make_outside(size_t i, const struct site *site, struct who *who)
{
	const char *const *town = towns[i % COUNT(towns)];

	snprintf(who->legal, sizeof(who->legal), "%s %s%s",
	    first_names[i * 7 % COUNT(first_names)], i % 9 == 4 ? "Q. " : "",
	    last_names[(i * 11 + i / 13) % COUNT(last_names)]);
	snprintf(who->pen, sizeof(who->pen), "%s %c", birds[i % COUNT(birds)],
	    'A' + (int)i % 26);
	snprintf(who->street, sizeof(who->street), "%d %s", 2001 + 7 * (int)i,
	    streets[i % COUNT(streets)]);
	if (i % 4 == 0)
		snprintf(
		    who->unit, sizeof(who->unit), "Apt %c", 'A' + (int)i % 26);
	snprintf(who->city, sizeof(who->city), "%s",
	    i % 11 == 0 ? site->city : town[0]);
	snprintf(who->state, sizeof(who->state), "%s",
	    i % 11 == 0 ? site->state : town[1]);
	snprintf(who->zip, sizeof(who->zip), "%s%s",
	    i % 11 == 0 ? site->zip : town[2], i % 3 == 0 ? "-4417" : "");
}

/*
 * Plain letters: small, without marks, words between single spaces, a space
 * at both ends.  Freed by the caller.
 */
static inline char *
plain(const char *s)
{
	static const char *const more[][2] = {{"ł", "l"}, {"ø", "o"},
	    {"đ", "d"}, {"ı", "i"}, {"þ", "th"}, {"'", ""}, {"’", ""}};
	utf8proc_uint8_t *folded;
	char *out, *to, *from;
	size_t i, len;

	assert_true(utf8proc_map((const utf8proc_uint8_t *)s, 0, &folded,
			UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPAT |
			    UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
			    UTF8PROC_STRIPMARK) >= 0);
	to = out = malloc(strlen((char *)folded) + 3);
	assert_non_null(out);
	*to++ = ' ';
	for (from = (char *)folded; *from != '\0'; from += len) {
		for (i = 0; i < COUNT(more); i++)
			if (strncmp(from, more[i][0], strlen(more[i][0])) == 0)
				break;
		len = i < COUNT(more) ? strlen(more[i][0]) : 1;
		if (i < COUNT(more))
			to = stpcpy(to, more[i][1]);
		else if ((*from >= 'a' && *from <= 'z') || *from < 0 ||
		    (*from >= '0' && *from <= '9'))
			*to++ = *from;
		else if (to[-1] != ' ')
			*to++ = ' ';
	}
	if (to[-1] != ' ')
		*to++ = ' ';
	*to = '\0';
	free(folded);
	return out;
}

/* Does the plain text have these words in a row? */
static inline int
has(const char *text, const char *words)
{
	char *p = plain(words);
	int found = p[1] != '\0' && strstr(text, p) != NULL;

	free(p);
	return found;
}

/* The words of s from the first or, counted from the end, the last. */
static inline const char *
word(const char *s, int last, char out[80])
{
	const char *space = last ? strrchr(s, ' ') : strchr(s, ' ');

	if (space == NULL)
		snprintf(out, 80, "%s", s);
	else if (last)
		snprintf(out, 80, "%s", space + 1);
	else
		snprintf(out, 80, "%.*s", (int)(space - s), s);
	return out;
}

#define VALUES 10
#define STREET 4

/* What must not be read: VALUES of them, empty ones are none. */
static inline void
values_of(const struct who *who, char value[VALUES][170])
{
	char first[80], last[80];
	const char *rest = who->legal + strcspn(who->legal, " ") + 1;

	word(who->legal, 0, first);
	word(who->legal, 1, last);
	snprintf(value[0], 170, "%s", who->legal);
	snprintf(value[1], 170, "%s %s", first, last);
	snprintf(value[2], 170, "%s %s", rest, first);
	snprintf(value[3], 170, "%s", rest);
	snprintf(value[STREET], 170, "%s", who->street);
	snprintf(value[5], 170, "%s", who->number);
	snprintf(value[6], 170, "%.5s", who->zip);
	snprintf(value[7], 170, "%s", who->city);
	snprintf(value[8], 170, "%s", who->facility);
	snprintf(value[9], 170, "%s", who->unit);
}

/* A word that the post office leaves as it is. */
static inline int
telling(const char *w)
{
	return strlen(w) > 2 && strcmp(w, "north") != 0 &&
	    strcmp(w, "south") != 0 && strcmp(w, "east") != 0 &&
	    strcmp(w, "west") != 0;
}

/* Does the text have the number of that street and, at most two words later,
 * the first telling word of its name? */
static inline int
has_street(const char *text, const char *street)
{
	char *p = plain(street), *save = NULL, *w, number[80];
	const char *at = text, *end, *key;
	int found = 0;

	w = strtok_r(p, " ", &save);
	assert_non_null(w);
	snprintf(number, sizeof(number), " %s ", w);
	do
		w = strtok_r(NULL, " ", &save);
	while (w != NULL && !telling(w));
	while (w != NULL && !found && (at = strstr(at, number)) != NULL) {
		at += strlen(number) - 1;
		end = strchr(at + 1, ' ');
		for (int i = 0; i < 2 && end != NULL; i++)
			end = strchr(end + 1, ' ');
		key = strstr(at, w);
		found = key != NULL && (end == NULL || key < end);
	}
	free(p);
	return found;
}

/* A street by its number where it has one, all else word by word. */
static inline int
shows(const char *text, const char *value, int v)
{
	if (v == STREET && *value >= '0' && *value <= '9')
		return has_street(text, value);
	return has(text, value);
}

#endif
