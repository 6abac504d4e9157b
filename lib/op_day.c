/* Operations on the mail day.  Its sheet: op_day_sheet.c. */
#include "lib/chain.h"
#include "lib/day.h"
#include "lib/emit.h"
#include "lib/op.h"
#include "lib/site.h"
#include "lib/text.h"

#include <string.h>

#define TILL \
	"brought pieces extra office refound posted handed_back thrown_away " \
	"carried difference "
#define HANDS "sealed stubs red yellow blue bench money "
#define SITES "from_site to_site"

struct day_pieces {
	struct mr_count pieces;
};

struct day_which {
	struct mr_date day;
};

struct day_close {
	struct mr_count sealed, stubs;
	const char *trays;
	struct mr_cents money;
	const char *accept;
};

static int64_t
day_of(int64_t row_id)
{
	return MR_SEQ(row_id);
}

static void
emit_till(struct mr_out *out, const struct mr_till *t)
{
	out->integer(out, "brought", t->brought);
	out->integer(out, "pieces", t->pieces);
	out->integer(out, "extra", t->extra);
	out->integer(out, "office", t->office);
	out->integer(out, "refound", t->refound);
	out->integer(out, "posted", t->posted);
	out->integer(out, "handed_back", t->handed);
	out->integer(out, "thrown_away", t->thrown);
	out->integer(out, "carried", t->carried);
	out->integer(out, "difference", t->difference);
}

/* Nothing, in an office of one site. */
static enum mr_status
emit_sites(struct mr_call *c, struct mr_out *out, const struct mr_till *t)
{
	int64_t sites = 0;
	enum mr_status status = mr_sites_count(c, &sites);

	if (status != MR_OK)
		return status;
	if (sites > 1) {
		out->integer(out, "from_site", t->from_site);
		out->integer(out, "to_site", t->to_site);
	} else {
		out->text(out, "from_site", NULL);
		out->text(out, "to_site", NULL);
	}
	return MR_OK;
}

static void
emit_hands(struct mr_out *out, const struct mr_hands *h)
{
	out->integer(out, "sealed", h->sealed);
	out->integer(out, "stubs", h->stubs);
	for (int i = 0; i < MR_NTRAYS; i++)
		out->integer(out, mr_tray_name((enum mr_tray)i), h->tray[i]);
	mr_emit_money(out, "money", h->cents);
}

static void
emit_no_hands(struct mr_out *out)
{
	out->text(out, "sealed", NULL);
	out->text(out, "stubs", NULL);
	for (int i = 0; i < MR_NTRAYS; i++)
		out->text(out, mr_tray_name((enum mr_tray)i), NULL);
	out->text(out, "money", NULL);
}

static enum mr_status
emit_day(struct mr_call *c, struct mr_out *out, const struct mr_day *row)
{
	struct mr_hands hands;
	struct mr_till till;
	enum mr_status status;

	status = row->state == MR_DAY_CLOSED
	    ? mr_day_written(c, row->event, &till, &hands)
	    : mr_day_till(c, row, &till);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_day(out, "day", row->day);
	out->text(out, "state", mr_day_state_name(row->state));
	emit_till(out, &till);
	out->text(out, "reason", mr_accept_name(row->reason));
	if (row->state == MR_DAY_CLOSED)
		emit_hands(out, &hands);
	else
		emit_no_hands(out);
	status = emit_sites(c, out, &till);
	out->end_map(out);
	return status;
}

static enum mr_status
open_day(struct mr_call *c, const void *input)
{
	const struct day_pieces *in = input;

	return mr_day_open(c, in->pieces.n);
}

static enum mr_status
count_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_event event;
	enum mr_status status = mr_event_load(c, events.first, &event);
	int64_t was;

	if (status != MR_OK)
		return status;
	was = mr_event_number(&event, MR_F_CHANGED, -1);
	out->begin_map(out, NULL);
	mr_emit_day(out, "day", day_of(event.subject_id));
	out->integer(out, "brought", mr_event_number(&event, MR_F_VALUE, 0));
	out->integer(out, "pieces", mr_event_number(&event, MR_F_COUNT, 0));
	if (was < 0)
		out->text(out, "was", NULL);
	else
		out->integer(out, "was", was);
	out->end_map(out);
	return MR_OK;
}

#define ACCEPT_WORD(number, word) " " word

static const struct mr_param pieces_params[] = {
    MR_NUMBER(day_pieces, pieces, 1, 0, 1000000,
	"pieces in the box, counted by hand"),
};

const struct mr_op mr_op_day_open = {
    .name = "day open",
    .number = 370,
    .summary = "Begin a mail day with the pieces counted in the box.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    MR_PARAMS(pieces_params),
    .input_size = sizeof(struct day_pieces),
    .returns = "day brought pieces was",
    .run = open_day,
    .answer = count_answer,
};

static enum mr_status
tally(struct mr_call *c, const void *input)
{
	const struct day_pieces *in = input;

	return mr_day_tally(c, in->pieces.n);
}

const struct mr_op mr_op_day_tally = {
    .name = "day tally",
    .number = 371,
    .summary = "Correct the count of pieces of the open day.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    MR_PARAMS(pieces_params),
    .input_size = sizeof(struct day_pieces),
    .returns = "day brought pieces was",
    .run = tally,
    .answer = count_answer,
};

/* "red=2,yellow=1": one tray. */
static enum mr_status
read_tray(struct mr_call *c, const char *s, size_t len, struct mr_hands *hands)
{
	const char *equals = memchr(s, '=', len);
	size_t name = equals != NULL ? (size_t)(equals - s) : len;
	char *number;

	for (int i = 0; i < MR_NTRAYS && equals != NULL; i++) {
		const char *tray = mr_tray_name((enum mr_tray)i);

		if (strlen(tray) != name || strncmp(tray, s, name) != 0)
			continue;
		number = mr_strndup(c->arena, equals + 1, len - name - 1);
		if (number == NULL)
			return mr_nomem(c);
		if (mr_text_integer(number, 0, 1000000, &hands->tray[i]) ==
		    MR_NUMBER_OK)
			return MR_OK;
	}
	return mr_fail(c, MR_INVALID,
	    "trays: write what lies in each, such as "
	    "red=2,yellow=1,blue=1,bench=0");
}

static enum mr_status
read_trays(struct mr_call *c, const char *s, struct mr_hands *hands)
{
	enum mr_status status = MR_OK;

	while (s != NULL && *s != '\0' && status == MR_OK) {
		size_t len = strcspn(s, ",");

		status = read_tray(c, s, len, hands);
		s += len + (s[len] == ',');
	}
	return status;
}

static enum mr_status
close_day(struct mr_call *c, const void *input)
{
	const struct day_close *in = input;
	struct mr_hands hands = {
	    .sealed = in->sealed.n, .stubs = in->stubs.n, .cents = in->money.n};
	enum mr_status status = read_trays(c, in->trays, &hands);
	int accept = 0;

	if (status == MR_OK && in->accept != NULL) {
		accept = mr_accept_of(in->accept);
		if (accept == 0)
			return mr_fail(c, MR_INVALID,
			    "a difference is let stand as %s", MR_ACCEPT_WORDS);
	}
	return status == MR_OK ? mr_day_close(c, &hands, accept) : status;
}

static enum mr_status
close_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_day row = {.state = MR_DAY_CLOSED, .event = events.first};
	struct mr_event event;
	enum mr_status status = mr_event_load(c, events.first, &event);

	if (status != MR_OK)
		return status;
	row.day = day_of(event.subject_id);
	row.reason = (int)mr_event_number(&event, MR_F_REASON, 0);
	return emit_day(c, out, &row);
}

static const struct mr_param close_params[] = {
    MR_NUMBER(day_close, sealed, 1, 0, 1000000,
	"sealed envelopes counted: those that went out and those to go"),
    MR_NUMBER(day_close, stubs, 1, 0, 1000000,
	"stubs in the box, counted; file those of posted letters after it"),
    MR_PARAM(day_close, trays, 0,
	"what lies in the trays and on the bench: "
	"red=2,yellow=1,blue=1,bench=0; a tray not named is empty"),
    MR_PARAM(day_close, money, 0, "money in the box; none when not said"),
    MR_CHOICE(day_close, accept, 0, MR_ACCEPTS(ACCEPT_WORD),
	"let a difference stand: " MR_ACCEPT_WORDS),
};

const struct mr_op mr_op_day_close = {
    .name = "day close",
    .number = 372,
    .summary = "End the mail day with counts made by hand; a difference is "
	       "refused, or accepted with a reason.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    MR_PARAMS(close_params),
    .input_size = sizeof(struct day_close),
    .returns = "day state " TILL "reason " HANDS SITES,
    .spare = SITES,
    .run = close_day,
    .answer = close_answer,
};

static void
say(void *arg, const char *sentence)
{
	struct mr_out *out = arg;

	out->begin_map(out, NULL);
	out->text(out, "what", sentence);
	out->end_map(out);
}

static enum mr_status
emit_house(struct mr_call *c, struct mr_out *out, const struct mr_day *row)
{
	struct mr_house house;
	enum mr_status status = mr_day_house(c, row->day, &house);

	if (status != MR_OK)
		return status;
	out->begin_map(out, "house");
	for (int s = MR_L_UNIDENTIFIED; s < MR_L_POSTED; s++)
		out->integer(out, mr_letter_state_name(s), house.state[s]);
	out->end_map(out);
	mr_emit_money(out, "money", house.should.cents);
	return MR_OK;
}

/* What each station gave a number, and which of its numbers nobody has. */
static enum mr_status
emit_stations(struct mr_call *c, struct mr_out *out, int64_t day)
{
	struct mr_day_numbers *numbers = mr_alloc(c->arena, sizeof(*numbers));
	enum mr_status status;
	char letter[2] = "A";
	int missing;

	if (numbers == NULL)
		return mr_nomem(c);
	status = mr_day_numbers(c, day, numbers);
	out->begin_list(out, "stations");
	for (int s = 0; s < 26 && status == MR_OK; s++) {
		if (numbers->last[s] == 0)
			continue;
		missing = 0;
		letter[0] = (char)('A' + s);
		for (int i = 0; i < numbers->missing.n; i++)
			missing +=
			    MR_DAYNO_STATION(numbers->missing.at[i].number) ==
			    letter[0];
		out->begin_map(out, NULL);
		out->text(out, "station", letter);
		out->integer(out, "numbers", numbers->last[s]);
		out->integer(out, "missing", missing);
		out->end_map(out);
	}
	out->end_list(out);
	return status;
}

static enum mr_status
balance(struct mr_call *c, const void *input, struct mr_out *out)
{
	struct mr_till till;
	struct mr_day row;
	enum mr_status status = mr_day_newest(c, &row);

	(void)input;
	if (status == MR_OK)
		status = mr_day_till(c, &row, &till);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_day(out, "day", row.day);
	out->text(out, "state", mr_day_state_name(row.state));
	emit_till(out, &till);
	out->integer(out, "logged", till.logged);
	status = emit_house(c, out, &row);
	if (status == MR_OK)
		status = emit_stations(c, out, row.day);
	if (status != MR_OK)
		return status;
	out->begin_list(out, "look_for");
	status = mr_day_look(c, &row, &till, say, out);
	out->end_list(out);
	if (status == MR_OK)
		status = emit_sites(c, out, &till);
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_day_balance = {
    .name = "day balance",
    .number = 373,
    .summary = "Show the till of the day and what to look for.",
    .roles = MR_FROM_STAFF,
    .returns = "day state " TILL "logged house money stations look_for " SITES,
    .spare = SITES,
    .show = balance,
};

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct day_which *in = input;
	struct mr_day row;
	enum mr_status status = in->day.given
	    ? mr_day_load(c, in->day.day, &row)
	    : mr_day_newest(c, &row);

	return status == MR_OK ? emit_day(c, out, &row) : status;
}

static const struct mr_param which_params[] = {
    MR_PARAM(day_which, day, MR_PLACED,
	"which day; the newest when nothing is said"),
};

const struct mr_op mr_op_day_show = {
    .name = "day show",
    .number = 374,
    .summary = "Show a mail day: its till and what was counted by hand.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(which_params),
    .input_size = sizeof(struct day_which),
    .returns = "day state " TILL "reason " HANDS SITES,
    .spare = SITES,
    .show = show,
};

static enum mr_status
emit_one(struct mr_call *c, void *arg, const struct mr_day *row)
{
	struct mr_mark mark = mr_mark(c->arena);
	enum mr_status status = emit_day(c, arg, row);

	mr_release(c->arena, mark);
	return status;
}

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	enum mr_status status;

	(void)input;
	out->begin_list(out, NULL);
	status = mr_day_list(c, emit_one, out);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_day_list = {
    .name = "day list",
    .number = 375,
    .summary = "List the mail days, the newest first.",
    .roles = MR_FROM_STAFF,
    .each = "day state " TILL "reason " HANDS SITES,
    .table = "day state brought pieces posted carried difference",
    .show = list,
};
