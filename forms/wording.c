/*
 * The words on the forms: parsing and checking.  See wording.h.
 */
#include "forms/wording.h"

#include "forms/fault.h"

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

/* A paragraph of an office letter; offsets into the text. */
struct paragraph {
	size_t key, text;
};

struct wording {
	struct bytes text;       /* keys and texts, each ended by NUL */
	size_t at[WORD_COUNT];   /* offset of a word's text; 0: not yet */
	struct bytes paragraphs; /* struct paragraph, later ones win */
};

/* Where the parser stands, for its faults. */
struct place {
	const char *file;
	int line;
	struct form_fault *fault;
};

static enum form_status
wrong(const struct place *place, const char *what, const char *key, size_t n)
{
	return fault_set(place->fault, FORM_WORDING, "%s:%d: %s %.*s",
	    place->file, place->line, what, (int)(n > 60 ? 60 : n), key);
}

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
			return wrong(place, "a { without } in", open,
			    (size_t)(end - open));
		if (!listed(holders, open + 1, (size_t)(close - open - 1)))
			return wrong(place, "unknown placeholder", open,
			    (size_t)(close - open + 1));
		text = close + 1;
	}
	return FORM_OK;
}

/* letter.NAME.N, with N from 1 to 99. */
static int
letter_key(const char *key, size_t n)
{
	size_t digits = 0;

	while (digits < n && key[n - 1 - digits] >= '0' &&
	    key[n - 1 - digits] <= '9')
		digits++;
	return n > 9 && memcmp(key, "letter.", 7) == 0 && digits >= 1 &&
	    digits <= 2 && n > 8 + digits && key[n - 1 - digits] == '.';
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
set_word(struct wording *w, const struct place *place, const char *key,
    size_t nkey, const char *text, size_t ntext)
{
	enum form_status status;
	struct paragraph paragraph;
	size_t i;

	for (i = 0; i < WORD_COUNT; i++)
		if (strlen(words[i].key) == nkey &&
		    memcmp(words[i].key, key, nkey) == 0)
			break;
	if (i < WORD_COUNT) {
		status = check_holders(place, words[i].holders, text, ntext);
		return status != FORM_OK ? status
					 : keep(w, text, ntext, &w->at[i]);
	}
	if (!letter_key(key, nkey))
		return wrong(place, "unknown key", key, nkey);
	status = check_holders(place, LETTER_HOLDERS, text, ntext);
	if (status == FORM_OK)
		status = keep(w, key, nkey, &paragraph.key);
	if (status == FORM_OK)
		status = keep(w, text, ntext, &paragraph.text);
	if (status == FORM_OK &&
	    bytes_add(&w->paragraphs, &paragraph, sizeof(paragraph)) != 0)
		status = FORM_NOMEM;
	return status;
}

static void
trim(const char **s, size_t *n)
{
	while (*n > 0 && strchr(" \t\r", (*s)[*n - 1]) != NULL)
		(*n)--;
	while (*n > 0 && strchr(" \t", **s) != NULL) {
		(*s)++;
		(*n)--;
	}
}

static enum form_status
parse_line(
    struct wording *w, const struct place *place, const char *line, size_t n)
{
	const char *equals, *text;
	size_t nkey, ntext;

	trim(&line, &n);
	if (n == 0 || line[0] == '#')
		return FORM_OK;
	equals = memchr(line, '=', n);
	if (equals == NULL)
		return wrong(place, "not `key = text`:", line, n);
	text = equals + 1;
	ntext = n - (size_t)(text - line);
	nkey = (size_t)(equals - line);
	trim(&line, &nkey);
	trim(&text, &ntext);
	if (ntext == 0)
		return wrong(place, "no text for", line, nkey);
	return set_word(w, place, line, nkey, text, ntext);
}

static enum form_status
parse(struct wording *w, const char *text, const char *file,
    struct form_fault *fault)
{
	struct place place = {file, 0, fault};
	enum form_status status = FORM_OK;
	size_t n;

	while (status == FORM_OK && *text != '\0') {
		place.line++;
		n = strcspn(text, "\n");
		status = parse_line(w, &place, text, n);
		text += n + (text[n] == '\n');
	}
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

struct wording *
wording_new(enum form_lang lang, const char *text, const char *file,
    struct form_fault *fault)
{
	static const char *const built_in[FORM_LANGS] = {
	    embed_forms_wording_en_txt, embed_forms_wording_es_txt};
	static const char *const names[FORM_LANGS] = {
	    "wording-en.txt", "wording-es.txt"};
	struct wording *w = empty(fault);
	enum form_status status;

	if (w == NULL)
		return NULL;
	status = parse(w, built_in[lang], names[lang], fault);
	if (status == FORM_OK)
		status = complete(w, names[lang], fault);
	if (status == FORM_OK && text != NULL)
		status =
		    parse(w, text, file == NULL ? names[lang] : file, fault);
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
wording_letter(const struct wording *wording, const char *form, int n)
{
	const struct paragraph *p = (const void *)wording->paragraphs.p;
	size_t i = wording->paragraphs.len / sizeof(*p);
	size_t len = strlen(form);
	const char *key;

	while (i-- > 0) {
		key = wording->text.p + p[i].key + strlen("letter.");
		if (strncmp(key, form, len) == 0 && key[len] == '.' &&
		    strtol(key + len + 1, NULL, 10) == n &&
		    strchr(key + len + 1, '.') == NULL)
			return wording->text.p + p[i].text;
	}
	return NULL;
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
