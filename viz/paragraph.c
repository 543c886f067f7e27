/* Running text broken at spaces. */
#include "viz/frame.h"

#include <string.h>

#include "viz/wrap.h"

int viz_paint_paragraph(const struct viz_frame *frame, const struct viz_rect *rect,
                        enum viz_style style, const char *text)
{
	char line[4 * VIZ_TIMELINE_MAX_COLS];
	int row = 0;
	while (row < rect->rows && *text != '\0') {
		size_t n = viz_wrap_bytes(text, rect->cols);
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
