/*
 * Settings of the office: one table in C with number, name, default, type and
 * help; a row of the database where one was changed.
 */
#ifndef MR_SETTING_H
#define MR_SETTING_H

#include <stddef.h>
#include <stdint.h>

#include "lib/call.h"

/* Numbers stand in the database for ever. */
enum mr_setting_number {
	MR_SET_SCREENING = 1,     /* enum mr_screening */
	MR_SET_SECOND_PERSON = 2, /* 0 now, 1 later */
	MR_SET_PAPER = 3,         /* 0 letter, 1 a4 */
	MR_SET_LANGUAGE = 4,      /* 0 en, 1 es */
	MR_SET_WEIGH_FROM = 5,    /* sheets */
	MR_SET_LATE_AFTER = 6,    /* working days */
	MR_SET_PRACTICE = 9,      /* 0 no, 1 yes */
	MR_SET_LASER_CODE = 10,   /* 0 no, 1 yes */
	MR_SET_MAILER_ID = 11,    /* 0: none; else its 6 or 9 digits */
	MR_SET_SHEET_WEIGHT = 12, /* tenths of a gram */
	MR_SET_ENVELOPE = 14,     /* a text: the name of one */
	MR_SET_FILE_PAGES = 16,   /* letters in one printed file */
	MR_SET_BACKUP_DAYS = 17,  /* that backups are kept */
	MR_SET_QUIET_DAYS = 18    /* until a pairing counts as quiet */
};

enum mr_screening { MR_SCREEN_NONE, MR_SCREEN_OPEN, MR_SCREEN_READ };

/* How a setting is made.  choices: words with ' ' between, whose place is the
 * number; NULL: a whole number from min to max, or, with min above max, a text
 * that a function of its own checks. */
struct mr_setting {
	int number;
	const char *name;
	const char *standard; /* its default */
	const char *choices;
	int64_t min, max;
	const char *help;
};

extern const struct mr_setting mr_settings[];
extern const size_t mr_nsettings;

/* By name, any letter case, '-' or '_'.  NULL: no such. */
const struct mr_setting *mr_setting_find(const char *name);
const struct mr_setting *mr_setting_by_number(int number);

/* What is in force: as text in the arena; as a number (the place of the word
 * among the choices). */
enum mr_status
mr_setting_text(struct mr_call *c, int number, const char **value);
enum mr_status mr_setting_int(struct mr_call *c, int number, int64_t *value);

/* What it may be, in words: "en es", "1 to 60", "the name of an envelope". */
const char *
mr_setting_possible(struct mr_call *c, const struct mr_setting *setting);

/* The check of `envelope`, where envelopes are known (paper_stock.c): *spelt
 * is how it is stored.  MR_INVALID: there is none of that name. */
enum mr_status
mr_setting_envelope(struct mr_call *c, const char *value, const char **spelt);

/*
 * Change one.  MR_NOTFOUND: no such setting; the sentence lists them.
 * MR_INVALID: no such value; the sentence says which may be.  MR_REFUSED: it
 * is `practice`, which stays as `init` made it.  Nothing happens when it is so
 * already.
 */
enum mr_status
mr_setting_set(struct mr_call *c, const char *name, const char *value);

/* Mark the office that is being made as one to practise in: its clock may be
 * set, and its screens say so. */
enum mr_status mr_setting_practice(struct mr_call *c);

#endif
