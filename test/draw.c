/*
 * Draws every form with synthetic people into a folder, for test/forms.sh to
 * render and read back, and for us to look at.  `draw FOLDER`.
 */
#include "test/draw.h"

static void
covers(const char *paper)
{
	struct form_cover cover = cover_out();
	struct form_doc *doc = begin();
	struct form_fault fault;
	char name[64];

	check(doc, form_cover_add(doc, &cover, &fault), &fault, "cover out");
	cover = cover_in();
	check(doc, form_cover_add(doc, &cover, &fault), &fault, "cover in");
	cover.lang = FORM_ES;
	cover.copy = 1;
	cover.to = (struct form_text)SHARED(
	    "Guadalupe de los Ángeles Xiomara Nuñez Peña Ñandú", MARIA);
	cover.from = (struct form_text)SHARED(
	    "Nguyễn Thị Hồng Ánh, the Wren of Osseo Lake and Ely", WREN);
	cover.enclosures =
	    (struct form_text)OURS("1 drawing, 4 pressed leaves, 1 bookmark");
	check(doc, form_cover_add(doc, &cover, &fault), &fault, "cover es");
	cover = cover_out();
	cover.to = cover.from;
	cover.from = (struct form_text)SHARED("MARIA", WREN);
	cover.back = 1;
	cover.reply.s = NULL;
	cover.from = cover.to = (struct form_text)SHARED("WREN", WREN);
	cover.reason = (struct form_text)OURS(
	    "your letter showed a house number, and we may not send on "
	    "anything that tells where a person lives");
	check(doc, form_cover_add(doc, &cover, &fault), &fault, "cover back");
	cover = cover_out();
	cover.lang = FORM_ES;
	check(doc, form_cover_add(doc, &cover, &fault), &fault, "cover out es");
	snprintf(name, sizeof(name), "cover-%s", paper);
	end(doc, name);
}

static void
envelopes(void)
{
	struct form_outer outer = inside();
	struct form_doc *doc = begin();
	struct form_fault fault;

	check(doc, form_envelope_add(doc, number10(), &outer, &fault), &fault,
	    "inside");
	outer = outside();
	check(doc, form_envelope_add(doc, number10(), &outer, &fault), &fault,
	    "outside");
	outer = inside();
	outer.lang = FORM_ES;
	outer.to.name.secret =
	    "Guadalupe de los Ángeles Xiomara Núñez-Peña Ñandú O'Higgins";
	outer.to.facility.secret =
	    "Federal Correctional Institution Aliceville, Satellite Camp";
	check(doc, form_envelope_add(doc, number10(), &outer, &fault), &fault,
	    "long");
	end(doc, "envelope");
}

static void
on_envelope(struct form_doc *doc, const char *name, struct form_outer outer)
{
	struct form_envelope envelope;
	struct form_fault fault;

	check(doc, form_envelope_find(NULL, NULL, name, &envelope, &fault),
	    &fault, name);
	check(doc, form_envelope_add(doc, &envelope, &outer, &fault), &fault,
	    name);
}

/* Other sizes, and the page behind a window. */
static void
sizes(void)
{
	struct form_doc *doc = begin();
	struct form_outer large = outside();

	on_envelope(doc, "6-3-4", outside());
	on_envelope(doc, "a2", inside());
	on_envelope(doc, "c5", outside());
	on_envelope(doc, "10-window", outside());
	on_envelope(doc, "10-double-window", inside());
	on_envelope(doc, "c6-window", outside());
	large.endorsement = FORM_ADDRESS_SERVICE;
	large.lang = FORM_ES;
	on_envelope(doc, "dl", large);
	end(doc, "envelope-sizes");
}

/* Ten letters by the label, with returns, from the third place on. */
static void
labels(const char *stock_name, int returns)
{
	struct form_doc *doc = begin();
	struct form_outer outer[10];
	struct form_stock stock;
	struct form_fault fault;
	char name[80];
	size_t i;
	int each;

	for (i = 0; i < 10; i++)
		outer[i] = i % 3 == 1 ? inside() : outside();
	check(doc, form_stock_find(NULL, NULL, stock_name, &stock, &fault),
	    &fault, stock_name);
	each = stock.columns * stock.rows;
	check(doc,
	    form_labels_add(doc, &stock, each > 3 ? 3 : 1, returns, outer,
		each > 3 ? 10 : 2, &fault),
	    &fault, stock_name);
	snprintf(name, sizeof(name), "label-%s", stock.name);
	end(doc, name);
}

static void
manifest(void)
{
	static const char *const names[4] = {
	    "SPARROW C.", "MARIA", "Nguyễn Thị Hồng Ánh", "OLD PEDRO THE GREY"};
	struct form_posted posted[45];
	char numbers[45][8];
	struct form_manifest m = {.batch = OURS("B12"),
	    .date = day,
	    .closed_by = OURS("dolores"),
	    .letters = posted,
	    .count = 45,
	    .site = OURS("0"),
	    .seq = OURS("48213"),
	    .words = {OURS("2CD-4HF-KMP"), OURS("7RT-XW3-5VH"),
		OURS("K8M-6RP-TMC")},
	    .payload = OURS("B0 48213 2CD4HFKMP 7RTXW35VH K8M6RPTMC")};
	struct form_doc *doc = begin();
	struct form_fault fault;
	size_t i;

	for (i = 0; i < 45; i++) {
		struct form_posted p = {.code = OURS("2CD-4HF-KMP-7RT"),
		    .number = OURS(NULL),
		    .from = SHARED(names[i % 4], 1),
		    .to = SHARED(names[(i + 1) % 4], 2),
		    .side = i % 2 ? FORM_INSIDE : FORM_OUTSIDE,
		    .back = i == 9,
		    .stamps = 1 + (i % 7 == 0),
		    .grams = i % 5 ? -1 : 27};

		snprintf(numbers[i], sizeof(numbers[i]), "A%zu", i + 1);
		p.number.s = numbers[i];
		posted[i] = p;
	}
	check(doc, form_manifest_add(doc, &m, &fault), &fault, "manifest");
	end(doc, "manifest");
	doc = begin();
	m.count = 6;
	m.site.s = NULL;
	check(doc, form_manifest_add(doc, &m, &fault), &fault, "manifest");
	end(doc, "manifest-short");
}

static void
recovery(void)
{
	static const char *const groups[9] = {"2CD-4HF-KMP", "7RT-XW3-5VH",
	    "K8M-6RP-TMC", "3FH-5KD-2PX", "W4R-TVH-8CD", "XMP-2K6-HF7",
	    "RT5-3WX-VD4", "5HX-KC8-MF2", "P7D-W3T-4RK"};
	struct form_recovery r = {day, OURS("H4K7-22"), groups, 9,
	    "R2CD4HFKMP7RTXW35VHK8M6RPTMC3FH5KD2PXW4RTVH8CDXMP2K6HF7RT53WXVD45"
	    "HXKC8MF2P7DW3T4RK"};
	struct form_doc *doc = begin();
	struct form_fault fault;

	check(doc, form_recovery_add(doc, &r, &fault), &fault, "recovery");
	end(doc, "recovery");
}

static void
history(void)
{
	static const struct form_column columns[4] = {{OURS("When"), 34, 0},
	    {OURS("Who"), 26, 0}, {OURS("What"), 44, 0},
	    {OURS("State"), 76, 0}};
	static const struct form_text row[4] = {OURS("2026-07-14 10:42"),
	    OURS("dolores"), OURS("letter receive"),
	    OURS("received, 3 sheets; held for the coordinator because the "
		 "pairing is paused until August")};
	static const struct form_text other[4] = {OURS("2026-07-15 09:03"),
	    OURS("ines"), OURS("letter release"), OURS("cleared")};
	struct form_text cells[240];
	struct form_text lines[2] = {
	    OURS("Letter 2CD-4HF-KMP-7RT, day number A17."),
	    OURS("From MARIA to WREN, forward.")};
	struct form_history h = {
	    OURS("History of a letter"), lines, 2, day, columns, 4, cells, 60};
	struct form_doc *doc = begin();
	struct form_fault fault;
	size_t i;

	for (i = 0; i < 60; i++)
		memcpy(cells + 4 * i, i % 3 ? other : row, sizeof(row));
	check(doc, form_history_add(doc, &h, &fault), &fault, "history");
	end(doc, "history");
}

static void
day_sheet(void)
{
	static const struct form_line till[] = {
	    {OURS("Brought forward"), OURS("0"), 0},
	    {OURS("Pieces counted"), OURS("32"), 0},
	    {OURS("Extra letters found inside"), OURS("1"), 0},
	    {OURS("Office letters"), OURS("1"), 0},
	    {OURS("Came in"), OURS("34"), 1}, {OURS("Posted"), OURS("29"), 0},
	    {OURS("Handed back"), OURS("1"), 0},
	    {OURS("Thrown away"), OURS("0"), 0},
	    {OURS("Carried forward"), OURS("4"), 0},
	    {OURS("Accounted for"), OURS("34"), 1}};
	static const struct form_line money[] = {
	    {OURS("Cash returned to its writer"), OURS("$20.00"), 0}};
	static const struct form_countersign countersign[] = {
	    {OURS("New address for C12, source: letter"), OURS("dolores"),
		OURS("2026-07-14")},
	    {OURS("$20 in A9, returned"), OURS("ines"), OURS("2026-07-02")}};
	static const struct form_cash cash[] = {
	    {OURS("E3  A9  2CD-4HF-KMP-7RT"), OURS("2026-07-14"),
		OURS("not decided"), OURS("$20.00")},
	    {OURS("E1  B2  5RT-4HF-KMP-XDW"), OURS("2026-07-02"),
		OURS("goes on with its letter"), OURS("$5.50")}};
	struct form_day d = {OURS("2"), day, till, 10, money, 1, cash, 2,
	    OURS("$25.50"), countersign, 2, OURS("The till balances.")};
	struct form_doc *doc = begin();
	struct form_fault fault;

	check(doc, form_day_add(doc, &d, &fault), &fault, "day");
	end(doc, "day");
}

/* A letter of ours to Maria (inside) or Wren, with all that it can speak of. */
static struct form_letter
office_letter(int in, enum form_lang lang)
{
	struct form_letter letter = {
	    .piece = {in ? MARIA : WREN, in ? FORM_INSIDE : FORM_OUTSIDE,
		in ? wren_secrets : maria_secrets, 3, 0},
	    .lang = lang,
	    .date = day,
	    .to = in ? inside().to : outside().to,
	    .pal = SHARED("MARIA", MARIA),
	    .interests = SHARED("chess, old films, the sea", MARIA),
	    .item = OURS(lang == FORM_ES ? "2 fotos" : "2 photos"),
	    .amount = OURS("$20.00"),
	    .why = "label-or-sticker",
	    .day = {2026, 7, 9},
	    .until = {2026, 8, 8}};

	letter.dear = (struct form_text)SHARED("WREN", WREN);
	letter.id = (struct form_text)OWNED("K7M-4RP-TMK", WREN);
	if (in) {
		letter.pal = letter.dear;
		letter.dear = (struct form_text)SHARED("MARIA", MARIA);
		letter.id = (struct form_text)OWNED("7HX-K2D-FWV", MARIA);
	}
	return letter;
}

static void
all_letters(struct form_doc *doc, int in, enum form_lang lang)
{
	static const char *const forms[] = {"welcome", "waiting-list",
	    "introduction", "add-your-id", "enclosure-returned", "letter-held",
	    "letter-refused", "new-address", "pairing-ended", "money-received"};
	struct form_letter letter = office_letter(in, lang);
	struct form_fault fault;
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		letter.form = forms[i];
		check(doc, form_letter_add(doc, &letter, &fault), &fault,
		    forms[i]);
	}
}

static void
letters(const char *paper)
{
	struct form_text extra[1] = {OURS(
	    "P.S. Two of your letters came in one envelope. That is fine.")};
	struct form_letter letter = office_letter(1, FORM_EN);
	struct form_doc *doc = begin();
	struct form_fault fault;
	char name[64];

	all_letters(doc, 1, FORM_EN);
	all_letters(doc, 0, FORM_ES);
	if (setup.paper == FORM_LETTER) {
		all_letters(doc, 1, FORM_ES);
		all_letters(doc, 0, FORM_EN);
	}
	/* Nothing but a name is known: what cannot be said is left out. */
	letter.form = "welcome";
	letter.id.s = NULL;
	check(doc, form_letter_add(doc, &letter, &fault), &fault, "letter");
	letter = office_letter(1, FORM_EN);
	letter.form = "letter-refused";
	letter.why = NULL;
	letter.until.year = 0;
	letter.extra = extra;
	letter.nextra = 1;
	check(doc, form_letter_add(doc, &letter, &fault), &fault, "letter");
	snprintf(name, sizeof(name), "letter-%s", paper);
	end(doc, name);
}

/* Cards, slips and pages for a day without power, both languages. */
static void
cards(const char *paper)
{
	struct form_id_card card = {
	    .piece = {WREN, FORM_OUTSIDE, maria_secrets, 3, 0},
	    .lang = FORM_EN,
	    .date = day,
	    .name = SHARED("WREN", WREN),
	    .id = OWNED("K7M-4RP-TMK", WREN)};
	struct form_slip slip = {
	    .piece = {WREN, FORM_OUTSIDE, maria_secrets, 3, 0},
	    .lang = FORM_EN,
	    .date = day,
	    .writer = SHARED("WREN", WREN),
	    .slip = OURS("E3"),
	    .code = OURS("2CD-4HF-KMP-7RT"),
	    .number = OURS("A17"),
	    .kind = FORM_MONEY,
	    .count = 1,
	    .cents = 2000,
	    .fate = FORM_GOES_BACK,
	    .by = OURS("dolores"),
	    .found = day};
	struct form_blank blank = {.lang = FORM_EN,
	    .date = day,
	    .code = OURS("2CD-4HF-KMP-7RT"),
	    .payload = OURS("L2CD4HFKMP7RT3WXTVHK"),
	    .number = OURS("12")};
	struct form_doc *doc = begin();
	struct form_fault fault;
	char name[64];

	check(doc, form_id_card_add(doc, &card, &fault), &fault, "card");
	check(doc, form_slip_add(doc, &slip, &fault), &fault, "slip");
	check(doc, form_blank_add(doc, &blank, &fault), &fault, "blank");
	card.piece = slip.piece =
	    (struct form_piece){MARIA, FORM_INSIDE, wren_secrets, 3, 0};
	card.lang = slip.lang = blank.lang = FORM_ES;
	card.name = slip.writer = (struct form_text)SHARED(
	    "Guadalupe de los Ángeles Xiomara Nuñez Peña Ñandú", MARIA);
	card.id = (struct form_text)OWNED("7HX-K2D-FWV-MT4", MARIA);
	slip.cents = 123456789;
	slip.fate = FORM_KEPT;
	check(doc, form_id_card_add(doc, &card, &fault), &fault, "card es");
	check(doc, form_slip_add(doc, &slip, &fault), &fault, "slip es");
	slip.kind = FORM_PHOTO;
	slip.lang = FORM_EN;
	slip.count = 2;
	check(doc, form_slip_add(doc, &slip, &fault), &fault, "slip photo");
	check(doc, form_blank_add(doc, &blank, &fault), &fault, "blank es");
	snprintf(name, sizeof(name), "cards-%s", paper);
	end(doc, name);
}

/* The ruler page for a printer that is so far off. */
static void
ruler(const char *name, struct form_shift shift)
{
	static const struct form_ruler page = {
	    OURS("laser"), 3, {2026, 11, 23}, 10, 190, 250};
	struct form_doc *doc;
	struct form_fault fault;

	setup.shift = shift;
	doc = begin();
	check(doc, form_ruler_add(doc, &page, &fault), &fault, "ruler");
	end(doc, name);
	setup.shift = (struct form_shift){0, 0, 0, 0};
}

/* Bench card, badge and scanner page; the office prints Code 128. */
static void
bench(const char *paper)
{
	static char squares[9 + FORM_BENCH_COUNTS][21];
	struct form_bench card = {.date = day};
	struct form_badge badge = {day, OURS("ruth"),
	    OURS("U2CD4HFKMP7RT3WXTVHK"), FORM_COORDINATOR, 2};
	struct form_scanner scanner = {day,
	    {OURS("B2345678CDF2CD3WXTVH"), OURS("BHKMPRTVWX22CD3WXTVH")},
	    OURS("B2345678CDF2CD3WXTVH")};
	struct form_doc *doc = begin();
	struct form_fault fault;
	char name[64];
	int i;

	for (i = 0; i < 9 + FORM_BENCH_COUNTS; i++)
		snprintf(squares[i], sizeof(squares[i]),
		    "B22222222%c%c2CD3WXTVH", "2345678CDFHKMPRTVWX"[i % 19],
		    "23"[i / 19]);
	for (i = 0; i < 9; i++)
		card.flags[i].s = squares[i];
	for (i = 0; i < FORM_BENCH_COUNTS; i++)
		card.counts[i].s = squares[9 + i];
	check(doc, form_bench_add(doc, &card, &fault), &fault, "bench card");
	check(doc, form_badge_add(doc, &badge, &fault), &fault, "badge");
	check(doc, form_scanner_add(doc, &scanner, &fault), &fault, "scanner");
	snprintf(name, sizeof(name), "bench-%s", paper);
	end(doc, name);
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: draw FOLDER\n");
		return 2;
	}
	folder = argv[1];
	setup = people_setup;
	covers("letter");
	cards("letter");
	bench("letter");
	letters("letter");
	ruler("ruler-letter", (struct form_shift){0, 0, 0, 0});
	ruler("ruler-true", (struct form_shift){0, 0, 1, 1});
	ruler("ruler-moved", (struct form_shift){1.5, -2, 1.002, 0.99});
	setup.paper = FORM_A4;
	covers("a4");
	letters("a4");
	setup.lang = FORM_ES;
	ruler("ruler-a4", (struct form_shift){0, 0, 0, 0});
	cards("a4");
	bench("a4");
	setup.lang = FORM_EN;
	setup.paper = FORM_LETTER;
	envelopes();
	sizes();
	labels("avery-5163", 1);
	labels("Avery 5160", 1);
	labels("avery-5164", 0);
	labels("thermal-4x6", 1);
	manifest();
	recovery();
	history();
	day_sheet();
	return 0;
}
