/* Arrows right of the playhead, where nothing is painted yet, so that they hide nothing: the one hop of the selected lane, or the
 * circle of a deadlock. An arrow needs a column that is blank from its first row to its last; without one there is no arrow.
 */
#include "viz/explain/cycle.h"
#include "viz/painter/frame.h"
#include "viz/explain/hop.h"
#include "viz/text/utf8.h"

enum { CORNER_DOWN = 0x2510, CORNER_UP = 0x2518, LINE = 0x2502, HEAD = 0x25c2, LOOK_COLS = 4 };

static struct viz_cell *cell_at(const struct viz_frame *frame, int row, int col)
{
	return viz_grid_cell(frame->grid, row, frame->at.timeline.col + col);
}

static bool is_blank(const struct viz_frame *frame, int row, int col)
{
	const struct viz_cell *cell = cell_at(frame, row, col);
	return cell != NULL && cell->ch == ' ' && cell->style == VIZ_STYLE_PLAIN;
}

/* Return the first column from `from` on that is blank between two rows; -1 if there is none near. The gap before the
 * notes counts too. */
static int free_col(const struct viz_frame *frame, int from, int first_row, int last_row)
{
	int end = frame->axis.cols + (frame->at.notes.cols > 0 ? 1 : 0);
	for (int col = from; col < end && col < from + LOOK_COLS; col++) {
		int row = first_row;
		while (row <= last_row && is_blank(frame, row, col))
			row++;
		if (row > last_row)
			return col;
	}
	return -1;
}

static void put(const struct viz_frame *frame, int row, int col, uint32_t ch, enum viz_style style)
{
	viz_grid_put(frame->grid, row, frame->at.timeline.col + col, ch, style);
}

/* Draw from one lane to another in the first free column from `col` on. Returns the column, -1 without room. */
static int draw(const struct viz_frame *frame, const struct viz_hop *hop, int col,
                enum viz_style style)
{
	int from = viz_frame_row(frame, hop->from), to = viz_frame_row(frame, hop->to);
	if (from < 0 || to < 0 || from == to)
		return -1;
	int first = from < to ? from : to, last = from < to ? to : from;
	col = free_col(frame, col, first, last);
	if (col < 0)
		return -1;
	for (int row = first; row <= last; row++)
		put(frame, row, col,
		    row == to     ? HEAD
		    : row != from ? LINE
		    : from < to   ? CORNER_DOWN
		                  : CORNER_UP,
		    style);
	return col;
}

/* Write the word beside the arrow's tail, if its cells are blank. */
static void write_word(const struct viz_frame *frame, const struct viz_hop *hop, int col)
{
	int row = viz_frame_row(frame, hop->from), cols = viz_utf8_cols(hop->word);
	if (col + 2 + cols > frame->axis.cols)
		return;
	for (int i = 1; i < cols + 2; i++) {
		if (!is_blank(frame, row, col + i))
			return;
	}
	viz_grid_text(frame->grid, row, frame->at.timeline.col + col + 2, cols, VIZ_STYLE_DIM,
	              hop->word);
}

/* The circle that the selected lane is in or waits for; at the end of a deadlock, any. */
static size_t circle(const struct viz_frame *frame, uint32_t lanes[], size_t max)
{
	const struct trace_model *model = frame->model;
	uint32_t lane = frame->view->selected;
	size_t n = lane < model->n_lanes && model->lanes[lane].kind == TRACE_LANE_TASK
	                   ? viz_cycle_of(model, lane, frame->ordinal, lanes, max)
	                   : 0;
	bool is_deadlock = model->status == TRACE_STATUS_DEADLOCK && frame->view->follow;
	if (n == 0 && is_deadlock && (lane = viz_cycle_find(model, frame->ordinal)) != TRACE_NONE)
		n = viz_cycle_of(model, lane, frame->ordinal, lanes, max);
	return n;
}

void viz_paint_arrows(const struct viz_frame *frame)
{
	uint32_t lanes[8];
	struct viz_hop hop;
	if (frame->ordinal == TRACE_NONE || frame->end_col == 0 || frame->view->page)
		return;
	size_t n = circle(frame, lanes, 8);
	for (size_t i = 0; i < n; i++) {
		hop = (struct viz_hop){lanes[i], lanes[(i + 1) % n], ""};
		(void)draw(frame, &hop, frame->end_col, VIZ_STYLE_TITLE);
	}
	if (n > 0 || !viz_hop_of(frame->model, frame->view->selected, frame->ordinal, &hop))
		return;
	int col = draw(frame, &hop, frame->end_col, VIZ_STYLE_TITLE);
	if (col >= 0)
		write_word(frame, &hop, col);
}
