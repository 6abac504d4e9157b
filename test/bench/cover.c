/*
 * Cover sheets against a plain libharu and libqrencode loop that draws the
 * same page: same words, fonts, sizes, rules and codes, deflated.  And a long
 * run of them: how much memory it takes.
 */
#include <hpdf.h>
#include <qrencode.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/mem.h"
#include "test/bench/measures.h"
#include "test/people.h"

#define SHEETS 1000 /* in a file, as the command line makes them */
#define ROUNDS 5
#define TARGET 1.5
#define LONG_RUN 100 /* files */
#define MEMORY 64    /* MB */
#define PT(mm) ((HPDF_REAL)((mm)*72 / 25.4))
#define UP(mm) PT(279.4 - (mm))

enum { SANS, BOLD, MONO, FACES };

/* What the page says; text NULL is the day number. */
static const struct {
	int face;
	double size, x, y;
	const char *text;
} words[] = {{BOLD, 12, 20, 18, "Bridge Letters"},
    {SANS, 12, 168, 18, "July 14, 2026"},
    {BOLD, 28, 20, 34, "A letter for WREN"}, {SANS, 22, 20, 45, "from MARIA"},
    {BOLD, 18, 20, 58, "How to answer"},
    {SANS, 14, 20, 67, "Copy these lines, or glue on the label below."},
    {BOLD, 16, 28, 79, "BRIDGE LETTERS"},
    {BOLD, 16, 28, 86, "DEPT K7M-4RP-TMK"}, {BOLD, 16, 28, 94, "PO BOX 1138"},
    {BOLD, 16, 28, 101, "DANBURY CT 06810"},
    {SANS, 14, 20, 113,
	"DEPT brings your letter to MARIA. Sign as WREN. Leave out your last"},
    {SANS, 14, 20, 119, "name, your address and your telephone number."},
    {SANS, 10, 20, 143, "Cut out and glue on your answer"},
    {BOLD, 13, 26, 156, "BRIDGE LETTERS"},
    {BOLD, 13, 26, 162, "DEPT K7M-4RP-TMK"}, {BOLD, 13, 26, 168, "PO BOX 1138"},
    {BOLD, 13, 26, 174, "DANBURY CT 06810"},
    {BOLD, 11, 64, 191, "TEAR HERE. This part stays in the office."},
    {MONO, 14, 16, 244, "2CD-4HF-KMP-7RT"}, {BOLD, 84, 68, 220, NULL},
    {SANS, 10, 70, 246, "From"}, {BOLD, 16, 70, 252, "MARIA"},
    {SANS, 10, 70, 259, "To"}, {BOLD, 16, 70, 265, "WREN"},
    {BOLD, 14, 160, 206, "TO OUTSIDE"}, {SANS, 10, 146, 215, "Sheets"},
    {BOLD, 14, 146, 220, "3"}, {SANS, 10, 164, 215, "Printed"},
    {BOLD, 14, 164, 220, "July 14, 2026"}, {SANS, 10, 146, 229, "With it"},
    {BOLD, 14, 146, 234, "2 photos"},
    {SANS, 10, 74, 272, "Print at 100 %: this line is 50 mm long."}};

/* x, y, x2, y2 */
static const double rules[][4] = {{20, 21.5, 196, 21.5}, {20, 70, 196, 70},
    {20, 105, 196, 105}, {20, 70, 20, 105}, {196, 70, 196, 105},
    {20, 145, 148, 145}, {20, 182, 148, 182}, {20, 145, 20, 182},
    {148, 145, 148, 182}, {6, 186, 210, 186}, {5, 93, 10, 93},
    {146, 199, 204, 199}, {146, 209, 204, 209}, {146, 199, 146, 209},
    {204, 199, 204, 209}, {20, 272.5, 70, 272.5}, {20, 269.5, 20, 272.5},
    {30, 271, 30, 272.5}, {40, 271, 40, 272.5}, {50, 271, 50, 272.5},
    {60, 271, 60, 272.5}, {70, 269.5, 70, 272.5}};

static int
count_bytes(void *to, const void *bytes, size_t len)
{
	(void)bytes;
	*(size_t *)to += len;
	return 0;
}

/* Sheet i has its own code and day number, in both programs. */
static void
vary(int i, char payload[21], char number[16])
{
	static const char symbols[] = "2345678CDF";

	snprintf(payload, 21, "L2CD4HF%c%c%c7RT3WXTVHK", symbols[i % 10],
	    symbols[i / 10 % 10], symbols[i / 100 % 10]);
	snprintf(number, 16, "A%d", i + 1);
}

static size_t
ours(void)
{
	struct form_fault fault;
	struct form_doc *doc = form_open(&people_setup, &fault);
	struct form_cover cover = cover_out();
	char payload[21], number[16];
	size_t bytes = 0;
	int i;

	if (doc == NULL)
		bench_stop("%s", fault.message);
	for (i = 0; i < SHEETS; i++) {
		vary(i, payload, number);
		cover.payload.s = payload;
		cover.number.s = number;
		if (form_cover_add(doc, &cover, &fault) != FORM_OK)
			bench_stop("%s", fault.message);
	}
	if (form_finish(doc, count_bytes, &bytes, &fault) != FORM_OK)
		bench_stop("%s", fault.message);
	form_free(doc);
	return bytes;
}

static void HPDF_STDCALL
told(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
	(void)error;
	(void)detail;
	(void)user;
	bench_stop("libharu failed");
}

static void
bare_qr(HPDF_Page page, const char *s, double x, double y, double side)
{
	QRinput *input = QRinput_new2(2, QR_ECLEVEL_H);
	QRcode *code;
	double unit;
	int row, at, n;

	QRinput_append(input, QR_MODE_AN, 20, (const unsigned char *)s);
	code = QRcode_encodeInput(input);
	unit = side / code->width;
	for (row = 0; row < code->width; row++)
		for (at = 0; at < code->width; at += n == 0 ? 1 : n) {
			for (n = 0; at + n < code->width &&
			     (code->data[row * code->width + at + n] & 1);
			     n++)
				;
			if (n > 0)
				HPDF_Page_Rectangle(page, PT(x + at * unit),
				    UP(y + (row + 1) * unit), PT(n * unit),
				    PT(unit));
		}
	HPDF_Page_Fill(page);
	QRcode_free(code);
	QRinput_free(input);
}

static void
bare_page(HPDF_Doc pdf, HPDF_Font fonts[FACES], int i)
{
	HPDF_Page page = HPDF_AddPage(pdf);
	char payload[21], number[16];
	size_t k;

	vary(i, payload, number);
	HPDF_Page_SetWidth(page, PT(215.9));
	HPDF_Page_SetHeight(page, PT(279.4));
	for (k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
		HPDF_Page_BeginText(page);
		HPDF_Page_SetFontAndSize(
		    page, fonts[words[k].face], (HPDF_REAL)words[k].size);
		HPDF_Page_TextOut(page, PT(words[k].x), UP(words[k].y),
		    words[k].text == NULL ? number : words[k].text);
		HPDF_Page_EndText(page);
	}
	for (k = 0; k < sizeof(rules) / sizeof(rules[0]); k++) {
		HPDF_Page_MoveTo(page, PT(rules[k][0]), UP(rules[k][1]));
		HPDF_Page_LineTo(page, PT(rules[k][2]), UP(rules[k][3]));
		HPDF_Page_Stroke(page);
	}
	bare_qr(page, "SK7M4RPTMK2223456782", 116, 150, 27);
	bare_qr(page, payload, 20, 200, 34);
}

static size_t
bare(void)
{
	static const char *const files[FACES] = {
	    "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf"};
	HPDF_Doc pdf = HPDF_New(told, NULL);
	HPDF_Font fonts[FACES];
	HPDF_BYTE part[16384];
	HPDF_UINT32 n;
	char path[256];
	size_t bytes = 0;
	int i;

	HPDF_SetCompressionMode(pdf, HPDF_COMP_ALL);
	HPDF_UseUTFEncodings(pdf);
	for (i = 0; i < FACES; i++) {
		snprintf(path, sizeof(path),
		    "/usr/share/fonts/truetype/dejavu/%s", files[i]);
		fonts[i] = HPDF_GetFont(pdf,
		    HPDF_LoadTTFontFromFile(pdf, path, HPDF_TRUE), "UTF-8");
	}
	for (i = 0; i < SHEETS; i++)
		bare_page(pdf, fonts, i);
	HPDF_SaveToStream(pdf);
	HPDF_ResetStream(pdf);
	do {
		n = sizeof(part);
		HPDF_ReadFromStream(pdf, part, &n);
		bytes += n;
	} while (n == sizeof(part));
	HPDF_Free(pdf);
	return bytes;
}

static double
seconds(size_t (*draw)(void), double *bytes)
{
	double start = bench_cpu();

	*bytes = (double)draw() / SHEETS;
	if (*bytes < 1000)
		bench_stop("too few bytes of cover sheets");
	return bench_cpu() - start;
}

/* In a process of its own, which tells the most that it ever held.  It starts
 * with what ours holds, so nothing big may have run before. */
void
measure_long_run(void)
{
	struct rusage used;
	pid_t child;
	int status;

	if (!bench_wanted("cover sheets"))
		return;
	bench_tell("a long run of cover sheets");
	if ((child = fork()) < 0)
		bench_stop("no other process could be started");
	if (child == 0) {
		for (int i = 0; i < LONG_RUN; i++)
			ours();
		_exit(0);
	}
	if (wait4(child, &status, 0, &used) != child || status != 0)
		bench_stop("the long run broke");
	bench_limit("100,000 cover sheets in 100 files, memory",
	    (double)used.ru_maxrss / 1024, "MB", MEMORY);
}

void
measure_cover(void)
{
	struct bench_rounds rounds = {.n = ROUNDS};
	double by_bare, by_ours;

	if (!bench_wanted("cover sheets"))
		return;
	bench_tell("cover sheets");
	/* Both with the same allocator, or we would measure that. */
	mem_tune();
	for (int i = 0; i < ROUNDS; i++) {
		rounds.bare[i] = seconds(bare, &by_bare);
		rounds.ours[i] = seconds(ours, &by_ours);
	}
	bench_ratio("cover sheets, drawn", &rounds, SHEETS, TARGET);
	bench_bytes("cover sheets, bytes of each", by_ours, by_bare);
}
