/* The plain text canvas. */
#include "viz/canvas/canvas.h"
#include "viz/text/utf8.h"

static int last_col(const struct viz_cell *row, int cols)
{
	while (cols > 0 && row[cols - 1].ch == ' ')
		cols--;
	return cols;
}

void viz_canvas_text(const struct viz_grid *grid, FILE *out)
{
	for (int r = 0; r < grid->rows; r++) {
		const struct viz_cell *row = grid->cells + (size_t)r * (size_t)grid->cols;
		int cols = last_col(row, grid->cols);
		for (int c = 0; c < cols; c++) {
			char bytes[VIZ_UTF8_MAX_BYTES];
			if (row[c].ch != 0)
				fwrite(bytes, 1, viz_utf8_put(bytes, row[c].ch), out);
		}
		fputc('\n', out);
	}
}
