/* Operations that print: sheet, envelope, label, office letter. */
#include "lib/op.h"
#include "lib/print.h"

#define LETTER \
	"one letter, printed whatever was printed before: its code, stub or day number"
#define ROW(symbol, words, no, text, who, opens) \
	const struct mr_op mr_op_##symbol##_print = { \
	    .name = words, \
	    .number = no, \
	    .summary = text, \
	    .roles = who, \
	    .writes = 1, \
	    .vault = opens, \
	    .document = 1, \
	    .secret = opens, \
	    MR_PARAMS(symbol##_params), \
	    .input_size = sizeof(struct mr_print), \
	    .returns = "held printed note left", \
	    .again = "left", \
	    .first_only = "start", \
	    .run = symbol##_run, \
	    .answer = symbol##_answer, \
	}

static const struct mr_param sheet_params[] = {
    MR_PARAM(mr_print, letter, MR_PLACED, LETTER),
    MR_PARAM(mr_print, new, 0, "all letters that have no cover sheet yet"),
};

static enum mr_status
sheet_run(struct mr_call *c, const void *input)
{
	return mr_print(c, MR_P_SHEET, input);
}

static enum mr_status
sheet_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	return mr_print_answer(c, MR_P_SHEET, events, out);
}

ROW(sheet, "sheet print", 321, "Print cover sheets.", MR_FROM_VOLUNTEER, 0);

static const struct mr_param envelope_params[] = {
    MR_PARAM(mr_print, letter, MR_PLACED, LETTER),
    MR_PARAM(mr_print, cleared, 0, "all cleared letters that need an envelope"),
    MR_PARAM(mr_print, pile, 0,
	"stubs of a pile, scanned one a line: the envelopes come in that "
	"order; - reads them from the scanner, to a line with Ctrl-D"),
    MR_PARAM(mr_print, once, 0,
	"pass over what has an envelope that would still match"),
    MR_PARAM(mr_print, envelope, 0,
	"the envelope in the printer, such as 10 or 10-window; else the one of "
	"the setting"),
};

static enum mr_status
envelope_run(struct mr_call *c, const void *input)
{
	return mr_print(c, MR_P_ENVELOPE, input);
}

static enum mr_status
envelope_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	return mr_print_answer(c, MR_P_ENVELOPE, events, out);
}

ROW(envelope, "envelope print", 322,
    "Print addresses on envelopes, or for their windows.", MR_FROM_STAFF, 1);

static const struct mr_param label_params[] = {
    MR_PARAM(mr_print, letter, MR_PLACED, LETTER),
    MR_PARAM(mr_print, cleared, 0,
	"all cleared letters that may carry a label and need one"),
    MR_PARAM(mr_print, pile, 0,
	"stubs of a pile, scanned one a line: the labels come in that order"),
    MR_PARAM(
	mr_print, stock, 0, "the labels in the printer, such as avery-5163"),
    MR_NUMBER(
	mr_print, start, 0, 1, 500, "first label that is still on the sheet"),
};

static enum mr_status
label_run(struct mr_call *c, const void *input)
{
	return mr_print(c, MR_P_LABEL, input);
}

static enum mr_status
label_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	return mr_print_answer(c, MR_P_LABEL, events, out);
}

ROW(label, "label print", 323, "Print addresses on sheets of labels.",
    MR_FROM_STAFF, 1);

static const struct mr_param letter_params[] = {
    MR_PARAM(mr_print, letter, MR_PLACED,
	"one office letter, printed whatever was printed before: its code or "
	"day number"),
    MR_PARAM(mr_print, new, 0,
	"all office letters whose pages are not printed yet, in the order of "
	"their stubs"),
};

static enum mr_status
letter_run(struct mr_call *c, const void *input)
{
	return mr_print(c, MR_P_PAGE, input);
}

static enum mr_status
letter_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	return mr_print_answer(c, MR_P_PAGE, events, out);
}

ROW(letter, "letter print", 324, "Print the pages of office letters.",
    MR_FROM_STAFF, 1);
