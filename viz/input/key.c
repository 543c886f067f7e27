/* Names of keys, and keys of two strokes. */
#include "viz/input/key.h"

#include <stdio.h>
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

static const struct {
	uint32_t code;
	const char *word;
} named[] = {
#define NAMED(name, value, text) {value, text},
        VIZ_KEYS(NAMED)
#undef NAMED
};

const char *viz_key_name(uint32_t code, char *text, size_t text_bytes)
{
	char bytes[VIZ_UTF8_MAX_BYTES + 1] = "";
	text[0] = '\0';
	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
		if (named[i].code != code)
			continue;
		snprintf(text, text_bytes, "%s", named[i].word);
		return text;
	}
	if (code > 0 && code <= 26)
		snprintf(text, text_bytes, "Ctrl-%c", (char)('A' + code - 1));
	else if (code >= VIZ_KEY_F(1) && code <= VIZ_KEY_F(12))
		snprintf(text, text_bytes, "F%u", (unsigned)(code - VIZ_KEY_F(0)));
	else if ((code > ' ' && code < 0x7f) || (code >= 0xa0 && code < 0x110000)) {
		bytes[viz_utf8_put(bytes, code)] = '\0';
		snprintf(text, text_bytes, "%s", bytes);
	}
	return text;
}

uint32_t viz_key_parse(const char *word, size_t bytes)
{
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
