/*
 * The OpenAPI description is JSON, holds every operation of the table with
 * what it takes, and refers to nothing that is not there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "lib/op.h"
#include "lib/openapi.h"

static char text[1 << 20];
static size_t len;
static json_t *all;

static int
take(void *to, const void *bytes, size_t n)
{
	(void)to;
	if (len + n >= sizeof(text))
		return -1;
	memcpy(text + len, bytes, n);
	len += n;
	return 0;
}

static int
setup(void **state)
{
	json_error_t why;

	(void)state;
	assert_int_equal(mr_openapi(take, NULL), 0);
	all = json_loadb(text, len, JSON_REJECT_DUPLICATES, &why);
	if (all == NULL)
		fail_msg("line %d: %s", why.line, why.text);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	json_decref(all);
	return 0;
}

/* "#/components/schemas/Day" */
static json_t *
at(const char *pointer)
{
	json_t *value = all;
	char key[80];
	size_t n;

	if (strncmp(pointer, "#/", 2) != 0)
		return NULL;
	for (pointer += 2; value != NULL && *pointer != '\0';
	     pointer += n + (pointer[n] == '/')) {
		n = strcspn(pointer, "/");
		snprintf(key, sizeof(key), "%.*s", (int)n, pointer);
		value = json_object_get(value, key);
	}
	return value;
}

static json_t *
resolve(json_t *value)
{
	const char *to = json_string_value(json_object_get(value, "$ref"));

	return to != NULL ? at(to) : value;
}

static int
follow(json_t *value)
{
	const char *key;
	json_t *more;
	size_t i;
	int n = 0;

	json_object_foreach(value, key, more)
	{
		if (strcmp(key, "$ref") == 0) {
			if (at(json_string_value(more)) == NULL)
				fail_msg(
				    "%s is nowhere", json_string_value(more));
			n++;
		} else {
			n += follow(more);
		}
	}
	json_array_foreach(value, i, more) n += follow(more);
	return n;
}

static void
every_reference_leads_somewhere(void **state)
{
	(void)state;
	assert_true(follow(all) > 500);
}

static json_t *
operation(const struct mr_op *op)
{
	char path[96];
	json_t *found;

	snprintf(path, sizeof(path), "/api/%s", op->name);
	for (char *c = path; *c != '\0'; c++)
		if (*c == ' ')
			*c = '/';
	found = json_object_get(
	    json_object_get(json_object_get(all, "paths"), path),
	    op->writes ? "post" : "get");
	if (found == NULL)
		fail_msg("%s is missing", path);
	return found;
}

static int
holds_text(json_t *list, const char *want)
{
	json_t *value;
	size_t i;

	json_array_foreach(list, i,
	    value) if (strcmp(json_string_value(value), want) == 0) return 1;
	return 0;
}

/* Of the query, or of the body: is it there, and told as required? */
static int
takes(const struct mr_op *op, const struct mr_param *param)
{
	json_t *told = operation(op), *schema, *value;
	size_t i;

	if (!op->writes) {
		json_array_foreach(
		    json_object_get(told, "parameters"), i, value)
		{
			const char *name =
			    json_string_value(json_object_get(value, "name"));

			if (name != NULL && strcmp(name, param->name) == 0)
				return json_is_true(json_object_get(
					   value, "required")) ==
				    (param->required == 1);
		}
		return 0;
	}
	assert_int_equal(json_unpack(told, "{s:{s:{s:{s:o}}}}", "requestBody",
			     "content", "application/json", "schema", &schema),
	    0);
	return json_object_get(json_object_get(schema, "properties"),
		   param->name) != NULL &&
	    holds_text(json_object_get(schema, "required"), param->name) ==
	    (param->required == 1);
}

static void
every_operation_is_there_with_what_it_takes(void **state)
{
	(void)state;
	for (size_t i = 0; i < mr_nops; i++)
		for (size_t p = 0; p < mr_ops[i]->nparams; p++)
			if (!takes(mr_ops[i], &mr_ops[i]->params[p]))
				fail_msg("%s: %s", mr_ops[i]->name,
				    mr_ops[i]->params[p].name);
}

static void
every_operation_tells_its_roles_and_its_token(void **state)
{
	(void)state;
	for (size_t i = 0; i < mr_nops; i++) {
		const struct mr_op *op = mr_ops[i];
		json_t *told = operation(op);
		json_t *roles = json_object_get(told, "x-roles");
		json_t *security =
		    json_array_get(json_object_get(told, "security"), 0);

		for (unsigned r = MR_VOLUNTEER; r <= MR_ADMIN; r <<= 1)
			assert_int_equal(holds_text(roles, mr_role_name(r)),
			    (op->roles & r) != 0);
		assert_int_equal(
		    json_object_get(security, "token") != NULL, op->writes);
	}
}

/* A response has a description, and a refusal is a problem. */
static void
check_answers(const char *path, json_t *responses)
{
	const char *code;
	json_t *response;

	if (json_object_size(responses) == 0)
		fail_msg("%s answers nothing", path);
	json_object_foreach(responses, code, response)
	{
		response = resolve(response);
		if (!json_is_string(json_object_get(response, "description")))
			fail_msg("%s: %s", path, code);
		if (code[0] < '4' || strcmp(code, "413") == 0)
			continue;
		if (json_object_get(json_object_get(response, "content"),
			"application/problem+json") == NULL)
			fail_msg("%s: %s is no problem", path, code);
	}
}

static void
every_path_has_an_id_of_its_own_and_answers(void **state)
{
	json_t *ids = json_object(), *methods, *told;
	const char *path, *method, *id;

	(void)state;
	json_object_foreach(json_object_get(all, "paths"), path, methods)
	{
		assert_int_equal(strncmp(path, "/api", 4), 0);
		json_object_foreach(methods, method, told)
		{
			id = json_string_value(
			    json_object_get(told, "operationId"));
			if (id == NULL || json_object_get(ids, id) != NULL)
				fail_msg("%s %s", method, path);
			json_object_set_new(ids, id, json_true());
			assert_true(
			    json_is_string(json_object_get(told, "summary")));
			check_answers(path, json_object_get(told, "responses"));
		}
	}
	/* The operations, and what the daemon has besides. */
	assert_int_equal(json_object_size(ids), mr_nops + 8);
	json_decref(ids);
}

static void
every_status_of_ours_is_told(void **state)
{
	char code[8];

	(void)state;
	for (int status = 1; status < MR_NSTATUS; status++) {
		snprintf(code, sizeof(code), "%d",
		    mr_status_http((enum mr_status)status));
		for (size_t i = 0; i < mr_nops; i++)
			assert_non_null(json_object_get(
			    json_object_get(operation(mr_ops[i]), "responses"),
			    code));
	}
}

static void
it_says_which_openapi_it_is(void **state)
{
	(void)state;
	assert_string_equal(
	    json_string_value(json_object_get(all, "openapi")), "3.1.0");
	assert_non_null(at("#/info/title"));
	assert_non_null(at("#/info/version"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_reference_leads_somewhere),
	    cmocka_unit_test(every_operation_is_there_with_what_it_takes),
	    cmocka_unit_test(every_operation_tells_its_roles_and_its_token),
	    cmocka_unit_test(every_path_has_an_id_of_its_own_and_answers),
	    cmocka_unit_test(every_status_of_ours_is_told),
	    cmocka_unit_test(it_says_which_openapi_it_is),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
