/*
 * A site is made whole or not at all: its row and the folder with its key come
 * about together, whatever breaks between; and no password is written down.
 */
#include "test/site.h"

#include <dirent.h>

#include "lib/newdir.h"
#include "lib/office.h"
#include "test/shim.h"

static int
setup(void **state)
{
	struct house *h;

	if (house_setup(state) != 0)
		return -1;
	h = *state;
	h->passphrase = HOUSE_PASSPHRASE;
	return 0;
}

static int
teardown(void **state)
{
	shim_arm(0, 0, 0);
	site_remove(*state);
	return house_teardown(state);
}

/* How many folders begin with that of the site, half made ones too. */
static int
folders(const struct house *h)
{
	char folder[200], *name = strrchr(site_folder(h, folder), '/');
	struct dirent *entry;
	int n = 0;
	DIR *d;

	*name++ = '\0';
	d = opendir(folder);
	assert_non_null(d);
	while ((entry = readdir(d)) != NULL)
		n += strncmp(entry->d_name, name, strlen(name)) == 0;
	closedir(d);
	return n;
}

static int
sites(struct house *h)
{
	return (int)house_count(h, "SELECT count(*) FROM site");
}

/* As a process that ends, and another on a sound disk. */
static void
reopen(struct house *h)
{
	char file[200];
	struct mr_options options = {
	    .dir = h->dir, .db = site_db(h, file), .check_scans = 1};

	shim_arm(0, 0, 0);
	mr_close(h->mr);
	h->mr = NULL;
	if (mr_open(&options, &h->mr, &h->error) != MR_OK)
		fail_msg("%s", h->error.message);
}

static void
the_folder_is_there_when_the_site_is_whichever_write_fails(void **state)
{
	struct house *h = *state;
	enum mr_status status;
	int points = 0;

	if (house_db(h) != NULL)
		return; /* it has no file of ours that could fail */
	reopen(h);
	for (int k = 1; sites(h) == 1; k++) {
		shim_arm(k, 1, SQLITE_FULL);
		status = site_make(h);
		points += shim.failed > 0;
		shim_arm(0, 0, 0);
		/* At once, and not only for who comes later. */
		assert_int_equal(folders(h), status == MR_OK);
		reopen(h);
		assert_int_equal(folders(h), sites(h) - 1);
	}
	assert_true(points > 0);
	mail_sound(h);
}

static void
a_group_that_is_not_kept_leaves_no_folder(void **state)
{
	struct house *h = *state;

	assert_int_equal(mr_group_begin(h->mr, &h->error), MR_OK);
	did(h, site_make(h), "\"site\":1");
	/* It has no name yet: nobody carries away what may not be. */
	assert_int_equal(access(site_folder(h, h->answer), F_OK), -1);
	assert_int_equal(folders(h), 1);
	h->mr->group_lost = MR_FULL;
	assert_int_equal(mr_group_commit(h->mr, &h->error), MR_FULL);
	assert_int_equal(folders(h), 0);
	assert_int_equal(sites(h), 1);
	mail_sound(h);
}

static void
a_refusal_beside_it_in_the_group_takes_no_folder_away(void **state)
{
	struct house *h = *state;
	char folder[200], path[256];

	assert_int_equal(mr_group_begin(h->mr, &h->error), MR_OK);
	did(h, site_make(h), "\"site\":1");
	refused(
	    h, run(h, "letter take", "letter", "A9", NULL), MR_NOTFOUND, "A9");
	/* A second one waits for its turn. */
	refused(h,
	    run(h, "site add", "name", "North", "street", "1 Elm St", "city",
		"Barre", "state", "VT", "zip", "05641", "zone",
		"America/New_York", NULL),
	    MR_BUSY, "again");
	assert_int_equal(mr_group_commit(h->mr, &h->error), MR_OK);
	snprintf(path, sizeof(path), "%s/office.key", site_folder(h, folder));
	assert_int_equal(access(path, F_OK), 0);
	assert_int_equal(folders(h), 1);
	assert_int_equal(sites(h), 2);
	snprintf(path, sizeof(path), "%.80s/site-2", h->dir);
	assert_int_equal(access(path, F_OK), -1);
	mail_sound(h);
}

/* A line of a file, or "" where it is not there. */
static const char *
line_of(const char *path, char line[400])
{
	FILE *f = fopen(path, "r");

	line[0] = '\0';
	if (f == NULL)
		return line;
	assert_non_null(fgets(line, 400, f));
	fclose(f);
	return line;
}

static void
an_address_with_a_password_is_written_nowhere(void **state)
{
	struct house *h = *state;
	char folder[200], path[256], line[400], *url = h->mr->url;

	if (house_db(h) == NULL)
		return; /* the address of a file is never written */
	/* As if it had been opened by such an address. */
	h->mr->url = (char *)"postgresql://ruth:feather@127.0.0.1/mailroom";
	did(h, site_make(h), "\"site\":1");
	h->mr->url = url;
	snprintf(
	    path, sizeof(path), "%s/mailroom.conf", site_folder(h, folder));
	assert_int_equal(access(path, F_OK), -1);
	snprintf(path, sizeof(path), "%s/site.txt", folder);
	assert_non_null(strstr(line_of(path, line), "site 1"));
	/* Another goes into the file as it is. */
	did(h,
	    run(h, "site add", "name", "North", "street", "1 Elm St", "city",
		"Barre", "state", "VT", "zip", "05641", "zone",
		"America/New_York", NULL),
	    "\"site\":2");
	snprintf(path, sizeof(path), "%.80s/site-2/mailroom.conf", h->dir);
	line_of(path, line);
	assert_int_equal(strncmp(line, "db = ", 5), 0);
	assert_int_equal(strncmp(line + 5, url, strlen(url)), 0);
	snprintf(path, sizeof(path), "%.80s/site-2", h->dir);
	mr_newdir_remove(path);
}

static void
no_office_is_made_by_an_address_with_a_password(void **state)
{
	static const char *const secret[] = {
	    "postgresql://ruth:feather@db.example/mailroom",
	    "host=db.example dbname=mailroom password=feather",
	    "postgresql://db.example/mailroom?password=feather",
	    "host=db.example sslkey=a sslpassword=feather"};
	static const char *const clean[] = {"sqlite:/tmp/password.db",
	    "postgresql://ruth@db.example:5432/mailroom",
	    "host=db.example dbname=mailroom passfile=/etc/pass"};
	struct house *h = *state;
	char dir[200];
	struct mr_office_new new = {.dir = dir,
	    .name = "North",
	    .street = "1 Elm St",
	    .city = "Barre",
	    .state = "VT",
	    .zip = "05641",
	    .zone = "America/New_York",
	    .coordinator = "ruth",
	    .passphrase = HOUSE_PASSPHRASE};
	struct mr_recovery_sheet sheet;
	struct mr_error error;

	for (size_t i = 0; i < sizeof(clean) / sizeof(clean[0]); i++)
		assert_int_equal(sql_url_secret(clean[i]), 0);
	/* A program without that engine knows no such address at all. */
	if (!sql_url_secret(secret[0]))
		return;
	snprintf(dir, sizeof(dir), "%.80s-site", h->dir);
	for (size_t i = 0; i < sizeof(secret) / sizeof(secret[0]); i++) {
		new.db = secret[i];
		assert_int_equal(
		    mr_office_init(&new, &sheet, &error), MR_REFUSED);
		assert_non_null(strstr(error.message, ".pgpass"));
		assert_null(strstr(error.message, "feather"));
		assert_int_equal(folders(h), 0);
	}
}

static void
a_key_file_of_no_site_opens_nothing(void **state)
{
	struct house *h = *state;
	struct mr_keys *keys = mr_keys_new(h->mr->site.office);
	char folder[200], path[256];
	struct mr *mr = NULL;

	did(h, site_make(h), "\"site\":1");
	snprintf(path, sizeof(path), "%s/office.key", site_folder(h, folder));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(site_open(h, &mr), MR_NOTFOUND);
	assert_int_equal(mr_keys_write(path, keys, &h->error), MR_OK);
	assert_int_equal(site_open(h, &mr), MR_REFUSED);
	assert_non_null(strstr(h->error.message, "at no site"));
	mr_keys_free(keys);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(the_folder_is_there_when_the_site_is_whichever_write_fails),
	    TEST(a_group_that_is_not_kept_leaves_no_folder),
	    TEST(a_refusal_beside_it_in_the_group_takes_no_folder_away),
	    TEST(an_address_with_a_password_is_written_nowhere),
	    TEST(a_key_file_of_no_site_opens_nothing),
	    TEST(no_office_is_made_by_an_address_with_a_password),
	};

	if (shim_install() != SQLITE_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
