/* The manifest of a closed batch, drawn from the events of its closing. */
#include <string.h>

#include "lib/audit.h"
#include "lib/batch.h"
#include "lib/emit.h"
#include "lib/paper.h"
#include "lib/paper_card.h"
#include "lib/person.h"
#include "lib/postage.h"
#include "lib/when.h"

struct gathered {
	struct form_posted *letters;
	size_t n;
};

static enum mr_status
pen_name(struct mr_call *c, int64_t id, struct form_text *text)
{
	struct mr_correspondent person;
	enum mr_status status;

	*text = mr_paper_ours(c->site->name);
	if (id == 0)
		return MR_OK;
	status = mr_person_load(c, id, &person);
	if (status == MR_OK)
		*text = (struct form_text){person.pen_name, id, 1};
	return status;
}

static enum mr_status
gather_one(struct mr_call *c, struct form_posted *row,
    const struct mr_letter *l, const struct mr_event *posted)
{
	enum mr_status status;
	int64_t from, to;

	row->code = mr_paper_ours(mr_letter_code(c, l->id));
	row->number = mr_paper_ours(mr_letter_number(c, l->number));
	row->side = (l->direction == MR_TO_INSIDE) == (l->way != MR_BACK)
	    ? FORM_INSIDE
	    : FORM_OUTSIDE;
	row->back = l->way == MR_BACK;
	row->stamps = l->stamps;
	status = mr_postage_grams_at(c, posted, &row->grams);
	if (status == MR_OK)
		status = mr_letter_parties(c, l, &from, &to);
	if (status == MR_OK)
		status = pen_name(c, from, &row->from);
	if (status == MR_OK)
		status = pen_name(c, to, &row->to);
	return status;
}

/*
 * Closing posts the letters one after the other, and the batch's own event
 * stands right behind theirs: what has become of them since is not asked.
 */
static enum mr_status
gather(struct mr_call *c, const struct mr_batch *batch, struct gathered *g)
{
	enum mr_status status = MR_OK;
	struct mr_letter letter;
	struct mr_event event;

	for (int64_t i = 0; i < batch->letters && status == MR_OK; i++) {
		struct mr_events one = {
		    batch->checkpoint - batch->letters + i, 1};

		status = mr_letter_of_events(c, one, &letter, &event);
		if (status == MR_OK)
			status =
			    gather_one(c, &g->letters[g->n++], &letter, &event);
	}
	return status;
}

static enum mr_status
witness(struct mr_call *c, const struct mr_batch *batch,
    struct form_manifest *m, const char *words[3])
{
	struct mr_event event;
	enum mr_status status = mr_event_load(c, batch->checkpoint, &event);
	char *all, *next;

	if (status != MR_OK)
		return status;
	all = mr_strdup(c->arena, mr_audit_words(c, event.hash));
	if (all == NULL)
		return mr_nomem(c);
	for (int i = 0; i < 3; i++) {
		next = strchr(all, ' ');
		if (next != NULL)
			*next = '\0';
		words[i] = all;
		m->words[i] = mr_paper_ours(all);
		if (next != NULL)
			all = next + 1;
	}
	m->date = mr_paper_date(mr_day_of(event.at));
	m->closed_by = mr_paper_ours(mr_user_shown(c, event.user));
	m->site = mr_paper_ours(mr_printf(
	    c->arena, "%lld", (long long)(batch->checkpoint >> MR_SITE_SHIFT)));
	m->seq = mr_paper_ours(
	    mr_printf(c->arena, "%lld", (long long)MR_SEQ(batch->checkpoint)));
	m->payload =
	    mr_paper_ours(mr_printf(c->arena, "MAILROOM %s %s %s %s %s",
		m->site.s, m->seq.s, words[0], words[1], words[2]));
	return mr_paper_site(c, batch->checkpoint >> MR_SITE_SHIFT, &m->site);
}

static enum mr_status
draw(struct mr_call *c, const struct form_manifest *m, const void **bytes,
    size_t *len)
{
	struct form_fault fault = {0};
	struct form_doc *doc = NULL;
	enum mr_status status = mr_paper_open(c, &doc);

	if (status == MR_OK && form_manifest_add(doc, m, &fault) != FORM_OK)
		status = mr_paper_fault(c, &fault);
	if (status == MR_OK)
		status = mr_paper_finish(c, doc, bytes, len);
	form_free(doc);
	return status;
}

enum mr_status
mr_batch_manifest(
    struct mr_call *c, int64_t id, const void **bytes, size_t *len)
{
	struct form_manifest m = {0};
	struct gathered g = {0};
	struct mr_batch batch;
	const char *words[3];
	enum mr_status status = mr_batch_load(c, id, &batch);

	if (status == MR_OK && batch.state != MR_BATCH_CLOSED)
		return mr_fail(c, MR_REFUSED,
		    "batch %s is still open; its manifest comes with "
		    "'batch close'",
		    mr_show_id(c, 'B', id));
	if (status != MR_OK)
		return status;
	g.letters =
	    mr_alloc(c->arena, (size_t)batch.letters * sizeof(*g.letters));
	if (g.letters == NULL)
		return mr_nomem(c);
	status = gather(c, &batch, &g);
	if (status == MR_OK)
		status = witness(c, &batch, &m, words);
	if (status != MR_OK)
		return status;
	m.batch = mr_paper_ours(mr_show_id(c, 'B', id));
	m.letters = g.letters;
	m.count = g.n;
	return draw(c, &m, bytes, len);
}
