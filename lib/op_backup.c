/* The operation that makes a backup.  What the call needs no office for, the
 * restore, is a command of its own (restore.h). */
#include <string.h>

#include "lib/backup.h"
#include "lib/chain.h"
#include "lib/emit.h"
#include "lib/op.h"

struct office_backup {
	const char *folder;
};

/* The long part, before any transaction: nobody who writes waits for it. */
static enum mr_status
backup_ready(struct mr_call *c, const void *input)
{
	const struct office_backup *in = input;
	struct mr_backup_made *made = mr_alloc(c->arena, sizeof(*made));

	if (made == NULL)
		return mr_nomem(c);
	c->told = made;
	return mr_backup_make(c, in->folder, made);
}

static enum mr_status
backup(struct mr_call *c, const void *input)
{
	(void)input;
	return mr_backup_note(c, c->told);
}

static enum mr_status
backup_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_event e;
	enum mr_status status = mr_event_load(c, events.first, &e);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "file", mr_event_text(c, &e, MR_F_TEXT));
	out->integer(out, "bytes", mr_event_number(&e, MR_F_COUNT, 0));
	out->integer(out, "events", mr_event_number(&e, MR_F_VALUE, 0));
	out->boolean(out, "sound", mr_event_number(&e, MR_F_SAME, 0) != 0);
	out->integer(out, "removed", mr_event_number(&e, MR_F_CHANGED, 0));
	out->end_map(out);
	return MR_OK;
}

static const struct mr_param backup_params[] = {
    MR_HERE(office_backup, folder, MR_PLACED,
	"where to; without it, 'backups' in the office's own folder"),
};

const struct mr_op mr_op_office_backup = {
    .name = "office backup",
    .slow = 1,
    .aside = 1,
    .number = MR_OP_BACKUP,
    .summary = "Make a backup that only the words of the recovery sheet open, "
	       "and check it.",
    .roles = MR_COORDINATOR | MR_ADMIN,
    .writes = 1,
    MR_PARAMS(backup_params),
    .input_size = sizeof(struct office_backup),
    .returns = "file bytes events sound removed",
    .ready = backup_ready,
    .run = backup,
    .answer = backup_answer,
};
