/*
 * Why a letter stands where it stands: code lists (domain 3.6, with what
 * design 5 adds), integers in the rows, words everywhere else.  Numbers stand
 * in rows and events for ever.
 */
#ifndef MR_REASON_H
#define MR_REASON_H

/* What a reason is for. */
enum mr_reason_use {
	MR_WHY_HELD = 1,
	MR_WHY_REFUSED = 2,  /* by a facility: white sticker */
	MR_WHY_RETURNED = 3, /* by the post office: yellow sticker */
	MR_WHY_CLOSED = 4,
	MR_WHY_STEP = 5 /* why a step was taken back */
};

/*
 * name, number, word, use, days until a held letter is looked at again,
 * safety (a volunteer is not told; releasing it wants a second person),
 * the sentence that tells what to do.
 */
#define MR_REASONS(X) \
	X(CONTACT, 1, "contact-details", HELD, 3, 0, \
	    "Something in it shows an address, a phone number or the like.") \
	X(MONEY, 2, "money", HELD, 3, 0, \
	    "There is money or something of value in it.") \
	X(ENCLOSURE, 3, "enclosure-rules", HELD, 3, 0, \
	    "Something in it may not go on.") \
	X(THIRD_PARTY, 4, "third-party", HELD, 7, 0, \
	    "There is a letter for somebody else in it.") \
	X(THREAT, 5, "threat", HELD, 1, 1, "A coordinator looks at it.") \
	X(SELF_HARM, 6, "self-harm", HELD, 1, 1, "A coordinator looks at it.") \
	X(SEXUAL, 7, "sexual", HELD, 3, 1, "A coordinator looks at it.") \
	X(REQUEST, 8, "request", HELD, 7, 0, \
	    "It asks for money, goods, favours or contact.") \
	X(LEGAL, 9, "legal-mail", HELD, 1, 0, \
	    "Legal mail. Do not open it; it goes back sealed.") \
	X(LANGUAGE, 10, "language", HELD, 14, 0, \
	    "It waits for somebody who reads the language.") \
	X(ILLEGIBLE, 11, "illegible", HELD, 7, 0, "It cannot be read.") \
	X(WRONG_PERSON, 12, "wrong-name", HELD, 3, 0, \
	    "The name in it is not the pen pal's.") \
	X(PAUSED, 13, "paused", HELD, 30, 0, "This pairing is paused.") \
	X(UNVERIFIED, 14, "address-unverified", HELD, 7, 0, \
	    "The address waits to be confirmed.") \
	X(TRANSIT, 15, "in-transit", HELD, 7, 0, "The person is being moved.") \
	X(SUBSTANCE, 16, "substance", HELD, 1, 1, \
	    "A coordinator looks at it. Wash your hands.") \
	X(STAFF, 17, "staff-query", HELD, 3, 0, \
	    "The coordinator has a question.") \
	X(ENDED, 18, "pairing-ended", HELD, 7, 0, "This pairing has ended.") \
	X(NO_PAIRING, 19, "no-pairing", HELD, 14, 0, \
	    "The writer has no pen pal yet.") \
	X(ADDRESS_UNKNOWN, 20, "address-unknown", HELD, 7, 0, \
	    "We have no address to send it to.") \
	X(ADDRESS_SUSPECT, 21, "address-suspect", HELD, 7, 0, \
	    "Mail to this address came back.") \
	X(FACILITY_RULE, 22, "facility-rule", HELD, 7, 0, \
	    "The facility does not take it like this.") \
	X(RETIRED_ID, 23, "retired-id", HELD, 7, 0, \
	    "This ID is no longer used.") \
	X(BLOCKED_ID, 24, "blocked-id", HELD, 3, 0, \
	    "This ID has been stopped.") \
	X(PHOTO, 25, "photo", HELD, 3, 0, "There is a photo in it.") \
	X(MOVED, 26, "moved", HELD, 3, 0, \
	    "The writer has moved: a coordinator changes the address.") \
	X(PERSON_PAUSED, 27, "person-paused", HELD, 30, 0, \
	    "The person is away for a while.") \
	X(PERSON_CLOSED, 28, "person-closed", HELD, 7, 0, \
	    "The person no longer takes part.") \
	X(CONFIRM, 29, "confirm-identity", HELD, 3, 0, \
	    "Staff check whose letter it is.") \
	X(FACILITY_CLOSED, 30, "facility-closed", HELD, 7, 0, \
	    "The facility takes no mail.") \
	X(UNPRINTABLE, 31, "unprintable", HELD, 3, 0, \
	    "A name or address cannot be printed as it is on file.") \
	X(LEAK, 32, "leak", HELD, 1, 0, \
	    "The page would have shown something of the other side.") \
	X(PROPOSED, 33, "pairing-proposed", HELD, 14, 0, \
	    "The pairing is not confirmed yet.") \
	X(WRONG_ENVELOPE, 34, "wrong-envelope", HELD, 1, 0, \
	    "It was found glued in the wrong envelope.") \
	X(RETURN_AGAIN, 35, "came-back", HELD, 7, 0, \
	    "It came back and waits for a decision.") \
	X(OTHER_SIDE, 36, "wrong-side", HELD, 3, 0, \
	    "The writer used the other side's ID.") \
	X(F_NO_ID, 64, "no-or-wrong-id", REFUSED, 0, 0, \
	    "No or wrong register number.") \
	X(F_NAME, 65, "name-mismatch", REFUSED, 0, 0, \
	    "Name and number do not match.") \
	X(F_NOT_HERE, 66, "not-at-facility", REFUSED, 0, 0, \
	    "Not at this facility.") \
	X(F_RELEASED, 67, "released", REFUSED, 0, 0, "Released.") \
	X(F_SENDER, 68, "incomplete-sender", REFUSED, 0, 0, \
	    "The sender's address is not complete.") \
	X(F_ENVELOPE, 69, "envelope-colour", REFUSED, 0, 0, \
	    "The envelope's colour or tint.") \
	X(F_LABEL, 70, "label-or-sticker", REFUSED, 0, 0, \
	    "A label or sticker.") \
	X(F_STAIN, 71, "stain-or-scent", REFUSED, 0, 0, \
	    "Stain, scent, glitter, crayon or marker.") \
	X(F_PAPER, 72, "paper-type", REFUSED, 0, 0, "The kind of paper.") \
	X(F_PAGES, 73, "pages", REFUSED, 0, 0, "Too many pages.") \
	X(F_PHOTOS, 74, "photos", REFUSED, 0, 0, "Photos.") \
	X(F_CARD, 75, "card", REFUSED, 0, 0, "A card.") \
	X(F_STAMPS, 76, "stamps-or-blank-paper", REFUSED, 0, 0, \
	    "Stamps or blank paper.") \
	X(F_PUBLICATION, 77, "publication", REFUSED, 0, 0, "A publication.") \
	X(F_LANGUAGE, 78, "language-refused", REFUSED, 0, 0, "The language.") \
	X(F_CODE, 79, "code", REFUSED, 0, 0, "A code.") \
	X(F_CONTENT, 80, "content", REFUSED, 0, 0, "The content.") \
	X(F_THIRD, 81, "third-party-refused", REFUSED, 0, 0, \
	    "Sent through a third party.") \
	X(F_VENDOR, 82, "vendor-address", REFUSED, 0, 0, \
	    "Mail goes to a vendor's address.") \
	X(F_NO_REASON, 83, "no-reason", REFUSED, 0, 0, \
	    "Refused without a reason.") \
	X(P_NOT_KNOWN, 96, "attempted-not-known", RETURNED, 0, 0, \
	    "Attempted, not known.") \
	X(P_INSUFFICIENT, 97, "insufficient-address", RETURNED, 0, 0, \
	    "Insufficient address.") \
	X(P_NO_NUMBER, 98, "no-such-number", RETURNED, 0, 0, \
	    "No such number.") \
	X(P_MOVED, 99, "moved-no-address", RETURNED, 0, 0, \
	    "Moved, left no address.") \
	X(P_EXPIRED, 100, "forward-expired", RETURNED, 0, 0, \
	    "Forwarding time expired.") \
	X(P_REFUSED, 101, "refused", RETURNED, 0, 0, "Refused.") \
	X(P_UNCLAIMED, 102, "unclaimed", RETURNED, 0, 0, "Unclaimed.") \
	X(P_VACANT, 103, "vacant", RETURNED, 0, 0, "Vacant.") \
	X(P_POSTAGE, 104, "postage-due", RETURNED, 0, 0, "Postage due.") \
	X(P_CAME_BACK, 105, "not-looked-at", RETURNED, 0, 0, \
	    "Came back; nobody has looked at the sticker yet.") \
	X(C_HANDED, 128, "handed-back", CLOSED, 0, 0, \
	    "Handed back unopened, or given to somebody outside the scheme.") \
	X(C_THROWN, 129, "thrown-away", CLOSED, 0, 0, "Thrown away.") \
	X(C_DESTROYED, 130, "destroyed", CLOSED, 0, 0, "Destroyed.") \
	X(C_AUTHORITY, 131, "given-to-authority", CLOSED, 0, 0, \
	    "Given to an authority.") \
	X(C_MISTAKE, 132, "logged-by-mistake", CLOSED, 0, 0, \
	    "Logged by mistake: there was no such letter.") \
	X(C_MERGED, 133, "same-as-another", CLOSED, 0, 0, \
	    "It was another letter of ours that came back.") \
	X(C_LOST, 134, "lost", CLOSED, 0, 0, \
	    "It cannot be found in the house.") \
	X(S_NOT_POSTED, 160, "not-posted", STEP, 0, 0, "It was still here.") \
	X(S_UNSEALED, 161, "unsealed", STEP, 0, 0, \
	    "The envelope was opened again.")

enum mr_reason {
	MR_NO_REASON = 0,
#define X(name, number, word, use, days, safety, say) MR_R_##name = number,
	MR_REASONS(X)
#undef X
};

struct mr_reason_row {
	int number;
	const char *word;
	enum mr_reason_use use;
	int days, safety;
	const char *say;
};

/* NULL: no such reason. */
const struct mr_reason_row *mr_reason(int number);
/* By word, of that use; NULL: no such. */
const struct mr_reason_row *
mr_reason_named(const char *word, enum mr_reason_use use);
/* Walk all: the first with index 0; NULL after the last. */
const struct mr_reason_row *mr_reason_at(unsigned index);

#endif
