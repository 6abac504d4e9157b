/*
 * The words on the forms, in each language: `key = text with {placeholders}`.
 * The list below is the whole truth: a key that is not in it, that is missing
 * or that holds a placeholder not named here is an error with file and line.
 * Keys of office letters are free in NAME: letter.NAME.N is their paragraph N,
 * letter.NAME.N.inside and letter.NAME.N.outside take its place for a reader
 * of that side.
 */
#ifndef FORMS_WORDING_H
#define FORMS_WORDING_H

#include "forms/forms.h"
#include "forms/mem.h"

/* enum name, key, placeholders that the text may hold */
#define WORDS(X) \
	X(DATE, "date", "day month year") \
	X(MONTH1, "month.1", "") \
	X(MONTH2, "month.2", "") \
	X(MONTH3, "month.3", "") \
	X(MONTH4, "month.4", "") \
	X(MONTH5, "month.5", "") \
	X(MONTH6, "month.6", "") \
	X(MONTH7, "month.7", "") \
	X(MONTH8, "month.8", "") \
	X(MONTH9, "month.9", "") \
	X(MONTH10, "month.10", "") \
	X(MONTH11, "month.11", "") \
	X(MONTH12, "month.12", "") \
	X(PAGE, "page", "n total") \
	X(DEPT, "dept", "id") \
	X(COVER_FOR, "cover.for", "to") \
	X(COVER_FROM, "cover.from", "from") \
	X(COVER_ANSWER, "cover.answer", "") \
	X(COVER_COPY_OUT, "cover.copy.outside", "from to") \
	X(COVER_COPY_IN, "cover.copy.inside", "from to") \
	X(COVER_RULE_OUT, "cover.rule.outside", "from to") \
	X(COVER_RULE_IN, "cover.rule.inside", "from to") \
	X(COVER_RULE_OFFICE, "cover.rule.office", "to") \
	X(COVER_BACK, "cover.back", "") \
	X(COVER_BACK_WHY, "cover.back.why", "reason") \
	X(COVER_BACK_NOTE, "cover.back.note", "") \
	X(COVER_CUT, "cover.cut", "") \
	X(STUB_TEAR, "stub.tear", "") \
	X(STUB_FROM, "stub.from", "") \
	X(STUB_TO, "stub.to", "") \
	X(STUB_SHEETS, "stub.sheets", "") \
	X(STUB_UNCOUNTED, "stub.uncounted", "") \
	X(STUB_WITH, "stub.with", "") \
	X(STUB_NOTHING, "stub.nothing", "") \
	X(STUB_PRINTED, "stub.printed", "") \
	X(STUB_COPY, "stub.copy", "n") \
	X(STUB_RULER, "stub.ruler", "") \
	X(WAY_INSIDE, "way.inside", "") \
	X(WAY_OUTSIDE, "way.outside", "") \
	X(WAY_BACK, "way.back", "") \
	X(OUTER_PRINTED, "outer.printed", "date") \
	X(OUTER_FOLD, "outer.fold", "envelope") \
	X(MANIFEST_TITLE, "manifest.title", "batch") \
	X(MANIFEST_CLOSED, "manifest.closed", "date by") \
	X(MANIFEST_TOTAL, "manifest.total", "n inside outside back") \
	X(MANIFEST_WEIGHED, "manifest.weighed", "stamps grams") \
	X(MANIFEST_NUMBER, "manifest.number", "") \
	X(MANIFEST_CODE, "manifest.code", "") \
	X(MANIFEST_FROM, "manifest.from", "") \
	X(MANIFEST_TO, "manifest.to", "") \
	X(MANIFEST_WAY, "manifest.way", "") \
	X(MANIFEST_STAMPS, "manifest.stamps", "") \
	X(MANIFEST_GRAMS, "manifest.grams", "") \
	X(MANIFEST_WITNESS, "manifest.witness", "") \
	X(MANIFEST_WHY, "manifest.why", "") \
	X(MANIFEST_PLACE, "manifest.place", "site seq") \
	X(MANIFEST_ENTRY, "manifest.entry", "office seq") \
	X(MANIFEST_SIGN1, "manifest.sign.1", "") \
	X(MANIFEST_SIGN2, "manifest.sign.2", "") \
	X(RECOVERY_TITLE, "recovery.title", "") \
	X(RECOVERY_OFFICE, "recovery.office", "office id date") \
	X(RECOVERY_WHAT, "recovery.what", "") \
	X(RECOVERY_KEY, "recovery.key", "") \
	X(RECOVERY_HOW, "recovery.how", "") \
	X(RECOVERY_STEP1, "recovery.step.1", "") \
	X(RECOVERY_STEP2, "recovery.step.2", "") \
	X(RECOVERY_STEP3, "recovery.step.3", "") \
	X(RECOVERY_STEP4, "recovery.step.4", "") \
	X(RECOVERY_CARE, "recovery.care", "") \
	X(RECOVERY_SIGN, "recovery.sign", "") \
	X(RULER_TITLE, "ruler.title", "printer") \
	X(RULER_PRINTED, "ruler.printed", "n date") \
	X(RULER_FULL, "ruler.full", "") \
	X(RULER_HOW, "ruler.how", "") \
	X(RULER_A, "ruler.a", "mm") \
	X(RULER_B, "ruler.b", "mm") \
	X(RULER_C, "ruler.c", "mm") \
	X(RULER_D, "ruler.d", "mm") \
	X(RULER_RIGHT, "ruler.right", "") \
	X(RULER_TYPE, "ruler.type", "") \
	X(RULER_AGAIN, "ruler.again", "") \
	X(HISTORY_PRINTED, "history.printed", "date") \
	X(HISTORY_NONE, "history.none", "") \
	X(DAY_TITLE, "day.title", "date") \
	X(DAY_SITE, "day.site", "site") \
	X(DAY_TILL, "day.till", "") \
	X(DAY_MONEY, "day.money", "") \
	X(DAY_NO_MONEY, "day.money.none", "") \
	X(DAY_COUNTERSIGN, "day.countersign", "") \
	X(DAY_NO_COUNTERSIGN, "day.countersign.none", "") \
	X(DAY_WHAT, "day.what", "") \
	X(DAY_WHO, "day.who", "") \
	X(DAY_WHEN, "day.when", "") \
	X(DAY_SIGNED, "day.signed", "") \
	X(DAY_SIGN1, "day.sign.1", "") \
	X(DAY_SIGN2, "day.sign.2", "") \
	X(BENCH_TITLE, "bench.title", "") \
	X(BENCH_HOW, "bench.how", "") \
	X(BENCH_N, "bench.n", "") \
	X(BENCH_N_WHAT, "bench.n.what", "") \
	X(BENCH_M, "bench.m", "") \
	X(BENCH_M_WHAT, "bench.m.what", "") \
	X(BENCH_P, "bench.p", "") \
	X(BENCH_P_WHAT, "bench.p.what", "") \
	X(BENCH_A, "bench.a", "") \
	X(BENCH_A_WHAT, "bench.a.what", "") \
	X(BENCH_W, "bench.w", "") \
	X(BENCH_W_WHAT, "bench.w.what", "") \
	X(BENCH_E, "bench.e", "") \
	X(BENCH_E_WHAT, "bench.e.what", "") \
	X(BENCH_B, "bench.b", "") \
	X(BENCH_B_WHAT, "bench.b.what", "") \
	X(BENCH_L, "bench.l", "") \
	X(BENCH_L_WHAT, "bench.l.what", "") \
	X(BENCH_U, "bench.u", "") \
	X(BENCH_U_WHAT, "bench.u.what", "") \
	X(BENCH_COUNTS, "bench.counts", "") \
	X(BENCH_COUNTS_HOW, "bench.counts.how", "") \
	X(BADGE_TITLE, "badge.title", "") \
	X(BADGE_VOLUNTEER, "badge.volunteer", "") \
	X(BADGE_STAFF, "badge.staff", "") \
	X(BADGE_COORDINATOR, "badge.coordinator", "") \
	X(BADGE_ADMIN, "badge.admin", "") \
	X(BADGE_COPY, "badge.copy", "n date") \
	X(BADGE_CUT, "badge.cut", "") \
	X(BADGE_USE, "badge.use", "") \
	X(BADGE_LOST, "badge.lost", "") \
	X(SCANNER_TITLE, "scanner.title", "") \
	X(SCANNER_WHAT, "scanner.what", "") \
	X(SCANNER_STEP1, "scanner.step.1", "") \
	X(SCANNER_STEP2, "scanner.step.2", "") \
	X(SCANNER_STEP3, "scanner.step.3", "") \
	X(SCANNER_STEP4, "scanner.step.4", "") \
	X(SCANNER_STEP4_LASER, "scanner.step.4.laser", "") \
	X(SCANNER_STEP5, "scanner.step.5", "") \
	X(SCANNER_STEP6, "scanner.step.6", "") \
	X(SCANNER_STEP7, "scanner.step.7", "") \
	X(SCANNER_STEP8, "scanner.step.8", "") \
	X(SCANNER_PROVE, "scanner.prove", "") \
	X(SCANNER_HOW, "scanner.how", "") \
	X(SCANNER_TEST, "scanner.test", "n") \
	X(SCANNER_LASER, "scanner.laser", "") \
	X(SCANNER_WRONG1, "scanner.wrong.1", "") \
	X(SCANNER_WRONG2, "scanner.wrong.2", "") \
	X(CARD_TITLE, "card.title", "") \
	X(CARD_FOR, "card.for", "name") \
	X(CARD_COPY, "card.copy", "") \
	X(CARD_CUT, "card.cut", "") \
	X(CARD_HOW, "card.how", "") \
	X(CARD_HOW1, "card.how.1", "") \
	X(CARD_HOW2, "card.how.2", "") \
	X(CARD_HOW3, "card.how.3", "") \
	X(CARD_HOW4, "card.how.4", "") \
	X(CARD_SIGN_IN, "card.sign.inside", "name") \
	X(CARD_SIGN_OUT, "card.sign.outside", "name") \
	X(SLIP_TITLE, "slip.title", "") \
	X(SLIP_FOUND, "slip.found", "name") \
	X(SLIP_MONEY, "slip.what.money", "figures words") \
	X(SLIP_PHOTO, "slip.what.photo", "n") \
	X(SLIP_STAMPS, "slip.what.stamps", "n") \
	X(SLIP_OBJECT, "slip.what.object", "n") \
	X(SLIP_CARD, "slip.what.card", "n") \
	X(SLIP_KEPT, "slip.kept", "") \
	X(SLIP_GOES_ON, "slip.goes.on", "") \
	X(SLIP_GOES_BACK, "slip.goes.back", "") \
	X(SLIP_BANKED, "slip.banked", "") \
	X(SLIP_DESTROYED, "slip.destroyed", "") \
	X(SLIP_ASK_MONEY, "slip.ask.money", "") \
	X(SLIP_ASK, "slip.ask", "") \
	X(SLIP_FOR_US, "slip.for.us", "") \
	X(SLIP_OFFICE, "slip.office", "slip") \
	X(SLIP_LETTER, "slip.letter", "") \
	X(SLIP_DAY, "slip.day", "") \
	X(SLIP_NUMBER, "slip.number", "date number") \
	X(SLIP_WHAT, "slip.what", "") \
	X(SLIP_FATE, "slip.fate", "") \
	X(SLIP_FATE_KEPT, "slip.fate.kept", "") \
	X(SLIP_FATE_ON, "slip.fate.on", "") \
	X(SLIP_FATE_BACK, "slip.fate.back", "") \
	X(SLIP_FATE_BANKED, "slip.fate.banked", "") \
	X(SLIP_FATE_DESTROYED, "slip.fate.destroyed", "") \
	X(SLIP_BY, "slip.by", "") \
	X(SLIP_SIGN1, "slip.sign.1", "") \
	X(SLIP_SIGN2, "slip.sign.2", "") \
	X(BLANK_DATE, "blank.date", "") \
	X(BLANK_FOR, "blank.for", "") \
	X(BLANK_FROM, "blank.from", "") \
	X(BLANK_DEPT, "blank.dept", "") \
	X(BLANK_RULE, "blank.rule", "") \
	X(BLANK_NUMBER, "blank.number", "") \
	X(BLANK_PAGE, "blank.page", "n") \
	X(BLANK_PRINTED, "blank.printed", "date") \
	X(BLANK_ID, "blank.id", "") \
	X(BLANK_MONEY, "blank.money", "") \
	X(BLANK_PHOTO, "blank.photo", "") \
	X(BLANK_MOVED, "blank.moved", "") \
	X(BLANK_NAME, "blank.name", "") \
	X(BLANK_LEGAL, "blank.legal", "") \
	X(BLANK_NO_ID, "blank.no-id", "") \
	X(BLANK_LATER, "blank.later", "") \
	X(DAY_HAND, "day.hand", "") \
	X(DAY_HAND_LETTER, "day.hand.letter", "") \
	X(DAY_HAND_MONEY, "day.hand.money", "") \
	X(DAY_HAND_WHAT, "day.hand.what", "") \
	X(DAY_HAND_TOTAL, "day.hand.total", "") \
	X(LETTER_DEAR, "letter.dear", "name") \
	X(LETTER_CLOSE, "letter.close", "") \
	X(LETTER_SIGNED, "letter.signed", "office") \
	X(WHY_F_NO_ID, "why.no-or-wrong-id", "") \
	X(WHY_F_NAME, "why.name-mismatch", "") \
	X(WHY_F_NOT_HERE, "why.not-at-facility", "") \
	X(WHY_F_RELEASED, "why.released", "") \
	X(WHY_F_SENDER, "why.incomplete-sender", "") \
	X(WHY_F_ENVELOPE, "why.envelope-colour", "") \
	X(WHY_F_LABEL, "why.label-or-sticker", "") \
	X(WHY_F_STAIN, "why.stain-or-scent", "") \
	X(WHY_F_PAPER, "why.paper-type", "") \
	X(WHY_F_PAGES, "why.pages", "") \
	X(WHY_F_PHOTOS, "why.photos", "") \
	X(WHY_F_CARD, "why.card", "") \
	X(WHY_F_STAMPS, "why.stamps-or-blank-paper", "") \
	X(WHY_F_PUBLICATION, "why.publication", "") \
	X(WHY_F_LANGUAGE, "why.language-refused", "") \
	X(WHY_F_CODE, "why.code", "") \
	X(WHY_F_CONTENT, "why.content", "") \
	X(WHY_F_THIRD, "why.third-party-refused", "") \
	X(WHY_F_VENDOR, "why.vendor-address", "") \
	X(WHY_CONTACT, "why.contact-details", "") \
	X(WHY_MONEY, "why.money", "") \
	X(WHY_ENCLOSURE, "why.enclosure-rules", "") \
	X(WHY_THIRD_PARTY, "why.third-party", "") \
	X(WHY_REQUEST, "why.request", "") \
	X(WHY_LANGUAGE, "why.language", "") \
	X(WHY_ILLEGIBLE, "why.illegible", "") \
	X(WHY_WRONG_PERSON, "why.wrong-name", "") \
	X(WHY_PHOTO, "why.photo", "")

#define WORD_ENUM(name, key, holders) W_##name,
enum word { WORDS(WORD_ENUM) WORD_COUNT };

/*
 * Placeholders of every office letter.  A paragraph that is {address} and no
 * more is our address to copy, line by line; one that is - is left out, and so
 * is one that names something unknown.
 */
#define LETTER_HOLDERS \
	"name id office box city date address pal interests reason item " \
	"amount day until"

struct wording;

/*
 * The built-in words of lang with the keys of an override (text NULL: none)
 * laid over them.  NULL with FORM_WORDING or FORM_NOMEM.
 */
struct wording *wording_new(enum form_lang lang, const char *text,
    const char *file, struct form_fault *fault);

/* Wipe and free.  NULL is allowed. */
void wording_free(struct wording *wording);

/* The text of a word. */
const char *wording_text(const struct wording *wording, enum word word);

/*
 * Paragraph n (from 1) of an office letter as a reader of that side gets it,
 * or NULL.
 */
const char *wording_letter(const struct wording *wording, const char *form,
    enum form_side side, int n);

/*
 * The words of every language, for the caller to free one by one (what could
 * not be made is NULL).  Checked together: every office letter has its
 * paragraphs without a gap, and stands in each language; a fault names the
 * line of what is without its other, and the file that misses it.
 */
enum form_status wording_all(struct wording *words[FORM_LANGS],
    const struct form_setup *setup, struct form_fault *fault);

/* Call each with the name of every office letter, once, in their order. */
void wording_each_letter(const struct wording *wording,
    void (*each)(void *arg, const char *name, size_t n), void *arg);

/* The word with the key "why." and this; NULL: there is none. */
const char *wording_why(const struct wording *wording, const char *why);

/*
 * Check a full wording text: every key there, each with its own
 * placeholders.  The tests hold the built-in files to it.
 */
enum form_status
wording_check(const char *text, const char *file, struct form_fault *fault);

#endif
