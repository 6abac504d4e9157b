/* A photo of a stub or an envelope, looked at and forgotten. */
#ifndef MAILROOMD_PHOTO_H
#define MAILROOMD_PHOTO_H

#include "mailroomd/office.h"

/*
 * POST /api/photo?width=W&height=H with W x H grey bytes: {"codes": [...],
 * "others": n}.  For whoever is signed in.  Nothing of it is kept.
 */
void photo_serve(struct office *office, struct http_request *request);

#endif
