/* /api/photo.  See photo.h; eye.h does the looking. */
#include "mailroomd/photo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/out.h"
#include "mailroomd/answer.h"
#include "mailroomd/api.h"
#include "mailroomd/eye.h"

struct photo {
	struct work work; /* first: the one casts to the other */
	struct http_request *request;
	unsigned width, height;
	struct eye_seen seen;
	int failed;
};

static void
look(struct work *work, struct mr *mr)
{
	struct photo *photo = (struct photo *)work;

	(void)mr;
	photo->failed = eye_look(
	    photo->width, photo->height, photo->request->body, &photo->seen);
}

static void
put_seen(struct reply *reply, const struct eye_seen *seen)
{
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_out *out = NULL;

	if (arena != NULL)
		out = mr_out_json(arena, reply_write, reply, NULL);
	if (out == NULL) {
		reply->failed = 1;
		mr_arena_free(arena);
		return;
	}
	reply->status = 200;
	reply->type = JSON_TYPE;
	out->begin_map(out, NULL);
	out->begin_list(out, "codes");
	for (int i = 0; i < seen->codes; i++)
		out->text(out, NULL, seen->code[i]);
	out->end_list(out);
	out->integer(out, "others", seen->others);
	out->end_map(out);
	if (out->end(out) != 0)
		reply->failed = 1;
	mr_arena_free(arena);
}

static void
done(struct work *work, const struct mr_error *lost)
{
	struct photo *photo = (struct photo *)work;
	struct http_request *request = photo->request;

	if (lost != NULL || photo->failed)
		answer_problem(&request->reply, 500, MR_IO,
		    "the photo could not be looked at; take another, or type "
		    "the code");
	else
		put_seen(&request->reply, &photo->seen);
	free(photo);
	http_ready(request);
}

/* A number of the query; 0: there is none, or it is out of reach. */
static unsigned
side(const struct http_request *request, const char *name)
{
	const char *text = http_query(request, name);
	unsigned long n;
	char *end;

	if (text == NULL || text[0] < '0' || text[0] > '9')
		return 0;
	n = strtoul(text, &end, 10);
	return *end == '\0' && n <= EYE_PIXELS ? (unsigned)n : 0;
}

static void
put_aside(struct office *office, struct http_request *request, unsigned width,
    unsigned height)
{
	struct photo *photo = calloc(1, sizeof(*photo));

	if (photo == NULL) {
		request->reply.failed = 1;
		return;
	}
	photo->request = request;
	photo->width = width;
	photo->height = height;
	photo->work.run = look;
	photo->work.done = done;
	http_later(request);
	if (crew_add(office->desk, &photo->work) == 0)
		return;
	free(photo);
	answer_busy(&request->reply);
	http_ready(request);
}

void
photo_serve(struct office *office, struct http_request *request)
{
	unsigned width = side(request, "width");
	unsigned height = side(request, "height");
	struct session session;
	int allowed;

	if (strcmp(request->method, "POST") != 0) {
		answer_problem(&request->reply, 405, MR_USAGE,
		    "a photo is sent with POST");
		reply_header(&request->reply, "Allow", "POST");
		return;
	}
	allowed = door_check(office, request, 1, &session) == 0;
	session_wipe(&session);
	if (!allowed)
		return;
	if (width == 0 || height == 0 || height > EYE_PIXELS / width ||
	    request->len != (size_t)width * height)
		answer_problem(&request->reply, 0, MR_USAGE,
		    "send width times height grey bytes, at most two million, "
		    "and both numbers in the query");
	else
		put_aside(office, request, width, height);
}
