/* Parameters of an operation: words to values.  See op_parse.h. */
#include "lib/op_parse.h"

#include <sodium.h>
#include <string.h>

#include "lib/keys.h"
#include "lib/text.h"
#include "lib/tongue.h"
#include "lib/when.h"

static const struct {
	const char *words;
	const char *example;
} types[] = {
    [MR_T_TEXT] = {MR_SAID("text"), "TEXT"},
    [MR_T_SWITCH] = {MR_SAID("given or not"), ""},
    [MR_T_COUNT] = {MR_SAID("a whole number"), "3"},
    [MR_T_DATE] = {MR_SAID("a day such as 2026-11-23"), "2026-11-23"},
    [MR_T_CENTS] = {MR_SAID("money such as 20 or 20.50"), "20.50"},
    [MR_T_CODE] = {MR_SAID("a code, typed or scanned"), "K7M-4RP-TMK"},
    [MR_T_PERSON] = {MR_SAID("a person: C12, or your own number for them"),
	"C12"},
    [MR_T_PAIRING] = {MR_SAID("a pairing such as P45"), "P45"},
    [MR_T_FILE] = {MR_SAID("a file"), "FILE"},
};

struct parse {
	struct mr_call *c;
	const struct mr_op *op;
	const struct mr_ask *ask;
	char *input;
	crypto_generichash_state hash;
};

/* As it is written on the command line: '-' for '_'. */
static const char *
shown(struct parse *p, const char *name)
{
	char *s = mr_strdup(p->c->arena, name);

	for (char *at = s; at != NULL && *at != '\0'; at++)
		if (*at == '_')
			*at = '-';
	return s != NULL ? s : name;
}

static enum mr_status
missing(struct parse *p, const struct mr_param *param)
{
	return mr_fail(p->c, MR_USAGE, "%s needs %s: %s (%s)", p->op->name,
	    shown(p, param->name), mr_say(param->help),
	    mr_say(types[param->type].words));
}

static enum mr_status
wrong(struct parse *p, const struct mr_param *param, const char *why)
{
	return mr_fail(
	    p->c, MR_USAGE, "%s: %s", shown(p, param->name), mr_say(why));
}

static enum mr_status
take_count(struct parse *p, const struct mr_param *param, const char *text)
{
	struct mr_count *to = (struct mr_count *)(p->input + param->offset);
	int64_t min = param->min, max = param->max;

	if (min == 0 && max == 0)
		max = INT64_C(1) << MR_SITE_SHIFT;
	switch (mr_text_integer(text, min, max, &to->n)) {
	case MR_NUMBER_OK:
		to->given = 1;
		return MR_OK;
	case MR_NUMBER_LOW:
	case MR_NUMBER_HIGH:
		return mr_fail(p->c, MR_USAGE,
		    "%s: %.20s is not between %lld and %lld",
		    shown(p, param->name), text, (long long)min,
		    (long long)max);
	default:
		return wrong(p, param, "write a whole number, such as 3");
	}
}

static enum mr_status
take_date(struct parse *p, const struct mr_param *param, const char *text)
{
	struct mr_date *to = (struct mr_date *)(p->input + param->offset);
	const char *fault = mr_day_parse(text, &to->day);

	if (fault != NULL)
		return wrong(p, param, fault);
	to->given = 1;
	return MR_OK;
}

static enum mr_status
take_cents(struct parse *p, const struct mr_param *param, const char *text)
{
	struct mr_cents *to = (struct mr_cents *)(p->input + param->offset);

	if (mr_text_cents(text, &to->n) != MR_NUMBER_OK)
		return wrong(p, param, "write money such as 20 or 20.50");
	to->given = 1;
	return MR_OK;
}

static enum mr_status
take_file(struct parse *p, const struct mr_param *param, const char *text)
{
	struct mr_file *to = (struct mr_file *)(p->input + param->offset);

	to->name = text;
	if (p->ask->file == NULL)
		return wrong(p, param, "no file can be given here");
	return p->ask->file(
	    p->ask->arg, text, &to->bytes, &to->len, p->c->error);
}

static enum mr_status
take_pairing(struct parse *p, const struct mr_param *param, const char *text)
{
	struct mr_pairing_ref *to;

	to = (struct mr_pairing_ref *)(p->input + param->offset);
	if (!mr_read_id(text, 'P', &to->id))
		return wrong(p, param, "write a pairing such as P45");
	return MR_OK;
}

/* A switch says no when it is sent as a word that means no. */
static enum mr_status
take_switch(struct parse *p, const struct mr_param *param, const char *text)
{
	int *to = (int *)(void *)(p->input + param->offset);

	if (*text == '\0' || strcmp(text, "true") == 0 ||
	    strcmp(text, "yes") == 0 || strcmp(text, "1") == 0)
		*to = 1;
	else if (strcmp(text, "false") != 0 && strcmp(text, "no") != 0 &&
	    strcmp(text, "0") != 0)
		return wrong(p, param, "it is given or not; it takes no value");
	return MR_OK;
}

static enum mr_status
take(struct parse *p, const struct mr_param *param, const char *text)
{
	switch (param->type) {
	case MR_T_SWITCH:
		return take_switch(p, param, text);
	case MR_T_COUNT:
		return take_count(p, param, text);
	case MR_T_DATE:
		return take_date(p, param, text);
	case MR_T_CENTS:
		return take_cents(p, param, text);
	case MR_T_PAIRING:
		return take_pairing(p, param, text);
	case MR_T_FILE:
		return take_file(p, param, text);
	case MR_T_TEXT:
	case MR_T_CODE:
	case MR_T_PERSON:
		break;
	}
	if (*text == '\0' && param->required == 1)
		return missing(p, param);
	/* All three hold the text alone. */
	*(const char **)(void *)(p->input + param->offset) = text;
	return MR_OK;
}

static void
feed(struct parse *p, const struct mr_param *param, const char *text)
{
	const struct mr_file *file;

	/* Only a request key that comes again has something to compare. */
	if (p->ask->request == NULL)
		return;
	crypto_generichash_update(&p->hash, (const unsigned char *)param->name,
	    strlen(param->name) + 1);
	if (param->type != MR_T_FILE) {
		crypto_generichash_update(
		    &p->hash, (const unsigned char *)text, strlen(text) + 1);
		return;
	}
	file = (const struct mr_file *)(p->input + param->offset);
	crypto_generichash_update(
	    &p->hash, (const unsigned char *)file->bytes, file->len);
}

/* In the one spelling that is stored and searched; a file's name stays as the
 * system has it. */
static const char *
composed(struct parse *p, const struct mr_param *param, const char *text)
{
	char *copy;

	if (param->type == MR_T_FILE)
		return text;
	copy = mr_strdup(p->c->arena, text);
	if (copy != NULL)
		copy[mr_text_compose(copy, strlen(copy))] = '\0';
	return copy;
}

static enum mr_status
one(struct parse *p, const struct mr_param *param)
{
	const char *text = p->ask->get(p->ask->arg, param->name);
	struct mr_text_fault fault;
	enum mr_status status;

	if (text == NULL && param->required == 1)
		return missing(p, param);
	if (text == NULL)
		return MR_OK;
	if (mr_text_check(text, strlen(text), 0, &fault) != 0)
		return mr_fail(p->c, MR_INVALID, "%s: %s",
		    shown(p, param->name), fault.message);
	text = composed(p, param, text);
	if (text == NULL)
		return mr_nomem(p->c);
	status = take(p, param, text);
	if (status == MR_OK)
		feed(p, param, text);
	return status;
}

/*
 * Under the office's key, and never the same twice: what is given can be a
 * register number or a name, and so few are there that whoever has a plain
 * hash of one has it.
 */
static void
start_hash(struct parse *p)
{
	const struct mr_keys *keys = p->c->keys;
	const char *request = p->ask->request;

	crypto_generichash_init(&p->hash, keys != NULL ? keys->tag : NULL,
	    keys != NULL ? sizeof(keys->tag) : 0, MR_INPUT_HASH);
	crypto_generichash_update(
	    &p->hash, (const unsigned char *)request, strlen(request) + 1);
}

enum mr_status
mr_op_parse(struct mr_call *c, const struct mr_op *op, const struct mr_ask *ask,
    const void **input, unsigned char hash[MR_INPUT_HASH])
{
	struct parse p = {.c = c, .op = op, .ask = ask};
	enum mr_status status = MR_OK;

	p.input = mr_alloc(c->arena, op->input_size);
	if (p.input == NULL)
		return mr_nomem(c);
	if (ask->request != NULL)
		start_hash(&p);
	for (size_t i = 0; i < op->nparams && status == MR_OK; i++)
		status = one(&p, &op->params[i]);
	if (ask->request != NULL)
		crypto_generichash_final(&p.hash, hash, MR_INPUT_HASH);
	*input = p.input;
	return status;
}
