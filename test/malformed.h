/*
 * Requests that are none, byte by byte, for test_malformed.c.  $S stands for
 * the headers of somebody who is signed in, $L for a run of x that is longer
 * than anything may be.
 */
#ifndef TEST_MALFORMED_H
#define TEST_MALFORMED_H

#include <stddef.h>

#define HOST "Host: 127.0.0.1\r\n"
#define END "Connection: close\r\n\r\n"

#define ROW(name, bytes) \
	{ \
		name, bytes, sizeof(bytes) - 1 \
	}
struct row {
	const char *name, *bytes;
	size_t len;
};

static const struct row rows[] = {
    /* the request line */
    ROW("a request line without end", "GET /$L"),
    ROW("a long path", "GET /api/$L HTTP/1.1\r\n" HOST "$S" END),
    ROW("a long query",
	"GET /api/letter/list?state=$L HTTP/1.1\r\n" HOST "$S" END),
    ROW("a long method", "$L /api HTTP/1.1\r\n" HOST END),
    ROW("a method of ours",
	"ZEBRA /api/letter/list HTTP/1.1\r\n" HOST "$S" END),
    ROW("TRACE", "TRACE /api/letter/list HTTP/1.1\r\n" HOST "$S" END),
    ROW("CONNECT", "CONNECT 127.0.0.1:25 HTTP/1.1\r\n" HOST "$S" END),
    ROW("OPTIONS *", "OPTIONS * HTTP/1.1\r\n" HOST "$S" END),
    ROW("a method in small letters",
	"get /api/letter/list HTTP/1.1\r\n" HOST "$S" END),
    ROW("an absolute address",
	"GET http://127.0.0.1/api/letter/list HTTP/1.1\r\n" HOST "$S" END),
    ROW("an address of elsewhere",
	"GET http://ZEBRA.example/api/letter/list HTTP/1.1\r\n" HOST "$S" END),
    ROW("no version", "GET /api/letter/list\r\n\r\n"),
    ROW("no version, signed in", "GET /api/letter/list\r\n$S" END),
    ROW("half a version", "GET /api/letter/list HTTP/\r\n" HOST "$S" END),
    ROW("version 9", "GET /api/letter/list HTTP/9.9\r\n" HOST "$S" END),
    ROW("no protocol", "GET /api/letter/list ZEBRA/1.1\r\n" HOST "$S" END),
    ROW("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"),
    ROW("TLS",
	"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03ZEBRAZEBRAZEBRAZEBRAZEBRA"
	"\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\x01\x13\x02\0\0"),
    ROW("a line of spaces", "                                    \r\n\r\n"),
    ROW("bytes", "\xff\xfe\xfd\x80\x81\x01\x02\x03\x04\r\n\r\n"),
    ROW("a NUL first", "\0GET /api/letter/list HTTP/1.1\r\n" HOST "$S" END),
    ROW("a tab in the line",
	"GET\t/api/letter/list\tHTTP/1.1\r\n" HOST "$S" END),
    ROW("a tab in the path",
	"GET /api/letter\t/list HTTP/1.1\r\n" HOST "$S" END),
    /* the path and the query */
    ROW("a path upwards",
	"GET /api/../../etc/passwd HTTP/1.1\r\n" HOST "$S" END),
    ROW("a path upwards, encoded",
	"GET /%2e%2e/%2e%2e/mailroom.db HTTP/1.1\r\n" HOST "$S" END),
    ROW("a path upwards to the key",
	"GET /..%2foffice.key HTTP/1.1\r\n" HOST "$S" END),
    ROW("a path with a backslash",
	"GET /..\\office.key HTTP/1.1\r\n" HOST "$S" END),
    ROW("two slashes", "GET //api/letter/list HTTP/1.1\r\n" HOST "$S" END),
    ROW("no slash", "GET api/letter/list HTTP/1.1\r\n" HOST "$S" END),
    ROW("a NUL in the path, encoded",
	"GET /api/letter/list%00ZEBRA HTTP/1.1\r\n" HOST "$S" END),
    ROW("a NUL in the query, encoded",
	"GET /api/letter/list?state=held%00ZEBRA HTTP/1.1\r\n" HOST "$S" END),
    ROW("a NUL in a name of the query",
	"GET /api/letter/list?state%00x=held HTTP/1.1\r\n" HOST "$S" END),
    ROW("half an escape",
	"GET /api/letter/list?state=held%2 HTTP/1.1\r\n" HOST "$S" END),
    ROW("an escape of no digits",
	"GET /api/letter/list?state=%zzheld HTTP/1.1\r\n" HOST "$S" END),
    ROW("an escape in the path",
	"GET /api/letter%2 HTTP/1.1\r\n" HOST "$S" END),
    ROW("no UTF-8",
	"GET /api/letter/list?state=%ff%fe HTTP/1.1\r\n" HOST "$S" END),
    ROW("too long, encoded",
	"GET /api/letter/list?state=%c0%af HTTP/1.1\r\n" HOST "$S" END),
    ROW("a parameter of nobody",
	"GET /api/letter/list?zebra=1 HTTP/1.1\r\n" HOST "$S" END),
    ROW("a parameter without a name",
	"GET /api/letter/list?=held HTTP/1.1\r\n" HOST "$S" END),
    ROW("a parameter twice",
	"GET /api/letter/list?state=held&state=posted HTTP/1.1\r\n" HOST
	"$S" END),
    /* headers */
    ROW("a header without end",
	"GET /api/letter/list HTTP/1.1\r\n" HOST "$SX: $L"),
    ROW("a long header",
	"GET /api/letter/list HTTP/1.1\r\n" HOST "$SX: $L\r\n" END),
    ROW("a long name of a header",
	"GET /api/letter/list HTTP/1.1\r\n" HOST "$S$L: x\r\n" END),
    ROW("a long cookie",
	"GET /api/letter/list HTTP/1.1\r\n" HOST "Cookie: mailroom=$L\r\n" END),
    ROW("a header without a colon",
	"GET /api/letter/list HTTP/1.1\r\n" HOST "$SZEBRA\r\n" END),
    ROW("a space before the colon",
	"GET /api/letter/list HTTP/1.1\r\n" HOST "$SX : ZEBRA\r\n" END),
    ROW("a NUL in a header's name",
	"GET /api/letter/list HTTP/1.1\r\n" HOST "$SX\0Y: ZEBRA\r\n" END),
    ROW("no host", "GET /api/letter/list HTTP/1.1\r\n$S" END),
/* bodies: POST /api/letter/receive would log a letter */
#define POST \
	"POST /api/letter/receive HTTP/1.1\r\n" HOST "$S" \
	"Content-Type: application/json\r\n"
#define AGAIN "GET /api HTTP/1.1\r\n" HOST END
    ROW("two lengths",
	POST "Content-Length: 2\r\nContent-Length: 14\r\n" END
	     "{\"no_id\":true}"),
    ROW("two lengths, and a request behind",
	POST "Content-Length: 14\r\nContent-Length: 64\r\n\r\n"
	     "{\"no_id\":true}" AGAIN),
    ROW("a length that is no number",
	POST "Content-Length: ZEBRA\r\n" END "{\"no_id\":true}"),
    ROW("a length below nothing",
	POST "Content-Length: -14\r\n" END "{\"no_id\":true}"),
    ROW("a length beyond all",
	POST "Content-Length: 99999999999999999999999\r\n" END
	     "{\"no_id\":true}"),
    ROW("a length in hex",
	POST "Content-Length: 0xe\r\n" END "{\"no_id\":true}"),
    ROW("two lengths in one",
	POST "Content-Length: 14, 14\r\n" END "{\"no_id\":true}"),
    ROW("length and chunks",
	POST "Content-Length: 14\r\nTransfer-Encoding: chunked\r\n\r\n"
	     "e\r\n{\"no_id\":true}\r\n0\r\n\r\n" AGAIN),
    ROW("length 4 and chunks",
	POST "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
	     "0\r\n\r\n" AGAIN),
    ROW("chunks of no number",
	POST "Transfer-Encoding: chunked\r\n" END
	     "zz\r\n{\"no_id\":true}\r\n0\r\n\r\n"),
    ROW("chunks below nothing",
	POST "Transfer-Encoding: chunked\r\n" END
	     "-e\r\n{\"no_id\":true}\r\n0\r\n\r\n"),
    ROW("a chunk beyond all",
	POST "Transfer-Encoding: chunked\r\n" END
	     "ffffffffffffffffffff\r\n{\"no_id\":true}\r\n0\r\n\r\n"),
    ROW("a chunk that is longer than it says",
	POST "Transfer-Encoding: chunked\r\n" END
	     "2\r\n{\"no_id\":true}\r\n0\r\n\r\n"),
    ROW("an encoding of nobody",
	POST "Transfer-Encoding: ZEBRA\r\n" END "{\"no_id\":true}"),
    ROW("two encodings",
	POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n" END
	     "e\r\n{\"no_id\":true}\r\n0\r\n\r\n"),
    ROW("a body of another kind",
	"POST /api/letter/receive HTTP/1.1\r\n" HOST "$S"
	"Content-Type: multipart/form-data; boundary=ZEBRA\r\n"
	"Content-Length: 14\r\n" END "{\"no_id\":true}"),
    ROW("a body of no kind",
	"POST /api/letter/receive HTTP/1.1\r\n" HOST "$S"
	"Content-Length: 14\r\n" END "{\"no_id\":true}"),
    ROW("a body without end", POST "Content-Length: 400000\r\n" END "$L$L"),
};

/* Begun, and not ended. */
static const struct row halves[] = {
    ROW("nothing", ""),
    ROW("a letter", "G"),
    ROW("nothing but ends of lines", "\r\n\r\n\r\n\r\n\r\n\r\n"),
    ROW("half a line", "GET /api HTT"),
    ROW("half a header", "GET /api HTTP/1.1\r\nHos"),
    ROW("no end of headers", "GET /api HTTP/1.1\r\n" HOST "$S"),
    ROW("less than the length",
	POST "Content-Length: 400\r\n" END "{\"no_id\":true}"),
    ROW("chunks without an end",
	POST "Transfer-Encoding: chunked\r\n" END "e\r\n{\"no_id\":true}\r\n"),
};

/* The library ends a text at a NUL, and the headers at one without a name:
 * what stands behind is as if it were not there. */
static const struct row ends[] = {
    ROW("a header without a name",
	"GET /api/letter/list HTTP/1.1\r\n" HOST
	"$SConnection: close\r\n: ZEBRA\r\n\r\n"),
    ROW("a NUL in the path",
	"GET /api/letter/list\0ZEBRA HTTP/1.1\r\n" HOST "$S" END),
    ROW("a NUL in a header",
	"GET /api/letter/list HTTP/1.1\r\n" HOST "$SX: a\0ZEBRA\r\n" END),
};

#endif
