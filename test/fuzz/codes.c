/* What is typed, scanned, and said at a station. */
#include <stdlib.h>
#include <string.h>

#include "lib/bench_read.h"
#include "lib/code.h"
#include "lib/lettercode.h"
#include "lib/payload.h"
#include "test/fuzz/fuzz.h"

static int
likely(void *arg, const struct mr_symbols *code, int changes)
{
	fuzz_holds(mr_code_valid(code, *(enum mr_code_kind *)arg));
	fuzz_holds(changes == 1 || changes == 2);
	return 0;
}

static void
read_as(const char *text, enum mr_code_kind kind)
{
	struct mr_code_reading reading;
	char sentence[MR_CODE_SENTENCE], shown[MR_CODE_TEXT];
	struct mr_symbols again;

	if (mr_code_read(text, kind, &reading) == MR_READ_OK) {
		fuzz_holds(mr_code_valid(&reading.likely, kind));
		/* What is shown reads as the same. */
		mr_code_format(&reading.likely, shown);
		fuzz_holds(mr_code_fold(shown, &again, NULL) == MR_FOLD_OK);
		fuzz_holds(again.n == reading.likely.n &&
		    memcmp(again.s, reading.likely.s, again.n) == 0);
	} else if (reading.answer == MR_READ_LOST) {
		mr_code_suggest(&reading.symbols, kind, likely, &kind);
	}
	mr_code_say(&reading, sentence, sizeof(sentence));
	fuzz_holds(strlen(sentence) < sizeof(sentence));
}

void
fuzz_code(const uint8_t *bytes, size_t len)
{
	static const uint8_t key[MR_LETTERCODE_KEY] = {7};
	char *text = fuzz_text(bytes, len);
	struct mr_symbols code, made;
	struct mr_code_fault fault;
	int64_t id;

	read_as(text, MR_CODE_ID);
	read_as(text, MR_CODE_LETTER);
	read_as(text, MR_CODE_WITNESS);
	read_as(text, MR_CODE_RECOVERY);
	if (mr_code_fold(text, &code, &fault) == MR_FOLD_OK &&
	    mr_lettercode_id(key, &code, &id) == 0) {
		fuzz_holds(mr_lettercode_make(key, id, &made) == 0);
		fuzz_holds(memcmp(made.s, code.s, code.n) == 0);
	}
	free(text);
}

/* A tag of ours, where the text is long enough to have one: so that what
 * stands behind the tag's check is met too. */
void
fuzz_payload(const uint8_t *bytes, size_t len)
{
	static const uint8_t key[MR_PAYLOAD_KEY] = {3};
	char *text = fuzz_text(bytes, len), again[MR_PAYLOAD_LEN + 1];
	struct mr_payload payload = {.copy = 0}, made;

	if (mr_payload_read(key, text, &payload) == MR_PAYLOAD_OK) {
		fuzz_holds(mr_payload_make(key, &payload, again) == 0);
		fuzz_holds(mr_payload_read(key, again, &made) == MR_PAYLOAD_OK);
		fuzz_holds(made.kind == payload.kind &&
		    made.copy == payload.copy && made.code.n == payload.code.n);
	}
	if (len >= 8) {
		int64_t number;

		memcpy(&number, bytes, sizeof(number));
		mr_payload_number(&payload, MR_PAYLOAD_CARD,
		    (int64_t)((uint64_t)number % MR_PAYLOAD_NUMBERS));
		fuzz_holds(mr_payload_make(key, &payload, again) == 0);
		again[bytes[0] % MR_PAYLOAD_LEN] = (char)bytes[len - 1];
		mr_payload_read(key, again, &made);
	}
	free(text);
}

void
fuzz_line(const uint8_t *bytes, size_t len)
{
	char *text = fuzz_text(bytes, len);
	struct mr_line line;

	mr_line_read(text, &line);
	fuzz_holds(line.kind <= MR_LINE_UNCLEAR);
	fuzz_holds(memchr(line.text, '\0', sizeof(line.text)) != NULL);
	if (line.kind == MR_LINE_SHEETS)
		fuzz_holds(line.n >= 0 && line.n <= 99);
	if (line.kind == MR_LINE_FLAG)
		fuzz_holds(strchr(MR_LINE_FLAGS, line.letter) != NULL);
	free(text);
}
