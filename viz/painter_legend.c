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

static bool is_mark(int glyph)
{
	return glyph >= VIZ_GLYPH_DELIVERED && glyph < VIZ_GLYPH_LOOP;
}

/* Whether a glyph stands somewhere in the lanes. */
static bool is_there(const struct viz_frame *frame, int glyph)
{
	const struct viz_rect *rect = &frame->at.timeline;
	const struct viz_glyph_row *wanted = viz_glyph_row((enum viz_glyph)glyph);
	uint32_t ch = frame->view->ascii ? wanted->ascii : wanted->utf8;
	int rows = rect->rows + frame->at.strips.rows; /* the strips stand right below */
	for (int row = 0; row < rows && rect->cols > 0; row++) {
		const struct viz_cell *cells =
		        viz_grid_cell(frame->grid, rect->row + row, rect->col);
		for (int i = 0; i < rect->cols; i++)
			if (cells[i].ch == ch && cells[i].style == wanted->style)
				return true;
	}
	return false;
}

/* Whether one of an entry's marks is there; the states are always explained. */
static bool is_shown(const struct viz_frame *frame, int glyph)
{
	int end = end_of_entry(glyph);
	if (!is_mark(glyph))
		return true;
	if (glyph == VIZ_GLYPH_PATH_WAITING && frame->scene->path == NULL)
		return false;
	while (glyph < end && !is_there(frame, glyph))
		glyph++;
	return glyph < end;
}

static void paint_entry(const struct viz_frame *frame, int glyph, int col)
{
	int row = frame->at.legend.row;
	const char *word = word_of(glyph);
	for (int end = end_of_entry(glyph); glyph < end; glyph++)
		viz_glyph_put(frame->grid, row, col++, (enum viz_glyph)glyph, frame->view->ascii);
	viz_grid_text(frame->grid, row, col + 1, viz_utf8_cols(word), VIZ_STYLE_DIM, word);
}

struct legend {
	const struct viz_frame *frame;
	int col, end, gap;
};

/* Paint the entries from `first` on, marks or states, as many as fit. */
static void paint_entries(struct legend *legend, int first, int end, bool marks)
{
	for (int glyph = first; glyph < end; glyph = end_of_entry(glyph)) {
		if (word_of(glyph)[0] == '\0' || is_mark(glyph) != marks ||
		    legend->col + entry_cols(glyph) > legend->end ||
		    !is_shown(legend->frame, glyph))
			continue;
		paint_entry(legend->frame, glyph, legend->col);
		legend->col += entry_cols(glyph) + legend->gap;
	}
}

void viz_paint_legend(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.legend;
	struct legend legend = {frame, rect->col, rect->col + rect->cols, rect->cols >= 90 ? 2 : 1};
	if (rect->rows == 0)
		return;
	/* what everybody must know, then the marks that are there, then the rest */
	paint_entries(&legend, 0, VIZ_GLYPH_OVERDUE, false);
	paint_entries(&legend, 0, VIZ_GLYPH_COUNT, true);
	paint_entries(&legend, VIZ_GLYPH_OVERDUE, VIZ_GLYPH_COUNT, false);
}
