/*
 * Targets of `make fuzz`: each takes any bytes and must come back.  The same
 * targets are given every file of test/fuzz/corpus by `make check`.
 */
#ifndef TEST_FUZZ_H
#define TEST_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "lib/mailroom.h"

struct fuzz_target {
	const char *name; /* and of its folder in the corpus */
	void (*run)(const uint8_t *bytes, size_t len);
};
extern const struct fuzz_target fuzz_targets[];
extern const size_t fuzz_ntargets;

/* A request: its line and headers; a query; a body that is JSON. */
void fuzz_request(const uint8_t *bytes, size_t len);
void fuzz_query(const uint8_t *bytes, size_t len);
void fuzz_json(const uint8_t *bytes, size_t len);
/* What is typed, scanned, and said at a station. */
void fuzz_code(const uint8_t *bytes, size_t len);
void fuzz_payload(const uint8_t *bytes, size_t len);
void fuzz_line(const uint8_t *bytes, size_t len);
/* Files: a table by itself, and as an import; mailroom.conf. */
void fuzz_csv(const uint8_t *bytes, size_t len);
void fuzz_import(const uint8_t *bytes, size_t len);
void fuzz_conf(const uint8_t *bytes, size_t len);

/* A small office, open; it is removed when the program ends. */
struct mr *fuzz_office(void);
const char *fuzz_dir(void);
/* The bytes with a NUL after them, to be freed. */
char *fuzz_text(const uint8_t *bytes, size_t len);
/* This must hold, whatever came in. */
#define fuzz_holds(condition) \
	((condition) ? (void)0 : fuzz_broken(__FILE__, __LINE__))
void fuzz_broken(const char *file, int line) __attribute__((noreturn));

#endif
