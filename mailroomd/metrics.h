/*
 * Health and numbers, on a port of their own that only this machine reaches:
 * GET /health, and GET /metrics in the text format of Prometheus.
 */
#ifndef MAILROOMD_METRICS_H
#define MAILROOMD_METRICS_H

#include "mailroomd/office.h"

/* For http_options.serve; arg is the office. */
void metrics_serve(void *office, struct http_request *request);

#endif
