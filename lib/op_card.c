/* Operations that print a card or a slip: id card, enclosure slip. */
#include "lib/emit.h"
#include "lib/op.h"
#include "lib/pairing.h"
#include "lib/paper_card.h"

struct id_card {
	struct mr_typed id;
	struct mr_pairing_ref pairing;
	const char *side;
};

struct cards {
	struct form_doc *doc;
	int n;
};

static enum mr_status
add(struct mr_call *c, struct cards *cards, const struct mr_fid *fid)
{
	cards->n++;
	return mr_paper_id_card(c, cards->doc, fid);
}

/* The active ID of one side of a pairing. */
static enum mr_status
add_side(struct mr_call *c, struct cards *cards,
    const struct mr_pairing *pairing, int64_t writer)
{
	struct mr_fid fid;
	enum mr_status status = mr_fid_of(c, pairing->id, writer, &fid);

	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_REFUSED,
		    "pairing %s has no active ID on that side",
		    mr_show_id(c, 'P', pairing->id));
	return status == MR_OK ? add(c, cards, &fid) : status;
}

static enum mr_status
of_pairing(struct mr_call *c, struct cards *cards, const struct id_card *in)
{
	int side = in->side != NULL ? mr_person_kind_of(in->side) : 0;
	struct mr_pairing pairing;
	enum mr_status status;

	if (in->side != NULL && side == 0)
		return mr_fail(c, MR_INVALID, "side: write inside or outside");
	status = mr_pairing_load(c, in->pairing.id, &pairing);
	if (status == MR_OK && side != MR_INSIDE)
		status = add_side(c, cards, &pairing, pairing.outside);
	if (status == MR_OK && side != MR_OUTSIDE)
		status = add_side(c, cards, &pairing, pairing.inside);
	return status;
}

static enum mr_status
choose(struct mr_call *c, struct cards *cards, const struct id_card *in)
{
	struct mr_fid fid;
	enum mr_status status;

	if ((in->id.s != NULL) == (in->pairing.id != 0) ||
	    (in->side != NULL && in->id.s != NULL))
		return mr_fail(c, MR_USAGE,
		    "name one ID, or a pairing with --pairing P45 (and --side "
		    "inside or outside)");
	if (in->pairing.id != 0)
		return of_pairing(c, cards, in);
	status = mr_fid_find(c, in->id, &fid);
	return status == MR_OK ? add(c, cards, &fid) : status;
}

static enum mr_status
id_card(struct mr_call *c, const void *input, struct mr_out *out)
{
	struct cards cards = {NULL, 0};
	enum mr_status status = mr_paper_open(c, &cards.doc);

	if (status == MR_OK)
		status = choose(c, &cards, input);
	status = mr_paper_give(c, cards.doc, "cards.pdf", status, out);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->integer(out, "cards", cards.n);
	out->end_map(out);
	return MR_OK;
}

static const struct mr_param id_params[] = {
    MR_PARAM(id_card, id, MR_PLACED, "one forwarding ID"),
    MR_PARAM(id_card, pairing, 0, "or those of a pairing, a page each"),
    MR_PARAM(id_card, side, 0, "only of this side: inside or outside"),
};

const struct mr_op mr_op_id_card = {
    .name = "id card",
    .number = 295,
    .summary = "Print the card with a participant's forwarding ID.",
    .roles = MR_FROM_STAFF,
    .document = 1,
    MR_PARAMS(id_params),
    .input_size = sizeof(struct id_card),
    .returns = "cards",
    .show = id_card,
};

struct enclosure_slip {
	const char *enclosure;
};

static enum mr_status
slip(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct enclosure_slip *in = input;
	struct form_doc *doc = NULL;
	struct mr_enclosure e;
	enum mr_status status = mr_enclosure_find(c, in->enclosure, &e);

	if (status == MR_OK)
		status = mr_paper_open(c, &doc);
	if (status == MR_OK)
		status = mr_paper_slip(c, doc, &e);
	status = mr_paper_give(c, doc, "slip.pdf", status, out);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(c, out, "enclosure", 'E', e.id);
	out->text(out, "kind", mr_enclosure_kind_name(e.kind));
	out->text(out, "disposition", mr_disposition_name(e.disposition));
	out->end_map(out);
	return MR_OK;
}

static const struct mr_param slip_params[] = {
    MR_PARAM(enclosure_slip, enclosure, 1, "the enclosure: E5"),
};

const struct mr_op mr_op_enclosure_slip = {
    .name = "enclosure slip",
    .number = 334,
    .summary = "Print the slip of an enclosure: a receipt, and our half.",
    .roles = MR_FROM_STAFF,
    .document = 1,
    MR_PARAMS(slip_params),
    .input_size = sizeof(struct enclosure_slip),
    .returns = "enclosure kind disposition",
    .show = slip,
};
