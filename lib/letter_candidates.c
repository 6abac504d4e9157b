/*
 * Candidates for a letter without an ID: who is called like that.  Walks the
 * pairings' people; nothing of what was typed is kept.
 */
#include <string.h>

#include "lib/emit.h"
#include "lib/letter_list.h"
#include "lib/pairing.h"
#include "lib/text.h"

#define KEPT 20

/* One pairing read one way: who wrote, who is addressed. */
struct candidate {
	int64_t pairing;
	int writer_inside, score;
	const char *from, *to;
};

struct search {
	struct mr_call *c;
	const char *dear, *signed_by; /* folded, NULL: not given */
	struct candidate best[KEPT];
	int n;
};

/* 2: the same name; 1: the same first word; 0: another. */
static int
likeness(const char *asked, const char *name)
{
	size_t a = strcspn(asked, " "), b = strcspn(name, " ");

	if (strcmp(asked, name) == 0)
		return 2;
	return a == b && a > 0 && memcmp(asked, name, a) == 0;
}

static void
offer(struct search *s, const struct candidate *new)
{
	int at = s->n < KEPT ? s->n++ : KEPT;

	for (; at > 0 && s->best[at - 1].score < new->score; at--)
		if (at < KEPT)
			s->best[at] = s->best[at - 1];
	if (at < KEPT)
		s->best[at] = *new;
}

static void
weigh(struct search *s, int64_t pairing, const char *from, const char *to,
    int writer_inside)
{
	struct candidate new = {
	    .pairing = pairing, .writer_inside = writer_inside};
	struct mr_mark mark = mr_mark(s->c->arena);
	const char *a = mr_text_fold(s->c->arena, to);
	const char *b = mr_text_fold(s->c->arena, from);
	int dear = 0, by = 0;

	if (a != NULL && b != NULL) {
		dear = s->dear == NULL ? 1 : likeness(s->dear, a);
		by = s->signed_by == NULL ? 1 : likeness(s->signed_by, b);
	}
	mr_release(s->c->arena, mark);
	new.score = dear + by;
	if (dear == 0 || by == 0 ||
	    (s->n == KEPT && s->best[KEPT - 1].score >= new.score))
		return;
	new.from = mr_strdup(s->c->arena, from);
	new.to = mr_strdup(s->c->arena, to);
	offer(s, &new);
}

static enum mr_status
search_all(struct search *s)
{
	struct sql_stmt *st;

	/* Pen names are few bytes; a national scheme takes a tenth of a
	 * second, and it is asked once for a letter without an ID. */
	st = sql_prepare(s->c,
	    SQL_SCAN "SELECT p.id, o.pen_name, i.pen_name "
		     "FROM pairing AS p "
		     "JOIN correspondent AS o ON o.id = p.outside "
		     "JOIN correspondent AS i ON i.id = p.inside "
		     "WHERE p.status < 4 "
		     "ORDER BY p.id");
	while (sql_row(st)) {
		const char *outside = sql_col_text(st, 1);
		const char *inside = sql_col_text(st, 2);

		weigh(s, sql_col_int(st, 0), outside, inside, 0);
		weigh(s, sql_col_int(st, 0), inside, outside, 1);
	}
	return sql_done(st);
}

enum mr_status
mr_letter_candidates(struct mr_call *c, const struct mr_letter_candidates *in,
    struct mr_out *out)
{
	struct search s = {.c = c};
	enum mr_status status;

	if (in->dear == NULL && in->signed_by == NULL)
		return mr_fail(c, MR_USAGE,
		    "say what the letter says: --dear NAME, --signed-by NAME");
	s.dear = mr_text_fold(c->arena, in->dear);
	s.signed_by = mr_text_fold(c->arena, in->signed_by);
	status = search_all(&s);
	if (status != MR_OK)
		return status;
	out->begin_list(out, NULL);
	for (int i = 0; i < s.n; i++) {
		out->begin_map(out, NULL);
		mr_emit_id(c, out, "pairing", 'P', s.best[i].pairing);
		out->text(out, "writer",
		    s.best[i].writer_inside ? "inside" : "outside");
		out->text(out, "from", s.best[i].from);
		out->text(out, "to", s.best[i].to);
		out->text(out, "fits",
		    s.best[i].score >= 4       ? "both names"
			: s.best[i].score == 3 ? "well"
					       : "first names");
		out->end_map(out);
	}
	out->end_list(out);
	return MR_OK;
}
