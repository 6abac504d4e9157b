/*
 * Ink: one line of text being put together, every byte with a tag that says
 * where it came from.  Here strings of the other side are refused.
 */
#include "forms/draw.h"
#include "forms/utf8.h"

#include <stdio.h>
#include <string.h>

/* Every string comes in here, and leaves in one spelling (NFC). */
static void
add(struct form_doc *doc, const char *s, size_t n, enum tag tag)
{
	struct ink *ink = &doc->ink;
	size_t at = ink->tag.len;

	if (doc_failed(doc) || n == 0)
		return;
	if (utf8_compose(s, n, &ink->s) != 0 ||
	    bytes_add(&ink->tag, NULL, ink->s.len - at) != 0)
		doc_fail(doc, FORM_NOMEM, "memory is short");
	else
		memset(ink->tag.p + at, (int)tag, ink->s.len - at);
}

void
ink_start(struct form_doc *doc, const char *field)
{
	bytes_clear(&doc->ink.s);
	bytes_clear(&doc->ink.tag);
	doc->ink.field = field;
}

void
ink_form(struct form_doc *doc, const char *s)
{
	add(doc, s, strlen(s), TAG_FORM);
}

void
ink_office(struct form_doc *doc, const char *s)
{
	add(doc, s, strlen(s), TAG_OFFICE);
}

void
ink_number(struct form_doc *doc, long n)
{
	char s[24];

	snprintf(s, sizeof(s), "%ld", n);
	ink_form(doc, s);
}

/* A string of the other side never comes any further than here. */
static void
not_theirs(struct form_doc *doc)
{
	if (doc_failed(doc))
		return;
	doc_fail(doc, FORM_LEAK,
	    "the %s belongs to somebody else than the addressee",
	    doc->ink.field);
	doc->fault.hit = FORM_HIT_OWNER;
}

void
ink_text(struct form_doc *doc, struct form_text text)
{
	int own = text.owner != 0 && text.owner == doc->piece.addressee;

	if (text.s == NULL)
		return;
	if (text.owner != 0 && !own && !text.shared)
		not_theirs(doc);
	add(doc, text.s, strlen(text.s), own ? TAG_OWN : TAG_OTHER);
}

void
ink_secret(struct form_doc *doc, struct form_secret secret)
{
	if (secret.secret == NULL || secret.secret[0] == '\0')
		return;
	if (secret.owner == 0 || secret.owner != doc->piece.addressee)
		not_theirs(doc);
	add(doc, secret.secret, strlen(secret.secret), TAG_SECRET);
}

void
ink_date(struct form_doc *doc, enum form_lang lang, struct form_date day)
{
	struct fill fills[3] = {0};

	if (day.year < 1900 || day.year > 9999 || day.month < 1 ||
	    day.month > 12 || day.day < 1 || day.day > 31) {
		doc_fail(doc, FORM_BADVALUE, "the date is not a day");
		return;
	}
	fills[0].name = "day";
	fills[0].figure = 1;
	fills[0].number = day.day;
	fills[1].name = "month";
	fills[1].form = wording_text(
	    doc->words[lang], (enum word)(W_MONTH1 + day.month - 1));
	fills[2].name = "year";
	fills[2].figure = 1;
	fills[2].number = day.year;
	ink_word(doc, lang, W_DATE, fills, 3);
}

static void
put_fill(struct form_doc *doc, enum form_lang lang, const struct fill *fill)
{
	if (fill->text.s != NULL)
		ink_text(doc, fill->text);
	else if (fill->form != NULL)
		ink_form(doc, fill->form);
	else if (fill->office != NULL)
		ink_office(doc, fill->office);
	else if (fill->secret != NULL)
		ink_secret(doc, *fill->secret);
	else if (fill->date != NULL)
		ink_date(doc, lang, *fill->date);
	else if (fill->figure)
		ink_number(doc, fill->number);
}

void
ink_template(struct form_doc *doc, enum form_lang lang, const char *template,
    const struct fill *fills, size_t count)
{
	const char *p = template;
	size_t n, i;

	while (!doc_failed(doc) && *p != '\0') {
		n = strcspn(p, "{");
		add(doc, p, n, TAG_FORM);
		p += n;
		if (*p == '\0')
			break;
		n = strcspn(++p, "}");
		for (i = 0; i < count; i++)
			if (strlen(fills[i].name) == n &&
			    memcmp(fills[i].name, p, n) == 0)
				break;
		if (i < count)
			put_fill(doc, lang, &fills[i]);
		else
			doc_fail(doc, FORM_INTERNAL, "nothing for {%.*s}",
			    (int)n, p);
		p += n + (p[n] == '}');
		/* "Yours is Heron F." has one full stop. */
		if (*p == '.' && doc->ink.s.len > 0 &&
		    doc->ink.s.p[doc->ink.s.len - 1] == '.')
			p++;
	}
}

void
ink_word(struct form_doc *doc, enum form_lang lang, enum word word,
    const struct fill *fills, size_t count)
{
	ink_template(
	    doc, lang, wording_text(doc->words[lang], word), fills, count);
}

/* One character of an address, after those in `to`; its tag with it. */
static int
add_postal(struct ink *to, const char *s, size_t n, char tag)
{
	size_t at = to->s.len, len;
	uint32_t c = utf8_get(s, n, &len);

	if (c == UTF8_BAD) {
		if (bytes_add(&to->s, s, 1) != 0)
			return -1;
	} else if ((c = utf8_postal(c)) == 0 ||
	    (c == ' ' && (at == 0 || to->s.p[at - 1] == ' ')))
		return (int)len;
	else if (utf8_upper(c, &to->s) != 0)
		return -1;
	if (bytes_add(&to->tag, NULL, to->s.len - at) != 0)
		return -1;
	memset(to->tag.p + at, tag, to->s.len - at);
	return (int)len;
}

void
ink_postal(struct form_doc *doc)
{
	struct ink *ink = &doc->ink, post = {0};
	size_t i;
	int len = 1;

	for (i = 0; i < ink->s.len && len > 0; i += (size_t)len)
		len = add_postal(
		    &post, ink->s.p + i, ink->s.len - i, ink->tag.p[i]);
	while (post.s.len > 0 && post.s.p[post.s.len - 1] == ' ')
		post.s.len = --post.tag.len;
	ink_start(doc, ink->field);
	if (len < 0 || bytes_add(&ink->s, post.s.p, post.s.len) != 0 ||
	    bytes_add(&ink->tag, post.tag.p, post.tag.len) != 0)
		doc_fail(doc, FORM_NOMEM, "memory is short");
	bytes_free(&post.s);
	bytes_free(&post.tag);
}
