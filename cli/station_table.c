/*
 * The work at the table: the stub of a torn sheet is scanned, its envelope
 * prints elsewhere, and before anything is glued the two must be a pair.
 */
#include <stdio.h>
#include <string.h>

#include "cli/station.h"

void
station_stub(struct station *station, const char *typed)
{
	(void)typed;
	station_say(station, MR_V_STUB, &station->stub,
	    (struct mr_verdict_facts){.why = NULL});
}

void
station_envelope(struct station *station, const char *typed)
{
	(void)typed;
	(void)station;
}

void
station_resume(struct station *station)
{
	station_say(station, MR_V_READY, NULL, (struct mr_verdict_facts){0});
}
