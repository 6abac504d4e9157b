/*
 * Words on paper: a checkpoint's hash as three words, a recovery key as nine.
 * Each word has 7 + 2 symbols and its own check, so that a typing error is
 * named by word and symbol.
 */
#ifndef MR_WORDS_H
#define MR_WORDS_H

#include "lib/code.h"

#define MR_WITNESS_WORDS 3
#define MR_WITNESS_BYTES 11 /* of the hash: its first 88 bits */
#define MR_RECOVERY_WORDS 9
#define MR_RECOVERY_KEY 32 /* bytes */

/*
 * Read count words, typed with any white space or commas between them, into
 * word[].  If the text has exactly count pieces, each is a word; else every
 * nine symbols are.  Returns 0, or the number (from 1) of the first word that
 * is not well-formed, told by *fault (mr_code_say), or count + 1 when there
 * is more text than words (fault->answer is then MR_READ_LENGTH).
 * kind: MR_CODE_WITNESS or MR_CODE_RECOVERY.
 */
int mr_words_read(const char *typed, enum mr_code_kind kind, int count,
    struct mr_symbols *word, struct mr_code_reading *fault);

/* The three words of a 32-byte hash. */
void mr_witness_make(const uint8_t *hash, struct mr_symbols *word);

/* Back to the first 11 bytes.  0, or -1 when a word is not well-formed or the
 * number is no hash's (2^88 or more). */
int mr_witness_bytes(const struct mr_symbols *word, uint8_t *bytes);

/* Compare words from paper with a 32-byte hash: 0 = all agree, else bit 0, 1
 * and 2 say that the first, second and third word differs. */
int mr_witness_differs(const struct mr_symbols *word, const uint8_t *hash);

/* The nine words of a 32-byte key. */
void mr_recovery_make(const uint8_t *key, struct mr_symbols *word);

/*
 * Back to the key.  0, or -1 when a word is not well-formed, stands for more
 * than 29 bits, or the words do not belong together in this order (five bits
 * of check: 31 of 32 such errors; compare the key's public half as well).
 * *key is untouched on failure.  The words are as secret as the key: wipe.
 */
int mr_recovery_key(const struct mr_symbols *word, uint8_t *key);

#endif
