/* A station's view as JSON.  See bench.h. */
#include <stdlib.h>

#include "lib/tongue.h"
#include "mailroomd/bench.h"

static const char *
colour_word(enum mr_verdict verdict)
{
	static const char *const words[] = {
	    [MR_VERDICT_PLAIN] = "plain",
	    [MR_VERDICT_GREEN] = "green",
	    [MR_VERDICT_RED] = "red",
	    [MR_VERDICT_YELLOW] = "yellow",
	    [MR_VERDICT_BLUE] = "blue",
	};

	return words[mr_verdict_colour(verdict)];
}

/* "" is nothing. */
static void
text(struct mr_out *out, const char *key, const char *s)
{
	out->text(out, key, s[0] != '\0' ? s : NULL);
}

/* NULL, or one without a code: null. */
static void
letter(
    struct mr_out *out, const char *key, const struct mr_bench_letter *letter)
{
	if (letter == NULL || letter->code[0] == '\0') {
		out->text(out, key, NULL);
		return;
	}
	out->begin_map(out, key);
	out->text(out, "code", letter->code);
	text(out, "number", letter->number);
	text(out, "state", letter->state);
	if (letter->sheets[0] != '\0')
		out->integer(out, "sheets", strtol(letter->sheets, NULL, 10));
	else
		out->text(out, "sheets", NULL);
	text(out, "from", letter->from);
	text(out, "to", letter->to);
	out->end_map(out);
}

static void
print(struct mr_out *out, const struct mr_bench_view *view)
{
	if (view->sheet[0] == '\0' && view->envelope[0] == '\0') {
		out->text(out, "print", NULL);
		return;
	}
	out->begin_map(out, "print");
	if (view->sheet[0] != '\0')
		out->text(out, "sheet", view->sheet);
	else
		out->text(out, "envelope", view->envelope);
	out->end_map(out);
}

static void
emit(struct mr_out *out, const struct mr_bench *bench)
{
	const struct mr_bench_view *view = &bench->view;

	out->begin_map(out, NULL);
	out->text(out, "verdict", mr_verdict_name(view->verdict));
	out->text(out, "big", mr_say(mr_verdict_big(view->verdict)));
	out->text(out, "colour", colour_word(view->verdict));
	out->integer(out, "bells", mr_verdict_bells(view->verdict));
	out->text(out, "plain", view->plain);
	out->begin_list(out, "extras");
	for (int i = 0; i < view->extras; i++)
		out->text(out, NULL, view->extra[i]);
	out->end_list(out);
	out->integer(out, "choices", bench->choices > 0 ? bench->choices : 0);
	out->text(out, "wants", mr_bench_wants_word(view->wants));
	out->boolean(out, "done", view->done);
	letter(out, "hand", mr_bench_hand(bench));
	letter(out, "stub", &bench->stub);
	out->begin_list(out, "list");
	for (int i = 0; i < bench->listed; i++)
		letter(out, NULL, &bench->list[i]);
	out->end_list(out);
	print(out, view);
	text(out, "take", bench->last.away ? bench->last.code : "");
	out->end_map(out);
}

int
bench_write(const struct mr_bench *bench, struct reply *reply)
{
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_out *out = NULL;
	int failed = -1;

	if (arena != NULL)
		out = mr_out_json(arena, reply_write, reply, NULL);
	if (out != NULL) {
		emit(out, bench);
		failed = out->end(out);
	}
	mr_arena_free(arena);
	return failed;
}
