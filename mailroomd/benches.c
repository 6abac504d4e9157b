/* Benches, and what they told.  See benches.h. */
#include "mailroomd/benches.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An answer under its request key; "" is none. */
struct told {
	char request[BENCH_REQUEST];
	char line[MR_BENCH_TEXT]; /* as much as a bench reads of it */
	int lasting;              /* 1: it was committed */
	struct reply answer;
};

struct bench_told {
	struct told list[BENCH_TOLD];
	int next;
};

struct benches {
	pthread_mutex_t lock;
	struct bench *bench[SESSION_MOST];
};

struct benches *
benches_new(void)
{
	struct benches *benches = calloc(1, sizeof(*benches));

	if (benches != NULL)
		pthread_mutex_init(&benches->lock, NULL);
	return benches;
}

static void
forget(struct told *told)
{
	reply_free(&told->answer);
	memset(told, 0, sizeof(*told));
}

static void
drop(struct bench **bench)
{
	if (*bench == NULL)
		return;
	for (int i = 0; i < BENCH_TOLD; i++)
		forget(&(*bench)->told->list[i]);
	free((*bench)->told);
	sodium_memzero(*bench, sizeof(**bench));
	free(*bench);
	*bench = NULL;
}

void
benches_free(struct benches *benches)
{
	if (benches == NULL)
		return;
	for (int i = 0; i < SESSION_MOST; i++)
		drop(&benches->bench[i]);
	pthread_mutex_destroy(&benches->lock);
	free(benches);
}

void
bench_id(const struct session *session, unsigned char id[BENCH_ID])
{
	crypto_generichash_state state;
	unsigned char station = (unsigned char)session->station;

	crypto_generichash_init(&state, NULL, 0, BENCH_ID);
	crypto_generichash_update(&state, (const unsigned char *)session->token,
	    sizeof(session->token));
	crypto_generichash_update(&state,
	    (const unsigned char *)session->who.name,
	    strlen(session->who.name) + 1);
	crypto_generichash_update(&state, &station, 1);
	crypto_generichash_final(&state, id, BENCH_ID);
}

static struct bench **
find(struct benches *benches, const unsigned char id[BENCH_ID])
{
	for (int i = 0; i < SESSION_MOST; i++)
		if (benches->bench[i] != NULL &&
		    sodium_memcmp(benches->bench[i]->id, id, BENCH_ID) == 0)
			return &benches->bench[i];
	return NULL;
}

/* A free place, after those went whose time is over; else the one whose time
 * is over first, unless it is at work. */
static struct bench **
place(struct benches *benches, int64_t now)
{
	struct bench **free = NULL, **oldest = NULL, **at;

	for (at = benches->bench; at < benches->bench + SESSION_MOST; at++) {
		if (*at != NULL && (*at)->running == 0) {
			if (now >= (*at)->ends)
				drop(at);
			else if (oldest == NULL ||
			    (*at)->ends < (*oldest)->ends)
				oldest = at;
		}
		if (*at == NULL)
			free = at;
	}
	if (free == NULL && oldest != NULL) {
		drop(oldest);
		free = oldest;
	}
	return free;
}

static struct bench *
make(const unsigned char id[BENCH_ID])
{
	struct bench *bench = calloc(1, sizeof(*bench));

	if (bench == NULL)
		return NULL;
	bench->told = calloc(1, sizeof(*bench->told));
	if (bench->told == NULL) {
		free(bench);
		return NULL;
	}
	memcpy(bench->id, id, BENCH_ID);
	return bench;
}

static void
begin(struct bench *bench, int64_t ends)
{
	bench->ends = ends;
	if (bench->running++ > 0)
		return;
	bench->kept = bench->now;
	bench->was_started = bench->started;
}

struct bench *
benches_take(struct benches *benches, const unsigned char id[BENCH_ID],
    int64_t ends, int64_t now)
{
	struct bench **at;

	pthread_mutex_lock(&benches->lock);
	at = find(benches, id);
	if (at == NULL) {
		at = place(benches, now);
		if (at != NULL)
			*at = make(id);
	}
	if (at != NULL && *at != NULL)
		begin(*at, ends);
	pthread_mutex_unlock(&benches->lock);
	return at != NULL ? *at : NULL;
}

void
benches_drop(struct benches *benches, const unsigned char id[BENCH_ID])
{
	struct bench **at;

	pthread_mutex_lock(&benches->lock);
	at = find(benches, id);
	if (at != NULL && (*at)->running == 0)
		drop(at);
	else if (at != NULL)
		(*at)->ends = 0;
	pthread_mutex_unlock(&benches->lock);
}

void
benches_settle(struct benches *benches, struct bench *bench, int lost)
{
	struct told *told = bench->told->list;

	pthread_mutex_lock(&benches->lock);
	if (lost) {
		bench->now = bench->kept;
		bench->started = bench->was_started;
	}
	for (int i = 0; i < BENCH_TOLD; i++) {
		if (told[i].request[0] == '\0' || told[i].lasting)
			continue;
		if (lost)
			forget(&told[i]);
		else
			told[i].lasting = 1;
	}
	bench->running--;
	pthread_mutex_unlock(&benches->lock);
}

static struct told *
find_told(struct bench *bench, const char *request)
{
	for (int i = 0; i < BENCH_TOLD; i++)
		if (strcmp(bench->told->list[i].request, request) == 0)
			return &bench->told->list[i];
	return NULL;
}

int
benches_told(struct benches *benches, const unsigned char id[BENCH_ID],
    const char *request, const char *line, struct reply *reply)
{
	struct told *told = NULL;
	struct bench **at;
	int answer = 0;

	pthread_mutex_lock(&benches->lock);
	at = find(benches, id);
	if (at != NULL)
		told = find_told(*at, request);
	if (told != NULL)
		answer = strncmp(told->line, line, sizeof(told->line) - 1) == 0
		    ? 1
		    : -1;
	if (answer == 1)
		reply_write(reply, told->answer.bytes, told->answer.len);
	pthread_mutex_unlock(&benches->lock);
	return answer;
}

void
benches_tell(struct benches *benches, const unsigned char id[BENCH_ID],
    const char *request, const char *line, const struct reply *answer)
{
	struct told *told;
	struct bench **at;

	pthread_mutex_lock(&benches->lock);
	at = find(benches, id);
	if (at != NULL) {
		struct bench_told *all = (*at)->told;

		told = find_told(*at, request);
		if (told == NULL) {
			told = &all->list[all->next];
			all->next = (all->next + 1) % BENCH_TOLD;
			forget(told);
		}
		snprintf(told->request, sizeof(told->request), "%s", request);
		snprintf(told->line, sizeof(told->line), "%s", line);
		told->answer.len = 0;
		reply_write(&told->answer, answer->bytes, answer->len);
		/* Half an answer is none. */
		if (told->answer.failed)
			forget(told);
	}
	pthread_mutex_unlock(&benches->lock);
}
