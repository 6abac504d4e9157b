/*
 * What a letter of ours says and speaks of, so that its page can be drawn, and
 * drawn again, as it was written.  Writing one is letter_new.h.
 */
#ifndef MR_WRITING_NOUN_H
#define MR_WRITING_NOUN_H

#include "lib/letter.h"
#include "lib/paper.h"
#include "lib/person.h"

/* The letters that come with the program: name, number in the letter's row,
 * name in the wording.  Numbers stand for ever. */
#define MR_FORMS(X) \
	X(ADD_YOUR_ID, 1, "add-your-id") \
	X(WELCOME, 2, "welcome") \
	X(WAITING_LIST, 3, "waiting-list") \
	X(INTRODUCTION, 4, "introduction") \
	X(ENCLOSURE_RETURNED, 5, "enclosure-returned") \
	X(LETTER_HELD, 6, "letter-held") \
	X(LETTER_REFUSED, 7, "letter-refused") \
	X(NEW_ADDRESS, 8, "new-address") \
	X(PAIRING_ENDED, 9, "pairing-ended") \
	X(MONEY_RECEIVED, 10, "money-received")
enum mr_form {
#define X(name, number, word) MR_FORM_##name = number,
	MR_FORMS(X)
#undef X
	    MR_FORM_OWN = 99 /* the office's: the writing has its name */
};
/* By number; NULL: none of ours.  And back: MR_FORM_OWN for any other. */
const char *mr_form_name(int form);
int mr_form_of(const char *name);

struct mr_writing {
	int64_t id;                        /* of the letter */
	int64_t pairing, about, enclosure; /* 0: none */
	const char *form;
	int reason;         /* why it was held or refused, 0: none */
	int64_t day, until; /* it reached us; last day to object; 0: none */
	int copy;           /* newest page */
	int64_t version, event;
};

/*
 * Of an office letter, proved.  One that was written before writings were kept
 * has a name and nothing else (event 0).  MR_DAMAGED.
 */
enum mr_status mr_writing_of(
    struct mr_call *c, const struct mr_letter *letter, struct mr_writing *w);
/* extra, ending in MR_F_END, goes into its event; NULL: nothing. */
enum mr_status mr_writing_insert(
    struct mr_call *c, struct mr_writing *w, const struct mr_field *extra);
/* Its page was printed, as that copy. */
enum mr_status
mr_writing_printed(struct mr_call *c, const struct mr_writing *w, int copy);

/* Who has written a letter that we got; 0: nobody knows, or it is ours. */
enum mr_status mr_writing_writer(
    struct mr_call *c, const struct mr_letter *letter, int64_t *writer);
/* The other one of a pairing; 0: no pairing. */
enum mr_status mr_writing_pal(
    struct mr_call *c, int64_t pairing, int64_t person, int64_t *pal);
/* How many living pairings a person has, and which where it is one (else 0). */
enum mr_status
mr_writing_pairing(struct mr_call *c, int64_t person, int64_t *pairing, int *n);
/* The pairing whose ID an office letter shows; 0: none. */
enum mr_status mr_writing_answers(
    struct mr_call *c, const struct mr_letter *letter, int64_t *pairing);

/* Where we have no words in a language: "in English, since we have no words in fr".  NULL:
 * we have. */
const char *mr_language_note(struct mr_call *c, const char *language);
/* The same for many: gathered one by one, then told.  Begin with {0, ""}. */
struct mr_notes {
	int n;
	const char *languages; /* each once, ", " between */
};
enum mr_status mr_language_gather(
    struct mr_call *c, const char *language, struct mr_notes *notes);
const char *mr_language_notes(struct mr_call *c, const struct mr_notes *notes);

#endif
