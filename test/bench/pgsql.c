/*
 * Letters logged on PostgreSQL by one client and by several, beside bare libpq
 * doing the same statements with the same lock.  The server is the bench's
 * own, on loopback, and flushes; a client is a process with a handle and a
 * station of its own, and each letter is a commit.  All write into one
 * office, so they stand in line for its lock.
 */
#define _GNU_SOURCE /* sched_setaffinity */

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/bench/bare_pgsql.h"
#include "test/bench/measures.h"

#define PEOPLE 400
#define LETTERS 500 /* that are there already */
#define MOST 16     /* clients */
#define WARM 2      /* rounds that are not counted */
#define TARGET 0.8
#define FIRST "PostgreSQL, log durably, 1 client, one core"

#ifdef MR_PGSQL

/* A server of ours; it goes when the pipe to it is closed. */
struct server {
	pid_t pid;
	int hold;
	char db[200];
};

/* One count of clients: letters each in a round. */
struct work {
	const char *name;
	int clients, each, rounds;
	const struct fill *fill;
	struct pgtape *tape;
	int *marks; /* where each letter begins, in the order of recording */
};

/* The ends of the pipes that the bench holds to a client. */
struct client {
	pid_t pid;
	int to, from;
};

static const char *
database(const struct server *server, const char *name, char db[256])
{
	snprintf(db, 256, "%s dbname=%s", server->db, name);
	return db;
}

static void
server_program(int in, int out)
{
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	setenv("PGSQL_FSYNC", "on", 1);
	execl("test/pgsql_server.sh", "pgsql_server.sh", "sh", "-c",
	    "echo \"$MAILROOM_TEST_DB\"; read -r end", (char *)NULL);
	_exit(1);
}

/* 0: there is none to be had. */
static int
server_start(struct server *server)
{
	int in[2], out[2];
	size_t len = 0;
	ssize_t n;

	if (pipe(in) != 0 || pipe(out) != 0 || (server->pid = fork()) < 0)
		bench_stop("no process can be made");
	if (server->pid == 0) {
		close(in[1]);
		close(out[0]);
		server_program(in[0], out[1]);
	}
	close(in[0]);
	close(out[1]);
	server->hold = in[1];
	while (len + 1 < sizeof(server->db) &&
	    (n = read(out[0], server->db + len, sizeof(server->db) - 1 - len)) >
		0) {
		len += (size_t)n;
		if (server->db[len - 1] == '\n')
			break;
	}
	close(out[0]);
	server->db[len] = '\0';
	server->db[strcspn(server->db, "\n")] = '\0';
	return strncmp(server->db, "host=", 5) == 0;
}

static void
server_stop(struct server *server)
{
	close(server->hold);
	waitpid(server->pid, NULL, 0);
}

/* A new copy of the office, or none any more. */
static void
copy_office(const struct server *server, const char *name, int make)
{
	char text[96];

	snprintf(text, sizeof(text), "DROP DATABASE IF EXISTS %s", name);
	pgbare_do(server->db, text);
	if (!make)
		return;
	snprintf(
	    text, sizeof(text), "CREATE DATABASE %s TEMPLATE office", name);
	pgbare_do(server->db, text);
}

/* The letters of one client in one round; no ID twice in a row. */
static void
receive(
    struct bench_office *o, const struct work *w, int round, int client, int n)
{
	static const struct mr_op *op;
	int at = (round * w->each + n) * w->clients + client;

	if (op == NULL)
		op = mr_op_find("letter receive");
	o->station = 'A' + client;
	o->now += 4000000;
	bench_op(o, op, "id", w->fill->ids[at % w->fill->nids].text, "sheets",
	    "3", NULL);
}

/* What all of them do, one after the other, on a copy of its own. */
static void
record(const struct server *server, const char *dir, struct work *w)
{
	static struct bench_office o;
	char db[256];
	int at = 0;

	copy_office(server, "record", 1);
	bench_use(database(server, "record", db));
	bench_open(&o, dir);
	w->tape = pgtape_new();
	w->marks =
	    calloc((size_t)(w->rounds + WARM) * (size_t)w->each * MOST + 1,
		sizeof(*w->marks));
	if (w->marks == NULL)
		bench_stop("memory ran out");
	pgtape_on(w->tape);
	for (int round = 0; round < w->rounds + WARM; round++)
		for (int n = 0; n < w->each; n++)
			for (int i = 0; i < w->clients; i++) {
				receive(&o, w, round, i, n);
				w->marks[++at] = pgtape_at(w->tape);
			}
	pgtape_on(NULL);
	bench_close(&o);
	copy_office(server, "record", 0);
}

/* A client waits for a word, does its part of a round and says so. */
static void
client_program(const struct server *server, const char *dir,
    const struct work *w, int client, int in, int out)
{
	static struct bench_office o;
	int rounds[2] = {0, 0}, at;
	struct pgbare *bare;
	char db[256], word;

	bench_use(database(server, "ours", db));
	bench_open(&o, dir);
	bare = pgbare_open(database(server, "bare", db), w->tape);
	while (read(in, &word, 1) == 1) {
		for (int n = 0; n < w->each && word == 'o'; n++)
			receive(&o, w, rounds[0], client, n);
		for (int n = 0; n < w->each && word == 'b'; n++) {
			at = (rounds[1] * w->each + n) * w->clients + client;
			pgbare_run(bare, w->marks[at], w->marks[at + 1]);
		}
		rounds[word == 'b']++;
		if (write(out, &word, 1) != 1)
			break;
	}
	pgbare_close(bare);
	bench_close(&o);
	_exit(0);
}

static void
clients_start(const struct server *server, const char *dir,
    const struct work *w, struct client *clients)
{
	for (int i = 0; i < w->clients; i++) {
		int in[2], out[2];

		if (pipe(in) != 0 || pipe(out) != 0 ||
		    (clients[i].pid = fork()) < 0)
			bench_stop("no process can be made");
		if (clients[i].pid == 0) {
			for (int k = 0; k < i; k++) {
				close(clients[k].to);
				close(clients[k].from);
			}
			close(in[1]);
			close(out[0]);
			client_program(server, dir, w, i, in[0], out[1]);
		}
		close(in[0]);
		close(out[1]);
		clients[i].to = in[1];
		clients[i].from = out[0];
	}
}

/* Seconds until the last of them has done its part. */
static double
turn(const struct client *clients, int n, char word)
{
	double start = bench_now();

	for (int i = 0; i < n; i++)
		if (write(clients[i].to, &word, 1) != 1)
			bench_stop("a client is gone");
	for (int i = 0; i < n; i++)
		if (read(clients[i].from, &word, 1) != 1)
			bench_stop("a client is gone");
	return bench_now() - start;
}

static void
clients_stop(struct client *clients, int n)
{
	for (int i = 0; i < n; i++) {
		close(clients[i].to);
		close(clients[i].from);
		waitpid(clients[i].pid, NULL, 0);
	}
}

static void
side_by_side(const struct server *server, const char *dir, struct work *w)
{
	struct bench_rounds rounds = {.n = w->rounds};
	struct client clients[MOST];
	char ours[256], bare[256];

	if (!bench_wanted(w->name))
		return;
	bench_tell(w->name);
	record(server, dir, w);
	copy_office(server, "ours", 1);
	copy_office(server, "bare", 1);
	clients_start(server, dir, w, clients);
	for (int i = 0; i < w->rounds + WARM; i++)
		for (int k = i; k < i + 2; k++) {
			double s = turn(clients, w->clients, "ob"[k % 2]);

			if (i >= WARM)
				(k % 2 ? rounds.bare : rounds.ours)[i - WARM] =
				    s;
		}
	clients_stop(clients, w->clients);
	pgbare_same(database(server, "ours", ours),
	    database(server, "bare", bare), w->clients == 1);
	copy_office(server, "ours", 0);
	copy_office(server, "bare", 0);
	bench_ratio(w->name, &rounds, w->each * w->clients, TARGET);
	if (w->clients == 1) {
		double n = (w->rounds + WARM) * w->each;

		bench_limit("PostgreSQL, statements of a letter",
		    pgtape_statements(w->tape) / n, "", 0);
		bench_limit("PostgreSQL, round trips of a letter",
		    pgtape_waits(w->tape) / n, "", 0);
	}
	pgtape_free(w->tape);
	free(w->marks);
}

static void
make_office(const struct server *server, const char *dir, struct fill *fill)
{
	static struct bench_office o;
	char db[256];

	pgbare_do(server->db, "CREATE DATABASE office");
	bench_use(database(server, "office", db));
	bench_init(dir);
	bench_open(&o, dir);
	fill_people(&o, PEOPLE);
	fill_pairings(&o, PEOPLE);
	fill_ids(&o, fill, PEOPLE);
	fill_letters(&o, fill, LETTERS);
	bench_close(&o);
}

/* Those measures, on a server of their own. */
static void
measure(const char *dir, struct work *works, size_t n)
{
	struct server server;
	struct fill fill;
	int wanted = 0;

	for (size_t i = 0; i < n; i++)
		wanted |= bench_wanted(works[i].name);
	if (!wanted)
		return;
	if (!server_start(&server)) {
		server_stop(&server);
		bench_missing(works[0].name, "a PostgreSQL server");
		return;
	}
	make_office(&server, dir, &fill);
	for (size_t i = 0; i < n; i++) {
		works[i].fill = &fill;
		side_by_side(&server, dir, &works[i]);
	}
	bench_use(NULL);
	bench_remove(dir);
	fill_free(&fill);
	server_stop(&server);
}

/*
 * One client and its server take turns: never do two of them work.  Where the
 * kernel puts them on one core or on two, as it likes, decides more than what
 * they do, so that the ratio would be of two places.  On one core, for ours
 * and for the bare side, it is of two programs.
 */
static void
measure_on_one_core(const char *dir, struct work *work)
{
	cpu_set_t all, one;
	int cpu = 0;

	if (sched_getaffinity(0, sizeof(all), &all) != 0)
		bench_stop("no core can be chosen");
	while (!CPU_ISSET(cpu, &all))
		cpu++;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	if (sched_setaffinity(0, sizeof(one), &one) != 0)
		bench_stop("no core can be chosen");
	measure(dir, work, 1);
	if (sched_setaffinity(0, sizeof(all), &all) != 0)
		bench_stop("no core can be chosen");
}

void
measure_pgsql(const char *dir)
{
	struct work one = {
	    .name = FIRST, .clients = 1, .each = 40, .rounds = 21};
	struct work several[] = {
	    {.name = "PostgreSQL, log durably, 4 clients",
		.clients = 4,
		.each = 20,
		.rounds = 15},
	    {.name = "PostgreSQL, log durably, 16 clients",
		.clients = 16,
		.each = 10,
		.rounds = 11},
	};

	signal(SIGPIPE, SIG_IGN);
	measure_on_one_core(dir, &one);
	measure(dir, several, sizeof(several) / sizeof(several[0]));
}

#else

void
measure_pgsql(const char *dir)
{
	(void)dir;
	bench_missing(FIRST, "PostgreSQL in this build");
}

#endif
