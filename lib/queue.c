/*
 * Print queues over IPP.  See queue.h.
 */
#include "lib/queue.h"

#include <cups/cups.h>
#include <stdio.h>
#include <string.h>

#include "lib/call.h"
#include "lib/code.h"
#include "lib/tongue.h"

#define CONNECT_MS 5000
#define PIECE 32768 /* bytes given to the server at a time */

/* Nobody is asked for a password behind the program's back. */
static const char *
no_password(const char *prompt, http_t *http, const char *method,
    const char *resource, void *arg)
{
	(void)prompt;
	(void)http;
	(void)method;
	(void)resource;
	(void)arg;
	return NULL;
}

/* Time is up: no more waiting. */
static int
give_up(http_t *http, void *arg)
{
	(void)http;
	(void)arg;
	return 0;
}

static enum mr_status
no_server(struct mr_error *error)
{
	return mr_error(error, MR_IO,
	    "the print server of this computer (CUPS) does not answer: ask "
	    "whoever looks after it, or make a file with -o FILE and print "
	    "that");
}

static enum mr_status
open_server(http_t **http, struct mr_error *error)
{
	cupsSetPasswordCB2(no_password, NULL);
	*http = httpConnect2(cupsServer(), ippPort(), NULL, AF_UNSPEC,
	    cupsEncryption(), 1, CONNECT_MS, NULL);
	if (*http == NULL)
		return no_server(error);
	httpSetTimeout(*http, MR_QUEUE_WAIT, give_up, NULL);
	if (httpAddrLocalhost(httpGetAddress(*http)) ||
	    httpIsEncrypted(*http) ||
	    httpEncryption(*http, HTTP_ENCRYPTION_REQUIRED) == 0)
		return MR_OK;
	httpClose(*http);
	*http = NULL;
	return mr_error(error, MR_REFUSED,
	    "the print server is another computer, and its line is not "
	    "encrypted: addresses would cross the network for all to read; "
	    "ask whoever looks after it for 'Encryption Required', or make a "
	    "file with -o FILE");
}

/* What an answer without success means to the person who prints. */
static enum mr_status
refused(const char *name, ipp_status_t code, struct mr_error *error)
{
	switch (code) {
	case IPP_STATUS_ERROR_NOT_FOUND:
		return mr_error(error, MR_NOTFOUND,
		    "the print server knows no printer '%.60s'; 'mailroom "
		    "printer list' shows those it has",
		    name);
	case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS:
	case IPP_STATUS_ERROR_PRINTER_IS_DEACTIVATED:
		return mr_error(error, MR_REFUSED,
		    "%.60s takes no jobs now: 'mailroom printer list' shows "
		    "why",
		    name);
	case IPP_STATUS_ERROR_FORBIDDEN:
	case IPP_STATUS_ERROR_NOT_AUTHENTICATED:
	case IPP_STATUS_ERROR_NOT_AUTHORIZED:
	case IPP_STATUS_ERROR_CUPS_AUTHENTICATION_CANCELED:
		return mr_error(error, MR_REFUSED,
		    "%.60s may not be used under this login: ask whoever "
		    "looks after the computer",
		    name);
	case IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED:
		return mr_error(error, MR_REFUSED,
		    "%.60s takes no PDF: ask whoever looks after the "
		    "computer to set it up anew",
		    name);
	case IPP_STATUS_ERROR_SERVICE_UNAVAILABLE:
	case IPP_STATUS_ERROR_TIMEOUT:
		return no_server(error);
	default:
		return mr_error(error, MR_IO,
		    "%.60s did not take the job (%.60s)", name,
		    ippErrorString(code));
	}
}

static const char *
words(ipp_attribute_t *attribute, const char *otherwise)
{
	const char *s =
	    attribute != NULL ? ippGetString(attribute, 0, NULL) : NULL;

	return s != NULL ? s : otherwise;
}

/* IPP's reasons that a person can do something about. */
static const char *
reason_words(const char *reason)
{
	static const struct {
		const char *begins, *say;
	} known[] = {
	    {"media-empty", MR_SAID("out of paper")},
	    {"media-needed", MR_SAID("out of paper")},
	    {"media-jam", MR_SAID("paper jam")},
	    {"toner-empty", MR_SAID("out of toner")},
	    {"marker-supply-empty", MR_SAID("out of ink or toner")},
	    {"cover-open", MR_SAID("a cover is open")},
	    {"door-open", MR_SAID("a door is open")},
	    {"offline", MR_SAID("switched off or unplugged")},
	    {"connecting-to-device", MR_SAID("it is being called")},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strncmp(reason, known[i].begins, strlen(known[i].begins)) ==
		    0)
			return mr_say(known[i].say);
	return NULL;
}

/* The first reason that has words; NULL: none. */
static const char *
why(ipp_attribute_t *reasons)
{
	const char *say = NULL;

	for (int i = 0;
	     reasons != NULL && say == NULL && i < ippGetCount(reasons); i++)
		say = reason_words(ippGetString(reasons, i, NULL));
	return say;
}

/* State and whether a job would come out. */
static void
put_state(struct mr_queue *queue, int state, int accepting, const char *reason,
    char *buf, size_t size)
{
	const char *say = mr_say("ready");

	queue->ready = 0;
	if (!accepting)
		say = mr_say("takes no jobs");
	else if (state == IPP_PSTATE_STOPPED)
		say = mr_say("stopped");
	else
		queue->ready = 1;
	if (queue->ready && state == IPP_PSTATE_PROCESSING)
		say = mr_say("printing");
	snprintf(buf, size, "%s%s%s", say, reason != NULL ? ": " : "",
	    reason != NULL ? reason : "");
	queue->state = buf;
}

/* The printers of an answer, one group of attributes each. */
struct walk {
	ipp_t *answer;
	ipp_attribute_t *at;
	const char *standard;
	char state[160];
};

/* The next printer; 0: there is none. */
static int
next_queue(struct walk *walk, struct mr_queue *queue)
{
	ipp_attribute_t *a = walk->at, *reasons = NULL;
	int state = IPP_PSTATE_IDLE, accepting = 1;

	*queue = (struct mr_queue){NULL, "", "", "", 0, 0};
	while (a != NULL && ippGetGroupTag(a) != IPP_TAG_PRINTER)
		a = ippNextAttribute(walk->answer);
	for (; a != NULL && ippGetGroupTag(a) == IPP_TAG_PRINTER;
	     a = ippNextAttribute(walk->answer)) {
		const char *name = ippGetName(a);

		if (name == NULL)
			break;
		if (strcmp(name, "printer-name") == 0)
			queue->name = words(a, NULL);
		else if (strcmp(name, "printer-location") == 0)
			queue->where = words(a, "");
		else if (strcmp(name, "printer-make-and-model") == 0)
			queue->what = words(a, "");
		else if (strcmp(name, "printer-state") == 0)
			state = ippGetInteger(a, 0);
		else if (strcmp(name, "printer-is-accepting-jobs") == 0)
			accepting = ippGetBoolean(a, 0);
		else if (strcmp(name, "printer-state-reasons") == 0)
			reasons = a;
	}
	walk->at = a;
	put_state(queue, state, accepting, why(reasons), walk->state,
	    sizeof(walk->state));
	queue->standard = queue->name != NULL && walk->standard != NULL &&
	    strcmp(queue->name, walk->standard) == 0;
	return queue->name != NULL;
}

/* Name of the default queue, if there is one. */
static void
default_name(http_t *http, char *name, size_t size)
{
	ipp_t *answer =
	    cupsDoRequest(http, ippNewRequest(IPP_OP_CUPS_GET_DEFAULT), "/");

	snprintf(name, size, "%s",
	    words(answer != NULL
		    ? ippFindAttribute(answer, "printer-name", IPP_TAG_NAME)
		    : NULL,
		""));
	ippDelete(answer);
}

static ipp_t *
ask_queues(http_t *http)
{
	static const char *const wanted[] = {"printer-name", "printer-location",
	    "printer-make-and-model", "printer-state", "printer-state-reasons",
	    "printer-is-accepting-jobs"};
	ipp_t *request = ippNewRequest(IPP_OP_CUPS_GET_PRINTERS);

	ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD,
	    "requested-attributes", sizeof(wanted) / sizeof(wanted[0]), NULL,
	    wanted);
	return cupsDoRequest(http, request, "/");
}

enum mr_status
mr_queue_each(int (*each)(void *arg, const struct mr_queue *queue), void *arg,
    struct mr_error *error)
{
	char standard[MR_QUEUE_NAME] = "";
	struct walk walk = {.standard = standard};
	struct mr_queue queue;
	http_t *http = NULL;
	ipp_status_t code;
	enum mr_status status = open_server(&http, error);

	if (status != MR_OK)
		return status;
	walk.answer = ask_queues(http);
	code = walk.answer != NULL ? ippGetStatusCode(walk.answer)
				   : cupsLastError();
	/* A server without any queue says that none was found. */
	if (code > IPP_STATUS_OK_CONFLICTING &&
	    code != IPP_STATUS_ERROR_NOT_FOUND)
		status = no_server(error);
	else
		default_name(http, standard, sizeof(standard));
	if (status == MR_OK && walk.answer != NULL)
		walk.at = ippFirstAttribute(walk.answer);
	while (walk.at != NULL && next_queue(&walk, &queue))
		if (each(arg, &queue) != 0)
			break;
	ippDelete(walk.answer);
	httpClose(http);
	return status;
}

/* One name looked for among all. */
struct look {
	const char *name;
	int found, ready;
	char state[160], all[300];
};

static int
look_one(void *arg, const struct mr_queue *queue)
{
	struct look *look = arg;
	size_t used = strlen(look->all);

	snprintf(look->all + used, sizeof(look->all) - used, "%s%s",
	    used > 0 ? ", " : "", queue->name);
	if (strcmp(queue->name, look->name) != 0)
		return 0;
	look->found = 1;
	look->ready = queue->ready;
	snprintf(look->state, sizeof(look->state), "%s", queue->state);
	return 1;
}

enum mr_status
mr_queue_ready(const char *name, struct mr_error *error)
{
	struct look look = {.name = name};
	enum mr_status status = mr_queue_each(look_one, &look, error);

	if (status != MR_OK)
		return status;
	if (!look.found && look.all[0] == '\0')
		return mr_error(error, MR_NOTFOUND,
		    "no printer is set up at the print server of this "
		    "computer: set one up there, or make a file with -o FILE");
	if (!look.found)
		return mr_error(error, MR_NOTFOUND,
		    "there is no printer '%.60s' here; there are: %.300s", name,
		    look.all);
	if (!look.ready)
		return mr_error(error, MR_REFUSED,
		    "%.60s is not ready (%.160s), and pages that wait there "
		    "would lie in its spool: start it again and print then, "
		    "or name another printer",
		    name, look.state);
	return MR_OK;
}

/* What stands behind the first /MediaBox.  0, or -1: nothing does. */
static int
media_box(const char *bytes, size_t len, char *text, size_t size)
{
	static const char key[] = "/MediaBox";
	const char *at = bytes, *end = bytes + len;

	while ((at = memchr(at, '/', (size_t)(end - at))) != NULL) {
		if ((size_t)(end - at) > sizeof(key) - 1 + size &&
		    memcmp(at, key, sizeof(key) - 1) == 0) {
			memcpy(text, at + sizeof(key) - 1, size - 1);
			text[size - 1] = '\0';
			return 0;
		}
		at++;
	}
	return -1;
}

/*
 * The name of the paper that the first page asks for, by its MediaBox; NULL:
 * that size has none.  An envelope lies on its side in a PDF; paper has its
 * name standing.
 */
static const char *
media_of(const char *bytes, size_t len)
{
	double box[4] = {0};
	pwg_media_t *media;
	char text[80];
	int w, h;

	if (media_box(bytes, len, text, sizeof(text)) != 0)
		return NULL;
	if (sscanf(text, " [ %lf %lf %lf %lf", &box[0], &box[1], &box[2],
		&box[3]) != 4)
		return NULL;
	/* Points to hundredths of a millimetre. */
	w = (int)((box[2] - box[0]) * 2540 / 72 + 0.5);
	h = (int)((box[3] - box[1]) * 2540 / 72 + 0.5);
	if (w < 100 || h < 100)
		return NULL;
	media = pwgMediaForSize(w < h ? w : h, w < h ? h : w);
	if (media == NULL || strncmp(media->pwg, "custom", 6) == 0)
		return NULL;
	return media->pwg;
}

static ipp_t *
job_request(const char *name, const char *title, const char *media)
{
	ipp_t *request = ippNewRequest(IPP_OP_PRINT_JOB);
	char uri[HTTP_MAX_URI];

	httpAssembleURIf(HTTP_URI_CODING_ALL, uri, sizeof(uri), "ipp", NULL,
	    "localhost", ippPort(), "/printers/%s", name);
	ippAddString(
	    request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME,
	    "requesting-user-name", NULL, cupsUser());
	ippAddString(
	    request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, title);
	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE,
	    "document-format", NULL, "application/pdf");
	ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1);
	ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling",
	    NULL, "none");
	ippAddString(
	    request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL, "one-sided");
	if (media != NULL)
		ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media",
		    NULL, media);
	return request;
}

/* The pages behind the request.  A server that has answered already has
 * refused; its answer tells. */
static void
send_bytes(http_t *http, const char *bytes, size_t len)
{
	http_status_t code = HTTP_STATUS_CONTINUE;

	for (size_t at = 0, n; at < len && code == HTTP_STATUS_CONTINUE;
	     at += n) {
		n = len - at < PIECE ? len - at : PIECE;
		code = cupsWriteRequestData(http, bytes + at, n);
	}
}

void
mr_queue_title(const char *file, char title[MR_QUEUE_TITLE])
{
	struct mr_symbols symbols;

	snprintf(title, MR_QUEUE_TITLE, "%.*s", (int)strcspn(file, "."), file);
	if (mr_code_fold(title, &symbols, NULL) != MR_FOLD_OK ||
	    mr_code_kind_of(&symbols) != MR_CODE_LETTER)
		snprintf(title, MR_QUEUE_TITLE, "mailroom");
}

enum mr_status
mr_queue_send(const char *name, const char *title, const void *bytes,
    size_t len, struct mr_error *error)
{
	ipp_t *request = NULL, *answer = NULL;
	char resource[HTTP_MAX_URI];
	http_t *http = NULL;
	ipp_status_t code;
	enum mr_status status = open_server(&http, error);

	if (status != MR_OK)
		return status;
	httpAssembleURIf(HTTP_URI_CODING_ALL, resource, sizeof(resource), "ipp",
	    NULL, "localhost", 0, "/printers/%s", name);
	request = job_request(name, title, media_of(bytes, len));
	/* Behind the scheme and the host: the path, its blanks encoded. */
	if (cupsSendRequest(http, request, strstr(resource, "/printers/"),
		ippLength(request) + len) == HTTP_STATUS_CONTINUE)
		send_bytes(http, bytes, len);
	answer = cupsGetResponse(http, strstr(resource, "/printers/"));
	code = answer != NULL ? ippGetStatusCode(answer) : cupsLastError();
	if (answer == NULL && code <= IPP_STATUS_OK_CONFLICTING)
		code = IPP_STATUS_ERROR_SERVICE_UNAVAILABLE;
	if (code > IPP_STATUS_OK_CONFLICTING)
		status = refused(name, code, error);
	ippDelete(answer);
	ippDelete(request);
	httpClose(http);
	return status;
}
