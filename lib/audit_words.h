/*
 * Events in words: what they are about and what they tell, with the names of
 * each noun's states and reasons.  For `audit show` and the histories.
 */
#ifndef MR_AUDIT_WORDS_H
#define MR_AUDIT_WORDS_H

#include "lib/call.h"
#include "lib/chain.h"

/* The state or status of that number of a subject; NULL: it has none such. */
const char *mr_subject_state(int subject, int state);
/* A reason of a subject's own list.  A letter's safety reasons are told to a
 * volunteer as another one.  NULL: none such. */
const char *mr_subject_reason(const struct mr_call *c, int subject, int reason);

/* "from=received to=held reason=photo": all fields but digest and version.
 * In the arena. */
const char *mr_audit_fields(struct mr_call *c, const struct mr_event *event);

/* The operation that wrote it, as it is called: "letter receive"; those that
 * are no rows of the table, too. */
const char *mr_event_op(const struct mr_event *event);

#endif
