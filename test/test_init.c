/*
 * Making an office: whole, private, or not at all.
 */
#include "test/house.h"

#include <dirent.h>
#include <sys/stat.h>

/* A folder for the tests of init. */
struct place {
	char dir[64], office[128], sheet[128];
	struct mr_office_new new;
	struct mr_recovery_sheet words;
	struct mr_error error;
};

static int
place_setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	assert_non_null(p);
	snprintf(p->dir, sizeof(p->dir), "/tmp/mailroom-init-XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	snprintf(p->office, sizeof(p->office), "%s/office", p->dir);
	snprintf(p->sheet, sizeof(p->sheet), "%s/sheet.pdf", p->dir);
	p->new = house_office(HOUSE_NOW);
	p->new.dir = p->office;
	*state = p;
	return 0;
}

/* How many names a folder has; -1: there is none. */
static int
names(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	int n = 0;

	if (d == NULL)
		return -1;
	while ((entry = readdir(d)) != NULL)
		n += strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0;
	closedir(d);
	return n;
}

static void
empty(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	char path[512];

	while (d != NULL && (entry = readdir(d)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%.200s", dir, entry->d_name);
		if (unlink(path) != 0 && rmdir(path) != 0)
			empty(path);
	}
	if (d != NULL)
		closedir(d);
	rmdir(dir);
}

static int
place_teardown(void **state)
{
	struct place *p = *state;

	empty(p->office);
	empty(p->dir);
	free(p);
	return 0;
}

static enum mr_status
init(struct place *p)
{
	return mr_office_init(&p->new, &p->words, &p->error);
}

static mode_t
mode_of(const char *dir, const char *name)
{
	char path[256];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static void
init_makes_a_private_folder_and_a_sheet_for_the_safe(void **state)
{
	struct place *p = *state;
	char head[5] = "";
	char path[256];
	FILE *f;

	p->new.sheet = mr_recovery_sheet_file;
	if (init(p) != MR_OK)
		fail_msg("%s", p->error.message);
	assert_int_equal(mode_of(p->office, ""), 0700);
	assert_int_equal(mode_of(p->office, "mailroom.db"), 0600);
	assert_int_equal(mode_of(p->office, "office.key"), 0600);
	assert_int_equal(mode_of(p->office, "recovery-sheet.pdf"), 0600);
	assert_int_equal(names(p->office), 3);
	assert_int_equal(names(p->dir), 1);
	snprintf(path, sizeof(path), "%s/recovery-sheet.pdf", p->office);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fread(head, 1, 4, f), 4);
	fclose(f);
	assert_string_equal(head, "%PDF");
}

static void
init_never_touches_what_is_there(void **state)
{
	struct place *p = *state;
	char path[256];

	/* An empty folder may be filled. */
	assert_int_equal(mkdir(p->office, 0755), 0);
	assert_int_equal(init(p), MR_OK);
	assert_int_equal(mode_of(p->office, ""), 0700);
	/* An office may not. */
	assert_int_equal(init(p), MR_REFUSED);
	assert_non_null(strstr(p->error.message, "never over another"));
	assert_int_equal(names(p->office), 2);
	empty(p->office);
	/* Nor a folder with anything in it, nor a file. */
	assert_int_equal(mkdir(p->office, 0700), 0);
	snprintf(path, sizeof(path), "%s/.keep", p->office);
	fclose(fopen(path, "w"));
	assert_int_equal(init(p), MR_REFUSED);
	unlink(path);
	rmdir(p->office);
	fclose(fopen(p->office, "w"));
	assert_int_equal(init(p), MR_REFUSED);
	unlink(p->office);
	assert_int_equal(names(p->dir), 0);
}

static enum mr_status
no_paper(const struct mr_office_new *new, const char *folder,
    const struct mr_recovery_sheet *sheet, struct mr_error *error)
{
	(void)new;
	/* All is there by now. */
	assert_true(names(folder) >= 2);
	assert_int_equal(strlen(sheet->group[8]), 11);
	error->status = MR_IO;
	snprintf(error->message, sizeof(error->message), "no paper");
	return MR_IO;
}

static void
an_init_that_fails_leaves_nothing_behind(void **state)
{
	struct place *p = *state;
	const struct mr_office_new good = p->new;

	p->new.zone = "Mars/Olympus";
	assert_int_equal(init(p), MR_INVALID);
	p->new = good;
	p->new.passphrase = "too short";
	assert_int_equal(init(p), MR_INVALID);
	p->new = good;
	p->new.coordinator = "admin";
	assert_int_equal(init(p), MR_INVALID);
	p->new = good;
	p->new.coordinator = "ruth ann";
	assert_int_equal(init(p), MR_INVALID);
	p->new = good;
	p->new.city = "  ";
	assert_int_equal(init(p), MR_INVALID);
	p->new = good;
	p->new.name = "Bridge\x1b[2JLetters";
	assert_int_equal(init(p), MR_INVALID);
	p->new = good;
	p->new.dir = "/nowhere-at-all/office";
	assert_int_equal(init(p), MR_NOTFOUND);
	p->new = good;
	p->new.sheet = no_paper;
	assert_int_equal(init(p), MR_IO);
	assert_string_equal(p->error.message, "no paper");
	p->new.sheet = mr_recovery_sheet_file;
	p->new.recovery = p->sheet;
	fclose(fopen(p->sheet, "w"));
	assert_int_equal(init(p), MR_REFUSED);
	assert_int_equal(unlink(p->sheet), 0);
	assert_int_equal(names(p->dir), 0);
	p->new = good;
	assert_int_equal(init(p), MR_OK);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(init_makes_a_private_folder_and_a_sheet_for_the_safe),
	    TEST(init_never_touches_what_is_there),
	    TEST(an_init_that_fails_leaves_nothing_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
