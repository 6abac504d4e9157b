/*
 * What an office letter says to one person: what it speaks of must be theirs,
 * and the form must have what it names.  See letter_new.h.
 */
#include <string.h>

#include "lib/enclosure.h"
#include "lib/fid.h"
#include "lib/letter_new.h"
#include "lib/pairing.h"
#include "lib/tongue.h"
#include "lib/writing.h"

static const char *
who(struct mr_call *c, const struct mr_correspondent *person)
{
	return mr_show_id(c, 'C', person->id);
}

/* The letter and the enclosure are this person's own. */
static enum mr_status
own_letter(struct mr_call *c, const struct mr_letter_job *job,
    const struct mr_correspondent *person, unsigned names)
{
	if (names & FORM_NAMES_ENCLOSURE && job->enclosure == 0)
		return mr_fail(c, MR_USAGE,
		    "this letter speaks of an enclosure: say which, "
		    "--enclosure E5; 'enclosure list' shows them");
	if (names & FORM_NAMES_LETTER && job->about.id == 0)
		return mr_fail(c, MR_USAGE,
		    "this letter speaks of one that we got: say which, "
		    "--about A17");
	if (job->about.id != 0 && job->writer != person->id)
		return mr_fail(c, MR_REFUSED,
		    "%s did not write letter %s; leave --to out, and it goes "
		    "to who did",
		    who(c, person), mr_letter_number(c, job->about.number));
	return MR_OK;
}

/* The pairing that was named, or the letter's, or the only one. */
static enum mr_status
own_pairing(struct mr_call *c, const struct mr_letter_job *job,
    const struct mr_correspondent *person, unsigned names, int64_t *id)
{
	struct mr_pairing p;
	int n = 1;
	enum mr_status status;

	*id = job->pairing != 0 ? job->pairing : job->about.pairing;
	if (*id == 0)
		status = mr_writing_pairing(c, person->id, id, &n);
	else
		status = mr_pairing_load(c, *id, &p);
	if (status != MR_OK)
		return status;
	if (*id != 0 && n == 1 && job->pairing != 0 && p.inside != person->id &&
	    p.outside != person->id)
		return mr_fail(c, MR_REFUSED, "%s is not one of pairing %s",
		    who(c, person), mr_pairing_show_id(c, *id));
	if (*id != 0 ||
	    !(names & FORM_NAMES_PAL || job->form == MR_FORM_ADD_YOUR_ID))
		return MR_OK;
	if (n > 1)
		return mr_fail(c, MR_USAGE,
		    "%s has several pen pals; say which: --pairing P45",
		    who(c, person));
	return mr_fail(c, MR_REFUSED,
	    "%s has no pen pal, and this letter speaks of one; 'waiting-list' "
	    "does not",
	    who(c, person));
}

/* What a letter of ours presumes of its pairing. */
static enum mr_status
fits_pairing(struct mr_call *c, const struct mr_letter_job *job,
    const struct mr_correspondent *person, int64_t id)
{
	struct mr_pairing p;
	struct mr_fid fid;
	enum mr_status status = mr_pairing_load(c, id, &p);

	if (status != MR_OK)
		return status;
	if (job->form == MR_FORM_PAIRING_ENDED) {
		if (p.status == MR_PAIRING_ENDED)
			return MR_OK;
		return mr_fail(c, MR_REFUSED,
		    "pairing %s has not ended; 'pairing end' ends it, then "
		    "name it with --pairing",
		    mr_pairing_show_id(c, id));
	}
	if (p.status == MR_PAIRING_ENDED)
		return mr_fail(c, MR_REFUSED,
		    "pairing %s has ended; the letter for that is "
		    "pairing-ended",
		    mr_pairing_show_id(c, id));
	status = mr_fid_of(c, id, person->id, &fid);
	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_REFUSED,
		    "%s has no forwarding ID in %s that could be shown; "
		    "'pairing rotate' gives a new one",
		    who(c, person), mr_pairing_show_id(c, id));
	return status;
}

/* What lies in one envelope cannot lie in another. */
static enum mr_status
goes_back_once(struct mr_call *c, const struct mr_letter_job *job)
{
	struct mr_letter other = {.id = 0};
	struct sql_stmt *st;
	enum mr_status status;

	/* As many rows as letters that we wrote. */
	st = sql_prepare(c,
	    SQL_SCAN "SELECT l.id FROM writing AS w "
		     "JOIN letter AS l ON l.id = w.id "
		     "WHERE w.enclosure = :enclosure "
		     "AND l.form = :form AND l.state < 8");
	sql_int(st, ":enclosure", job->enclosure);
	sql_int(st, ":form", MR_FORM_ENCLOSURE_RETURNED);
	if (sql_row(st))
		other.id = sql_col_int(st, 0);
	status = sql_done(st);
	if (status == MR_OK && other.id != 0)
		status = mr_letter_load(c, other.id, &other);
	if (status != MR_OK || other.id == 0)
		return status;
	return mr_fail(c, MR_REFUSED, "%s goes back with letter %s of ours",
	    mr_show_id(c, 'E', job->enclosure),
	    mr_letter_number(c, other.number));
}

/* What a letter of ours presumes of the letter that it is about. */
static enum mr_status
fits_letter(struct mr_call *c, const struct mr_letter_job *job)
{
	const char *number = mr_letter_number(c, job->about.number);
	const struct mr_reason_row *why = mr_reason(job->reason);

	if (job->form == MR_FORM_LETTER_HELD && job->about.state != MR_L_HELD)
		return mr_fail(c, MR_REFUSED,
		    "letter %s is %s; this letter tells of one that is held",
		    number, mr_say(mr_letter_state_name(job->about.state)));
	if (job->form == MR_FORM_LETTER_REFUSED &&
	    (why == NULL || why->use != MR_WHY_REFUSED))
		return mr_fail(c, MR_REFUSED,
		    "no prison has refused letter %s; 'letter return' writes "
		    "down what a white sticker says",
		    number);
	if (job->form == MR_FORM_ENCLOSURE_RETURNED &&
	    job->disposition != MR_E_RETURN)
		return mr_fail(c, MR_REFUSED,
		    "it is not decided that %s goes back; 'enclosure settle "
		    "%s return' decides it",
		    mr_show_id(c, 'E', job->enclosure),
		    mr_show_id(c, 'E', job->enclosure));
	if (job->form == MR_FORM_ENCLOSURE_RETURNED)
		return goes_back_once(c, job);
	if (job->form == MR_FORM_MONEY_RECEIVED && !job->money)
		return mr_fail(c, MR_REFUSED, "%s is no money",
		    mr_show_id(c, 'E', job->enclosure));
	return MR_OK;
}

static enum mr_status
fits_person(struct mr_call *c, const struct mr_letter_job *job,
    const struct mr_correspondent *person, enum form_side side)
{
	if (!job->there[side])
		return mr_fail(c, MR_REFUSED,
		    "this letter has no words for people %s, and %s is one",
		    mr_say(mr_person_kind_name(person->kind)), who(c, person));
	if (person->status == MR_PERSON_CLOSED &&
	    person->reason == MR_PERSON_DIED)
		return mr_fail(c, MR_REFUSED,
		    "%s has died; no letter is written", who(c, person));
	return MR_OK;
}

enum mr_status
mr_letter_new_speak(struct mr_call *c, const struct mr_letter_job *job,
    const struct mr_correspondent *person, struct mr_writing *w)
{
	enum form_side side =
	    person->kind == MR_INSIDE ? FORM_INSIDE : FORM_OUTSIDE;
	unsigned names = job->names[side];
	enum mr_status status = fits_person(c, job, person, side);

	memset(w, 0, sizeof(*w));
	if (status == MR_OK)
		status = own_letter(c, job, person, names);
	if (status == MR_OK)
		status = fits_letter(c, job);
	if (status == MR_OK)
		status = own_pairing(c, job, person, names, &w->pairing);
	if (status == MR_OK &&
	    (job->form == MR_FORM_ADD_YOUR_ID ||
		job->form == MR_FORM_INTRODUCTION ||
		job->form == MR_FORM_PAIRING_ENDED))
		status = fits_pairing(c, job, person, w->pairing);
	w->about = job->about.id;
	w->enclosure = job->enclosure;
	w->form = job->in->form;
	w->reason = job->reason;
	w->until = job->until;
	w->day = job->about.day;
	return status;
}
