/*
 * Operations that say how much they left (mr_op.again): run again with the
 * same words until nothing is left, each time a transaction and a file of its
 * own, and answer once for all.
 */
#ifndef CLI_ROUNDS_H
#define CLI_ROUNDS_H

#include "cli/cli.h"

/*
 * mr_op_run, as often as it takes; the answer goes to `to` when the last has
 * ended, and *rounds says how many of them were done.  Where a later one fails
 * its status is returned, and the answer tells what was done before.
 */
enum mr_status cli_rounds(struct cli *cli, struct mr_ask *ask,
    struct mr_arena *arena, struct mr_out *to, int *rounds);

/*
 * One answer made of several, a map each: whole numbers are added up, but of
 * the key `last` the last counts; lists are put together; of other values the
 * first stays.  Documents are handed on at once.  NULL: memory is short.
 */
struct mr_out *
rounds_sum(struct mr_arena *arena, struct mr_out *to, const char *last);

/* What stands under the key `last`, 0 where nothing does.  And give the whole
 * answer to where it goes. */
int64_t rounds_left(const struct mr_out *sum);
void rounds_tell(struct mr_out *sum);

#endif
