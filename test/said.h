/*
 * Every sentence of ours that people read: the literals of the sources that
 * are handed to a maker of sentences, and the words of the tables.  For
 * test_tongue, which holds them against lib/es.txt.
 */
#ifndef TEST_SAID_H
#define TEST_SAID_H

#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/address.h"
#include "lib/call.h"
#include "lib/chain.h"
#include "lib/correspondent.h"
#include "lib/day.h"
#include "lib/enclosure.h"
#include "lib/facility.h"
#include "lib/fid.h"
#include "lib/letter.h"
#include "lib/op.h"
#include "lib/page.h"
#include "lib/pairing.h"
#include "lib/person.h"
#include "lib/place.h"
#include "lib/price.h"
#include "lib/reason.h"
#include "lib/rows.h"
#include "lib/rule.h"
#include "lib/setting.h"
#include "lib/user.h"
#include "lib/verdict.h"
#include "lib/writing.h"

/* place: file:line, or the table. */
typedef void (*said_each)(const char *place, const char *text);

/*
 * Who takes a sentence: all literals between its own parentheses are said.
 * file NULL: everywhere.
 */
static const struct {
	const char *name, *file;
} said_makers[] = {
    {"mr_say", NULL},
    {"form_say", NULL},
    {"MR_SAID", NULL},
    {"mr_fail", NULL},
    {"mr_error", NULL},
    {"mr_find", NULL},
    {"mr_import_fault", NULL},
    {"mr_letter_not_from_here", NULL},
    {"answer_problem", NULL},
    {"fault_set", NULL},
    {"fault_line", NULL},
    {"doc_fail", NULL},
    {"mr_write_fault", NULL},
    {"turn_problem", NULL},
    {"list_wrong", NULL},
    {"add", "lib/history_words.c"},
    {"add_reason", "lib/history_words.c"},
    {"status_words", "lib/history_words.c"},
    {"at_most", "lib/route_say.c"},
    {"bad", "lib/verify_chain.c"},
    {"bad", "lib/verify_rows.c"},
    {"bad", "lib/verify_signed.c"},
    {"hold_against", "lib/day_till.c"},
    {"refuse", "lib/csv.c"},
    {"say", "lib/scan.c"},
    {"say", "lib/scan_card.c"},
    {"say_count", "lib/day_look.c"},
    {"say_list", "lib/day_look.c"},
    {"say_row", "lib/office_check.c"},
    {"step_back", "lib/letter_steps.c"},
    {"tell", "lib/office_check.c"},
    {"tell", "lib/profile.c"},
    {"tell", "lib/roster_import.c"},
    {"wrong", "lib/op_parse.c"},
    {"wrong", "mailroomd/param.c"},
};

static inline int
said_makes(const char *file, const char *name)
{
	for (size_t i = 0; i < sizeof(said_makers) / sizeof(said_makers[0]);
	     i++)
		if (strcmp(said_makers[i].name, name) == 0 &&
		    (said_makers[i].file == NULL ||
			strcmp(said_makers[i].file, file) == 0))
			return 1;
	return 0;
}

/* printf's conversion at s, which is a '%': its length. */
static inline size_t
said_conversion(const char *s)
{
	return 1 + strspn(s + 1, "0123456789$-+ #.*hljz") + 1;
}

/* Has it a word, besides conversions?  Else there is nothing to say. */
static inline int
said_has_word(const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '%')
			s += said_conversion(s) - 1;
		else if (isalpha((unsigned char)s[0]) &&
		    isalpha((unsigned char)s[1]))
			return 1;
		if (*s == '\0')
			return 0;
	}
	return 0;
}

#define SAID_DEPTH 64
#define SAID_TEXT 1024

struct said_reader {
	const char *file, *at;
	int line, from;               /* where the literal began */
	int depth, makes[SAID_DEPTH]; /* by open bracket: is it a maker's? */
	char word[64];                /* the last identifier, "" after others */
	char text[SAID_TEXT];
	size_t len;
	int held;    /* 1: text is a literal that may go on */
	char before; /* the token before the literal; 'a': a word */
	said_each each;
};

/* The literal has ended.  A macro beside it would be part of what is said
 * and not of what we read. */
static inline void
said_flush(struct said_reader *r)
{
	char place[128];
	int glued =
	    isalpha((unsigned char)*r->at) || *r->at == '_' || r->before == 'a';

	if (!r->held)
		return;
	r->held = 0;
	r->text[r->len] = '\0';
	snprintf(place, sizeof(place), "%s:%d%s", r->file, r->from,
	    glued ? " (a macro stands beside this: use %s)" : "");
	if (r->depth > 0 && r->makes[r->depth - 1] &&
	    (glued || said_has_word(r->text)))
		r->each(place, r->text);
	r->len = 0;
}

static inline void
said_literal(struct said_reader *r)
{
	if (!r->held) {
		r->from = r->line;
		r->before = r->word[0] == '\0' ? ' ' : 'a';
	}
	r->held = 1;
	for (r->at++; *r->at != '"'; r->at++) {
		if (*r->at == '\\' && *++r->at == 'n')
			r->text[r->len++] = '\n';
		else
			r->text[r->len++] = *r->at;
		if (r->len >= SAID_TEXT - 1)
			abort();
	}
	r->at++;
	r->word[0] = '\0';
}

/* Blanks, comments and lines of the preprocessor: 1 if there were any. */
static inline int
said_skip(struct said_reader *r)
{
	const char *end = NULL;

	if (isspace((unsigned char)*r->at))
		end = r->at + 1;
	else if (strncmp(r->at, "/*", 2) == 0)
		end = strstr(r->at, "*/") + 2;
	else if (*r->at == '#')
		for (end = r->at; *end != '\n' || end[-1] == '\\';)
			end++;
	if (end == NULL)
		return 0;
	for (; r->at < end; r->at++)
		r->line += *r->at == '\n';
	return 1;
}

static inline void
said_bracket(struct said_reader *r)
{
	if (strchr("([{", *r->at) != NULL) {
		if (r->depth == SAID_DEPTH)
			abort();
		r->makes[r->depth++] =
		    *r->at == '(' && said_makes(r->file, r->word);
	} else if (strchr(")]}", *r->at) != NULL && r->depth > 0)
		r->depth--;
}

static inline void
said_token(struct said_reader *r)
{
	size_t n = 0;

	said_flush(r);
	if (*r->at == '\'') {
		for (r->at++; *r->at != '\''; r->at++)
			r->at += *r->at == '\\';
		r->at++;
		r->word[0] = '\0';
		return;
	}
	while (isalnum((unsigned char)r->at[n]) || r->at[n] == '_')
		n++;
	if (n > 0) {
		snprintf(r->word, sizeof(r->word), "%.*s", (int)n, r->at);
		r->at += n;
		return;
	}
	said_bracket(r);
	r->word[0] = '\0';
	r->at++;
}

static inline void
said_read(const char *file, const char *source, said_each each)
{
	struct said_reader r = {
	    .file = file, .at = source, .line = 1, .each = each};

	while (*r.at != '\0') {
		if (*r.at == '"')
			said_literal(&r);
		else if (!said_skip(&r))
			said_token(&r);
	}
}

static inline void
said_file(const char *file, said_each each)
{
	static char source[256 * 1024];
	FILE *f = fopen(file, "r");
	size_t n;

	if (f == NULL)
		abort();
	n = fread(source, 1, sizeof(source) - 1, f);
	source[n] = '\0';
	fclose(f);
	said_read(file, source, each);
}

static inline void
said_sources(said_each each)
{
	glob_t files;

	if (glob("lib/*.c", 0, NULL, &files) != 0 ||
	    glob("mailroomd/*.c", GLOB_APPEND, NULL, &files) != 0 ||
	    glob("forms/*.c", GLOB_APPEND, NULL, &files) != 0)
		abort();
	for (size_t i = 0; i < files.gl_pathc; i++)
		said_file(files.gl_pathv[i], each);
	globfree(&files);
}

/* Names by number, as far as there are any. */
static inline void
said_names(const char *place, const char *(*name)(int), said_each each)
{
	const char *s;

	for (int i = 1; i < 12; i++)
		if ((s = name(i)) != NULL)
			each(place, s);
}

static inline void
said_table_words(said_each each)
{
#define X(name, number, word, use, days, safety, say) \
	each("lib/reason.h", word); \
	each("lib/reason.h", say);
	MR_REASONS(X)
#undef X
#define X(name, bit, word, key, reason) each("lib/letter.h", word);
	MR_MARKS(X)
#undef X
#define X(name, number, word, ...) each("lib/pairing.h", word);
	MR_PAIRING_REASONS(X)
#undef X
#define X(name, number, word, ...) each("lib/person.h", word);
	MR_PERSON_REASONS(X)
#undef X
#define X(name, number, word, ...) each("lib/fid.h", word);
	MR_FID_REASONS(X)
#undef X
#define X(name, number, word, kind, otherwise, help) each("lib/rule.h", help);
	MR_RULES(X)
#undef X
#define X(name, word) each("lib/day.h", word);
	MR_TRAYS(X)
#undef X
#define X(name, exit, http, text) each("lib/mailroom.h", text);
	MR_STATUS(X)
#undef X
#define X(name, big, colour, bells, plain) \
	each("lib/verdict.h", big); \
	each("lib/verdict.h", plain);
	MR_VERDICTS(X)
#undef X
	each("forms/guard.c", "full legal name");
	each("forms/guard.c", "street and number");
	each("lib/place.h", MR_STATE_WANTS);
	each("lib/place.h", MR_ZIP_WANTS);
}

static inline void
said_table_names(said_each each)
{
	static const struct {
		const char *place;
		const char *(*name)(int);
	} names[] = {
	    {"mr_user_status_name", mr_user_status_name},
	    {"mr_letter_state_name", mr_letter_state_name},
	    {"mr_fid_status_name", mr_fid_status_name},
	    {"mr_pairing_status_name", mr_pairing_status_name},
	    {"mr_person_status_name", mr_person_status_name},
	    {"mr_person_kind_name", mr_person_kind_name},
	    {"mr_address_status_name", mr_address_status_name},
	    {"mr_facility_status_name", mr_facility_status_name},
	    {"mr_day_state_name", mr_day_state_name},
	    {"mr_enclosure_kind_name", mr_enclosure_kind_name},
	    {"mr_disposition_name", mr_disposition_name},
	    {"mr_price_kind_name", mr_price_kind_name},
	    {"mr_page_status_name", mr_page_status_name},
	    {"mr_form_name", mr_form_name},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		said_names(names[i].place, names[i].name, each);
	for (unsigned role = MR_VOLUNTEER; role <= MR_ADMIN; role <<= 1)
		each("mr_role_name", mr_role_name(role));
	for (int subject = 1; subject < MR_NSUBJECTS; subject++)
		if (mr_table(subject) != NULL)
			each("mr_subject_name", mr_subject_name(subject));
	for (size_t i = 0; i < mr_nsettings; i++)
		each("lib/setting.c", mr_settings[i].help);
}

/* What GET /api tells of each operation. */
static inline void
said_operations(said_each each)
{
	for (size_t i = 0; i < mr_nops; i++) {
		each(mr_ops[i]->name, mr_ops[i]->summary);
		for (size_t k = 0; k < mr_ops[i]->nparams; k++)
			each(mr_ops[i]->name, mr_ops[i]->params[k].help);
	}
}

static inline void
said_all(said_each each)
{
	said_sources(each);
	said_table_words(each);
	said_table_names(each);
	said_operations(each);
}

#endif
