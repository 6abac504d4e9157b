/*
 * The leak guard: what was drawn on a piece, searched for the other side's
 * secrets.  Our wording, our address and what the addressee owns are taken
 * out first, so a shared surname, town or ZIP raises no alarm.  The rest is
 * folded to small plain letters and digits; a secret hits where it stands as
 * whole tokens, whatever spaces, hyphens or line ends lie inside it.
 */
#include "forms/draw.h"
#include "forms/utf8.h"

#include <string.h>

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

/* Fold the bytes of s whose tag is TAG_OTHER (tag NULL: all). */
static int
fold(struct tokens *out, const char *s, const char *tag, size_t n)
{
	size_t i, len, m;
	int starts = 1;
	char small[4];
	uint32_t c;

	for (i = 0; i < n; i += len) {
		c = utf8_get(s + i, n - i, &len);
		if (tag != NULL && tag[i] != (char)TAG_OTHER) {
			starts = 1;
			continue;
		}
		if (c == UTF8_BAD || utf8_fold(c, small, &m) == UTF8_PARTS) {
			starts = 1;
			continue;
		}
		if (m == 0)
			continue;
		if (bytes_add(&out->s, small, m) != 0 ||
		    bytes_add(&out->start, NULL, m) != 0)
			return -1;
		out->start.p[out->start.len - m] = (char)starts;
		starts = 0;
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

/* Does the text hold tokens a to b of the needle and, after them, c to d? */
static int
holds(const struct tokens *text, const struct needle *needle, size_t a,
    size_t b, size_t c, size_t d)
{
	const char *one = needle->folded.s.p + needle->at[a];
	const char *two = needle->folded.s.p + needle->at[c];
	size_t n1 = needle->at[b] - needle->at[a];
	size_t n2 = needle->at[d] - needle->at[c];
	size_t i, end;

	if (n1 + n2 == 0 || text->s.len < n1 + n2)
		return 0;
	for (i = 0; i + n1 + n2 <= text->s.len; i++) {
		end = i + n1 + n2;
		if (text->start.p[i] && memcmp(text->s.p + i, one, n1) == 0 &&
		    memcmp(text->s.p + i + n1, two, n2) == 0 &&
		    (end == text->s.len || text->start.p[end]))
			return 1;
	}
	return 0;
}

static int
number_token(const struct needle *needle, size_t i)
{
	char c = needle->folded.s.p[needle->at[i]];

	return c >= '0' && c <= '9';
}

/*
 * A name also hits as last name first, and without its middle; a street also
 * without its last word, which people shorten (Court, Ct); a ZIP by its first
 * five digits.
 */
static int
hits(const struct tokens *text, const struct needle *needle, enum form_hit kind)
{
	size_t n = needle->count, last = n == 0 ? 0 : n - 1;

	if (n == 0)
		return 0;
	if (kind == FORM_HIT_ZIP)
		return holds(text, needle, 0, 1, n, n);
	if (holds(text, needle, 0, n, n, n))
		return 1;
	if (kind == FORM_HIT_NAME && n > 1)
		return holds(text, needle, last, n, 0, last) ||
		    holds(text, needle, 0, 1, last, n) ||
		    holds(text, needle, last, n, 0, 1);
	if (kind == FORM_HIT_STREET && n > 2 && number_token(needle, 0) &&
	    !number_token(needle, last))
		return holds(text, needle, 0, last, n, n);
	return 0;
}

static void
search_one(struct form_doc *doc, const struct tokens *text,
    const struct form_forbidden *forbidden)
{
	static const char *const kinds[] = {"string", "full legal name",
	    "street and number", "register number", "ZIP", "code"};
	struct needle needle;

	if (forbidden->value == NULL)
		return;
	if (needle_make(&needle, forbidden->value) != 0)
		doc_fail(doc, FORM_NOMEM, "memory is short");
	else if (hits(text, &needle, forbidden->kind) && !doc_failed(doc)) {
		doc_fail(doc, FORM_LEAK, "the other side's %s would be on it",
		    kinds[forbidden->kind]);
		doc->fault.hit = forbidden->kind;
	}
	tokens_free(&needle.folded);
}

void
guard_search(struct form_doc *doc)
{
	struct tokens text = {{0}, {0}};
	size_t i;

	if (doc->piece.nforbidden == 0 || doc->drawn.len == 0)
		return;
	if (fold(&text, doc->drawn.p, doc->drawn_tag.p, doc->drawn.len) != 0)
		doc_fail(doc, FORM_NOMEM, "memory is short");
	for (i = 0; i < doc->piece.nforbidden && !doc_failed(doc); i++)
		search_one(doc, &text, &doc->piece.forbidden[i]);
	tokens_free(&text);
}
