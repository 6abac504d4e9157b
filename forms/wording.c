/*
 * The words on the forms: parsing and checking.  See wording.h.
 */
#include "forms/wording.h"

#include "forms/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const char embed_forms_wording_en_txt[];
extern const char embed_forms_wording_es_txt[];

static const struct {
	const char *key, *holders;
} words[] = {
#define WORD_ROW(name, key, holders) {key, holders},
    WORDS(WORD_ROW)};

/* A paragraph of an office letter: name and text as offsets into the text. */
struct paragraph {
	size_t name, text;
	int n, sides; /* bits: 1 << side */
	int line;     /* where it stands */
};

#define BOTH_SIDES (1 << FORM_OUTSIDE | 1 << FORM_INSIDE)

struct wording {
	struct bytes text;       /* keys and texts, each ended by NUL */
	size_t at[WORD_COUNT];   /* offset of a word's text; 0: not yet */
	struct bytes paragraphs; /* struct paragraph, later ones win */
};

/* Is the n bytes at name one of the words of list? */
static int
listed(const char *list, const char *name, size_t n)
{
	const char *p = list;
	size_t len;

	while (*p != '\0') {
		len = strcspn(p, " ");
		if (len == n && memcmp(p, name, n) == 0)
			return 1;
		p += len + (p[len] == ' ');
	}
	return 0;
}

static enum form_status
check_holders(
    const struct place *place, const char *holders, const char *text, size_t n)
{
	const char *end = text + n, *open, *close;

	while ((open = memchr(text, '{', (size_t)(end - text))) != NULL) {
		close = memchr(open, '}', (size_t)(end - open));
		if (close == NULL)
			return place_wrong(
			    place, "a { without }", open, (size_t)(end - open));
		if (!listed(holders, open + 1, (size_t)(close - open - 1)))
			return place_wrong(place, "unknown placeholder", open,
			    (size_t)(close - open + 1));
		text = close + 1;
	}
	return FORM_OK;
}

/* Take the end off a key. */
static int
cut(const char *key, size_t *n, const char *end)
{
	size_t len = strlen(end);

	if (*n <= len || memcmp(key + *n - len, end, len) != 0)
		return 0;
	*n -= len;
	return 1;
}

/* letter.NAME.N, N from 1 to 99, and perhaps a side: what it says. */
static int
letter_key(const char *key, size_t *n, struct paragraph *p)
{
	size_t digits = 0;
	int ten = 1;

	p->n = 0;
	p->sides = cut(key, n, ".inside") ? 1 << FORM_INSIDE
	    : cut(key, n, ".outside")     ? 1 << FORM_OUTSIDE
					  : BOTH_SIDES;
	for (; digits < *n && digits < 3; digits++, ten *= 10) {
		char c = key[*n - 1 - digits];

		if (c < '0' || c > '9')
			break;
		p->n += (c - '0') * ten;
	}
	*n -= digits;
	return digits >= 1 && digits <= 2 && p->n > 0 && *n > 8 && *n <= 48 &&
	    memcmp(key, "letter.", 7) == 0 && key[*n - 1] == '.' &&
	    memchr(key + 7, '.', *n - 8) == NULL;
}

static enum form_status
keep(struct wording *w, const char *s, size_t n, size_t *at)
{
	*at = w->text.len;
	if (bytes_add(&w->text, s, n) != 0 || bytes_add(&w->text, "", 1) != 0)
		return FORM_NOMEM;
	return FORM_OK;
}

static enum form_status
set_paragraph(struct wording *w, const struct place *place, const char *key,
    size_t nkey, const char *text, size_t ntext)
{
	struct paragraph paragraph = {.line = place->line};
	enum form_status status;
	size_t n = nkey;

	if (!letter_key(key, &n, &paragraph))
		return place_wrong(place, "unknown key", key, nkey);
	status = check_holders(place, LETTER_HOLDERS, text, ntext);
	if (status == FORM_OK)
		status = keep(w, key + 7, n - 8, &paragraph.name);
	if (status == FORM_OK)
		status = keep(w, text, ntext, &paragraph.text);
	if (status == FORM_OK && ntext != strlen("{address}") &&
	    strstr(w->text.p + paragraph.text, "{address}") != NULL)
		return place_wrong(place,
		    "{address} has many lines and is a paragraph of its own, "
		    "not a part of",
		    key, nkey);
	if (status == FORM_OK &&
	    bytes_add(&w->paragraphs, &paragraph, sizeof(paragraph)) != 0)
		status = FORM_NOMEM;
	return status;
}

static enum form_status
set_word(void *arg, const struct place *place, const char *key, size_t nkey,
    const char *text, size_t ntext)
{
	struct wording *w = arg;
	enum form_status status;
	size_t i;

	if (ntext == 0)
		return place_wrong(place, "no text for", key, nkey);
	for (i = 0; i < WORD_COUNT; i++)
		if (strlen(words[i].key) == nkey &&
		    memcmp(words[i].key, key, nkey) == 0)
			break;
	if (i == WORD_COUNT)
		return set_paragraph(w, place, key, nkey, text, ntext);
	status = check_holders(place, words[i].holders, text, ntext);
	return status != FORM_OK ? status : keep(w, text, ntext, &w->at[i]);
}

static enum form_status
parse(struct wording *w, const char *text, const char *file,
    struct form_fault *fault)
{
	struct place place = {file, 0, fault};
	enum form_status status =
	    keys_read(&place, text, "not `key = text`", set_word, w);

	if (status == FORM_NOMEM)
		fault_set(fault, status, "memory is short");
	return status;
}

/* Every word is there. */
static enum form_status
complete(const struct wording *w, const char *file, struct form_fault *fault)
{
	size_t i;

	for (i = 0; i < WORD_COUNT; i++)
		if (w->at[i] == 0)
			return fault_set(fault, FORM_WORDING,
			    "%s: the key %s is missing", file, words[i].key);
	return FORM_OK;
}

static struct wording *
empty(struct form_fault *fault)
{
	struct wording *w = mem_alloc(sizeof(*w));

	/* Offset 0 means "not yet", so the text starts with a byte. */
	if (w == NULL || bytes_add(&w->text, "", 1) != 0) {
		mem_free(w);
		fault_set(fault, FORM_NOMEM, "memory is short");
		return NULL;
	}
	return w;
}

static const char *const file_names[FORM_LANGS] = {
    "wording-en.txt", "wording-es.txt"};

struct wording *
wording_new(enum form_lang lang, const char *text, const char *file,
    struct form_fault *fault)
{
	static const char *const built_in[FORM_LANGS] = {
	    embed_forms_wording_en_txt, embed_forms_wording_es_txt};
	struct wording *w = empty(fault);
	enum form_status status;

	if (w == NULL)
		return NULL;
	status = parse(w, built_in[lang], file_names[lang], fault);
	if (status == FORM_OK)
		status = complete(w, file_names[lang], fault);
	if (status == FORM_OK && text != NULL)
		status = parse(
		    w, text, file == NULL ? file_names[lang] : file, fault);
	if (status == FORM_OK)
		return w;
	wording_free(w);
	return NULL;
}

void
wording_free(struct wording *wording)
{
	if (wording == NULL)
		return;
	bytes_free(&wording->text);
	bytes_free(&wording->paragraphs);
	mem_free(wording);
}

const char *
wording_text(const struct wording *wording, enum word word)
{
	return wording->text.p + wording->at[word];
}

const char *
wording_why(const struct wording *wording, const char *why)
{
	size_t i;

	for (i = 0; i < WORD_COUNT; i++)
		if (strncmp(words[i].key, "why.", 4) == 0 &&
		    strcmp(words[i].key + 4, why) == 0)
			return wording_text(wording, (enum word)i);
	return NULL;
}

static size_t
paragraphs(const struct wording *w, const struct paragraph **p)
{
	*p = (const void *)w->paragraphs.p;
	return w->paragraphs.len / sizeof(**p);
}

/* One for this side alone wins over one for both, a later over an earlier. */
static const struct paragraph *
find(const struct wording *w, const char *name, int side, int n)
{
	const struct paragraph *p, *best = NULL;
	size_t i = paragraphs(w, &p);

	while (i-- > 0) {
		if (p[i].n != n || !(p[i].sides >> side & 1) ||
		    strcmp(w->text.p + p[i].name, name) != 0)
			continue;
		if (p[i].sides != BOTH_SIDES)
			return &p[i];
		if (best == NULL)
			best = &p[i];
	}
	return best;
}

const char *
wording_letter(
    const struct wording *wording, const char *form, enum form_side side, int n)
{
	const struct paragraph *p = find(wording, form, (int)side, n);

	return p != NULL ? wording->text.p + p->text : NULL;
}

void
wording_each_letter(const struct wording *wording,
    void (*each)(void *arg, const char *name, size_t n), void *arg)
{
	const struct paragraph *p;
	size_t i, n = paragraphs(wording, &p), seen, count = 0;
	const char *name;

	for (i = 0; i < n; i++) {
		name = wording->text.p + p[i].name;
		for (seen = 0; seen < i; seen++)
			if (strcmp(wording->text.p + p[seen].name, name) == 0)
				break;
		if (seen == i)
			each(arg, name, count++);
	}
}

/* This paragraph has the ones before it, and stands in the other language. */
static enum form_status
check_paragraph(struct wording *const words_of[FORM_LANGS],
    const char *const names[FORM_LANGS], int lang, const struct paragraph *p,
    struct form_fault *fault)
{
	const struct wording *w = words_of[lang], *other = words_of[!lang];
	const char *name = w->text.p + p->name;
	int side;

	for (side = 0; side < 2; side++) {
		if (!(p->sides >> side & 1))
			continue;
		if (p->n > 1 && find(w, name, side, p->n - 1) == NULL)
			return fault_set(fault, FORM_WORDING,
			    "%s:%d: letter.%.40s.%d stands here, but "
			    "paragraph %d of this letter is missing",
			    names[lang], p->line, name, p->n, p->n - 1);
		if (p->n == 1 && find(other, name, side, 1) == NULL)
			return fault_set(fault, FORM_WORDING,
			    "%s: the key letter.%.40s.1 is missing; %s:%d "
			    "has it",
			    names[!lang], name, names[lang], p->line);
	}
	return FORM_OK;
}

static enum form_status
check_letters(struct wording *const words_of[FORM_LANGS],
    const char *const names[FORM_LANGS], struct form_fault *fault)
{
	enum form_status status = FORM_OK;
	const struct paragraph *p;
	size_t i, n;
	int lang;

	for (lang = 0; lang < FORM_LANGS && status == FORM_OK; lang++) {
		n = paragraphs(words_of[lang], &p);
		for (i = 0; i < n && status == FORM_OK; i++)
			status = check_paragraph(
			    words_of, names, lang, p + i, fault);
	}
	return status;
}

enum form_status
wording_all(struct wording *words_of[FORM_LANGS],
    const struct form_setup *setup, struct form_fault *fault)
{
	const char *names[FORM_LANGS];
	struct form_fault own = {0};
	int lang;

	if (fault == NULL)
		fault = &own;
	memset(words_of, 0, FORM_LANGS * sizeof(words_of[0]));
	for (lang = 0; lang < FORM_LANGS; lang++) {
		words_of[lang] = wording_new((enum form_lang)lang,
		    setup->wording[lang], setup->wording_name[lang], fault);
		if (words_of[lang] == NULL)
			return fault->status;
		names[lang] = setup->wording_name[lang] != NULL
		    ? setup->wording_name[lang]
		    : file_names[lang];
	}
	return check_letters(words_of, names, fault);
}

enum form_status
wording_check(const char *text, const char *file, struct form_fault *fault)
{
	struct wording *w = empty(fault);
	enum form_status status = FORM_NOMEM;

	if (w != NULL)
		status = parse(w, text, file, fault);
	if (status == FORM_OK)
		status = complete(w, file, fault);
	wording_free(w);
	return status;
}
