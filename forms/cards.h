/*
 * Pieces that are filled in, kept or cut by a hand: the card with a forwarding
 * ID, the slip for what was found in a letter, the page for a day without
 * power.  Part of forms.h, which says how all of them are used.
 */
#ifndef FORMS_CARDS_H
#define FORMS_CARDS_H

/*
 * ID card of a participant, one on a page of its own: our address to copy
 * line by line with the DEPT line large, how to write it, which characters it
 * never holds.  It goes with the welcome letter.  To outside it is framed to
 * be cut out; to inside it is a plain page.  Nothing on it is coded but the
 * DEPT line.  FORM_BADVALUE: no addressee, pen name or ID.
 */
struct form_id_card {
	struct form_piece piece;
	enum form_lang lang;   /* of the holder */
	struct form_date date; /* of the print */
	struct form_text name; /* pen name of the holder */
	struct form_text id;   /* as written: K7M-4RP-TMK */
};
enum form_status form_id_card_add(struct form_doc *doc,
    const struct form_id_card *card, struct form_fault *fault);

/* What was found in a letter, and what became of it. */
enum form_found { FORM_MONEY, FORM_PHOTO, FORM_STAMPS, FORM_OBJECT, FORM_CARD };
enum form_fate {
	FORM_KEPT,
	FORM_GOES_ON,
	FORM_GOES_BACK,
	FORM_BANKED,
	FORM_DESTROYED
};

/*
 * Slip for what was found in a letter, torn in the middle.  The upper half is
 * the receipt of who wrote the letter: no code, no number, nothing of the
 * other side.  The lower half stays in the office, with two signatures.
 * FORM_BADVALUE: no addressee, money without cents or above
 * FORM_AMOUNT_MOST.
 */
struct form_slip {
	struct form_piece piece; /* for the writer */
	enum form_lang lang;     /* of the writer */
	struct form_date date;   /* of the print */
	struct form_text writer; /* pen name */
	struct form_text slip;   /* E3 */
	struct form_text code;   /* letter code */
	struct form_text number; /* A17 */
	enum form_found kind;
	long count;
	int64_t cents; /* money only */
	enum form_fate fate;
	struct form_text by;    /* who decided, or found it */
	struct form_date found; /* the day */
};
enum form_status form_slip_add(struct form_doc *doc,
    const struct form_slip *slip, struct form_fault *fault);

/*
 * Cents in words: "twenty dollars and 5 cents", "veinte dólares con 5
 * centavos".  NUL-terminated in size bytes (256 is enough for any).  0, or -1:
 * below 0 or above the most.
 */
#define FORM_AMOUNT_MOST INT64_C(99999999999)
int form_amount(enum form_lang lang, int64_t cents, char *out, size_t size);

/*
 * Page for a day without power: a cover sheet with lines to fill in by hand.
 * Above the tear line no code and nobody's name, so that it may go either
 * way; the stub has the letter code that the letter gets when it is keyed in.
 */
struct form_blank {
	enum form_lang lang;      /* of the part that travels */
	struct form_date date;    /* of the print */
	struct form_text code;    /* letter code */
	struct form_text payload; /* QR payload L..., copy 1 */
	struct form_text number;  /* of the page, "12" */
};
enum form_status form_blank_add(struct form_doc *doc,
    const struct form_blank *blank, struct form_fault *fault);

#endif
