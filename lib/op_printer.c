/*
 * Operations on printers: which there are, how far off they print, and the
 * page to measure that with.
 */
#include "lib/arena.h"
#include "lib/chain.h"
#include "lib/emit.h"
#include "lib/op.h"
#include "lib/paper.h"
#include "lib/printer.h"
#include "lib/queue.h"
#include "lib/tongue.h"

#include <stdlib.h>
#include <string.h>

#define PROFILE_KEYS "use off shift_x shift_y scale_x scale_y ruler"

/* "-0.40": hundredths of a mm. */
static const char *
mm(struct mr_call *c, int64_t n)
{
	long long size = llabs((long long)n);

	return mr_printf(c->arena, "%s%lld.%02lld", n < 0 ? "-" : "",
	    size / 100, size % 100);
}

/* "99.52": a share of a hundred, of millionths. */
static const char *
percent(struct mr_call *c, int64_t n)
{
	return mr_printf(c->arena, "%lld.%02lld", (long long)n / 10000,
	    (long long)n % 10000 / 100);
}

/* "0.67 mm right, 0.40 % too wide": what the printer does by itself. */
static const char *
off(struct mr_call *c, const struct mr_printer *printer)
{
	const int64_t n[4] = {printer->shift_x, printer->shift_y,
	    printer->scale_x - MR_SCALE_TRUE, printer->scale_y - MR_SCALE_TRUE};
	static const char *const words[4][2] = {
	    {MR_SAID("mm right"), MR_SAID("mm left")},
	    {MR_SAID("mm down"), MR_SAID("mm up")},
	    {MR_SAID("% too wide"), MR_SAID("% too narrow")},
	    {MR_SAID("% too long"), MR_SAID("% too short")}};
	const char *s = "";

	for (int i = 0; i < 4 && s != NULL; i++) {
		long long size = llabs((long long)n[i]) / (i < 2 ? 1 : 100);

		if (size != 0)
			s = mr_printf(c->arena, "%s%s%lld.%02lld %s", s,
			    *s != '\0' ? ", " : "", size / 100, size % 100,
			    mr_say(words[i][n[i] < 0]));
	}
	return s != NULL && *s == '\0' ? mr_say("nothing") : s;
}

static void
emit_profile(
    struct mr_call *c, struct mr_out *out, const struct mr_printer *printer)
{
	out->text(out, "use",
	    printer->use != 0 ? mr_printer_uses(c, printer->use) : "all");
	out->text(out, "off", off(c, printer));
	out->text(out, "shift_x", mm(c, printer->shift_x));
	out->text(out, "shift_y", mm(c, printer->shift_y));
	out->text(out, "scale_x", percent(c, printer->scale_x));
	out->text(out, "scale_y", percent(c, printer->scale_y));
	out->integer(out, "ruler", printer->version);
}

/* A queue as it was found, in the arena. */
struct found {
	struct found *next;
	const char *name, *state, *where;
	int standard;
};

/* What `ready` leaves: asked before the transaction, since it may take
 * seconds. */
struct queues {
	struct mr_call *c;
	struct found *first, **last;
	const char *server; /* NULL: it answers */
};

static int
keep_queue(void *arg, const struct mr_queue *queue)
{
	struct queues *queues = arg;
	struct mr_arena *arena = queues->c->arena;
	struct found *found = mr_alloc(arena, sizeof(*found));

	if (found == NULL)
		return 1;
	found->name = mr_strdup(arena, queue->name);
	found->state = mr_strdup(arena, queue->state);
	found->where = mr_strdup(arena, queue->where);
	found->standard = queue->standard;
	if (found->name == NULL || found->state == NULL || found->where == NULL)
		return 1;
	*queues->last = found;
	queues->last = &found->next;
	return 0;
}

static enum mr_status
list_ready(struct mr_call *c, const void *input)
{
	struct queues *queues = mr_alloc(c->arena, sizeof(*queues));
	struct mr_error error = {0};

	(void)input;
	if (queues == NULL)
		return mr_nomem(c);
	queues->c = c;
	queues->last = &queues->first;
	/* Profiles are to be seen without a server, too. */
	if (mr_queue_each(keep_queue, queues, &error) != MR_OK)
		queues->server = mr_strdup(c->arena, error.message);
	c->told = queues;
	return mr_arena_failed(c->arena) ? mr_nomem(c) : MR_OK;
}

static void
emit_printer(struct mr_call *c, struct mr_out *out,
    const struct mr_printer *printer, const struct found *found,
    const char *otherwise)
{
	out->begin_map(out, NULL);
	out->text(out, "printer", printer->name);
	out->text(out, "state", found != NULL ? found->state : otherwise);
	out->boolean(out, "default", found != NULL && found->standard);
	out->text(out, "where",
	    found != NULL && found->where[0] != '\0' ? found->where : NULL);
	out->text(out, "use",
	    printer->use != 0 ? mr_printer_uses(c, printer->use) : "all");
	out->text(out, "off", off(c, printer));
	out->end_map(out);
}

/* A profile whose queue was not among those found. */
struct rest {
	struct mr_out *out;
	const struct queues *queues;
};

static enum mr_status
list_rest(struct mr_call *c, void *arg, const struct mr_printer *printer)
{
	const struct rest *rest = arg;
	const struct found *found;

	for (found = rest->queues->first; found != NULL; found = found->next)
		if (strcmp(found->name, printer->name) == 0)
			return MR_OK;
	emit_printer(c, rest->out, printer, NULL,
	    rest->queues->server != NULL
		? mr_say("not known")
		: mr_say("no such queue at this computer"));
	return MR_OK;
}

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct queues *queues = c->told;
	struct rest rest = {out, queues};
	struct mr_printer printer;
	enum mr_status status = MR_OK;

	(void)input;
	out->begin_map(out, NULL);
	out->text(
	    out, "server", queues->server != NULL ? queues->server : "answers");
	out->begin_list(out, "printers");
	for (const struct found *found = queues->first;
	     found != NULL && status == MR_OK; found = found->next) {
		status = mr_printer_named(c, found->name, &printer);
		if (status == MR_OK)
			emit_printer(c, out, &printer, found, NULL);
	}
	if (status == MR_OK)
		status = mr_printer_each(c, list_rest, &rest);
	out->end_list(out);
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_printer_list = {
    .name = "printer list",
    .number = 450,
    .summary = "List the printers of this computer, and how far off they "
	       "print.",
    .roles = MR_EVERYONE,
    .returns = "server printers",
    .ready = list_ready,
    .show = list,
};

static const struct mr_param profile_params[] = {
    MR_PARAM(mr_printer_profile, printer, 1, "the printer, by its queue"),
    MR_PARAM(mr_printer_profile, left, 0,
	"mm from the left edge of the paper to the line at A"),
    MR_PARAM(mr_printer_profile, top, 0,
	"mm from the upper edge of the paper to the line at B"),
    MR_PARAM(mr_printer_profile, across, 0, "mm from line to line along C"),
    MR_PARAM(mr_printer_profile, down, 0, "mm from line to line along D"),
    MR_NUMBER(mr_printer_profile, ruler, 0, 0, 1000000,
	"number of the ruler page that was measured"),
    MR_PARAM(mr_printer_profile, use, 0,
	"what is printed on it: sheets, envelopes, labels, with ',' between; "
	"or all"),
    MR_PARAM(mr_printer_profile, reset, 0,
	"forget what was measured: it prints true"),
};

static enum mr_status
profile(struct mr_call *c, const void *input)
{
	struct mr_printer after;

	return mr_printer_set(c, input, &after);
}

/* As the event left it, which may be long ago. */
static enum mr_status
profile_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_printer printer = {0};
	const char *text, *name = NULL;
	struct mr_event event;
	enum mr_status status = mr_event_load(c, events.first, &event);

	if (status != MR_OK)
		return status;
	text = mr_event_text(c, &event, MR_F_TEXT);
	if (text == NULL || mr_printer_read(text, &printer) != 0)
		return mr_fail(c, MR_DAMAGED, "an event tells no profile");
	printer.version = mr_event_number(&event, MR_F_VERSION, 0);
	status = mr_printer_name(c, event.subject_id, &name);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "printer", name);
	emit_profile(c, out, &printer);
	out->text(out, "say",
	    strcmp(off(c, &printer), "nothing") == 0
		? NULL
		: mr_printf(c->arena,
		      mr_say(
			  "Prove it: 'mailroom printer test %s', and measure "
			  "again."),
		      name != NULL ? name : "NAME"));
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_printer_profile = {
    .name = "printer profile",
    .number = 451,
    .summary = "Tell what the ruler page of a printer shows: from then on "
	       "its pages are moved against that.",
    .roles = MR_FROM_STAFF | MR_ADMIN,
    .writes = 1,
    MR_PARAMS(profile_params),
    .input_size = sizeof(struct mr_printer_profile),
    .returns = "printer " PROFILE_KEYS " say",
    .run = profile,
    .answer = profile_answer,
};

struct printer_test {
	const char *printer;
};

static const struct mr_param test_params[] = {
    MR_PARAM(printer_test, printer, 1,
	"the printer, by its queue; the page goes there where -o names no file"),
};

static enum mr_status
test(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct printer_test *in = input;
	struct form_ruler ruler = {.printer = mr_paper_ours(in->printer),
	    .date = mr_paper_date(c->today),
	    .near_mm = MR_RULER_NEAR,
	    .across = MR_RULER_ACROSS,
	    .down = MR_RULER_DOWN};
	struct form_fault fault = {0};
	struct form_doc *doc = NULL;
	struct mr_printer printer;
	enum mr_status status = mr_printer_named(c, in->printer, &printer);

	/* Any name will do: it may be the first page for it. */
	c->printer = in->printer;
	c->queue = 1;
	if (status == MR_OK)
		status = mr_paper_open(c, &doc);
	ruler.number = (long)printer.version;
	if (status == MR_OK && form_ruler_add(doc, &ruler, &fault) != FORM_OK)
		status = mr_paper_fault(c, &fault);
	status = mr_paper_give(c, doc, "ruler.pdf", status, out);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "printer", printer.name);
	emit_profile(c, out, &printer);
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_printer_test = {
    .name = "printer test",
    .number = 452,
    .summary = "Print the ruler page of a printer, as its profile has it.",
    .roles = MR_EVERYONE,
    .document = 1,
    MR_PARAMS(test_params),
    .input_size = sizeof(struct printer_test),
    .returns = "printer " PROFILE_KEYS,
    .show = test,
};
