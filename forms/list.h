/*
 * Lists of stock as CSV: a first line that names the fields, then a stock a
 * line.  An office's own list is laid over the built-in one by name.
 */
#ifndef FORMS_LIST_H
#define FORMS_LIST_H

#include "forms/forms.h"
#include "forms/mem.h"

#define LIST_FIELDS 16
#define LIST_FIELD_MAX 64

/* What is read, and where the reader stands. */
struct list {
	const char *header; /* the first line, as it must be */
	int fields;
	const char *file;
	int line, own;      /* own: the office's list */
	int done;           /* the walk has ended; own rows are checked on */
	struct bytes names; /* of the office's own, LIST_FIELD_MAX each */
	struct form_fault *fault;
	char field[LIST_FIELDS][LIST_FIELD_MAX];
};

/* FORM_BADSTOCK with file and line. */
enum form_status list_wrong(const struct list *list, const char *what);

/* A number from 0 to 2000, a whole one from 1 to 100; else *good is 0. */
double list_number(const char *s, int *good);
int list_whole(const char *s, int *good);

/* "Avery L 7160/A" -> "avery-l-7160-a" */
void list_name(const char *s, char *out, size_t size);

/*
 * May a row of that name be given on?  *skip is 1 where the office's own list
 * stands before it.  FORM_BADSTOCK: the own list names it twice.
 */
enum form_status list_admit(struct list *list, const char *name, int *skip);

/*
 * Every row of the office's list (text NULL: none; file names it), then of the
 * built-in one.  row sets list->done to end the walk.
 */
enum form_status list_walk(struct list *list, const char *own, const char *file,
    const char *built_in, const char *built_in_file,
    enum form_status (*row)(void *arg, struct list *list), void *arg);

#endif
