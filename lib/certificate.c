/*
 * An office's own authority and the certificate of its daemon, by GnuTLS.
 * See certificate.h.
 */
#include "lib/certificate.h"

#include <arpa/inet.h>
#include <errno.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>

#include "lib/call.h"
#include "lib/pemfile.h"
#include "lib/when.h"

#define HOSTS 16
#define DAY 86400
#define HOUR 3600 /* a station's clock may be behind ours */

struct host {
	char name[254];
	unsigned char address[16];
	unsigned size; /* of the address; 0: a name */
};

struct making {
	struct host host[HOSTS];
	int nhosts;
	int64_t now; /* seconds */
	struct mr_error *error;
	gnutls_x509_privkey_t authority_key, key;
	gnutls_x509_crt_t authority, server;
	int code; /* GnuTLS's first complaint; 0: none */
};

static void
step(struct making *m, int code)
{
	if (m->code == 0 && code < 0)
		m->code = code;
}

static int
is_name(const char *s)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	static const char legal[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	const char *last = strrchr(s, '.');
	size_t n;

	/* 192.168.1.300 is a slip and no name. */
	if (strpbrk(last != NULL ? last : s, letters) == NULL)
		return 0;
	for (;; s += n + 1) {
		n = strspn(s, legal);
		if (n == 0 || n > 63 || s[0] == '-' || s[n - 1] == '-')
			return 0;
		if (s[n] != '.')
			return s[n] == '\0';
	}
}

static enum mr_status
read_host(struct making *m, const char *s, size_t len)
{
	struct host *host = &m->host[m->nhosts];

	if (m->nhosts == HOSTS)
		return mr_error(m->error, MR_INVALID,
		    "those are more than %d names and addresses", HOSTS);
	while (len > 0 && *s == ' ') {
		s++;
		len--;
	}
	while (len > 0 && s[len - 1] == ' ')
		len--;
	for (size_t i = 0; i < len && len < sizeof(host->name); i++)
		host->name[i] =
		    s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] | 0x20) : s[i];
	if (inet_pton(AF_INET, host->name, host->address) == 1)
		host->size = 4;
	else if (inet_pton(AF_INET6, host->name, host->address) == 1)
		host->size = 16;
	else if (!is_name(host->name))
		return mr_error(m->error, MR_INVALID,
		    "%.*s is no name and no address of a machine; write it "
		    "like mailroom.lan or 192.168.1.20, a comma between two",
		    (int)(len < 100 ? len : 100), s);
	m->nhosts++;
	return MR_OK;
}

static enum mr_status
read_hosts(struct making *m, const char *list)
{
	enum mr_status status = MR_OK;

	while (status == MR_OK) {
		size_t n = strcspn(list, ",");

		status = read_host(m, list, n);
		if (list[n] == '\0')
			break;
		list += n + 1;
	}
	return status;
}

/* A key of the curve that every browser knows, and what all certificates of
 * ours have. */
static void
begin(struct making *m, gnutls_x509_privkey_t key, gnutls_x509_crt_t crt,
    int64_t ends)
{
	unsigned char serial[16], id[64];
	size_t size = sizeof(id);

	step(m,
	    gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
		GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0));
	step(m, gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof(serial)));
	/* A serial number is above zero. */
	serial[0] = (serial[0] & 0x7f) | 0x40;
	step(m, gnutls_x509_crt_set_version(crt, 3));
	step(m, gnutls_x509_crt_set_serial(crt, serial, sizeof(serial)));
	step(m, gnutls_x509_crt_set_activation_time(crt, m->now - HOUR));
	step(m, gnutls_x509_crt_set_expiration_time(crt, ends));
	step(m, gnutls_x509_crt_set_key(crt, key));
	step(m,
	    gnutls_x509_crt_get_key_id(crt, GNUTLS_KEYID_USE_SHA1, id, &size));
	step(m, gnutls_x509_crt_set_subject_key_id(crt, id, size));
}

static void
set_name(struct making *m, gnutls_x509_crt_t crt, const char *name)
{
	step(m,
	    gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0,
		name, (unsigned)strnlen(name, 64)));
}

static void
permit(struct making *m, gnutls_x509_name_constraints_t permitted,
    const char *name, const char *range)
{
	gnutls_datum_t bytes = {
	    (unsigned char *)name, name != NULL ? (unsigned)strlen(name) : 0};

	if (name != NULL) {
		step(m,
		    gnutls_x509_name_constraints_add_permitted(
			permitted, GNUTLS_SAN_DNSNAME, &bytes));
		return;
	}
	step(m, gnutls_x509_cidr_to_rfc5280(range, &bytes));
	if (m->code == 0)
		step(m,
		    gnutls_x509_name_constraints_add_permitted(
			permitted, GNUTLS_SAN_IPADDRESS, &bytes));
	gnutls_free(bytes.data);
}

/* RFC 5280, 4.2.1.10. */
static void
set_reach(struct making *m)
{
	static const char *const names[] = {
	    "local", "lan", "internal", "home.arpa", "localhost"};
	static const char *const ranges[] = {"10.0.0.0/8", "172.16.0.0/12",
	    "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "::1/128",
	    "fc00::/7", "fe80::/10"};
	gnutls_x509_name_constraints_t permitted;
	char range[80];

	step(m, gnutls_x509_name_constraints_init(&permitted));
	if (m->code != 0)
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		permit(m, permitted, names[i], NULL);
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		permit(m, permitted, NULL, ranges[i]);
	for (int i = 0; i < m->nhosts; i++) {
		const struct host *host = &m->host[i];

		snprintf(range, sizeof(range), "%.64s/%u", host->name,
		    host->size * 8);
		permit(
		    m, permitted, host->size == 0 ? host->name : NULL, range);
	}
	step(m,
	    gnutls_x509_crt_set_name_constraints(m->authority, permitted, 1));
	gnutls_x509_name_constraints_deinit(permitted);
}

/* A mark in its name tells two authorities apart in a list of many. */
static void
make_authority(struct making *m)
{
	char name[64];
	unsigned char mark[2] = {0, 0};

	begin(m, m->authority_key, m->authority,
	    m->now + (int64_t)MR_AUTHORITY_DAYS * DAY);
	step(m, gnutls_rnd(GNUTLS_RND_NONCE, mark, sizeof(mark)));
	snprintf(name, sizeof(name), "Mailroom office CA %02X%02X", mark[0],
	    mark[1]);
	set_name(m, m->authority, name);
	step(m, gnutls_x509_crt_set_basic_constraints(m->authority, 1, 0));
	step(m,
	    gnutls_x509_crt_set_key_usage(
		m->authority, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN));
	set_reach(m);
	step(m,
	    gnutls_x509_crt_sign2(m->authority, m->authority, m->authority_key,
		GNUTLS_DIG_SHA256, 0));
}

static void
make_server(struct making *m)
{
	int64_t last = gnutls_x509_crt_get_expiration_time(m->authority);
	int64_t ends = m->now + (int64_t)MR_CERTIFICATE_DAYS * DAY;
	unsigned char id[64];
	size_t size = sizeof(id);

	begin(m, m->key, m->server, ends < last ? ends : last);
	set_name(m, m->server, m->host[0].name);
	step(m, gnutls_x509_crt_set_basic_constraints(m->server, 0, -1));
	step(m,
	    gnutls_x509_crt_set_key_usage(
		m->server, GNUTLS_KEY_DIGITAL_SIGNATURE));
	step(m,
	    gnutls_x509_crt_set_key_purpose_oid(
		m->server, GNUTLS_KP_TLS_WWW_SERVER, 0));
	for (int i = 0; i < m->nhosts; i++) {
		const struct host *host = &m->host[i];

		step(m,
		    gnutls_x509_crt_set_subject_alt_name(m->server,
			host->size > 0 ? GNUTLS_SAN_IPADDRESS
				       : GNUTLS_SAN_DNSNAME,
			host->size > 0 ? (const void *)host->address
				       : host->name,
			host->size > 0 ? host->size
				       : (unsigned)strlen(host->name),
			GNUTLS_FSAN_APPEND));
	}
	step(m,
	    gnutls_x509_crt_get_subject_key_id(m->authority, id, &size, NULL));
	step(m, gnutls_x509_crt_set_authority_key_id(m->server, id, size));
	step(m,
	    gnutls_x509_crt_sign2(m->server, m->authority, m->authority_key,
		GNUTLS_DIG_SHA256, 0));
}

static enum mr_status
told(struct making *m)
{
	return mr_error(m->error, MR_IO, "no certificate could be made: %.200s",
	    gnutls_strerror(m->code));
}

/* A certificate that was read knows more of itself than one that is made. */
static void
reread(struct making *m, gnutls_x509_crt_t *crt)
{
	gnutls_datum_t bytes = {NULL, 0};

	step(m, gnutls_x509_crt_export2(*crt, GNUTLS_X509_FMT_DER, &bytes));
	gnutls_x509_crt_deinit(*crt);
	*crt = NULL;
	step(m, gnutls_x509_crt_init(crt));
	if (m->code == 0)
		step(m,
		    gnutls_x509_crt_import(*crt, &bytes, GNUTLS_X509_FMT_DER));
	gnutls_free(bytes.data);
}

/* As a browser will: signed by it, and within its reach. */
static enum mr_status
check(struct making *m)
{
	unsigned wrong = 0;

	reread(m, &m->authority);
	reread(m, &m->server);
	if (m->code != 0)
		return told(m);
	step(m,
	    gnutls_x509_crt_list_verify(&m->server, 1, &m->authority, 1, NULL,
		0, GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &wrong));
	if (m->code != 0)
		return told(m);
	if (wrong & GNUTLS_CERT_SIGNATURE_FAILURE)
		return mr_error(m->error, MR_DAMAGED,
		    "%s holds a key and the certificate of another",
		    MR_CERTIFICATE_AUTHORITY);
	if (wrong != 0)
		return mr_error(m->error, MR_REFUSED,
		    "the office's authority was made for other names and "
		    "cannot vouch for this one; use a name under .lan or a "
		    "private address, or move %s and %s away: then a new "
		    "authority is made, which every station must be told to "
		    "trust",
		    MR_CERTIFICATE_TRUST, MR_CERTIFICATE_AUTHORITY);
	return MR_OK;
}

static enum mr_status
load_authority(struct making *m, const struct mr_pem *pem)
{
	gnutls_datum_t text = {(unsigned char *)pem->text, (unsigned)pem->len};

	if (gnutls_x509_privkey_import(
		m->authority_key, &text, GNUTLS_X509_FMT_PEM) < 0 ||
	    gnutls_x509_crt_import(m->authority, &text, GNUTLS_X509_FMT_PEM) <
		0)
		return mr_error(m->error, MR_DAMAGED,
		    "%s is no key with its certificate; bring back your copy "
		    "of it, or move it away to make a new authority",
		    MR_CERTIFICATE_AUTHORITY);
	if (gnutls_x509_crt_get_expiration_time(m->authority) < m->now + DAY)
		return mr_error(m->error, MR_REFUSED,
		    "the office's authority has ended; move %s and %s away: "
		    "then a new one is made, which every station must be told "
		    "to trust",
		    MR_CERTIFICATE_TRUST, MR_CERTIFICATE_AUTHORITY);
	return MR_OK;
}

static void
put(struct making *m, struct mr_pem *pem, gnutls_datum_t *bytes)
{
	if (m->code == 0 && bytes->data != NULL) {
		if (pem->len + bytes->size >= sizeof(pem->text)) {
			step(m, GNUTLS_E_SHORT_MEMORY_BUFFER);
		} else {
			memcpy(pem->text + pem->len, bytes->data, bytes->size);
			pem->len += bytes->size;
			pem->text[pem->len] = '\0';
		}
	}
	if (bytes->data != NULL)
		gnutls_memset(bytes->data, 0, bytes->size);
	gnutls_free(bytes->data);
	bytes->data = NULL;
}

/* key NULL: the certificate alone. */
static enum mr_status
store(struct making *m, const char *dir, const char *name,
    gnutls_x509_privkey_t key, gnutls_x509_crt_t crt)
{
	struct mr_pem pem = {.len = 0};
	gnutls_datum_t bytes = {NULL, 0};
	enum mr_status status;

	if (key != NULL) {
		step(m,
		    gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM,
			NULL, GNUTLS_PKCS_PLAIN, &bytes));
		put(m, &pem, &bytes);
	}
	step(m, gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &bytes));
	put(m, &pem, &bytes);
	status = m->code == 0
	    ? mr_pem_write(dir, name, key != NULL, &pem, m->error)
	    : told(m);
	gnutls_memset(&pem, 0, sizeof(pem));
	return status;
}

static enum mr_status
fill(struct making *m, struct mr_certificate *made)
{
	unsigned char sum[32];
	size_t size = sizeof(sum);

	step(m,
	    gnutls_x509_crt_get_fingerprint(
		m->authority, GNUTLS_DIG_SHA256, sum, &size));
	if (m->code != 0)
		return told(m);
	for (size_t i = 0; i < size; i += 2)
		snprintf(made->fingerprint + i / 2 * 5, 6, "%02X%02X ", sum[i],
		    sum[i + 1]);
	made->fingerprint[size / 2 * 5 - 1] = '\0';
	strcpy(made->host, m->host[0].name);
	made->authority_ends =
	    gnutls_x509_crt_get_expiration_time(m->authority);
	made->server_ends = gnutls_x509_crt_get_expiration_time(m->server);
	return MR_OK;
}

static enum mr_status
make(struct making *m, const char *dir, struct mr_certificate *made)
{
	struct mr_pem pem;
	enum mr_status status =
	    mr_pem_read(dir, MR_CERTIFICATE_AUTHORITY, &pem, m->error);

	made->kept = status == MR_OK;
	if (status == MR_OK)
		status = load_authority(m, &pem);
	else if (status == MR_NOTFOUND) {
		make_authority(m);
		status = MR_OK;
	}
	gnutls_memset(&pem, 0, sizeof(pem));
	if (status != MR_OK)
		return status;
	make_server(m);
	status = check(m);
	if (status == MR_OK && !made->kept)
		status = store(m, dir, MR_CERTIFICATE_AUTHORITY,
		    m->authority_key, m->authority);
	if (status == MR_OK)
		status =
		    store(m, dir, MR_CERTIFICATE_TRUST, NULL, m->authority);
	if (status == MR_OK)
		status =
		    store(m, dir, MR_CERTIFICATE_SERVER, m->key, m->server);
	return status == MR_OK ? fill(m, made) : status;
}

enum mr_status
mr_certificate_make(const struct mr_certificate_new *new,
    struct mr_certificate *made, struct mr_error *error)
{
	struct making m = {.error = error};
	enum mr_status status;

	memset(made, 0, sizeof(*made));
	m.now = (new->now != 0 ? new->now : mr_now()) / 1000000;
	status = read_hosts(&m, new->host);
	if (status != MR_OK)
		return status;
	step(&m, gnutls_x509_privkey_init(&m.authority_key));
	step(&m, gnutls_x509_privkey_init(&m.key));
	step(&m, gnutls_x509_crt_init(&m.authority));
	step(&m, gnutls_x509_crt_init(&m.server));
	status = m.code == 0 ? make(&m, new->dir, made) : told(&m);
	gnutls_x509_crt_deinit(m.server);
	gnutls_x509_crt_deinit(m.authority);
	gnutls_x509_privkey_deinit(m.key);
	gnutls_x509_privkey_deinit(m.authority_key);
	return status;
}

int64_t
mr_certificate_ends(const char *pem)
{
	gnutls_datum_t text = {(unsigned char *)pem, (unsigned)strlen(pem)};
	gnutls_x509_crt_t crt;
	int64_t ends = -1;

	if (gnutls_x509_crt_init(&crt) < 0)
		return -1;
	if (gnutls_x509_crt_import(crt, &text, GNUTLS_X509_FMT_PEM) == 0)
		ends = gnutls_x509_crt_get_expiration_time(crt);
	gnutls_x509_crt_deinit(crt);
	return ends;
}
