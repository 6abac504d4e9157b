/* Pages for a bench: its card, and how a scanner is set up. */
#include "lib/card.h"
#include "lib/handle.h"
#include "lib/keys.h"
#include "lib/op.h"
#include "lib/paper.h"
#include "lib/setting.h"

/* A square's payload; NULL when memory is short. */
static const char *
square(struct mr_call *c, struct mr_card card)
{
	char text[MR_PAYLOAD_LEN + 1];

	if (mr_card_make(c->keys->tag, &card, text) != 0)
		return NULL;
	return mr_strdup(c->arena, text);
}

/* Finish the document under its name, or tell what went wrong; frees it. */
static enum mr_status
hand_out(struct mr_call *c, struct form_doc *doc, const char *name,
    const struct form_fault *fault, struct mr_out *out)
{
	enum mr_status status = MR_OK;

	if (fault->status != FORM_OK)
		status = mr_paper_fault(c, fault);
	return mr_paper_give(c, doc, name, status, out);
}

static enum mr_status
bench_card(struct mr_call *c, const void *input, struct mr_out *out)
{
	struct form_bench bench = {.date = mr_paper_date(c->today)};
	struct form_fault fault = {0};
	struct form_doc *doc = NULL;
	enum mr_status status;
	int i;

	(void)input;
	if (c->keys == NULL)
		return mr_fail(c, MR_BUG, "the office keys are not loaded");
	for (i = 0; MR_CARD_KEYS[i] != '\0'; i++)
		bench.flags[i] = mr_paper_ours(square(
		    c, (struct mr_card){MR_CARD_KEY, FORM_BENCH_FLAGS[i], 0}));
	for (i = 0; i < FORM_BENCH_COUNTS; i++)
		bench.counts[i] = mr_paper_ours(
		    square(c, (struct mr_card){MR_CARD_COUNT, 0, i + 1}));
	status = mr_paper_open(c, &doc);
	if (status != MR_OK)
		return status;
	form_bench_add(doc, &bench, &fault);
	status = hand_out(c, doc, "bench-card.pdf", &fault, out);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->integer(out, "keys", (int64_t)(sizeof(MR_CARD_KEYS) - 1));
	out->integer(out, "sheets", MR_CARD_SHEETS);
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_form_bench = {
    .name = "form bench",
    .number = 440,
    .summary = "Print the card that has every key of a station as a square "
	       "to scan.",
    .roles = MR_EVERYONE,
    .document = 1,
    .returns = "keys sheets",
    .show = bench_card,
};

static enum mr_status
scanner(struct mr_call *c, const void *input, struct mr_out *out)
{
	struct form_scanner page = {.date = mr_paper_date(c->today)};
	struct form_fault fault = {0};
	struct form_doc *doc = NULL;
	int64_t laser = 0;
	enum mr_status status = mr_setting_int(c, MR_SET_LASER_CODE, &laser);

	(void)input;
	if (status == MR_OK && c->keys == NULL)
		return mr_fail(c, MR_BUG, "the office keys are not loaded");
	if (status != MR_OK)
		return status;
	for (int i = 0; i < MR_CARD_TESTS; i++)
		page.tests[i] = mr_paper_ours(
		    square(c, (struct mr_card){MR_CARD_TEST, 0, i + 1}));
	if (laser)
		page.laser = page.tests[0];
	status = mr_paper_open(c, &doc);
	if (status != MR_OK)
		return status;
	form_scanner_add(doc, &page, &fault);
	status = hand_out(c, doc, "scanner.pdf", &fault, out);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->integer(out, "tests", MR_CARD_TESTS);
	out->boolean(out, "laser", laser != 0);
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_form_scanner = {
    .name = "form scanner",
    .number = 441,
    .summary = "Print how a scanner is set up, with codes that prove it.",
    .roles = MR_EVERYONE,
    .document = 1,
    .returns = "tests laser",
    .show = scanner,
};
