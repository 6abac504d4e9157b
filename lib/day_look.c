/* What to look for when a day does not balance, in sentences. */
#include "lib/countersign.h"
#include "lib/day_till.h"
#include "lib/enclosure.h"
#include "lib/tongue.h"
#include "lib/when.h"

/* A look at a day, sentence by sentence. */
struct look {
	struct mr_call *c;
	const struct mr_day *row;
	const struct mr_till *till;
	void (*say)(void *arg, const char *sentence);
	void *arg;
};

static void
say_list(struct look *k, const char *format, struct mr_numbers *list)
{
	const char *s;

	if (list->total == 0)
		return;
	s = mr_printf(k->c->arena, "%s: %s.", mr_say(format),
	    mr_numbers_show(k->c, list, 20));
	if (s != NULL)
		k->say(k->arg, s);
}

static void
say_count(struct look *k, int64_t n, const char *one, const char *more)
{
	const char *s;

	if (n == 0)
		return;
	s = mr_printf(
	    k->c->arena, "%lld %s", (long long)n, mr_say(n == 1 ? one : more));
	if (s != NULL)
		k->say(k->arg, s);
}

/* "A17, B3": the number that each station gave last. */
static const char *
last_numbers(struct mr_call *c, const struct mr_day_numbers *numbers)
{
	const char *all = "";

	for (int s = 0; s < 26 && all != NULL; s++)
		if (numbers->last[s] > 0)
			all = mr_printf(c->arena, "%s%s%c%d", all,
			    *all == '\0' ? "" : ", ", s + 'A',
			    numbers->last[s]);
	return all != NULL ? all : "";
}

static void
look_at_pieces(struct look *k, const struct mr_day_numbers *numbers)
{
	int64_t off = k->till->difference;
	const char *s;

	if (off > 0)
		say_count(k, off,
		    "piece was counted and never logged: look in the box, "
		    "under the trays and between the sheets; log it, or "
		    "correct the count with 'mailroom day tally'.",
		    "pieces were counted and never logged: look in the box, "
		    "under the trays and between the sheets; log them, or "
		    "correct the count with 'mailroom day tally'.");
	if (off < 0)
		say_count(k, -off,
		    "piece was logged and not counted: one letter logged "
		    "twice, one found inside another, or a box counted short.",
		    "pieces were logged and not counted: letters logged "
		    "twice, found inside others, or a box counted short.");
	s = last_numbers(k->c, numbers);
	if (off == 0 || *s == '\0')
		return;
	s = mr_printf(k->c->arena,
	    mr_say(
		"The last numbers given are %s: is a higher one pencilled on any "
		"envelope?"),
	    s);
	if (s != NULL)
		k->say(k->arg, s);
}

/* Days on which nobody opened the till leave their letters behind. */
static enum mr_status
look_before(struct look *k)
{
	struct mr_day before;
	enum mr_status status = mr_day_before(k->c, k->row->day, &before);
	char day[MR_WHEN_SIZE];
	const char *s;

	if (status != MR_OK || before.day < 0 ||
	    before.state != MR_DAY_CLOSED || before.carried == k->row->brought)
		return status;
	s = mr_printf(k->c->arena,
	    mr_say("%s closed with %lld letters and this day began with %lld: "
		   "letters were logged or left while no day was open."),
	    mr_day_iso(before.day, day), (long long)before.carried,
	    (long long)k->row->brought);
	if (s != NULL)
		k->say(k->arg, s);
	return MR_OK;
}

static enum mr_status
look_at_papers(struct look *k)
{
	struct mr_numbers *list = mr_alloc(k->c->arena, 2 * sizeof(*list));
	enum mr_status status;

	if (list == NULL)
		return mr_nomem(k->c);
	list[0].today = list[1].today = k->row->day;
	status = mr_day_printed(k->c, &list[0]);
	if (status == MR_OK)
		status = mr_day_in_tray(k->c, MR_TRAY_NONE, &list[1]);
	if (status != MR_OK)
		return status;
	say_list(k, "Sheet printed, not sealed since", &list[0]);
	say_list(k, "Sealed, and no batch was closed with it", &list[1]);
	return MR_OK;
}

static enum mr_status
look_at_signatures(struct look *k)
{
	struct mr_hand hand;
	int64_t open, overdue;
	enum mr_status status = mr_enclosure_hand(k->c, &hand);

	if (status == MR_OK)
		status = mr_countersign_count(k->c, &open, &overdue);
	if (status != MR_OK)
		return status;
	say_count(k, hand.waiting,
	    "enclosure waits for a decision: 'mailroom enclosure list --open'.",
	    "enclosures wait for a decision: 'mailroom enclosure list "
	    "--open'.");
	say_count(k, open,
	    "step waits for a second signature: 'mailroom day countersign'.",
	    "steps wait for a second signature: 'mailroom day countersign'.");
	say_count(k, overdue, "signature is more than 30 days late.",
	    "signatures are more than 30 days late.");
	return MR_OK;
}

enum mr_status
mr_day_look(struct mr_call *c, const struct mr_day *row,
    const struct mr_till *till, void (*say)(void *arg, const char *sentence),
    void *arg)
{
	struct mr_day_numbers *numbers = mr_alloc(c->arena, sizeof(*numbers));
	struct look k = {c, row, till, say, arg};
	enum mr_status status;

	if (numbers == NULL)
		return mr_nomem(c);
	status = mr_day_numbers(c, row->day, numbers);
	if (status != MR_OK)
		return status;
	look_at_pieces(&k, numbers);
	say_list(&k, "No letter has the number", &numbers->missing);
	say_list(&k, "Taken back as a mistake", &numbers->mistake);
	status = look_before(&k);
	if (status == MR_OK && row->state == MR_DAY_OPEN)
		status = look_at_papers(&k);
	if (status == MR_OK)
		status = look_at_signatures(&k);
	return status;
}
