/*
 * Bench cards and badges at a station.
 */
#include <stdio.h>
#include <string.h>

#include "cli/station.h"

/* What is on a card is told by `scan`, which knows the office's key; NULL:
 * the view says why it does nothing. */
static const char *
look_up(struct station *station, const char *scan, const char *kind)
{
	const struct station_word words[] = {{"code", scan}, {NULL, NULL}};
	const char *is, *superseded, *code;
	struct answer *answer;
	enum mr_status status = station_run(station, "scan", words, &answer);

	if (status != MR_OK) {
		station_refused(station, status);
		return NULL;
	}
	station_told(station, answer);
	is = answer_get(answer, "kind");
	code = answer_get(answer, "code");
	superseded = answer_get(answer, "superseded");
	if (is == NULL || strcmp(is, kind) != 0 || superseded == NULL ||
	    superseded[0] != '\0')
		return NULL;
	return code;
}

int
station_card(struct station *station, struct station_input *input)
{
	const char *key = look_up(station, input->text, "bench card");
	struct station_input typed;

	if (key == NULL)
		return 0;
	station_read(key, &typed);
	if (typed.kind != STATION_FLAG && typed.kind != STATION_SHEETS)
		return 0;
	*input = typed;
	return 1;
}

void
station_badge(struct station *station, const char *scan)
{
	const char *name = look_up(station, scan, "badge");
	char text[160];

	if (name == NULL)
		return;
	snprintf(text, sizeof(text),
	    "To work as %.32s at this station: Q, then start it with "
	    "'mailroom --user %.32s station'.",
	    name, name);
	station_extra(station, text);
}
