/* PINs: what they may be, their proof, and their table.  See pin.h. */
#include "lib/pin.h"

#include <string.h>

#include "lib/chain.h"
#include "lib/keys.h"
#include "lib/tongue.h"
#include "lib/user.h"

/* Every digit as far from the one before it as all others, round the ten:
 * 000000, 123456, 987654, 024680. */
static int
is_row(const int d[MR_PIN_DIGITS])
{
	int step = (d[1] - d[0] + 10) % 10, i = 2;

	while (i < MR_PIN_DIGITS && (d[i] - d[i - 1] + 10) % 10 == step)
		i++;
	return i == MR_PIN_DIGITS;
}

static int
is_again(const int d[MR_PIN_DIGITS], int period)
{
	int i = period;

	while (i < MR_PIN_DIGITS && d[i] == d[i - period])
		i++;
	return i == MR_PIN_DIGITS;
}

static int
is_mirror(const int d[MR_PIN_DIGITS])
{
	return d[0] == d[5] && d[1] == d[4] && d[2] == d[3];
}

static int
is_pairs(const int d[MR_PIN_DIGITS])
{
	return d[0] == d[1] && d[2] == d[3] && d[4] == d[5];
}

static int
is_day(int day, int month)
{
	static const int days[] = {
	    31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

/* 010190, 013190, 900101, 121985, 198512. */
static int
is_date(const int d[MR_PIN_DIGITS])
{
	int a = 10 * d[0] + d[1], b = 10 * d[2] + d[3], c = 10 * d[4] + d[5];

	return is_day(a, b) || is_day(b, a) || is_day(c, b) ||
	    (a >= 1 && a <= 12 && (b == 19 || b == 20)) ||
	    (c >= 1 && c <= 12 && (a == 19 || a == 20));
}

enum mr_status
mr_pin_check(struct mr_call *c, const char *digits)
{
	int d[MR_PIN_DIGITS], known;

	if (strlen(digits) != MR_PIN_DIGITS ||
	    strspn(digits, "0123456789") != MR_PIN_DIGITS)
		return mr_fail(
		    c, MR_INVALID, "a PIN has six digits and nothing else");
	for (int i = 0; i < MR_PIN_DIGITS; i++)
		d[i] = digits[i] - '0';
	known = is_row(d) || is_again(d, 2) || is_again(d, 3) || is_pairs(d) ||
	    is_mirror(d) || is_date(d);
	sodium_memzero(d, sizeof(d));
	if (known)
		return mr_fail(c, MR_INVALID,
		    "this PIN is one that is tried first: no date, no row "
		    "like 123456, nothing that repeats; take six digits that "
		    "mean something to you alone");
	return MR_OK;
}

/* What is stored: keyed with the office's key, bound to office and user. */
static enum mr_status
prove(struct mr_call *c, const struct mr_pin *pin, const char *digits,
    unsigned char proof[32])
{
	static const char what[] = "mailroom pin 1";
	unsigned char bound[16 + 8 + 32], key[32], *slow;
	enum mr_status status = MR_OK;

	if (c->keys == NULL)
		return mr_fail(c, MR_LOCKED,
		    "PINs need the office key file, which is not open here");
	slow = mr_stretch(c, digits, pin->salt, &pin->cost, &status);
	if (slow == NULL)
		return status;
	crypto_generichash(key, sizeof(key), (const unsigned char *)what,
	    sizeof(what), c->keys->tag, sizeof(c->keys->tag));
	memcpy(bound, c->site->office, 16);
	mr_put_number(bound + 16, (uint64_t)pin->id, 8);
	memcpy(bound + 24, slow, 32);
	crypto_generichash(proof, 32, bound, sizeof(bound), key, sizeof(key));
	sodium_memzero(bound, sizeof(bound));
	sodium_memzero(key, sizeof(key));
	sodium_free(slow);
	return MR_OK;
}

enum mr_status
mr_pin_make(
    struct mr_call *c, int64_t user, const char *digits, struct mr_pin *pin)
{
	memset(pin, 0, sizeof(*pin));
	pin->id = user;
	pin->set = 1;
	pin->cost = mr_cost_now();
	randombytes_buf(pin->salt, sizeof(pin->salt));
	return prove(c, pin, digits, pin->proof);
}

enum mr_status
mr_pin_match(
    struct mr_call *c, const struct mr_pin *pin, const char *typed, int *same)
{
	unsigned char proof[32];
	enum mr_status status = prove(c, pin, typed, proof);

	if (status == MR_OK)
		*same = sodium_memcmp(proof, pin->proof, sizeof(proof)) == 0;
	sodium_memzero(proof, sizeof(proof));
	return status;
}

static int
take(struct sql_stmt *st, int col, void *to, size_t want)
{
	size_t len;
	const void *bytes = sql_col_blob(st, col, &len);

	if (bytes == NULL || len != want)
		return -1;
	memcpy(to, bytes, want);
	return 0;
}

static enum mr_status
read_pin(struct mr_call *c, struct sql_stmt *st, struct mr_pin *pin)
{
	memset(pin, 0, sizeof(*pin));
	pin->id = sql_col_int(st, 0);
	pin->set = !sql_col_null(st, 1);
	pin->cost = (struct mr_cost){sql_col_int(st, 3), sql_col_int(st, 4)};
	pin->version = sql_col_int(st, 5);
	pin->event = sql_col_int(st, 6);
	if (pin->set &&
	    (take(st, 1, pin->salt, sizeof(pin->salt)) != 0 ||
		take(st, 2, pin->proof, sizeof(pin->proof)) != 0))
		return mr_fail(c, MR_DAMAGED,
		    "a stored PIN has a wrong length; the pin table was "
		    "changed from outside");
	return MR_OK;
}

enum mr_status
mr_pin_load(struct mr_call *c, int64_t user, struct mr_pin *pin)
{
	enum mr_status status = MR_NOTFOUND, done;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, salt, proof, ops, mem, version, event "
	    "FROM pin "
	    "WHERE id = :id");
	sql_int(st, ":id", user);
	if (sql_row(st))
		status = read_pin(c, st, pin);
	done = sql_done(st);
	if (done != MR_OK)
		return done;
	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_NOTFOUND, "that user has no PIN");
	return status;
}

/* The row as it stands, proved; event 0: there is none. */
static enum mr_status
load_proved(struct mr_call *c, int64_t user, struct mr_pin *pin)
{
	enum mr_status status = mr_pin_load(c, user, pin);

	if (status == MR_OK)
		return mr_row_proved(c, MR_PIN, user);
	if (status != MR_NOTFOUND)
		return status;
	memset(pin, 0, sizeof(*pin));
	return MR_OK;
}

static enum mr_status
store(struct mr_call *c, const struct mr_pin *pin, const struct mr_pin *before)
{
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "INSERT INTO pin (id, salt, proof, ops, mem, version, event) "
	    "VALUES (:id, :salt, :proof, :ops, :mem, :version, :event) "
	    "ON CONFLICT (id) DO UPDATE "
	    "SET salt = excluded.salt, proof = excluded.proof, "
	    "ops = excluded.ops, mem = excluded.mem, "
	    "version = excluded.version, event = excluded.event");
	sql_int(st, ":id", pin->id);
	sql_blob(st, ":salt", pin->set ? pin->salt : NULL, sizeof(pin->salt));
	sql_blob(
	    st, ":proof", pin->set ? pin->proof : NULL, sizeof(pin->proof));
	sql_int0(st, ":ops", pin->set ? pin->cost.ops : 0);
	sql_int0(st, ":mem", pin->set ? pin->cost.mem : 0);
	sql_int(st, ":version", before->version + 1);
	sql_int(st, ":event", mr_event_next(c));
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_PIN, pin->id, before->event,
	    (const struct mr_field[]){
		{MR_F_TO, pin->set, NULL, 0}, {MR_F_END, 0, NULL, 0}});
}

enum mr_status
mr_pin_may(struct mr_call *c, int64_t user)
{
	struct mr_holder holder;
	enum mr_status status = mr_holder_load(c, user, &holder);

	if (status != MR_OK)
		return status;
	if (holder.status != MR_USER_ACTIVE)
		return mr_fail(c, MR_REFUSED,
		    "%s is disabled and gets no PIN; 'mailroom user enable "
		    "%s' comes first",
		    holder.name, holder.name);
	if ((holder.role & MR_PIN_ROLES) == 0)
		return mr_fail(c, MR_REFUSED,
		    "%s is %s and signs in with a passphrase; six digits are "
		    "for volunteers, who open no address",
		    holder.name, mr_say(mr_role_name(holder.role)));
	return MR_OK;
}

enum mr_status
mr_pin_set(struct mr_call *c, const struct mr_pin *pin, int64_t before)
{
	struct mr_pin old;
	enum mr_status status = mr_pin_may(c, pin->id);

	if (status == MR_OK)
		status = load_proved(c, pin->id, &old);
	if (status != MR_OK)
		return status;
	if (old.event != before)
		return mr_fail(c, MR_REFUSED,
		    "the PIN was changed at the same moment; do it again");
	return store(c, pin, &old);
}

enum mr_status
mr_pin_drop(struct mr_call *c, int64_t user)
{
	struct mr_pin none = {.id = user}, old;
	enum mr_status status = load_proved(c, user, &old);

	if (status != MR_OK || !old.set)
		return status;
	return store(c, &none, &old);
}
