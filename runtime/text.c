/* Cutting: a cut in the middle of a character would make the name, the line and the recording invalid UTF-8. */
#include "runtime/text.h"

#include <stdio.h>
#include <string.h>

/* Take the beginning of a character off the end. Text that is no UTF-8 loses three bytes at most. */
static void mend_end(char *text, size_t n)
{
	size_t lead = n;
	while (lead && n - lead < 4 && ((unsigned char)text[lead - 1] & 0xc0) == 0x80)
		lead--;
	if (!lead)
		return;
	unsigned char first = (unsigned char)text[lead - 1];
	size_t wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
	if (n - (lead - 1) < wanted)
		text[lead - 1] = '\0';
}

size_t gt__text_args(char *text, size_t bytes, const char *format, va_list args)
{
	int n = vsnprintf(text, bytes, format, args);
	if (n < 0) {
		text[0] = '\0';
		return 0;
	}
	if ((size_t)n >= bytes)
		mend_end(text, bytes - 1);
	return (size_t)n;
}

size_t gt__text(char *text, size_t bytes, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	size_t n = gt__text_args(text, bytes, format, args);
	va_end(args);
	return n;
}
