/*
 * Telling what went wrong.  See fault.h.
 */
#include "forms/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *__attribute__((weak)) form_say(const char *english)
{
	return english;
}

enum form_status
fault_set(
    struct form_fault *fault, enum form_status status, const char *format, ...)
{
	va_list ap;

	if (fault == NULL)
		return status;
	fault->status = status;
	va_start(ap, format);
	vsnprintf(fault->message, sizeof(fault->message), form_say(format), ap);
	va_end(ap);
	return status;
}

enum form_status
fault_line(struct form_fault *fault, const char *file, int line,
    const char *what, const char *piece, size_t n)
{
	static const char key[] = "abcdefghijklmnopqrstuvwxyz0123456789.-{}";
	int told = n > 0 && n <= 60;

	for (size_t i = 0; i < n && told; i++)
		told = piece[i] != '\0' && strchr(key, piece[i]) != NULL;
	return fault_set(fault, FORM_WORDING, "%s:%d: %s%s%.*s", file, line,
	    form_say(what), told ? " " : "", told ? (int)n : 0, piece);
}
