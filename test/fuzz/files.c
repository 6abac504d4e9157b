/* Files that people bring. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/csv.h"
#include "lib/op.h"
#include "mailroomd/conf.h"
#include "test/fuzz/fuzz.h"

void
fuzz_csv(const uint8_t *bytes, size_t len)
{
	static const struct mr_csv_column columns[] = {
	    {"code", 1}, {"name", 0}, {"zip", 0}};
	struct mr_arena *arena = mr_arena_new(1 << 24);
	struct mr_csv_fault fault = {0};
	struct mr_csv_row row;
	struct mr_csv *csv;
	int more = 0;

	fuzz_holds(arena != NULL);
	if (mr_csv_open(arena, (const char *)bytes, len, columns, 3, &csv,
		&fault) == 0) {
		while ((more = mr_csv_next(csv, &row)) > 0) {
			fuzz_holds(row.line >= 1);
			fuzz_holds(mr_csv_position(csv) <= len);
			mr_csv_refuse(csv, &row, 0, "no");
		}
		if (more < 0)
			fuzz_holds(fault.message[0] != '\0');
	} else {
		fuzz_holds(fault.message[0] != '\0');
	}
	mr_arena_free(arena);
}

struct import {
	const uint8_t *bytes;
	size_t len;
};

static const char *
get(void *arg, const char *name)
{
	(void)arg;
	return strcmp(name, "file") == 0   ? "f.csv"
	    : strcmp(name, "dry_run") == 0 ? "yes"
					   : NULL;
}

static enum mr_status
file(void *arg, const char *place, const char **bytes, size_t *len,
    struct mr_error *error)
{
	struct import *import = arg;

	(void)place, (void)error;
	*bytes = (const char *)import->bytes;
	*len = import->len;
	return MR_OK;
}

static int
passphrase(void *arg, const char *which, char *buf, size_t size)
{
	(void)arg, (void)which;
	snprintf(buf, size, "seven grey geese over the ferry");
	return 0;
}

static int
drop(void *to, const void *bytes, size_t len)
{
	(void)to, (void)bytes, (void)len;
	return 0;
}

/* The first byte says which import; nothing is kept. */
void
fuzz_import(const uint8_t *bytes, size_t len)
{
	static const char *const imports[] = {
	    "facility import", "correspondent import", "pairing import"};
	struct import import = {bytes + 1, len - 1};
	struct mr_ask ask = {
	    .arg = &import, .get = get, .file = file, .passphrase = passphrase};
	struct mr_error error = {0};
	struct mr_arena *arena;
	struct mr_out *out;

	if (len == 0)
		return;
	arena = mr_arena_new(0);
	out = mr_out_json(arena, drop, NULL, NULL);
	fuzz_holds(out != NULL);
	if (mr_op_run(fuzz_office(), mr_op_find(imports[bytes[0] % 3]), &ask,
		out, &error) == MR_OK)
		fuzz_holds(out->end(out) == 0);
	else
		fuzz_holds(error.status != MR_BUG &&
		    error.status != MR_DAMAGED && error.message[0] != '\0');
	mr_arena_free(arena);
}

/* Read a file of these bytes, and what is standard where it says nothing. */
static int
read_conf(const uint8_t *bytes, size_t len, struct conf *conf)
{
	static char dir[64], program[] = "mailroomd", office[] = "--office";
	char *argv[] = {program, office, dir, NULL}, path[96];
	int code = 0, failed;
	FILE *f;

	snprintf(dir, sizeof(dir), "%s", fuzz_dir());
	snprintf(path, sizeof(path), "%s/mailroom.conf", dir);
	f = fopen(path, "w");
	fuzz_holds(f != NULL);
	fuzz_holds(fwrite(bytes, 1, len, f) == len);
	fclose(f);
	optind = 0; /* getopt begins anew */
	failed = conf_read(3, argv, conf, &code);
	fuzz_holds(failed == 0 || code != 0);
	unlink(path);
	return failed;
}

/* They live as long as a process, which here reads many. */
static void
give(const char *value, const char *standard)
{
	if (value != standard)
		free((char *)(uintptr_t)value);
}

void
fuzz_conf(const uint8_t *bytes, size_t len)
{
	struct conf conf, standard;

	fuzz_holds(read_conf((const uint8_t *)"", 0, &standard) == 0);
	if (read_conf(bytes, len, &conf) == 0)
		fuzz_holds(conf.listen != NULL && conf.office != NULL);
	if (conf.listen != NULL)
		give(conf.listen, standard.listen);
	if (conf.key != conf.certificate)
		give(conf.key, standard.key);
	give(conf.certificate, standard.certificate);
	give(conf.metrics, standard.metrics);
	give(conf.backup, standard.backup);
	if (conf.backup_at != NULL)
		give(conf.backup_at, standard.backup_at);
}
