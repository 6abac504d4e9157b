/*
 * Certificates of an office, read back with another reader's eyes: GnuTLS's
 * own verification, as a browser does it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <gnutls/x509.h>

#include "lib/certificate.h"
#include "lib/pemfile.h"
#include "lib/when.h"

#define DAY INT64_C(86400)

static char dir[64], folder[80];
static struct mr_certificate made;
static struct mr_error error;

static int
setup(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/mailroom-certificate-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(folder, sizeof(folder), "%s/tls", dir);
	return 0;
}

static int
teardown(void **state)
{
	static const char *const names[] = {MR_CERTIFICATE_TRUST,
	    MR_CERTIFICATE_AUTHORITY, MR_CERTIFICATE_SERVER};
	char path[128];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
	assert_int_equal(rmdir(dir), 0);
	return 0;
}

static enum mr_status
make(const char *host, int64_t now)
{
	const struct mr_certificate_new new = {
	    .dir = folder, .host = host, .now = now};

	error.message[0] = '\0';
	return mr_certificate_make(&new, &made, &error);
}

static void
read_file(const char *name, struct mr_pem *pem)
{
	if (mr_pem_read(folder, name, pem, &error) != MR_OK)
		fail_msg("%s", error.message);
}

static gnutls_x509_crt_t
load(const char *name)
{
	gnutls_x509_crt_t crt;
	gnutls_datum_t text;
	struct mr_pem pem;

	read_file(name, &pem);
	text = (gnutls_datum_t){(unsigned char *)pem.text, (unsigned)pem.len};
	assert_int_equal(gnutls_x509_crt_init(&crt), 0);
	assert_int_equal(
	    gnutls_x509_crt_import(crt, &text, GNUTLS_X509_FMT_PEM), 0);
	return crt;
}

/* Would a browser that trusts the authority take the server for that host? */
static int
is_trusted(const char *host)
{
	gnutls_x509_crt_t authority = load(MR_CERTIFICATE_TRUST);
	gnutls_x509_crt_t server = load(MR_CERTIFICATE_SERVER);
	unsigned wrong = 0;
	int named;

	assert_int_equal(gnutls_x509_crt_list_verify(
			     &server, 1, &authority, 1, NULL, 0, 0, &wrong),
	    0);
	named = gnutls_x509_crt_check_hostname(server, host) != 0;
	gnutls_x509_crt_deinit(authority);
	gnutls_x509_crt_deinit(server);
	return wrong == 0 && named;
}

static unsigned
mode_of(const char *name)
{
	struct stat st;
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 0777;
}

static void
a_browser_that_trusts_the_authority_trusts_the_server(void **state)
{
	(void)state;
	assert_int_equal(make("Mailroom.lan, 192.168.1.20,fd00::5", 0), MR_OK);
	assert_int_equal(made.kept, 0);
	assert_string_equal(made.host, "mailroom.lan");
	assert_true(is_trusted("mailroom.lan"));
	assert_true(is_trusted("192.168.1.20"));
	assert_true(is_trusted("fd00::5"));
	assert_false(is_trusted("other.lan"));
	assert_false(is_trusted("192.168.1.21"));
}

static void
keys_are_for_nobody_else(void **state)
{
	struct mr_pem pem;
	struct stat st;

	(void)state;
	assert_int_equal(make("mailroom.lan", 0), MR_OK);
	assert_int_equal(mode_of(MR_CERTIFICATE_AUTHORITY), 0600);
	assert_int_equal(mode_of(MR_CERTIFICATE_SERVER), 0600);
	assert_int_equal(mode_of(MR_CERTIFICATE_TRUST), 0644);
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	read_file(MR_CERTIFICATE_TRUST, &pem);
	assert_null(strstr(pem.text, "PRIVATE"));
	read_file(MR_CERTIFICATE_SERVER, &pem);
	assert_non_null(strstr(pem.text, "PRIVATE"));
}

static void
an_authority_is_kept_and_the_server_renewed(void **state)
{
	struct mr_pem trust, server, again;
	char fingerprint[sizeof(made.fingerprint)];
	int64_t now = mr_now();

	(void)state;
	assert_int_equal(
	    make("mailroom.lan", now - 300 * DAY * 1000000), MR_OK);
	assert_int_equal(strlen(made.fingerprint), 79);
	strcpy(fingerprint, made.fingerprint);
	read_file(MR_CERTIFICATE_TRUST, &trust);
	read_file(MR_CERTIFICATE_SERVER, &server);
	assert_int_equal(mr_certificate_ends(server.text), made.server_ends);
	assert_int_equal(made.server_ends, now / 1000000 + (397 - 300) * DAY);

	assert_int_equal(make("bench.lan", now), MR_OK);
	assert_int_equal(made.kept, 1);
	assert_string_equal(made.fingerprint, fingerprint);
	read_file(MR_CERTIFICATE_TRUST, &again);
	assert_string_equal(again.text, trust.text);
	read_file(MR_CERTIFICATE_SERVER, &again);
	assert_string_not_equal(again.text, server.text);
	assert_int_equal(made.server_ends, now / 1000000 + 397 * DAY);
	assert_true(is_trusted("bench.lan"));
}

/* Whoever steals the key of it must not pass for somebody else. */
static void
an_authority_vouches_for_the_office_alone(void **state)
{
	struct mr_pem before, after;

	(void)state;
	assert_int_equal(make("mail.example.org", 0), MR_OK);
	assert_true(is_trusted("mail.example.org"));
	read_file(MR_CERTIFICATE_SERVER, &before);
	assert_int_equal(make("bank.example", 0), MR_REFUSED);
	assert_non_null(strstr(error.message, "cannot vouch"));
	assert_int_equal(make("mailroom.lan,203.0.113.9", 0), MR_REFUSED);
	assert_int_equal(make("mailroom.lan,2001:db8::1", 0), MR_REFUSED);
	read_file(MR_CERTIFICATE_SERVER, &after);
	assert_string_equal(after.text, before.text);
	assert_int_equal(make("mailroom.lan,10.1.2.3", 0), MR_OK);
}

static void
what_is_no_host_is_refused(void **state)
{
	static const char *const bad[] = {"", " ", "a,,b", "192.168.1.300",
	    "1.2.3", "-a.lan", "a-.lan", "a b", "*.lan", "a..lan", ".lan",
	    "lan.", "mailroom.lan:8025", "https://mailroom.lan",
	    "m\xc3\xbc.lan",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	    "fd00::5::1", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q"};
	char huge[400];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (make(bad[i], 0) != MR_INVALID)
			fail_msg("%s", bad[i]);
	memset(huge, 'a', sizeof(huge) - 1);
	huge[sizeof(huge) - 1] = '\0';
	assert_int_equal(make(huge, 0), MR_INVALID);
	assert_int_equal(access(folder, F_OK), -1);
}

static void
an_authority_that_is_no_longer_good_is_told(void **state)
{
	char path[128];
	struct mr_pem pem = {.text = "no key at all\n", .len = 14};
	int64_t now = mr_now();

	(void)state;
	assert_int_equal(
	    make("mailroom.lan", now - 3650 * DAY * 1000000), MR_OK);
	assert_int_equal(make("mailroom.lan", now), MR_REFUSED);
	assert_non_null(strstr(error.message, "has ended"));
	/* Near its end it vouches no longer than it lasts itself. */
	assert_int_equal(
	    make("mailroom.lan", now - 100 * DAY * 1000000), MR_OK);
	assert_int_equal(made.server_ends, made.authority_ends);

	snprintf(path, sizeof(path), "%s/%s", folder, MR_CERTIFICATE_AUTHORITY);
	chmod(path, 0640);
	assert_int_equal(make("mailroom.lan", now), MR_DENIED);
	assert_int_equal(
	    mr_pem_write(folder, MR_CERTIFICATE_AUTHORITY, 1, &pem, &error),
	    MR_OK);
	assert_int_equal(make("mailroom.lan", now), MR_DAMAGED);
}

static void
a_folder_that_cannot_be_is_told(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "%s/not/there", dir);
	assert_int_equal(make("mailroom.lan", 0), MR_NOTFOUND);
	snprintf(folder, sizeof(folder), "%s/tls", dir);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_browser_that_trusts_the_authority_trusts_the_server),
	    TEST(keys_are_for_nobody_else),
	    TEST(an_authority_is_kept_and_the_server_renewed),
	    TEST(an_authority_vouches_for_the_office_alone),
	    TEST(what_is_no_host_is_refused),
	    TEST(an_authority_that_is_no_longer_good_is_told),
	    TEST(a_folder_that_cannot_be_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
