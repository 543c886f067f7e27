/* Names of keys, and keys of two strokes. */
#include "viz/input/key.h"

#include <string.h>

#include "viz/text/utf8.h"

uint32_t viz_strokes_join(struct viz_strokes *strokes, uint32_t code)
{
	if (strokes->pending == 'g') {
		strokes->pending = 0;
		return code == 'g' ? (uint32_t)VIZ_KEY_GG : code;
	}
	if (code != 'g')
		return code;
	strokes->pending = 'g';
	return VIZ_KEY_NONE;
}

/* One character beyond ASCII, VIZ_KEY_NONE if it is anything else. */
static uint32_t character(const char *word, size_t bytes)
{
	char text[VIZ_UTF8_MAX_BYTES + 1] = "";
	const char *at = text;
	if (bytes < 2 || bytes > VIZ_UTF8_MAX_BYTES)
		return VIZ_KEY_NONE;
	memcpy(text, word, bytes);
	uint32_t ch = viz_utf8_next(&at);
	return *at == '\0' && ch >= 0xa0 && ch != VIZ_UTF8_REPLACEMENT ? ch : VIZ_KEY_NONE;
}

uint32_t viz_key_parse(const char *word, size_t bytes)
{
	static const struct {
		uint32_t code;
		const char *word;
	} named[] = {
#define NAMED(name, value, text) {value, text},
	        VIZ_KEYS(NAMED)
#undef NAMED
	};
	if (bytes == 1 && (unsigned char)word[0] > ' ' && (unsigned char)word[0] < 0x7f)
		return (unsigned char)word[0];
	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
		if (strlen(named[i].word) == bytes && memcmp(named[i].word, word, bytes) == 0)
			return named[i].code;
	/* Any other Ctrl- and F key, and any character. */
	if (bytes == 6 && memcmp(word, "Ctrl-", 5) == 0 && word[5] >= 'A' && word[5] <= 'Z')
		return (uint32_t)(word[5] - 'A' + 1);
	if (bytes == 2 && word[0] == 'F' && word[1] >= '1' && word[1] <= '9')
		return VIZ_KEY_F(word[1] - '0');
	if (bytes == 3 && memcmp(word, "F1", 2) == 0 && word[2] >= '0' && word[2] <= '2')
		return VIZ_KEY_F(word[2] - '0' + 10);
	return character(word, bytes);
}
