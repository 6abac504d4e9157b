/* Listing the chain and witnessing where it stands.  See audit.h. */
#include "lib/audit.h"

#include <stdio.h>
#include <string.h>

#include "lib/audit_words.h"
#include "lib/emit.h"
#include "lib/event.h"
#include "lib/handle.h"
#include "lib/history.h"
#include "lib/letter.h"
#include "lib/op.h"
#include "lib/site.h"
#include "lib/text.h"
#include "lib/user.h"
#include "lib/when.h"
#include "lib/words.h"

const char *
mr_audit_subject(struct mr_call *c, int subject, int64_t id)
{
	static const char letters[MR_NSUBJECTS] = {
	    [MR_CORRESPONDENT] = 'C',
	    [MR_PAIRING] = 'P',
	    [MR_BATCH] = 'B',
	    [MR_ENCLOSURE] = 'E',
	};
	int64_t count = MR_SEQ(id);
	char text[MR_WHEN_SIZE];
	const char *s = NULL;

	if (subject == MR_LETTER && c->keys != NULL && id > 0)
		s = mr_letter_code(c, id);
	else if (subject == MR_POSTAGE && c->keys != NULL && id > 0)
		s = mr_printf(c->arena, "postage of %s", mr_letter_code(c, id));
	else if (subject == MR_DAY && count <= MR_DAY_MAX && id > 0)
		s = mr_printf(c->arena, "day %s", mr_day_iso(count, text));
	else if (subject > 0 && subject < MR_NSUBJECTS && letters[subject] != 0)
		s = mr_show_id(c, letters[subject], id);
	else
		s = mr_printf(c->arena, "%s %lld", mr_subject_name(subject),
		    (long long)count);
	return s != NULL ? s : "";
}

static enum mr_status
emit(struct mr_call *c, const struct mr_event *event, struct mr_out *out)
{
	char station[2] = {(char)event->station, '\0'};

	out->begin_map(out, NULL);
	out->integer(out, "event", MR_SEQ(event->id));
	if (event->dropped) {
		out->text(out, "time", NULL);
		out->text(out, "user", NULL);
		out->text(out, "station", NULL);
		out->text(out, "operation", "dropped by retention");
		out->text(out, "subject", NULL);
		out->text(out, "fields", NULL);
	} else {
		mr_emit_time(out, "time", event->at);
		out->text(out, "user", mr_user_shown(c, event->user));
		out->text(out, "station", event->station ? station : NULL);
		out->text(out, "operation", mr_event_op(event));
		out->text(out, "subject",
		    mr_subject_shown(c, event->subject, event->subject_id));
		out->text(out, "fields", mr_audit_fields(c, event));
	}
	out->end_map(out);
	return MR_OK;
}

/* The ids that a range asks for: low to before high. */
static enum mr_status
bounds(struct mr_call *c, const struct mr_audit_range *range, int64_t *low,
    int64_t *high)
{
	int64_t start = c->site->id << MR_SITE_SHIFT, head;
	enum mr_status status = mr_head_load(c);
	unsigned char hash[32];

	if (status != MR_OK)
		return status;
	mr_event_head(c, &head, hash);
	*high = head + 1;
	*low = *high - range->last > start ? *high - range->last : start + 1;
	if (range->has_from) {
		*low = start + (range->from > 0 ? range->from : 1);
		if (*high - *low > range->last)
			*high = *low + range->last;
	}
	if (range->has_day) {
		status = mr_event_since(c, mr_day_start(range->day), low);
		if (status == MR_OK)
			status = mr_event_since(
			    c, mr_day_start(range->day + 1), high);
	}
	return status;
}

/* Where the newest events of this user begin. */
static enum mr_status
newest_by(struct mr_call *c, const struct mr_audit_range *range, int64_t by,
    int64_t *low, int64_t high)
{
	int64_t start = c->site->id << MR_SITE_SHIFT, found = 0;
	enum mr_status status = MR_OK;
	struct mr_event event;

	while (--high > start && found < range->last && status == MR_OK) {
		struct mr_mark mark = mr_mark(c->arena);

		status = mr_event_load(c, high, &event);
		if (status == MR_OK && event.user == by) {
			*low = high;
			found++;
		}
		mr_release(c->arena, mark);
	}
	return status;
}

enum mr_status
mr_audit_list(
    struct mr_call *c, const struct mr_audit_range *range, struct mr_out *out)
{
	int64_t low = 0, high = 0, by = -1;
	enum mr_status status = MR_OK;
	struct mr_event event;

	if (range->by != NULL)
		status = mr_user_find(c, range->by, &by);
	if (status == MR_OK)
		status = bounds(c, range, &low, &high);
	if (status == MR_OK && by >= 0 && !range->has_from && !range->has_day)
		status = newest_by(c, range, by, &low, high);
	if (status != MR_OK)
		return status;
	out->begin_list(out, NULL);
	for (int64_t id = low; id < high && status == MR_OK; id++) {
		struct mr_mark mark = mr_mark(c->arena);

		status = mr_event_load(c, id, &event);
		if (status == MR_OK && (by < 0 || event.user == by))
			status = emit(c, &event, out);
		mr_release(c->arena, mark);
	}
	out->end_list(out);
	return status;
}

enum mr_status
mr_audit_checkpoint(struct mr_call *c)
{
	int64_t id;
	int64_t first = c->first_event;
	int events = c->events;
	enum mr_status status = mr_heads_log(c);

	/* The answer leans on the event that is signed. */
	c->first_event = first;
	c->events = events;
	if (status == MR_OK)
		status = mr_event_note(c, MR_SITE, c->site->id, NULL);
	if (status == MR_OK)
		status = mr_checkpoint(c, &id);
	return status;
}

const char *
mr_audit_words(struct mr_call *c, const unsigned char hash[32])
{
	struct mr_symbols word[MR_WITNESS_WORDS];
	char shown[MR_WITNESS_WORDS][MR_CODE_TEXT];
	const char *all;

	mr_witness_make(hash, word);
	for (int i = 0; i < MR_WITNESS_WORDS; i++)
		mr_code_format(&word[i], shown[i]);
	all = mr_printf(c->arena, "%s %s %s", shown[0], shown[1], shown[2]);
	return all != NULL ? all : "";
}

enum mr_status
mr_audit_emit_witness(struct mr_call *c, int64_t id, struct mr_out *out)
{
	struct mr_event event;
	enum mr_status status = mr_event_load(c, id, &event);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	status = mr_site_emit(c, out, id >> MR_SITE_SHIFT);
	out->integer(out, "event", MR_SEQ(id));
	out->text(out, "words", mr_audit_words(c, event.hash));
	out->end_map(out);
	return status;
}
