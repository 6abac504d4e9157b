/* Request keys.  See request.h. */
#include "lib/request.h"

#include <sodium.h>
#include <string.h>

#define KEPT (7 * MR_DAY_US)

void
mr_request_key(const struct mr_call *c, const char *text,
    unsigned char key[MR_REQUEST_KEY])
{
	crypto_generichash_state state;
	unsigned char who[10];
	uint64_t user = (uint64_t)c->user;

	for (int i = 7; i >= 0; i--, user >>= 8)
		who[i] = user & 0xff;
	who[8] = (unsigned char)(c->op >> 8 & 0xff);
	who[9] = (unsigned char)(c->op & 0xff);
	crypto_generichash_init(&state, NULL, 0, MR_REQUEST_KEY);
	crypto_generichash_update(&state, who, sizeof(who));
	crypto_generichash_update(
	    &state, (const unsigned char *)text, strlen(text));
	crypto_generichash_final(&state, key, MR_REQUEST_KEY);
}

enum mr_status
mr_request_find(struct mr_call *c, const unsigned char key[MR_REQUEST_KEY],
    const unsigned char input[16], struct mr_events *events)
{
	struct sql_stmt *st;
	enum mr_status status;
	const void *stored;
	int found = 0, same = 0;
	size_t len;

	st = sql_prepare(c,
	    "SELECT input, first, count FROM request "
	    "WHERE key = :key AND at > :old");
	sql_blob(st, ":key", key, MR_REQUEST_KEY);
	sql_int(st, ":old", c->now - KEPT);
	if (sql_row(st)) {
		found = 1;
		stored = sql_col_blob(st, 0, &len);
		same = len == 16 && memcmp(stored, input, len) == 0;
		events->first = sql_col_int(st, 1);
		events->count = (int)sql_col_int(st, 2);
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (!found)
		return MR_NOTFOUND;
	if (!same)
		return mr_fail(c, MR_REFUSED,
		    "this request key was used before, with other parameters; "
		    "take a new key for a new request");
	return MR_OK;
}

static enum mr_status
forget(struct mr_call *c)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "DELETE FROM request "
	    "WHERE at <= :old");
	sql_int(st, ":old", c->now - KEPT);
	return sql_done(st);
}

enum mr_status
mr_request_keep(struct mr_call *c, const unsigned char key[MR_REQUEST_KEY],
    const unsigned char input[16], struct mr_events events)
{
	enum mr_status status = forget(c);
	struct sql_stmt *st;

	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "INSERT INTO request (key, input, first, count, at) "
	    "VALUES (:key, :input, :first, :count, :at)");
	sql_blob(st, ":key", key, MR_REQUEST_KEY);
	sql_blob(st, ":input", input, 16);
	sql_int(st, ":first", events.first);
	sql_int(st, ":count", events.count);
	sql_int(st, ":at", c->now);
	return sql_done(st);
}
