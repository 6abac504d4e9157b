/* Operations over HTTP.  See remote.h. */
#include "cli/remote.h"

#include <curl/curl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/remote_body.h"
#include "cli/replay.h"

#define ANSWER_MOST ((size_t)256 << 20)
#define SECRET 1024 /* bytes of a passphrase, its NUL included */

struct bytes {
	char *p;
	size_t len, size;
};

struct remote {
	CURL *curl;
	char base[512]; /* without a slash at its end */
	char token[64]; /* after signing in */
	int local;      /* a Unix socket: tried without signing in */
	/* of the request at work */
	struct bytes answer;
	char status_name[32], ask[32], practice[8];
	const char *now; /* --now; NULL: the clock */
	long http;
};

static enum mr_status
fail(struct mr_error *error, enum mr_status status, const char *sentence)
{
	error->status = status;
	snprintf(error->message, sizeof(error->message), "%s", sentence);
	return status;
}

static void
clear(struct bytes *bytes)
{
	if (bytes->p != NULL)
		explicit_bzero(bytes->p, bytes->len);
	bytes->len = 0;
}

static size_t
take(char *p, size_t one, size_t n, void *arg)
{
	struct bytes *bytes = arg;
	size_t len = one * n, size = bytes->size == 0 ? 4096 : bytes->size;
	char *more;

	if (len > ANSWER_MOST - bytes->len)
		return 0;
	while (size < bytes->len + len + 1)
		size *= 2;
	if (size != bytes->size) {
		more = malloc(size);
		if (more == NULL)
			return 0;
		if (bytes->len > 0)
			memcpy(more, bytes->p, bytes->len);
		clear(&(struct bytes){bytes->p, bytes->len, 0});
		free(bytes->p);
		bytes->p = more;
		bytes->size = size;
	}
	memcpy(bytes->p + bytes->len, p, len);
	bytes->len += len;
	bytes->p[bytes->len] = '\0';
	return len;
}

/* "Name: value\r\n" where it is that name. */
static void
keep(const char *line, size_t n, const char *name, char *to, size_t size)
{
	size_t len = strlen(name), end;

	if (n <= len || curl_strnequal(line, name, len) == 0)
		return;
	for (line += len, n -= len; n > 0 && *line == ' '; line++, n--)
		;
	for (end = n; end > 0 && (unsigned char)line[end - 1] <= ' '; end--)
		;
	snprintf(to, size, "%.*s", (int)end, line);
}

static size_t
take_header(char *line, size_t one, size_t n, void *arg)
{
	struct remote *remote = arg;

	n *= one;
	keep(line, n, "Mailroom-Status:", remote->status_name,
	    sizeof(remote->status_name));
	keep(line, n, "Mailroom-Ask:", remote->ask, sizeof(remote->ask));
	keep(line, n, "Mailroom-Practice:", remote->practice,
	    sizeof(remote->practice));
	return n;
}

struct remote *
remote_new(const char *url, const char *ca, struct mr_error *error)
{
	struct remote *remote = calloc(1, sizeof(*remote));
	size_t n;

	if (remote != NULL)
		remote->curl = curl_easy_init();
	if (remote == NULL || remote->curl == NULL) {
		fail(error, MR_NOMEM, "memory ran out");
		free(remote);
		return NULL;
	}
	if (strncmp(url, "unix:", 5) == 0) {
		curl_easy_setopt(
		    remote->curl, CURLOPT_UNIX_SOCKET_PATH, url + 5);
		remote->local = 1;
		url = "http://mailroom";
	} else if (strncmp(url, "http://", 7) != 0 &&
	    strncmp(url, "https://", 8) != 0) {
		fail(error, MR_USAGE,
		    "--server: write http://127.0.0.1:8025, https://HOST:PORT "
		    "or unix:PATH");
		curl_easy_cleanup(remote->curl);
		free(remote);
		return NULL;
	}
	snprintf(remote->base, sizeof(remote->base), "%s", url);
	n = strlen(remote->base);
	if (n > 0 && remote->base[n - 1] == '/')
		remote->base[n - 1] = '\0';
	curl_easy_setopt(remote->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(remote->curl, CURLOPT_COOKIEFILE, "");
	curl_easy_setopt(remote->curl, CURLOPT_PROXY, "");
	curl_easy_setopt(remote->curl, CURLOPT_CONNECTTIMEOUT, 10L);
	curl_easy_setopt(remote->curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(remote->curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(remote->curl, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(remote->curl, CURLOPT_HEADERDATA, remote);
	if (ca != NULL)
		curl_easy_setopt(remote->curl, CURLOPT_CAINFO, ca);
	return remote;
}

/* A request and its answer.  body NULL: GET. */
static enum mr_status
send_off(struct remote *remote, const char *path, const char *body,
    struct curl_slist *headers, struct mr_error *error)
{
	char url[4096];
	CURLcode code;

	snprintf(url, sizeof(url), "%s%s", remote->base, path);
	clear(&remote->answer);
	remote->status_name[0] = remote->ask[0] = '\0';
	curl_easy_setopt(remote->curl, CURLOPT_URL, url);
	curl_easy_setopt(remote->curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(remote->curl, CURLOPT_WRITEDATA, &remote->answer);
	if (body != NULL) {
		curl_easy_setopt(remote->curl, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)strlen(body));
		curl_easy_setopt(remote->curl, CURLOPT_POSTFIELDS, body);
	} else {
		curl_easy_setopt(remote->curl, CURLOPT_HTTPGET, 1L);
	}
	code = curl_easy_perform(remote->curl);
	if (code != CURLE_OK) {
		error->status = MR_LOST;
		snprintf(error->message, sizeof(error->message),
		    "%.300s does not answer: %s; is mailroomd running there?",
		    remote->local ? "the socket" : remote->base,
		    curl_easy_strerror(code));
		return MR_LOST;
	}
	curl_easy_getinfo(remote->curl, CURLINFO_RESPONSE_CODE, &remote->http);
	return MR_OK;
}

/* "Name: value" to the list.  0, or -1: no memory, or no header line. */
static int
add_header(struct curl_slist **list, const char *name, const char *value)
{
	struct curl_slist *more;
	char line[3 * SECRET];

	if (strpbrk(value, "\r\n") != NULL ||
	    snprintf(line, sizeof(line), "%s: %s", name, value) >=
		(int)sizeof(line))
		return -1;
	more = curl_slist_append(*list, line);
	explicit_bzero(line, sizeof(line));
	if (more == NULL)
		return -1;
	*list = more;
	return 0;
}

static void
wipe_headers(struct curl_slist *list)
{
	for (struct curl_slist *at = list; at != NULL; at = at->next)
		explicit_bzero(at->data, strlen(at->data));
	curl_slist_free_all(list);
}

/* Nobody else is to go on with what was signed in for one command. */
static void
sign_out(struct remote *remote)
{
	struct curl_slist *list = NULL;
	struct mr_error error;

	curl_easy_setopt(remote->curl, CURLOPT_CUSTOMREQUEST, "DELETE");
	curl_easy_setopt(remote->curl, CURLOPT_TIMEOUT, 5L);
	if (add_header(&list, "Mailroom-Token", remote->token) == 0)
		send_off(remote, "/api/session", NULL, list, &error);
	wipe_headers(list);
}

void
remote_free(struct remote *remote)
{
	if (remote == NULL)
		return;
	if (remote->token[0] != '\0')
		sign_out(remote);
	curl_easy_cleanup(remote->curl);
	clear(&remote->answer);
	free(remote->answer.p);
	sodium_memzero(remote, sizeof(*remote));
	free(remote);
}

/* What a request carries beside its parameters. */
static int
common_headers(const struct remote *remote, const struct mr_ask *ask,
    struct curl_slist **list)
{
	char protocol[16], station[2] = {(char)ask->station, '\0'};
	int failed;

	snprintf(protocol, sizeof(protocol), "%d", MR_PROTOCOL);
	failed = add_header(list, "Mailroom-Protocol", protocol) != 0 ||
	    add_header(list, "Accept", "application/json") != 0 ||
	    add_header(list, "Content-Type", "application/json") != 0 ||
	    add_header(list, "Expect", "") != 0;
	if (!failed && ask->user != NULL)
		failed = add_header(list, "Mailroom-User", ask->user);
	if (!failed && ask->station != 0)
		failed = add_header(list, "Mailroom-Station", station);
	if (!failed && remote->token[0] != '\0')
		failed = add_header(list, "Mailroom-Token", remote->token);
	if (!failed && ask->request != NULL)
		failed = add_header(list, "Mailroom-Request", ask->request);
	if (!failed && ask->printer != NULL)
		failed = add_header(list, "Mailroom-Printer", ask->printer);
	if (!failed && remote->now != NULL)
		failed = add_header(list, "Mailroom-Now", remote->now);
	return failed;
}

/* The passphrase that the other side asked for, as a header. */
static enum mr_status
answer_asked(const struct remote *remote, const struct mr_ask *ask,
    struct curl_slist **list, struct mr_error *error)
{
	static const char *const names[][2] = {
	    {"new", "Mailroom-New-Passphrase"},
	    {"recovery", "Mailroom-Recovery"}, {MR_ASK_OLD_PIN, "Mailroom-Pin"},
	    {MR_ASK_NEW_PIN, "Mailroom-New-Pin"},
	    {"passphrase", "Mailroom-Passphrase"}};
	const size_t own = sizeof(names) / sizeof(names[0]) - 1;
	char secret[SECRET], text[2 * SECRET];
	const char *which = remote->ask;
	size_t i = 0;
	int failed;

	while (i < own && strcmp(names[i][0], which) != 0)
		i++;
	if (i == own)
		which = ask->user != NULL ? ask->user : "the coordinator";
	if (ask->passphrase == NULL ||
	    ask->passphrase(ask->arg, which, secret, sizeof(secret)) != 0)
		return error->status; /* what the other side said */
	sodium_bin2base64(text, sizeof(text), (unsigned char *)secret,
	    strlen(secret), sodium_base64_VARIANT_ORIGINAL);
	failed = add_header(list, names[i][1], text);
	sodium_memzero(secret, sizeof(secret));
	sodium_memzero(text, sizeof(text));
	return failed ? fail(error, MR_NOMEM, "memory ran out") : MR_OK;
}

/* What the problem says. */
static enum mr_status
take_problem(const struct remote *remote, struct mr_error *error)
{
	json_t *problem =
	    json_loadb(remote->answer.p, remote->answer.len, 0, NULL);
	const char *detail =
	    json_string_value(json_object_get(problem, "detail"));
	enum mr_status status = mr_status_named(remote->status_name);

	if (remote->status_name[0] == '\0')
		fail(error, MR_LOST, "no mailroomd answers there");
	else
		fail(error, status, detail != NULL ? detail : "");
	json_decref(problem);
	return error->status;
}

/* Without a Unix socket of our own somebody must sign in. */
static enum mr_status
sign_in(struct remote *remote, const struct mr_ask *ask, struct mr_error *error)
{
	struct curl_slist *list = NULL;
	char secret[SECRET], *text = NULL;
	json_t *body = NULL, *session = NULL;
	const char *token;
	enum mr_status status = MR_NOMEM;

	if (ask->user == NULL)
		return fail(error, MR_USAGE,
		    "say who you are with --user NAME, or $MAILROOM_USER");
	if (ask->passphrase == NULL ||
	    ask->passphrase(ask->arg, ask->user, secret, sizeof(secret)) != 0)
		return fail(error, MR_LOCKED,
		    "signing in needs your passphrase: type it when asked, or "
		    "give --passphrase-file or $MAILROOM_PASSPHRASE");
	body = json_pack("{s:s, s:s}", "user", ask->user, "passphrase", secret);
	sodium_memzero(secret, sizeof(secret));
	if (body != NULL)
		text = json_dumps(body, JSON_COMPACT);
	if (text == NULL || common_headers(remote, ask, &list) != 0)
		goto out;
	status = send_off(remote, "/api/session", text, list, error);
	if (status != MR_OK)
		goto out;
	session = json_loadb(remote->answer.p, remote->answer.len, 0, NULL);
	token = json_string_value(json_object_get(session, "token"));
	if (remote->http != 200 || token == NULL) {
		status = take_problem(remote, error);
		goto out;
	}
	snprintf(remote->token, sizeof(remote->token), "%s", token);
out:
	if (status == MR_NOMEM)
		fail(error, MR_NOMEM, "memory ran out");
	if (text != NULL)
		explicit_bzero(text, strlen(text));
	free(text);
	json_decref(body);
	json_decref(session);
	wipe_headers(list);
	return status;
}

/* An operation answered: into out, and what it says of itself. */
static enum mr_status
take_answer(struct remote *remote, const struct mr_op *op, struct mr_out *out,
    struct mr_error *error)
{
	enum mr_status status = mr_status_named(remote->status_name);
	int failed;

	/* A problem, and not an answer that tells of a stop or of damage. */
	if (remote->http >= 400 && status != MR_STOP &&
	    !(status == MR_DAMAGED && !op->writes))
		return take_problem(remote, error);
	failed = replay(remote->answer.p, remote->answer.len, out);
	if (failed)
		return fail(error, MR_LOST, "the answer was cut off");
	error->status = status;
	return status;
}

/* Asked for up to three secrets, a request is sent up to four times; nothing
 * was done before the last.  Asked twice for the same, the first was wrong. */
static enum mr_status
exchange(struct remote *remote, const struct mr_op *op,
    const struct mr_ask *ask, const char *path, const char *body,
    struct mr_out *out, struct mr_error *error)
{
	struct curl_slist *list = NULL;
	char before[sizeof(remote->ask)] = "";
	enum mr_status status = MR_NOMEM;

	if (common_headers(remote, ask, &list) != 0) {
		fail(error, MR_NOMEM, "memory ran out");
		goto out;
	}
	for (int i = 0; i < 4; i++) {
		status = send_off(remote, path, body, list, error);
		if (status != MR_OK)
			break;
		status = take_answer(remote, op, out, error);
		if (status != MR_LOCKED || remote->ask[0] == '\0' ||
		    strcmp(remote->ask, before) == 0)
			break;
		snprintf(before, sizeof(before), "%s", remote->ask);
		if (answer_asked(remote, ask, &list, error) != MR_OK)
			break;
	}
out:
	wipe_headers(list);
	return status;
}

enum mr_status
remote_run(struct remote *remote, const struct mr_op *op,
    const struct mr_ask *ask, const char *now, struct mr_out *out,
    struct mr_error *error)
{
	char path[3072], *body = NULL;
	enum mr_status status = MR_OK;

	remote->now = now;
	error->status = MR_OK;
	error->message[0] = '\0';
	if (remote_path(op, ask, path, sizeof(path)) != 0)
		status = fail(error, MR_USAGE, "that is too long to be sent");
	else if (op->writes)
		status = remote_body(op, ask, &body, error);
	if (status == MR_OK && !remote->local && remote->token[0] == '\0')
		status = sign_in(remote, ask, error);
	if (status == MR_OK)
		status = exchange(remote, op, ask, path, body, out, error);
	if (body != NULL)
		explicit_bzero(body, strlen(body));
	free(body);
	return status;
}

int
remote_practice(const struct remote *remote)
{
	return remote->practice[0] != '\0';
}
