/*
 * The bytes of an event: canonical, big-endian, length-prefixed (design 8;
 * docs/chain.md).  Pure arithmetic; chain.c stores and links them.
 */
#ifndef MR_EVENT_H
#define MR_EVENT_H

#include "lib/chain.h"

#define MR_EVENT_MAX 1024
#define MR_HASH 32

/* Encode.  Length, or 0 when it does not fit or a number is negative. */
size_t
mr_event_encode(const struct mr_event *event, unsigned char body[MR_EVENT_MAX]);
/* Decode; field bytes point into body.  0, or -1: no event's bytes. */
int
mr_event_decode(struct mr_event *event, const unsigned char *body, size_t len);

/* hash_n from hash_{n-1}, the sequence number and the body's digest. */
void
mr_chain_digest(const void *body, size_t len, unsigned char digest[MR_HASH]);
void mr_chain_link(const unsigned char before[MR_HASH], int64_t seq,
    const unsigned char digest[MR_HASH], unsigned char hash[MR_HASH]);
/* hash_0 of an office's site. */
void mr_chain_start(
    const unsigned char office[16], int64_t site, unsigned char hash[MR_HASH]);

/* Is the field bytes, not a number? */
int mr_field_is_bytes(int tag);
/* Its key in `audit show`; NULL: no such tag. */
const char *mr_field_name(int tag);

#endif
