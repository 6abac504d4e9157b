/*
 * Reads the command line against the table.  See args.h.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "cli/args.h"
#include "cli/near.h"

#define OPTION(field, short, argument, help) \
	{ \
#field, short, offsetof(struct args, field), argument, help \
	}

const struct args_option args_options[] = {
    OPTION(office, 0, "DIR", "the office folder, else $MAILROOM_OFFICE"),
    OPTION(db, 0, "URL",
	"its database, when it is not in the folder, else $MAILROOM_DB"),
    OPTION(server, 0, "URL",
	"a mailroomd instead, else $MAILROOM_SERVER: https://HOST:PORT or "
	"unix:PATH"),
    OPTION(ca, 0, "FILE", "the certificate that it must show"),
    OPTION(user, 0, "NAME", "who acts, else $MAILROOM_USER"),
    OPTION(station, 0, "LETTER", "at which station, A to Z"),
    OPTION(request, 0, "KEY", "do it once, however often it is sent"),
    OPTION(now, 0, "TIME",
	"its clock, in an office to practise in: 2026-11-23T09:30"),
    OPTION(passphrase_file, 0, "FILE",
	"its first line, else $MAILROOM_PASSPHRASE, else asked"),
    OPTION(json, 0, NULL, "answer as JSON"),
    OPTION(csv, 0, NULL, "answer as CSV"),
    OPTION(out, 'o', "FILE", "where the file or the answer goes, - is stdout"),
    OPTION(printer, 0, "NAME",
	"print there, moved as its profile says; with -o only draw it so"),
    OPTION(help, 'h', NULL, "how this is called"),
    OPTION(version, 0, NULL, "which program this is"),
};
const size_t args_noptions = sizeof(args_options) / sizeof(args_options[0]);

struct reader {
	struct args *args;
	const struct args_table *table;
	const struct mr_op *exact; /* a row that more words may still outdo */
	int argc, at;
	char **argv;
};

char *
args_flag(const struct mr_param *param, char out[ARGS_NAME])
{
	char *at;

	snprintf(out, ARGS_NAME, "%s", param->name);
	for (at = out; *at != '\0'; at++)
		if (*at == '_')
			*at = '-';
	return out;
}

char *
args_upper(const struct mr_param *param, char out[ARGS_NAME])
{
	char *at;

	args_flag(param, out);
	for (at = out; *at != '\0'; at++)
		*at = (char)toupper((unsigned char)*at);
	return out;
}

char *
args_noun(const struct mr_op *op, char out[ARGS_NAME])
{
	snprintf(out, ARGS_NAME, "%.*s", (int)strcspn(op->name, " "), op->name);
	return out;
}

const char *
args_verb(const struct mr_op *op)
{
	const char *space = strchr(op->name, ' ');

	return space != NULL ? space + 1 : "";
}

/* Is this the name, '-' and '_' being one? */
static int
is_name(const char *name, const char *s, size_t len)
{
	size_t i;

	if (strlen(name) != len)
		return 0;
	for (i = 0; i < len; i++)
		if (name[i] != (s[i] == '-' ? '_' : s[i]))
			return 0;
	return 1;
}

int
args_param(const struct mr_op *op, const char *name, size_t len)
{
	size_t i;

	for (i = 0; op != NULL && i < op->nparams; i++)
		if (is_name(op->params[i].name, name, len))
			return (int)i;
	return -1;
}

static const struct args_option *
find_option(const char *name, size_t len, int letter)
{
	size_t i;

	for (i = 0; i < args_noptions; i++)
		if (letter != 0 ? args_options[i].letter == letter
				: is_name(args_options[i].name, name, len))
			return &args_options[i];
	return NULL;
}

/* What could have stood at the end of `name`; nearest to word first. */
static int
unknown_word(struct reader *r, const char *word)
{
	struct args *args = r->args;
	struct near near = {.word = word};
	size_t i, len = strlen(args->name);
	const char *rest;

	for (i = 0; i < r->table->n; i++) {
		rest = r->table->rows[i]->name;
		if (len > 0 &&
		    (strncmp(rest, args->name, len) != 0 || rest[len] != ' '))
			continue;
		rest += len > 0 ? len + 1 : 0;
		near_add(&near, rest, strcspn(rest, " "));
	}
	if (len == 0)
		near_say(&near, args->message, sizeof(args->message),
		    "'%.40s' is not among what mailroom works on", word);
	else
		near_say(&near, args->message, sizeof(args->message),
		    "'%.40s' is nothing that can be done with '%s'", word,
		    args->name);
	return -1;
}

static int
unknown_flag(struct reader *r, const char *flag)
{
	struct args *args = r->args;
	const struct mr_op *op = args->op;
	struct near near = {.word = flag};
	struct mr_param option = {0};
	char name[ARGS_NAME];
	size_t i;

	for (i = 0; op != NULL && i < op->nparams; i++)
		near_add(&near, args_flag(&op->params[i], name), ARGS_NAME);
	for (i = 0; i < args_noptions; i++) {
		option.name = args_options[i].name;
		if (strcmp(option.name, "out") != 0)
			near_add(&near, args_flag(&option, name), ARGS_NAME);
	}
	near_add(&near, "o", 1);
	near.prefix = 1;
	if (op != NULL)
		near_say(&near, args->message, sizeof(args->message),
		    "'%.40s' is not a flag of '%s'", flag, op->name);
	else
		near_say(&near, args->message, sizeof(args->message),
		    "'%.40s' is not a flag that may stand %s", flag,
		    args->name[0] != '\0' ? "before the verb"
					  : "before the noun");
	return -1;
}

static int
complain(struct reader *r, const char *format, const char *what)
{
	snprintf(r->args->message, sizeof(r->args->message), format, what);
	return -1;
}

/* One more word of the row's name, or a word after it. */
static int
take_word(struct reader *r, const char *word)
{
	struct args *args = r->args;
	const struct mr_op *exact = NULL;
	char name[sizeof(args->name)];
	size_t i, len;
	int longer = 0;

	if (args->op == NULL) {
		len = (size_t)snprintf(name, sizeof(name), "%s%s%s", args->name,
		    args->name[0] != '\0' ? " " : "", word);
		for (i = 0; i < r->table->n && len < sizeof(name); i++) {
			const char *row = r->table->rows[i]->name;

			if (strcmp(row, name) == 0)
				exact = r->table->rows[i];
			else if (strncmp(row, name, len) == 0 &&
			    row[len] == ' ')
				longer = 1;
		}
		if (exact == NULL && !longer && r->exact == NULL)
			return unknown_word(r, word);
		if (exact != NULL || longer) {
			memcpy(args->name, name, len + 1);
			r->exact = exact;
			args->op = longer ? NULL : exact;
			return 0;
		}
		args->op = r->exact;
	}
	if (args->nwords == ARGS_WORDS)
		return complain(r, "'%.40s' is one word too many", word);
	args->words[args->nwords++] = word;
	return 0;
}

/* The argument of a flag: behind its '=' or the next of argv. */
static const char *
argument(struct reader *r, const char *equals)
{
	const char *next;

	if (equals != NULL)
		return equals + 1;
	if (r->at + 1 >= r->argc)
		return NULL;
	next = r->argv[r->at + 1];
	if (strncmp(next, "--", 2) == 0 || strcmp(next, "-o") == 0 ||
	    strcmp(next, "-h") == 0)
		return NULL;
	r->at++;
	return next;
}

static int
take_option(struct reader *r, const struct args_option *option,
    const char *equals, const char *shown)
{
	void *field = (char *)r->args + option->offset;

	if (option->argument == NULL) {
		if (equals != NULL)
			return complain(
			    r, "%.60s: this flag takes no value", shown);
		*(int *)field = 1;
		return 0;
	}
	if (*(const char **)field != NULL)
		return complain(r, "%.60s is given twice", shown);
	*(const char **)field = argument(r, equals);
	if (*(const char **)field == NULL)
		return complain(r,
		    "%.60s wants a value behind it (or --flag=VALUE)", shown);
	return 0;
}

static int
take_param(struct reader *r, int place, const char *equals, const char *shown)
{
	const struct mr_param *param = &r->args->op->params[place];
	const char **value = &r->args->values[place];

	if (*value != NULL)
		return complain(r, "%.60s is given twice", shown);
	if (param->type == MR_T_SWITCH) {
		if (equals != NULL)
			return complain(
			    r, "%.60s: this flag takes no value", shown);
		*value = "yes";
		return 0;
	}
	*value = argument(r, equals);
	if (*value == NULL)
		return complain(r,
		    "%.60s wants a value behind it (or --flag=VALUE)", shown);
	return 0;
}

static int
take_flag(struct reader *r, const char *flag)
{
	struct args *args = r->args;
	const char *name = flag + 2, *equals = strchr(name, '=');
	size_t len = equals != NULL ? (size_t)(equals - name) : strlen(name);
	const struct args_option *option;
	int place;

	if (args->op == NULL && r->exact != NULL)
		args->op = r->exact;
	place = args_param(args->op, name, len);
	if (place >= 0)
		return take_param(r, place, equals, flag);
	option = find_option(name, len, 0);
	if (option != NULL && option->letter != 'o')
		return take_option(r, option, equals, flag);
	return unknown_flag(r, flag);
}

/* -o FILE, -oFILE, -h. */
static int
take_short(struct reader *r, const char *flag)
{
	const struct args_option *option = find_option(NULL, 0, flag[1]);

	if (option == NULL)
		return unknown_flag(r, flag);
	if (flag[2] == '\0')
		return take_option(r, option, NULL, flag);
	if (option->argument == NULL)
		return unknown_flag(r, flag);
	return take_option(r, option, flag + 1, flag);
}

/* Parameters with a place that no flag gave take the words in order; where
 * the words are few, those that must be given come first. */
static void
place_words(struct args *args)
{
	const struct mr_op *op = args->op;
	size_t i, n = op != NULL ? op->nparams : 0;
	int used = 0, spare = args->nwords;

	for (i = 0; i < n; i++)
		spare -= op->params[i].required == 1 && args->values[i] == NULL;
	for (i = 0; i < n; i++) {
		if (!op->params[i].required || args->values[i] != NULL ||
		    used == args->nwords)
			continue;
		if (op->params[i].required == 1 || spare-- > 0)
			args->values[i] = args->words[used++];
	}
	args->nwords -= used;
	memmove(args->words, args->words + used,
	    (size_t)args->nwords * sizeof(args->words[0]));
}

int
args_read(
    struct args *args, const struct args_table *table, int argc, char **argv)
{
	struct reader r = {
	    .args = args, .table = table, .argc = argc, .argv = argv};
	int failed = 0, plain = 0;
	const char *s;

	*args = (struct args){0};
	for (r.at = 1; !failed && r.at < argc; r.at++) {
		s = argv[r.at];
		if (plain || s[0] != '-' || s[1] == '\0' ||
		    isdigit((unsigned char)s[1]))
			failed = take_word(&r, s);
		else if (s[1] != '-')
			failed = take_short(&r, s);
		else if (s[2] != '\0')
			failed = take_flag(&r, s);
		else
			plain = 1;
	}
	if (args->op == NULL)
		args->op = r.exact;
	if (!failed)
		place_words(args);
	return failed;
}

/* "ID, SHEETS" of the row's required parameters. */
static void
list_required(const struct mr_op *op, char *out, size_t size)
{
	char name[ARGS_NAME];
	size_t i, len = 0;

	snprintf(out, size, "no word");
	for (i = 0; i < op->nparams && len < size; i++)
		if (op->params[i].required)
			len += (size_t)snprintf(out + len, size - len, "%s%s",
			    len > 0 ? ", " : "only ",
			    args_upper(&op->params[i], name));
}

int
args_complete(struct args *args, int rest)
{
	const struct mr_op *op = args->op;
	char name[ARGS_NAME], list[300];
	size_t i;

	for (i = 0; i < op->nparams; i++)
		if (op->params[i].required == 1 && args->values[i] == NULL) {
			snprintf(args->message, sizeof(args->message),
			    "%s needs %s: %s", op->name,
			    args_upper(&op->params[i], name),
			    op->params[i].help);
			return -1;
		}
	if (args->nwords > 0 && !rest) {
		list_required(op, list, sizeof(list));
		snprintf(args->message, sizeof(args->message),
		    "'%.40s' is too much: %s takes %s by position; quote a "
		    "text of several words",
		    args->words[0], op->name, list);
		return -1;
	}
	return 0;
}
