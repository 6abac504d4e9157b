/*
 * Parts of the help that are drawn from a row: usage, types, an example.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

/* A text being put together, cut at its size. */
struct line {
	char *at;
	size_t left;
};

static void add(struct line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
add(struct line *line, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(line->at, line->left, format, ap);
	va_end(ap);
	if (n < 0)
		return;
	if ((size_t)n >= line->left)
		n = line->left > 0 ? (int)line->left - 1 : 0;
	line->at += n;
	line->left -= (size_t)n;
}

const char *
help_value(const struct mr_param *param)
{
	static const char *const words[] = {
	    [MR_T_TEXT] = "TEXT",
	    [MR_T_SWITCH] = "",
	    [MR_T_COUNT] = "N",
	    [MR_T_DATE] = "DAY",
	    [MR_T_CENTS] = "MONEY",
	    [MR_T_CODE] = "CODE",
	    [MR_T_PERSON] = "PERSON",
	    [MR_T_PAIRING] = "PAIRING",
	    [MR_T_FILE] = "FILE",
	};

	return words[param->type];
}

void
help_type(const struct mr_param *param, char *out, size_t size)
{
	static const char *const words[] = {
	    [MR_T_TEXT] = "text",
	    [MR_T_SWITCH] = "switch",
	    [MR_T_COUNT] = "number",
	    [MR_T_DATE] = "day, as 2026-11-23",
	    [MR_T_CENTS] = "money, as 20.50",
	    [MR_T_CODE] = "code, typed or scanned",
	    [MR_T_PERSON] = "person: C12 or your own number",
	    [MR_T_PAIRING] = "pairing, as P45",
	    [MR_T_FILE] = "file, - is standard input",
	};

	if (param->type == MR_T_COUNT && (param->min != 0 || param->max != 0))
		snprintf(out, size, "number, %lld to %lld",
		    (long long)param->min, (long long)param->max);
	else
		snprintf(out, size, "%s", words[param->type]);
}

static const char *
where_to(const struct mr_op *op)
{
	if (!cli_printable(op))
		return " -o FILE";
	/* It names its printer itself. */
	if (args_param(op, "printer", strlen("printer")) >= 0)
		return " [-o FILE]";
	return " (-o FILE | --printer NAME)";
}

void
help_usage(const struct mr_op *op, char *out, size_t size)
{
	const struct cli_command *command = cli_command(op);
	struct line line = {out, size};
	char name[ARGS_NAME];
	size_t i;
	int n = 0;

	add(&line, "mailroom %s", op->name);
	for (i = 0; i < op->nparams; i++) {
		const struct mr_param *param = &op->params[i];

		if (!param->required)
			continue;
		if (n++ < HELP_BY_PLACE)
			add(&line, param->required == 1 ? " %s" : " [%s]",
			    args_upper(param, name));
		else
			add(&line,
			    param->required == 1 ? " --%s %s" : " [--%s %s]",
			    args_flag(param, name), help_value(param));
	}
	if (command != NULL && command->rest)
		add(&line, " [NOUN [VERB]]");
	if (op->document)
		add(&line, "%s", where_to(op));
	for (i = 0; i < op->nparams; i++) {
		const struct mr_param *param = &op->params[i];

		if (param->required)
			continue;
		add(&line, " [--%s%s%s]", args_flag(param, name),
		    param->type == MR_T_SWITCH ? "" : " ", help_value(param));
	}
}

/* What somebody might write for a parameter: of this operation, of this noun,
 * of any. */
static const char *const samples[][3] = {
    {"correspondent", "kind", "outside"},
    {"enclosure", "kind", "money"},
    {"correspondent close", "reason", "asked"},
    {"correspondent pause", "reason", "away"},
    {"correspondent reveal", "reason", "returned-mail"},
    {"id block", "reason", "misused"},
    {"letter hold", "reason", "photo"},
    {"letter return", "reason", "attempted-not-known"},
    {"pairing end", "reason", "mutual"},
    {"pairing pause", "reason", "lockdown"},
    {"pairing rotate", "reason", "routine"},
    {"printer", "printer", "laser"},
    {"facility", "value", "6"},
    {"facility", "code", "TDG"},
    {"report facility", "code", "TDG"},
    {"id", "code", "K7M-4RP-TMK"},
    {"scan", "code", "A17"},
    {"setting", "name", "screening"},
    {"setting", "value", "read"},
    {"user", "name", "sam"},
    {"", "letter", "A17"},
    {"", "batch", "B3"},
    {"", "legal_name", "Maria Quist"},
    {"", "signature", "S3"},
    {"", "enclosure", "E5"},
    {"", "disposition", "return"},
    {"", "rule", "max_sheets"},
    {"", "source", "letter of 2026-11-02"},
    {"", "flag", "photo"},
    {"", "sticker", "yellow"},
    {"letter trays", "tray", "red"},
    {"office backup", "folder", "backups"},
    {"", "dir", "./office"},
    {"", "name", "Bridge Letters"},
    {"", "street", "12 Mill Street"},
    {"", "city", "Danbury"},
    {"", "state", "CT"},
    {"", "zip", "06810"},
    {"", "zone", "America/New_York"},
    {"", "shell", "bash"},
    {"", "user", "ruth"},
    {"", "coordinator", "ruth"},
    {"", "role", "volunteer"},
    {"", "stock", "avery-5163"},
    {"", "form", "add-your-id"},
    {"", "pen_name", "Wren"},
    {"", "language", "es"},
};
#define NSAMPLES (sizeof(samples) / sizeof(samples[0]))

static int
has_own_sample(const struct mr_op *op, const struct mr_param *param)
{
	for (size_t i = 0; i < NSAMPLES; i++)
		if (strcmp(samples[i][0], op->name) == 0 &&
		    strcmp(samples[i][1], param->name) == 0)
			return 1;
	return 0;
}

static const char *
sample_text(const char *op, const char *name)
{
	size_t i, len;

	for (i = 0; i < NSAMPLES; i++) {
		len = strlen(samples[i][0]);
		if (strncmp(samples[i][0], op, len) == 0 &&
		    (len == 0 || op[len] == ' ' || op[len] == '\0') &&
		    strcmp(samples[i][1], name) == 0)
			return samples[i][2];
	}
	return NULL;
}

static void
add_sample(
    struct line *line, const struct mr_op *op, const struct mr_param *param)
{
	const char *text = sample_text(op->name, param->name);
	char name[ARGS_NAME];

	switch (param->type) {
	case MR_T_COUNT:
		add(line, " %lld",
		    (long long)(param->min > 3                  ? param->min
			    : param->max != 0 && param->max < 3 ? param->max
								: 3));
		break;
	case MR_T_DATE:
		add(line, " 2026-11-23");
		break;
	case MR_T_CENTS:
		add(line, " 20.50");
		break;
	case MR_T_CODE:
		add(line, " %s",
		    text != NULL ? text
			: strstr(param->name, "id") != NULL
			? "K7M-4RP-TMK"
			: "H6H-4D5-H34-XRX");
		break;
	case MR_T_PERSON:
		add(line, " C12");
		break;
	case MR_T_PAIRING:
		add(line, " P45");
		break;
	case MR_T_FILE:
		add(line, " list.csv");
		break;
	case MR_T_TEXT:
	case MR_T_SWITCH:
		if (text == NULL)
			add(line, " %s", args_upper(param, name));
		else
			add(line, strchr(text, ' ') != NULL ? " \"%s\"" : " %s",
			    text);
	}
}

/* Those that this operation has a sample of its own for, else the first
 * number that can be given. */
static void
add_optional(struct line *line, const struct mr_op *op)
{
	const struct mr_param *number = NULL;
	char name[ARGS_NAME];
	size_t i;
	int n = 0;

	for (i = 0; i < op->nparams; i++) {
		const struct mr_param *param = &op->params[i];

		if (param->required)
			continue;
		if (number == NULL && param->type == MR_T_COUNT)
			number = param;
		if (!has_own_sample(op, param))
			continue;
		add(line, " --%s", args_flag(param, name));
		add_sample(line, op, param);
		n++;
	}
	if (n > 0 || number == NULL)
		return;
	add(line, " --%s", args_flag(number, name));
	add_sample(line, op, number);
}

/* Calls that say more than their required words: they are shown as here. */
static const char *const calls[] = {
    "audit verify --witness \"222-2VF-FH5 R44-DP6-HF6 HMW-3FK-CM8\"",
    "correspondent add outside Wren \"Maria Quist\" --street "
    "\"11273 Alder Ave\" --city Danbury --state CT --zip 06810",
    "correspondent find --name \"Maria Quist\"",
    "correspondent list --waiting",
    "correspondent move C12 --facility TDG --from 2026-11-23",
    "correspondent update C12 --language es",
    "day close 29 29 --trays red=2,yellow=1,blue=1",
    "enclosure add A17 money --money 20.50",
    "envelope print --cleared -o envelopes.pdf",
    "facility list --state CT",
    "facility update TDG --population 1100",
    "form bench -o bench-card.pdf",
    "form lint --find avery-5163",
    "form list --kind envelope",
    "form scanner -o scanner.pdf",
    "id card --pairing P45 -o cards.pdf",
    "label print --cleared --stock avery-5163 --start 7 -o labels.pdf",
    "letter candidates --dear Joe --signed-by Wren",
    "letter identify A17 --pairing P45 --writer inside",
    "letter list --state held",
    "letter new C12 welcome",
    "letter print --new -o letters.pdf",
    "letter refuse A17 --back",
    "office certificate mailroom.lan,192.168.1.20 --to tls",
    "office copy sqlite:mailroom.db postgresql://mailroom@db.lan/mailroom",
    "pairing list --quiet 60",
    "pairing open O-1 I-1",
    "postage price letter 2027-01-10 --first 80 --more 30 --most 3.5 "
    "--source usps.com",
    "postage weigh A17 31.5",
    "printer profile laser --ruler 0 --left 11.2 --top 9.6 --across 190.4 "
    "--down 249.5",
    "printer test laser",
    "sheet blank 50 -o pages.pdf",
    "sheet print --new -o sheets.pdf",
    "user badge sam -o badge.pdf",
};

static const char *
whole_call(const char *name)
{
	size_t i, n = strlen(name);

	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (strncmp(calls[i], name, n) == 0 && calls[i][n] == ' ')
			return calls[i];
	return NULL;
}

/* The required ones by position, and what else makes it a whole call. */
static void
make_example(const struct mr_op *op, char *out, size_t size)
{
	struct line line = {out, size};
	char name[ARGS_NAME];
	size_t i;
	int n = 0;

	add(&line, "mailroom %s", op->name);
	for (i = 0; i < op->nparams; i++) {
		if (!op->params[i].required)
			continue;
		if (n++ >= HELP_BY_PLACE)
			add(&line, " --%s", args_flag(&op->params[i], name));
		add_sample(&line, op, &op->params[i]);
	}
	add_optional(&line, op);
	if (op->document)
		add(&line, " -o %s.%s", args_noun(op, name),
		    cli_printable(op) ? "pdf" : "csv");
}

void
help_example(const struct mr_op *op, char *out, size_t size)
{
	const char *call = whole_call(op->name);

	if (call != NULL)
		snprintf(out, size, "mailroom %s", call);
	else
		make_example(op, out, size);
}

void
help_roles(const struct mr_op *op, char *out, size_t size)
{
	struct line line = {out, size};
	unsigned role;

	add(&line, "%s", "");
	for (role = MR_VOLUNTEER; role <= MR_ADMIN; role <<= 1)
		if (op->roles & role)
			add(&line, "%s%s", line.at > out ? ", " : "",
			    mr_role_name(role));
}
