/* The lane of an object: its level over time as a small graph. A column shows the tightest moment in it: the
 * fewest permits, but the most items.
 */
#include "viz/explain/explain.h"
#include "viz/painter/frame.h"

static bool is_tight_when_low(unsigned kind)
{
	return kind == TRACE_OBJECT_LOCK || kind == TRACE_OBJECT_SEMAPHORE ||
	       kind == TRACE_OBJECT_BOUNDED_SEMAPHORE;
}

/* Return what a full column stands for. While the future is hidden it is what has been until now, or the height would tell. */
static int64_t full(const struct viz_frame *frame, const struct trace_lane *lane,
                    const struct trace_range ranges[])
{
	int64_t max = lane->capacity;
	if (!frame->view->mask)
		return lane->level_max > max ? lane->level_max : max;
	for (int col = 0; col < frame->end_col; col++)
		if (ranges[col].low <= ranges[col].high && ranges[col].high > max)
			max = ranges[col].high;
	return max;
}

void viz_paint_level(const struct viz_frame *frame, uint32_t lane, int row)
{
	const struct trace_lane *it = &frame->model->lanes[lane];
	int64_t max, now;
	uint32_t waiters;
	if (frame->ordinal == TRACE_NONE ||
	    !trace_object_level(frame->model, lane, frame->ordinal, &now, &waiters))
		return;
	size_t at = trace_lane_at(it, frame->ordinal);
	int since_col = viz_frame_col(frame, it->ordinals[at]);
	struct trace_range ranges[VIZ_TIMELINE_MAX_COLS];
	viz_frame_ranges(frame, lane, ranges);
	max = full(frame, it, ranges);
	max = now > max ? now : max;
	for (int col = 0; col < frame->end_col; col++) {
		bool is_known = ranges[col].low <= ranges[col].high;
		int64_t low = is_known ? ranges[col].low : now;
		int64_t high = is_known ? ranges[col].high : now;
		int64_t value = is_tight_when_low(it->object_kind) ? low : high;
		if (is_known || col >= since_col)
			viz_grid_put(frame->grid, row, frame->at.timeline.col + col,
			             viz_glyph_level(value, max, frame->view->ascii),
			             value > 0 ? VIZ_STYLE_LEVEL : VIZ_STYLE_DIM);
	}
}
