/* A document of the office and its wording.  See paper.h. */
#include "lib/paper.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/handle.h"
#include "lib/printer.h"
#include "lib/setting.h"
#include "lib/text.h"
#include "lib/when.h"

#define FILE_MOST (256 * 1024)

struct form_date
mr_paper_date(int64_t day)
{
	struct form_date date;

	mr_day_split(day, &date.year, &date.month, &date.day);
	return date;
}

enum form_lang
mr_paper_lang(const char *language)
{
	return strcmp(language, "es") == 0 ? FORM_ES : FORM_EN;
}

struct form_text
mr_paper_ours(const char *s)
{
	return (struct form_text){s, 0, 0};
}

enum mr_status
mr_paper_fault(struct mr_call *c, const struct form_fault *fault)
{
	static const enum mr_status of[] = {
	    [FORM_OK] = MR_OK,
	    [FORM_BADTEXT] = MR_REFUSED,
	    [FORM_LEAK] = MR_REFUSED,
	    [FORM_NOFONT] = MR_IO,
	    [FORM_TOOLONG] = MR_REFUSED,
	    [FORM_BADSTOCK] = MR_INVALID,
	    [FORM_WORDING] = MR_INVALID,
	    [FORM_BADVALUE] = MR_REFUSED,
	    [FORM_NOMEM] = MR_NOMEM,
	    [FORM_WRITE] = MR_NOMEM,
	    [FORM_INTERNAL] = MR_BUG,
	};

	return mr_fail(c, of[fault->status], "%s", fault->message);
}

int
mr_paper_hold(const struct form_fault *fault)
{
	switch (fault->status) {
	case FORM_LEAK:
		return MR_R_LEAK;
	case FORM_BADTEXT:
	case FORM_TOOLONG:
	case FORM_BADVALUE:
		return MR_R_UNPRINTABLE;
	default:
		return 0;
	}
}

/* Each line: what no form can show would otherwise hold letter by letter. */
static enum mr_status
check_text(struct mr_call *c, const char *name, const char *text)
{
	struct mr_text_fault fault;
	size_t len;
	int line = 1;

	for (; *text != '\0'; text += len + (text[len] == '\n'), line++) {
		len = strcspn(text, "\n");
		if (mr_text_check(
			text, len, MR_TEXT_TAB | MR_TEXT_LINES, &fault) != 0)
			return mr_fail(c, MR_INVALID,
			    "forms/%s:%d: %s; save the file as UTF-8", name,
			    line, fault.message);
	}
	return MR_OK;
}

enum mr_status
mr_paper_file(struct mr_call *c, const char *name, const char **text)
{
	const char *path = mr_printf(c->arena, "%s/forms/%s", c->mr->dir, name);
	char *buf = NULL;
	struct stat st;
	ssize_t n = -1;
	int fd;

	*text = NULL;
	if (path == NULL)
		return mr_nomem(c);
	/* A pipe in the place of a file would be waited for. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 && errno == ENOENT)
		return MR_OK;
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (buf = mr_alloc(c->arena, FILE_MOST + 1)) != NULL)
		n = read(fd, buf, FILE_MOST + 1);
	if (fd >= 0)
		close(fd);
	if (n < 0 || n > FILE_MOST)
		return mr_fail(c, MR_IO, "forms/%s cannot be read", name);
	buf[n] = '\0';
	/* A file with a NUL in it would seem to end there. */
	if (strlen(buf) != (size_t)n)
		return mr_fail(c, MR_INVALID,
		    "forms/%s is not a text; save it as UTF-8", name);
	/* The mark that some editors put in front. */
	if (strncmp(buf, "\xEF\xBB\xBF", 3) == 0)
		buf += 3;
	*text = buf;
	return check_text(c, name, buf);
}

/* How far off the printer prints that this is for. */
static enum mr_status
find_shift(struct mr_call *c, struct form_shift *shift)
{
	struct mr_printer printer;
	enum mr_status status;

	if (c->printer == NULL)
		return MR_OK;
	status = mr_printer_named(c, c->printer, &printer);
	if (status != MR_OK)
		return status;
	if (printer.id == 0 && !c->queue)
		return mr_fail(c, MR_NOTFOUND,
		    "nothing is known of a printer '%.60s'; 'mailroom printer "
		    "list' shows those that are",
		    c->printer);
	*shift = (struct form_shift){(double)printer.shift_x / 100,
	    (double)printer.shift_y / 100,
	    (double)printer.scale_x / MR_SCALE_TRUE,
	    (double)printer.scale_y / MR_SCALE_TRUE};
	return MR_OK;
}

enum mr_status
mr_paper_wording(struct mr_call *c, struct form_setup *setup)
{
	enum mr_status status;

	setup->wording_name[FORM_EN] = "forms/wording-en.txt";
	setup->wording_name[FORM_ES] = "forms/wording-es.txt";
	status = mr_paper_file(c, "wording-en.txt", &setup->wording[FORM_EN]);
	if (status == MR_OK)
		status = mr_paper_file(
		    c, "wording-es.txt", &setup->wording[FORM_ES]);
	return status;
}

enum mr_status
mr_paper_setup(struct mr_call *c, struct form_setup *setup)
{
	int64_t paper = 0, language = 0;
	enum mr_status status = mr_setting_int(c, MR_SET_PAPER, &paper);

	*setup = (struct form_setup){
	    .office = {c->site->name, c->site->street, c->site->city,
		c->site->state, c->site->zip},
	    .layout_name = "forms/layout.txt",
	};
	if (status == MR_OK)
		status = mr_setting_int(c, MR_SET_LANGUAGE, &language);
	if (status == MR_OK)
		status = mr_paper_wording(c, setup);
	if (status == MR_OK)
		status = mr_paper_file(c, "layout.txt", &setup->layout);
	setup->paper = paper == 1 ? FORM_A4 : FORM_LETTER;
	setup->lang = language == 1 ? FORM_ES : FORM_EN;
	return status;
}

enum mr_status
mr_paper_open(struct mr_call *c, struct form_doc **doc)
{
	struct form_fault fault = {0};
	struct form_setup setup;
	enum mr_status status = mr_paper_setup(c, &setup);

	if (status == MR_OK)
		status = find_shift(c, &setup.shift);
	if (status != MR_OK)
		return status;
	*doc = form_open(&setup, &fault);
	return *doc != NULL ? MR_OK : mr_paper_fault(c, &fault);
}

/* Bytes come in pieces; what was copied before is wiped with the arena. */
struct gather {
	struct mr_arena *arena;
	char *bytes;
	size_t len, size;
};

static int
gather(void *to, const void *bytes, size_t len)
{
	struct gather *g = to;

	if (len > g->size - g->len) {
		size_t size = (g->size + len) * 2;
		char *more = mr_alloc(g->arena, size);

		if (more == NULL)
			return -1;
		if (g->len > 0)
			memcpy(more, g->bytes, g->len);
		g->bytes = more;
		g->size = size;
	}
	memcpy(g->bytes + g->len, bytes, len);
	g->len += len;
	return 0;
}

enum mr_status
mr_paper_finish(
    struct mr_call *c, struct form_doc *doc, const void **bytes, size_t *len)
{
	struct gather g = {.arena = c->arena};
	struct form_fault fault = {0};

	if (form_finish(doc, gather, &g, &fault) != FORM_OK)
		return mr_paper_fault(c, &fault);
	*bytes = g.bytes;
	*len = g.len;
	return MR_OK;
}

enum mr_status
mr_paper_give(struct mr_call *c, struct form_doc *doc, const char *name,
    enum mr_status status, struct mr_out *out)
{
	const void *bytes = NULL;
	size_t len = 0;

	if (status == MR_OK)
		status = mr_paper_finish(c, doc, &bytes, &len);
	if (status == MR_OK)
		out->document(out, name, "application/pdf", bytes, len, 0);
	form_free(doc);
	return status;
}
