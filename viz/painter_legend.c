/* The legend: each glyph with its word, as many as fit, from the same table that the bars are painted from. */
#include "viz/frame.h"
#include "viz/utf8.h"

void viz_paint_legend(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.legend;
	int col = rect->col, end = rect->col + rect->cols;
	if (rect->rows == 0)
		return;
	for (int glyph = 0; glyph < VIZ_GLYPH_COUNT; glyph++) {
		const char *word = viz_glyph_row((enum viz_glyph)glyph)->word;
		int cols = viz_utf8_cols(word) + 2;
		if (word[0] == '\0' || col + cols > end)
			continue;
		viz_glyph_put(frame->grid, rect->row, col, (enum viz_glyph)glyph,
		              frame->view->ascii);
		viz_grid_text(frame->grid, rect->row, col + 2, end - col - 2, VIZ_STYLE_DIM, word);
		col += cols + 2;
	}
}
