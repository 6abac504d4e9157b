/* What a letter of ours says and speaks of.  See writing.h. */
#include "lib/writing.h"

#include <string.h>

#include "lib/pairing.h"
#include "lib/tongue.h"

static const struct {
	int number;
	const char *word;
} forms[] = {
#define X(name, number, word) {number, word},
    MR_FORMS(X)
#undef X
};
#define NFORMS (sizeof(forms) / sizeof(forms[0]))

const char *
mr_form_name(int form)
{
	for (size_t i = 0; i < NFORMS; i++)
		if (forms[i].number == form)
			return forms[i].word;
	return NULL;
}

int
mr_form_of(const char *name)
{
	for (size_t i = 0; i < NFORMS; i++)
		if (strcmp(forms[i].word, name) == 0)
			return forms[i].number;
	return MR_FORM_OWN;
}

static enum mr_status
load(struct mr_call *c, int64_t id, struct mr_writing *w)
{
	struct sql_stmt *st;
	int found = 0;
	enum mr_status status;

	st = sql_prepare(c,
	    "SELECT id, pairing, about, enclosure, form, reason, day, until, "
	    "copy, version, event "
	    "FROM writing "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st)) {
		found = 1;
		w->id = sql_col_int(st, 0);
		w->pairing = sql_col_int(st, 1);
		w->about = sql_col_int(st, 2);
		w->enclosure = sql_col_int(st, 3);
		w->form = mr_strdup(c->arena, sql_col_text(st, 4));
		w->reason = (int)sql_col_int(st, 5);
		w->day = sql_col_int(st, 6);
		w->until = sql_col_int(st, 7);
		w->copy = (int)sql_col_int(st, 8);
		w->version = sql_col_int(st, 9);
		w->event = sql_col_int(st, 10);
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (found && w->form == NULL)
		return mr_nomem(c);
	return found ? MR_OK : MR_NOTFOUND;
}

enum mr_status
mr_writing_of(
    struct mr_call *c, const struct mr_letter *letter, struct mr_writing *w)
{
	enum mr_status status;

	memset(w, 0, sizeof(*w));
	status = load(c, letter->id, w);
	if (status == MR_OK)
		return mr_row_proved(c, MR_WRITING, letter->id);
	w->id = letter->id;
	w->form = mr_form_name(letter->form);
	return status == MR_NOTFOUND ? MR_OK : status;
}

/* What it speaks of, as fields; room for 8. */
static struct mr_field *
tell(struct mr_field *f, const struct mr_writing *w)
{
	const struct mr_field all[] = {
	    {MR_F_PAIRING, w->pairing, NULL, 0},
	    {MR_F_ABOUT, w->about, NULL, 0},
	    {MR_F_ENCLOSURE, w->enclosure, NULL, 0},
	    {MR_F_REASON, w->reason, NULL, 0},
	    {MR_F_DAY, w->day, NULL, 0},
	    {MR_F_UNTIL, w->until, NULL, 0},
	};

	*f++ = (struct mr_field){MR_F_TEXT, 0, w->form, strlen(w->form)};
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].number != 0)
			*f++ = all[i];
	return f;
}

static enum mr_status
insert_row(struct mr_call *c, const struct mr_writing *w)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO writing (id, pairing, about, enclosure, form, "
	    "reason, day, until, copy, version, event) "
	    "VALUES (:id, :pairing, :about, :enclosure, :form, "
	    ":reason, :day, :until, 0, 1, :event)");
	sql_int(st, ":id", w->id);
	sql_int0(st, ":pairing", w->pairing);
	sql_int0(st, ":about", w->about);
	sql_int0(st, ":enclosure", w->enclosure);
	sql_text(st, ":form", w->form);
	sql_int(st, ":reason", w->reason);
	sql_int0(st, ":day", w->day);
	sql_int0(st, ":until", w->until);
	sql_int(st, ":event", mr_event_next(c));
	return sql_done(st);
}

enum mr_status
mr_writing_insert(
    struct mr_call *c, struct mr_writing *w, const struct mr_field *extra)
{
	struct mr_field fields[16], *f;
	enum mr_status status;

	w->copy = 0;
	w->version = 1;
	w->event = mr_event_next(c);
	status = insert_row(c, w);
	if (status != MR_OK)
		return status;
	f = tell(fields, w);
	for (; extra != NULL && extra->tag != MR_F_END; extra++)
		if (f < fields + 14)
			*f++ = *extra;
	*f = (struct mr_field){MR_F_END, 0, NULL, 0};
	return mr_event(c, MR_WRITING, w->id, 0, fields);
}

enum mr_status
mr_writing_printed(struct mr_call *c, const struct mr_writing *w, int copy)
{
	const struct mr_field fields[] = {
	    {MR_F_COPY, copy, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "UPDATE writing SET copy = :copy, version = version + 1, "
	    "event = :event "
	    "WHERE id = :id");
	sql_int(st, ":copy", copy);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", w->id);
	status = sql_done(st);
	if (status == MR_OK)
		status = mr_event(c, MR_WRITING, w->id, w->event, fields);
	return status;
}

enum mr_status
mr_writing_writer(
    struct mr_call *c, const struct mr_letter *letter, int64_t *writer)
{
	struct mr_letter forward = *letter;
	int64_t to;

	*writer = 0;
	if (letter->way == MR_OFFICE)
		return MR_OK;
	forward.way = MR_FORWARD;
	return mr_letter_parties(c, &forward, writer, &to);
}

enum mr_status
mr_writing_pal(struct mr_call *c, int64_t pairing, int64_t person, int64_t *pal)
{
	struct mr_pairing p;
	enum mr_status status;

	*pal = 0;
	if (pairing == 0)
		return MR_OK;
	status = mr_pairing_load(c, pairing, &p);
	if (status == MR_OK)
		*pal = p.inside == person ? p.outside : p.inside;
	return status;
}

struct living {
	int64_t id;
	int n;
};

static enum mr_status
count_living(struct mr_call *c, void *arg, const struct mr_pairing *pairing)
{
	struct living *living = arg;

	(void)c;
	if (pairing->status != MR_PAIRING_ENDED) {
		living->id = pairing->id;
		living->n++;
	}
	return MR_OK;
}

enum mr_status
mr_writing_pairing(struct mr_call *c, int64_t person, int64_t *pairing, int *n)
{
	struct living living = {0, 0};
	enum mr_status status;

	status = mr_pairing_of(c, person, count_living, &living);
	*pairing = living.n == 1 ? living.id : 0;
	*n = living.n;
	return status;
}

enum mr_status
mr_writing_answers(
    struct mr_call *c, const struct mr_letter *letter, int64_t *pairing)
{
	struct mr_pairing p;
	struct mr_writing w;
	int n;
	enum mr_status status = mr_writing_of(c, letter, &w);

	*pairing = 0;
	if (status == MR_OK && w.pairing != 0) {
		status = mr_pairing_load(c, w.pairing, &p);
		if (status == MR_OK && p.status != MR_PAIRING_ENDED)
			*pairing = w.pairing;
	}
	/* An ended one answers nothing: its letter shows no ID at all. */
	if (status != MR_OK || w.pairing != 0)
		return status;
	return mr_writing_pairing(c, letter->person, pairing, &n);
}

static int
has_words(const char *language)
{
	return strcmp(language, "en") == 0 || strcmp(language, "es") == 0;
}

const char *
mr_language_note(struct mr_call *c, const char *language)
{
	if (has_words(language))
		return NULL;
	return mr_printf(c->arena,
	    mr_say("in English, since we have no words in %s"), language);
}

enum mr_status
mr_language_gather(
    struct mr_call *c, const char *language, struct mr_notes *notes)
{
	if (has_words(language))
		return MR_OK;
	notes->n++;
	if (strstr(notes->languages, language) == NULL)
		notes->languages = mr_printf(c->arena, "%s%s%s",
		    notes->languages, notes->n > 1 ? ", " : "", language);
	return notes->languages != NULL ? MR_OK : mr_nomem(c);
}

const char *
mr_language_notes(struct mr_call *c, const struct mr_notes *notes)
{
	if (notes->n == 0)
		return NULL;
	return mr_printf(c->arena,
	    mr_say("%d in English, since we have no words in %s"), notes->n,
	    notes->languages);
}
