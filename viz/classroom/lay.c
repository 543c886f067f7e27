/* Running text on a grid, broken at spaces and at its own newlines. */
#include "viz/classroom/lay.h"

#include <stdio.h>
#include <string.h>

#include "viz/utf8.h"

/* Return the bytes of the line that `text` begins with, at most `cols` columns, broken at a newline or a space. */
static size_t line_bytes(const char *text, int cols)
{
	const char *at = text, *space = NULL;
	for (int used = 0; *at != '\0' && *at != '\n';) {
		const char *before = at;
		uint32_t ch = viz_utf8_next(&at);
		if (ch == ' ')
			space = before;
		used += viz_utf8_width(ch);
		if (used > cols && before != text)
			return (size_t)((space != NULL && space != text ? space : before) - text);
	}
	return (size_t)(at - text);
}

int viz_lay_text(struct viz_grid *grid, int row, int col, int rows, int cols, enum viz_style style,
                 const char *text)
{
	int used = 0;
	while (*text != '\0' && used < rows) {
		char line[1000];
		size_t n = line_bytes(text, cols);
		snprintf(line, sizeof line, "%.*s", (int)n, text);
		if (grid != NULL)
			viz_grid_text(grid, row + used, col, cols, style, line);
		used++;
		text += n;
		text += strspn(text, " ");
		text += *text == '\n';
	}
	return used;
}
