/*
 * What somebody should look at, nobody having asked: letters that lie too
 * long, pairings that fell silent, signatures that are owed, backups that are
 * old.
 */
#ifndef MR_ATTENTION_H
#define MR_ATTENTION_H

#include "lib/call.h"
#include "lib/out.h"

#define MR_BACKUP_OLD 2 /* days after which a backup is too old */

/* Letters in the house for longer than the setting late-after-days. */
enum mr_status mr_late_count(struct mr_call *c, int64_t *late);
/* Pairings without a letter for quiet-after-days: walks all of them. */
enum mr_status mr_quiet_count(struct mr_call *c, int64_t *quiet);

/* The list: {what, count, look, say}.  look: it wants somebody today. */
enum mr_status mr_attention(struct mr_call *c, struct mr_out *out);

#endif
