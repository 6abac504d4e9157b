/* Operations on pages for a day without power. */
#include "lib/op.h"
#include "lib/page.h"

static const struct mr_param blank_params[] = {
    MR_NUMBER(mr_page_print, count, MR_PLACED, 1, MR_PAGES_MOST,
	"how many; 50 when nothing is said"),
    MR_PARAM(mr_page_print, language, 0,
	"of the part that travels: en or es; the office's when nothing is "
	"said"),
};

static enum mr_status
blank(struct mr_call *c, const void *input)
{
	return mr_page_print(c, input);
}

const struct mr_op mr_op_sheet_blank = {
    .name = "sheet blank",
    .number = 325,
    .summary = "Print pages for a day without power, filled in by hand.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    .document = 1,
    MR_PARAMS(blank_params),
    .input_size = sizeof(struct mr_page_print),
    .returns = "printed first last",
    .run = blank,
    .answer = mr_page_answer,
};

static const struct mr_param void_params[] = {
    MR_PARAM(mr_page_void, code, MR_PLACED,
	"the page: its code, or a scan of its stub"),
    MR_PARAM(mr_page_void, all, 0, "all that were not used yet"),
};

static enum mr_status
give_up(struct mr_call *c, const void *input)
{
	return mr_page_void(c, input);
}

static enum mr_status
void_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	enum mr_status status = MR_OK;
	struct mr_event event;
	struct mr_page page;

	out->begin_map(out, NULL);
	out->begin_list(out, "given_up");
	for (int i = 0; i < events.count && status == MR_OK; i++) {
		struct mr_mark mark = mr_mark(c->arena);

		status = mr_event_load(c, events.first + i, &event);
		if (status == MR_OK && event.subject == MR_PAGE)
			status = mr_page_load(c, event.subject_id, &page);
		if (status == MR_OK && event.subject == MR_PAGE) {
			out->begin_map(out, NULL);
			out->integer(out, "page", page.number);
			out->text(out, "code", mr_letter_code(c, page.id));
			out->end_map(out);
		}
		mr_release(c->arena, mark);
	}
	out->end_list(out);
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_sheet_void = {
    .name = "sheet void",
    .number = 326,
    .summary = "Give up pages for a day without power that were not used.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    MR_PARAMS(void_params),
    .input_size = sizeof(struct mr_page_void),
    .returns = "given_up",
    .run = give_up,
    .answer = void_answer,
};
