/* What somebody should look at.  See attention.h. */
#include "lib/attention.h"

#include "lib/backup.h"
#include "lib/chain.h"
#include "lib/countersign.h"
#include "lib/enclosure.h"
#include "lib/job.h"
#include "lib/letter.h"
#include "lib/letter_list.h"
#include "lib/pairing.h"
#include "lib/setting.h"
#include "lib/tongue.h"
#include "lib/when.h"

/* Letters of the house, as they are gone through. */
struct house_count {
	int64_t late_before, late, due;
};

static enum mr_status
count_letter(struct mr_call *c, void *arg, const struct mr_letter *letter)
{
	struct house_count *count = arg;

	count->late += letter->day < count->late_before;
	count->due += letter->state == MR_L_HELD && letter->until != 0 &&
	    letter->until <= c->today;
	return MR_OK;
}

static enum mr_status
count_house(struct mr_call *c, struct house_count *count)
{
	enum mr_status status = mr_late_before(c, &count->late_before);

	count->late = count->due = 0;
	for (int s = MR_L_UNIDENTIFIED; s < MR_L_POSTED && status == MR_OK; s++)
		status = mr_letter_in_state(c, s, count_letter, count);
	return status;
}

enum mr_status
mr_late_count(struct mr_call *c, int64_t *late)
{
	struct house_count count;
	enum mr_status status = count_house(c, &count);

	if (status == MR_OK)
		*late = count.late;
	return status;
}

static enum mr_status
count_pairing(struct mr_call *c, const struct mr_pairing_line *line, void *arg)
{
	(void)c;
	*(int64_t *)arg += line->pairing.status != MR_PAIRING_PROPOSED;
	return MR_OK;
}

enum mr_status
mr_quiet_count(struct mr_call *c, int64_t *quiet)
{
	struct mr_pairing_filter filter = {.quiet = 0};
	int64_t days = 0;
	enum mr_status status = mr_setting_int(c, MR_SET_QUIET_DAYS, &days);

	*quiet = 0;
	filter.quiet = (int)days;
	return status == MR_OK
	    ? mr_pairing_list(c, &filter, count_pairing, quiet)
	    : status;
}

static void
emit(struct mr_out *out, const char *what, int64_t count, int look,
    const char *say)
{
	out->begin_map(out, NULL);
	out->text(out, "what", what);
	out->integer(out, "count", count);
	out->boolean(out, "look", look);
	out->text(out, "say", say);
	out->end_map(out);
}

static enum mr_status
emit_house(struct mr_call *c, struct mr_out *out)
{
	struct house_count count;
	enum mr_status status = count_house(c, &count);

	if (status != MR_OK)
		return status;
	emit(out, "late-letters", count.late, count.late > 0,
	    mr_say("in the house longer than they should be: 'letter list "
		   "--late'"));
	emit(out, "held-due", count.due, count.due > 0,
	    mr_say("held, and their day to look again has come: 'letter list "
		   "--due'"));
	return MR_OK;
}

/* Counted today already by a daemon, or else now. */
static enum mr_status
emit_quiet(struct mr_call *c, struct mr_out *out)
{
	struct mr_job_row row;
	int64_t quiet = 0;
	enum mr_status status = mr_job_load(c, MR_JOB_QUIET, &row);

	if (status == MR_OK && row.good != 0 && mr_day_of(row.good) == c->today)
		quiet = row.number;
	else if (status == MR_OK)
		status = mr_quiet_count(c, &quiet);
	if (status == MR_OK)
		emit(out, "quiet-pairings", quiet, quiet > 0,
		    mr_say("without a letter for long; perhaps one got lost: "
			   "'pairing list --quiet'"));
	return status;
}

static enum mr_status
emit_signatures(struct mr_call *c, struct mr_out *out)
{
	struct mr_hand hand;
	int64_t open = 0, overdue = 0;
	enum mr_status status = mr_countersign_count(c, &open, &overdue);

	if (status == MR_OK)
		status = mr_enclosure_hand(c, &hand);
	if (status != MR_OK)
		return status;
	emit(out, "signatures", open, overdue > 0,
	    overdue > 0
		? mr_say("wait for a second signature, some for more than 30 "
			 "days: 'day countersign'")
		: mr_say("wait for a second signature: 'day countersign'"));
	emit(out, "enclosures", hand.waiting, hand.waiting > 0,
	    mr_say("enclosures wait for a decision: 'enclosure list --open'"));
	return MR_OK;
}

/* count: days since the last one; -1 where there is none. */
static enum mr_status
emit_backup(struct mr_call *c, struct mr_out *out)
{
	int64_t at = 0, event = 0, days = -1;
	enum mr_status status;

	if (!sql_is_file(mr_call_db(c))) {
		emit(out, "backup", 0, 0,
		    mr_say("the database server's own means make the backups: "
			   "ask who looks after it when the last one was "
			   "tried out"));
		return MR_OK;
	}
	status = mr_backup_newest(c, &at, &event);
	if (status != MR_OK)
		return status;
	if (event != 0)
		days = c->today - mr_day_of(at);
	emit(out, "backup", days, days < 0 || days > MR_BACKUP_OLD,
	    days < 0 ? mr_say("there is no backup yet: 'office backup' makes "
			      "one")
		: days > MR_BACKUP_OLD
		? mr_say("days ago was the last backup: is its disk plugged "
			 "in? 'office backup' makes one now")
		: mr_say("days ago was the last backup"));
	return MR_OK;
}

/* count: the last check's finding. */
static enum mr_status
emit_check(struct mr_call *c, struct mr_out *out)
{
	struct mr_job_row row;
	enum mr_status status = mr_job_load(c, MR_JOB_CHECK, &row);
	int damaged = row.status == MR_DAMAGED;

	if (status != MR_OK || row.begun == 0)
		return status;
	emit(out, "database", damaged, damaged,
	    damaged ? mr_say("the weekly check found damage in the database: "
			     "keep the folder, and run 'office check'")
		    : mr_say("the weekly check found nothing"));
	return MR_OK;
}

enum mr_status
mr_attention(struct mr_call *c, struct mr_out *out)
{
	enum mr_status status;

	out->begin_list(out, NULL);
	status = emit_house(c, out);
	if (status == MR_OK)
		status = emit_quiet(c, out);
	if (status == MR_OK)
		status = emit_signatures(c, out);
	if (status == MR_OK)
		status = emit_backup(c, out);
	if (status == MR_OK)
		status = emit_check(c, out);
	out->end_list(out);
	return status;
}
