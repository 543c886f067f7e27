/* The legend: each glyph with its word, as many as fit, from the same table that the bars are painted from.
 * Glyphs that stand next to each other in the table and share their word are shown side by side.
 */
#include <string.h>

#include "viz/painter/frame.h"
#include "viz/text/utf8.h"

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

/* Whether a mark may stand in the lanes, and is to be explained then. */
static bool is_wanted(const struct viz_frame *frame, int glyph)
{
	bool is_path = strcmp(word_of(glyph), word_of(VIZ_GLYPH_PATH_WAITING)) == 0;
	return is_mark(glyph) && word_of(glyph)[0] != '\0' &&
	       (!is_path || frame->scene->path != NULL);
}

/* Note the mark that a cell shows. */
static void note(const struct viz_frame *frame, const struct viz_cell *cell, bool there[])
{
	for (int glyph = 0; glyph < VIZ_GLYPH_COUNT; glyph++) {
		const struct viz_glyph_row *it = viz_glyph_row((enum viz_glyph)glyph);
		if (is_wanted(frame, glyph) && cell->style == it->style &&
		    cell->ch == (frame->view->ascii ? it->ascii : it->utf8))
			there[glyph] = true;
	}
}

/* Find out which marks stand somewhere in the lanes. Most cells are like the one before, or of a style that no mark has. */
static void find_marks(const struct viz_frame *frame, bool there[])
{
	const struct viz_rect *rect = &frame->at.timeline;
	int rows = rect->rows + frame->at.strips.rows; /* the strips stand right below */
	uint32_t styles = 0;
	for (int glyph = 0; glyph < VIZ_GLYPH_COUNT; glyph++)
		if (is_wanted(frame, glyph))
			styles |= 1u << viz_glyph_row((enum viz_glyph)glyph)->style;
	for (int row = 0; row < rows && rect->cols > 0; row++) {
		const struct viz_cell *cell =
		        viz_grid_cell(frame->grid, rect->row + row, rect->col);
		const struct viz_cell *end = cell + rect->cols, *before = NULL;
		for (; cell < end; before = cell++)
			if ((styles >> cell->style & 1) != 0 &&
			    (before == NULL || cell->ch != before->ch ||
			     cell->style != before->style))
				note(frame, cell, there);
	}
}

struct legend {
	const struct viz_frame *frame;
	int col, end, gap;
	bool there[VIZ_GLYPH_COUNT]; /* marks */
};

/* Whether one of an entry's marks is there; the states are always explained. */
static bool is_shown(const struct legend *legend, int glyph)
{
	int end = end_of_entry(glyph);
	if (!is_mark(glyph))
		return true;
	while (glyph < end && !legend->there[glyph])
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

/* Paint the entries from `first` on, marks or states, as many as fit. */
static void paint_entries(struct legend *legend, int first, int end, bool marks)
{
	for (int glyph = first; glyph < end; glyph = end_of_entry(glyph)) {
		if (word_of(glyph)[0] == '\0' || is_mark(glyph) != marks ||
		    legend->col + entry_cols(glyph) > legend->end || !is_shown(legend, glyph))
			continue;
		paint_entry(legend->frame, glyph, legend->col);
		legend->col += entry_cols(glyph) + legend->gap;
	}
}

void viz_paint_legend(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.legend;
	struct legend legend = {.frame = frame,
	                        .col = rect->col,
	                        .end = rect->col + rect->cols,
	                        .gap = rect->cols >= 90 ? 2 : 1};
	if (rect->rows == 0)
		return;
	find_marks(frame, legend.there);
	/* what everybody must know, then the marks that are there, then the rest */
	paint_entries(&legend, 0, VIZ_GLYPH_OVERDUE, false);
	paint_entries(&legend, 0, VIZ_GLYPH_COUNT, true);
	paint_entries(&legend, VIZ_GLYPH_OVERDUE, VIZ_GLYPH_COUNT, false);
}
