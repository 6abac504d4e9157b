/*
 * The thread that talks to the print server, so that a printer that is slow
 * holds nobody up but whoever prints on it.
 */
#ifndef MAILROOMD_PRESS_H
#define MAILROOMD_PRESS_H

#include "lib/mailroom.h"
#include "mailroomd/work.h"

#define PRESS_QUEUE 64 /* the most that may wait */
#define PRESS_FRESH 60 /* seconds for which a printer is taken to be there */

struct press;
/* NULL: *error says why.  press_stop does what waits, then ends. */
struct press *press_start(struct mr_error *error);
void press_stop(struct press *press);
/* 0, or -1: too much waits.  run() and done() get no handle and no loss. */
int press_add(struct press *press, struct work *work);

/* Was this printer seen ready within PRESS_FRESH seconds? */
int press_knows(struct press *press, const char *queue);
/* On the thread of the press: ask the print server, as mr_queue_ready. */
enum mr_status
press_ask(struct press *press, const char *queue, struct mr_error *error);
/* Send a page, as mr_queue_send; name: the file's. */
enum mr_status press_send(struct press *press, const char *queue,
    const char *name, const void *bytes, size_t len, struct mr_error *error);

#endif
