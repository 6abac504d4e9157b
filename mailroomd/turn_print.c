/* Printing at a station.  See turn.h. */
#include <stdio.h>

#include "lib/tongue.h"
#include "mailroomd/log.h"
#include "mailroomd/press.h"
#include "mailroomd/turn.h"

/* What was written down as printed, and is not on paper. */
static void
not_printed(
    struct turn *turn, const struct page *page, const struct mr_error *error)
{
	struct mr_bench_view *view = &turn->shown.view;

	log_line(LOG_NOT_PRINTED, error->status, 0, 0);
	mr_bench_extra(view, error->message);
	mr_bench_extra(view,
	    page->paper == MR_BENCH_SHEET
		? mr_say("Its cover sheet did not come out: print it again; "
			 "it is then the next copy.")
		: mr_say("The envelope did not come out: print it again; it "
			 "is then the next copy."));
}

/* The library's sentence speaks of files, which a page in a browser has no
 * use for. */
static void
say_silent(struct mr_error *error)
{
	if (error->status == MR_IO)
		snprintf(error->message, sizeof(error->message), "%s",
		    mr_say("The print server of the office does not answer: "
			   "ask whoever looks after the computer."));
}

/* On the thread of the press. */
static void
send_pages(struct work *work, struct mr *mr)
{
	struct turn *turn = (struct turn *)work;
	const char *tongue = mr_tongue_set(turn->language);
	int failed = 0;

	(void)mr;
	for (int i = 0; i < turn->pages; i++) {
		const struct page *page = &turn->page[i];
		struct mr_error error = {0};

		if (press_send(turn->office->press, turn->queue[page->paper],
			page->name, page->bytes.bytes, page->bytes.len,
			&error) == MR_OK)
			continue;
		failed = 1;
		say_silent(&error);
		not_printed(turn, page, &error);
	}
	if (failed)
		turn_write(turn);
	mr_tongue_set(tongue);
}

static void
sent(struct work *work, const struct mr_error *lost)
{
	(void)lost;
	turn_answer((struct turn *)work);
}

/* Told like a printer that refuses. */
static struct mr_error
too_much(const struct turn *turn)
{
	const char *tongue = mr_tongue_set(turn->language);
	struct mr_error error = {.status = MR_BUSY};

	snprintf(error.message, sizeof(error.message), "%s",
	    mr_say("Too much waits for the printers."));
	mr_tongue_set(tongue);
	return error;
}

/* The press has no time. */
static void
press_is_full(struct turn *turn)
{
	const char *tongue = mr_tongue_set(turn->language);
	struct mr_error error = too_much(turn);

	for (int i = 0; i < turn->pages; i++)
		not_printed(turn, &turn->page[i], &error);
	turn_write(turn);
	mr_tongue_set(tongue);
	turn_answer(turn);
}

void
turn_print(struct turn *turn)
{
	turn->work.run = send_pages;
	turn->work.done = sent;
	if (press_add(turn->office->press, &turn->work) != 0)
		press_is_full(turn);
}

/* On the thread of the press, before anything is done. */
static void
ask_printers(struct work *work, struct mr *mr)
{
	struct turn *turn = (struct turn *)work;
	const char *tongue = mr_tongue_set(turn->language);

	(void)mr;
	for (int i = 0; i < 2; i++) {
		if (turn->queue[i] == NULL ||
		    press_knows(turn->office->press, turn->queue[i]))
			continue;
		turn->why[i].status = press_ask(
		    turn->office->press, turn->queue[i], &turn->why[i]);
		say_silent(&turn->why[i]);
	}
	mr_tongue_set(tongue);
}

static void
asked(struct work *work, const struct mr_error *lost)
{
	(void)lost;
	turn_begin((struct turn *)work);
}

void
turn_ask_printers(struct turn *turn)
{
	int unknown = 0;

	for (int i = 0; i < 2; i++)
		unknown += turn->queue[i] != NULL &&
		    !press_knows(turn->office->press, turn->queue[i]);
	turn->work.run = ask_printers;
	turn->work.done = asked;
	if (unknown > 0 && press_add(turn->office->press, &turn->work) == 0)
		return;
	/* The line is done all the same, and says what was not printed. */
	for (int i = 0; i < 2 && unknown > 0; i++)
		turn->why[i] = too_much(turn);
	turn_begin(turn);
}
