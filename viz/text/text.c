/* A sentence under construction. */
#include "viz/text/text.h"

#include <stdarg.h>
#include <stdio.h>

#include "viz/text/utf8.h"

struct viz_text viz_text_begin(char *bytes, size_t size)
{
	if (size > 0)
		bytes[0] = '\0';
	return (struct viz_text){.bytes = bytes, .size = size};
}

/* Take off the code point that the end of the buffer cut through. */
static void trim(struct viz_text *text)
{
	size_t end = text->size - 1, lead = end;
	for (int i = 0; i < VIZ_UTF8_MAX_BYTES && lead > 0; i++) {
		lead--;
		if (((unsigned char)text->bytes[lead] & 0xc0u) != 0x80u)
			break;
	}
	const char *at = text->bytes + lead;
	if (viz_utf8_next(&at) == VIZ_UTF8_REPLACEMENT && (unsigned char)text->bytes[lead] >= 0xc0u)
		text->bytes[lead] = '\0';
}

void viz_text_add(struct viz_text *text, const char *format, ...)
{
	size_t room = text->len < text->size ? text->size - text->len : 0;
	va_list args;
	va_start(args, format);
	int n = vsnprintf(room > 0 ? text->bytes + text->len : NULL, room, format, args);
	va_end(args);
	if (n < 0)
		return;
	text->len += (size_t)n;
	if (room > 0 && (size_t)n >= room)
		trim(text);
}
