/* What a countersign row is about, in words that any role may read. */
#include "lib/address.h"
#include "lib/countersign.h"
#include "lib/enclosure.h"
#include "lib/letter.h"
#include "lib/text.h"
#include "lib/tongue.h"

/* "E5 money 20.00: bank" */
static enum mr_status
say_enclosure(struct mr_call *c, int64_t id, const char **words)
{
	struct mr_enclosure e;
	enum mr_status status = mr_enclosure_load(c, id, &e);
	char money[MR_MONEY_SIZE];

	if (status == MR_OK)
		*words =
		    mr_printf(c->arena, "%s %s %s: %s", mr_show_id(c, 'E', id),
			mr_say(mr_enclosure_kind_name(e.kind)),
			e.cents >= 0 ? mr_text_money(e.cents, money) : "",
			mr_say(mr_disposition_name(e.disposition)));
	return status;
}

static enum mr_status
say_address(struct mr_call *c, int64_t id, const char **words)
{
	struct mr_address address;
	enum mr_status status = mr_address_load(c, id, &address);

	if (status == MR_OK)
		*words = mr_printf(c->arena, mr_say("address of %s: %s"),
		    mr_show_id(c, 'C', address.person),
		    mr_say(mr_address_status_name(address.status)));
	return status;
}

static enum mr_status
say_letter(struct mr_call *c, int64_t id, const char **words)
{
	struct mr_letter letter;
	enum mr_status status = mr_letter_load(c, id, &letter);

	if (status == MR_OK)
		*words = mr_printf(c->arena, mr_say("letter %s %s let go"),
		    mr_letter_number(c, letter.number), mr_letter_code(c, id));
	return status;
}

enum mr_status
mr_countersign_say(
    struct mr_call *c, const struct mr_countersign *sign, const char **words)
{
	enum mr_status status = MR_OK;

	*words = mr_say(mr_subject_name(sign->what));
	switch (sign->what) {
	case MR_ENCLOSURE:
		status = say_enclosure(c, sign->subject, words);
		break;
	case MR_ADDRESS:
		status = say_address(c, sign->subject, words);
		break;
	case MR_LETTER:
		status = say_letter(c, sign->subject, words);
		break;
	default:
		break;
	}
	return status == MR_OK && *words == NULL ? mr_nomem(c) : status;
}

enum mr_status
mr_countersign_step(struct mr_call *c, int64_t id, struct mr_countersign *sign)
{
	enum mr_status status = mr_countersign_sign(c, id, sign);
	struct mr_address address;

	if (status != MR_OK)
		return status;
	if (sign->what == MR_ENCLOSURE)
		return mr_enclosure_signed(c, sign->subject);
	if (sign->what != MR_ADDRESS)
		return MR_OK;
	status = mr_address_load(c, sign->subject, &address);
	if (status == MR_OK && address.status == MR_ADDRESS_PENDING)
		status = mr_address_confirm(c, address.id);
	return status;
}
