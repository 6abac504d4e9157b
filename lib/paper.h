/*
 * From a letter to what is printed for it: fills the structs of forms.h from
 * the nouns, says whose every string is, and draws.  The guard stands in
 * forms/; this file gives it owners, addressees and, where the vault is open,
 * what must not appear.
 */
#ifndef MR_PAPER_H
#define MR_PAPER_H

#include "forms/forms.h"
#include "lib/letter.h"
#include "lib/person.h"

/* How the office's documents are made: its name and box, paper, language,
 * wording and measures; no printer's shift. */
enum mr_status mr_paper_setup(struct mr_call *c, struct form_setup *setup);
/* A new document in the office's paper, language and wording.  The caller
 * gives it to form_free.  MR_IO: no font, or a fault in a wording file. */
enum mr_status mr_paper_open(struct mr_call *c, struct form_doc **doc);
/* A file in the office's folder forms/ that changes ours; NULL: there is none.
 * MR_IO: it cannot be read, or is longer than 256 KiB.  MR_INVALID: it is not
 * UTF-8, with its line. */
enum mr_status
mr_paper_file(struct mr_call *c, const char *name, const char **text);
/* The office's own wording, where it has one, into a setup.  MR_IO. */
enum mr_status mr_paper_wording(struct mr_call *c, struct form_setup *setup);
/* Its bytes, into the call's arena. */
enum mr_status mr_paper_finish(
    struct mr_call *c, struct form_doc *doc, const void **bytes, size_t *len);
/* The end of a drawing: where all went well (status is MR_OK) its bytes are
 * given out under that name; it is freed either way.  What became of it. */
enum mr_status mr_paper_give(struct mr_call *c, struct form_doc *doc,
    const char *name, enum mr_status status, struct mr_out *out);
/* A failure of forms/ as one of ours, with its sentence. */
enum mr_status
mr_paper_fault(struct mr_call *c, const struct form_fault *fault);
/* The reason to hold a letter that forms/ would not draw; 0: not the letter's
 * fault, the run must stop. */
int mr_paper_hold(const struct form_fault *fault);

struct form_date mr_paper_date(int64_t day);
struct form_text mr_paper_ours(const char *s);
/* The language of somebody's pages; English where we have no words in theirs. */
enum form_lang mr_paper_lang(const char *language);

/* What was printed of a letter. */
enum mr_printed {
	MR_P_SHEET = 1,
	MR_P_ENVELOPE = 2,
	MR_P_LABEL = 3,
	MR_P_PAGE = 4
};

/* One piece: which copy, to which address, answering by which ID, on which
 * day it was printed. */
struct mr_piece {
	struct mr_letter letter;
	int copy;
	int64_t address, fid, day;
};

/* The address and the ID that a print of today would carry; 0: none. */
enum mr_status mr_piece_now(
    struct mr_call *c, const struct mr_letter *letter, struct mr_piece *piece);

/* Draw.  MR_OK with fault->status FORM_OK: drawn; or with another status:
 * forms/ refused this letter.  Envelopes and labels need the vault. */
enum mr_status mr_paper_cover(struct mr_call *c, struct form_doc *doc,
    const struct mr_piece *piece, struct form_fault *fault);
enum mr_status mr_paper_outer(
    struct mr_call *c, const struct mr_piece *piece, struct form_outer *outer);
/* The cover sheet in it was drawn without the vault: does the writer's pen
 * name on it show what the outer must not?  All else on it is words of ours.
 * As mr_paper_cover. */
enum mr_status mr_paper_inner(struct mr_call *c, const struct mr_piece *piece,
    const struct form_outer *outer, struct form_fault *fault);
enum mr_status mr_paper_letter(struct mr_call *c, struct form_doc *doc,
    const struct mr_piece *piece, struct form_fault *fault);

#endif
