/* What the measures share.  See bench.h. */
#include "test/bench/bench.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib/office.h"
#include "lib/userkey.h"

#define MISSED 32

static const char *missed[MISSED];
static int nmissed, nlines, ntargets;

static double
read_clock(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double
bench_now(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

double
bench_cpu(void)
{
	return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

void
bench_stop(const char *format, ...)
{
	va_list ap;

	fprintf(stderr, "bench: ");
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fprintf(stderr, "\n");
	exit(1);
}

void
bench_tell(const char *what)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "bench: %s\n", what);
}

int
bench_wanted(const char *name)
{
	const char *only = getenv("BENCH_ONLY");

	return only == NULL || strstr(name, only) != NULL;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The value below which that part of them lies. */
static double
part(const double *values, int n, double share)
{
	double sorted[BENCH_ROUNDS];

	memcpy(sorted, values, (size_t)n * sizeof(sorted[0]));
	qsort(sorted, (size_t)n, sizeof(sorted[0]), ascending);
	return sorted[(int)(share * (n - 1) + 0.5)];
}

double
bench_median(const double *values, int n)
{
	return part(values, n, 0.5);
}

static void
headline(void)
{
	if (nlines++ == 0)
		printf("%-46s %10s %10s %6s %7s  %-5s %s\n", "name", "ours",
		    "bare", "ratio", "target", "", "half of the rounds");
}

static const char *
judge(const char *name, int good)
{
	ntargets++;
	if (good)
		return "ok";
	if (nmissed < MISSED)
		missed[nmissed++] = name;
	return "under";
}

void
bench_ratio(const char *name, const struct bench_rounds *rounds, double each,
    double target)
{
	double ratio[BENCH_ROUNDS], middle;
	char least[16] = "";

	for (int i = 0; i < rounds->n; i++)
		ratio[i] = rounds->bare[i] / rounds->ours[i];
	middle = bench_median(ratio, rounds->n);
	if (target > 0)
		snprintf(least, sizeof(least), "%.2f", target);
	headline();
	printf("%-46s %8.0f/s %8.0f/s %6.2f %7s  %-5s %.2f to %.2f\n", name,
	    each / bench_median(rounds->ours, rounds->n),
	    each / bench_median(rounds->bare, rounds->n), middle, least,
	    target > 0 ? judge(name, middle >= target) : "",
	    part(ratio, rounds->n, 0.25), part(ratio, rounds->n, 0.75));
	fflush(stdout);
}

void
bench_limit(const char *name, double value, const char *unit, double limit)
{
	char shown[32], most[32] = "";

	snprintf(
	    shown, sizeof(shown), "%.*f %s", value < 1000 ? 1 : 0, value, unit);
	if (limit > 0)
		snprintf(most, sizeof(most), "< %.0f", limit);
	headline();
	printf("%-46s %10s %10s %6s %7s  %s\n", name, shown, "", "", most,
	    limit > 0 ? judge(name, value < limit) : "");
	fflush(stdout);
}

void
bench_growth(const char *name, const struct bench_rounds *rounds, double limit)
{
	double ratio[BENCH_ROUNDS], middle;

	for (int i = 0; i < rounds->n; i++)
		ratio[i] = rounds->ours[i] / rounds->bare[i];
	middle = bench_median(ratio, rounds->n);
	headline();
	printf("%-46s %7.1f us %7.1f us %6.2f  < %.2f  %-5s %.2f to %.2f\n",
	    name, bench_median(rounds->ours, rounds->n) * 1e6,
	    bench_median(rounds->bare, rounds->n) * 1e6, middle, limit,
	    judge(name, middle < limit), part(ratio, rounds->n, 0.25),
	    part(ratio, rounds->n, 0.75));
	fflush(stdout);
}

void
bench_bytes(const char *name, double ours, double bare)
{
	headline();
	printf("%-46s %8.0f B %8.0f B %6.2f  < 1.00  %s\n", name, ours, bare,
	    ours / bare, judge(name, ours < bare));
	fflush(stdout);
}

void
bench_missing(const char *name, const char *what)
{
	headline();
	printf("%-46s not measured: %s is not there\n", name, what);
	fflush(stdout);
}

void
bench_summary(void)
{
	if (nmissed == 0)
		printf("all %d targets are met\n", ntargets);
	else
		printf("%d of %d targets are missed:\n", nmissed, ntargets);
	for (int i = 0; i < nmissed; i++)
		printf("  %s\n", missed[i]);
}

const char *
bench_path(char path[512], const char *dir, const char *name)
{
	if (snprintf(path, 512, "%s/%s", dir, name) >= 512)
		bench_stop("the folder's name is too long");
	return path;
}

static const char *const files[] = {"mailroom.db", "mailroom.db-wal",
    "mailroom.db-shm", "office.key", "mailroom.conf"};
#define NFILES (sizeof(files) / sizeof(files[0]))

void
bench_remove(const char *dir)
{
	char path[512];

	for (size_t i = 0; i < NFILES; i++)
		unlink(bench_path(path, dir, files[i]));
	/* A daemon made it, and has put nothing in yet. */
	rmdir(bench_path(path, dir, "backups"));
	rmdir(dir);
}

/* Flushed, so that nothing of it is written back under a measure. */
static void
copy_file(const char *from, const char *to)
{
	static char part_of[1 << 20];
	int in = open(from, O_RDONLY), out;
	ssize_t n;

	if (in < 0)
		return;
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (out < 0)
		bench_stop("%s cannot be written", to);
	while ((n = read(in, part_of, sizeof(part_of))) > 0)
		if (write(out, part_of, (size_t)n) != n)
			bench_stop("%s cannot be written", to);
	fsync(out);
	close(out);
	close(in);
}

void
bench_copy(const char *from, const char *to)
{
	char a[512], b[512];

	bench_remove(to);
	if (mkdir(to, 0700) != 0)
		bench_stop("%s cannot be made", to);
	for (size_t i = 0; i < NFILES; i++)
		copy_file(
		    bench_path(a, from, files[i]), bench_path(b, to, files[i]));
}

static const char *database;

void
bench_use(const char *db)
{
	database = db;
}

void
bench_init(const char *dir)
{
	struct mr_recovery_sheet sheet;
	struct mr_error error;
	const struct mr_office_new new = {.dir = dir,
	    .db = database,
	    .name = "Bridge Letters",
	    .street = "PO BOX 1138",
	    .city = "Danbury",
	    .state = "CT",
	    .zip = "06810",
	    .zone = "America/New_York",
	    .coordinator = "ruth",
	    .passphrase = BENCH_PASSPHRASE,
	    .now = BENCH_NOW - BENCH_BACK * BENCH_DAY_US};

	mr_cost = (struct mr_cost){MR_COST_FLOOR_OPS, MR_COST_FLOOR_MEM};
	bench_remove(dir);
	if (mr_office_init(&new, &sheet, &error) != MR_OK)
		bench_stop("%s", error.message);
	mr_recovery_sheet_wipe(&sheet);
}

void
bench_open(struct bench_office *o, const char *dir)
{
	/* Sixteen that stand in line on a slow disk are no failure. */
	const struct mr_options options = {
	    .dir = dir, .db = database, .busy_ms = 60000};

	memset(o, 0, sizeof(*o));
	snprintf(o->dir, sizeof(o->dir), "%s", dir);
	o->now = BENCH_NOW;
	if (mr_open(&options, &o->mr, &o->error) != MR_OK)
		bench_stop("%s", o->error.message);
	o->arena = mr_arena_new(0);
	if (o->arena == NULL)
		bench_stop("memory ran out");
}

void
bench_close(struct bench_office *o)
{
	mr_close(o->mr);
	mr_arena_free(o->arena);
}

static int
keep(void *to, const void *bytes, size_t len)
{
	struct bench_office *o = to;

	/* A long answer is made all the same; its end is enough. */
	if (o->len + len >= sizeof(o->answer))
		o->len = 0;
	if (len >= sizeof(o->answer))
		return -1;
	memcpy(o->answer + o->len, bytes, len);
	o->len += len;
	o->answer[o->len] = '\0';
	return 0;
}

static int
count(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	(void)name, (void)type, (void)bytes, (void)secret;
	((struct bench_office *)to)->bytes += len;
	return 0;
}

static const char *
get(void *arg, const char *name)
{
	const struct bench_office *o = arg;

	for (int i = 0; o->word[i] != NULL; i += 2)
		if (strcmp(o->word[i], name) == 0)
			return o->word[i + 1];
	return NULL;
}

static enum mr_status
file(void *arg, const char *place, const char **bytes, size_t *len,
    struct mr_error *error)
{
	const struct bench_office *o = arg;

	(void)place, (void)error;
	*bytes = o->csv;
	*len = o->csv_len;
	return MR_OK;
}

static int
passphrase(void *arg, const char *which, char *buf, size_t size)
{
	(void)arg, (void)which;
	snprintf(buf, size, "%s", BENCH_PASSPHRASE);
	return 0;
}

static void
run(struct bench_office *o, const struct mr_op *op, va_list ap)
{
	const struct mr_ask ask = {.now = o->now,
	    .station = o->station,
	    .request = o->request,
	    .arg = o,
	    .get = get,
	    .file = file,
	    .passphrase = passphrase};
	enum mr_status status;
	struct mr_out *out;
	int n = 0;

	while (n < BENCH_WORDS - 1 &&
	    (o->word[n] = va_arg(ap, const char *)) != NULL)
		n++;
	o->word[n] = NULL;
	o->len = 0;
	mr_arena_reset(o->arena);
	out = mr_out_json(o->arena, keep, o, count);
	if (out == NULL)
		bench_stop("memory ran out");
	status = mr_op_run(o->mr, op, &ask, out, &o->error);
	if (status != MR_OK || out->end(out) != 0)
		bench_stop("%s: %s", op->name, o->error.message);
}

void
bench_op(struct bench_office *o, const struct mr_op *op, ...)
{
	va_list ap;

	va_start(ap, op);
	run(o, op, ap);
	va_end(ap);
}

void
bench_did(struct bench_office *o, const char *text, const char *name, ...)
{
	const struct mr_op *op = mr_op_find(name);
	va_list ap;

	if (op == NULL)
		bench_stop("there is no operation %s", name);
	va_start(ap, name);
	run(o, op, ap);
	va_end(ap);
	if (strstr(o->answer, text) == NULL)
		bench_stop("%s answers %.400s", name, o->answer);
}

void
bench_group_begin(struct bench_office *o)
{
	if (mr_group_begin(o->mr, &o->error) != MR_OK)
		bench_stop("%s", o->error.message);
}

void
bench_group_commit(struct bench_office *o)
{
	if (mr_group_commit(o->mr, &o->error) != MR_OK)
		bench_stop("%s", o->error.message);
}
