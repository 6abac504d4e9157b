/* Parameters of an operation: words to values, once and for all types. */
#ifndef MR_OP_PARSE_H
#define MR_OP_PARSE_H

#include "lib/call.h"
#include "lib/op.h"

#define MR_INPUT_HASH 16

/*
 * The input struct of the operation, filled, in the call's arena, and a keyed
 * hash over all that was given, where there is a request key to keep it with;
 * else hash is left alone.  MR_USAGE: one is missing or of the wrong type; the
 * sentence names it and says what would be right.  MR_INVALID: text that is
 * not UTF-8.  Whatever a file parameter's front end answered.
 */
enum mr_status
mr_op_parse(struct mr_call *c, const struct mr_op *op, const struct mr_ask *ask,
    const void **input, unsigned char hash[MR_INPUT_HASH]);

#endif
