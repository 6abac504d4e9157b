/* The code lists of reasons.  See reason.h. */
#include "lib/reason.h"

#include <stddef.h>
#include <string.h>

static const struct mr_reason_row rows[] = {
#define X(name, number, word, use, days, safety, say) \
	{number, word, MR_WHY_##use, days, safety, say},
    MR_REASONS(X)
#undef X
};

const struct mr_reason_row *
mr_reason_at(unsigned index)
{
	return index < sizeof(rows) / sizeof(rows[0]) ? &rows[index] : NULL;
}

const struct mr_reason_row *
mr_reason(int number)
{
	for (unsigned i = 0; mr_reason_at(i) != NULL; i++)
		if (rows[i].number == number)
			return &rows[i];
	return NULL;
}

const struct mr_reason_row *
mr_reason_named(const char *word, enum mr_reason_use use)
{
	for (unsigned i = 0; mr_reason_at(i) != NULL; i++)
		if (rows[i].use == use && strcmp(rows[i].word, word) == 0)
			return &rows[i];
	return NULL;
}
