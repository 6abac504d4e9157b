/*
 * The same words again, until nothing is left.  See rounds.h.
 */
#include <stdio.h>
#include <string.h>

#include "cli/rounds.h"

/* A second time takes none of what was for the first. */
static const char *
get_again(void *arg, const char *name)
{
	struct cli *cli = arg;
	const char *first_only = cli->args.op->first_only;

	if (first_only != NULL && strcmp(name, first_only) == 0)
		return NULL;
	return cli_get(cli, name);
}

/* Every run is a request of its own, and has its key where the first has. */
static int
next_key(struct mr_ask *ask, const char *first, int round, char **key,
    struct mr_arena *arena)
{
	size_t size;

	if (first == NULL)
		return 0;
	size = strlen(first) + 16;
	if (*key == NULL)
		*key = mr_alloc(arena, size);
	if (*key == NULL)
		return -1;
	snprintf(*key, size, "%s/%d", first, round);
	ask->request = *key;
	return 0;
}

/* Is there a place for another file? */
static int
goes_on(const struct cli *cli, const struct mr_out *sum)
{
	return rounds_left(sum) > 0 && cli->paper.error.status == MR_OK &&
	    !sum->failed &&
	    (cli->paper.path == NULL || strcmp(cli->paper.path, "-") != 0);
}

enum mr_status
cli_rounds(struct cli *cli, struct mr_ask *ask, struct mr_arena *arena,
    struct mr_out *to, int *rounds)
{
	const struct mr_op *op = cli->args.op;
	const char *first = ask->request;
	enum mr_status status;
	struct mr_out *sum;
	char *key = NULL;

	*rounds = 0;
	sum = op->again != NULL ? rounds_sum(arena, to, op->again) : to;
	if (sum == NULL)
		return cli_fail(cli, MR_NOMEM, "memory ran out");
	for (;;) {
		status = cli_do(cli, op, ask, sum);
		if (status != MR_OK || op->again == NULL)
			break;
		++*rounds;
		if (!goes_on(cli, sum) ||
		    (cli->paper.path != NULL && paper_next(&cli->paper) != 0))
			break;
		cli_progress_next();
		ask->get = get_again;
		if (next_key(ask, first, *rounds + 1, &key, arena) != 0) {
			status = cli_fail(cli, MR_NOMEM, "memory ran out");
			break;
		}
	}
	cli_progress_end();
	paper_tell(&cli->paper);
	if (*rounds > 0)
		rounds_tell(sum);
	return status;
}
