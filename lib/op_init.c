/*
 * The recovery sheet of `init` on paper: the only part of making an office
 * that draws.
 */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "forms/forms.h"
#include "lib/call.h"
#include "lib/file.h"
#include "lib/office.h"
#include "lib/when.h"

#define PATH_SIZE 4096

/* The groups in a row, for a scanner that types. */
static void
join_groups(const struct mr_recovery_sheet *sheet, char *out, size_t size)
{
	size_t len = 0;

	for (int i = 0; i < MR_RECOVERY_GROUPS; i++)
		len += (size_t)snprintf(out + len, size - len, "%s%s",
		    i > 0 ? " " : "", sheet->group[i]);
}

static enum mr_status
draw(struct form_doc *doc, const struct mr_recovery_sheet *sheet,
    struct form_fault *fault)
{
	char payload[MR_RECOVERY_GROUPS * 16];
	const char *groups[MR_RECOVERY_GROUPS];
	struct form_recovery form = {.groups = groups,
	    .count = MR_RECOVERY_GROUPS,
	    .office_id = {.s = sheet->office},
	    .payload = payload};
	enum form_status status;

	mr_day_split(
	    sheet->day, &form.date.year, &form.date.month, &form.date.day);
	for (int i = 0; i < MR_RECOVERY_GROUPS; i++)
		groups[i] = sheet->group[i];
	join_groups(sheet, payload, sizeof(payload));
	status = form_recovery_add(doc, &form, fault);
	sodium_memzero(payload, sizeof(payload));
	return status == FORM_OK ? MR_OK : MR_IO;
}

static int
is(const char *given, const char *word)
{
	return given != NULL && strcasecmp(given, word) == 0;
}

enum mr_status
mr_recovery_sheet_pdf(const struct mr_office_new *new,
    const struct mr_recovery_sheet *sheet, mr_write write, void *to,
    struct mr_error *error)
{
	struct form_setup setup = {
	    .paper = is(new->paper, "a4") ? FORM_A4 : FORM_LETTER,
	    .lang = is(new->language, "es") ? FORM_ES : FORM_EN,
	    .office = {
		new->name, new->street, new->city, new->state, new->zip}};
	struct form_fault fault = {.status = FORM_OK};
	struct form_doc *doc = form_open(&setup, &fault);
	enum mr_status status = doc != NULL ? MR_OK : MR_IO;

	if (status == MR_OK)
		status = draw(doc, sheet, &fault);
	if (status == MR_OK && form_finish(doc, write, to, &fault) != FORM_OK)
		status = MR_IO;
	form_free(doc);
	if (status != MR_OK)
		return mr_error(error, MR_IO,
		    "the recovery sheet cannot be drawn, so no office is "
		    "made: %s",
		    fault.message);
	return MR_OK;
}

static int
write_fd(void *to, const void *bytes, size_t len)
{
	return mr_write_all(*(int *)to, bytes, len);
}

static enum mr_status
create_fault(const char *path, struct mr_error *error)
{
	if (errno == EEXIST)
		return mr_error(error, MR_REFUSED,
		    "%s is there already; name another file for the recovery "
		    "sheet",
		    path);
	return mr_error(
	    error, MR_IO, "%s cannot be written: %s", path, strerror(errno));
}

enum mr_status
mr_recovery_sheet_file(const struct mr_office_new *new, const char *folder,
    const struct mr_recovery_sheet *sheet, struct mr_error *error)
{
	char path[PATH_SIZE];
	enum mr_status status;
	int fd, n;

	if (new->recovery != NULL)
		n = snprintf(path, sizeof(path), "%s", new->recovery);
	else
		n = snprintf(
		    path, sizeof(path), "%s/recovery-sheet.pdf", folder);
	if (n < 0 || (size_t)n >= sizeof(path))
		return mr_error(error, MR_USAGE,
		    "the name of the recovery sheet is too long");
	fd = open(
	    path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return create_fault(path, error);
	status = mr_recovery_sheet_pdf(new, sheet, write_fd, &fd, error);
	if (status == MR_OK && fsync(fd) != 0)
		status = create_fault(path, error);
	close(fd);
	if (status != MR_OK)
		unlink(path);
	return status;
}
