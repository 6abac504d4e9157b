/* Who is signed in.  See session.h. */
#include "mailroomd/session.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define EACH 4 /* sessions of one user */
#define BOX (crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + 32)

struct slot {
	int used, station;
	unsigned char hash[32], box[BOX];
	struct mr_signed who; /* its secret is in box, not here */
	int64_t began, seen;
};

struct sessions {
	pthread_mutex_t lock;
	struct slot slot[SESSION_MOST];
};

struct sessions *
sessions_new(void)
{
	struct sessions *sessions = sodium_malloc(sizeof(*sessions));

	if (sessions == NULL)
		return NULL;
	sodium_memzero(sessions, sizeof(*sessions));
	pthread_mutex_init(&sessions->lock, NULL);
	return sessions;
}

void
sessions_free(struct sessions *sessions)
{
	if (sessions == NULL)
		return;
	pthread_mutex_destroy(&sessions->lock);
	sodium_free(sessions);
}

void
session_wipe(struct session *session)
{
	sodium_memzero(session, sizeof(*session));
}

/* What is made of a cookie: the hash it is known by, the key of its box, the
 * token of its changes. */
static void
derive(const char *cookie, const char *what, unsigned char out[32])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, 32);
	crypto_generichash_update(
	    &state, (const unsigned char *)what, strlen(what) + 1);
	crypto_generichash_update(
	    &state, (const unsigned char *)cookie, strlen(cookie));
	crypto_generichash_final(&state, out, 32);
	sodium_memzero(&state, sizeof(state));
}

static void
as_text(const unsigned char bytes[32], char text[SESSION_TOKEN])
{
	sodium_bin2base64(text, SESSION_TOKEN, bytes, 32,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static int
slot_idle(const struct slot *slot)
{
	return slot->who.role == MR_VOLUNTEER && slot->who.by != MR_BY_CODE
	    ? SESSION_IDLE
	    : SESSION_IDLE_KEY;
}

static int64_t
slot_ends(const struct slot *slot)
{
	int64_t idle = slot->seen + slot_idle(slot);
	int64_t last = slot->began +
	    (slot->who.by == MR_BY_CODE ? SESSION_IDLE_KEY : SESSION_ABSOLUTE);

	return idle < last ? idle : last;
}

static void
drop(struct slot *slot)
{
	sodium_memzero(slot, sizeof(*slot));
}

/* A free place, after what is over, and the user's oldest too many, went. */
static struct slot *
place(struct sessions *sessions, int64_t user, int64_t now)
{
	struct slot *free = NULL, *oldest = NULL, *slot;
	int own = 0;

	for (slot = sessions->slot; slot < sessions->slot + SESSION_MOST;
	     slot++) {
		if (slot->used && now >= slot_ends(slot))
			drop(slot);
		if (!slot->used) {
			free = slot;
			continue;
		}
		if (slot->who.user != user)
			continue;
		own++;
		if (oldest == NULL || slot->seen < oldest->seen)
			oldest = slot;
	}
	if (own < EACH)
		return free;
	drop(oldest);
	return oldest;
}

int
session_begin(struct sessions *sessions, const struct mr_signed *who,
    int station, int64_t now, char cookie[SESSION_TOKEN])
{
	unsigned char bytes[32], key[32];
	struct slot *slot;

	pthread_mutex_lock(&sessions->lock);
	slot = place(sessions, who->user, now);
	if (slot != NULL) {
		randombytes_buf(bytes, sizeof(bytes));
		as_text(bytes, cookie);
		derive(cookie, "mailroom session", slot->hash);
		derive(cookie, "mailroom key", key);
		randombytes_buf(slot->box, crypto_secretbox_NONCEBYTES);
		crypto_secretbox_easy(slot->box + crypto_secretbox_NONCEBYTES,
		    who->secret, 32, slot->box, key);
		slot->who = *who;
		sodium_memzero(slot->who.secret, 32);
		slot->station = station;
		slot->began = slot->seen = now;
		slot->used = 1;
		sodium_memzero(bytes, sizeof(bytes));
		sodium_memzero(key, sizeof(key));
	}
	pthread_mutex_unlock(&sessions->lock);
	return slot != NULL ? 0 : -1;
}

/* By hash, without telling by the time it takes how far it agrees. */
static struct slot *
find(struct sessions *sessions, const char *cookie)
{
	struct slot *slot, *found = NULL;
	unsigned char hash[32];

	derive(cookie, "mailroom session", hash);
	for (slot = sessions->slot; slot < sessions->slot + SESSION_MOST;
	     slot++)
		if (slot->used &&
		    sodium_memcmp(slot->hash, hash, sizeof(hash)) == 0)
			found = slot;
	return found;
}

static int
take_out(const struct slot *slot, const char *cookie, struct session *session)
{
	unsigned char key[32], token[32];
	int failed;

	derive(cookie, "mailroom key", key);
	derive(cookie, "mailroom token", token);
	memset(session, 0, sizeof(*session));
	session->who = slot->who;
	session->station = slot->station;
	session->ends = slot_ends(slot);
	session->idle = slot_idle(slot);
	as_text(token, session->token);
	failed = crypto_secretbox_open_easy(session->who.secret,
	    slot->box + crypto_secretbox_NONCEBYTES,
	    BOX - crypto_secretbox_NONCEBYTES, slot->box, key);
	sodium_memzero(key, sizeof(key));
	return failed;
}

static int
look_up(struct sessions *sessions, const char *cookie, int64_t now, int touch,
    struct session *session)
{
	struct slot *slot;
	int failed = -1;

	pthread_mutex_lock(&sessions->lock);
	slot = find(sessions, cookie);
	if (slot != NULL && now >= slot_ends(slot)) {
		drop(slot);
		slot = NULL;
	}
	if (slot != NULL) {
		if (touch)
			slot->seen = now;
		failed = take_out(slot, cookie, session);
	}
	pthread_mutex_unlock(&sessions->lock);
	return failed;
}

int
session_find(struct sessions *sessions, const char *cookie, int64_t now,
    struct session *session)
{
	return look_up(sessions, cookie, now, 1, session);
}

int
session_peek(struct sessions *sessions, const char *cookie, int64_t now,
    struct session *session)
{
	return look_up(sessions, cookie, now, 0, session);
}

void
session_end(struct sessions *sessions, const char *cookie)
{
	struct slot *slot;

	pthread_mutex_lock(&sessions->lock);
	slot = find(sessions, cookie);
	if (slot != NULL)
		drop(slot);
	pthread_mutex_unlock(&sessions->lock);
}

void
session_end_user(struct sessions *sessions, int64_t user)
{
	pthread_mutex_lock(&sessions->lock);
	for (int i = 0; i < SESSION_MOST; i++)
		if (sessions->slot[i].used &&
		    sessions->slot[i].who.user == user)
			drop(&sessions->slot[i]);
	pthread_mutex_unlock(&sessions->lock);
}

void
session_each(struct sessions *sessions, int64_t now,
    void (*each)(
	void *arg, const struct mr_signed *who, int station, int64_t quiet),
    void *arg)
{
	struct slot *slot;

	pthread_mutex_lock(&sessions->lock);
	for (int i = 0; i < SESSION_MOST; i++) {
		slot = &sessions->slot[i];
		if (slot->used && now < slot_ends(slot))
			each(arg, &slot->who, slot->station, now - slot->seen);
	}
	pthread_mutex_unlock(&sessions->lock);
}

int
session_count(struct sessions *sessions, int64_t now)
{
	int n = 0;

	pthread_mutex_lock(&sessions->lock);
	for (int i = 0; i < SESSION_MOST; i++)
		n += sessions->slot[i].used &&
		    now < slot_ends(&sessions->slot[i]);
	pthread_mutex_unlock(&sessions->lock);
	return n;
}
