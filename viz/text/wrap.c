/* Lines are broken at spaces; a space at which a line is broken is written nowhere. */
#include "viz/text/wrap.h"

#include "viz/text/utf8.h"

size_t viz_wrap_bytes(const char *text, int cols)
{
	const char *at = text, *space = NULL;
	int used = 0;
	for (;;) {
		const char *before = at;
		uint32_t ch = viz_utf8_next(&at);
		if (ch == 0 || ch == '\n')
			return (size_t)(before - text);
		if (ch == ' ')
			space = before;
		used += viz_utf8_width(ch);
		if (used <= cols || before == text)
			continue;
		return (size_t)((space != NULL && space != text ? space : before) - text);
	}
}

void viz_wrap_print(FILE *out, const char *text, int indent, int cols, int hang)
{
	int room = cols - indent > 8 ? cols - indent : 8;
	while (*text != '\0') {
		size_t n = viz_wrap_bytes(text, room);
		fprintf(out, "%*s%.*s\n", hang ? 0 : indent, "", (int)n, text);
		hang = 0;
		text += n;
		while (*text == ' ')
			text++;
		text += *text == '\n';
	}
}
