/*
 * A page's operators as bytes.  See content.h.
 */
#include "forms/content.h"

#include <math.h>
#include <string.h>

#include "forms/utf8.h"

#define LEVEL 5
#define WINDOW 14 /* a page of text and codes has about 8 KiB */
#define MEMORY 8

void
content_start(struct content *content)
{
	bytes_clear(&content->s);
	bytes_clear(&content->packed);
	content->failed = 0;
}

static void
put(struct content *content, const char *s, size_t n)
{
	if (!content->failed && bytes_add(&content->s, s, n) != 0)
		content->failed = 1;
}

void
content_put(struct content *content, const char *s)
{
	put(content, s, strlen(s));
}

void
content_number(struct content *content, double value, int decimals)
{
	static const long scales[] = {1, 10, 100, 1000, 10000, 100000};
	char s[32], *at = s + sizeof(s);
	long n = lround(value * (double)scales[decimals]);
	unsigned long left = n < 0 ? -(unsigned long)n : (unsigned long)n;

	*--at = ' ';
	for (; decimals > 0 && left % 10 == 0; decimals--)
		left /= 10;
	if (decimals > 0) {
		for (; decimals > 0; decimals--, left /= 10)
			*--at = (char)('0' + left % 10);
		*--at = '.';
	}
	for (; left > 0 || *at == ' '; left /= 10)
		*--at = (char)('0' + left % 10);
	if (n < 0)
		*--at = '-';
	put(content, at, (size_t)(s + sizeof(s) - at));
}

/* A byte of a string; a bare CR would be read as LF. */
static char *
string_byte(char *to, unsigned char byte)
{
	if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
		*to++ = '\\';
	*to++ = byte == '\r' ? 'r' : (char)byte;
	return to;
}

void
content_string(struct content *content, const char *s, size_t n)
{
	char part[128], *at = part;
	size_t i, len;
	uint32_t c;

	*at++ = '(';
	for (i = 0; i < n; i += len) {
		c = utf8_get(s + i, n - i, &len);
		at = string_byte(at, (unsigned char)(c >> 8 & 0xFF));
		at = string_byte(at, (unsigned char)(c & 0xFF));
		if ((size_t)(at - part) < sizeof(part) - 5)
			continue;
		put(content, part, (size_t)(at - part));
		at = part;
	}
	*at++ = ')';
	put(content, part, (size_t)(at - part));
	explicit_bzero(part, sizeof(part));
}

static void *
take(void *opaque, unsigned n, unsigned size)
{
	(void)opaque;
	return mem_alloc((size_t)n * size);
}

static void
give_back(void *opaque, void *p)
{
	(void)opaque;
	mem_free(p);
}

/* Made once: clearing it is a tenth of the work of making it. */
static int
zip_ready(struct content *content)
{
	z_stream *zip = &content->zip;

	if (content->opened)
		return deflateReset(zip) == Z_OK;
	zip->zalloc = take;
	zip->zfree = give_back;
	content->opened = deflateInit2(zip, LEVEL, Z_DEFLATED, WINDOW, MEMORY,
			      Z_DEFAULT_STRATEGY) == Z_OK;
	return content->opened;
}

const struct bytes *
content_pack(struct content *content)
{
	z_stream *zip = &content->zip;
	size_t room;

	if (content->failed || !zip_ready(content))
		return NULL;
	room = deflateBound(zip, content->s.len);
	if (bytes_add(&content->packed, NULL, room) != 0)
		return NULL;
	zip->next_in = (unsigned char *)content->s.p;
	zip->avail_in = (unsigned)content->s.len;
	zip->next_out = (unsigned char *)content->packed.p;
	zip->avail_out = (unsigned)room;
	if (deflate(zip, Z_FINISH) != Z_STREAM_END)
		return NULL;
	content->packed.len = zip->total_out;
	return &content->packed;
}

void
content_free(struct content *content)
{
	if (content->opened)
		deflateEnd(&content->zip);
	content->opened = 0;
	bytes_free(&content->s);
	bytes_free(&content->packed);
}
