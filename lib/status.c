/* The list of statuses, column by column.  See mailroom.h. */
#include "lib/mailroom.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *name;
	int exit, http;
	const char *text;
} statuses[] = {
#define X(name, exit, http, text) {#name, exit, http, text},
    MR_STATUS(X)
#undef X
};

int
mr_status_exit(enum mr_status status)
{
	return statuses[status].exit;
}

int
mr_status_http(enum mr_status status)
{
	return statuses[status].http;
}

const char *
mr_status_text(enum mr_status status)
{
	return statuses[status].text;
}

const char *
mr_status_name(enum mr_status status)
{
	return statuses[status].name;
}

enum mr_status
mr_status_named(const char *name)
{
	for (int i = 0; i < MR_NSTATUS; i++)
		if (strcmp(statuses[i].name, name) == 0)
			return (enum mr_status)i;
	return MR_LOST;
}
