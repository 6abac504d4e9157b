/* JSON into a printer.  See replay.h. */
#include "cli/replay.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static void
play(struct mr_out *out, const char *key, json_t *value)
{
	const char *name;
	json_t *part;
	size_t i;

	switch (json_typeof(value)) {
	case JSON_OBJECT:
		out->begin_map(out, key);
		json_object_foreach(value, name, part) play(out, name, part);
		out->end_map(out);
		break;
	case JSON_ARRAY:
		out->begin_list(out, key);
		json_array_foreach(value, i, part) play(out, NULL, part);
		out->end_list(out);
		break;
	case JSON_INTEGER:
		out->integer(out, key, json_integer_value(value));
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		out->boolean(out, key, json_is_true(value));
		break;
	case JSON_STRING:
		out->text(out, key, json_string_value(value));
		break;
	default:
		out->text(out, key, NULL);
		break;
	}
}

static int
play_document(struct mr_out *out, json_t *both, json_t *document)
{
	const char *text = json_string_value(document);
	size_t size = json_string_length(document), len = 0;
	unsigned char *bytes = malloc(size > 0 ? size : 1);
	int failed = bytes == NULL ||
	    sodium_base642bin(bytes, size, text, size, NULL, &len, NULL,
		sodium_base64_VARIANT_ORIGINAL) != 0;

	if (!failed)
		out->document(out,
		    json_string_value(json_object_get(both, "name")),
		    "application/pdf", bytes, len,
		    json_is_true(json_object_get(both, "secret")));
	if (bytes != NULL)
		explicit_bzero(bytes, size);
	free(bytes);
	return failed;
}

int
replay(const char *text, size_t len, struct mr_out *out)
{
	json_t *whole = json_loadb(text, len, JSON_DECODE_ANY, NULL);
	json_t *document = json_object_get(whole, "document");
	json_t *answer = json_object_get(whole, "answer");
	int failed = 0;

	if (whole == NULL)
		return -1;
	if (json_is_string(document) && answer != NULL) {
		play(out, NULL, answer);
		failed = play_document(out, whole, document);
	} else {
		play(out, NULL, whole);
	}
	json_decref(whole);
	return failed || out->failed ? -1 : 0;
}
