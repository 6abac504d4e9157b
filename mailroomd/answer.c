/* Problems, told as the command line tells them.  See answer.h. */
#include "mailroomd/answer.h"

#include <jansson.h>
#include <string.h>

static const char *const names[MR_NSTATUS] = {
#define X(name, exit, http, text) [MR_##name] = #name,
    MR_STATUS(X)
#undef X
};

const char *
answer_status_name(enum mr_status status)
{
	return names[status];
}

enum mr_status
answer_status(const char *name)
{
	for (int i = 0; i < MR_NSTATUS; i++)
		if (strcmp(names[i], name) == 0)
			return (enum mr_status)i;
	return MR_BUG;
}

static int
write_on(const char *bytes, size_t len, void *reply)
{
	return reply_write(reply, bytes, len);
}

void
answer_problem(
    struct reply *reply, int http, enum mr_status status, const char *sentence)
{
	json_t *problem;

	if (http == 0)
		http = mr_status_http(status);
	reply_clear(reply);
	reply->status = http;
	reply->type = "application/problem+json";
	reply_header(
	    reply, ANSWER_STATUS_HEADER, "%s", answer_status_name(status));
	problem = json_pack("{s:s, s:s, s:i, s:s?, s:s}", "type", "about:blank",
	    "title", mr_status_text(status), "status", http, "detail",
	    sentence[0] != '\0' ? sentence : NULL, "code",
	    answer_status_name(status));
	if (problem == NULL ||
	    json_dump_callback(problem, write_on, reply, JSON_COMPACT) != 0)
		reply->failed = 1;
	json_decref(problem);
}
