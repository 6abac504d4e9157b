/*
 * What the office's own pages share: title, tables that run over pages with
 * their header, lines to sign, page numbers.
 */
#ifndef FORMS_TABLE_H
#define FORMS_TABLE_H

#include "forms/draw.h"

#define REPORT_LEFT 18.0
#define REPORT_TOP 18.0
#define REPORT_FOOT 20.0 /* kept free at the bottom */
#define TABLE_COLUMNS 10

/* Where the next thing goes on an office page. */
struct report {
	struct form_doc *doc;
	double y;
};

/* The first page, with the office's name and the title that is in the ink. */
void report_begin(struct report *report, struct form_doc *doc);
void report_title(struct report *report);

double report_width(const struct form_doc *doc);

/* Go to a new page unless h mm are left on this one. */
void report_need(struct report *report, double h);

/* The ink as a paragraph, or as a heading, and some space. */
void report_text(struct report *report, const struct style *style);
void report_heading(struct report *report, enum word word);

/* A line to sign above w mm of rule. */
void report_sign(struct report *report, enum word word, double x, double w);

/* Page n of total on each page; ends the piece. */
void report_end(struct report *report);

/* A table; cells holds count rows.  mono: that column in typewriter. */
struct table {
	const struct form_column *columns;
	size_t ncolumns;
	const struct form_text *cells;
	size_t count;
	double size;   /* points */
	double height; /* least height of a row, mm */
	int mono;      /* this column in typewriter; -1: none */
	int lined;     /* rules between columns too, to be filled by hand */
};
void report_table(struct report *report, const struct table *table);

extern const struct style report_body;

#endif
