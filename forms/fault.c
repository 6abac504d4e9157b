/*
 * Telling what went wrong.  See fault.h.
 */
#include "forms/fault.h"

#include <stdarg.h>
#include <stdio.h>

enum form_status
fault_set(
    struct form_fault *fault, enum form_status status, const char *format, ...)
{
	va_list ap;

	if (fault == NULL)
		return status;
	fault->status = status;
	va_start(ap, format);
	vsnprintf(fault->message, sizeof(fault->message), format, ap);
	va_end(ap);
	return status;
}
