/* The daemon's certificate.  See pem.h. */
#include "mailroomd/pem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "lib/certificate.h"
#include "mailroomd/log.h"

#define MOST 65536
#define DAY 86400

/* NULL: it cannot be, or others can read a key in it. */
static char *
read_text(const char *path)
{
	char *text = calloc(1, MOST + 1);
	FILE *f = fopen(path, "re");
	struct stat st = {0};
	size_t n = 0;

	if (f != NULL && text != NULL && fstat(fileno(f), &st) == 0) {
		/* No copy in a buffer that is not wiped. */
		setvbuf(f, NULL, _IONBF, 0);
		n = fread(text, 1, MOST, f);
	}
	if (f != NULL)
		fclose(f);
	if (n > 0 &&
	    ((st.st_mode & 077) == 0 || strstr(text, "PRIVATE KEY") == NULL))
		return text;
	if (n > 0)
		explicit_bzero(text, n);
	free(text);
	fprintf(stderr, "mailroomd: %s\n",
	    n > 0 ? "the certificate's key can be read by others; run 'chmod "
		    "600' on its file"
		  : "the certificate or its key cannot be read");
	return NULL;
}

int
pem_read(const struct conf *conf, struct pem *pem)
{
	memset(pem, 0, sizeof(*pem));
	if (conf->certificate == NULL)
		return 0;
	pem->certificate = read_text(conf->certificate);
	if (pem->certificate == NULL)
		return -1;
	pem->key = read_text(conf->key);
	if (pem->key == NULL) {
		pem_wipe(pem);
		return -1;
	}
	pem->ends = mr_certificate_ends(pem->certificate);
	return 0;
}

void
pem_wipe(struct pem *pem)
{
	if (pem->certificate != NULL)
		explicit_bzero(pem->certificate, MOST);
	if (pem->key != NULL)
		explicit_bzero(pem->key, MOST);
	free(pem->certificate);
	free(pem->key);
	pem->certificate = pem->key = NULL;
}

int64_t
pem_days(int64_t ends)
{
	int64_t left = ends - (int64_t)time(NULL);

	return left >= 0 ? left / DAY : -1 - (-1 - left) / DAY;
}

void
pem_watch(int64_t ends)
{
	static int64_t told = INT64_MAX;
	int64_t days = pem_days(ends);

	if (ends <= 0 || days >= PEM_SOON || days == told)
		return;
	told = days;
	log_line(LOG_CERTIFICATE, days, 0, 0);
}
