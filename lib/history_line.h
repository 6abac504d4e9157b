/* Lines of a history, from the inside (history.h). */
#ifndef MR_HISTORY_LINE_H
#define MR_HISTORY_LINE_H

#include "lib/history.h"

/* A letter in one line: "A17 from Maria to Wren, 2 sheets, posted in B3
 * 2026-11-24".  Sets about and step. */
enum mr_status
mr_history_letter(struct mr_call *c, int64_t id, struct mr_history_line *line);
/* Whom an event is about: a rule is its facility's, an address or a sealed
 * record its person's.  In the arena. */
const char *mr_history_about(struct mr_call *c, const struct mr_event *e);

#endif
