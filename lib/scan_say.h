/* What can be done next with a letter that was scanned. */
#ifndef MR_SCAN_SAY_H
#define MR_SCAN_SAY_H

#include "lib/payload.h"
#include "lib/scan.h"

/* Fill verdict and say of a scan whose letter is known. */
enum mr_status mr_scan_say(struct mr_call *c, struct mr_scan *scan);

/*
 * A bench card or a badge whose tag is good.  code: the key as it is typed
 * ("M", "3"), "test 1", or the user's name.
 */
enum mr_status mr_scan_card(
    struct mr_call *c, const struct mr_payload *print, struct mr_scan *scan);
enum mr_status mr_scan_badge(
    struct mr_call *c, const struct mr_payload *print, struct mr_scan *scan);

#endif
