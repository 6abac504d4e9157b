/* What can be done next with a letter that was scanned. */
#ifndef MR_SCAN_SAY_H
#define MR_SCAN_SAY_H

#include "lib/scan.h"

/* Fill verdict and say of a scan whose letter is known. */
enum mr_status mr_scan_say(struct mr_call *c, struct mr_scan *scan);

#endif
