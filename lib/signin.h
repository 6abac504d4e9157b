/*
 * Signing in, for a front end that serves people for hours: who is it, and
 * the key that their passphrase opens.  Public, as mailroom.h is.
 */
#ifndef MR_SIGNIN_H
#define MR_SIGNIN_H

#include "lib/mailroom.h"

/* Who signed in.  secret is the secret half of their key pair, for
 * mr_ask.secret; whoever has the struct wipes it. */
struct mr_signed {
	int64_t user;
	unsigned role;
	char name[64];
	int holds; /* 1: with a grant of the vault in force */
	unsigned char secret[32];
};

/*
 * Is it the passphrase of that user?  Costs the same time whether there is
 * such a user or not (about 0.1 s, 64 MiB), so run one at a time.
 * MR_DENIED: no; the sentence does not tell which of the two was wrong.
 * MR_DAMAGED, MR_NOMEM, MR_BUSY.
 */
enum mr_status mr_sign_in(struct mr *mr, const char *name,
    const char *passphrase, struct mr_signed *who, struct mr_error *error);

/* Close the vault that an operation opened on this handle, so that its key is
 * nowhere but with the session. */
void mr_lock(struct mr *mr);

/* Is the user still active, and has that role still?  MR_DENIED: no. */
enum mr_status mr_still_signed(
    struct mr *mr, const struct mr_signed *who, struct mr_error *error);

#endif
