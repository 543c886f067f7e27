/* Hints come from the table of actions; see action.h. */
#include "viz/input/hints.h"

#include "viz/input/action.h"
#include "viz/text/utf8.h"

#define HINTS_MAX 16

void viz_hints_paint(struct viz_grid *grid, unsigned where)
{
	struct viz_hint hints[HINTS_MAX];
	size_t n = viz_action_hints_in(where, true, hints, HINTS_MAX);
	int col = 1, row = grid->rows - 1;
	for (size_t i = 0; i < n; i++) {
		int keys = viz_utf8_cols(hints[i].keys), text = viz_utf8_cols(hints[i].text);
		if (col + keys + 1 + text >= grid->cols)
			return;
		viz_grid_text(grid, row, col, keys, VIZ_STYLE_KEY, hints[i].keys);
		viz_grid_text(grid, row, col + keys + 1, text, VIZ_STYLE_DIM, hints[i].text);
		col += keys + 1 + text + 2;
	}
}
