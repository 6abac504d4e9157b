/*
 * Form lint: draws every form with made-up people on every stock, and gives
 * what was drawn to the rules.  Nobody in it exists.
 */
#include "forms/cover.h"
#include "forms/fault.h"
#include "forms/lint_rules.h"

#include <string.h>

#define ME 1    /* the addressee */
#define OTHER 2 /* who wrote */

struct run {
	const struct form_lint *ask;
	struct checking check;
	size_t checked;
};

/* What may stand on a piece at its longest, and what mostly does. */
enum sample { INSIDE, OUTSIDE, LONGEST, SAMPLES };
static const char *const sample_names[] = {"inside", "outside", "longest"};

static const struct form_address addresses[SAMPLES] = {
    {.name = {"MARIA ELENA OSTRANDER", ME},
	.number = {"40312-999", ME},
	.facility = {"FCI ALICEVILLE", ME},
	.street = {"PO BOX 4000", ME},
	.city = {"ALICEVILLE", ME},
	.state = {"AL", ME},
	.zip = {"35442", ME}},
    {.name = {"Amara Quillfeather", ME},
	.street = {"2374 Foundry Court", ME},
	.unit = {"Apartment 55", ME},
	.city = {"Osseo Lake", ME},
	.state = {"MN", ME},
	.zip = {"56613-6956", ME}},
    {.name = {"Guadalupe de los \303\201ngeles Xiomara N\303\272\303\261ez-"
	      "Pe\303\261a \303\221and\303\272 O'Higgins",
	 ME},
	.number = {"40312-999", ME},
	.facility = {"Federal Correctional Institution Aliceville, "
		     "Satellite Camp",
	    ME},
	.unit = {"Quarters Magnolia B, Upper East", ME},
	.street = {"11070 North Old Quarry Highway Extension", ME},
	.city = {"Rancho Santa Margarita", ME},
	.state = {"CA", ME},
	.zip = {"92688-4999", ME}}};

static struct form_outer
outer_of(enum sample sample, enum form_lang lang, int bars)
{
	struct form_outer outer = {.piece = {ME, FORM_OUTSIDE, NULL, 0, 0},
	    .lang = lang,
	    .date = {2026, 9, 30},
	    .to = addresses[sample],
	    .id = {"K7M-4RP-TMK", ME, 0}};

	if (sample != OUTSIDE)
		outer.piece.side = FORM_INSIDE;
	if (sample == OUTSIDE) {
		outer.payload.s = "E2CD4HFKMP7RT3WXTVHK";
		if (bars)
			outer.imb.s = "0123456709498765432101234567891";
	}
	if (sample == LONGEST)
		outer.sender = (struct form_text){
		    "Whippoorwill of the Long Meadow", OTHER, 1};
	return outer;
}

/* Was it drawn?  An address without room is told as such; else it stops. */
static int
drawn(struct run *run, enum sample sample)
{
	struct checking *c = &run->check;

	c->at.sample = sample_names[sample];
	if (!doc_failed(c->doc))
		return 1;
	if (c->doc->fault.status != FORM_TOOLONG)
		c->stop = 1;
	else if (sample != LONGEST)
		rule_tell(c, RULE_SMALL, 0, 0);
	else if (!(c->told & 1UL << RULE_SMALL))
		rule_tell(c, RULE_SMALL_LONG, 0, 0);
	return 0;
}

static int
wanted(const struct run *run, const char *name)
{
	return run->ask->find == NULL || strstr(name, run->ask->find) != NULL;
}

static void
begin_stock(struct run *run, const char *form, const char *name)
{
	run->check.at.form = form;
	run->check.at.stock = name;
	run->check.told = 0;
	run->checked++;
}

static void
lint_envelope(
    struct run *run, const struct form_envelope *e, enum sample sample)
{
	struct checking *c = &run->check;
	struct form_outer outer =
	    outer_of(sample, c->at.lang, e->window.w <= 0);
	struct insert in;

	add_begin(c->doc);
	if (e->window.w > 0)
		insert_draw(c->doc, e, &outer);
	else
		envelope_draw(c->doc, e, &outer);
	if (!drawn(run, sample))
		return;
	rules_page(c, page_width(c->doc), page_height(c->doc));
	rules_address(c, 10, 12);
	if (e->window.w <= 0) {
		rules_envelope(c, e);
		return;
	}
	insert_plan(c->doc, e, &in);
	rules_window(c, e, &in);
}

static int
each_envelope(void *arg, const struct form_envelope *e)
{
	struct run *run = arg;
	int i;

	if (!wanted(run, e->name))
		return 0;
	begin_stock(run, e->window.w > 0 ? "window" : "envelope", e->name);
	for (i = 0; i < FORM_LANGS * SAMPLES && !run->check.stop; i++) {
		run->check.at.lang = (enum form_lang)(i / SAMPLES);
		lint_envelope(run, e, (enum sample)(i % SAMPLES));
	}
	return run->check.stop;
}

static void
lint_label(struct run *run, const struct form_stock *k, enum sample sample)
{
	struct checking *c = &run->check;
	size_t last = (size_t)k->columns * (size_t)k->rows - 1;
	struct form_outer outer = outer_of(sample, c->at.lang, 1);

	add_begin(c->doc);
	page_new(c->doc, k->page_w, k->page_h);
	label_draw(c->doc, k, last, 1, &outer);
	if (!drawn(run, sample))
		return;
	rules_label(c, k, last);
	rules_address(c, shipping_label(k) ? 10 : 8, 22);
}

static int
each_label(void *arg, const struct form_stock *k)
{
	struct run *run = arg;
	int i;

	if (!wanted(run, k->name))
		return 0;
	begin_stock(run, "label", k->name);
	for (i = 0; i < FORM_LANGS * SAMPLES && !run->check.stop; i++) {
		run->check.at.lang = (enum form_lang)(i / SAMPLES);
		lint_label(run, k, (enum sample)(i % SAMPLES));
	}
	return run->check.stop;
}

/* A cover sheet of nobody's; what has no room on it are our own words. */
static void
sample_cover(struct form_doc *doc, enum form_lang lang, enum form_side side)
{
	static const char *const files[FORM_LANGS] = {
	    "wording-en.txt", "wording-es.txt"};
	struct form_cover cover = {.piece = {ME, side, NULL, 0, 0},
	    .lang = lang,
	    .date = {2026, 9, 30},
	    .from = {"Whippoorwill of the Long Meadow", OTHER, 1},
	    .to = {"Wren", ME, 1},
	    .id = {"K7M-4RP-TMK", ME, 0},
	    .code = {"2CD-4HF-KMP-7RT", 0, 0},
	    .payload = {"L2CD4HFKMP7RT3WXTVHK", 0, 0},
	    .laser = {"2CD-4HF-KMP-7RT", 0, 0},
	    .number = {"A104", 0, 0},
	    .sheets = 3,
	    .copy = 2};
	char why[sizeof(doc->fault.message)];

	if (side == FORM_OUTSIDE)
		cover.reply = (struct form_text){"SK7M4RPTMK2223456782", ME, 0};
	add_begin(doc);
	cover_draw(doc, &cover);
	if (doc->fault.status != FORM_TOOLONG)
		return;
	memcpy(why, doc->fault.message, sizeof(why));
	fault_set(&doc->fault, FORM_WORDING,
	    "the cover sheet has no room for its words: %.100s; shorten them "
	    "in %s, or make their type smaller in layout.txt",
	    why, files[lang]);
}

static void
lint_cover(struct run *run, enum form_side side)
{
	struct checking *c = &run->check;

	sample_cover(c->doc, c->at.lang, side);
	if (drawn(run, side == FORM_OUTSIDE ? OUTSIDE : INSIDE))
		rules_page(c, page_width(c->doc), page_height(c->doc));
}

static void
lint_covers(struct run *run)
{
	int i;

	if (!wanted(run, "cover sheet"))
		return;
	begin_stock(run, "cover sheet",
	    run->ask->setup->paper == FORM_A4 ? "a4" : "letter");
	for (i = 0; i < FORM_LANGS * 2 && !run->check.stop; i++) {
		run->check.at.lang = (enum form_lang)(i / 2);
		lint_cover(run, i % 2 ? FORM_INSIDE : FORM_OUTSIDE);
	}
}

enum form_status
form_lint(
    const struct form_lint *ask, size_t *checked, struct form_fault *fault)
{
	struct run run = {.ask = ask};
	enum form_status status = FORM_OK;

	run.check.tell = ask->tell;
	run.check.arg = ask->arg;
	run.check.doc = form_open(ask->setup, fault);
	if (run.check.doc == NULL)
		return fault == NULL ? FORM_WORDING : fault->status;
	lint_covers(&run);
	if (!run.check.stop)
		status = form_envelope_each(ask->envelopes, ask->envelopes_name,
		    each_envelope, &run, fault);
	if (status == FORM_OK && !run.check.stop)
		status = form_stock_each(
		    ask->labels, ask->labels_name, each_label, &run, fault);
	if (status == FORM_OK && doc_failed(run.check.doc) &&
	    run.check.doc->fault.status != FORM_TOOLONG)
		status = fault_set(fault, run.check.doc->fault.status, "%s",
		    run.check.doc->fault.message);
	*checked = run.checked;
	form_free(run.check.doc);
	return status;
}

/* What drawing told; forgotten, so that the next add begins clean. */
static enum form_status
room_told(struct form_doc *doc, const char *what, const char *name,
    struct form_fault *fault)
{
	enum form_status status = doc->fault.status;

	if (status == FORM_TOOLONG)
		fault_set(fault, status,
		    "%s %s is too small for an address: take a larger one, or "
		    "print on plain envelopes",
		    what, name);
	else if (status != FORM_OK)
		fault_set(fault, status, "%s", doc->fault.message);
	add_begin(doc);
	return status;
}

enum form_status
form_label_room(struct form_doc *doc, const struct form_stock *stock,
    struct form_fault *fault)
{
	struct form_outer outer = outer_of(INSIDE, FORM_EN, 0);

	add_begin(doc);
	page_new(doc, stock->page_w, stock->page_h);
	label_draw(doc, stock, 0, 0, &outer);
	return room_told(doc, "the label", stock->name, fault);
}

enum form_status
form_envelope_room(struct form_doc *doc, const struct form_envelope *envelope,
    struct form_fault *fault)
{
	struct form_outer outer = outer_of(INSIDE, FORM_EN, 0);

	add_begin(doc);
	if (envelope->window.w > 0)
		insert_draw(doc, envelope, &outer);
	else
		envelope_draw(doc, envelope, &outer);
	return room_told(doc, "the envelope", envelope->name, fault);
}

enum form_status
form_cover_room(struct form_doc *doc, struct form_fault *fault)
{
	int i;

	for (i = 0; i < FORM_LANGS * 2; i++) {
		sample_cover(doc, (enum form_lang)(i / 2),
		    i % 2 ? FORM_INSIDE : FORM_OUTSIDE);
		if (doc_failed(doc))
			break;
	}
	return room_told(doc, "the cover sheet", "", fault);
}
