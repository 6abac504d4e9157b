/* Problems, told as the command line tells them.  See answer.h. */
#include "mailroomd/answer.h"

#include <jansson.h>

#include "lib/tongue.h"

static int
write_on(const char *bytes, size_t len, void *reply)
{
	return reply_write(reply, bytes, len);
}

void
answer_problem(
    struct reply *reply, int http, enum mr_status status, const char *sentence)
{
	const char *before = mr_tongue_set(reply->language);
	json_t *problem;

	if (http == 0)
		http = mr_status_http(status);
	reply_clear(reply);
	reply->status = http;
	reply->type = "application/problem+json";
	reply_header(reply, ANSWER_STATUS_HEADER, "%s", mr_status_name(status));
	/* Who writes for us passes in a moment, a server comes back later. */
	if (http == 503)
		reply_header(
		    reply, "Retry-After", "%d", status == MR_BUSY ? 1 : 5);
	problem = json_pack("{s:s, s:s, s:i, s:s?, s:s}", "type", "about:blank",
	    "title", mr_say(mr_status_text(status)), "status", http, "detail",
	    sentence[0] != '\0' ? mr_say(sentence) : NULL, "code",
	    mr_status_name(status));
	if (problem == NULL ||
	    json_dump_callback(problem, write_on, reply, JSON_COMPACT) != 0)
		reply->failed = 1;
	json_decref(problem);
	mr_tongue_set(before);
}

void
answer_busy(struct reply *reply)
{
	answer_problem(reply, 503, MR_BUSY,
	    "too much is waiting here; try again in a moment");
}
