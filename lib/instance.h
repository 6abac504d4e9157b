/*
 * Which daemon serves a site.  It has a row, and its heart beats there; a
 * second one looks whether it does before it begins.  Clocks of two machines
 * differ, so nobody compares times: a beat is a count that grows.
 *
 * This keeps a mistake from happening.  It is no lock: where two daemons serve
 * one site all the same, the chain keeps them in order, since no event has the
 * number of another.
 */
#ifndef MR_INSTANCE_H
#define MR_INSTANCE_H

#include <stdint.h>

#include "lib/mailroom.h"

/* How often it beats, and how long one that is still is watched. */
#define MR_INSTANCE_BEAT 5   /* seconds */
#define MR_INSTANCE_WATCH 20 /* seconds; several beats */

struct mr_instance {
	unsigned char run[16];
	unsigned char machine[16]; /* zeros: this one cannot be told */
	char host[128];
	int64_t process, since, beats;
};

/* Ourselves, from now on. */
void mr_instance_own(struct mr_instance *own);

/* The one that serves the handle's site.  MR_NOTFOUND: none does. */
enum mr_status mr_instance_look(
    struct mr *mr, struct mr_instance *there, struct mr_error *error);
/*
 * Does its heart still beat?  Looks for MR_INSTANCE_WATCH seconds.  MR_OK: it
 * stood still.  MR_NOTFOUND: it ended.  MR_REFUSED: it lives, as
 * mr_instance_refuse says.
 */
enum mr_status mr_instance_watch(
    struct mr *mr, const struct mr_instance *there, struct mr_error *error);
/* Does nobody serve a site?  Outside a transaction.  MR_OK: no, or it is gone
 * or stands still, which takes as long.  MR_REFUSED: *there is who, and no
 * sentence is said. */
enum mr_status
mr_instance_quiet(struct mr_call *c, int64_t site, struct mr_instance *there);
/* 1: it ran on this machine, and there is no such process any more. */
int mr_instance_gone(
    const struct mr_instance *there, const struct mr_instance *own);
/* MR_REFUSED, with the sentence that says where it runs and what to do. */
enum mr_status
mr_instance_refuse(const struct mr_instance *there, struct mr_error *error);

/*
 * Take the place: of `there`, as it was seen (NULL: of nobody), or with
 * `force` of whoever has it.
 * MR_REFUSED: somebody has come, or the heart has beaten since.
 */
enum mr_status mr_instance_take(struct mr *mr, const struct mr_instance *own,
    const struct mr_instance *there, int force, struct mr_error *error);
/* We live.  Inside a group it is part of it, alone a transaction of its own.
 * MR_REFUSED: another has taken our place. */
enum mr_status mr_instance_beat(
    struct mr *mr, const struct mr_instance *own, struct mr_error *error);
/* We end: the place is free, where it is still ours.  As above. */
enum mr_status mr_instance_leave(
    struct mr *mr, const struct mr_instance *own, struct mr_error *error);

#endif
