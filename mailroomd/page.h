/*
 * The pages: plain files of mailroomd/web, which the program carries within
 * itself.  A page is page.html around the HTML of its own.
 */
#ifndef MAILROOMD_PAGE_H
#define MAILROOMD_PAGE_H

#include "mailroomd/http.h"

/* Serve a page or one of its parts; 0: there is none of that path. */
int page_serve(struct http_request *request);

#endif
