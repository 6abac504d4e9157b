/*
 * Two offices alike: a mailroomd serves the one, the other is asked directly.
 * Made from one office with its post (mail.h), which is there to practise in,
 * so that both go by the same clock.
 */
#ifndef TEST_TWIN_H
#define TEST_TWIN_H

#include "test/daemon.h"
#include "test/examples.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>

#include "lib/setting.h"

/* Roles, and who is asked to be one. */
static const struct {
	unsigned role;
	const char *user, *passphrase;
} role_of[] = {{MR_VOLUNTEER, "val", MAIL_STAFF}, {MR_STAFF, "sam", MAIL_STAFF},
    {MR_COORDINATOR, "ruth", HOUSE_PASSPHRASE}, {MR_ADMIN, "admin", MAIL_STAFF},
    {MR_COORDINATOR, "cora", MAIL_STAFF}};
#define ROLES 4 /* the fifth is a second coordinator, for what needs two */
#define CORA 4

static struct twin {
	struct house *base; /* what both began as; closed */
	struct house *h;    /* asked directly; it begins each test as asked */
	struct house asked, served;
	struct daemon d;
	struct asker who[ROLES + 1], nobody;
	char recovery[256];
} t;

static inline void
twin_files(const char *from, const char *to, int make)
{
	static const char *const names[] = {"mailroom.db", "mailroom.db-wal",
	    "mailroom.db-shm", "office.key", "mailroom.conf"};
	static char bytes[1 << 16];
	char path[160];
	ssize_t n;
	int in, out;

	if (make)
		assert_int_equal(mkdir(to, 0700), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", to, names[i]);
		unlink(path);
		if (from == NULL)
			continue;
		snprintf(path, sizeof(path), "%s/%s", from, names[i]);
		in = open(path, O_RDONLY);
		if (in < 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", to, names[i]);
		out = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
		assert_true(out >= 0);
		while ((n = read(in, bytes, sizeof(bytes))) > 0)
			assert_int_equal(write(out, bytes, (size_t)n), n);
		close(out);
		close(in);
	}
	if (from == NULL) {
		house_forget_site(to);
		assert_int_equal(rmdir(to), 0);
	}
}

/* On a server: a schema with the tables of an office, whose rows come later. */
static inline void
twin_tables(struct house *h, int number)
{
	struct mr_office_new new = house_office(HOUSE_NOW);
	struct mr_recovery_sheet sheet;

	snprintf(h->dir, sizeof(h->dir), "%.60s-%d", t.base->dir, number);
	if (schema_server() == NULL)
		return;
	assert_int_equal(mkdir(h->dir, 0700), 0);
	schema_make(h->dir, h->schema);
	new.dir = h->dir;
	new.db = schema_url(h->schema, h->db, sizeof(h->db));
	if (mr_office_init(&new, &sheet, &h->error) != MR_OK)
		fail_msg("%s", h->error.message);
	twin_files(NULL, h->dir, 0);
}

/* All that the one is, in the place of the other. */
static inline void
twin_copy(const struct house *from, const struct house *to)
{
	char rows[120];

	twin_files(from->dir, to->dir, 1);
	if (house_db(to) == NULL)
		return;
	snprintf(rows, sizeof(rows), "SELECT again.rows('%s', '%s')",
	    from->schema, to->schema);
	assert_int_equal(schema_ask("%s", rows), MR_OK);
}

static inline void
twin_open(struct house *h)
{
	struct mr_options options = {
	    .dir = h->dir, .db = house_db(h), .check_scans = 1};

	if (mr_open(&options, &h->mr, &h->error) != MR_OK)
		fail_msg("%s", h->error.message);
}

/* Full minutes, as a person tells the time. */
static inline void
twin_minute(struct house *h)
{
	h->now = (h->now / 60000000 + 1) * 60000000;
}

/* The office that both begin as. */
static inline void
twin_base(void)
{
	struct house *h;
	struct mr_call *c;
	void *state = NULL;
	size_t n = 0;

	assert_int_equal(mail_setup(&state), 0);
	h = t.base = state;
	c = house_begin(h);
	assert_int_equal(mr_setting_practice(c), MR_OK);
	house_end(c);
	h->user = "admin";
	h->new_passphrase = MAIL_STAFF;
	did(h, run(h, "user passphrase", NULL), "admin");
	for (int i = 0; i < MR_RECOVERY_GROUPS; i++)
		n += (size_t)snprintf(t.recovery + n, sizeof(t.recovery) - n,
		    "%s ", h->sheet.group[i]);
	/* Later than the daemon's own clock, which signs the day. */
	if (h->now < mr_now())
		h->now = mr_now();
	later(h, 3600);
	mail_id(h, 1, MR_INSIDE, in1);
	mr_close(h->mr);
	h->mr = NULL;
}

/* A copy of the base, open, to be made ready. */
static inline void
twin_begin(void)
{
	struct house *h = t.h = calloc(1, sizeof(*h));

	assert_non_null(h);
	*h = t.asked;
	twin_copy(t.base, h);
	twin_open(h);
	h->now = t.base->now;
	h->document = take;
	h->new_passphrase = "a lantern on the quiet harbour";
	h->words = t.recovery;
	as(h, NULL);
}

/* No backups: each daemon would begin with one. */
static inline void
twin_conf(const char *dir)
{
	char path[160];
	FILE *f;

	snprintf(path, sizeof(path), "%s/mailroom.conf", dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("backup-at = never\n", f);
	assert_int_equal(fclose(f), 0);
}

/* It is ready: a daemon serves a copy of it. */
static inline void
twin_serve(void)
{
	struct house *h = t.h;

	twin_minute(h);
	mr_close(h->mr);
	h->mr = NULL;
	twin_copy(h, &t.served);
	twin_conf(t.served.dir);
	twin_open(h);
	daemon_start(&t.d, &t.served);
	for (int i = 0; i <= ROLES; i++)
		t.who[i].daemon = &t.d;
	t.nobody.daemon = &t.d;
}

static inline void
twin_sign_in(int role)
{
	assert_int_equal(
	    sign_in(&t.who[role], role_of[role].user, role_of[role].passphrase),
	    200);
}

/* Both are closed and gone. */
static inline void
twin_end(void)
{
	int status = daemon_stop(&t.d, SIGTERM);

	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	mr_close(t.h->mr);
	house_forget_backups(t.h);
	twin_files(NULL, t.h->dir, 0);
	house_forget_backups(&t.served);
	twin_files(NULL, t.served.dir, 0);
	free(t.h);
	t.h = NULL;
}

/* "letter receive" is at /api/letter/receive. */
static inline void
twin_path(const struct mr_op *op, char path[8192])
{
	snprintf(path, 8192, "/api/%s", op->name);
	for (char *at = path; *at != '\0'; at++)
		if (*at == ' ')
			*at = '/';
}

/* Text of JSON, or of a query. */
static inline size_t
twin_put(char *to, const char *s, int json)
{
	char *at = to;

	for (; *s != '\0'; s++) {
		if (json && (*s == '"' || *s == '\\' || *s == '\n'))
			at += sprintf(at, *s == '\n' ? "\\n" : "\\%c", *s);
		else if (json || strchr("-_.", *s) != NULL ||
		    (*s >= '0' && *s <= '9') ||
		    ((*s | 32) >= 'a' && (*s | 32) <= 'z'))
			*at++ = *s;
		else
			at += sprintf(at, "%%%02X", (unsigned char)*s);
	}
	*at = '\0';
	return (size_t)(at - to);
}

static inline int
twin_is_file(const struct mr_op *op, const char *name)
{
	for (size_t i = 0; i < op->nparams; i++)
		if (strcmp(op->params[i].name, name) == 0)
			return op->params[i].type == MR_T_FILE;
	return 0;
}

/* The words that were said (h->word), as a request: path, and body. */
static inline const char *
twin_request(struct house *h, const struct mr_op *op, char path[8192])
{
	static char body[16384];
	char *at = op->writes ? body : path + strlen(path);
	int n = 0;

	if (op->writes)
		*at++ = '{';
	for (; n < HOUSE_WORDS / 2 && h->word[2 * n] != NULL; n++) {
		const char *name = h->word[2 * n], *value = h->word[2 * n + 1];

		if (op->writes)
			at += sprintf(at, "%s\"%s\":", n ? "," : "", name);
		else
			at += sprintf(at, "%c%s=", n ? '&' : '?', name);
		if (!op->writes) {
			at += twin_put(at, value, 0);
			continue;
		}
		if (twin_is_file(op, name)) {
			at += sprintf(at, "{\"name\":\"f.csv\",\"text\":");
			value = h->csv;
		}
		*at++ = '"';
		at += twin_put(at, value, 1);
		*at++ = '"';
		if (twin_is_file(op, name))
			*at++ = '}';
	}
	if (op->writes)
		*at++ = '}';
	*at = '\0';
	return op->writes ? body : NULL;
}

static inline const char *
twin_64(const char *text, char to[400])
{
	return sodium_bin2base64(to, 400, (const unsigned char *)text,
	    strlen(text), sodium_base64_VARIANT_ORIGINAL);
}

/* The time, and what the command line would ask a person for. */
static inline const char *
twin_lines(const int role)
{
	static char lines[2000];
	char day[MR_WHEN_SIZE], at[MR_WHEN_SIZE], own[400], new[400],
	    sheet[400];

	snprintf(lines, sizeof(lines),
	    "Mailroom-Now: %sT%s\nMailroom-Passphrase: %s\n"
	    "Mailroom-New-Passphrase: %s\nMailroom-Recovery: %s",
	    mr_day_iso(mr_day_of(t.h->now), day), mr_time_local(t.h->now, at),
	    twin_64(role_of[role].passphrase, own),
	    twin_64(t.h->new_passphrase, new), twin_64(t.recovery, sheet));
	return lines;
}

/* What was said, over HTTP. */
static inline long
twin_ask(struct asker *a, int role, const struct mr_op *op)
{
	char path[8192];
	const char *body;

	twin_path(op, path);
	body = twin_request(t.h, op, path);
	a->line = twin_lines(role);
	ask(a, op->writes ? "POST" : "GET", path, body);
	a->line = NULL;
	return a->status;
}

/* How it went, by its header. */
static inline const char *
twin_status(const struct asker *a, char name[32])
{
	const char *at = strstr(a->headers, "Mailroom-Status: ");

	at = at != NULL ? at + strlen("Mailroom-Status: ") : "none";
	snprintf(name, 32, "%.*s", (int)strcspn(at, "\r\n"), at);
	return name;
}

/* The same call on both: directly, then over HTTP; the same status. */
static inline enum mr_status
twin_both(int role, const struct mr_op *op)
{
	struct house *h = t.h;
	struct asker *a = &t.who[role];
	enum mr_status want;
	char got[32];

	h->user = role_of[role].user;
	h->passphrase = role_of[role].passphrase;
	mr_vault_close(h->mr);
	want = act(h, op);
	twin_ask(a, role, op);
	if (strcmp(twin_status(a, got), mr_status_name(want)) != 0 ||
	    a->status != mr_status_http(want))
		fail_msg("%s as %s: %s directly (%s), over HTTP %ld %s %s",
		    op->name, role_of[role].user, mr_status_name(want),
		    h->error.message, a->status, got,
		    want == MR_OK ? "" : a->answer);
	return want;
}

/* Over HTTP, by somebody whom the row does not name; ROLES: nobody. */
static inline void
twin_refuses(int role, const struct mr_op *op)
{
	struct asker *a = role < ROLES ? &t.who[role] : &t.nobody;
	long want = role < ROLES ? 403 : 401;
	char name[32];

	twin_ask(a, role < ROLES ? role : 0, op);
	if (a->status != want || strcmp(twin_status(a, name), "DENIED") != 0 ||
	    strstr(a->headers, "problem+json") == NULL)
		fail_msg("%s as %s: %ld %s", op->name,
		    role < ROLES ? role_of[role].user : "nobody", a->status,
		    a->answer);
}

/* Before all tests, and after them. */
static inline int
twin_first(void **state)
{
	(void)state;
	twin_base();
	twin_tables(&t.asked, 1);
	twin_tables(&t.served, 2);
	return 0;
}

static inline int
twin_last(void **state)
{
	void *base = t.base;

	(void)state;
	if (house_db(&t.asked) != NULL) {
		schema_leave(t.asked.schema);
		schema_leave(t.served.schema);
	}
	return house_teardown(&base);
}

static inline void
twin_find_daemon(const char *program)
{
	static char path[4096];

	snprintf(path, sizeof(path), "%.*s../mailroomd/mailroomd",
	    (int)(strrchr(program, '/') + 1 - program), program);
	daemon_path = path;
}

#endif
