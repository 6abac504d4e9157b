/*
 * What the library says to people, in their language.  Sentences are written
 * in English where they are said; lib/es.txt has the Spanish of each, and
 * docs/words.md tells how a sentence or a language is added.  Words that are
 * for programs (states, reasons, verdicts as values of an answer) are never
 * given to mr_say.  Pure text; knows no office.
 */
#ifndef MR_TONGUE_H
#define MR_TONGUE_H

/*
 * What this thread says is in this language from now on, as uselocale(3) has
 * it: "es"; NULL or anything that we have no words in: English.  mr_op_run
 * sets it for the time of an operation.  Gives back what it was, for whoever
 * sets it to put back.  The strings are static.
 */
const char *mr_tongue_set(const char *language);
const char *mr_tongue(void);

/* The language for a header Accept-Language: that of its first tag; NULL
 * (no header, or no words in that language): English.  Pages in a browser ask
 * in en-x-page or es-x-page: they are told what to press instead of which
 * command to type (lib/page.txt). */
const char *mr_tongue_of(const char *accept);

/*
 * A text or a printf format in this thread's language; what is not in the
 * list comes back as it is.  Where Spanish wants another order its
 * conversions are numbered (%2$s); test_tongue holds them against the
 * English ones.
 */
const char *mr_say(const char *english) __attribute__((format_arg(1)));

/* Marks a literal in a table, which mr_say is given later. */
#define MR_SAID(english) english

#endif
