/* The day from the inside: sums that day.c, day_till.c and day_look.c share. */
#ifndef MR_DAY_TILL_H
#define MR_DAY_TILL_H

#include "lib/day.h"

/* Letters that were here when the day began: those of now, less what the
 * counts of that day and of later ones brought and took. */
enum mr_status mr_day_brought(struct mr_call *c, int64_t day, int64_t *brought);

/* The newest row older than that day; its day is -1 when there is none. */
enum mr_status
mr_day_before(struct mr_call *c, int64_t day, struct mr_day *row);

/*
 * What a close writes into its event, so that the day can be shown as it was:
 * brought pieces extra office refound posted handed thrown carried logged
 * sealed stubs red yellow blue bench cents from_site to_site, a blank
 * between.  The length.
 */
#define MR_DAY_WRITTEN 432
size_t mr_day_write(const struct mr_till *till, const struct mr_hands *hands,
    char written[MR_DAY_WRITTEN]);

/* What differs, by how many, which letters it can be about; "" when nothing
 * does.  In the arena. */
enum mr_status mr_day_compare(struct mr_call *c, int64_t day,
    const struct mr_till *till, const struct mr_hands *should,
    const struct mr_hands *hands, const char **differs);

#endif
