/*
 * What a request may not be, although the HTTP library lets it pass: whatever
 * two readers could take for two things (RFC 9112, 3 and 6; RFC 9110, 5).  And
 * what an answer may not be without.
 */
#ifndef MAILROOMD_STRICT_H
#define MAILROOMD_STRICT_H

#include "mailroomd/http.h"

/*
 * 1: version 1.0 or 1.1, a path from the root, names of headers that are
 * names, values without control bytes, one length or chunks.  Else 0: refuse
 * it and close the connection, for nobody knows where the next one begins.
 */
int strict_fits(const struct http_request *request);

/*
 * 1: what Host says cannot be another's name that was made to lead here (DNS
 * rebinding): it is an address, localhost, or the name in also (NULL: none),
 * whatever the port; or NULL, as no browser sends it.
 */
int strict_is_for_us(const char *host, const char *also);

/* %2F to /, in place; what is no escape, and one of a control byte, stays as
 * it stands.  The length. */
size_t strict_unescape(char *s);

/* Names and values of the headers that no answer may be without (security.md
 * 3.3), up to a name that is NULL. */
extern const char *const strict_headers[][2];

#endif
