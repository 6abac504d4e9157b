/*
 * Signing in, for a front end that serves people for hours: who is it, and
 * the key that their passphrase opens.  Public, as mailroom.h is.
 */
#ifndef MR_SIGNIN_H
#define MR_SIGNIN_H

#include "lib/mailroom.h"

/* By what they showed who they are. */
enum mr_signed_by { MR_BY_PASSPHRASE = 1, MR_BY_BADGE, MR_BY_CODE };

/* Who signed in.  secret is the secret half of their key pair, for
 * mr_ask.secret, after a passphrase; whoever has the struct wipes it. */
struct mr_signed {
	int64_t user;
	unsigned role;
	char name[64];
	int holds; /* 1: with a grant of the vault in force */
	enum mr_signed_by by;
	int64_t mark[2]; /* of what they showed: another one ends the session */
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

/*
 * Is it the newest badge of an active volunteer, as it is scanned, and their
 * PIN?  Cost and statuses as above; what was wrong is not told.  The handle
 * has the office's keys.
 */
enum mr_status mr_sign_in_badge(struct mr *mr, const char *badge,
    const char *pin, struct mr_signed *who, struct mr_error *error);

/*
 * Is it the code that an admin made for a user's first sign-in (op `user
 * invite`)?  Whoever signs in so is to do nothing but choose a passphrase,
 * which uses the code up.  MR_DENIED: no, or not in force any more.
 */
enum mr_status mr_sign_in_code(struct mr *mr, const char *name,
    const char *code, struct mr_signed *who, struct mr_error *error);

/*
 * Is it really they who ask?  The passphrase of somebody who signed in with
 * one, the PIN of somebody with a badge, before what may not be done at a
 * station that was left alone.  MR_LOCKED: no.  Cost and other statuses as
 * above.
 */
enum mr_status mr_sign_again(struct mr *mr, const struct mr_signed *who,
    const char *proof, struct mr_error *error);

/* Close the vault that an operation opened on this handle, so that its key is
 * nowhere but with the session. */
void mr_lock(struct mr *mr);

/* Is the user still active, with that role, and is what they signed in with
 * still in force?  MR_DENIED: no. */
enum mr_status mr_still_signed(
    struct mr *mr, const struct mr_signed *who, struct mr_error *error);

#endif
