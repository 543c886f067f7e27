/* The sequences that every terminal in use sends for its few keys that are no characters (ECMA-48, as xterm does it). */
#include "viz/narrate/keys.h"

#include <string.h>

#include "viz/text/utf8.h"

static const struct {
	const char *bytes;
	uint32_t code;
} sequences[] = {
        {"\033[A", VIZ_KEY_UP},         {"\033OA", VIZ_KEY_UP},      {"\033[B", VIZ_KEY_DOWN},
        {"\033OB", VIZ_KEY_DOWN},       {"\033[C", VIZ_KEY_RIGHT},   {"\033OC", VIZ_KEY_RIGHT},
        {"\033[D", VIZ_KEY_LEFT},       {"\033OD", VIZ_KEY_LEFT},    {"\033[H", VIZ_KEY_HOME},
        {"\033OH", VIZ_KEY_HOME},       {"\033[1~", VIZ_KEY_HOME},   {"\033[F", VIZ_KEY_END},
        {"\033OF", VIZ_KEY_END},        {"\033[4~", VIZ_KEY_END},    {"\033[5~", VIZ_KEY_PAGE_UP},
        {"\033[6~", VIZ_KEY_PAGE_DOWN}, {"\033[3~", VIZ_KEY_DELETE},
};

static size_t sequence(const char *bytes, size_t n, struct viz_key *key)
{
	for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++) {
		size_t length = strlen(sequences[i].bytes);
		if (length <= n && memcmp(bytes, sequences[i].bytes, length) == 0) {
			key->code = sequences[i].code;
			return length;
		}
	}
	if (n < 2 || (bytes[1] != '[' && bytes[1] != 'O')) {
		key->code = VIZ_KEY_ESCAPE;
		return 1;
	}
	/* An unknown one, up to its last byte. */
	size_t end = 2;
	while (end < n && (bytes[end] < 0x40 || bytes[end] > 0x7e))
		end++;
	return end < n ? end + 1 : n;
}

size_t viz_bytes_to_key(const char *bytes, size_t n, struct viz_key *key)
{
	char text[VIZ_UTF8_MAX_BYTES + 1] = "";
	const char *at = text;
	*key = (struct viz_key){.code = VIZ_KEY_NONE};
	if (bytes[0] == 0x1b)
		return sequence(bytes, n, key);
	if (bytes[0] == '\n' || bytes[0] == '\r')
		key->code = VIZ_KEY_ENTER;
	else if (bytes[0] == '\b')
		key->code = VIZ_KEY_BACKSPACE;
	else if ((unsigned char)bytes[0] < 0x80)
		key->code = (unsigned char)bytes[0];
	if ((unsigned char)bytes[0] < 0x80)
		return 1;
	memcpy(text, bytes, n < VIZ_UTF8_MAX_BYTES ? n : VIZ_UTF8_MAX_BYTES);
	uint32_t ch = viz_utf8_next(&at);
	if (ch != VIZ_UTF8_REPLACEMENT)
		key->code = ch;
	return (size_t)(at - text);
}
