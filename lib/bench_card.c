/*
 * Bench cards and badges at a station.
 */
#include <stdio.h>
#include <string.h>

#include "lib/bench_work.h"
#include "lib/tongue.h"

/* What is on a card is told by `scan`, which knows the office's key; NULL:
 * the view says why it does nothing. */
static const char *
look_up(struct mr_bench_work *w, const char *scan, const char *kind)
{
	const struct mr_bench_word words[] = {{"code", scan}, {NULL, NULL}};
	const char *is, *superseded, *code;
	struct mr_answer *answer;
	enum mr_status status = mr_bench_run(w, "scan", words, &answer);

	if (status != MR_OK) {
		mr_bench_refused(w, status);
		return NULL;
	}
	mr_bench_told(w, answer);
	is = mr_answer_get(answer, "kind");
	code = mr_answer_get(answer, "code");
	superseded = mr_answer_get(answer, "superseded");
	if (is == NULL || strcmp(is, kind) != 0 || superseded == NULL ||
	    superseded[0] != '\0')
		return NULL;
	return code;
}

int
mr_bench_card(struct mr_bench_work *w, struct mr_line *line)
{
	const char *key = look_up(w, line->text, "bench card");
	struct mr_line typed;

	if (key == NULL)
		return 0;
	mr_line_read(key, &typed);
	if (typed.kind != MR_LINE_FLAG && typed.kind != MR_LINE_SHEETS) {
		w->bench->view.done = 1; /* a test of the scanner */
		return 0;
	}
	*line = typed;
	return 1;
}

void
mr_bench_badge(struct mr_bench_work *w, const char *scan)
{
	const char *name = look_up(w, scan, "badge");
	char text[240];

	if (name == NULL)
		return;
	if (w->front->page)
		snprintf(text, sizeof(text),
		    mr_say("To work as %.32s at this station: sign out, then "
			   "sign in with this badge."),
		    name);
	else
		snprintf(text, sizeof(text),
		    mr_say("To work as %.32s at this station: Q, then start it "
			   "with 'mailroom --user %.32s station'."),
		    name, name);
	mr_bench_more(w, text);
}
