/*
 * "What is possible": words sorted by how near they are to the one typed.
 */
#ifndef CLI_NEAR_H
#define CLI_NEAR_H

#include <stddef.h>

#define NEAR_WORDS 80
#define NEAR_LENGTH 40

/* Start with word set and the rest zero. */
struct near {
	const char *word;
	int prefix; /* 1: the words are flags, shown with their hyphens */
	size_t n;
	char words[NEAR_WORDS][NEAR_LENGTH];
};

/* One more possible word of at most len bytes; one that is there already, or
 * for which there is no room, is left out. */
void near_add(struct near *near, const char *word, size_t len);

/* The sentence from the format, then "possible: ", nearest first. */
void near_say(struct near *near, char *out, size_t size, const char *format,
    ...) __attribute__((format(printf, 4, 5)));

#endif
