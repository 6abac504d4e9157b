/*
 * The words on the forms, in each language: `key = text with {placeholders}`.
 * The list below is the whole truth: a key that is not in it, that is missing
 * or that holds a placeholder not named here is an error with file and line.
 * Keys of office letters, letter.NAME.N, are free in NAME.
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
	X(OUTER_RETURN, "outer.return", "") \
	X(OUTER_PRINTED, "outer.printed", "date") \
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
	X(LETTER_DEAR, "letter.dear", "name") \
	X(LETTER_CLOSE, "letter.close", "") \
	X(LETTER_SIGNED, "letter.signed", "office")

#define WORD_ENUM(name, key, holders) W_##name,
enum word { WORDS(WORD_ENUM) WORD_COUNT };

/*
 * Placeholders of every office letter.  A paragraph that is {address} and no
 * more is our address to copy, line by line.
 */
#define LETTER_HOLDERS "name id office box city date address"

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

/* Paragraph n (from 1) of an office letter, or NULL. */
const char *
wording_letter(const struct wording *wording, const char *form, int n);

/*
 * Check a full wording text: every key there, each with its own
 * placeholders.  The tests hold the built-in files to it.
 */
enum form_status
wording_check(const char *text, const char *file, struct form_fault *fault);

#endif
