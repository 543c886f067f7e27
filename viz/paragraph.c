/* Running text broken at spaces. */
#include "viz/frame.h"

#include <string.h>

#include "viz/utf8.h"

/* Return how many bytes of `text` go on a line of `cols` columns: up to the last space that fits, or a hard
 * cut in a word that is wider than the line. At least one code point. */
static size_t line_bytes(const char *text, int cols)
{
	const char *at = text, *space = NULL;
	int used = 0;
	for (;;) {
		const char *before = at;
		uint32_t ch = viz_utf8_next(&at);
		if (ch == 0)
			return (size_t)(before - text);
		if (ch == ' ')
			space = before;
		used += viz_utf8_width(ch);
		if (used <= cols || before == text)
			continue;
		return (size_t)((space != NULL && space != text ? space : before) - text);
	}
}

int viz_paint_paragraph(const struct viz_frame *frame, const struct viz_rect *rect,
                        enum viz_style style, const char *text)
{
	char line[4 * VIZ_TIMELINE_MAX_COLS];
	int row = 0;
	while (row < rect->rows && *text != '\0') {
		size_t n = line_bytes(text, rect->cols);
		bool is_last = row + 1 == rect->rows;
		if (n >= sizeof line)
			n = sizeof line - 1;
		memcpy(line, text, n);
		line[n] = '\0';
		viz_grid_text(frame->grid, rect->row + row, rect->col, rect->cols, style,
		              is_last ? text : line);
		text += n;
		text += strspn(text, " ");
		row++;
	}
	return row;
}
