/*
 * Verifying the chain: shares the work among threads, each with a connection
 * of its own, gathers what they found and tells it.  The pieces of work stand
 * in verify_chain.c, verify_rows.c and verify_signed.c.
 */
#include "lib/verify.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/handle.h"
#include "lib/tongue.h"
#include "lib/words.h"

#define THREADS_MAX 16
#define EVENTS_A_THREAD 16384 /* fewer are not worth a connection */
/* Numbers above are not followed: half a gigabyte of bits. */
#define BITS_MAX (INT64_C(1) << 32)

void
mr_find(struct mr_found *found, enum mr_found_at at, int subject, int64_t id,
    const char *format, ...)
{
	struct mr_finding *f;
	va_list ap;

	found->count++;
	if (found->kept == MR_FINDINGS)
		return;
	f = &found->first[found->kept++];
	*f = (struct mr_finding){.at = at, .subject = subject, .id = id};
	va_start(ap, format);
	vsnprintf(f->what, sizeof(f->what), mr_say(format), ap);
	va_end(ap);
}

long long
mr_verify_seq(int64_t id)
{
	return (long long)MR_SEQ(id);
}

const char *
mr_verify_event(struct mr_call *c, int64_t id)
{
	int64_t site = id >> MR_SITE_SHIFT;
	const char *s = site == c->site->id
	    ? mr_printf(c->arena, "%lld", mr_verify_seq(id))
	    : mr_printf(c->arena, mr_say("%lld of site %lld"),
		  mr_verify_seq(id), (long long)site);

	return s != NULL ? s : "";
}

const struct mr_link *
mr_verify_link(const struct mr_verify *v, int64_t id)
{
	for (int i = 0; i < v->nchains; i++)
		if (id > v->chain[i].start &&
		    id < v->chain[i].start + (INT64_C(1) << MR_SITE_SHIFT))
			return &v->chain[i];
	return NULL;
}

int64_t
mr_verify_bit(const struct mr_verify *v, int64_t id)
{
	const struct mr_link *link = mr_verify_link(v, id);
	int64_t bit;

	if (link == NULL || id > link->head)
		return -1;
	bit = link->first + id - link->start;
	return (uint64_t)bit < v->nbits ? bit : -1;
}

int64_t
mr_verify_id(const struct mr_verify *v, int64_t bit)
{
	int i = v->nchains - 1;

	while (i > 0 && bit <= v->chain[i].first)
		i--;
	return v->chain[i].start + bit - v->chain[i].first;
}

int
mr_verify_set(atomic_ullong *bits, int64_t bit)
{
	unsigned long long one = 1ULL << (bit & 63);

	if (bit < 0)
		return 0;
	return (atomic_fetch_or(&bits[bit >> 6], one) & one) != 0;
}

int
mr_verify_get(atomic_ullong *bits, int64_t bit)
{
	if (bit < 0)
		return 1;
	return (atomic_load(&bits[bit >> 6]) >> (bit & 63) & 1) != 0;
}

void
mr_verify_tell(struct mr_worker *w, int64_t n)
{
	struct mr_verify *v = w->v;
	int64_t done = (int64_t)atomic_fetch_add(&v->done, n) + n;

	if (w->reader == NULL)
		mr_progress(w->c, v->doing, done, v->total);
}

static void *
run(void *arg)
{
	struct mr_worker *w = arg;

	mr_tongue_set(w->v->tongue);
	w->work(w);
	if (w->status != MR_OK)
		atomic_store(&w->v->stop, 1);
	return NULL;
}

/* All threads at one kind of work, this one among them. */
static enum mr_status
together(struct mr_worker *workers, int n, const char *doing,
    void (*work)(struct mr_worker *w))
{
	struct mr_verify *v = workers->v;
	pthread_t threads[THREADS_MAX];
	int started = 1;

	v->doing = doing;
	v->tongue = mr_tongue();
	atomic_store(&v->next, 0);
	atomic_store(&v->done, 0);
	for (int i = 0; i < n; i++)
		workers[i].work = work;
	/* Where no thread can be had, fewer do it all. */
	while (started < n &&
	    pthread_create(&threads[started], NULL, run, &workers[started]) ==
		0)
		started++;
	run(&workers[0]);
	for (int i = 1; i < started; i++)
		pthread_join(threads[i], NULL);
	/* The first one works on the call itself, whose sentence stands. */
	if (workers[0].status != MR_OK)
		return workers[0].status;
	for (int i = 1; i < n; i++)
		if (workers[i].status != MR_OK)
			return mr_fail(v->c, workers[i].status, "%s",
			    workers[i].c->error->message);
	return MR_OK;
}

static int
threads_wanted(const struct mr_verify *v)
{
	int64_t n = v->events / EVENTS_A_THREAD + 1;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (n > cores)
		n = cores;
	if (n > THREADS_MAX)
		n = THREADS_MAX;
	return n > 1 ? (int)n : 1;
}

/* As many as can be had; at least the call itself. */
static int
hire(struct mr_verify *v, struct mr_worker *workers, int wanted)
{
	int n = 1;

	workers[0] = (struct mr_worker){.v = v, .c = v->c};
	for (; n < wanted; n++) {
		struct mr_worker *w = &workers[n];

		w->v = v;
		if (mr_reader_open(v->c->mr, &w->reader, &w->error) != MR_OK)
			break;
		w->c = &w->reader->call;
		w->status = mr_begin(w->c, 0);
		if (w->status != MR_OK) {
			mr_close(w->reader);
			w->reader = NULL;
			break;
		}
	}
	return n;
}

static void
dismiss(struct mr_worker *workers, int n)
{
	for (int i = 1; i < n; i++) {
		if (workers[i].reader == NULL)
			continue;
		(void)mr_end(workers[i].c, MR_OK);
		mr_close(workers[i].reader);
	}
}

/* Order of telling. */
static int
compare(const void *a, const void *b)
{
	const struct mr_finding *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->subject != y->subject)
		return x->subject < y->subject ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* What all found, the first of it. */
static enum mr_status
gather(struct mr_call *c, const struct mr_worker *workers, int n,
    struct mr_found *found)
{
	struct mr_finding *all;
	size_t kept = 0;

	all = mr_alloc(c->arena, (size_t)n * sizeof(found->first));
	if (all == NULL)
		return mr_nomem(c);
	for (int i = 0; i < n; i++) {
		const struct mr_found *f = &workers[i].found;

		memcpy(all + kept, f->first,
		    (size_t)f->kept * sizeof(f->first[0]));
		kept += (size_t)f->kept;
		found->count += f->count;
	}
	qsort(all, kept, sizeof(all[0]), compare);
	if (kept > MR_FINDINGS)
		kept = MR_FINDINGS;
	memcpy(found->first, all, kept * sizeof(all[0]));
	found->kept = (int)kept;
	return MR_OK;
}

static const char *
where(struct mr_call *c, const struct mr_finding *f)
{
	const char *s = mr_say("the register of forwarding IDs");

	if (f->at == MR_AT_CHAIN)
		s = mr_printf(
		    c->arena, mr_say("event %s"), mr_verify_event(c, f->id));
	else if (f->at == MR_AT_ROW)
		s = mr_audit_subject(c, f->subject, f->id);
	else if (f->at == MR_AT_CHECKPOINT)
		s = mr_printf(c->arena, mr_say("checkpoint at event %s"),
		    mr_verify_event(c, f->id));
	else if (f->at == MR_AT_WITNESS)
		s = mr_say("the words from paper");
	return s != NULL ? s : "";
}

static enum mr_status
tell(struct mr_verify *v, const struct mr_found *found, struct mr_out *out)
{
	struct mr_call *c = v->c;
	int64_t witness = atomic_load(&v->witness_at);
	const struct mr_finding *f = found->first;

	out->begin_map(out, NULL);
	out->integer(out, "events", v->events);
	out->integer(out, "rows", v->rows);
	out->integer(out, "checkpoints", v->checkpoints);
	if (witness != 0)
		out->integer(out, "witness", mr_verify_seq(witness));
	else
		out->text(out, "witness", NULL);
	out->integer(out, "found", found->count);
	out->begin_list(out, "findings");
	for (int i = 0; i < found->kept; i++) {
		out->begin_map(out, NULL);
		out->text(out, "where", where(c, &f[i]));
		out->text(out, "what", f[i].what);
		out->end_map(out);
	}
	out->end_list(out);
	out->end_map(out);
	if (found->count == 0)
		return MR_OK;
	return mr_fail(c, MR_DAMAGED,
	    "%s %s%s; keep this database as it is, "
	    "and compare with the last backup and with the words on paper",
	    where(c, f), f->what,
	    found->count > 1 ? mr_say(" (and there is more)") : "");
}

/* The words from paper as bytes of a hash. */
static enum mr_status
read_paper(struct mr_verify *v, const struct mr_audit_paper *paper)
{
	struct mr_symbols word[MR_WITNESS_WORDS];
	struct mr_code_reading fault;
	char said[MR_CODE_SENTENCE];
	int wrong;

	if (paper->words == NULL && paper->event != 0)
		return mr_fail(v->c, MR_USAGE,
		    "--event goes with --witness: "
		    "type the three words that stand beside the number");
	if (paper->words == NULL)
		return MR_OK;
	wrong = mr_words_read(
	    paper->words, MR_CODE_WITNESS, MR_WITNESS_WORDS, word, &fault);
	if (wrong > MR_WITNESS_WORDS)
		return mr_fail(v->c, MR_INVALID,
		    "there is more here than the "
		    "three words of a checkpoint");
	if (wrong != 0)
		return mr_fail(v->c, MR_INVALID, "word %d of three: %s", wrong,
		    mr_code_say(&fault, said, sizeof(said)));
	if (mr_witness_bytes(word, v->witness) != 0)
		return mr_fail(v->c, MR_INVALID,
		    "each of these words is well "
		    "formed, but together they are no checkpoint's: look at "
		    "their order");
	v->has_witness = 1;
	v->paper_event = paper->event;
	return MR_OK;
}

/* Where the chain of another site stands: by its newest entry. */
static enum mr_status
head_of(struct mr_call *c, int64_t start, int64_t *head)
{
	enum mr_status status;
	struct sql_stmt *st;

	*head = start;
	st = sql_prepare(c,
	    "SELECT id FROM event "
	    "WHERE id > :start AND id < :end "
	    "ORDER BY id DESC LIMIT 1");
	sql_int(st, ":start", start);
	sql_int(st, ":end", start + (INT64_C(1) << MR_SITE_SHIFT));
	status = sql_done_int(st, head);
	return status == MR_NOTFOUND ? MR_OK : status;
}

/* The chains one behind the other, as the bits are. */
static enum mr_status
line_up(struct mr_verify *v)
{
	struct mr_sites *sites;
	enum mr_status status = mr_sites_load(v->c, &sites);

	if (status == MR_OK)
		v->chain = mr_alloc(v->c->arena, MR_SITES * sizeof(*v->chain));
	if (status == MR_OK && v->chain == NULL)
		return mr_nomem(v->c);
	for (int i = 0; status == MR_OK && i < sites->n; i++) {
		struct mr_link *link = &v->chain[v->nchains++];

		memset(link, 0, sizeof(*link));
		link->site = &sites->at[i];
		link->start = sites->at[i].id << MR_SITE_SHIFT;
		link->first = v->events;
		status = head_of(v->c, link->start, &link->head);
		v->events += link->head - link->start;
	}
	return status;
}

/* Where the chains stand as this call sees them, and a bit for every event. */
static enum mr_status
prepare(struct mr_verify *v, const struct mr_audit_paper *paper)
{
	enum mr_status status = read_paper(v, paper);
	size_t size;

	/* For who asks where the chain stands; one that cannot be read is for
	 * the walk to name. */
	if (status == MR_OK)
		status = mr_head_load(v->c);
	if (status == MR_OK || status == MR_DAMAGED)
		status = line_up(v);
	if (status != MR_OK)
		return status;
	mr_verify_pieces(v);
	v->nbits =
	    (uint64_t)(v->events + 1 < BITS_MAX ? v->events + 1 : BITS_MAX);
	size = (size_t)(v->nbits / 64 + 1) * sizeof(v->used[0]);
	v->used = mr_calloc(size);
	v->dropped = mr_calloc(size);
	if (v->used == NULL || v->dropped == NULL)
		return mr_nomem(v->c);
	return MR_OK;
}

static enum mr_status
verify(struct mr_verify *v, struct mr_worker *workers, int n)
{
	struct mr_worker *own = &workers[0];
	enum mr_status status;

	v->total = v->events;
	status = together(workers, n, "events", mr_verify_chain);
	for (int i = 0; i < n; i++)
		mr_verify_cover(v, &workers[i]);
	if (status == MR_OK) {
		mr_verify_drops(own);
		status = mr_verify_strays(own);
	}
	if (status == MR_OK)
		status = mr_verify_cut(own);
	if (status == MR_OK)
		status = together(workers, n, "rows", mr_verify_rows);
	for (int i = 0; i < n; i++)
		v->rows += workers[i].rows;
	if (status == MR_OK)
		status = mr_verify_lost(own);
	if (status == MR_OK)
		status = mr_verify_signed(own);
	if (status == MR_OK)
		status = mr_verify_register(own);
	return status;
}

enum mr_status
mr_audit_verify(
    struct mr_call *c, const struct mr_audit_paper *paper, struct mr_out *out)
{
	struct mr_verify v = {.c = c};
	struct mr_worker *workers = NULL;
	struct mr_found *found;
	enum mr_status status;
	int n = 0;

	status = prepare(&v, paper);
	if (status != MR_OK)
		goto out;
	n = threads_wanted(&v);
	workers = mr_alloc(c->arena, (size_t)n * sizeof(*workers));
	found = mr_alloc(c->arena, sizeof(*found));
	if (workers == NULL || found == NULL) {
		n = 0;
		status = mr_nomem(c);
		goto out;
	}
	n = hire(&v, workers, n);
	status = verify(&v, workers, n);
	/* The statements are the same ones everywhere: here a table is not. */
	if (status == MR_BUG)
		status = mr_fail(c, MR_DAMAGED,
		    "a table of this office is not as it was made; restore the "
		    "last backup");
	if (status == MR_OK)
		status = gather(c, workers, n, found);
	if (status == MR_OK)
		status = tell(&v, found, out);
out:
	dismiss(workers, n);
	/* Bits are no secret, and wiping would touch all of them. */
	mr_cfree(v.used, 0);
	mr_cfree(v.dropped, 0);
	return status;
}
