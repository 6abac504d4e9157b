/*
 * The file behind -o: whole or not there, numbered when there are several,
 * closed to others when it is secret.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/paper.h"

/* An empty folder that the test stands in. */
static int
setup(void **state)
{
	char *folder = strdup("/tmp/paper-XXXXXX");

	if (folder == NULL || mkdtemp(folder) == NULL || chdir(folder) != 0)
		return -1;
	umask(022);
	*state = folder;
	return 0;
}

static int
is_dot(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* How many files there are; they are removed when told so. */
static int
count_files(int remove_them)
{
	DIR *dir = opendir(".");
	struct dirent *entry;
	int n = 0;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		if (is_dot(entry->d_name))
			continue;
		n++;
		if (remove_them)
			unlink(entry->d_name);
	}
	if (dir != NULL)
		closedir(dir);
	return n;
}

static int
teardown(void **state)
{
	count_files(1);
	rmdir(*state);
	free(*state);
	return chdir("/");
}

static void
assert_file(const char *path, const char *text, unsigned mode)
{
	char buf[64] = "";
	FILE *file = fopen(path, "r");
	struct stat st;

	assert_non_null(file);
	assert_int_equal(fread(buf, 1, sizeof(buf) - 1, file), strlen(text));
	fclose(file);
	assert_string_equal(buf, text);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, mode);
}

static void
an_unfinished_file_leaves_nothing_behind(void **state)
{
	struct paper paper;

	(void)state;
	assert_int_equal(paper_open(&paper, "list.csv", 0), 0);
	assert_int_equal(paper_write(&paper, "half", 4), 0);
	paper_close(&paper);
	paper_close(&paper);
	assert_int_equal(count_files(0), 0);
}

static void
a_finished_file_takes_the_place_of_the_old_one(void **state)
{
	struct paper paper;

	(void)state;
	assert_int_equal(paper_open(&paper, "list.csv", 0), 0);
	assert_int_equal(paper_write(&paper, "old", 3), 0);
	assert_int_equal(paper_finish(&paper), 0);
	assert_int_equal(paper_open(&paper, "list.csv", 0), 0);
	assert_int_equal(paper_write(&paper, "ne", 2), 0);
	assert_file("list.csv", "old", 0644);
	assert_int_equal(paper_write(&paper, "w", 1), 0);
	assert_int_equal(paper_finish(&paper), 0);
	paper_close(&paper);
	assert_file("list.csv", "new", 0644);
	assert_int_equal(count_files(0), 1);
}

static void
several_documents_are_numbered(void **state)
{
	struct paper paper;

	(void)state;
	assert_int_equal(paper_open(&paper, "run.pdf", 0), 0);
	assert_int_equal(
	    paper_document(&paper, "a", "application/pdf", "one", 3, 0), 0);
	assert_int_equal(
	    paper_document(&paper, "b", "application/pdf", "two", 3, 0), 0);
	assert_int_equal(
	    paper_document(&paper, "c", "application/pdf", "three", 5, 0), 0);
	paper_close(&paper);
	assert_file("run.pdf", "one", 0644);
	assert_file("run-2.pdf", "two", 0644);
	assert_file("run-3.pdf", "three", 0644);
	assert_int_equal(count_files(0), 3);
}

static void
a_place_for_one_more_file_is_looked_for_before_it_is_made(void **state)
{
	struct paper paper;

	(void)state;
	assert_int_equal(mkdir("run-2.pdf", 0755), 0);
	assert_int_equal(paper_open(&paper, "run.pdf", 0), 0);
	assert_int_equal(
	    paper_document(&paper, "a", "application/pdf", "one", 3, 0), 0);
	assert_int_equal(paper_next(&paper), -1);
	assert_non_null(strstr(paper.error.message, "run-2.pdf"));
	paper_close(&paper);
	assert_int_equal(rmdir("run-2.pdf"), 0);

	assert_int_equal(paper_open(&paper, "run.pdf", 0), 0);
	assert_int_equal(
	    paper_document(&paper, "a", "application/pdf", "one", 3, 0), 0);
	assert_int_equal(paper_next(&paper), 0);
	assert_int_equal(
	    paper_document(&paper, "b", "application/pdf", "two", 3, 0), 0);
	assert_file("run-2.pdf", "two", 0644);
	/* And none where nothing more came. */
	assert_int_equal(paper_next(&paper), 0);
	paper_close(&paper);
	assert_int_equal(count_files(0), 2);
}

static void
a_secret_document_is_closed_to_others(void **state)
{
	struct paper paper;

	(void)state;
	assert_int_equal(paper_open(&paper, "labels.pdf", 1), 0);
	assert_int_equal(
	    paper_document(&paper, "a", "application/pdf", "one", 3, 1), 0);
	paper_close(&paper);
	assert_file("labels.pdf", "one", 0600);
}

static void
a_full_device_is_told_with_the_path(void **state)
{
	struct paper paper;

	(void)state;
	assert_int_equal(paper_open(&paper, "/dev/full", 0), 0);
	assert_int_equal(paper_write(&paper, "x", 1), -1);
	assert_int_equal(paper.error.status, MR_FULL);
	assert_non_null(strstr(paper.error.message, "/dev/full"));
	paper_close(&paper);
}

static void
a_missing_folder_is_told_before_anything_runs(void **state)
{
	struct paper paper;

	(void)state;
	assert_int_equal(paper_open(&paper, "missing/list.csv", 0), -1);
	assert_int_equal(paper.error.status, MR_IO);
	paper_close(&paper);
}

static void
a_symbolic_link_is_followed(void **state)
{
	struct paper paper;
	struct stat st;

	(void)state;
	assert_int_equal(paper_open(&paper, "real", 0), 0);
	assert_int_equal(paper_finish(&paper), 0);
	assert_int_equal(symlink("real", "link"), 0);
	assert_int_equal(paper_open(&paper, "link", 0), 0);
	assert_int_equal(paper_write(&paper, "x", 1), 0);
	assert_int_equal(paper_finish(&paper), 0);
	paper_close(&paper);
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_file("real", "x", 0644);
}

/* Addresses in a hidden file would be there for ever. */
static void
a_killed_program_leaves_nothing_behind(void **state)
{
	int how = 0;
	pid_t pid;

	(void)state;
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct paper paper;

		if (paper_open(&paper, "sheets.pdf", 1) == 0 &&
		    paper_write(&paper, "Marzipan", 8) == 0)
			kill(getpid(), SIGKILL);
		_exit(1);
	}
	assert_int_equal(waitpid(pid, &how, 0), pid);
	assert_true(WIFSIGNALED(how));
	assert_int_equal(count_files(0), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(an_unfinished_file_leaves_nothing_behind),
	    TEST(a_killed_program_leaves_nothing_behind),
	    TEST(a_finished_file_takes_the_place_of_the_old_one),
	    TEST(several_documents_are_numbered),
	    TEST(a_place_for_one_more_file_is_looked_for_before_it_is_made),
	    TEST(a_secret_document_is_closed_to_others),
	    TEST(a_full_device_is_told_with_the_path),
	    TEST(a_missing_folder_is_told_before_anything_runs),
	    TEST(a_symbolic_link_is_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
