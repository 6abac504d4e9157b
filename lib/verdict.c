/*
 * The words of a station.  See verdict.h.
 */
#include "lib/verdict.h"
#include "lib/tongue.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name, *big;
	enum mr_verdict_colour colour;
	int bells;
	const char *plain;
} verdicts[] = {
#define X(name, big, colour, bells, plain) \
	{#name, big, MR_VERDICT_##colour, bells, plain},
    MR_VERDICTS(X)
#undef X
};

enum mr_verdict
mr_verdict_named(const char *big)
{
	int i;

	for (i = 0; i < MR_NVERDICTS; i++)
		if (strcmp(verdicts[i].big, big) == 0)
			return (enum mr_verdict)i;
	return MR_V_OURS;
}

const char *
mr_verdict_name(enum mr_verdict verdict)
{
	return verdicts[verdict].name;
}

const char *
mr_verdict_big(enum mr_verdict verdict)
{
	return verdicts[verdict].big;
}

enum mr_verdict_colour
mr_verdict_colour(enum mr_verdict verdict)
{
	return verdicts[verdict].colour;
}

int
mr_verdict_bells(enum mr_verdict verdict)
{
	return verdicts[verdict].bells;
}

/* The fact of a name; "?" when it is not known. */
static const char *
fact(const struct mr_verdict_facts *facts, const char *name, size_t len)
{
	const struct {
		const char *name, *value;
	} known[] = {
	    {"number", facts->number},
	    {"from", facts->from},
	    {"to", facts->to},
	    {"sheets", facts->sheets},
	    {"stamps", facts->stamps},
	    {"other", facts->other},
	    {"state", facts->state},
	    {"why", facts->why != NULL ? facts->why : ""},
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strlen(known[i].name) == len &&
		    memcmp(known[i].name, name, len) == 0 &&
		    known[i].value != NULL)
			return known[i].value;
	return "?";
}

static int
ends_in_dot(const char *s)
{
	return *s != '\0' && s[strlen(s) - 1] == '.';
}

char *
mr_verdict_say(enum mr_verdict verdict, const struct mr_verdict_facts *facts,
    char *out, size_t size)
{
	const char *at = mr_say(verdicts[verdict].plain), *value;
	size_t len = 0, n;

	out[0] = '\0';
	while (*at != '\0' && len + 1 < size) {
		if (*at == '{') {
			n = strcspn(at, "}") - 1;
			value = fact(facts, at + 1, n);
			at += n + 2;
			/* A reason that is not given leaves no gap, and
			 * after "Ember J." stands no second dot. */
			if (*value == '\0' && *at == ' ')
				at++;
			if (*at == '.' && ends_in_dot(value))
				at++;
			snprintf(out + len, size - len, "%s", value);
			len += strlen(out + len);
		} else {
			out[len++] = *at++;
			out[len] = '\0';
		}
	}
	return out;
}
