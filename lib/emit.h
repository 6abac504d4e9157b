/* The spelling of ids, days and times in an answer (design 10). */
#ifndef MR_EMIT_H
#define MR_EMIT_H

#include "lib/call.h"
#include "lib/out.h"

/* "C12"; null for 0. */
void mr_emit_id(struct mr_call *c, struct mr_out *out, const char *key,
    char letter, int64_t id);
/* "2026-11-23". */
void mr_emit_day(struct mr_out *out, const char *key, int64_t day);
/* The same, or null for 0. */
void mr_emit_day0(struct mr_out *out, const char *key, int64_t day);
/* RFC 3339 UTC. */
void mr_emit_time(struct mr_out *out, const char *key, int64_t at);
/* "$20.50" without the sign: money as text. */
void mr_emit_money(struct mr_out *out, const char *key, int64_t cents);

/* A user's name by id; "mailroom" for 0.  In the arena. */
const char *mr_user_shown(struct mr_call *c, int64_t id);

#endif
