/* The legend: each glyph with its word, as many as fit, from the same table that the bars are painted from.
 * Glyphs that stand next to each other in the table and share their word are shown side by side.
 */
#include <string.h>

#include "viz/frame.h"
#include "viz/utf8.h"

static const char *word_of(int glyph)
{
	return glyph < VIZ_GLYPH_COUNT ? viz_glyph_row((enum viz_glyph)glyph)->word : "";
}

/* Return the glyph after the last one that shares its word with `glyph`. */
static int end_of_entry(int glyph)
{
	int end = glyph + 1;
	while (word_of(glyph)[0] != '\0' && strcmp(word_of(end), word_of(glyph)) == 0)
		end++;
	return end;
}

static int entry_cols(int glyph)
{
	return end_of_entry(glyph) - glyph + 1 + viz_utf8_cols(word_of(glyph));
}

/* Return the columns of the whole legend with gaps of two. */
static int all_cols(void)
{
	int cols = -2;
	for (int glyph = 0; glyph < VIZ_GLYPH_COUNT; glyph = end_of_entry(glyph)) {
		if (word_of(glyph)[0] != '\0')
			cols += entry_cols(glyph) + 2;
	}
	return cols;
}

static void paint_entry(const struct viz_frame *frame, int glyph, int col)
{
	int row = frame->at.legend.row;
	const char *word = word_of(glyph);
	for (int end = end_of_entry(glyph); glyph < end; glyph++)
		viz_glyph_put(frame->grid, row, col++, (enum viz_glyph)glyph, frame->view->ascii);
	viz_grid_text(frame->grid, row, col + 1, viz_utf8_cols(word), VIZ_STYLE_DIM, word);
}

void viz_paint_legend(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.legend;
	int col = rect->col, end = rect->col + rect->cols;
	int gap = all_cols() <= rect->cols ? 2 : 1;
	if (rect->rows == 0)
		return;
	for (int glyph = 0; glyph < VIZ_GLYPH_COUNT; glyph = end_of_entry(glyph)) {
		if (word_of(glyph)[0] == '\0' || col + entry_cols(glyph) > end)
			continue;
		paint_entry(frame, glyph, col);
		col += entry_cols(glyph) + gap;
	}
}
