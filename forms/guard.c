/*
 * The leak guard: what was drawn on a piece, searched for the other side's
 * secrets.  Our wording, our address and what the addressee owns are taken
 * out first, so a shared surname, town or ZIP raises no alarm.  The rest is
 * folded to small plain letters and digits; a secret hits where it stands as
 * whole tokens, whatever spaces, hyphens or line ends lie inside it, but not
 * across words that were taken out.
 */
#include "forms/draw.h"
#include "forms/utf8.h"

#include <string.h>

#define WALL "\n" /* stands where words were taken out; in no secret */

/* Folded text; start[i] is 1 where a token begins at byte i. */
struct tokens {
	struct bytes s, start;
};

/* A secret's tokens: where each begins, and where the last ends. */
#define MOST_TOKENS 24
struct needle {
	struct tokens folded;
	size_t at[MOST_TOKENS + 1], count;
};

void
guard_drawn(struct form_doc *doc, const char *s, const char *tag, size_t n)
{
	static const char end[] = "\n", own[] = {(char)TAG_OTHER};

	if (doc_failed(doc) || doc->piece.nforbidden == 0)
		return;
	if (bytes_add(&doc->drawn, s, n) != 0 ||
	    bytes_add(&doc->drawn_tag, tag, n) != 0 ||
	    bytes_add(&doc->drawn, end, 1) != 0 ||
	    bytes_add(&doc->drawn_tag, own, 1) != 0)
		doc_fail(doc, FORM_NOMEM, "memory is short");
}

static int
token_add(struct tokens *out, const char *s, size_t n, int starts)
{
	if (bytes_add(&out->s, s, n) != 0 ||
	    bytes_add(&out->start, NULL, n) != 0)
		return -1;
	out->start.p[out->start.len - n] = (char)starts;
	return 0;
}

/* Fold the bytes of s whose tag is TAG_OTHER (tag NULL: all). */
static int
fold(struct tokens *out, const char *s, const char *tag, size_t n)
{
	size_t i, len, m = 0;
	int starts = 1, wall = 0;
	enum utf8_part part;
	char small[4];
	uint32_t c;

	for (i = 0; i < n; i += len) {
		c = utf8_get(s + i, n - i, &len);
		part = c == UTF8_BAD ? UTF8_PARTS : utf8_fold(c, small, &m);
		if (tag != NULL && tag[i] != (char)TAG_OTHER) {
			wall |= part == UTF8_WORD;
			part = UTF8_PARTS;
		}
		starts |= part == UTF8_PARTS;
		if (part != UTF8_WORD)
			continue;
		if (wall && token_add(out, WALL, 1, 1) != 0)
			return -1;
		if (token_add(out, small, m, starts) != 0)
			return -1;
		starts = wall = 0;
	}
	return 0;
}

static void
tokens_free(struct tokens *tokens)
{
	bytes_free(&tokens->s);
	bytes_free(&tokens->start);
}

static int
needle_make(struct needle *needle, const char *value)
{
	size_t i;

	memset(needle, 0, sizeof(*needle));
	if (fold(&needle->folded, value, NULL, strlen(value)) != 0)
		return -1;
	for (i = 0; i < needle->folded.s.len; i++)
		if (needle->folded.start.p[i] && needle->count < MOST_TOKENS)
			needle->at[needle->count++] = i;
	needle->at[needle->count] = needle->folded.s.len;
	return 0;
}

static const char *
token(const struct needle *needle, size_t t, size_t *len)
{
	*len = needle->at[t + 1] - needle->at[t];
	return needle->folded.s.p + needle->at[t];
}

static int
token_is(const struct needle *needle, size_t t, const char *word)
{
	size_t len;
	const char *s = token(needle, t, &len);

	return len == strlen(word) && memcmp(s, word, len) == 0;
}

/* Digits at s, of n bytes. */
static size_t
digits(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && s[i] >= '0' && s[i] <= '9'; i++)
		;
	return i;
}

/* Is token t a number and nothing else? */
static int
token_digits(const struct needle *needle, size_t t)
{
	size_t len;
	const char *s = token(needle, t, &len);

	return digits(s, len) == len;
}

/* Does a token end before byte `at` of the text? */
static int
ends(const struct tokens *text, size_t at)
{
	return at == text->s.len || text->start.p[at];
}

/* Moves *at over n bytes when the text has them there. */
static int
step(const struct tokens *text, const char *s, size_t n, size_t *at)
{
	if (text->s.len - *at < n || memcmp(text->s.p + *at, s, n) != 0)
		return 0;
	*at += n;
	return 1;
}

/* Moves *at over tokens from to end of the needle. */
static int
step_tokens(const struct tokens *text, const struct needle *needle, size_t from,
    size_t end, size_t *at)
{
	return step(text, needle->folded.s.p + needle->at[from],
	    needle->at[end] - needle->at[from], at);
}

static int
whole_at(const struct tokens *text, const struct needle *needle, size_t at)
{
	return step_tokens(text, needle, 0, needle->count, &at) &&
	    ends(text, at);
}

/*
 * The first five digits, alone or with four more, in one piece: $566.13 is no
 * ZIP.
 */
static int
zip_at(const struct tokens *text, const struct needle *needle, size_t at)
{
	size_t n = 1, i = at;

	if (digits(needle->folded.s.p, needle->folded.s.len) < 5)
		return whole_at(text, needle, at);
	if (!step(text, needle->folded.s.p, 5, &i))
		return 0;
	while (!ends(text, at + n))
		n++;
	return n == 5 || (n == 9 && digits(text->s.p + at, n) == n);
}

/*
 * A name in any order of its parts, its middle names there, left out, or as
 * initials; the first and the last part have to be there.
 */
static int
name_at(const struct tokens *text, const struct needle *needle, size_t at,
    unsigned used)
{
	unsigned both = 1u | 1u << (needle->count - 1);
	size_t t, next, len;

	if ((used & both) == both && ends(text, at))
		return 1;
	for (t = 0; t < needle->count; t++) {
		next = at;
		if (used & 1u << t ||
		    !step_tokens(text, needle, t, t + 1, &next))
			continue;
		if (name_at(text, needle, next, used | 1u << t))
			return 1;
		/* The legal name has the initial, the text the name. */
		token(needle, t, &len);
		if (len > 1 || ends(text, next) || !text->start.p[at])
			continue;
		while (!ends(text, next))
			next++;
		if (name_at(text, needle, next, used | 1u << t))
			return 1;
	}
	return used != 0 && at + 1 < text->s.len && text->start.p[at] &&
	    text->start.p[at + 1] && text->s.p[at] != WALL[0] &&
	    name_at(text, needle, at + 1, used);
}

/* Jr. and III are left out more often than not. */
static void
drop_suffix(struct needle *needle)
{
	static const char *const suffix[] = {
	    "jr", "sr", "ii", "iii", "iv", "esq"};
	size_t i;

	for (i = 0; i < sizeof(suffix) / sizeof(suffix[0]); i++)
		if (needle->count > 2 &&
		    token_is(needle, needle->count - 1, suffix[i]))
			needle->count--;
}

static const char *const winds[][2] = {{"n", "north"}, {"s", "south"},
    {"e", "east"}, {"w", "west"}, {"ne", "northeast"}, {"nw", "northwest"},
    {"se", "southeast"}, {"sw", "southwest"}};
#define WINDS (sizeof(winds) / sizeof(winds[0]))

/* Moves *at over token t, a wind, long or short or left out. */
static int
step_wind(const struct tokens *text, const struct needle *needle, size_t t,
    size_t *at)
{
	size_t i, k;

	for (i = 0; i < WINDS; i++)
		if (token_is(needle, t, winds[i][0]) ||
		    token_is(needle, t, winds[i][1]))
			break;
	if (i == WINDS)
		return 0;
	for (k = 0; k < 2; k++)
		if (step(text, winds[i][1 - k], strlen(winds[i][1 - k]), at))
			break;
	return 1;
}

/* Moves *at behind the token of the text that begins there. */
static int
step_any(const struct tokens *text, size_t *at)
{
	if (*at == text->s.len || text->s.p[*at] == WALL[0])
		return 0;
	do
		++*at;
	while (!ends(text, *at));
	return 1;
}

/*
 * "2374 Foundry" of 2374 N Foundry Court; "11070 Hwy 14" of 11070 Highway 14;
 * "Box 55" of PO Box 55.
 */
static int
street_at(const struct tokens *text, const struct needle *needle, size_t at)
{
	size_t t, here = at;

	if (whole_at(text, needle, at))
		return 1;
	for (t = 0; t < needle->count && token_digits(needle, t); t++)
		;
	if (t == 0) {
		for (; t < needle->count && !token_is(needle, t, "box"); t++)
			;
		return t < needle->count && t + 1 < needle->count &&
		    memcmp(needle->folded.s.p, "po", 2) == 0 &&
		    step_tokens(text, needle, t, needle->count, &at) &&
		    ends(text, at);
	}
	if (t == needle->count || !step_tokens(text, needle, 0, t, &here))
		return 0;
	at = here;
	if (t + 1 < needle->count && token_digits(needle, t + 1) &&
	    step_any(text, &at) &&
	    step_tokens(text, needle, t + 1, t + 2, &at) && ends(text, at))
		return 1;
	if (t + 1 < needle->count && step_wind(text, needle, t, &here))
		t++;
	return step_tokens(text, needle, t, t + 1, &here) && ends(text, here);
}

static int
hits(const struct tokens *text, struct needle *needle, enum form_hit kind)
{
	size_t i;
	int hit = 0;

	if (needle->count == 0)
		return 0;
	if (kind == FORM_HIT_NAME)
		drop_suffix(needle);
	for (i = 0; i < text->s.len && !hit; i++) {
		if (!text->start.p[i])
			continue;
		switch (kind) {
		case FORM_HIT_NAME:
			hit = name_at(text, needle, i, 0);
			break;
		case FORM_HIT_STREET:
			hit = street_at(text, needle, i);
			break;
		case FORM_HIT_ZIP:
			hit = zip_at(text, needle, i);
			break;
		default:
			hit = whole_at(text, needle, i);
		}
	}
	return hit;
}

static enum form_status
search_one(const struct tokens *text, const struct form_forbidden *forbidden,
    struct form_fault *fault)
{
	static const char *const kinds[] = {"string", "full legal name",
	    "street and number", "register number", "ZIP", "code"};
	enum form_status status = FORM_OK;
	struct needle needle;

	if (forbidden->value == NULL)
		return FORM_OK;
	if (needle_make(&needle, forbidden->value) != 0)
		status = fault_set(fault, FORM_NOMEM, "memory is short");
	else if (hits(text, &needle, forbidden->kind)) {
		status = fault_set(fault, FORM_LEAK,
		    "the other side's %s would be on it",
		    form_say(kinds[forbidden->kind]));
		if (fault != NULL)
			fault->hit = forbidden->kind;
	}
	tokens_free(&needle.folded);
	return status;
}

static enum form_status
search(const char *s, const char *tag, size_t n,
    const struct form_forbidden *forbidden, size_t count,
    struct form_fault *fault)
{
	struct tokens text = {{0}, {0}};
	enum form_status status = FORM_OK;
	size_t i;

	if (fold(&text, s, tag, n) != 0)
		status = fault_set(fault, FORM_NOMEM, "memory is short");
	for (i = 0; i < count && status == FORM_OK; i++)
		status = search_one(&text, &forbidden[i], fault);
	tokens_free(&text);
	return status;
}

void
guard_search(struct form_doc *doc)
{
	if (doc->piece.nforbidden > 0 && doc->drawn.len > 0)
		search(doc->drawn.p, doc->drawn_tag.p, doc->drawn.len,
		    doc->piece.forbidden, doc->piece.nforbidden, &doc->fault);
}

enum form_status
form_search(const char *words, const struct form_forbidden *forbidden,
    size_t count, struct form_fault *fault)
{
	return search(words, NULL, strlen(words), forbidden, count, fault);
}
