/*
 * What is known of federal institutions, as the first rules of a new facility
 * (28 CFR 540; BOP Program Statement 5265.14; the notice of November 2024).
 * Elsewhere every place has rules of its own: nothing is guessed.
 */
#include "lib/rule.h"

#include <string.h>
#include <strings.h>

#include "lib/when.h"

/* Security NULL: whichever; "!" before a word: any but this. */
static const struct seed {
	const char *security;
	int rule, year, month, day;
	int64_t value;
	const char *source;
} seeds[] = {
    {NULL, MR_RULE_CODE_ON_PIECE, 2011, 4, 5, 0,
	"BOP Program Statement 5265.14: a code is a ground to reject"},
    {"!Minimum", MR_RULE_LABELS, 2024, 11, 1, 0,
	"BOP, November 2024: no labels or stickers on general mail"},
    {"!Minimum", MR_RULE_PLAIN_WHITE, 2024, 11, 1, 1,
	"BOP, November 2024: plain white paper in a white envelope"},
    {"!Minimum", MR_RULE_PHOTOCOPIED, 2024, 11, 1, 1,
	"BOP, November 2024: a colour copy is given, not the original"},
    {"Minimum", MR_RULE_PHOTOCOPIED, 2024, 11, 1, 0,
	"BOP, November 2024: minimum security is left out"},
    {"Minimum", MR_RULE_PLAIN_WHITE, 2024, 11, 1, 0,
	"BOP, November 2024: minimum security is left out"},
    {"Minimum", MR_RULE_LABELS, 2024, 11, 1, 0,
	"local practice varies: an envelope until the facility agrees"},
};

static int
seed_fits(const struct seed *seed, const char *security)
{
	if (seed->security == NULL)
		return 1;
	if (seed->security[0] == '!')
		return strcasecmp(seed->security + 1, security) != 0;
	return strcasecmp(seed->security, security) == 0;
}

/* By the kind in words, or as the name of a place begins. */
static int
is_federal(const char *kind)
{
	static const char *const starts[] = {
	    "Federal ", "U.S. Penitentiary", "Metropolitan "};
	static const char *const words[] = {"FCI", "FPC", "FMC", "FDC", "FTC",
	    "FCC", "FSL", "USP", "MCC", "MDC", "ADX", "CI"};

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (strncasecmp(kind, starts[i], strlen(starts[i])) == 0)
			return 1;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(kind, words[i]) == 0)
			return 1;
	return 0;
}

enum mr_status
mr_rule_seed(struct mr_call *c, const struct mr_facility *facility)
{
	enum mr_status status = MR_OK;
	int64_t day, id;

	if (!is_federal(facility->kind))
		return MR_OK;
	for (size_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++) {
		const struct seed *seed = &seeds[i];

		if (!seed_fits(seed, facility->security))
			continue;
		mr_day_make(seed->year, seed->month, seed->day, &day);
		status = mr_rule_set(c, facility->id, seed->rule, (int)day,
		    seed->value, seed->source, &id);
		if (status != MR_OK)
			break;
	}
	return status;
}
