/* The day sheet: till, money in hand and what waits for a signature, on one
 * page to sign. */
#include "lib/countersign.h"
#include "lib/day.h"
#include "lib/emit.h"
#include "lib/enclosure.h"
#include "lib/op.h"
#include "lib/paper.h"
#include "lib/paper_card.h"
#include "lib/setting.h"
#include "lib/text.h"
#include "lib/tongue.h"
#include "lib/when.h"

/* Lines of the sheet, English and Spanish. */
enum line {
	L_BROUGHT,
	L_PIECES,
	L_EXTRA,
	L_OFFICE,
	L_REFOUND,
	L_FROM_SITE,
	L_IN,
	L_POSTED,
	L_HANDED,
	L_THROWN,
	L_TO_SITE,
	L_CARRIED,
	L_OUT,
	L_MONEY_FOUND,
	L_MONEY_UNDECIDED,
	L_MONEY_GOING,
	L_MONEY_HAND,
	L_MONEY_COUNTED,
	L_OPEN,
	L_DIFFERENCE,
	L_NONE,
	L_HELD,
	L_FORWARD,
	L_BACK,
	L_UNSIGNED,
	NLINES
};
static const char *const words[NLINES][2] = {
    [L_BROUGHT] = {"Brought forward", "Del día anterior"},
    [L_PIECES] = {"Pieces counted", "Piezas contadas"},
    [L_EXTRA] = {"Extra letters found inside", "Cartas halladas dentro"},
    [L_OFFICE] = {"Office letters", "Cartas de la oficina"},
    [L_REFOUND] = {"Found in the house again", "Halladas de nuevo"},
    [L_FROM_SITE] = {"From another site", "De otra sede"},
    [L_IN] = {"Came in", "Entradas"},
    [L_POSTED] = {"Posted", "Enviadas"},
    [L_HANDED] = {"Handed back", "Devueltas"},
    [L_THROWN] = {"Thrown away", "Desechadas"},
    [L_TO_SITE] = {"To another site", "A otra sede"},
    [L_CARRIED] = {"Carried forward", "Para el día siguiente"},
    [L_OUT] = {"Accounted for", "Justificadas"},
    [L_MONEY_FOUND] = {"Found today", "Hallado hoy"},
    [L_MONEY_UNDECIDED] = {"Waits for a decision", "Por decidir"},
    [L_MONEY_GOING] = {"Goes on with letters still here",
	"Va con cartas que siguen aquí"},
    [L_MONEY_HAND] = {"Money in hand", "Dinero en caja"},
    [L_MONEY_COUNTED] = {"Money counted", "Dinero contado"},
    [L_OPEN] = {"The day is still open.", "El día sigue abierto."},
    [L_DIFFERENCE] = {"Difference", "Diferencia"},
    [L_NONE] = {"No difference.", "Sin diferencia."},
    [L_HELD] = {"not decided", "sin decidir"},
    [L_FORWARD] = {"goes on with its letter", "sigue con su carta"},
    [L_BACK] = {"goes back with a letter of ours",
	"se devuelve con una carta nuestra"},
    [L_UNSIGNED] = {"waits for a signature", "falta una firma"},
};

#define TILL_LINES 13
#define MONEY_LINES 4

struct sheet {
	struct mr_call *c;
	int es;
	struct form_line till[TILL_LINES], money[MONEY_LINES];
	struct form_countersign *sign;
	struct form_cash *cash;
	int64_t cents; /* that the list of cash adds up to */
	struct form_day form;
};

static void
line(struct sheet *s, struct form_line *at, enum line what, const char *value,
    int total)
{
	*at = (struct form_line){
	    mr_paper_ours(words[what][s->es]), mr_paper_ours(value), total};
}

static const char *
number(struct sheet *s, int64_t n)
{
	return mr_printf(s->c->arena, "%lld", (long long)n);
}

static const char *
money(struct sheet *s, int64_t cents)
{
	char text[MR_MONEY_SIZE];

	return mr_printf(s->c->arena, "$%s", mr_text_money(cents, text));
}

static void
fill_till(struct sheet *s, const struct mr_till *t)
{
	const struct {
		enum line what;
		int64_t n;
		int total;
	} list[TILL_LINES] = {
	    {L_BROUGHT, t->brought, 0},
	    {L_PIECES, t->pieces, 0},
	    {L_EXTRA, t->extra, 0},
	    {L_OFFICE, t->office, 0},
	    {L_REFOUND, t->refound, 0},
	    {L_FROM_SITE, t->from_site, 0},
	    {L_IN,
		t->brought + t->pieces + t->extra + t->office + t->refound +
		    t->from_site,
		1},
	    {L_POSTED, t->posted, 0},
	    {L_HANDED, t->handed, 0},
	    {L_THROWN, t->thrown, 0},
	    {L_TO_SITE, t->to_site, 0},
	    {L_CARRIED, t->carried, 0},
	    {L_OUT, t->posted + t->handed + t->thrown + t->to_site + t->carried,
		1},
	};
	int n = 0;

	/* Most offices are one site. */
	for (int i = 0; i < TILL_LINES; i++)
		if (list[i].n != 0 ||
		    (list[i].what != L_FROM_SITE && list[i].what != L_TO_SITE))
			line(s, &s->till[n++], list[i].what,
			    number(s, list[i].n), list[i].total);
	s->form.till = s->till;
	s->form.ntill = n;
}

static void
fill_note(struct sheet *s, const struct mr_day *row, const struct mr_till *t)
{
	const char *note = words[L_NONE][s->es], *why;

	if (row->state == MR_DAY_OPEN)
		note = words[L_OPEN][s->es];
	why = mr_accept_name(row->reason);
	if (t->difference != 0 || why != NULL)
		note = mr_printf(s->c->arena, "%s: %lld%s%s%s.",
		    words[L_DIFFERENCE][s->es], (long long)t->difference,
		    why == NULL ? "" : " (", why == NULL ? "" : why,
		    why == NULL ? "" : ")");
	s->form.note = mr_paper_ours(note);
}

/* Of a closed day what was counted; of an open one what must be there. */
static enum mr_status
fill_money(struct sheet *s, const struct mr_day *row)
{
	struct mr_hands hands;
	struct mr_hand hand;
	struct mr_till till;
	enum mr_status status;

	s->form.money = s->money;
	if (row->state == MR_DAY_CLOSED) {
		status = mr_day_written(s->c, row->event, &till, &hands);
		if (status != MR_OK)
			return status;
		line(
		    s, &s->money[0], L_MONEY_COUNTED, money(s, hands.cents), 1);
		s->form.nmoney = 1;
		return MR_OK;
	}
	status = mr_enclosure_hand(s->c, &hand);
	if (status != MR_OK)
		return status;
	line(s, &s->money[0], L_MONEY_FOUND, money(s, hand.found), 0);
	line(s, &s->money[1], L_MONEY_UNDECIDED, money(s, hand.undecided), 0);
	line(s, &s->money[2], L_MONEY_GOING, money(s, hand.going), 0);
	line(s, &s->money[3], L_MONEY_HAND, money(s, hand.total), 1);
	s->form.nmoney = MONEY_LINES;
	return MR_OK;
}

static enum line
what_becomes(const struct mr_enclosure *e)
{
	if (e->disposition == MR_E_HELD)
		return L_HELD;
	if (e->disposition == MR_E_RETURN && e->second != 0)
		return L_BACK;
	return e->disposition == MR_E_FORWARD && e->second != 0 ? L_FORWARD
								: L_UNSIGNED;
}

static enum mr_status
add_cash(struct mr_call *c, void *arg, const struct mr_enclosure *e)
{
	struct form_cash row, *more;
	size_t n = ((struct sheet *)arg)->form.ncash;
	struct sheet *s = arg;
	struct mr_letter letter;
	char day[MR_WHEN_SIZE];
	enum mr_status status = mr_letter_load(c, e->letter, &letter);

	if (status != MR_OK)
		return status;
	if ((n & (n - 1)) == 0) {
		more = mr_alloc(c->arena, (2 * n + 1) * sizeof(*more));
		if (more == NULL)
			return mr_nomem(c);
		for (size_t i = 0; i < n; i++)
			more[i] = s->cash[i];
		s->cash = more;
	}
	row.letter = mr_paper_ours(mr_printf(c->arena, "%s  %s  %s",
	    mr_show_id(c, 'E', e->id), mr_letter_number(c, letter.number),
	    mr_letter_code(c, letter.id)));
	row.since = mr_paper_ours(mr_strdup(c->arena, mr_day_iso(e->day, day)));
	row.what = mr_paper_ours(words[what_becomes(e)][s->es]);
	row.money = mr_paper_ours(money(s, e->cents));
	s->cash[s->form.ncash++] = row;
	s->cents += e->cents;
	return row.letter.s != NULL && row.since.s != NULL ? MR_OK
							   : mr_nomem(c);
}

/* What is in the box now; of a day that is long over nobody can tell. */
static enum mr_status
fill_cash(struct sheet *s, const struct mr_day *row)
{
	struct mr_day newest;
	enum mr_status status = mr_day_newest(s->c, &newest);

	if (status != MR_OK || newest.day != row->day)
		return status;
	status = mr_enclosure_in_hand(s->c, add_cash, s);
	s->form.cash = s->cash;
	s->form.cash_total = mr_paper_ours(money(s, s->cents));
	return status;
}

static enum mr_status
add_sign(struct mr_call *c, void *arg, const struct mr_countersign *sign)
{
	struct sheet *s = arg;
	struct form_countersign *at = &s->sign[s->form.ncountersign];
	char day[MR_WHEN_SIZE];
	const char *what, *before;
	enum mr_status status;

	/* Paper is in the office's language, whoever prints it. */
	before = mr_tongue_set(s->es ? "es" : NULL);
	status = mr_countersign_say(c, sign, &what);
	mr_tongue_set(before);
	if (status != MR_OK)
		return status;
	what = mr_printf(c->arena, "%s %s", mr_show_id(c, 'S', sign->id), what);
	at->what = mr_paper_ours(what);
	at->who = mr_paper_ours(mr_user_shown(c, sign->first));
	at->when =
	    mr_paper_ours(mr_strdup(c->arena, mr_day_iso(sign->day, day)));
	s->form.ncountersign++;
	return what != NULL && at->when.s != NULL ? MR_OK : mr_nomem(c);
}

static enum mr_status
fill_signs(struct sheet *s)
{
	int64_t open, overdue;
	enum mr_status status = mr_countersign_count(s->c, &open, &overdue);

	if (status != MR_OK)
		return status;
	s->sign = mr_alloc(s->c->arena, ((size_t)open + 1) * sizeof(*s->sign));
	if (s->sign == NULL)
		return mr_nomem(s->c);
	s->form.countersign = s->sign;
	return mr_countersign_list(s->c, 0, add_sign, s);
}

static enum mr_status
draw(struct sheet *s, const struct mr_day *row, struct mr_out *out)
{
	struct form_doc *doc = NULL;
	struct form_fault fault;
	char day[MR_WHEN_SIZE];
	enum mr_status status = mr_paper_open(s->c, &doc);
	const char *name =
	    mr_printf(s->c->arena, "day-%s.pdf", mr_day_iso(row->day, day));

	if (status == MR_OK && name == NULL)
		status = mr_nomem(s->c);
	if (status == MR_OK && form_day_add(doc, &s->form, &fault) != FORM_OK)
		status = mr_paper_fault(s->c, &fault);
	return mr_paper_give(s->c, doc, name, status, out);
}

struct day_sheet {
	struct mr_date day;
};

static enum mr_status
sheet(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct day_sheet *in = input;
	struct sheet s = {.c = c};
	int64_t language = 0;
	struct mr_till till;
	struct mr_day row;
	enum mr_status status;

	status = in->day.given ? mr_day_load(c, in->day.day, &row)
			       : mr_day_newest(c, &row);
	if (status == MR_OK)
		status = mr_day_till(c, &row, &till);
	if (status == MR_OK)
		status = mr_setting_int(c, MR_SET_LANGUAGE, &language);
	if (status != MR_OK)
		return status;
	s.es = language == 1;
	s.form.date = mr_paper_date(row.day);
	fill_till(&s, &till);
	fill_note(&s, &row, &till);
	status = mr_paper_site(c, c->site->id, &s.form.site);
	if (status == MR_OK)
		status = fill_money(&s, &row);
	if (status == MR_OK)
		status = fill_cash(&s, &row);
	if (status == MR_OK)
		status = fill_signs(&s);
	if (status == MR_OK)
		status = draw(&s, &row, out);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_day(out, "day", row.day);
	out->text(out, "state", mr_day_state_name(row.state));
	out->integer(out, "difference", till.difference);
	out->integer(out, "signatures", (int64_t)s.form.ncountersign);
	out->end_map(out);
	return MR_OK;
}

static const struct mr_param sheet_params[] = {
    MR_PARAM(day_sheet, day, MR_PLACED,
	"which day; the newest when nothing is said"),
};

const struct mr_op mr_op_day_sheet = {
    .name = "day sheet",
    .number = 376,
    .summary = "Print the day's till, money and signatures on a sheet.",
    .roles = MR_FROM_STAFF,
    .document = 1,
    MR_PARAMS(sheet_params),
    .input_size = sizeof(struct day_sheet),
    .returns = "day state difference signatures",
    .show = sheet,
};
