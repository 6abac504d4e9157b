/*
 * Who is signed in where, for an admin: and whom to sign out when a station
 * was left alone.  /api/who.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "lib/op.h"
#include "mailroomd/answer.h"
#include "mailroomd/api.h"
#include "mailroomd/door.h"
#include "mailroomd/log.h"

/* Those of a name: ended after the look, which holds the lock. */
struct ending {
	const char *name;
	int64_t user;
};

static void
add_seat(void *list, const struct mr_signed *who, int station, int64_t quiet)
{
	char letter[2] = {(char)station, '\0'};

	json_array_append_new(list,
	    json_pack("{s:s, s:s, s:s, s:I}", "user", who->name, "role",
		mr_role_name(who->role), "station", letter, "quiet",
		(json_int_t)quiet));
}

static void
put_seats(struct office *office, struct reply *reply)
{
	json_t *list = json_array();
	char *text;

	session_each(office->sessions, office_clock(), add_seat, list);
	text = json_dumps(list, JSON_COMPACT);
	if (text != NULL)
		reply_text(reply, 200, JSON_TYPE, text);
	else
		reply->failed = 1;
	free(text);
	json_decref(list);
}

static void
find_name(void *arg, const struct mr_signed *who, int station, int64_t quiet)
{
	struct ending *ending = arg;

	(void)station;
	(void)quiet;
	if (strcmp(who->name, ending->name) == 0)
		ending->user = who->user;
}

static void
end_seats(struct office *office, struct http_request *request)
{
	struct ending ending = {.name = http_query(request, "user")};

	if (ending.name != NULL)
		session_each(
		    office->sessions, office_clock(), find_name, &ending);
	if (ending.user == 0) {
		answer_problem(&request->reply, 404, MR_NOTFOUND,
		    "nobody of that name is signed in");
		return;
	}
	session_end_user(office->sessions, ending.user);
	log_line(LOG_SIGNED_OUT, ending.user, 0, 0);
	request->reply.status = 204;
}

/* The session says admin; the office has the last word. */
static int
is_admin(struct office *office, struct http_request *request,
    const struct session *session)
{
	struct reply *reply = &request->reply;
	struct mr_error error = {0};
	struct mr *mr;

	if (session->local || session->who.role != MR_ADMIN) {
		answer_problem(reply, 403, MR_DENIED,
		    "this is for an admin who signed in");
		return 0;
	}
	mr = reader_take(office->readers, &error);
	if (mr == NULL) {
		answer_problem(reply, 0, error.status, error.message);
		return 0;
	}
	mr_still_signed(mr, &session->who, &error);
	reader_give(office->readers, mr);
	if (error.status != MR_OK)
		door_turn_away(office, request, &error);
	return error.status == MR_OK;
}

void
who_serve(struct office *office, struct http_request *request)
{
	int ends = strcmp(request->method, "DELETE") == 0;
	struct session session;

	if (!ends && strcmp(request->method, "GET") != 0) {
		answer_problem(&request->reply, 405, MR_USAGE, "GET or DELETE");
		reply_header(&request->reply, "Allow", "GET, DELETE");
		return;
	}
	if (door_check(office, request, ends, &session) == 0 &&
	    is_admin(office, request, &session)) {
		if (ends)
			end_seats(office, request);
		else
			put_seats(office, &request->reply);
	}
	session_wipe(&session);
}
