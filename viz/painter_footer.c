/* The footer: the keys that apply now, the most important first, as many as fit. */
#include "viz/action.h"
#include "viz/frame.h"
#include "viz/utf8.h"

#define HINTS_MAX 32

void viz_paint_footer(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.footer;
	struct viz_hint hints[HINTS_MAX];
	size_t n = viz_action_hints(frame->scene->mode, frame->scene->can_step, hints, HINTS_MAX);
	int col = rect->col, end = rect->col + rect->cols;
	for (size_t i = 0; i < n && i < HINTS_MAX; i++) {
		int keys = viz_utf8_cols(hints[i].keys), text = viz_utf8_cols(hints[i].text);
		if (col + keys + 1 + text > end)
			return;
		viz_grid_text(frame->grid, rect->row, col, keys, VIZ_STYLE_KEY, hints[i].keys);
		viz_grid_text(frame->grid, rect->row, col + keys + 1, text, VIZ_STYLE_DIM,
		              hints[i].text);
		col += keys + 1 + text + 2;
	}
}
