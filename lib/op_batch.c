/* Operations on batches. */
#include "lib/batch.h"
#include "lib/audit.h"
#include "lib/emit.h"
#include "lib/op.h"
#include "lib/postage.h"
#include "lib/site.h"

static void
emit_keys(struct mr_call *c, struct mr_out *out, const struct mr_batch *batch)
{
	mr_emit_id(c, out, "batch", 'B', batch->id);
	out->text(
	    out, "state", batch->state == MR_BATCH_OPEN ? "open" : "closed");
	mr_emit_day(out, "opened", batch->day);
}

static enum mr_status
batch_of(struct mr_call *c, struct mr_events events, struct mr_batch *batch)
{
	struct mr_event event;
	enum mr_status status;

	status = mr_event_load(c, events.first + events.count - 1, &event);
	return status == MR_OK ? mr_batch_load(c, event.subject_id, batch)
			       : status;
}

static enum mr_status
open_batch(struct mr_call *c, const void *input)
{
	int64_t id;

	(void)input;
	return mr_batch_new(c, &id);
}

static enum mr_status
open_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_batch batch;
	enum mr_status status = batch_of(c, events, &batch);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(c, out, "batch", 'B', batch.id);
	mr_emit_day(out, "opened", batch.day);
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_batch_open = {
    .name = "batch open",
    .number = 390,
    .summary = "Open a batch; sealing does it too when none is open.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    .returns = "batch opened",
    .run = open_batch,
    .answer = open_answer,
};

struct batch_close {
	struct mr_count stubs;
};

static const struct mr_param close_params[] = {
    MR_NUMBER(batch_close, stubs, 0, 0, 1000000,
	"stubs in the box, counted by hand; where they are not as many as the "
	"letters, nothing is posted"),
};

static enum mr_status
close_batch(struct mr_call *c, const void *input)
{
	const struct batch_close *in = input;
	enum mr_status status = MR_OK;

	if (in->stubs.given)
		status = mr_batch_counted(c, in->stubs.n);
	return status == MR_OK ? mr_batch_close(c) : status;
}

static enum mr_status
emit_manifest(
    struct mr_call *c, struct mr_out *out, const struct mr_batch *batch)
{
	const void *bytes = NULL;
	struct mr_event event;
	size_t len = 0;
	enum mr_status status;

	status = mr_batch_manifest(c, batch->id, &bytes, &len);
	if (status == MR_OK)
		status = mr_event_load(c, batch->checkpoint, &event);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	emit_keys(c, out, batch);
	out->integer(out, "letters", batch->letters);
	status = mr_site_emit(c, out, batch->checkpoint >> MR_SITE_SHIFT);
	if (status != MR_OK)
		return status;
	out->integer(out, "event", MR_SEQ(batch->checkpoint));
	out->text(out, "words", mr_audit_words(c, event.hash));
	out->end_map(out);
	out->document(out, "manifest.pdf", "application/pdf", bytes, len, 0);
	return MR_OK;
}

static enum mr_status
close_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_batch batch;
	enum mr_status status = batch_of(c, events, &batch);

	return status == MR_OK ? emit_manifest(c, out, &batch) : status;
}

const struct mr_op mr_op_batch_close = {
    .name = "batch close",
    .number = 391,
    .summary = "Post what is sealed, sign the chain and print the manifest.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    .document = 1,
    MR_PARAMS(close_params),
    .input_size = sizeof(struct batch_close),
    .returns = "batch state opened letters site event words",
    .spare = "site",
    .run = close_batch,
    .answer = close_answer,
};

struct batch_show {
	const char *batch;
};

static const struct mr_param show_params[] = {
    MR_PARAM(batch_show, batch, 1, "the batch, such as B3"),
};

static enum mr_status
find(struct mr_call *c, const char *text, struct mr_batch *batch)
{
	int64_t id;

	if (!mr_read_id(text, 'B', &id))
		return mr_fail(c, MR_INVALID, "write a batch such as B3");
	return mr_batch_load(c, id, batch);
}

/* A batch that is told letter by letter, and what all of them cost. */
struct telling {
	struct mr_out *out;
	int64_t weight, cents, stamps;
};

static enum mr_status
emit_letter(struct mr_call *c, void *arg, const struct mr_letter *letter)
{
	struct telling *telling = arg;
	struct mr_mark mark = mr_mark(c->arena);
	struct mr_postage postage = {0};
	struct mr_out *out = telling->out;
	enum mr_status status = mr_postage_load(c, letter->id, &postage);

	if (status != MR_OK && status != MR_NOTFOUND)
		return status;
	telling->weight += postage.weight;
	telling->cents += postage.cents;
	telling->stamps += postage.stamps;
	out->begin_map(out, NULL);
	status = mr_letter_emit_keys(c, out, letter);
	if (status == MR_OK)
		status = mr_postage_emit(c, out, letter);
	out->end_map(out);
	mr_release(c->arena, mark);
	return status;
}

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct batch_show *in = input;
	struct telling telling = {.out = out};
	struct mr_batch batch;
	enum mr_status status = find(c, in->batch, &batch);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	emit_keys(c, out, &batch);
	out->begin_list(out, "letters");
	status = mr_batch_letters(c, batch.id, emit_letter, &telling);
	out->end_list(out);
	out->text(out, "grams",
	    mr_printf(c->arena, "%lld.%lld", (long long)(telling.weight / 10),
		(long long)(telling.weight % 10)));
	mr_emit_money(out, "postage", telling.cents);
	out->integer(out, "stamps", telling.stamps);
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_batch_show = {
    .name = "batch show",
    .number = 392,
    .summary = "Show a batch and its letters.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(show_params),
    .input_size = sizeof(struct batch_show),
    .returns = "batch state opened letters grams postage stamps",
    .show = show,
};

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	enum mr_status status = MR_OK, done;
	struct mr_batch batch;
	struct sql_stmt *st;
	int64_t next = 0;

	(void)input;
	status = mr_next_id(c, MR_NEWEST("batch"), &next);
	if (status != MR_OK)
		return status;
	out->begin_list(out, NULL);
	st = sql_prepare(c,
	    "SELECT id FROM batch "
	    "WHERE id >= :low AND id < :next "
	    "ORDER BY id DESC LIMIT 100");
	sql_int(st, ":low", c->site->id << MR_SITE_SHIFT);
	sql_int(st, ":next", next);
	while (status == MR_OK && sql_row(st)) {
		status = mr_batch_load(c, sql_col_int(st, 0), &batch);
		if (status != MR_OK)
			break;
		out->begin_map(out, NULL);
		emit_keys(c, out, &batch);
		out->integer(out, "letters", batch.letters);
		out->end_map(out);
	}
	done = sql_done(st);
	out->end_list(out);
	return status != MR_OK ? status : done;
}

const struct mr_op mr_op_batch_list = {
    .name = "batch list",
    .number = 393,
    .summary = "List the newest batches.",
    .roles = MR_FROM_STAFF,
    .each = "batch state opened letters",
    .show = list,
};

static enum mr_status
manifest(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct batch_show *in = input;
	struct mr_batch batch;
	enum mr_status status = find(c, in->batch, &batch);

	return status == MR_OK ? emit_manifest(c, out, &batch) : status;
}

const struct mr_op mr_op_batch_manifest = {
    .name = "batch manifest",
    .number = 394,
    .summary = "Print the manifest of a closed batch again.",
    .roles = MR_FROM_STAFF,
    .document = 1,
    MR_PARAMS(show_params),
    .input_size = sizeof(struct batch_show),
    .returns = "batch state opened letters site event words",
    .spare = "site",
    .show = manifest,
};
