/* Names of keys, and keys of two strokes. */
#include "viz/key.h"

#include <string.h>

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
	if (bytes == 1)
		return (unsigned char)word[0];
	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
		if (strlen(named[i].word) == bytes && memcmp(named[i].word, word, bytes) == 0)
			return named[i].code;
	return VIZ_KEY_NONE;
}
