/* The brackets of groups around their lanes, in the gap between names and bars: from the task that waits for its group down to the
 * last task of it, at the playhead. Where groups nest, the inner one is drawn over the outer one.
 */
#include "viz/frame.h"

enum { TOP = 0x250c, SIDE = 0x2502, BOTTOM = 0x2514 };

/* Return the group that the lane has open at the playhead, TRACE_NONE if there is none. */
static uint32_t open_group(const struct viz_frame *frame, uint32_t lane)
{
	const struct trace_model *model = frame->model;
	uint32_t scope = model->lanes[lane].n_scopes > 0
	                         ? trace_lane_scope(model, lane, frame->ordinal)
	                         : TRACE_NONE;
	while (scope != TRACE_NONE && (model->scopes[scope].kind != TRACE_SCOPE_GROUP ||
	                               !trace_scope_is_open(&model->scopes[scope], frame->ordinal)))
		scope = model->scopes[scope].outer;
	return scope;
}

/* Return the last line on which a task stands that the owner has created within the scope, `line` if there is none. */
static int last_member(const struct viz_frame *frame, uint32_t owner, uint32_t scope, int line)
{
	int last = line;
	for (int i = line + 1; i < frame->at.lines; i++) {
		uint32_t lane = viz_rows_lane(&frame->rows, frame->view, frame->at.lines, i);
		if (lane == TRACE_NONE)
			break;
		const struct trace_lane *it = &frame->model->lanes[lane];
		if (it->kind == TRACE_LANE_TASK && it->parent == owner &&
		    it->born > frame->model->scopes[scope].opened && it->born <= frame->ordinal)
			last = i;
	}
	return last;
}

static void draw(const struct viz_frame *frame, int first, int last)
{
	int top = frame->at.timeline.row + first * frame->at.lane_rows;
	int bottom = frame->at.timeline.row + last * frame->at.lane_rows;
	for (int row = top; row <= bottom; row++)
		viz_grid_put(frame->grid, row, frame->at.timeline.col - 1,
		             row == top      ? TOP
		             : row == bottom ? BOTTOM
		                             : SIDE,
		             VIZ_STYLE_FRAME);
}

void viz_paint_brackets(const struct viz_frame *frame)
{
	if (frame->ordinal == TRACE_NONE || frame->view->wishes.sort != VIZ_SORT_TREE)
		return;
	for (int line = 0; line < frame->at.lines; line++) {
		uint32_t lane = viz_rows_lane(&frame->rows, frame->view, frame->at.lines, line);
		if (lane == TRACE_NONE)
			return;
		uint32_t group = frame->model->lanes[lane].kind == TRACE_LANE_TASK
		                         ? open_group(frame, lane)
		                         : TRACE_NONE;
		int last = group != TRACE_NONE ? last_member(frame, lane, group, line) : line;
		if (last > line)
			draw(frame, line, last);
	}
}
