/* What a request may not be.  See strict.h. */
#include "mailroomd/strict.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

const char *const strict_headers[][2] = {
    {"Cache-Control", "no-store"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Content-Security-Policy",
	"default-src 'none'; script-src 'self'; style-src 'self'; "
	"img-src 'self' data:; connect-src 'self'; media-src 'self'; "
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
    {NULL, NULL},
};

/* "Content-Length", of which letters, digits and some signs are made. */
static int
is_name(const char *s)
{
	size_t n = strspn(s,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "!#$%&'*+-.^_`|~");

	return n > 0 && s[n] == '\0';
}

static int
is_control(unsigned char c)
{
	return c < ' ' || c == 0x7F;
}

/* A tab is allowed in a header, and nowhere else. */
static int
is_text(const char *s, int tab)
{
	for (; *s != '\0'; s++)
		if (is_control((unsigned char)*s) && !(tab && *s == '\t'))
			return 0;
	return 1;
}

struct look {
	int wrong, lengths, encodings, hosts;
};

static int
look_at(void *arg, const char *name, const char *value)
{
	struct look *look = arg;

	if (!is_name(name) || !is_text(value, 1))
		look->wrong = 1;
	if (strcasecmp(name, "Host") == 0)
		look->hosts++;
	if (strcasecmp(name, "Content-Length") == 0) {
		look->lengths++;
		if (*value == '\0' ||
		    value[strspn(value, "0123456789")] != '\0')
			look->wrong = 1;
	}
	if (strcasecmp(name, "Transfer-Encoding") == 0) {
		look->encodings++;
		if (strcasecmp(value, "chunked") != 0)
			look->wrong = 1;
	}
	return look->wrong;
}

int
strict_fits(const struct http_request *request)
{
	struct look look = {0};

	if (strcmp(request->version, "HTTP/1.1") != 0 &&
	    strcmp(request->version, "HTTP/1.0") != 0)
		return 0;
	if (request->path[0] != '/' || !is_name(request->method) ||
	    !is_text(request->path, 0))
		return 0;
	http_header_each(request, look_at, &look);
	return !look.wrong && look.hosts <= 1 &&
	    look.lengths + look.encodings <= 1;
}

/* "::1" without its brackets too. */
static int
is_address(const char *name)
{
	unsigned char bytes[16];

	return inet_pton(AF_INET, name, bytes) == 1 ||
	    inet_pton(AF_INET6, name, bytes) == 1;
}

int
strict_is_for_us(const char *host, const char *also)
{
	int in_brackets = host != NULL && host[0] == '[';
	char name[256];
	size_t n;

	if (host == NULL)
		return 1;
	host += in_brackets;
	n = strcspn(host, in_brackets ? "]" : ":");
	if (n >= sizeof(name))
		return 0;
	memcpy(name, host, n);
	name[n] = '\0';
	return is_address(name) || strcasecmp(name, "localhost") == 0 ||
	    (also != NULL && strcasecmp(name, also) == 0);
}

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

size_t
strict_unescape(char *s)
{
	char *to = s, *from = s;

	while (*from != '\0') {
		int high = *from == '%' ? digit(from[1]) : -1;
		int low = high >= 0 ? digit(from[2]) : -1;

		if (low >= 0 && !is_control((unsigned char)(high << 4 | low))) {
			*to++ = (char)(high << 4 | low);
			from += 3;
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
	return (size_t)(to - s);
}
