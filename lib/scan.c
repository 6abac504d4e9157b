/* What is this code?  See scan.h; what to do with a letter: scan_say.c. */
#include "lib/scan.h"

#include <string.h>

#include "lib/audit_words.h"
#include "lib/fid.h"
#include "lib/keys.h"
#include "lib/lettercode.h"
#include "lib/page.h"
#include "lib/payload.h"
#include "lib/scan_say.h"
#include "lib/tongue.h"
#include "lib/words.h"

const char *
mr_scan_kind_name(enum mr_scan_kind kind)
{
	static const char *const names[] = {
	    [MR_SCAN_STUB] = "stub",
	    [MR_SCAN_ENVELOPE] = "envelope",
	    [MR_SCAN_LETTER] = "letter code",
	    [MR_SCAN_NUMBER] = "day number",
	    [MR_SCAN_REPLY] = "reply label",
	    [MR_SCAN_ID] = "forwarding ID",
	    [MR_SCAN_CARD] = "bench card",
	    [MR_SCAN_BADGE] = "badge",
	    [MR_SCAN_CHECKPOINT] = "checkpoint",
	    [MR_SCAN_RECOVERY] = "recovery sheet",
	    [MR_SCAN_NOT_PRINTED] = "not printed here",
	    [MR_SCAN_FOREIGN] = "another's barcode",
	    [MR_SCAN_KEYBOARD] = "wrong keyboard",
	    [MR_SCAN_MISREAD] = "misread",
	};

	return names[kind];
}

static enum mr_status
say(struct mr_scan *scan, enum mr_verdict verdict, const char *text)
{
	scan->verdict = verdict;
	scan->say = mr_say(text);
	return MR_OK;
}

static const char *
shown(struct mr_call *c, const struct mr_symbols *code)
{
	char text[MR_CODE_TEXT];

	return mr_strdup(c->arena, mr_code_format(code, text));
}

/* The letter's first event: when and where it came in. */
static enum mr_status
first_seen(struct mr_call *c, struct mr_scan *scan)
{
	int64_t id = scan->letter.event;
	enum mr_status status = MR_OK;
	struct mr_event event;

	while (status == MR_OK && id != 0) {
		struct mr_mark mark = mr_mark(c->arena);

		status = mr_event_load(c, id, &event);
		mr_release(c->arena, mark);
		if (status != MR_OK || event.dropped)
			break;
		scan->first_at = event.at;
		scan->first_user = event.user;
		scan->first_station = event.station;
		id = mr_event_back(&event);
	}
	return status;
}

static enum mr_status
known_letter(struct mr_call *c, struct mr_scan *scan)
{
	const struct mr_letter *l = &scan->letter;
	enum mr_status status;

	scan->known = 1;
	scan->code = mr_letter_code(c, l->id);
	scan->state = mr_letter_state_name(l->state);
	if (l->reason != 0)
		scan->reason = mr_subject_reason(c, MR_LETTER, l->reason);
	status = first_seen(c, scan);
	if (status == MR_OK)
		status = mr_scan_say(c, scan);
	return status;
}

/* A page for a day without power that no letter has: what to do with it. */
static enum mr_status
unused_page(struct mr_call *c, int64_t id, struct mr_scan *scan, int *found)
{
	struct mr_page page;
	int waits = 0;
	enum mr_status status = mr_page_load(c, id, &page);

	*found = 0;
	if (status == MR_OK)
		status = mr_page_waits(c, &page, &waits);
	if (status == MR_NOTFOUND)
		return MR_OK;
	if (status != MR_OK || (!waits && page.status != MR_PAGE_GIVEN_UP))
		return status;
	*found = scan->known = 1;
	scan->state = mr_page_status_name(page.status);
	if (waits)
		return say(scan, MR_V_OURS,
		    mr_printf(c->arena,
			mr_say(
			    "Page %d for a day without power, not used yet. Type "
			    "what is written on it: 'letter receive ID --page "
			    "%s'."),
			page.number, scan->code));
	scan->superseded = 1;
	return say(scan, MR_V_OLD_PAGE,
	    mr_printf(c->arena,
		mr_say(
		    "Page %d for a day without power was given up. Tear it up; if "
		    "it is filled in, log the letter without --page."),
		page.number));
}

/* A letter by its code; copy -1: typed, not printed. */
static enum mr_status
by_code(struct mr_call *c, const struct mr_symbols *code, struct mr_scan *scan)
{
	enum mr_status status = MR_NOTFOUND, looked = MR_OK;
	int64_t id = 0;
	int newest, page = 0;

	scan->code = shown(c, code);
	if (mr_lettercode_id(c->keys->code, code, &id) == 0) {
		status = mr_letter_load(c, id, &scan->letter);
		/* A page lends its number to a letter that may be undone. */
		if (status == MR_NOTFOUND ||
		    (status == MR_OK && scan->letter.state == MR_L_CLOSED))
			looked = unused_page(c, id, scan, &page);
		if (looked != MR_OK || page)
			return looked;
	}
	if (status == MR_NOTFOUND)
		return say(scan, MR_V_LOOK_AGAIN,
		    scan->copy < 0
			? "Written like a letter code, but no letter of this "
			  "office has it: read it again."
			: "Printed here, but not in the records: was a backup "
			  "put back? Log this letter again and tell the "
			  "coordinator.");
	if (status != MR_OK)
		return status;
	newest = scan->kind == MR_SCAN_STUB ? scan->letter.sheet_copy
					    : scan->letter.envelope_copy;
	scan->superseded = scan->copy >= 0 && scan->copy != newest % MR_BASE;
	return known_letter(c, scan);
}

/* A forwarding ID, typed or from a reply label. */
static enum mr_status
by_id(struct mr_call *c, const char *typed, struct mr_scan *scan)
{
	struct mr_fid_reading reading;
	struct mr_fid fid;
	enum mr_status status = mr_fid_read(c, typed, &fid, &reading);

	if (status != MR_OK)
		return status;
	scan->code = shown(c, &reading.code.symbols);
	switch (reading.answer) {
	case MR_FID_IS_GOOD:
	case MR_FID_IS_OLD:
	case MR_FID_IS_STOPPED:
		scan->known = 1;
		scan->state = mr_fid_status_name(fid.status);
		if (fid.reason != 0)
			scan->reason =
			    mr_subject_reason(c, MR_FORWARDING_ID, fid.reason);
		if (reading.answer == MR_FID_IS_GOOD)
			return say(scan, MR_V_OURS,
			    "An ID in use. On a "
			    "letter that came in: log it at the station, or "
			    "with 'letter receive'.");
		break;
	default:
		break;
	}
	return say(
	    scan, MR_V_LOOK_AGAIN, mr_strdup(c->arena, reading.sentence));
}

static enum mr_status
read_print(
    struct mr_call *c, const struct mr_payload *print, struct mr_scan *scan)
{
	switch (print->kind) {
	case MR_PAYLOAD_STUB:
	case MR_PAYLOAD_ENVELOPE:
		scan->kind = print->kind == MR_PAYLOAD_STUB ? MR_SCAN_STUB
							    : MR_SCAN_ENVELOPE;
		scan->copy = print->copy;
		return by_code(c, &print->code, scan);
	case MR_PAYLOAD_REPLY:
		scan->kind = MR_SCAN_REPLY;
		scan->copy = print->copy;
		return by_id(c, shown(c, &print->code), scan);
	case MR_PAYLOAD_CARD:
		return mr_scan_card(c, print, scan);
	case MR_PAYLOAD_BADGE:
		return mr_scan_badge(c, print, scan);
	}
	return MR_OK;
}

/* Does this checkpoint's hash have the words that were typed? */
static int
has_words(const void *hash, const struct mr_symbols *word, int n)
{
	struct mr_symbols own[MR_WITNESS_WORDS];

	if (n == MR_WITNESS_WORDS)
		return mr_witness_differs(word, hash) == 0;
	mr_witness_make(hash, own);
	for (int i = 0; i < MR_WITNESS_WORDS; i++)
		if (memcmp(own[i].s, word->s, word->n) == 0)
			return 1;
	return 0;
}

/* There are as many checkpoints as mail days and batches. */
static enum mr_status
by_witness(struct mr_call *c, const struct mr_symbols *word, int n,
    struct mr_scan *scan)
{
	struct sql_stmt *st;
	enum mr_status status;
	const void *hash;
	size_t len;

	scan->kind = MR_SCAN_CHECKPOINT;
	say(scan, MR_V_LOOK_AGAIN,
	    "Written like the words of a checkpoint, "
	    "but no checkpoint here has them. Tell the coordinator: 'audit "
	    "verify --witness' with all three words says more.");
	st = sql_prepare(c,
	    SQL_SCAN "SELECT id, hash FROM checkpoint "
		     "ORDER BY id DESC");
	while (!scan->known && sql_row(st)) {
		hash = sql_col_blob(st, 1, &len);
		if (len != 32 || !has_words(hash, word, n))
			continue;
		scan->known = 1;
		say(scan, MR_V_OURS,
		    mr_printf(c->arena,
			mr_say(
			    "%s of the checkpoint at event %lld. A coordinator can "
			    "hold it against the chain with 'audit verify --witness'."),
			n == 1 ? mr_say("A word") : mr_say("The words"),
			(long long)(MR_SEQ(sql_col_int(st, 0)))));
	}
	status = sql_done(st);
	return status;
}

/* Symbols that are some well-formed code. */
static enum mr_status
by_kind(struct mr_call *c, const char *typed, const struct mr_symbols *code,
    int kind, struct mr_scan *scan)
{
	switch (kind) {
	case MR_CODE_LETTER:
		scan->kind = MR_SCAN_LETTER;
		return by_code(c, code, scan);
	case MR_CODE_ID:
		scan->kind = MR_SCAN_ID;
		return by_id(c, typed, scan);
	case MR_CODE_WITNESS:
		scan->code = shown(c, code);
		return by_witness(c, code, 1, scan);
	default:
		/* Not repeated: it is as secret as the vault. */
		scan->kind = MR_SCAN_RECOVERY;
		return say(scan, MR_V_LOOK_AGAIN,
		    "A word of the recovery "
		    "sheet. That sheet belongs in the safe: put it back, and "
		    "tell the coordinator who had it.");
	}
}

/* Nothing of ours as it stands: nearly, or not at all? */
static enum mr_status
not_ours(struct mr_call *c, const char *typed, const struct mr_symbols *code,
    enum mr_code_fold fold, struct mr_scan *scan)
{
	struct mr_code_reading reading;
	char sentence[MR_CODE_SENTENCE];
	int n = code->n;

	if (fold != MR_FOLD_OK || n < 7 || n > 14) {
		scan->kind = MR_SCAN_FOREIGN;
		return say(scan, MR_V_NOT_OURS,
		    "Not one of our codes: another "
		    "barcode on the envelope, perhaps the post office's. Scan "
		    "ours, or type the ID.");
	}
	scan->kind = MR_SCAN_MISREAD;
	mr_code_read(typed, n < 11 ? MR_CODE_ID : MR_CODE_LETTER, &reading);
	mr_code_say(&reading, sentence, sizeof(sentence));
	return say(scan, MR_V_LOOK_AGAIN, mr_strdup(c->arena, sentence));
}

static enum mr_status
read_typed(struct mr_call *c, struct mr_typed typed, struct mr_scan *scan)
{
	struct mr_symbols code = {.n = 0}, word[MR_WITNESS_WORDS];
	enum mr_code_fold fold = mr_code_fold(typed.s, &code, NULL);
	struct mr_code_reading fault;
	int kind = fold == MR_FOLD_OK ? mr_code_kind_of(&code) : -1;

	if (kind >= 0)
		return by_kind(c, typed.s, &code, kind, scan);
	if (mr_words_read(
		typed.s, MR_CODE_WITNESS, MR_WITNESS_WORDS, word, &fault) == 0)
		return by_witness(c, word, MR_WITNESS_WORDS, scan);
	return not_ours(c, typed.s, &code, fold, scan);
}

static enum mr_status
by_number(struct mr_call *c, struct mr_typed typed, struct mr_scan *scan)
{
	enum mr_status status;

	scan->kind = MR_SCAN_NUMBER;
	status = mr_letter_find(c, typed, &scan->letter, NULL);
	if (status == MR_OK)
		return known_letter(c, scan);
	if (status != MR_NOTFOUND && status != MR_INVALID)
		return status;
	scan->letter.id = 0;
	return say(scan, MR_V_LOOK_AGAIN,
	    "No letter of these days has that "
	    "number: look at the pencil mark again.");
}

enum mr_status
mr_scan(struct mr_call *c, struct mr_typed typed, struct mr_scan *scan)
{
	struct mr_payload print;
	int number;

	memset(scan, 0, sizeof(*scan));
	scan->copy = -1;
	if (c->keys == NULL)
		return mr_fail(c, MR_BUG, "the office keys are not loaded");
	if (mr_dayno_read(typed.s, c->site->id, &number))
		return by_number(c, typed, scan);
	switch (mr_payload_read(c->keys->tag, typed.s, &print)) {
	case MR_PAYLOAD_OK:
		return read_print(c, &print, scan);
	case MR_PAYLOAD_BADTAG:
		scan->kind = MR_SCAN_NOT_PRINTED;
		return say(
		    scan, MR_V_NOT_OURS, mr_payload_say(MR_PAYLOAD_BADTAG));
	case MR_PAYLOAD_LAYOUT:
		scan->kind = MR_SCAN_KEYBOARD;
		return say(
		    scan, MR_V_LOOK_AGAIN, mr_payload_say(MR_PAYLOAD_LAYOUT));
	case MR_PAYLOAD_FOREIGN:
		break;
	}
	return read_typed(c, typed, scan);
}
