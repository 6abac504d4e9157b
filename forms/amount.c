/*
 * Cents in words, as a slip for money says them beside the figures: a figure
 * is changed with one stroke of a pen, a word is not.
 */
#include "forms/forms.h"

#include <stdio.h>
#include <string.h>

/* Words one after the other; more than fits is cut and told by `full`. */
struct words {
	char *out;
	size_t size, len;
	int full;
};

static void
join(struct words *w, const char *glue, const char *word)
{
	int n;

	if (word[0] == '\0')
		return;
	n = snprintf(w->out + w->len, w->size - w->len, "%s%s",
	    w->len == 0 ? "" : glue, word);
	if (n < 0 || (size_t)n >= w->size - w->len)
		w->full = 1;
	else
		w->len += (size_t)n;
}

static const char *const english[20] = {"", "one", "two", "three", "four",
    "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen"};
static const char *const english_tens[10] = {"", "", "twenty", "thirty",
    "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};

/* 1 to 999. */
static void
english_part(struct words *w, int n)
{
	if (n >= 100) {
		join(w, " ", english[n / 100]);
		join(w, " ", "hundred");
	}
	n %= 100;
	if (n < 20) {
		join(w, " ", english[n]);
		return;
	}
	join(w, " ", english_tens[n / 10]);
	join(w, "-", english[n % 10]);
}

static void
english_dollars(struct words *w, int64_t n)
{
	static const char *const large[3] = {" million", " thousand", ""};
	int64_t unit = 1000000;
	int i, part;

	if (n == 0)
		join(w, " ", "no");
	for (i = 0; i < 3; i++, unit /= 1000) {
		part = (int)(n / unit % 1000);
		if (part == 0)
			continue;
		english_part(w, part);
		join(w, "", large[i]);
	}
	join(w, " ", n == 1 ? "dollar" : "dollars");
}

/* As they stand before a noun: "veintiún dólares". */
static const char *const spanish[30] = {"", "un", "dos", "tres", "cuatro",
    "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece",
    "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve",
    "veinte", "veintiún", "veintidós", "veintitrés", "veinticuatro",
    "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve"};
static const char *const spanish_tens[10] = {"", "", "", "treinta", "cuarenta",
    "cincuenta", "sesenta", "setenta", "ochenta", "noventa"};
static const char *const spanish_hundreds[10] = {"", "ciento", "doscientos",
    "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos",
    "ochocientos", "novecientos"};

static void
spanish_part(struct words *w, int n)
{
	if (n == 100) {
		join(w, " ", "cien");
		return;
	}
	join(w, " ", spanish_hundreds[n / 100]);
	n %= 100;
	if (n < 30) {
		join(w, " ", spanish[n]);
		return;
	}
	join(w, " ", spanish_tens[n / 10]);
	join(w, " y ", spanish[n % 10]);
}

static void
spanish_dollars(struct words *w, int64_t n)
{
	int millions = (int)(n / 1000000), thousands = (int)(n / 1000 % 1000);

	if (n == 0)
		join(w, " ", "cero");
	if (millions > 0) {
		spanish_part(w, millions);
		join(w, " ", millions == 1 ? "millón" : "millones");
	}
	if (thousands > 1)
		spanish_part(w, thousands);
	if (thousands > 0)
		join(w, " ", "mil");
	spanish_part(w, (int)(n % 1000));
	if (millions > 0 && n % 1000000 == 0)
		join(w, " ", "de");
	join(w, " ", n == 1 ? "dólar" : "dólares");
}

int
form_amount(enum form_lang lang, int64_t cents, char *out, size_t size)
{
	static const char *const one[FORM_LANGS] = {"cent", "centavo"};
	static const char *const many[FORM_LANGS] = {"cents", "centavos"};
	struct words w = {out, size, 0, 0};
	char rest[24];

	if (cents < 0 || cents > FORM_AMOUNT_MOST || size == 0)
		return -1;
	out[0] = '\0';
	if (lang == FORM_ES)
		spanish_dollars(&w, cents / 100);
	else
		english_dollars(&w, cents / 100);
	snprintf(rest, sizeof(rest), "%d %s", (int)(cents % 100),
	    cents % 100 == 1 ? one[lang] : many[lang]);
	join(&w, lang == FORM_ES ? " con " : " and ", rest);
	return w.full ? -1 : 0;
}
