/* The exchange of a pairing: its letters with the days they came and went. */
#ifndef MR_EXCHANGE_H
#define MR_EXCHANGE_H

#include "lib/letter.h"

struct mr_exchange {
	struct mr_letter letter;
	int came;     /* day it reached us first */
	int posted;   /* first; days, 0: never */
	int returned; /* last */
	int again;    /* posted once more after it had come back */
	int days; /* with us: until it was posted or closed, else until now */
};
typedef enum mr_status (*mr_exchange_each)(
    struct mr_call *c, void *arg, const struct mr_exchange *line);

/* The newest `last` letters of a pairing, newest first; a failure of `each`
 * ends it.  What retention dropped of their events is not told. */
enum mr_status mr_pairing_exchange(struct mr_call *c, int64_t pairing,
    int64_t last, mr_exchange_each each, void *arg);

#endif
