/* How often somebody may try.  See throttle.h. */
#include "mailroomd/throttle.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define NAMES 1024
#define PEERS 64
#define FORGET 86400 /* seconds after which old failures count no more */

struct account {
	uint64_t hash;     /* keyed, of the name: 0 is a free place */
	int failed, known; /* known: it was right once */
	int64_t next, last;
};

struct throttle {
	pthread_mutex_t lock;
	unsigned char key[crypto_shorthash_KEYBYTES];
	struct account account[NAMES];
	int64_t minute; /* and what was tried in it */
	int strangers, known, peer[PEERS];
};

struct throttle *
throttle_new(void)
{
	struct throttle *throttle = calloc(1, sizeof(*throttle));

	if (throttle == NULL)
		return NULL;
	pthread_mutex_init(&throttle->lock, NULL);
	randombytes_buf(throttle->key, sizeof(throttle->key));
	return throttle;
}

void
throttle_free(struct throttle *throttle)
{
	if (throttle == NULL)
		return;
	pthread_mutex_destroy(&throttle->lock);
	free(throttle);
}

/* Of a name, and of an address where it is not 0; never 0. */
static uint64_t
hash_of(struct throttle *throttle, const char *name, unsigned long peer)
{
	unsigned char bytes[crypto_shorthash_BYTES];
	char folded[64 + sizeof(peer)];
	uint64_t hash;
	size_t n;

	for (n = 0; name[n] != '\0' && n < 64; n++)
		folded[n] = name[n] >= 'A' && name[n] <= 'Z'
		    ? (char)(name[n] | 0x20)
		    : name[n];
	if (peer != 0) {
		memcpy(folded + n, &peer, sizeof(peer));
		n += sizeof(peer);
	}
	crypto_shorthash(
	    bytes, (const unsigned char *)folded, n, throttle->key);
	memcpy(&hash, bytes, sizeof(hash));
	return hash | 1;
}

/* A flood of names that nobody has shares the oldest place. */
static struct account *
place(struct throttle *throttle, uint64_t hash)
{
	struct account *oldest = &throttle->account[0];

	for (int i = 0; i < NAMES; i++) {
		if (throttle->account[i].hash == hash)
			return &throttle->account[i];
		/* A flood of names must not wash those out that count. */
		if (throttle->account[i].known < oldest->known ||
		    (throttle->account[i].known == oldest->known &&
			throttle->account[i].last < oldest->last))
			oldest = &throttle->account[i];
	}
	memset(oldest, 0, sizeof(*oldest));
	oldest->hash = hash;
	return oldest;
}

/* The account of a name; another where it was right from this address before,
 * so that who fails elsewhere does not keep its owner out here. */
static struct account *
account_of(struct throttle *throttle, const char *name, unsigned long peer)
{
	uint64_t hash = hash_of(throttle, name, peer);

	for (int i = 0; i < NAMES; i++)
		if (throttle->account[i].hash == hash)
			return &throttle->account[i];
	return place(throttle, hash_of(throttle, name, 0));
}

static int
pause_after(int failed)
{
	int seconds = 1;

	for (int i = THROTTLE_FREE; i < failed && seconds < THROTTLE_MOST; i++)
		seconds *= 2;
	return seconds < THROTTLE_MOST ? seconds : THROTTLE_MOST;
}

static void
begin_minute(struct throttle *throttle, int64_t now)
{
	if (now / 60 == throttle->minute)
		return;
	throttle->minute = now / 60;
	throttle->strangers = throttle->known = 0;
	memset(throttle->peer, 0, sizeof(throttle->peer));
}

/* Count it among the minute's.  0, or -1: they are used up. */
static int
take_one(struct throttle *throttle, const struct account *account, int *peer)
{
	if (account->known) {
		if (throttle->known >= THROTTLE_MINUTE)
			return -1;
		throttle->known++;
		return 0;
	}
	if (throttle->strangers >= THROTTLE_MINUTE || *peer >= THROTTLE_PEER)
		return -1;
	throttle->strangers++;
	++*peer;
	return 0;
}

static int
try_it(
    struct throttle *throttle, struct account *account, int *peer, int64_t now)
{
	if (now - account->last > FORGET)
		account->failed = 0;
	if (now < account->next)
		return (int)(account->next - now);
	begin_minute(throttle, now);
	if (take_one(throttle, account, peer) != 0)
		return (int)(60 - now % 60);
	account->failed++;
	account->last = now;
	account->next = account->failed < THROTTLE_FREE
	    ? 0
	    : now + pause_after(account->failed);
	return 0;
}

int
throttle_try(struct throttle *throttle, const char *name, unsigned long peer,
    int64_t now)
{
	int wait;

	pthread_mutex_lock(&throttle->lock);
	wait = try_it(throttle, account_of(throttle, name, peer),
	    &throttle->peer[peer % PEERS], now);
	pthread_mutex_unlock(&throttle->lock);
	return wait;
}

static void
clear(struct account *account)
{
	account->failed = 0;
	account->next = 0;
	account->known = 1;
}

void
throttle_good(struct throttle *throttle, const char *name, unsigned long peer)
{
	pthread_mutex_lock(&throttle->lock);
	clear(account_of(throttle, name, peer));
	clear(place(throttle, hash_of(throttle, name, peer)));
	pthread_mutex_unlock(&throttle->lock);
}

void
throttle_back(struct throttle *throttle, const char *name, unsigned long peer)
{
	struct account *account;
	int *all, *own;

	pthread_mutex_lock(&throttle->lock);
	account = account_of(throttle, name, peer);
	all = account->known ? &throttle->known : &throttle->strangers;
	own = &throttle->peer[peer % PEERS];
	if (account->failed > 0)
		account->failed--;
	account->next = 0;
	*all -= *all > 0;
	*own -= *own > 0 && !account->known;
	pthread_mutex_unlock(&throttle->lock);
}
