/* The words inside a bar: on a long wait, what is waited on; on a long block, for how long. A label stands
 * in cells of one and the same state, with at least one sign of the state left on either side.
 */
#include "viz/explain.h"
#include "viz/frame.h"
#include "viz/utf8.h"

#define SIDE_COLS 2 /* on each side of a label, a space included */

/* Return the state record that is in force at the left edge of column `col`, NULL if there is none. */
static const struct trace_record *state_at(const struct viz_frame *frame, uint32_t lane, int col)
{
	uint64_t t_ns = viz_axis_edge_ns(&frame->axis, col);
	uint32_t ordinal = trace_model_at_time(frame->model, t_ns);
	if (ordinal == TRACE_NONE)
		return NULL;
	if (ordinal > frame->ordinal)
		ordinal = frame->ordinal;
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

static void label_run(const struct viz_frame *frame, uint32_t lane, int row, int first, int cols,
                      unsigned seen)
{
	char label[120];
	if (cols < 2 * SIDE_COLS + 3)
		return;
	/* the second column: at the left edge of the first, the step before may still be in force */
	const struct trace_record *record = state_at(frame, lane, first + 1);
	if (record == NULL)
		return;
	if (seen == TRACE_SEEN_WAITING && record->sub == TRACE_STATE_WAITING) {
		viz_name_of_wait(frame->model, record, label, sizeof label);
		put_label(frame, row, first, cols, VIZ_STYLE_WAITING, label);
	} else if (seen & TRACE_SEEN_BLOCKED) {
		put_label(frame, row, first, cols, VIZ_STYLE_BLOCKED, "blocks");
	}
}

void viz_paint_bar_labels(const struct viz_frame *frame, uint32_t lane, int row,
                          const uint8_t seen[])
{
	for (int first = 0, col = 0; col < frame->end_col; first = col) {
		while (col < frame->end_col && seen[col] == seen[first])
			col++;
		if (seen[first] == TRACE_SEEN_WAITING || seen[first] & TRACE_SEEN_BLOCKED)
			label_run(frame, lane, row, first, col - first, seen[first]);
	}
}
