/*
 * What a station shows: the view, its words, the running list; and the ways to
 * an operation.
 */
#include <stdio.h>
#include <string.h>

#include "lib/bench_work.h"
#include "lib/op.h"
#include "lib/text.h"
#include "lib/tongue.h"

const char *
mr_bench_word(const struct mr_bench_word *words, const char *name)
{
	for (; words->name != NULL; words++)
		if (strcmp(words->name, name) == 0)
			return words->value;
	return NULL;
}

const char *
mr_bench_wants_word(enum mr_bench_wants wants)
{
	static const char *const names[] = {
#define X(name, word) word,
	    MR_BENCH_WANTED(X)
#undef X
	};

	return names[wants];
}

/* Only what was written down, or answered by what writes, is done. */
static enum mr_status
keep_done(struct mr_bench_work *w, const char *op, enum mr_status status)
{
	const struct mr_op *row = mr_op_find(op);

	if (row != NULL && row->writes &&
	    (status == MR_OK || status == MR_STOP))
		w->bench->view.done = 1;
	return status;
}

static struct mr_answer *
fresh(struct mr_bench_work *w)
{
	struct mr_answer *answer =
	    mr_answer_new(w->front->arena, w->front->document, w->front->arg);

	w->error = (struct mr_error){0};
	if (answer == NULL) {
		w->error.status = MR_NOMEM;
		snprintf(w->error.message, sizeof(w->error.message), "%s",
		    mr_say("memory ran out"));
	}
	return answer;
}

enum mr_status
mr_bench_run(struct mr_bench_work *w, const char *op,
    const struct mr_bench_word *words, struct mr_answer **answer)
{
	*answer = fresh(w);
	if (*answer == NULL)
		return MR_NOMEM;
	return keep_done(w, op,
	    w->front->run(
		w->front->arg, op, words, mr_answer_out(*answer), &w->error));
}

enum mr_status
mr_bench_print(struct mr_bench_work *w, enum mr_bench_paper paper,
    const struct mr_bench_letter *letter, const char *op,
    const struct mr_bench_word *words, struct mr_answer **answer)
{
	*answer = fresh(w);
	if (*answer == NULL)
		return MR_NOMEM;
	return keep_done(w, op,
	    w->front->print(w->front->arg, paper, letter, op, words,
		mr_answer_out(*answer), &w->error));
}

/* Half a character at the end, where a text was cut, is none. */
static void
whole(char *s)
{
	size_t len = strlen(s), start = len;
	uint32_t code;

	while (start > 0 && ((unsigned char)s[start - 1] & 0xc0) == 0x80)
		start--;
	if (start > 0 &&
	    mr_text_next(s + start - 1, len - start + 1, &code) < 0)
		s[start - 1] = '\0';
}

/* "" for NULL; cut to its place. */
static void
copy(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from != NULL ? from : "");
	whole(to);
}

void
mr_bench_take(const struct mr_answer *a, const char *prefix,
    struct mr_bench_letter *letter)
{
	const char *take;

	memset(letter, 0, sizeof(*letter));
	copy(letter->code, sizeof(letter->code),
	    mr_answer_get(a, "%scode", prefix));
	copy(letter->number, sizeof(letter->number),
	    mr_answer_get(a, "%snumber", prefix));
	copy(letter->state, sizeof(letter->state),
	    mr_answer_get(a, "%sstate", prefix));
	copy(letter->sheets, sizeof(letter->sheets),
	    mr_answer_get(a, "%ssheets", prefix));
	copy(letter->from, sizeof(letter->from),
	    mr_answer_get(a, "%sfrom", prefix));
	copy(letter->to, sizeof(letter->to), mr_answer_get(a, "%sto", prefix));
	take = mr_answer_get(a, "%stake", prefix);
	letter->away = take != NULL && take[0] != '\0';
}

/* The newest stands on top; a letter that is there already moves up. */
void
mr_bench_list(struct mr_bench_work *w, const struct mr_bench_letter *letter)
{
	struct mr_bench *bench = w->bench;
	int i = 0, last;

	while (
	    i < bench->listed && strcmp(bench->list[i].code, letter->code) != 0)
		i++;
	if (i == bench->listed && bench->listed < MR_BENCH_LIST)
		bench->listed++;
	last = i < MR_BENCH_LIST ? i : MR_BENCH_LIST - 1;
	memmove(&bench->list[1], &bench->list[0],
	    (size_t)last * sizeof(bench->list[0]));
	bench->list[0] = *letter;
}

/* Every fact that is known; "" is not known. */
static const char *
known(const char *s)
{
	return s != NULL && s[0] != '\0' ? s : NULL;
}

void
mr_bench_say(struct mr_bench_work *w, enum mr_verdict verdict,
    const struct mr_bench_letter *letter, struct mr_verdict_facts more)
{
	struct mr_bench_view *view = &w->bench->view;

	if (letter != NULL) {
		more.number = known(letter->number);
		more.from = known(letter->from);
		more.to = known(letter->to);
		more.state = known(letter->state);
		more.sheets = known(letter->sheets);
	}
	view->verdict = verdict;
	view->extras = 0;
	mr_verdict_say(verdict, &more, view->plain, sizeof(view->plain));
	whole(view->plain);
}

void
mr_bench_ask(struct mr_bench_work *w, const char *why)
{
	mr_bench_say(
	    w, MR_V_LOOK_AGAIN, NULL, (struct mr_verdict_facts){.why = why});
}

void
mr_bench_told(struct mr_bench_work *w, const struct mr_answer *answer)
{
	struct mr_bench_view *view = &w->bench->view;
	const char *big = mr_answer_get(answer, "verdict");
	const char *say = mr_answer_get(answer, "say");

	view->verdict = mr_verdict_named(big != NULL ? big : "");
	view->extras = 0;
	copy(view->plain, sizeof(view->plain), say);
}

void
mr_bench_refused(struct mr_bench_work *w, enum mr_status status)
{
	const char *why = w->error.message;
	enum mr_verdict verdict = MR_V_NOT_DONE;
	char sentence[640];
	size_t len;

	if (why[0] == '\0')
		why = mr_say(mr_status_text(status));
	if (status == MR_INVALID || status == MR_NOTFOUND)
		verdict = MR_V_LOOK_AGAIN;
	/* The library's sentences end without a dot. */
	len = strlen(why);
	snprintf(sentence, sizeof(sentence), "%s%s", why,
	    len > 0 && strchr(".?!", why[len - 1]) == NULL ? "." : "");
	if (sentence[0] >= 'a' && sentence[0] <= 'z')
		sentence[0] = (char)(sentence[0] - 'a' + 'A');
	mr_bench_say(
	    w, verdict, NULL, (struct mr_verdict_facts){.why = sentence});
}

void
mr_bench_extra(struct mr_bench_view *view, const char *text)
{
	if (view->extras < MR_BENCH_EXTRAS)
		copy(view->extra[view->extras++], sizeof(view->extra[0]), text);
}

void
mr_bench_more(struct mr_bench_work *w, const char *text)
{
	mr_bench_extra(&w->bench->view, text);
}
