/*
 * `mailroom station`: the loop, and how it runs an operation.
 */
#include "cli/station.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What the functions of an ask get here. */
struct call {
	struct cli *cli;
	struct line_editor *line;
	const struct station_word *words;
};

static const char *
get(void *arg, const char *name)
{
	const struct call *call = arg;
	const struct station_word *word;

	for (word = call->words; word->name != NULL; word++)
		if (strcmp(word->name, name) == 0)
			return word->value;
	return NULL;
}

/* A question needs the terminal as it was. */
static int
passphrase(void *arg, const char *which, char *buf, size_t size)
{
	struct call *call = arg;
	struct line_editor before = *call->line;
	int failed;

	line_close(call->line);
	failed = cli_passphrase(call->cli, which, buf, size);
	line_open(call->line, before.in, before.out);
	return failed;
}

enum mr_status
station_run(struct station *station, const char *op,
    const struct station_word *words, struct answer **answer)
{
	struct cli *cli = station->cli;
	struct call call = {cli, &station->line, words};
	const struct mr_op *row = mr_op_find(op);
	struct mr_ask ask = cli_ask(cli);
	struct answer *a;

	cli->error = (struct mr_error){0};
	if (row == NULL)
		return cli_fail(
		    cli, MR_BUG, "this program has no operation '%s'", op);
	a = answer_new(station->arena, cli_document, cli);
	if (a == NULL)
		return cli_fail(cli, MR_NOMEM, "memory ran out");
	ask.arg = &call;
	ask.get = get;
	ask.file = NULL;
	ask.progress = NULL;
	ask.passphrase = passphrase;
	*answer = a;
	return cli_do(cli, row, &ask, answer_out(a));
}

enum mr_status
station_print(struct station *station, const char *queue, const char *op,
    const struct station_word *words, struct answer **answer)
{
	struct cli *cli = station->cli;
	enum mr_status status = MR_OK;

	cli->paper.error = (struct mr_error){0};
	cli->error = (struct mr_error){0};
	if (queue != NULL)
		status = cli_queue(cli, queue);
	if (status == MR_OK)
		status = station_run(station, op, words, answer);
	cli->queue = NULL;
	if (cli->paper.error.status != MR_OK) {
		cli->error = cli->paper.error;
		status = cli->error.status;
	}
	return status;
}

enum mr_status
station_sheet(struct station *station, const struct station_letter *letter)
{
	struct cli *cli = station->cli;
	const struct station_word words[] = {
	    {"letter", letter->code}, {NULL, NULL}};
	struct answer *answer;
	enum mr_status status;
	char path[4096];

	if (station->sheet_queue != NULL)
		return station_print(station, station->sheet_queue,
		    "sheet print", words, &answer);
	if (station->sheets == NULL)
		return MR_OK;
	snprintf(path, sizeof(path), "%s/%s-%s.pdf", station->sheets,
	    letter->number, letter->code);
	if (paper_open(&cli->paper, path, 0) != 0) {
		cli->error = cli->paper.error;
		return cli->error.status;
	}
	status = station_print(station, NULL, "sheet print", words, &answer);
	paper_close(&cli->paper);
	return status;
}

static void
copy(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from != NULL ? from : "");
}

void
station_take(
    const struct answer *a, const char *prefix, struct station_letter *letter)
{
	memset(letter, 0, sizeof(*letter));
	copy(letter->code, sizeof(letter->code),
	    answer_get(a, "%scode", prefix));
	copy(letter->number, sizeof(letter->number),
	    answer_get(a, "%snumber", prefix));
	copy(letter->state, sizeof(letter->state),
	    answer_get(a, "%sstate", prefix));
	copy(letter->sheets, sizeof(letter->sheets),
	    answer_get(a, "%ssheets", prefix));
	copy(letter->from, sizeof(letter->from),
	    answer_get(a, "%sfrom", prefix));
	copy(letter->to, sizeof(letter->to), answer_get(a, "%sto", prefix));
}

/* Every fact that is known; "" is not known. */
static const char *
known(const char *s)
{
	return s != NULL && s[0] != '\0' ? s : NULL;
}

void
station_say(struct station *station, enum mr_verdict verdict,
    const struct station_letter *letter, struct mr_verdict_facts more)
{
	struct station_view *view = &station->view;

	if (letter != NULL) {
		more.number = known(letter->number);
		more.from = known(letter->from);
		more.to = known(letter->to);
		more.state = known(letter->state);
		more.sheets = known(letter->sheets);
	}
	view->verdict = verdict;
	view->extras = 0;
	mr_verdict_say(verdict, &more, view->plain, sizeof(view->plain));
}

void
station_told(struct station *station, const struct answer *answer)
{
	struct station_view *view = &station->view;
	const char *big = answer_get(answer, "verdict");
	const char *say = answer_get(answer, "say");

	view->verdict = mr_verdict_named(big != NULL ? big : "");
	view->extras = 0;
	snprintf(
	    view->plain, sizeof(view->plain), "%s", say != NULL ? say : "");
}

void
station_refused(struct station *station, enum mr_status status)
{
	const char *why = station->cli->error.message;
	enum mr_verdict verdict = MR_V_NOT_DONE;
	char sentence[640];
	size_t len;

	if (why[0] == '\0')
		why = mr_status_text(status);
	if (status == MR_INVALID || status == MR_NOTFOUND)
		verdict = MR_V_LOOK_AGAIN;
	/* The library's sentences end without a dot. */
	len = strlen(why);
	snprintf(sentence, sizeof(sentence), "%s%s", why,
	    len > 0 && strchr(".?!", why[len - 1]) == NULL ? "." : "");
	if (sentence[0] >= 'a' && sentence[0] <= 'z')
		sentence[0] = (char)(sentence[0] - 'a' + 'A');
	station_say(
	    station, verdict, NULL, (struct mr_verdict_facts){.why = sentence});
}

/* What is there when the station starts: the last letter, and READY. */
static enum mr_status
resume(struct station *station)
{
	const struct station_word none[] = {{NULL, NULL}};
	struct station_view *view = &station->view;
	struct answer *answer;
	enum mr_status status;
	const char *say;

	status = station_run(station, "letter last", none, &answer);
	if (status != MR_OK)
		return status;
	station_say(station, MR_V_READY, NULL, (struct mr_verdict_facts){0});
	say = answer_get(answer, "say");
	if (say != NULL)
		snprintf(view->extra[view->extras++], sizeof(view->extra[0]),
		    "%.238s", say);
	return MR_OK;
}

/* Before the first line: is there a folder for the sheets? */
static enum mr_status
check_folder(struct cli *cli, const char *folder)
{
	if (folder == NULL || access(folder, W_OK | X_OK) == 0)
		return MR_OK;
	return cli_fail(cli, MR_IO,
	    "%.300s: the cover sheets go there, and it is no folder that can "
	    "be written",
	    folder);
}

/* And do the printers work that were named? */
static enum mr_status
check_printers(struct station *station)
{
	struct cli *cli = station->cli;
	enum mr_status status = MR_OK;

	if (station->sheets != NULL && station->sheet_queue != NULL)
		return cli_fail(cli, MR_USAGE,
		    "the cover sheets go to a folder or to a printer: give "
		    "--sheets or --printer-sheets");
	if (station->sheet_queue != NULL)
		status = cli_queue(cli, station->sheet_queue);
	if (status == MR_OK && station->envelope_queue != NULL)
		status = cli_queue(cli, station->envelope_queue);
	cli->queue = NULL;
	return status;
}

static void
work(struct station *station)
{
	struct cli *cli = station->cli;
	char line[LINE_SIZE];
	int more = 1;

	line_open(&station->line, STDIN_FILENO, STDOUT_FILENO);
	if (cli->practice && !station->line.raw)
		cli_print(cli, "%s\n", CLI_PRACTICE);
	station_show(station);
	while (more && cli->sink.error == 0 &&
	    line_read(&station->line, "\r > ", line)) {
		mr_arena_reset(station->arena);
		more = station_do(station, line);
		if (more)
			station_show(station);
	}
	/* The shell goes on below, not in the middle of the list. */
	if (station->line.raw)
		cli_print(cli, "\n\033[J");
	line_close(&station->line);
	cli->error = (struct mr_error){0};
}

enum mr_status
command_station(struct cli *cli)
{
	struct station station = {.cli = cli};
	enum mr_status status;

	station.sheets = cli_get(cli, "sheets");
	station.sheet_queue = cli_get(cli, "printer_sheets");
	station.envelope_queue = cli_get(cli, "printer_envelopes");
	status = check_folder(cli, station.sheets);
	if (status == MR_OK)
		status = check_printers(&station);
	if (status == MR_OK)
		status = cli_open(cli);
	if (status != MR_OK)
		return status;
	station.arena = mr_arena_new(0);
	if (station.arena == NULL)
		return cli_fail(cli, MR_NOMEM, "memory ran out");
	status = resume(&station);
	if (status == MR_OK)
		work(&station);
	mr_arena_free(station.arena);
	return status;
}
