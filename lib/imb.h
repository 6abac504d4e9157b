/*
 * The digits of an Intelligent Mail barcode, which an office with a Mailer ID
 * has on its envelopes to volunteers.  USPS-B-3200: barcode id 00, service
 * type 3, Mailer ID 6 or 9, serial 9 or 6, ZIP 0, 5 or 9.  No personal data
 * but the ZIP, which stands in the address above it.
 *
 * Service types, from the USPS STID table (PostalPro, 21 January 2024; 700
 * also in the DMM Advisory of 18 February 2010): First-Class Mail, basic or
 * nonautomation, without tracking: 700 where an endorsement is printed, whose
 * news of moves come on paper; 300 where none is.  The electronic ones (341,
 * 080 ...) need an account for corrections, and stamped mail none of it.
 */
#ifndef MR_IMB_H
#define MR_IMB_H

#include <stdint.h>

#define MR_IMB_SIZE 32 /* with NUL */

/* "0" for none, 6 digits from 000001 to 899999, 9 digits that begin with 9:
 * how the post office numbers them. */
int mr_mailer_id_ok(const char *typed);

struct mr_imb {
	int64_t mailer;  /* the setting: up to 899999 it has 6 digits */
	int64_t serial;  /* a letter's id; wraps at what the digits hold */
	int endorsed;    /* an endorsement is printed */
	const char *zip; /* "06810", "06810-1138"; anything else: left out */
};
/* The digits into out; mailer is not 0. */
void mr_imb_make(const struct mr_imb *in, char out[MR_IMB_SIZE]);

#endif
