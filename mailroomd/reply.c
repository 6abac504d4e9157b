/* An answer while it is made.  See reply.h. */
#include "mailroomd/reply.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
reply_write(void *to, const void *bytes, size_t len)
{
	struct reply *reply = to;
	size_t size = reply->size == 0 ? 1024 : reply->size;
	char *more;

	while (size - reply->len < len)
		size *= 2;
	if (size != reply->size) {
		/* Not realloc: what it leaves behind is not wiped. */
		more = malloc(size);
		if (more == NULL) {
			reply->failed = 1;
			return -1;
		}
		if (reply->len > 0) {
			memcpy(more, reply->bytes, reply->len);
			explicit_bzero(reply->bytes, reply->len);
		}
		free(reply->bytes);
		reply->bytes = more;
		reply->size = size;
	}
	memcpy(reply->bytes + reply->len, bytes, len);
	reply->len += len;
	return 0;
}

void
reply_text(struct reply *reply, int status, const char *type, const char *text)
{
	reply_clear(reply);
	reply->status = status;
	reply->type = type;
	reply_write(reply, text, strlen(text));
}

void
reply_header(struct reply *reply, const char *name, const char *format, ...)
{
	va_list ap;

	if (reply->nheaders == REPLY_HEADERS) {
		reply->failed = 1;
		return;
	}
	reply->headers[reply->nheaders].name = name;
	va_start(ap, format);
	vsnprintf(reply->headers[reply->nheaders++].value,
	    sizeof(reply->headers[0].value), format, ap);
	va_end(ap);
}

void
reply_clear(struct reply *reply)
{
	if (reply->len > 0)
		explicit_bzero(reply->bytes, reply->len);
	reply->len = 0;
	reply->status = 0;
	reply->type = NULL;
	reply->nheaders = 0;
}

void
reply_free(struct reply *reply)
{
	reply_clear(reply);
	free(reply->bytes);
	memset(reply, 0, sizeof(*reply));
}
