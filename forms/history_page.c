/*
 * History page: a title, some lines, a table.  Whatever it is the history of.
 */
#include "forms/table.h"

static void
check(struct form_doc *doc, const struct form_history *history)
{
	size_t i;

	if (history->ncolumns < 1 || history->ncolumns > TABLE_COLUMNS)
		doc_fail(doc, FORM_BADVALUE,
		    "columns: %zu is not between 1 and %d", history->ncolumns,
		    TABLE_COLUMNS);
	for (i = 0; i < history->ncolumns && !doc_failed(doc); i++)
		if (!(history->columns[i].width > 0))
			doc_fail(doc, FORM_BADVALUE, "column %zu has no width",
			    i + 1);
}

enum form_status
form_history_add(struct form_doc *doc, const struct form_history *history,
    struct form_fault *fault)
{
	struct table table = {history->columns, history->ncolumns,
	    history->cells, history->count, 10.5, 0, -1, 0};
	struct fill fills[1] = {0};
	struct report report;
	size_t i;

	add_begin(doc);
	check(doc, history);
	report_begin(&report, doc);
	ink_start(doc, "title");
	ink_text(doc, history->title);
	report_title(&report);
	for (i = 0; i < history->nlines; i++) {
		ink_start(doc, "line under the title");
		ink_text(doc, history->lines[i]);
		report_text(&report, &report_body);
	}
	fills[0].name = "date";
	fills[0].date = &history->date;
	ink_start(doc, "print date");
	ink_word(doc, doc->lang, W_HISTORY_PRINTED, fills, 1);
	report_text(&report, &report_body);
	report.y += 1;
	if (history->count == 0) {
		report.y += 6;
		ink_start(doc, "wording");
		ink_word(doc, doc->lang, W_HISTORY_NONE, NULL, 0);
		report_text(&report, &report_body);
	} else if (!doc_failed(doc))
		report_table(&report, &table);
	report_end(&report);
	return add_end(doc, fault);
}
