/* Problems are told on standard error, by whoever notices them last. */
#include "viz/text/problem.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "viz/text/utf8.h"

int viz_problem_set(struct viz_problem *problem, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vsnprintf(problem->text, sizeof problem->text, format, args);
	va_end(args);
	return VIZ_EXIT_USAGE;
}

/* Characters that do something to a terminal: controls, and overrides of the direction of text. */
static bool is_unsafe(uint32_t ch)
{
	return ch < 0x20 || (ch >= 0x7f && ch < 0xa0) || (ch >= 0x202a && ch <= 0x202e) ||
	       (ch >= 0x2066 && ch <= 0x2069);
}

int viz_complain(int status, const char *text)
{
	fputs("ganttop: ", stderr);
	while (*text != '\0') {
		char bytes[VIZ_UTF8_MAX_BYTES];
		uint32_t ch = viz_utf8_next(&text);
		fwrite(bytes, 1, viz_utf8_put(bytes, is_unsafe(ch) ? '?' : ch), stderr);
	}
	fputc('\n', stderr);
	return status;
}
