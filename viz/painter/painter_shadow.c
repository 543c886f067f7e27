/* The shadow: another timeline behind this one, drawn only where this one has nothing or waits, so that it never hides a
 * state. Where the other one ran stands a tick, where it only lived a dash.
 */
#include <string.h>

#include "viz/painter/frame.h"

static bool is_free(const struct viz_cell *cell)
{
	return (cell->ch == ' ' && cell->style == VIZ_STYLE_PLAIN) ||
	       cell->style == VIZ_STYLE_WAITING;
}

static void put(const struct viz_frame *frame, int row, int col, unsigned seen)
{
	const struct viz_cell *cell = viz_grid_cell(frame->grid, row, frame->at.timeline.col + col);
	bool has_run = seen & (TRACE_SEEN_RUNNING | TRACE_SEEN_BLOCKED);
	/* letters in a wait are a name, and a wait says more than that the other one waited too */
	bool is_named = cell->style == VIZ_STYLE_WAITING && cell->ch != 0xb7 && cell->ch != '.';
	if (seen == 0 || !is_free(cell) || is_named)
		return;
	if (!has_run && cell->ch != ' ')
		return;
	viz_glyph_put(frame->grid, row, frame->at.timeline.col + col,
	              has_run ? VIZ_GLYPH_SHADOW_STEP : VIZ_GLYPH_SHADOW, frame->view->ascii);
}

void viz_paint_shadow(const struct viz_frame *frame, uint32_t lane, int row)
{
	const struct viz_scene *scene = frame->scene;
	uint8_t seen[VIZ_TIMELINE_MAX_COLS + 1] = {0};
	uint64_t edges_ns[VIZ_TIMELINE_MAX_COLS + 1];
	if (scene->shadow == NULL || lane == 0 || frame->view->axis != VIZ_AXIS_TIME ||
	    scene->shadow_of[lane] == TRACE_NONE)
		return;
	for (int col = 0; col <= frame->axis.cols; col++)
		edges_ns[col] = viz_axis_edge(&frame->axis, col);
	trace_lane_seen_row(scene->shadow, scene->shadow_of[lane], edges_ns,
	                    (size_t)frame->axis.cols, TRACE_NONE, seen);
	for (int col = 0; col < frame->axis.cols; col++)
		put(frame, row, col, seen[col]);
}
