/*
 * Addresses of PostgreSQL servers: is it one, does it name several hosts, may a
 * password stand in it.
 */
#include <string.h>

#include "lib/sql_pgsql.h"

const char *
pg_place(const char *url)
{
	PQconninfoOption *parts;

	if (strncmp(url, "postgresql://", 13) == 0 ||
	    strncmp(url, "postgres://", 11) == 0)
		return url;
	if (strchr(url, '=') == NULL || strncmp(url, "sqlite:", 7) == 0)
		return NULL;
	parts = PQconninfoParse(url, NULL);
	if (parts == NULL)
		return NULL;
	PQconninfoFree(parts);
	return url;
}

int
pg_several(const char *place)
{
	PQconninfoOption *parts = PQconninfoParse(place, NULL), *part = parts;
	int several = 0;

	for (; part != NULL && part->keyword != NULL; part++)
		if (strncmp(part->keyword, "host", 4) == 0 && part->val != NULL)
			several |= strchr(part->val, ',') != NULL;
	PQconninfoFree(parts);
	return several;
}

/* Is what stands behind each colon a port?  [::1] is a host. */
static int
only_ports(const char *s)
{
	for (; *s != '\0' && *s != '/' && *s != '?'; s++) {
		if (*s == '[' && strchr(s, ']') != NULL)
			s = strchr(s, ']');
		else if (*s == ':' &&
		    strchr(",/?", s[1 + strspn(s + 1, "0123456789")]) == NULL)
			return 0;
	}
	return 1;
}

int
pg_secret(const char *place)
{
	const char *at = strrchr(place, '@'), *colon = strstr(place, "://");
	int ports = colon == NULL || only_ports(colon + 3);

	colon = colon != NULL ? strchr(colon + 3, ':') : NULL;
	return strstr(place, "password") != NULL ||
	    (at == NULL ? !ports : colon != NULL && colon < at);
}
