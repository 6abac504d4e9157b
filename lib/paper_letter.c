/* The page of an office letter: what its writing speaks of, put into words. */
#include <string.h>

#include "lib/enclosure.h"
#include "lib/paper.h"
#include "lib/text.h"
#include "lib/writing.h"

/* "birds, chess" for "birds;chess". */
static const char *
with_commas(struct mr_call *c, const char *words)
{
	const char *all = "";

	while (*words != '\0' && all != NULL) {
		size_t n = strcspn(words, ";");

		all = mr_printf(c->arena, "%s%s%.*s", all,
		    *all != '\0' ? ", " : "", (int)n, words);
		words += n + (words[n] == ';');
	}
	return all != NULL && *all != '\0' ? all : NULL;
}

/* The pen name is shared with the pen pal; interests are said to nobody else
 * either. */
static enum mr_status
put_pal(struct mr_call *c, const struct mr_writing *w, int64_t reader,
    struct form_letter *letter)
{
	struct mr_correspondent pal;
	int64_t id;
	enum mr_status status = mr_writing_pal(c, w->pairing, reader, &id);

	if (status != MR_OK || id == 0)
		return status;
	status = mr_row_proved(c, MR_PAIRING, w->pairing);
	if (status == MR_OK)
		status = mr_row_proved(c, MR_CORRESPONDENT, id);
	if (status == MR_OK)
		status = mr_person_load(c, id, &pal);
	if (status != MR_OK)
		return status;
	letter->pal = (struct form_text){pal.pen_name, id, 1};
	letter->interests =
	    (struct form_text){with_commas(c, pal.interests), id, 1};
	return MR_OK;
}

static enum mr_status
put_enclosure(struct mr_call *c, const struct mr_writing *w,
    const char *language, struct form_letter *letter)
{
	struct mr_enclosure e;
	char money[MR_MONEY_SIZE];
	const char *item;
	enum mr_status status;

	if (w->enclosure == 0)
		return MR_OK;
	status = mr_row_proved(c, MR_ENCLOSURE, w->enclosure);
	if (status == MR_OK)
		status = mr_enclosure_load(c, w->enclosure, &e);
	if (status == MR_OK)
		status = mr_enclosure_say(c, &e, language, &item);
	if (status != MR_OK)
		return status;
	letter->item = mr_paper_ours(item);
	if (e.kind == MR_E_MONEY)
		letter->amount = mr_paper_ours(
		    mr_printf(c->arena, "$%s", mr_text_money(e.cents, money)));
	return MR_OK;
}

enum mr_status
mr_paper_letter(struct mr_call *c, struct form_doc *doc,
    const struct mr_piece *piece, struct form_fault *fault)
{
	const struct mr_letter *l = &piece->letter;
	struct form_letter letter = {0};
	const struct mr_reason_row *why;
	struct mr_correspondent to;
	struct form_outer outer;
	struct mr_writing w;
	enum mr_status status = mr_paper_outer(c, piece, &outer);

	if (status == MR_OK)
		status = mr_person_load(c, l->person, &to);
	if (status == MR_OK)
		status = mr_writing_of(c, l, &w);
	if (status == MR_OK)
		status = put_pal(c, &w, l->person, &letter);
	if (status == MR_OK)
		status = put_enclosure(c, &w, to.language, &letter);
	if (status != MR_OK)
		return status;
	letter.piece = outer.piece;
	/* Nothing coded stands on the page, whatever the envelope may show. */
	letter.piece.code_agreed = 0;
	letter.lang = outer.lang;
	letter.date = outer.date;
	letter.to = outer.to;
	letter.dear = (struct form_text){to.pen_name, to.id, 1};
	letter.id = outer.id;
	letter.form = w.form;
	why = mr_reason(w.reason);
	letter.why = why != NULL ? why->word : NULL;
	if (w.day != 0)
		letter.day = mr_paper_date(w.day);
	if (w.until != 0)
		letter.until = mr_paper_date(w.until);
	form_letter_add(doc, &letter, fault);
	return MR_OK;
}
