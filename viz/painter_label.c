/* The words inside a bar: on a long wait, what is waited on; on a long block, that it blocks. A label stands
 * in cells of one and the same state, with at least one sign of the state left on either side. A timed wait
 * that goes on past its time is set apart here too: the loop is late for it.
 */
#include "viz/explain.h"
#include "viz/frame.h"
#include "viz/utf8.h"

#define SIDE_COLS 2 /* on each side of a label, a space included */

/* Return the state record that is in force at the left edge of column `col`, NULL if there is none. */
static const struct trace_record *state_at(const struct viz_frame *frame, uint32_t lane, int col)
{
	uint32_t ordinal, last;
	viz_frame_events(frame, col, &ordinal, &last);
	if (ordinal == TRACE_NONE)
		return NULL;
	const struct trace_lane *it = &frame->model->lanes[lane];
	size_t at = trace_lane_at(it, ordinal);
	return at == SIZE_MAX ? NULL : trace_model_event(frame->model, it->ordinals[at]);
}

static void put_label(const struct viz_frame *frame, int row, int first, int cols,
                      enum viz_style style, const char *label)
{
	int width = viz_utf8_cols(label);
	if (width + 2 * SIDE_COLS > cols)
		return;
	int col = frame->at.timeline.col + first + (cols - width) / 2;
	viz_grid_put(frame->grid, row, col - 1, ' ', style);
	viz_grid_text(frame->grid, row, col, width, style, label);
	viz_grid_put(frame->grid, row, col + width, ' ', style);
}

/* In event order a column is an instant: at the time itself nothing is late yet. */
static bool is_past(const struct viz_frame *frame, int col, uint64_t until_ns)
{
	uint64_t t_ns = viz_frame_time_ns(frame, col);
	return frame->axis.kind == VIZ_AXIS_TIME ? t_ns >= until_ns : t_ns > until_ns;
}

/* Paint the part of a wait that is past its time, with the word for it. Returns the columns before it. */
static int paint_overdue(const struct viz_frame *frame, int row, int first, int cols,
                         const struct trace_record *record)
{
	if (!(record->arg & TRACE_TIMED))
		return cols;
	uint64_t until_ns = trace_join(record->b, record->c);
	int from = cols;
	while (from > 0 && is_past(frame, first + from - 1, until_ns))
		from--;
	for (int col = from; col < cols; col++)
		viz_glyph_put(frame->grid, row, frame->at.timeline.col + first + col,
		              VIZ_GLYPH_OVERDUE, frame->view->ascii);
	put_label(frame, row, first + from, cols - from, VIZ_STYLE_OVERDUE, "overdue");
	return from;
}

static void label_wait(const struct viz_frame *frame, uint32_t lane, int row, int first, int cols)
{
	char label[120];
	/* the second column: at the left edge of the first, the step before may still be in force */
	const struct trace_record *record = state_at(frame, lane, first + (cols > 1));
	if (record == NULL || record->sub != TRACE_STATE_WAITING)
		return;
	cols = paint_overdue(frame, row, first, cols, record);
	viz_name_of_wait(frame->model, record, label, sizeof label);
	put_label(frame, row, first, cols, VIZ_STYLE_WAITING, label);
}

void viz_paint_bar_labels(const struct viz_frame *frame, uint32_t lane, int row,
                          const uint8_t seen[])
{
	for (int first = 0, col = 0; col < frame->end_col; first = col) {
		while (col < frame->end_col && seen[col] == seen[first])
			col++;
		if (seen[first] == TRACE_SEEN_WAITING)
			label_wait(frame, lane, row, first, col - first);
		else if (seen[first] & TRACE_SEEN_BLOCKED)
			put_label(frame, row, first, col - first, VIZ_STYLE_BLOCKED, "blocks");
	}
}
