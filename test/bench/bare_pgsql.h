/*
 * Bare libpq beside ours: what our driver gives to libpq is written down as it
 * passes, statement by statement with its values, and where it waits; then
 * plain libpq calls do it again on a copy of the same database, in binary, each
 * statement prepared once, waiting where ours waited, and every column of
 * every row read.
 */
#ifndef BENCH_BARE_PGSQL_H
#define BENCH_BARE_PGSQL_H

#include <stdint.h>

struct pgtape;
struct pgbare;

/* Write down what passes from now on; NULL: nothing more. */
struct pgtape *pgtape_new(void);
void pgtape_on(struct pgtape *tape);
int pgtape_at(const struct pgtape *tape);
/* Of what stands on it: statements, and how often the server is waited for. */
int pgtape_statements(const struct pgtape *tape);
int pgtape_waits(const struct pgtape *tape);
void pgtape_free(struct pgtape *tape);

/* A session with the settings of our driver and the tape's statements. */
struct pgbare *pgbare_open(const char *db, const struct pgtape *tape);
void pgbare_close(struct pgbare *bare);
/* Do again what stands between two places of the tape. */
void pgbare_run(struct pgbare *bare, int from, int to);
/* Texts without an answer of interest, one connection for each. */
void pgbare_do(const char *db, const char *text);
/* Stop the bench unless two databases have as many letters and events, and
 * (chain) the same last hash. */
void pgbare_same(const char *db, const char *other, int chain);

#endif
