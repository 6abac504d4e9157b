/* Flags and mailroom.conf.  See conf.h. */
#include "mailroomd/conf.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/mailroom.h"
#include "mailroomd/jobs.h"
#include "mailroomd/listen.h"

#define USAGE \
	"usage: mailroomd [--office DIR] [--db URL]\n" \
	"                 [--listen ADDRESS:PORT | unix:PATH]\n" \
	"                 [--host NAME] [--certificate FILE [--key FILE]]\n" \
	"                 [--metrics ADDRESS:PORT]\n" \
	"                 [--backup DIR] [--backup-at HH:MM | never]\n" \
	"                 [--takeover]\n"

static const struct option options[] = {
    {"office", required_argument, NULL, 'o'},
    {"db", required_argument, NULL, 'd'},
    {"listen", required_argument, NULL, 'l'},
    {"host", required_argument, NULL, 'n'},
    {"certificate", required_argument, NULL, 'c'},
    {"key", required_argument, NULL, 'k'},
    {"metrics", required_argument, NULL, 'm'},
    {"backup", required_argument, NULL, 'b'},
    {"backup-at", required_argument, NULL, 'a'},
    {"takeover", no_argument, NULL, 't'}, {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0}};

/* Where a setting of that letter is kept; NULL: none of ours. */
static const char **
field(struct conf *conf, int letter)
{
	switch (letter) {
	case 'o':
		return &conf->office;
	case 'd':
		return &conf->db;
	case 'l':
		return &conf->listen;
	case 'n':
		return &conf->host;
	case 'c':
		return &conf->certificate;
	case 'k':
		return &conf->key;
	case 'm':
		return &conf->metrics;
	case 'b':
		return &conf->backup;
	case 'a':
		return &conf->backup_at;
	default:
		return NULL;
	}
}

static int
read_flags(int argc, char **argv, struct conf *conf, int *code)
{
	const char **to;
	int letter;

	while ((letter = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (letter == 'h') {
			fputs(USAGE, stdout);
			*code = 0;
			return -1;
		}
		to = field(conf, letter);
		if (letter == 't')
			conf->takeover = 1;
		else if (to != NULL)
			*to = optarg;
		else
			break;
	}
	if (letter == -1 && optind == argc)
		return 0;
	fputs(USAGE, stderr);
	*code = mr_status_exit(MR_USAGE);
	return -1;
}

static char *
trim(char *s)
{
	size_t n;

	s += strspn(s, " \t");
	n = strlen(s);
	while (n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL)
		s[--n] = '\0';
	return s;
}

static int
is_file(const struct conf *conf, const char **field_)
{
	return field_ == &conf->certificate || field_ == &conf->key;
}

/* What the office's file names stands in its folder, wherever we started. */
static const char *
in_office(const struct conf *conf, const char *path)
{
	size_t size = strlen(conf->office) + strlen(path) + 2;
	char *whole;

	if (path[0] == '/')
		return strdup(path);
	whole = malloc(size);
	if (whole != NULL)
		snprintf(whole, size, "%s/%s", conf->office, path);
	return whole;
}

/* "listen = 127.0.0.1:8025"; what a flag said already stays. */
static int
read_line(struct conf *conf, char *line)
{
	char *equals, *name = trim(line), *value;
	const char **to = NULL;

	if (*name == '\0' || *name == '#')
		return 0;
	equals = strchr(name, '=');
	if (equals == NULL)
		return -1;
	*equals = '\0';
	value = trim(equals + 1);
	name = trim(name);
	for (const struct option *o = options; o->name != NULL; o++)
		if (strcmp(o->name, name) == 0 && o->val != 'o')
			to = field(conf, o->val);
	if (to == NULL || *value == '\0')
		return -1;
	if (*to == NULL)
		*to =
		    is_file(conf, to) ? in_office(conf, value) : strdup(value);
	return 0;
}

static int
read_file(struct conf *conf)
{
	char path[4096], line[1024];
	int number = 0, failed = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/mailroom.conf", conf->office);
	f = fopen(path, "r");
	if (f == NULL && errno == ENOENT)
		return 0;
	if (f == NULL) {
		fprintf(stderr, "mailroomd: mailroom.conf cannot be read\n");
		return -1;
	}
	while (!failed && fgets(line, sizeof(line), f) != NULL) {
		number++;
		/* The rest of a long one would be read as a line of its own. */
		failed = (strchr(line, '\n') == NULL && !feof(f)) ||
		    read_line(conf, line) != 0;
	}
	fclose(f);
	if (failed)
		fprintf(stderr,
		    "mailroomd: mailroom.conf:%d: write NAME = VALUE, where "
		    "NAME is db, listen, host, certificate, key, "
		    "metrics, backup or backup-at\n",
		    number);
	return failed ? -1 : 0;
}

/* "20:00" to a minute of the day, "never".  0, or -1: neither. */
static int
read_minute(const char *text, int *minute)
{
	int hour, past, end = 0;

	if (strcmp(text, "never") == 0) {
		*minute = JOBS_NEVER;
		return 0;
	}
	if (sscanf(text, "%2d:%2d%n", &hour, &past, &end) != 2 ||
	    text[end] != '\0' || hour < 0 || hour > 23 || past < 0 || past > 59)
		return -1;
	*minute = 60 * hour + past;
	return 0;
}

int
conf_read(int argc, char **argv, struct conf *conf, int *code)
{
	memset(conf, 0, sizeof(*conf));
	conf->threads = 2;
	if (read_flags(argc, argv, conf, code) != 0)
		return -1;
	*code = mr_status_exit(MR_USAGE);
	if (conf->office == NULL)
		conf->office = getenv("MAILROOM_OFFICE");
	if (conf->office == NULL) {
		fputs("mailroomd: which office?  Name its folder with "
		      "--office or $MAILROOM_OFFICE\n",
		    stderr);
		return -1;
	}
	if (conf->db == NULL)
		conf->db = getenv("MAILROOM_DB");
	if (conf->db != NULL && conf->db[0] == '\0')
		conf->db = NULL;
	if (read_file(conf) != 0)
		return -1;
	conf->minute = JOBS_EVENING;
	if (conf->backup_at != NULL &&
	    read_minute(conf->backup_at, &conf->minute) != 0) {
		fputs("mailroomd: backup-at: write the time of day, such as "
		      "20:00, or never\n",
		    stderr);
		return -1;
	}
	if (conf->listen == NULL)
		conf->listen = LISTEN_STANDARD;
	/* `mailroom office certificate` puts both into one file. */
	if (conf->key == NULL)
		conf->key = conf->certificate;
	if (conf->certificate != NULL || conf->key == NULL)
		return 0;
	fputs(
	    "mailroomd: a key is of no use without its certificate\n", stderr);
	return -1;
}
