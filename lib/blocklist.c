/*
 * The block list.  One table, spelt as it would be read on paper: E is 3 or
 * F, A is 4, O is D, I, L and T are 7, N is M, S is 5, U and Y are V, G is 6,
 * B is 8, Z is 2.
 */
#include "lib/blocklist.h"

#include <string.h>

struct entry {
	const char *symbols, *why;
};

static const struct entry entries[] = {
    /* Hate numbers and signs. */
    {"88", "HH, a Nazi salute"},
    {"83", "HC, a Nazi sign"},
    {"28", "BH, Blood & Honour"},
    {"38", "CH, Crossed Hammers"},
    {"55", "SS"},
    {"336", "33/6, the Klan"},
    {"666", "read as a curse"},
    {"737", "a supremacist prison gang"},
    {"KKK", "the Klan"},
    {"4K74", "AKIA, a Klan greeting"},
    {"K76V", "KIGY, a Klan greeting"},
    {"HFFH", "a skinhead slogan"},
    {"WPWW", "white power"},
    {"RWD5", "RWDS, death squads"},
    {"R4HDW4", "RAHOWA, race war"},
    {"2D6", "ZOG, a Nazi word"},
    {"M427", "NAZI"},
    {"M5D4P", "NSDAP"},
    {"HF77", "HEIL"},
    {"H377", "HEIL"},
    {"H7T7FR", "HITLER"},
    {"H7T73R", "HITLER"},
    {"H7773R", "HITLER"},
    {"FVHRFR", "FUEHRER"},
    {"FVHR3R", "FUEHRER"},
    {"4RV4M", "ARYAN"},
    {"H8", "hate"},
    {"H4TF", "HATE"},
    {"H4T3", "HATE"},
    {"H473", "HATE"},
    {"7575", "ISIS"},
    {"4C48", "ACAB"},
    /* Slurs. */
    {"M76", "the n-word"},
    {"M66", "the n-word"},
    {"MF6RD", "a slur"},
    {"M36RD", "a slur"},
    {"CDDM", "a slur"},
    {"6DDK", "a slur"},
    {"CH7MK", "a slur"},
    {"5P7C", "a slur"},
    {"5P7K", "a slur"},
    {"K7KF", "a slur"},
    {"K7K3", "a slur"},
    {"KVKF", "a slur"},
    {"KVK3", "a slur"},
    {"P4K7", "a slur"},
    {"D46D", "a slur"},
    {"WD6", "a slur"},
    {"F46", "a slur"},
    {"DVKF", "a slur"},
    {"DVK3", "a slur"},
    {"HDMD", "a slur"},
    {"TR4MMV", "a slur"},
    {"RFT4RD", "a slur"},
    {"R3T4RD", "a slur"},
    {"5P42", "a slur"},
    /* Words that get a person hurt inside, or a letter stopped. */
    {"R4T", "RAT, an informer"},
    {"R47", "RAT, an informer"},
    {"5M7TCH", "SNITCH"},
    {"R4PD", "a rapist"},
    {"PFDD", "PEDO"},
    {"P3DD", "PEDO"},
    {"MDMCF", "NONCE"},
    {"MDMC3", "NONCE"},
    {"P76", "PIG"},
    {"CDP", "COP"},
    {"MVRDFR", "MURDER"},
    {"MVRD3R", "MURDER"},
    {"K777", "KILL"},
    {"R4PF", "RAPE"},
    {"R4P3", "RAPE"},
    {"CR7P", "a gang"},
    /* Swearing and sex. */
    {"FVCK", "swearing"},
    {"FVK", "swearing"},
    {"FCK", "swearing"},
    {"CVM", "sex"},
    {"CDCK", "sex"},
    {"D7CK", "sex"},
    {"D7K", "sex"},
    {"5H7T", "swearing"},
    {"5H77", "swearing"},
    {"8TCH", "swearing"},
    {"87TCH", "swearing"},
    {"WHDRF", "swearing"},
    {"WHDR3", "swearing"},
    {"T7T", "sex"},
    {"5FX", "SEX"},
    {"53X", "SEX"},
    {"PDRM", "sex"},
    {"PRDM", "sex"},
    {"XXX", "sex"},
    {"WTF", "swearing"},
    {"5TFV", "swearing"},
    {"D4MM", "swearing"},
};

#define COUNT (sizeof(entries) / sizeof(entries[0]))

const char *
mr_blocklist_entry(size_t i, const char **why)
{
	if (i >= COUNT)
		return NULL;
	if (why != NULL)
		*why = entries[i].why;
	return entries[i].symbols;
}

const char *
mr_blocklist_hit(const struct mr_symbols *code)
{
	char text[MR_SYMBOLS_MAX + 1];
	int n = code->n < MR_SYMBOLS_MAX ? code->n : MR_SYMBOLS_MAX;

	for (int i = 0; i < n; i++)
		text[i] = mr_code_char(code->s[i]);
	text[n] = '\0';
	for (size_t i = 0; i < COUNT; i++)
		if (strstr(text, entries[i].symbols) != NULL)
			return entries[i].symbols;
	return NULL;
}
