/* The help page: every key, in a box over the picture. Scrolls by view->help_top. */
#include <string.h>

#include "viz/input/action.h"
#include "viz/painter/frame.h"
#include "viz/text/utf8.h"

enum { LINES_MAX = 96, KEYS_COLS = 14, BOX_MAX_COLS = 76, SLIVER_COLS = 12 };

static void put_row(const struct viz_frame *frame, int row, int col, int cols, uint32_t left,
                    uint32_t fill, uint32_t right)
{
	viz_grid_put(frame->grid, row, col, left, VIZ_STYLE_FRAME);
	for (int i = 1; i < cols - 1; i++)
		viz_grid_put(frame->grid, row, col + i, fill, VIZ_STYLE_FRAME);
	viz_grid_put(frame->grid, row, col + cols - 1, right, VIZ_STYLE_FRAME);
}

/* Slivers of the picture beside the page, of a word or two, would only distract. */
static void blank_slivers(const struct viz_frame *frame, const struct viz_rect *box)
{
	if (frame->grid->cols - box->cols > 2 * SLIVER_COLS)
		return;
	for (int row = 0; row < box->rows; row++)
		for (int col = 0; col < frame->grid->cols; col++)
			*viz_grid_cell(frame->grid, box->row + row, col) =
			        (struct viz_cell){.ch = ' ', .style = VIZ_STYLE_PLAIN};
}

static void paint_box(const struct viz_frame *frame, const struct viz_rect *box)
{
	blank_slivers(frame, box);
	put_row(frame, box->row, box->col, box->cols, 0x250c, 0x2500, 0x2510);
	for (int i = 1; i < box->rows - 1; i++)
		put_row(frame, box->row + i, box->col, box->cols, 0x2502, ' ', 0x2502);
	put_row(frame, box->row + box->rows - 1, box->col, box->cols, 0x2514, 0x2500, 0x2518);
	for (int row = 0; row < box->rows; row++) {
		for (int col = 0; col < box->cols; col++)
			viz_grid_cell(frame->grid, box->row + row, box->col + col)->marked = false;
	}
	viz_grid_text(frame->grid, box->row, box->col + 2, box->cols - 4, VIZ_STYLE_TITLE,
	              " keys ");
}

static void paint_line(const struct viz_frame *frame, int row, int col, int cols,
                       const struct viz_help_line *line)
{
	viz_grid_text(frame->grid, row, col, KEYS_COLS, VIZ_STYLE_KEY, line->keys);
	viz_grid_text(frame->grid, row, col + KEYS_COLS + 1, cols - KEYS_COLS - 1, VIZ_STYLE_PLAIN,
	              line->text);
}

void viz_paint_help(const struct viz_frame *frame)
{
	struct viz_help_line lines[LINES_MAX];
	size_t n = viz_action_help(lines, LINES_MAX);
	const char *group = NULL;
	int rows = frame->grid->rows - 2, cols = frame->grid->cols - 2;
	struct viz_rect box = {.rows = rows, .cols = cols < BOX_MAX_COLS ? cols : BOX_MAX_COLS};
	int wanted = 2 + (int)n;
	for (size_t i = 0; i < n; i++) {
		wanted += group == NULL || strcmp(group, lines[i].group) != 0;
		group = lines[i].group;
	}
	box.rows = rows < wanted ? rows : wanted;
	box.row = (frame->grid->rows - box.rows) / 2;
	box.col = (frame->grid->cols - box.cols) / 2;
	paint_box(frame, &box);
	int last_top = wanted - box.rows, top = frame->view->help_top;
	top = top < last_top ? top : last_top;
	if (top < last_top)
		viz_grid_text(frame->grid, box.row + box.rows - 1, box.col + 2, box.cols - 4,
		              VIZ_STYLE_DIM, " more below ");
	int line = -top;
	group = NULL;
	for (size_t i = 0; i < n && line < box.rows - 2; i++) {
		if (group == NULL || strcmp(group, lines[i].group) != 0) {
			if (line >= 0)
				viz_grid_text(frame->grid, box.row + 1 + line, box.col + 2,
				              box.cols - 4, VIZ_STYLE_DIM, lines[i].group);
			line++;
			group = lines[i].group;
		}
		if (line >= 0 && line < box.rows - 2)
			paint_line(frame, box.row + 1 + line, box.col + 4, box.cols - 6, &lines[i]);
		line++;
	}
}
