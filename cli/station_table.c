/*
 * The work at the table: the stub of a torn sheet is scanned, its envelope
 * prints elsewhere, and before anything is glued the two must be a pair.
 */
#include <stdio.h>
#include <string.h>

#include "cli/station.h"

/* The letter that an answer left in hand, or none when it is done with. */
static void
keep_stub(struct station *station, const struct answer *answer)
{
	struct station_letter letter;

	station_take(answer, "", &letter);
	station_list(station, &letter);
	station_told(station, answer);
	/* After a STOP the stub is still in the hand: its envelope is to be
	 * found.  Sealed or held, it is put down. */
	if (strcmp(letter.state, "cleared") == 0)
		station->stub = letter;
	else
		memset(&station->stub, 0, sizeof(station->stub));
	station->envelope[0] = '\0';
}

/* Prints the envelope of a letter; what there is to say of it, into text. */
static void
print_envelope(struct station *station, const char *code, int again, char *text,
    size_t size)
{
	const struct station_word words[] = {
	    {"letter", code}, {again ? NULL : "once", "yes"}, {NULL, NULL}};
	const char *printed, *held;
	struct answer *answer;

	if (station_print(station, station->envelope_queue, "envelope print",
		words, &answer) != MR_OK) {
		snprintf(text, size, "%.230s", station->cli->error.message);
		return;
	}
	printed = answer_get(answer, "printed");
	held = answer_get(answer, "held.0.say");
	if (held != NULL)
		snprintf(
		    text, size, "It must not go now: red tray. %.150s", held);
	else if (printed != NULL && strcmp(printed, "0") == 0)
		snprintf(text, size,
		    "Its envelope was printed before. Is it lost? P prints "
		    "it once more.");
	else
		snprintf(text, size, "Its envelope comes out of %.60s.",
		    station->envelope_queue);
}

void
station_envelope_again(struct station *station)
{
	char text[240];

	print_envelope(station, station->stub.code, 1, text, sizeof(text));
	station->view.extras = 0;
	station_extra(station, text);
}

/* While the hands fold: a stub that is good, of a letter that may go. */
static void
print_for_stub(
    struct station *station, const char *typed, char *text, size_t size)
{
	const struct station_word words[] = {{"code", typed}, {NULL, NULL}};
	const char *big, *state;
	struct answer *answer;

	text[0] = '\0';
	if (station->envelope_queue == NULL ||
	    station_run(station, "scan", words, &answer) != MR_OK)
		return;
	big = answer_get(answer, "verdict");
	state = answer_get(answer, "state");
	if (big != NULL && mr_verdict_named(big) != MR_V_OLD_PAGE &&
	    state != NULL && strcmp(state, "cleared") == 0)
		print_envelope(station, typed, 0, text, size);
}

void
station_stub(struct station *station, const char *typed)
{
	const struct station_word words[] = {{"stub", typed}, {NULL, NULL}};
	struct answer *answer;
	enum mr_status status;
	char text[240];

	print_for_stub(station, typed, text, sizeof(text));
	status = station_run(station, "letter seal", words, &answer);
	if (status == MR_OK || status == MR_STOP)
		keep_stub(station, answer);
	else
		station_refused(station, status);
	if (text[0] != '\0')
		station_extra(station, text);
}

void
station_look(struct station *station, const char *typed)
{
	const struct station_word words[] = {{"code", typed}, {NULL, NULL}};
	struct station_letter letter;
	struct answer *answer;
	enum mr_status status;

	status = station_run(station, "scan", words, &answer);
	if (status != MR_OK) {
		station_refused(station, status);
		return;
	}
	station_told(station, answer);
	station_take(answer, "", &letter);
	if (letter.number[0] == '\0')
		return;
	if (strcmp(letter.state, "cleared") == 0)
		station_extra(station,
		    "At this station: its stub, then the "
		    "envelope.");
	/* One that was released has no stub yet: its number takes it up. */
	if (strcmp(letter.state, "received") == 0) {
		station->last = letter;
		station_list(station, &letter);
	}
	if (strcmp(letter.state, "posted") != 0)
		return;
	station->seen = letter;
	station_extra(station, "At this station: B.");
}

static void
seal(struct station *station, const char *envelope, const char *zip)
{
	const struct station_word words[] = {{"stub", station->stub.code},
	    {"envelope", envelope}, {zip != NULL ? "zip" : NULL, zip},
	    {NULL, NULL}};
	char kept[STATION_TEXT];
	struct answer *answer;
	enum mr_status status;

	snprintf(kept, sizeof(kept), "%s", envelope);
	status = station_run(station, "letter seal", words, &answer);
	if (status == MR_OK || status == MR_STOP) {
		keep_stub(station, answer);
		return;
	}
	station_refused(station, status);
	if (strstr(station->cli->error.message, "--zip") == NULL)
		return;
	snprintf(station->envelope, sizeof(station->envelope), "%s", kept);
	station_say(station, MR_V_LOOK_AGAIN, NULL,
	    (struct mr_verdict_facts){
		.why = "It was printed for another address before. Read the "
		       "ZIP on this envelope and type its five digits."});
}

/* With a stub in the hand nothing is done to another letter unseen. */
void
station_stub_held(struct station *station)
{
	char why[200];

	snprintf(why, sizeof(why),
	    "You hold the stub of %s. Scan its envelope; U puts the stub down.",
	    station->stub.number);
	station_say(station, MR_V_LOOK_AGAIN, NULL,
	    (struct mr_verdict_facts){.why = why});
}

void
station_stub_down(struct station *station)
{
	char text[120];

	snprintf(text, sizeof(text),
	    "%s: the stub is put down, nothing was sealed.",
	    station->stub.number);
	memset(&station->stub, 0, sizeof(station->stub));
	station->envelope[0] = '\0';
	station_say(station, MR_V_READY, NULL, (struct mr_verdict_facts){0});
	station_extra(station, text);
}

void
station_envelope(struct station *station, const char *typed)
{
	if (station->stub.code[0] == '\0')
		station_look(station, typed);
	else
		seal(station, typed, NULL);
}

int
station_zip(struct station *station, const char *typed)
{
	if (station->stub.code[0] == '\0' || station->envelope[0] == '\0' ||
	    strlen(typed) != 5 || strspn(typed, "0123456789") != 5)
		return 0;
	seal(station, station->envelope, typed);
	return 1;
}
