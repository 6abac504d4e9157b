/*
 * The table: every operation, sorted by name.  A row is defined beside its
 * handlers in op_NOUN.c; here it is only listed.
 */
#include "lib/op.h"

#include <stdlib.h>
#include <string.h>

/* One a line, in the order of their names; test_ops.c holds it. */
#define MR_OPS(X) \
	X(audit_checkpoint) \
	X(audit_export) \
	X(audit_show) \
	X(audit_verify) \
	X(batch_close) \
	X(batch_list) \
	X(batch_manifest) \
	X(batch_open) \
	X(batch_show) \
	X(correspondent_add) \
	X(correspondent_close) \
	X(correspondent_confirm) \
	X(correspondent_find) \
	X(correspondent_history) \
	X(correspondent_import) \
	X(correspondent_list) \
	X(correspondent_move) \
	X(correspondent_named) \
	X(correspondent_pause) \
	X(correspondent_resume) \
	X(correspondent_reveal) \
	X(correspondent_show) \
	X(correspondent_update) \
	X(day_balance) \
	X(day_close) \
	X(day_countersign) \
	X(day_list) \
	X(day_open) \
	X(day_sheet) \
	X(day_show) \
	X(day_sign) \
	X(day_tally) \
	X(enclosure_add) \
	X(enclosure_list) \
	X(enclosure_settle) \
	X(enclosure_sign) \
	X(enclosure_slip) \
	X(envelope_print) \
	X(facility_history) \
	X(facility_import) \
	X(facility_list) \
	X(facility_rule) \
	X(facility_show) \
	X(facility_update) \
	X(form_bench) \
	X(form_lint) \
	X(form_list) \
	X(form_scanner) \
	X(id_block) \
	X(id_card) \
	X(id_check) \
	X(id_list) \
	X(id_resolve) \
	X(id_unblock) \
	X(label_print) \
	X(letter_back) \
	X(letter_candidates) \
	X(letter_clear) \
	X(letter_finish) \
	X(letter_flag) \
	X(letter_history) \
	X(letter_hold) \
	X(letter_identify) \
	X(letter_last) \
	X(letter_list) \
	X(letter_new) \
	X(letter_outgoing) \
	X(letter_print) \
	X(letter_reasons) \
	X(letter_receive) \
	X(letter_refuse) \
	X(letter_release) \
	X(letter_reopen) \
	X(letter_return) \
	X(letter_route) \
	X(letter_seal) \
	X(letter_show) \
	X(letter_take) \
	X(letter_trays) \
	X(letter_undo) \
	X(letter_unpost) \
	X(letter_unseal) \
	X(office_backup) \
	X(office_check) \
	X(office_recover) \
	X(office_rekey) \
	X(office_show) \
	X(pairing_end) \
	X(pairing_exchange) \
	X(pairing_history) \
	X(pairing_import) \
	X(pairing_list) \
	X(pairing_open) \
	X(pairing_pause) \
	X(pairing_resume) \
	X(pairing_rotate) \
	X(pairing_show) \
	X(postage_list) \
	X(postage_price) \
	X(postage_prices) \
	X(postage_weigh) \
	X(printer_list) \
	X(printer_profile) \
	X(printer_test) \
	X(report_attention) \
	X(report_correspondent) \
	X(report_facility) \
	X(report_letter) \
	X(report_pairing) \
	X(report_postage) \
	X(scan) \
	X(setting_list) \
	X(setting_set) \
	X(setting_show) \
	X(sheet_blank) \
	X(sheet_print) \
	X(sheet_void) \
	X(site_add) \
	X(site_list) \
	X(site_show) \
	X(user_add) \
	X(user_badge) \
	X(user_disable) \
	X(user_enable) \
	X(user_grant) \
	X(user_invite) \
	X(user_list) \
	X(user_passphrase) \
	X(user_pin) \
	X(user_reset) \
	X(user_role)

#define X(name) extern const struct mr_op mr_op_##name;
MR_OPS(X)
#undef X

const struct mr_op *const mr_ops[] = {
#define X(name) &mr_op_##name,
    MR_OPS(X)
#undef X
};
const size_t mr_nops = sizeof(mr_ops) / sizeof(mr_ops[0]);

const struct mr_op *
mr_op_find(const char *name)
{
	size_t low = 0, high = mr_nops;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(name, mr_ops[middle]->name);

		if (order == 0)
			return mr_ops[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct mr_op *
mr_op_by_number(int number)
{
	for (size_t i = 0; i < mr_nops; i++)
		if (mr_ops[i]->number == number)
			return mr_ops[i];
	return NULL;
}
