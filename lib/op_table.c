/*
 * The table: every operation, sorted by name.  A row is defined beside its
 * handlers in op_NOUN.c; here it is only listed.
 */
#include "lib/op.h"

#include <stdlib.h>
#include <string.h>

/* One a line, in the order of their names; test_ops.c holds it. */
#define MR_OPS(X)                                                             \
	X(audit_checkpoint)                                                   \
	X(audit_show)

#define X(name) extern const struct mr_op mr_op_##name;
MR_OPS(X)
#undef X

const struct mr_op *const mr_ops[] = {
#define X(name) &mr_op_##name,
    MR_OPS(X)
#undef X
};
const size_t mr_nops = sizeof(mr_ops) / sizeof(mr_ops[0]);

const struct mr_op *
mr_op_find(const char *name)
{
	size_t low = 0, high = mr_nops;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(name, mr_ops[middle]->name);

		if (order == 0)
			return mr_ops[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct mr_op *
mr_op_by_number(int number)
{
	for (size_t i = 0; i < mr_nops; i++)
		if (mr_ops[i]->number == number)
			return mr_ops[i];
	return NULL;
}
