/*
 * Gives every file of the corpus to its target, as TAP; what made one break
 * once stands there for good.
 *	fuzz CORPUS
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/fuzz/fuzz.h"

static void
feed(const struct fuzz_target *target, const char *path)
{
	static uint8_t bytes[1 << 20];
	FILE *f = fopen(path, "r");
	uint8_t *exact;
	size_t len;

	fuzz_holds(f != NULL);
	len = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	/* Of its own length, so that one byte too far is seen. */
	exact = malloc(len > 0 ? len : 1);
	fuzz_holds(exact != NULL);
	memcpy(exact, bytes, len);
	target->run(exact, len);
	free(exact);
}

static int
replay(const char *corpus, const struct fuzz_target *target)
{
	char path[4096];
	struct dirent *entry;
	DIR *folder;
	int n = 0;

	snprintf(path, sizeof(path), "%s/%s", corpus, target->name);
	folder = opendir(path);
	if (folder == NULL)
		return 0;
	while ((entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s/%.255s", corpus,
		    target->name, entry->d_name);
		feed(target, path);
		n++;
	}
	closedir(folder);
	return n;
}

int
main(int argc, char **argv)
{
	int failed = 0;

	if (argc != 2)
		return 2;
	printf("1..%zu\n", fuzz_ntargets);
	for (size_t i = 0; i < fuzz_ntargets; i++) {
		int n = replay(argv[1], &fuzz_targets[i]);

		printf("%s %zu - %s takes %d files of its corpus\n",
		    n >= 3 ? "ok" : "not ok", i + 1, fuzz_targets[i].name, n);
		fflush(stdout);
		failed += n < 3;
	}
	return failed > 0;
}
