/*
 * A pile of stubs that were scanned one after the other.  See print.h.
 */
#include "lib/print.h"
#include "lib/tongue.h"

#include <string.h>

#define TOLD 4 /* faults that are told in full */

/* What is wrong with the pile so far. */
struct faults {
	const char *text;
	int n;
};

static enum mr_status
add_fault(struct mr_call *c, struct faults *faults, int line)
{
	const char *why = c->error->message;
	int n = (int)strnlen(why, 110);

	faults->n++;
	if (faults->n > TOLD)
		return MR_OK;
	/* A full stop comes behind the last one. */
	while (n > 0 && why[n - 1] == '.')
		n--;
	faults->text = mr_printf(c->arena, mr_say("%s%sscan %d: %.*s"),
	    faults->text, faults->n > 1 ? "; " : "", line, n, why);
	return faults->text != NULL ? MR_OK : mr_nomem(c);
}

/* A sentence about this stub, not about the office or the machine? */
static int
is_about_stub(enum mr_status status)
{
	return status == MR_NOTFOUND || status == MR_INVALID ||
	    status == MR_REFUSED || status == MR_USAGE;
}

/* The next line without blanks at its ends; NULL: no memory. */
static const char *
take_line(struct mr_call *c, const char **at, const char *end)
{
	const char *from = *at;
	const char *stop = memchr(from, '\n', (size_t)(end - from));

	if (stop == NULL)
		stop = end;
	*at = stop < end ? stop + 1 : end;
	while (from < stop && strchr(" \t\r", *from) != NULL)
		from++;
	while (from < stop && strchr(" \t\r", stop[-1]) != NULL)
		stop--;
	return mr_strndup(c->arena, from, (size_t)(stop - from));
}

enum mr_status
mr_print_pile(struct mr_call *c, const struct mr_file *pile,
    enum mr_status (*one)(struct mr_call *c, void *arg, struct mr_typed stub),
    void *arg)
{
	const char *at = pile->bytes, *end = pile->bytes + pile->len;
	struct faults faults = {"", 0};
	enum mr_status status = MR_OK;
	struct mr_typed stub;
	int scans = 0;

	while (at < end && status == MR_OK) {
		stub.s = take_line(c, &at, end);
		if (stub.s == NULL)
			return mr_nomem(c);
		if (*stub.s == '\0')
			continue;
		scans++;
		status = one(c, arg, stub);
		if (is_about_stub(status))
			status = add_fault(c, &faults, scans);
	}
	if (status != MR_OK)
		return status;
	if (scans == 0)
		return mr_fail(c, MR_USAGE,
		    "the pile is empty: scan the stubs, one a line");
	if (faults.n > TOLD)
		return mr_fail(c, MR_REFUSED,
		    "%s; and %d more. Take those out of the pile, and scan it "
		    "again; nothing was printed",
		    faults.text, faults.n - TOLD);
	if (faults.n > 0)
		return mr_fail(c, MR_REFUSED,
		    "%s. Take those out of the pile, and scan it again; "
		    "nothing was printed",
		    faults.text);
	return MR_OK;
}
