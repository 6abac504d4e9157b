/* The list of sentences in another language, looked up by the English one. */
#include "lib/tongue.h"

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define TEXT_SIZE (384 * 1024)
#define SLOTS 8192 /* a power of 2, more than twice the sentences */

extern const char embed_lib_es_txt[], embed_lib_page_txt[];

/* Each language that we have words in.  column: which of the lines below the
 * English one.  behind: whose words count where it has none; -1: English. */
static const struct {
	const char *name, *file;
	int column, behind;
} tongues[] = {
    {"es", embed_lib_es_txt, 1, -1},
    {"en-x-page", embed_lib_page_txt, 1, -1},
    {"es-x-page", embed_lib_page_txt, 2, 0},
};
#define NTONGUES ((int)(sizeof(tongues) / sizeof(tongues[0])))

static struct index {
	char text[TEXT_SIZE];  /* the file, its lines ending in NUL */
	uint32_t slots[SLOTS]; /* 1 + where an English line begins; 0: empty */
} indexes[NTONGUES];

static pthread_once_t indexed = PTHREAD_ONCE_INIT;
static _Thread_local int speaks = -1; /* which of tongues; -1: English */

/* FNV-1a */
static uint32_t
hash(const char *s)
{
	uint32_t h = 2166136261u;

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h;
}

/* The slot of this sentence, or the empty one where it would stand. */
static uint32_t *
slot(struct index *t, const char *english)
{
	uint32_t at = hash(english) % SLOTS;

	while (t->slots[at] != 0 &&
	    strcmp(t->text + t->slots[at] - 1, english) != 0)
		at = (at + 1) % SLOTS;
	return &t->slots[at];
}

/* An English line, and below it, each behind a tab, the others.  What there is no
 * room for stays English, which test_tongue sees. */
static void
index_lines(struct index *t, const char *file)
{
	char *line = t->text, *end, *english = NULL;
	unsigned kept = 0;

	memcpy(t->text, file, strnlen(file, TEXT_SIZE - 1));
	for (; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		*end = '\0';
		if (*line == '\t' && english != NULL && kept++ < SLOTS / 2)
			*slot(t, english) = (uint32_t)(english - t->text) + 1;
		english = *line == '\t' || *line == '#' || *line == '\0' ? NULL
									 : line;
	}
}

static void
index_all(void)
{
	for (int i = 0; i < NTONGUES; i++)
		index_lines(&indexes[i], tongues[i].file);
}

/* -1: English. */
static int
named(const char *language, size_t len)
{
	for (int i = 0; i < NTONGUES; i++)
		if (strlen(tongues[i].name) == len &&
		    strncmp(tongues[i].name, language, len) == 0)
			return i;
	return -1;
}

const char *
mr_tongue_set(const char *language)
{
	const char *was = mr_tongue();

	speaks = language != NULL ? named(language, strlen(language)) : -1;
	if (speaks >= 0)
		pthread_once(&indexed, index_all);
	return was;
}

const char *
mr_tongue(void)
{
	return speaks >= 0 ? tongues[speaks].name : NULL;
}

const char *
mr_tongue_of(const char *accept)
{
	char tag[16];
	size_t n = 0;
	int found;

	if (accept == NULL)
		return NULL;
	accept += strspn(accept, " \t");
	for (; n < sizeof(tag) && accept[n] != '\0' &&
	     strchr(",; \t", accept[n]) == NULL;
	     n++)
		tag[n] = accept[n] >= 'A' && accept[n] <= 'Z'
		    ? (char)(accept[n] - 'A' + 'a')
		    : accept[n];
	found = named(tag, n);
	/* Of a tag with a country its language. */
	if (found < 0 && memchr(tag, '-', n) != NULL)
		found = named(tag, (size_t)((char *)memchr(tag, '-', n) - tag));
	return found >= 0 ? tongues[found].name : NULL;
}

/* NULL: not in the list of this tongue. */
static const char *
look_up(int tongue, const char *english)
{
	struct index *t = &indexes[tongue];
	uint32_t at = *slot(t, english);
	const char *found;

	if (at == 0)
		return NULL;
	found = t->text + at - 1;
	for (int i = 0; i < tongues[tongue].column; i++)
		found += strlen(found) + 1;
	/* Behind the tab; "=" is the same in both. */
	return strcmp(found + 1, "=") == 0 ? english : found + 1;
}

const char *
mr_say(const char *english)
{
	const char *found = NULL;

	if (english == NULL)
		return NULL;
	for (int i = speaks; i >= 0 && found == NULL; i = tongues[i].behind)
		found = look_up(i, english);
	return found != NULL ? found : english;
}
