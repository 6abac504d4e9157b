/*
 * Labels beside glabels-3-batch: the same stock, the same lines, as many.
 * Both as a process does it, from nothing to a whole file; in ours that is
 * fonts, guard, address by the post office's rules.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/bench/measures.h"
#include "test/people.h"

#define LABELS 1000 /* a file of ours */
#define ROUNDS 7
#define TARGET 20
#define PROGRAM "glabels-3-batch"

/* A stock in points, as their file wants it. */
static const struct stock {
	const char *part;
	double w, h, x, y, dx, dy;
	int columns, rows;
} stocks[] = {{"5160", 189, 72, 11.25, 36, 200, 72, 3, 10},
    {"5163", 288, 144, 11.25, 36, 301.5, 144, 2, 5}};

static int
count_bytes(void *to, const void *bytes, size_t len)
{
	(void)bytes;
	*(size_t *)to += len;
	return 0;
}

static double
ours(const struct stock *stock)
{
	static struct form_outer labels[LABELS];
	static char streets[LABELS][32];
	char name[32];
	struct form_fault fault;
	struct form_stock form;
	struct form_doc *doc;
	size_t bytes = 0;
	double start = bench_cpu();

	snprintf(name, sizeof(name), "avery-%s", stock->part);
	doc = form_open(&people_setup, &fault);
	if (doc == NULL ||
	    form_stock_find(NULL, NULL, name, &form, &fault) != FORM_OK)
		bench_stop("%s", fault.message);
	for (int i = 0; i < LABELS; i++) {
		snprintf(streets[i], sizeof(streets[i]), "%d Foundry Ct", i);
		labels[i] = outside();
		labels[i].to.street.secret = streets[i];
		labels[i].payload.s = NULL;
	}
	if (form_labels_add(doc, &form, 1, 0, labels, LABELS, &fault) !=
		FORM_OK ||
	    form_finish(doc, count_bytes, &bytes, &fault) != FORM_OK)
		bench_stop("%s", fault.message);
	form_free(doc);
	return bench_cpu() - start;
}

static FILE *
create(char path[512], const char *dir, const char *name)
{
	FILE *f = fopen(bench_path(path, dir, name), "w");

	if (f == NULL)
		bench_stop("%s cannot be written", path);
	return f;
}

static void
write_list(const char *dir)
{
	char path[512];
	FILE *f = create(path, dir, "labels.csv");

	fprintf(f, "name,street,city\n");
	for (int i = 0; i < LABELS; i++)
		fprintf(f,
		    "AMARA QUILLFEATHER,%d FOUNDRY CT APT 55,"
		    "OSSEO LAKE MN 56613-6956\n",
		    i);
	if (fclose(f) != 0)
		bench_stop("%s cannot be written", path);
}

static void
write_label(const char *dir, const struct stock *s)
{
	char path[512];
	FILE *f = create(path, dir, "labels.glabels");

	fprintf(f,
	    "<?xml version=\"1.0\"?>\n"
	    "<Glabels-document xmlns=\"http://glabels.org/xmlns/3.0/\">\n"
	    "<Template brand=\"Avery\" part=\"%s\" size=\"US-Letter\">\n"
	    "<Label-rectangle id=\"0\" width=\"%gpt\" height=\"%gpt\""
	    " round=\"5pt\">\n"
	    "<Layout nx=\"%d\" ny=\"%d\" x0=\"%gpt\" y0=\"%gpt\" dx=\"%gpt\""
	    " dy=\"%gpt\"/>\n"
	    "</Label-rectangle></Template>\n",
	    s->part, s->w, s->h, s->columns, s->rows, s->x, s->y, s->dx, s->dy);
	fprintf(f,
	    "<Objects id=\"0\" rotate=\"False\">\n"
	    "<Object-text x=\"9pt\" y=\"8pt\" w=\"%gpt\" h=\"%gpt\""
	    " a0=\"1\" a1=\"0\" a2=\"0\" a3=\"1\" a4=\"0\" a5=\"0\">\n"
	    "<Span color=\"0x000000ff\" font_family=\"DejaVu Sans\""
	    " font_size=\"10\" line_spacing=\"1\"><Field name=\"name\"/><NL/>"
	    "<Field name=\"street\"/><NL/><Field name=\"city\"/></Span>\n"
	    "</Object-text></Objects>\n"
	    "<Merge type=\"Text/Comma/Line1Keys\" src=\"labels.csv\"/>\n"
	    "</Glabels-document>\n",
	    s->w - 18, s->h - 16);
	if (fclose(f) != 0)
		bench_stop("%s cannot be written", path);
}

static void
run_theirs(const char *dir)
{
	int null = open("/dev/null", O_RDWR);

	if (null < 0 || chdir(dir) != 0)
		_exit(1);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	execlp(PROGRAM, PROGRAM, "-i", "labels.csv", "-o", "labels.pdf",
	    "labels.glabels", (char *)NULL);
	_exit(127);
}

/* Seconds of their process; -1: there is no such program. */
static double
theirs(const char *dir)
{
	struct rusage used;
	pid_t child = fork();
	int status;

	if (child == 0)
		run_theirs(dir);
	if (child < 0 || wait4(child, &status, 0, &used) != child)
		bench_stop("no other process could be started");
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return -1;
	if (status != 0)
		bench_stop(PROGRAM " failed");
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
	    (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/* Theirs must have made all of them. */
static void
check_theirs(const char *dir)
{
	char path[512];
	FILE *f = fopen(bench_path(path, dir, "labels.pdf"), "r");

	if (f == NULL || fseek(f, 0, SEEK_END) != 0 || ftell(f) < 20 * LABELS)
		bench_stop(PROGRAM " made no labels");
	fclose(f);
}

static void
measure(const char *dir, const struct stock *stock, const char *name)
{
	struct bench_rounds rounds = {.n = ROUNDS};

	write_label(dir, stock);
	for (int i = 0; i < ROUNDS; i++) {
		rounds.bare[i] = theirs(dir);
		if (rounds.bare[i] < 0) {
			bench_missing(name, PROGRAM);
			return;
		}
		check_theirs(dir);
		rounds.ours[i] = ours(stock);
	}
	bench_ratio(name, &rounds, LABELS, TARGET);
}

void
measure_labels(const char *dir)
{
	static const char *const names[] = {
	    "labels on avery-5160, beside glabels-3-batch",
	    "labels on avery-5163, beside glabels-3-batch"};
	static const char *const files[] = {
	    "labels.csv", "labels.glabels", "labels.pdf"};
	char path[512];
	size_t i;

	if (!bench_wanted("labels"))
		return;
	bench_tell("labels");
	write_list(dir);
	for (i = 0; i < sizeof(stocks) / sizeof(stocks[0]); i++)
		measure(dir, &stocks[i], names[i]);
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		unlink(bench_path(path, dir, files[i]));
}
