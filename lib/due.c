/* A folder that waits for a commit.  See due.h. */
#include "lib/due.h"

#include <stdio.h>

struct mr_due {
	char folder[MR_NEWDIR_SIZE], dir[MR_NEWDIR_SIZE];
};

enum mr_status
mr_due_put(struct mr_call *c, const char *folder, const char *dir)
{
	struct mr_due *due;

	if (c->mr->due != NULL)
		return mr_fail(c, MR_BUSY,
		    "another folder is being made just now; do it again");
	due = mr_calloc(sizeof(*due));
	if (due == NULL)
		return mr_nomem(c);
	snprintf(due->folder, sizeof(due->folder), "%s", folder);
	snprintf(due->dir, sizeof(due->dir), "%s", dir);
	c->mr->due = due;
	return MR_OK;
}

static void
forget(struct mr *mr)
{
	mr_cfree(mr->due, sizeof(*mr->due));
	mr->due = NULL;
}

void
mr_due_drop(struct mr *mr)
{
	if (mr->due == NULL)
		return;
	mr_newdir_remove(mr->due->folder);
	forget(mr);
}

enum mr_status
mr_due_settle(struct mr *mr, enum mr_status status, struct mr_error *error)
{
	struct mr_due *due = mr->due;
	struct mr_error why = {0};

	if (due == NULL)
		return status;
	if (status != MR_OK && status != MR_STOP && status != MR_UNCERTAIN) {
		mr_due_drop(mr);
		return status;
	}
	if (mr_newdir_appear(due->folder, due->dir, &why) != MR_OK) {
		if (status != MR_UNCERTAIN)
			status = mr_error(error, why.status,
			    "it is done, but its folder could not take its "
			    "name and stands as %.300s: rename it",
			    due->folder);
	}
	forget(mr);
	return status;
}
