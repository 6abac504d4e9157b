/*
 * Draws every form in one language on one paper, with synthetic people, for
 * test/matrix.sh to read back.  `draw_all FOLDER en|es letter|a4`.
 */
#include "test/draw.h"

#define B1 "B2CD4HFKMP7RT3WXTVHK"
#define B2 "B5RT4HFKMPXDW4WXTVHK"

static enum form_lang lang;
static struct form_doc *doc;
static struct form_fault fault;

static void
covers(void)
{
	struct form_cover cover = cover_out();

	doc = begin();
	cover.lang = lang;
	cover.laser = cover.code;
	check(doc, form_cover_add(doc, &cover, &fault), &fault, "cover out");
	cover.office = 1;
	check(
	    doc, form_cover_add(doc, &cover, &fault), &fault, "cover of ours");
	cover = cover_in();
	cover.lang = lang;
	check(doc, form_cover_add(doc, &cover, &fault), &fault, "cover in");
	cover = cover_out();
	cover.lang = lang;
	cover.back = 1;
	cover.reply.s = NULL;
	cover.from = cover.to = (struct form_text)SHARED("WREN", WREN);
	cover.reason = (struct form_text)OURS("a house number is on it");
	check(doc, form_cover_add(doc, &cover, &fault), &fault, "cover back");
	end(doc, "covers");
}

static int
envelope(void *arg, const struct form_envelope *stock)
{
	struct form_outer outer = inside();

	(void)arg;
	/* On this paper the page may slide too far behind a small window. */
	if (form_envelope_room(doc, stock, &fault) == FORM_TOOLONG)
		return 0;
	outer.lang = lang;
	check(doc, form_envelope_add(doc, stock, &outer, &fault), &fault,
	    stock->name);
	outer = outside();
	outer.lang = lang;
	check(doc, form_envelope_add(doc, stock, &outer, &fault), &fault,
	    stock->name);
	return 0;
}

static void
envelopes(void)
{
	doc = begin();
	check(doc, form_envelope_each(NULL, NULL, envelope, NULL, &fault),
	    &fault, "envelopes");
	end(doc, "envelopes");
}

static void
labels(void)
{
	static const char *const names[] = {
	    "avery-5160", "avery-5163", "avery-5164", "thermal-4x6"};
	struct form_outer outer[2] = {outside(), inside()};
	struct form_stock stock;

	outer[0].lang = outer[1].lang = lang;
	doc = begin();
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		check(doc,
		    form_stock_find(NULL, NULL, names[i], &stock, &fault),
		    &fault, names[i]);
		check(doc, form_labels_add(doc, &stock, 1, 1, outer, 2, &fault),
		    &fault, names[i]);
	}
	end(doc, "labels");
}

static void
letters(void)
{
	static const char *const forms[] = {"welcome", "waiting-list",
	    "introduction", "add-your-id", "enclosure-returned", "letter-held",
	    "letter-refused", "new-address", "pairing-ended", "money-received"};
	struct form_letter letter = {.lang = lang,
	    .date = day,
	    .interests = OURS("chess, old films"),
	    .item = OURS("2 photos"),
	    .amount = OURS("$20.00"),
	    .why = "label-or-sticker",
	    .day = {2026, 7, 9},
	    .until = {2026, 8, 8}};

	doc = begin();
	for (size_t i = 0; i < 2 * sizeof(forms) / sizeof(forms[0]); i++) {
		int in = i % 2 != 0;

		letter.piece = in ? inside().piece : outside().piece;
		letter.to = in ? inside().to : outside().to;
		letter.dear = letter.pal =
		    (struct form_text)SHARED("MARIA", MARIA);
		letter.id = (struct form_text)OWNED("7HX-K2D-FWV", MARIA);
		if (in)
			letter.pal = (struct form_text)SHARED("WREN", WREN);
		else {
			letter.dear = (struct form_text)SHARED("WREN", WREN);
			letter.id =
			    (struct form_text)OWNED("K7M-4RP-TMK", WREN);
		}
		letter.form = forms[i / 2];
		check(doc, form_letter_add(doc, &letter, &fault), &fault,
		    letter.form);
	}
	end(doc, "letters");
}

static void
cards(void)
{
	struct form_id_card card = {.piece = outside().piece,
	    .lang = lang,
	    .date = day,
	    .name = SHARED("WREN", WREN),
	    .id = OWNED("K7M-4RP-TMK", WREN)};
	struct form_slip slip = {.piece = outside().piece,
	    .lang = lang,
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
	struct form_blank blank = {.lang = lang,
	    .date = day,
	    .code = OURS("2CD-4HF-KMP-7RT"),
	    .payload = OURS("L2CD4HFKMP7RT3WXTVHK"),
	    .number = OURS("12")};

	doc = begin();
	check(doc, form_id_card_add(doc, &card, &fault), &fault, "card");
	card.piece = inside().piece;
	card.name = (struct form_text)SHARED("MARIA", MARIA);
	card.id = (struct form_text)OWNED("7HX-K2D-FWV", MARIA);
	check(doc, form_id_card_add(doc, &card, &fault), &fault, "card in");
	check(doc, form_slip_add(doc, &slip, &fault), &fault, "slip");
	check(doc, form_blank_add(doc, &blank, &fault), &fault, "blank");
	end(doc, "cards");
}

/* What hangs at the bench. */
static void
bench(void)
{
	struct form_bench card = {.date = day};
	struct form_badge badge = {.date = day,
	    .name = OURS("dolores"),
	    .payload = OURS("U2CD4HFKMP7RT3WXTVHK"),
	    .role = FORM_STAFF,
	    .copy = 1};
	struct form_scanner scanner = {
	    .date = day, .tests = {OURS(B1), OURS(B2)}, .laser = OURS(B1)};
	struct form_ruler ruler = {OURS("laser"), 3, day, 10, 180, 240};
	size_t i;

	for (i = 0; i < sizeof(card.flags) / sizeof(card.flags[0]); i++)
		card.flags[i] = (struct form_text)OURS(B1);
	for (i = 0; i < FORM_BENCH_COUNTS; i++)
		card.counts[i] = (struct form_text)OURS(B2);
	doc = begin();
	check(doc, form_bench_add(doc, &card, &fault), &fault, "bench card");
	check(doc, form_badge_add(doc, &badge, &fault), &fault, "badge");
	check(doc, form_scanner_add(doc, &scanner, &fault), &fault, "scanner");
	check(doc, form_ruler_add(doc, &ruler, &fault), &fault, "ruler");
	end(doc, "bench");
}

static void
records(void)
{
	static const char *const groups[3] = {
	    "2CD-4HF-KMP", "7RT-XW3-5VH", "K8M-6RP-TMC"};
	static const struct form_column columns[2] = {
	    {OURS("When"), 30, 0}, {OURS("What"), 70, 0}};
	static const struct form_text cells[2] = {
	    OURS("2026-07-14 10:42"), OURS("letter receive")};
	static const struct form_text about = OURS("Letter 2CD-4HF-KMP-7RT.");
	static const struct form_line till[] = {
	    {OURS("Pieces counted"), OURS("32"), 0},
	    {OURS("Came in"), OURS("34"), 1}};
	static const struct form_cash cash[] = {
	    {OURS("E3  A9  2CD-4HF-KMP-7RT"), OURS("2026-07-14"),
		OURS("not decided"), OURS("$20.00")}};
	static const struct form_countersign sign[] = {
	    {OURS("$20 in A9, returned"), OURS("ines"), OURS("2026-07-02")}};
	struct form_posted posted = {.code = OURS("2CD-4HF-KMP-7RT"),
	    .number = OURS("A1"),
	    .from = SHARED("MARIA", MARIA),
	    .to = SHARED("WREN", WREN),
	    .side = FORM_OUTSIDE,
	    .stamps = 1,
	    .grams = 27};
	struct form_manifest manifest = {.batch = OURS("B12"),
	    .date = day,
	    .closed_by = OURS("dolores"),
	    .letters = &posted,
	    .count = 1,
	    .site = OURS("2"),
	    .seq = OURS("48213"),
	    .words = {OURS("2CD-4HF-KMP"), OURS("7RT-XW3-5VH"),
		OURS("K8M-6RP-TMC")},
	    .payload = OURS("B0 48213 2CD4HFKMP 7RTXW35VH K8M6RPTMC")};
	struct form_recovery recovery = {
	    day, OURS("H4K7-22"), groups, 3, "R2CD4HFKMP7RTXW35VHK8M6RPTMC"};
	struct form_history history = {
	    OURS("History of a letter"), &about, 1, day, columns, 2, cells, 1};
	struct form_day sheet = {OURS("2"), day, till, 2, NULL, 0, cash, 1,
	    OURS("$20.00"), sign, 1, OURS("The till balances.")};

	doc = begin();
	check(
	    doc, form_manifest_add(doc, &manifest, &fault), &fault, "manifest");
	check(
	    doc, form_recovery_add(doc, &recovery, &fault), &fault, "recovery");
	check(doc, form_history_add(doc, &history, &fault), &fault, "history");
	check(doc, form_day_add(doc, &sheet, &fault), &fault, "day");
	end(doc, "records");
}

int
main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: draw_all FOLDER en|es letter|a4\n");
		return 2;
	}
	folder = argv[1];
	setup = people_setup;
	setup.lang = lang = strcmp(argv[2], "es") == 0 ? FORM_ES : FORM_EN;
	setup.paper = strcmp(argv[3], "a4") == 0 ? FORM_A4 : FORM_LETTER;
	covers();
	envelopes();
	labels();
	letters();
	cards();
	bench();
	records();
	return 0;
}
