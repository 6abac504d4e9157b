/* Which daemon serves a site.  See instance.h. */
#include "lib/instance.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/again.h"
#include "lib/file.h"
#include "lib/when.h"

static long
first_bytes(const char *path, char to[64])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	long n;

	if (fd < 0)
		return -1;
	n = (long)mr_read_all(fd, to, 64);
	close(fd);
	return n;
}

/* Who shares our numbers of processes: the same system, and in it the same
 * room of processes, for containers have their own. */
static void
know_machine(unsigned char machine[16])
{
	char text[256] = "", *room = text + 64;
	ssize_t n = -1;

	memset(machine, 0, 16);
	/* A system that was never named has at least been started. */
	if (first_bytes("/etc/machine-id", text) >= 32 ||
	    first_bytes("/proc/sys/kernel/random/boot_id", text) >= 32)
		n = readlink("/proc/self/ns/pid", room, 64);
	if (n <= 0 || gethostname(text + 128, sizeof(text) - 129) != 0)
		return;
	crypto_generichash(
	    machine, 16, (unsigned char *)text, sizeof(text), NULL, 0);
}

void
mr_instance_own(struct mr_instance *own)
{
	memset(own, 0, sizeof(*own));
	randombytes_buf(own->run, sizeof(own->run));
	know_machine(own->machine);
	if (gethostname(own->host, sizeof(own->host) - 1) != 0 ||
	    own->host[0] == '\0')
		strcpy(own->host, "?");
	own->process = getpid();
	own->since = mr_now();
}

int
mr_instance_gone(const struct mr_instance *there, const struct mr_instance *own)
{
	return !sodium_is_zero(own->machine, sizeof(own->machine)) &&
	    memcmp(there->machine, own->machine, sizeof(own->machine)) == 0 &&
	    kill((pid_t)there->process, 0) != 0 && errno == ESRCH;
}

enum mr_status
mr_instance_refuse(const struct mr_instance *there, struct mr_error *error)
{
	char day[MR_WHEN_SIZE], clock[MR_WHEN_SIZE];

	return mr_error(error, MR_REFUSED,
	    "this site is served already: a mailroomd runs on %s, process "
	    "%lld, since %s, %s; stop that one first, or go on there.  If it "
	    "must be this one, start it with --takeover, and the other ends",
	    there->host, (long long)there->process,
	    mr_day_iso(mr_day_of(there->since), day),
	    mr_time_local(there->since, clock));
}

static void
copy_bytes(struct sql_stmt *st, int col, unsigned char to[16])
{
	size_t len;
	const void *bytes = sql_col_blob(st, col, &len);

	memset(to, 0, 16);
	if (bytes != NULL && len == 16)
		memcpy(to, bytes, len);
}

static enum mr_status
load(struct mr_call *c, int64_t site, struct mr_instance *there)
{
	struct sql_stmt *st;
	enum mr_status status;
	const char *host;
	int found = 0;

	st = sql_prepare(c,
	    "SELECT run, machine, host, process, since, beats "
	    "FROM instance "
	    "WHERE id = :id");
	sql_int(st, ":id", site);
	if (sql_row(st)) {
		found = 1;
		memset(there, 0, sizeof(*there));
		copy_bytes(st, 0, there->run);
		copy_bytes(st, 1, there->machine);
		host = sql_col_text(st, 2);
		strncpy(there->host, host != NULL ? host : "?",
		    sizeof(there->host) - 1);
		there->process = sql_col_int(st, 3);
		there->since = sql_col_int(st, 4);
		there->beats = sql_col_int(st, 5);
	}
	status = sql_done(st);
	return status == MR_OK && !found ? MR_NOTFOUND : status;
}

enum mr_status
mr_instance_look(
    struct mr *mr, struct mr_instance *there, struct mr_error *error)
{
	struct mr_call *c = mr_call_start(mr, 0, error);
	enum mr_status status = load(c, c->site->id, there);

	mr_call_end(c);
	return status;
}

static enum mr_status
watch(struct mr_call *c, int64_t site, const struct mr_instance *there,
    struct mr_instance *now)
{
	const struct timespec second = {1, 0};
	enum mr_status status = MR_OK;

	for (int i = 0; i < MR_INSTANCE_WATCH && status == MR_OK; i++) {
		mr_progress(c, "seconds that a mailroomd is watched", i,
		    MR_INSTANCE_WATCH);
		nanosleep(&second, NULL);
		status = load(c, site, now);
		if (status == MR_OK &&
		    (now->beats != there->beats ||
			memcmp(now->run, there->run, sizeof(now->run)) != 0))
			status = MR_REFUSED;
	}
	return status;
}

enum mr_status
mr_instance_watch(
    struct mr *mr, const struct mr_instance *there, struct mr_error *error)
{
	struct mr_call *c = mr_call_start(mr, 0, error);
	struct mr_instance now;
	enum mr_status status = watch(c, c->site->id, there, &now);

	mr_call_end(c);
	return status == MR_REFUSED ? mr_instance_refuse(&now, error) : status;
}

enum mr_status
mr_instance_quiet(struct mr_call *c, int64_t site, struct mr_instance *there)
{
	struct mr_instance own, seen;
	enum mr_status status = load(c, site, &seen);

	if (status == MR_OK) {
		mr_instance_own(&own);
		status = mr_instance_gone(&seen, &own)
		    ? MR_NOTFOUND
		    : watch(c, site, &seen, there);
	}
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
store(struct mr_call *c, const struct mr_instance *own)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO instance "
	    "(id, run, machine, host, process, since, beats) "
	    "VALUES (:id, :run, :machine, :host, :process, :since, 1) "
	    "ON CONFLICT (id) DO UPDATE SET "
	    "run = excluded.run, machine = excluded.machine, "
	    "host = excluded.host, process = excluded.process, "
	    "since = excluded.since, beats = excluded.beats");
	sql_int(st, ":id", c->site->id);
	sql_blob(st, ":run", own->run, sizeof(own->run));
	sql_blob(st, ":machine", own->machine, sizeof(own->machine));
	sql_text(st, ":host", own->host);
	sql_int(st, ":process", own->process);
	sql_int(st, ":since", own->since);
	return sql_done(st);
}

/* What one of the three does in a transaction. */
struct work {
	const struct mr_instance *own, *there;
	int force;
	enum mr_status (*run)(struct mr_call *c, const struct work *work);
};

static enum mr_status
take(struct mr_call *c, const struct work *work)
{
	struct mr_instance now;
	enum mr_status status = load(c, c->site->id, &now);

	if (status != MR_OK && status != MR_NOTFOUND)
		return status;
	/* A commit without an answer, done again, finds ourselves. */
	if (status == MR_OK && !work->force &&
	    memcmp(now.run, work->own->run, sizeof(now.run)) != 0 &&
	    (work->there == NULL || now.beats != work->there->beats ||
		memcmp(now.run, work->there->run, sizeof(now.run)) != 0))
		return mr_instance_refuse(&now, c->error);
	return store(c, work->own);
}

static enum mr_status
still_ours(struct mr_call *c, const struct mr_instance *own)
{
	struct mr_instance now;
	enum mr_status status = load(c, c->site->id, &now);

	if (status == MR_NOTFOUND ||
	    (status == MR_OK &&
		memcmp(now.run, own->run, sizeof(now.run)) != 0))
		return mr_fail(c, MR_REFUSED,
		    "another mailroomd has taken the place of this one");
	return status;
}

static enum mr_status
beat(struct mr_call *c, const struct work *work)
{
	enum mr_status status = still_ours(c, work->own);
	struct sql_stmt *st;

	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "UPDATE instance SET beats = beats + 1 "
	    "WHERE id = :id");
	sql_int(st, ":id", c->site->id);
	return sql_done(st);
}

static enum mr_status
leave(struct mr_call *c, const struct work *work)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "DELETE FROM instance "
	    "WHERE id = :id AND run = :run");
	sql_int(st, ":id", c->site->id);
	sql_blob(st, ":run", work->own->run, sizeof(work->own->run));
	return sql_done(st);
}

static enum mr_status
run_alone(struct mr_call *c, const struct work *work)
{
	struct mr_again again = {0};
	enum mr_status status;

	do {
		status = mr_begin(c, 1);
		if (status == MR_OK)
			status = mr_end(c, work->run(c, work));
	} while (mr_again(c->mr, &again, status));
	return status;
}

static enum mr_status
run(struct mr *mr, const struct work *work, struct mr_error *error)
{
	struct mr_call *c = mr_call_start(mr, 0, error);
	enum mr_status status;

	status = mr->group ? work->run(c, work) : run_alone(c, work);
	/* What an engine broke off, it broke off for the whole group. */
	if (mr->group && status != MR_OK && status != MR_REFUSED &&
	    mr->group_lost == MR_OK)
		mr->group_lost = status;
	mr_call_end(c);
	return status;
}

enum mr_status
mr_instance_take(struct mr *mr, const struct mr_instance *own,
    const struct mr_instance *there, int force, struct mr_error *error)
{
	const struct work work = {own, there, force, take};

	return run(mr, &work, error);
}

enum mr_status
mr_instance_beat(
    struct mr *mr, const struct mr_instance *own, struct mr_error *error)
{
	const struct work work = {.own = own, .run = beat};

	return run(mr, &work, error);
}

enum mr_status
mr_instance_leave(
    struct mr *mr, const struct mr_instance *own, struct mr_error *error)
{
	const struct work work = {.own = own, .run = leave};

	return run(mr, &work, error);
}
