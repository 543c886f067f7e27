/* The one line that a bad file or a failed write is reported with. */
#ifndef GANTTOP_TRACE_ERROR_H
#define GANTTOP_TRACE_ERROR_H

#include <stdarg.h>
#include <stdint.h>

/* Negative codes of trace/. */
enum trace_code {
	TRACE_OK = 0,
	TRACE_ESYSTEM = -1, /* the system refused: open, map, write, allocate */
	TRACE_EFORMAT = -2, /* the bytes are not a recording, or a damaged one */
	TRACE_EVERSION = -3 /* a recording of a version that this program does not know */
};

/* What went wrong, in one line without a newline: what failed, on what, why, and for a damaged file where
 * ("... at byte 4128"). Control characters of file names and of file contents never get in. */
struct trace_error {
	int code;        /* enum trace_code */
	uint64_t offset; /* byte in the file, when code is TRACE_EFORMAT or TRACE_EVERSION */
	char text[512];
};

/* Fill `*error` (NULL is allowed) from a printf-style sentence, cleaned of what must not reach a terminal. Returns `code`. */
int trace_error_set(struct trace_error *error, int code, uint64_t offset, const char *format, ...)
        __attribute__((format(printf, 4, 5)));

/* trace_error_set with the arguments of a caller. */
int trace_error_set_args(struct trace_error *error, int code, uint64_t offset, const char *format,
                         va_list args) __attribute__((format(printf, 4, 0)));

#endif
