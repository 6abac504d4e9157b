/*
 * The drawing layer: pieces, text, rules and codes in millimetres from the
 * top left corner of the page.  Nothing reaches the PDF before a whole add
 * is laid out, checked for glyphs and searched by the leak guard, so a
 * failure leaves the document as it was.  The first failure sticks; what is
 * drawn after it is ignored; add_end tells it.
 */
#ifndef FORMS_DRAW_H
#define FORMS_DRAW_H

#include "forms/content.h"
#include "forms/fault.h"
#include "forms/layout.h"
#include "forms/mem.h"
#include "forms/pool.h"
#include "forms/wording.h"

#include <hpdf.h>

#define MM_PER_POINT (25.4 / 72.0)

enum face { FACE_SANS, FACE_BOLD, FACE_MONO, FACES };
enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

/* How text looks: size in points, shrunk down to `least` where it must. */
struct style {
	enum face face;
	double size, least;
	enum align align;
	double lead; /* line pitch as a multiple of the size; 0: 1.3 */
	int white;   /* on a black box */
};

/* One of the embedded fonts and the widths seen so far, -1: not yet. */
#define WIDTHS 0x2200
#define UNITS 0x10000 /* characters that a font can show */
struct font {
	HPDF_Font font;
	HPDF_FontDef def;
	short width[WIDTHS]; /* thousandths of the size, 0: no glyph */
	unsigned char drawn[UNITS / 8]; /* a bit a character in the file */
};

/* Where a byte of text comes from, for the guard. */
enum tag {
	TAG_FORM,   /* our wording */
	TAG_OFFICE, /* our own address */
	TAG_OWN,    /* the addressee's */
	TAG_SECRET, /* the addressee's, from the vault */
	TAG_OTHER   /* the guard searches this */
};

/* The line being put together: text, a tag a byte, what to call it. */
struct ink {
	struct bytes s, tag;
	const char *field;
};

/* What an op is on an outgoing piece; form lint measures by it. */
enum role {
	ROLE_NONE,
	ROLE_TO,      /* the address */
	ROLE_FROM,    /* our own */
	ROLE_ENDORSE, /* RETURN SERVICE REQUESTED */
	ROLE_IMB,     /* the Intelligent Mail barcode */
	ROLE_FOLD     /* marks and words for the hands */
};

enum op_kind { OP_TEXT, OP_RULE, OP_BOX, OP_QR };

/* One thing to draw; text and modules stand in `pool` at `at`. */
struct op {
	enum op_kind kind;
	enum role role;
	size_t page; /* of this add, from 0 */
	double x, y, w, h;
	double size; /* text: points; rule: width in points */
	enum face face;
	int grey; /* percent of white: 0 black, 100 white */
	int dash;
	size_t at, len; /* QR: len modules a side */
};

/* A page of this add. */
struct sheet {
	double w, h;
	HPDF_Page page;
	size_t first, end; /* its ops lie between; others may too */
};

struct form_doc {
	HPDF_Doc pdf;
	struct pool blocks; /* all that libharu holds */
	enum form_paper paper;
	enum form_lang lang;
	struct form_shift shift;
	struct form_office office; /* points into `names` */
	struct bytes names;        /* office and font folder */
	size_t font_dir;           /* offset; 0: the usual places */
	struct wording *words[FORM_LANGS];
	struct layout layout;
	struct font fonts[FACES];
	struct ink ink;
	struct bytes ops, pool, sheets; /* of this add */
	size_t sheet;                   /* the current one */
	enum role role;                 /* of what is drawn next */
	struct bytes drawn, drawn_tag;  /* of this piece, for the guard */
	struct content content;         /* of the page that is written */
	struct form_piece piece;
	int in_piece;
	struct form_fault fault; /* of this add */
	int broken;              /* libharu failed while writing */
	int finished;
	size_t pages, codes; /* tracking codes */
};

/* doc.c: the life of an add. */
void add_begin(struct form_doc *doc);
enum form_status add_end(struct form_doc *doc, struct form_fault *fault);
void doc_fail(struct form_doc *doc, enum form_status status, const char *format,
    ...) __attribute__((format(printf, 3, 4)));
int doc_failed(const struct form_doc *doc);

/* A measure of the office: millimetres or points.  A style in that size; its
 * least stays, unless the size is smaller. */
double measure_of(const struct form_doc *doc, enum measure measure);
struct style style_sized(
    const struct form_doc *doc, const struct style *style, enum measure size);

/* font.c: NULL when a font could not be had; fails the add. */
struct font *font_get(struct form_doc *doc, enum face face);
/* Width of n bytes in points at size 1; checks every glyph. */
double
font_width(struct form_doc *doc, enum face face, const char *s, size_t n);
/* What is drawn goes into the file, with the parts of its glyphs. */
void font_keep(struct font *font, const char *s, size_t n);
int font_drew(const struct font *font, unsigned c); /* c < UNITS */
/* Are the font files there? */
enum form_status font_check(struct form_doc *doc, struct form_fault *fault);

/* glyph.c: the glyph and all its parts go into the file. */
void glyph_keep(HPDF_FontDef def, HPDF_UINT16 gid);

/* unicode.c: what is drawn with the font can be read as text. */
void unicode_write(const struct font *font);

/* page.c: pages and pieces. */
void page_new(struct form_doc *doc, double w, double h);
void page_paper(struct form_doc *doc); /* a page of the document's paper */
double page_width(const struct form_doc *doc);
double page_height(const struct form_doc *doc);
size_t page_count(const struct form_doc *doc);     /* of this add */
void page_turn(struct form_doc *doc, size_t page); /* draw on that one */
void piece_begin(struct form_doc *doc, const struct form_piece *piece);
void piece_end(struct form_doc *doc);    /* the guard searches */
void piece_office(struct form_doc *doc); /* begin one that stays here */
/* A code is about to be drawn: refused on a piece for inside, where nobody
 * agreed to codes. */
void piece_code(struct form_doc *doc);

/* page.c: marks. */
void draw_rule(struct form_doc *doc, double x, double y, double x2, double y2,
    double points);
void
draw_dashes(struct form_doc *doc, double x, double y, double x2, double y2);
void draw_box(
    struct form_doc *doc, double x, double y, double w, double h, int grey);
void draw_frame(
    struct form_doc *doc, double x, double y, double w, double h, int dash);
void op_add(struct form_doc *doc, struct op op); /* on the current page */

/* qr.c: side mm without its quiet zone.  Refused on a piece for inside. */
void draw_qr(struct form_doc *doc, struct form_text payload, size_t most,
    double x, double y, double side);

/* ink.c: put a line together.  `field` names it in faults. */
void ink_start(struct form_doc *doc, const char *field);
void ink_form(struct form_doc *doc, const char *s);
void ink_office(struct form_doc *doc, const char *s);
void ink_number(struct form_doc *doc, long n);
void ink_text(struct form_doc *doc, struct form_text text);
void ink_secret(struct form_doc *doc, struct form_secret secret);
void ink_date(struct form_doc *doc, enum form_lang lang, struct form_date day);
/* Capitals, no punctuation but hyphens, single spaces. */
void ink_postal(struct form_doc *doc);

/* What stands for a placeholder: the first member that is set, else nothing. */
struct fill {
	const char *name;
	struct form_text text;
	const char *form;   /* our own words */
	const char *office; /* our own address */
	const struct form_secret *secret;
	const struct form_date *date;
	int figure; /* 1: number counts */
	long number;
};
void ink_word(struct form_doc *doc, enum form_lang lang, enum word word,
    const struct fill *fills, size_t count);
void ink_template(struct form_doc *doc, enum form_lang lang,
    const char *template, const struct fill *fills, size_t count);

/* One line: a field of form words, started and drawn. */
void draw_words(struct form_doc *doc, const struct style *style,
    enum form_lang lang, enum word word, double x, double y, double w);

/* flow.c: draw the ink.  y is the baseline of the first line, w the room. */
/* On one line, shrunk to least; the size used. */
double flow_line(struct form_doc *doc, const struct style *style, double x,
    double y, double w);
/* Wrapped, at most `lines` (0: any); the baseline after the last. */
double flow_wrap(struct form_doc *doc, const struct style *style, double x,
    double y, double w, int lines);
/* Wrapped into h mm, shrunk to least; the baseline after the last line. */
double flow_block(struct form_doc *doc, const struct style *style, double x,
    double y, double w, double h);
/* How many lines the ink takes. */
int flow_count(struct form_doc *doc, const struct style *style, double w);
/* Would a word of it stand in two pieces without a hyphen? */
int flow_cuts(struct form_doc *doc, const struct style *style, double w);
double flow_pitch(const struct style *style); /* mm from line to line */

/* guard.c: search what was drawn on the piece. */
void
guard_drawn(struct form_doc *doc, const char *s, const char *tag, size_t n);
void guard_search(struct form_doc *doc);

/* pdf.c: hand the add to libharu. */
void pdf_add(struct form_doc *doc);
/* Run work on libharu; memory that ends breaks the document. */
void pdf_run(struct form_doc *doc, void (*work)(void *arg), void *arg);
/* Give back all that libharu holds. */
void pdf_close(struct form_doc *doc);

#endif
