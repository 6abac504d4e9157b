/* Digits of an Intelligent Mail barcode.  See imb.h. */
#include "lib/imb.h"

#include <stdio.h>
#include <string.h>

#define SHORT_MAILERS 900000 /* below it a Mailer ID has 6 digits */
#define BARCODE_ID "00"
#define ENDORSED "700"
#define NOT_ENDORSED "300"

int
mr_mailer_id_ok(const char *typed)
{
	size_t len = strlen(typed);

	if (typed[strspn(typed, "0123456789")] != '\0')
		return 0;
	if (strcmp(typed, "0") == 0)
		return 1;
	if (len == 6)
		return typed[0] != '9' && strcmp(typed, "000000") != 0;
	return len == 9 && typed[0] == '9';
}

/* The digits of a ZIP or ZIP+4 into out; "" where it is neither. */
static void
routing(const char *zip, char out[10])
{
	size_t n = strspn(zip, "0123456789");

	out[0] = '\0';
	if (n != 5)
		return;
	if (zip[5] == '\0')
		memcpy(out, zip, 6);
	else if (zip[5] == '-' && strspn(zip + 6, "0123456789") == 4 &&
	    zip[10] == '\0') {
		memcpy(out, zip, 5);
		memcpy(out + 5, zip + 6, 5);
	}
}

void
mr_imb_make(const struct mr_imb *in, char out[MR_IMB_SIZE])
{
	int small = in->mailer < SHORT_MAILERS;
	char zip[10] = "";

	if (in->zip != NULL)
		routing(in->zip, zip);
	snprintf(out, MR_IMB_SIZE, BARCODE_ID "%s%0*lld%0*lld%s",
	    in->endorsed ? ENDORSED : NOT_ENDORSED, small ? 6 : 9,
	    (long long)in->mailer, small ? 9 : 6,
	    (long long)(in->serial % (small ? 1000000000 : 1000000)), zip);
}
