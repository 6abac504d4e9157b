/*
 * The runner: what mr_op_run does for every operation.  It knows no noun; a
 * handler knows no transaction.
 */
#include "lib/op.h"

#include <sodium.h>
#include <string.h>
#include <time.h>

#include "lib/again.h"
#include "lib/due.h"
#include "lib/handle.h"
#include "lib/op_parse.h"
#include "lib/request.h"
#include "lib/site.h"
#include "lib/tongue.h"
#include "lib/userkey.h"

#define TRIES 5

/* One run of an operation. */
struct run {
	struct mr_call *c;
	const struct mr_op *op;
	const struct mr_ask *ask;
	struct mr_out *out;
	const void *input;
	unsigned char hash[MR_INPUT_HASH], key[MR_REQUEST_KEY];
};

/* The user who acts: by name, else the first coordinator that is there. */
static enum mr_status
find_user(struct mr_call *c, const char *name)
{
	struct sql_stmt *st;
	enum mr_status status;
	int active = 0;

	if (name != NULL) {
		st = sql_prepare(c,
		    "SELECT id, name, role, status FROM users "
		    "WHERE name = :name");
		sql_text(st, ":name", name);
	} else {
		/* As many rows as people work here. */
		st = sql_prepare(c,
		    SQL_SCAN "SELECT id, name, role, status FROM users "
			     "WHERE role = :role AND status = 1 "
			     "ORDER BY id LIMIT 1");
		sql_int(st, ":role", MR_COORDINATOR);
	}
	if (sql_row(st)) {
		c->user = sql_col_int(st, 0);
		c->user_name = mr_strdup(c->arena, sql_col_text(st, 1));
		c->role = (unsigned)sql_col_int(st, 2);
		active = sql_col_int(st, 3) == 1;
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (c->user == 0)
		return mr_fail(c, MR_DENIED,
		    "there is no user of that name; 'mailroom user list' "
		    "shows who works here");
	if (!active)
		return mr_fail(c, MR_DENIED, "the user %s has been disabled",
		    c->user_name);
	return MR_OK;
}

/* "staff or coordinator" */
static const char *
who_may(struct mr_call *c, unsigned set)
{
	const char *list = NULL;

	for (unsigned role = MR_VOLUNTEER; role <= MR_ADMIN; role <<= 1) {
		if (!(set & role))
			continue;
		list = list == NULL ? mr_say(mr_role_name(role))
				    : mr_printf(c->arena, mr_say("%s or %s"),
					  list, mr_say(mr_role_name(role)));
	}
	return list != NULL ? list : "nobody";
}

static enum mr_status
check_role(struct run *r)
{
	struct mr_call *c = r->c;

	if (r->op->roles & c->role)
		return MR_OK;
	return mr_fail(c, MR_DENIED, "'%s' is done by %s; %s has the role %s",
	    r->op->name, who_may(c, r->op->roles), c->user_name,
	    mr_say(mr_role_name(c->role)));
}

static enum mr_status
none_to_be_had(struct mr_call *c, const char *which)
{
	if (which == NULL)
		return mr_fail(c, MR_LOCKED,
		    "this opens the vault and needs the passphrase of %s: "
		    "type it when asked, or give --passphrase-file or "
		    "$MAILROOM_PASSPHRASE",
		    c->user_name);
	if (strcmp(which, MR_ASK_OLD_PIN) == 0)
		return mr_fail(c, MR_LOCKED,
		    "the PIN that is in force is needed: type it when asked, "
		    "or give it as the first line of --passphrase-file");
	if (strcmp(which, MR_ASK_NEW_PIN) == 0)
		return mr_fail(c, MR_LOCKED,
		    "a new PIN is needed: type it twice when asked, or give "
		    "it as the second line of --passphrase-file");
	if (strcmp(which, "new") == 0)
		return mr_fail(c, MR_LOCKED,
		    "a new passphrase is needed: type it twice when asked, or "
		    "give it as the second line of --passphrase-file");
	return mr_fail(c, MR_LOCKED,
	    "the nine groups of the recovery sheet are needed: type them when "
	    "asked, or give them as the first line of --passphrase-file");
}

enum mr_status
mr_ask_passphrase(struct mr_call *c, const char *which, char *buf, size_t size)
{
	const struct mr_ask *ask = c->mr->ask;

	if (ask == NULL || ask->passphrase == NULL ||
	    ask->passphrase(
		ask->arg, which != NULL ? which : c->user_name, buf, size) != 0)
		return none_to_be_had(c, which);
	return MR_OK;
}

static enum mr_status
unlock(struct run *r)
{
	struct mr_call *c = r->c;
	const struct mr_ask *ask = r->ask;
	const unsigned char *secret = NULL;
	char passphrase[MR_PASSPHRASE_SIZE];
	enum mr_status status;

	if (!r->op->vault)
		return MR_OK;
	if (c->mr->vault != NULL && c->mr->vault_user == c->user)
		return MR_OK;
	if (ask->secret != NULL)
		secret = ask->secret(ask->arg);
	if (secret != NULL) {
		status = mr_vault_open_key(c, secret);
	} else {
		status =
		    mr_ask_passphrase(c, NULL, passphrase, sizeof(passphrase));
		if (status == MR_OK)
			status = mr_vault_open(c, passphrase);
		sodium_memzero(passphrase, sizeof(passphrase));
	}
	c->vault = c->mr->vault;
	return status;
}

static enum mr_status
prepare_once(struct run *r)
{
	enum mr_status status = find_user(r->c, r->ask->user);

	if (status == MR_OK)
		status = check_role(r);
	if (status == MR_OK)
		status = mr_op_parse(r->c, r->op, r->ask, &r->input, r->hash);
	if (status == MR_OK)
		status = unlock(r);
	if (status == MR_OK && r->op->ready != NULL)
		status = r->op->ready(r->c, r->input);
	if (status == MR_OK && r->ask->request != NULL)
		mr_request_key(r->c, r->ask->request, r->key);
	/* A vault opened by somebody else does not serve this user. */
	if (!r->op->vault)
		r->c->vault = NULL;
	return status;
}

/* Everything that needs no transaction.  Who only reads is told at once that
 * there is no server: nothing is lost by that. */
static enum mr_status
prepare(struct run *r)
{
	struct mr *mr = r->c->mr;
	struct mr_mark mark = mr_mark(r->c->arena);
	struct mr_again again = {0};
	enum mr_status status;

	do {
		mr_release(r->c->arena, mark);
		r->c->user = 0;
		status = prepare_once(r);
	} while (r->op->writes && !mr->group && mr_again(mr, &again, status));
	return status;
}

/* The first write of a new day signs where the chain stands, and writes down
 * where those of other sites do. */
static enum mr_status
daily_checkpoint(struct mr_call *c, int64_t day_before)
{
	enum mr_status status;
	int64_t id;

	if (c->events == 0 || c->keys == NULL || day_before >= c->today)
		return MR_OK;
	status = mr_heads_log(c);
	return status == MR_OK ? mr_checkpoint(c, &id) : status;
}

static enum mr_status
run_handler(struct run *r, struct mr_events *events)
{
	struct mr_call *c = r->c;
	int64_t writes = sql_writes(c->mr->db), day = c->mr->head.day;
	enum mr_status status, kept = MR_OK;

	c->events = 0;
	c->first_event = 0;
	c->found = NULL;
	c->about = 0;
	c->request = r->ask->request != NULL ? r->key : NULL;
	status = r->op->run(c, r->input);
	if (status != MR_OK && status != MR_STOP)
		return status;
	*events = (struct mr_events){c->first_event, c->events};
	if (c->events == 0)
		events->first = c->about;
	if (c->events == 0 && sql_writes(c->mr->db) != writes)
		return mr_fail(
		    c, MR_BUG, "%s wrote without an event", r->op->name);
	if (events->first != 0 && c->request != NULL)
		kept = mr_request_keep(c, r->key, r->hash, *events);
	if (kept == MR_OK)
		kept = daily_checkpoint(c, day);
	return kept == MR_OK ? status : kept;
}

/* The whole of a writing operation, between begin and commit. */
static enum mr_status
write_and_answer(struct run *r, struct mr_out *tape)
{
	struct mr_events events = {0, 0};
	enum mr_status status = MR_NOTFOUND, told;
	struct mr_call *c = r->c;

	if (r->ask->request != NULL)
		status = mr_request_find(c, r->key, r->hash, &events);
	if (status == MR_NOTFOUND)
		status = run_handler(r, &events);
	if (status != MR_OK && status != MR_STOP)
		return status;
	told = r->op->answer(c, events, tape);
	/* An answer that says STOP stops, however often it is asked. */
	if (told != MR_OK)
		status = told;
	if (status != MR_OK && status != MR_STOP)
		return status;
	if (tape->end(tape) != 0 || mr_arena_failed(c->arena))
		return mr_nomem(c);
	return status;
}

static void
pause_a_little(int attempt)
{
	struct timespec t = {0,
	    1000000L * (long)(attempt + 1) *
		(long)(1 + randombytes_uniform(20))};

	nanosleep(&t, NULL);
}

/* Another was in the way, or the server went: then nothing was kept. */
static int
once_more(struct mr *mr, struct mr_again *again, enum mr_status status)
{
	if (status != MR_BUSY)
		return mr_again(mr, again, status);
	if (++again->busy >= TRIES)
		return 0;
	pause_a_little(again->busy);
	return 1;
}

/* Alone: a transaction of its own, done again where that helps. */
static enum mr_status
write_alone(struct run *r)
{
	struct mr_call *c = r->c;
	struct mr_mark mark = mr_mark(c->arena);
	struct mr_again again = {0};
	enum mr_status status;
	struct mr_out *tape;

	do {
		mr_release(c->arena, mark);
		mr_arena_reset(c->mr->tape);
		tape = mr_out_tape(c->mr->tape);
		if (tape == NULL)
			return mr_nomem(c);
		status = mr_begin(c, 1);
		if (status == MR_OK)
			status = mr_end(c, write_and_answer(r, tape));
		status = mr_due_settle(c->mr, status, c->error);
	} while (once_more(c->mr, &again, status));
	if (status == MR_OK || status == MR_STOP)
		mr_out_play(tape, r->out);
	return status;
}

/* In a group: a savepoint, so that a refusal takes back only itself. */
static enum mr_status
write_in_group(struct run *r)
{
	struct mr_call *c = r->c;
	struct mr_head head = c->mr->head;
	const struct mr_due *due = c->mr->due;
	struct mr_out *tape = mr_out_tape(c->mr->tape);
	enum mr_status status;

	if (tape == NULL)
		return mr_nomem(c);
	if (c->now < head.at) {
		c->now = head.at;
		c->today = head.day;
	}
	if (c->mr->group_lost != MR_OK)
		return mr_fail(c, c->mr->group_lost,
		    "an operation before this one broke the group off");
	status = sql_savepoint(c->mr->db);
	if (status != MR_OK)
		return mr_fail(c, status, "%s", mr_say(sql_message(c->mr->db)));
	status = write_and_answer(r, tape);
	if (status == MR_OK || status == MR_STOP) {
		enum mr_status released = sql_release(c->mr->db);

		if (released == MR_OK) {
			mr_out_play(tape, r->out);
			return status;
		}
		status =
		    mr_fail(c, released, "%s", mr_say(sql_message(c->mr->db)));
	}
	/* A full disk takes the whole transaction: then nothing of the group
	 * can be kept, and its commit says so. */
	if (sql_rollback_to(c->mr->db) != MR_OK)
		c->mr->group_lost = status;
	c->mr->head = head;
	/* Its own folder, not that of another in the group. */
	if (c->mr->due != due)
		mr_due_drop(c->mr);
	return status;
}

/* Reading streams: a long list is not held in memory. */
static enum mr_status
read_only(struct run *r)
{
	struct mr_call *c = r->c;
	enum mr_status status = MR_OK;

	if (!c->mr->group)
		status = mr_begin(c, 0);
	if (status == MR_OK)
		status = r->op->show(c, r->input, r->out);
	if (!c->mr->group && sql_in_transaction(c->mr->db))
		status = mr_end(c, status);
	return status;
}

/* More than any operation takes, drawing and SQLite included. */
#define STACK_USED (256 * 1024)

enum mr_status
mr_op_run(struct mr *mr, const struct mr_op *op, const struct mr_ask *ask,
    struct mr_out *out, struct mr_error *error)
{
	struct run r = {.op = op, .ask = ask, .out = out};
	const char *tongue = mr_tongue_set(ask->language);
	enum mr_status status;

	error->status = MR_OK;
	error->message[0] = '\0';
	mr->ask = ask;
	r.c = mr_call_start(mr, ask->now, error);
	r.c->op = op->number;
	r.c->printer = ask->printer;
	r.c->queue = ask->queue;
	r.c->progress = ask->progress;
	r.c->progress_arg = ask->arg;
	if (ask->station != 0)
		r.c->station = ask->station;
	status = prepare(&r);
	if (status == MR_OK && !op->writes)
		status = read_only(&r);
	else if (status == MR_OK && mr->group)
		status = write_in_group(&r);
	else if (status == MR_OK)
		status = write_alone(&r);
	if (status == MR_OK && mr_arena_failed(r.c->arena))
		status = mr_nomem(r.c);
	mr_call_end(r.c);
	/* Libraries leave on it what they copied, and a thread lives long. */
	if (op->vault)
		sodium_stackzero(STACK_USED);
	mr->ask = NULL;
	mr_tongue_set(tongue);
	error->status = status;
	return status;
}

enum mr_status
mr_group_begin(struct mr *mr, struct mr_error *error)
{
	struct mr_call *c = mr_call_start(mr, 0, error);
	enum mr_status status = mr_begin(c, 1);

	mr->group = status == MR_OK;
	mr->group_lost = MR_OK;
	return status;
}

enum mr_status
mr_group_run(struct mr *mr, void (*members)(void *arg, struct mr *mr),
    void *arg, struct mr_error *error)
{
	struct mr_again again = {0};
	enum mr_status status;

	do {
		status = mr_group_begin(mr, error);
		if (status != MR_OK)
			continue;
		members(arg, mr);
		status = mr_group_commit(mr, error);
	} while (mr_again(mr, &again, status));
	return status;
}

enum mr_status
mr_group_commit(struct mr *mr, struct mr_error *error)
{
	enum mr_status status;

	mr->call.error = error;
	mr->group = 0;
	if (mr->group_lost != MR_OK)
		mr_error(error, mr->group_lost,
		    "nothing of this group was kept: %s",
		    mr_status_text(mr->group_lost));
	status = mr_end(&mr->call, mr->group_lost);
	/* The others of the group are kept, whatever a folder came to. */
	(void)mr_due_settle(mr, status, error);
	return status;
}
