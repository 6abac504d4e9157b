/* The targets, and what they share.  See fuzz.h. */
#include "test/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/handle.h"
#include "lib/office.h"
#include "lib/userkey.h"

const struct fuzz_target fuzz_targets[] = {{"request", fuzz_request},
    {"query", fuzz_query}, {"json", fuzz_json}, {"code", fuzz_code},
    {"payload", fuzz_payload}, {"line", fuzz_line}, {"csv", fuzz_csv},
    {"import", fuzz_import}, {"conf", fuzz_conf}};
const size_t fuzz_ntargets = sizeof(fuzz_targets) / sizeof(fuzz_targets[0]);

void
fuzz_broken(const char *file, int line)
{
	fprintf(stderr, "%s:%d: this does not hold\n", file, line);
	abort();
}

char *
fuzz_text(const uint8_t *bytes, size_t len)
{
	char *text = malloc(len + 1);

	fuzz_holds(text != NULL);
	if (len > 0)
		memcpy(text, bytes, len);
	text[len] = '\0';
	return text;
}

static char dir[] = "/tmp/mailroom-fuzz-XXXXXX";
static struct mr *office;

static void
leave(void)
{
	static const char *const files[] = {"mailroom.db", "mailroom.db-wal",
	    "mailroom.db-shm", "office.key", "mailroom.conf"};
	char path[128];

	mr_close(office);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, files[i]);
		unlink(path);
	}
	rmdir(dir);
}

static void
make_office(void)
{
	struct mr_office_new new = {.dir = dir,
	    .name = "Bridge Letters",
	    .street = "PO BOX 1138",
	    .city = "Danbury",
	    .state = "CT",
	    .zip = "06810",
	    .zone = "America/New_York",
	    .coordinator = "ruth",
	    .passphrase = "seven grey geese over the ferry"};
	struct mr_options options = {.dir = dir};
	struct mr_recovery_sheet sheet;
	struct mr_error error;

	mr_cost = (struct mr_cost){MR_COST_FLOOR_OPS, MR_COST_FLOOR_MEM};
	fuzz_holds(mkdtemp(dir) != NULL);
	fuzz_holds(mr_office_init(&new, &sheet, &error) == MR_OK);
	fuzz_holds(mr_open(&options, &office, &error) == MR_OK);
	atexit(leave);
}

struct mr *
fuzz_office(void)
{
	if (office == NULL)
		make_office();
	return office;
}

const char *
fuzz_dir(void)
{
	fuzz_office();
	return dir;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* $FUZZ names the target. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct fuzz_target *target;
	const char *name = getenv("FUZZ");

	for (size_t i = 0; target == NULL && i < fuzz_ntargets; i++)
		if (name != NULL && strcmp(fuzz_targets[i].name, name) == 0)
			target = &fuzz_targets[i];
	fuzz_holds(target != NULL);
	target->run(bytes, len);
	return 0;
}
