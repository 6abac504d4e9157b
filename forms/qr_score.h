/*
 * A QR symbol of version 2 as rows and columns of bits, and what a mask costs
 * by the rules of ISO/IEC 18004:2015 7.8.3.1 as libqrencode reads them.
 */
#ifndef FORMS_QR_SCORE_H
#define FORMS_QR_SCORE_H

#include <stdint.h>

#define QR_SIDE 25

/* Module (x, y) is bit x of row y and bit y of column x. */
struct qr_bits {
	uint32_t row[QR_SIDE], column[QR_SIDE];
};

/* Turn one module over; all that are set in `by`. */
void qr_turn(struct qr_bits *bits, int x, int y);
void qr_xor(struct qr_bits *bits, const struct qr_bits *by);

/* Bytes of 0 and 1, row by row. */
void qr_modules(
    const struct qr_bits *bits, unsigned char modules[QR_SIDE * QR_SIDE]);

/* The fewer the better. */
int qr_score(const struct qr_bits *symbol);

#endif
