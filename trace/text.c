/* Decoding and cleaning of text of unknown origin.
 *
 * A name in a recording is whatever the recorded program made of it, and the recording may come from a
 * stranger: an escape sequence in a task's name must not move the reader's cursor.
 */
#include "trace/text.h"

#include <string.h>

/* What the first byte of a sequence says: its length, and the range of the second byte. */
struct lead {
	size_t n;
	unsigned char low, high;
};

static struct lead lead_of(unsigned char c)
{
	if (c < 0x80)
		return (struct lead){1, 0, 0};
	if (c < 0xc2)
		return (struct lead){0, 0, 0};
	if (c < 0xe0)
		return (struct lead){2, 0x80, 0xbf};
	if (c < 0xf0)
		return (struct lead){3, c == 0xe0 ? 0xa0 : 0x80, c == 0xed ? 0x9f : 0xbf};
	if (c < 0xf5)
		return (struct lead){4, c == 0xf0 ? 0x90 : 0x80, c == 0xf4 ? 0x8f : 0xbf};
	return (struct lead){0, 0, 0};
}

size_t trace_text_decode(const char *bytes, size_t n, uint32_t *code_point)
{
	unsigned char c = (unsigned char)bytes[0];
	struct lead lead = lead_of(c);
	*code_point = TRACE_TEXT_INVALID;
	if (lead.n == 0 || lead.n > n)
		return 1;
	if (lead.n == 1) {
		*code_point = c;
		return 1;
	}
	uint32_t value = c & (0x7fu >> lead.n);
	for (size_t i = 1; i < lead.n; i++) {
		unsigned char next = (unsigned char)bytes[i];
		unsigned char low = i == 1 ? lead.low : 0x80, high = i == 1 ? lead.high : 0xbf;
		if (next < low || next > high)
			return 1;
		value = value << 6 | (next & 0x3fu);
	}
	*code_point = value;
	return lead.n;
}

bool trace_text_is_harmful(uint32_t code_point)
{
	uint32_t c = code_point;
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || /* C0, DEL, C1 */
	       c == 0x2028 || c == 0x2029 ||          /* separators */
	       (c >= 0x202a && c <= 0x202e) ||        /* embeddings, overrides */
	       (c >= 0x2066 && c <= 0x2069) ||        /* isolates */
	       c == TRACE_TEXT_INVALID;
}

size_t trace_text_clean(const char *bytes, size_t n, char *text, size_t text_bytes)
{
	size_t length = 0, end = 0;
	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t used = trace_text_decode(bytes + i, n - i, &c);
		const char *from = trace_text_is_harmful(c) ? "\xef\xbf\xbd" : bytes + i;
		size_t out = trace_text_is_harmful(c) ? 3 : used;
		if (end == length && length + out < text_bytes) {
			memcpy(text + length, from, out);
			end = length + out;
		}
		length += out;
		i += used;
	}
	if (text_bytes)
		text[end] = '\0';
	return length;
}
