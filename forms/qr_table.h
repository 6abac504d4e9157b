/*
 * Tracking codes without the wait.  libqrencode spends nine tenths of its
 * time on choosing a mask.  In a symbol of fixed length, mode and version the
 * modules before masking are an affine function of the payload's bits (the
 * error correction is linear, ISO/IEC 18004:2015 7.5), so a table, read off
 * libqrencode's own symbols once a process, gives them by xor, and the masks
 * are scored on whole rows.  The symbol is the one that libqrencode gives,
 * bit for bit; where it is not, the table is not used.
 */
#ifndef FORMS_QR_TABLE_H
#define FORMS_QR_TABLE_H

#define QR_TRACK_LEN 20    /* payload of a tracking code (design 4) */
#define QR_TRACK_VERSION 2 /* which it fills exactly at level H */
#define QR_TRACK_SIDE 25

/*
 * The symbol of QR_TRACK_LEN characters of the alphanumeric set, a byte of 0
 * or 1 a module, row by row.  0; -1 when the table could not be made or the
 * payload is none: ask libqrencode then.  The first call takes 10 ms; safe in
 * any thread.
 */
int qr_track(
    const char *payload, unsigned char modules[QR_TRACK_SIDE * QR_TRACK_SIDE]);

#endif
