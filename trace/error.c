/* Errors are made in one place, so that no name or path brings control characters along. */
#include "trace/error.h"

#include <stdio.h>
#include <string.h>

#include "trace/text.h"

int trace_error_set_args(struct trace_error *error, int code, uint64_t offset, const char *format,
                         va_list args)
{
	char raw[sizeof error->text];
	if (!error)
		return code;
	vsnprintf(raw, sizeof raw, format, args);
	error->code = code;
	error->offset = offset;
	trace_text_clean(raw, strlen(raw), error->text, sizeof error->text);
	return code;
}

int trace_error_set(struct trace_error *error, int code, uint64_t offset, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	trace_error_set_args(error, code, offset, format, args);
	va_end(args);
	return code;
}
