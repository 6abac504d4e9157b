/*
 * The office key file: it comes back as written, is never written over, and
 * every way in which it can be wrong has its own answer.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/keys.h"

static const unsigned char ours[16] = "our own office!";
static const unsigned char theirs[16] = "another office!";

struct place {
	char dir[64], path[128];
	struct mr_keys *keys;
	struct mr_error error;
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	assert_non_null(p);
	snprintf(p->dir, sizeof(p->dir), "/tmp/mailroom-keys-XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	snprintf(p->path, sizeof(p->path), "%s/office.key", p->dir);
	p->keys = mr_keys_new(ours);
	assert_non_null(p->keys);
	assert_int_equal(mr_keys_write(p->path, p->keys, &p->error), MR_OK);
	*state = p;
	return 0;
}

/* How many names are in the folder. */
static int
names(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	int n = 0;

	assert_non_null(d);
	while ((entry = readdir(d)) != NULL)
		n += entry->d_name[0] != '.';
	closedir(d);
	return n;
}

static int
teardown(void **state)
{
	struct place *p = *state;

	mr_keys_free(p->keys);
	unlink(p->path);
	assert_int_equal(rmdir(p->dir), 0);
	free(p);
	return 0;
}

static enum mr_status
read_back(struct place *p, const unsigned char office[16])
{
	struct mr_keys *keys = NULL;
	enum mr_status status;

	memset(&p->error, 0, sizeof(p->error));
	status = mr_keys_read(p->path, office, &keys, &p->error);
	if (status == MR_OK)
		assert_memory_equal(keys, p->keys, sizeof(*keys));
	else
		assert_null(keys);
	mr_keys_free(keys);
	return status;
}

static size_t
slurp(struct place *p, char *text, size_t size)
{
	FILE *f = fopen(p->path, "r");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, size, f);
	fclose(f);
	return n;
}

static void
spill(struct place *p, const char *text, size_t len)
{
	FILE *f = fopen(p->path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void
keys_come_back_as_they_were_written(void **state)
{
	struct place *p = *state;
	struct stat st;

	assert_int_equal(read_back(p, ours), MR_OK);
	assert_int_equal(stat(p->path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(names(p->dir), 1);
}

static void
two_offices_never_get_the_same_keys(void **state)
{
	struct place *p = *state;
	struct mr_keys *other = mr_keys_new(ours);

	assert_non_null(other);
	assert_memory_not_equal(other->code, p->keys->code, 16);
	assert_memory_not_equal(other->tag, p->keys->tag, 32);
	assert_memory_not_equal(other->sign, p->keys->sign, 64);
	mr_keys_free(other);
}

static void
an_existing_file_is_never_written_over(void **state)
{
	struct place *p = *state;
	struct mr_keys *other = mr_keys_new(ours);

	assert_int_equal(mr_keys_write(p->path, other, &p->error), MR_REFUSED);
	assert_non_null(strstr(p->error.message, "never written over"));
	mr_keys_free(other);
	assert_int_equal(read_back(p, ours), MR_OK);
	assert_int_equal(names(p->dir), 1);
}

static void
every_changed_byte_is_seen(void **state)
{
	struct place *p = *state;
	char text[1024];
	size_t len = slurp(p, text, sizeof(text));

	assert_in_range(len, 300, 500);
	for (size_t i = 0; i < len; i++) {
		enum mr_status status;

		text[i] ^= i % 2 ? 0x20 : 0x01;
		spill(p, text, len);
		status = read_back(p, ours);
		assert_int_equal(status, MR_DAMAGED);
		text[i] ^= i % 2 ? 0x20 : 0x01;
	}
	spill(p, text, len);
	assert_int_equal(read_back(p, ours), MR_OK);
}

static void
every_cut_and_anything_added_is_seen(void **state)
{
	struct place *p = *state;
	char text[2048];
	size_t len = slurp(p, text, sizeof(text));

	for (size_t i = 0; i < len; i += 7) {
		spill(p, text, i);
		assert_int_equal(read_back(p, ours), MR_DAMAGED);
	}
	memset(text + len, '\n', sizeof(text) - len);
	spill(p, text, len + 1);
	assert_int_equal(read_back(p, ours), MR_DAMAGED);
	spill(p, text, sizeof(text));
	assert_int_equal(read_back(p, ours), MR_DAMAGED);
}

static void
a_file_that_others_may_read_is_refused_with_the_cure(void **state)
{
	static const mode_t bad[] = {0640, 0604, 0620, 0602, 0644, 0666, 0610};
	struct place *p = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(chmod(p->path, bad[i]), 0);
		assert_int_equal(read_back(p, ours), MR_DENIED);
		assert_non_null(strstr(p->error.message, "chmod 600"));
	}
	assert_int_equal(chmod(p->path, 0400), 0);
	assert_int_equal(read_back(p, ours), MR_OK);
}

static void
the_key_file_of_another_office_is_told_apart(void **state)
{
	struct place *p = *state;

	assert_int_equal(read_back(p, theirs), MR_REFUSED);
	assert_non_null(strstr(p->error.message, "another office"));
}

static void
a_missing_file_names_the_way_back(void **state)
{
	struct place *p = *state;

	unlink(p->path);
	assert_int_equal(read_back(p, ours), MR_NOTFOUND);
	assert_non_null(strstr(p->error.message, "office recover"));
}

static void
what_is_no_ordinary_file_is_refused_without_waiting(void **state)
{
	struct place *p = *state;
	char aside[256];

	snprintf(aside, sizeof(aside), "%s/aside", p->dir);
	assert_int_equal(rename(p->path, aside), 0);
	assert_int_equal(symlink(aside, p->path), 0);
	assert_int_equal(read_back(p, ours), MR_DAMAGED);
	assert_non_null(strstr(p->error.message, "symbolic link"));
	unlink(p->path);
	assert_int_equal(mkfifo(p->path, 0600), 0);
	assert_int_equal(read_back(p, ours), MR_DAMAGED);
	unlink(p->path);
	assert_int_equal(mkdir(p->path, 0700), 0);
	assert_int_equal(read_back(p, ours), MR_DAMAGED);
	rmdir(p->path);
	unlink(aside);
}

static void
a_file_that_does_not_fit_on_the_disk_leaves_nothing(void **state)
{
	struct place *p = *state;
	struct rlimit before, small;
	enum mr_status status;

	unlink(p->path);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 100;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	status = mr_keys_write(p->path, p->keys, &p->error);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(status, MR_IO);
	assert_int_equal(names(p->dir), 0);
}

static void
a_folder_that_is_not_there_is_told(void **state)
{
	struct place *p = *state;
	char path[256];

	snprintf(path, sizeof(path), "%s/nowhere/office.key", p->dir);
	assert_int_equal(mr_keys_write(path, p->keys, &p->error), MR_IO);
	assert_non_null(strstr(p->error.message, "was not written"));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(keys_come_back_as_they_were_written),
	    TEST(two_offices_never_get_the_same_keys),
	    TEST(an_existing_file_is_never_written_over),
	    TEST(every_changed_byte_is_seen),
	    TEST(every_cut_and_anything_added_is_seen),
	    TEST(a_file_that_others_may_read_is_refused_with_the_cure),
	    TEST(the_key_file_of_another_office_is_told_apart),
	    TEST(a_missing_file_names_the_way_back),
	    TEST(what_is_no_ordinary_file_is_refused_without_waiting),
	    TEST(a_file_that_does_not_fit_on_the_disk_leaves_nothing),
	    TEST(a_folder_that_is_not_there_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
