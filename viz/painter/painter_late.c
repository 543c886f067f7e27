/* A timed wait that goes on past its time: the loop is late for it. That part is set apart, and where the time was a limit, and not
 * what was waited for, it begins with the sign of a deadline.
 */
#include "viz/painter/frame.h"

/* In event order a column is an instant: at the time itself nothing is late yet. */
static bool is_past(const struct viz_frame *frame, int col, uint64_t until_ns)
{
	uint64_t t_ns = viz_frame_time_ns(frame, col);
	return frame->axis.kind == VIZ_AXIS_TIME ? t_ns >= until_ns : t_ns > until_ns;
}

/* Return the WAITING record in force in the run of columns, NULL if there is none. */
static const struct trace_record *wait_in(const struct viz_frame *frame, uint32_t lane, int first,
                                          int cols)
{
	uint32_t ordinal, last;
	/* the second column: at the left edge of the first, the step before may still be in force */
	viz_frame_events(frame, first + (cols > 1), &ordinal, &last);
	const struct trace_lane *it = &frame->model->lanes[lane];
	size_t at = ordinal == TRACE_NONE ? SIZE_MAX : trace_lane_at(it, ordinal);
	if (at == SIZE_MAX)
		return NULL;
	const struct trace_record *record = trace_model_event(frame->model, it->ordinals[at]);
	return record->sub == TRACE_STATE_WAITING ? record : NULL;
}

static void paint_run(const struct viz_frame *frame, uint32_t lane, int row, int first, int cols)
{
	const struct trace_record *record = wait_in(frame, lane, first, cols);
	if (record == NULL || !(record->arg & TRACE_TIMED))
		return;
	uint64_t until_ns = trace_join(record->b, record->c);
	bool is_limit = (record->arg & ~TRACE_TIMED) != TRACE_ON_SLEEP;
	int from = cols;
	while (from > 0 && is_past(frame, first + from - 1, until_ns))
		from--;
	for (int col = from; col < cols; col++)
		viz_glyph_put(frame->grid, row, frame->at.timeline.col + first + col,
		              is_limit && col == from && col > 0 ? VIZ_GLYPH_DEADLINE
		                                                 : VIZ_GLYPH_OVERDUE,
		              frame->view->ascii);
}

void viz_paint_late(const struct viz_frame *frame, uint32_t lane, int row, const uint8_t seen[])
{
	for (int first = 0, col = 0; col < frame->end_col; first = col) {
		while (col < frame->end_col && seen[col] == seen[first])
			col++;
		if (seen[first] == TRACE_SEEN_WAITING)
			paint_run(frame, lane, row, first, col - first);
	}
}
