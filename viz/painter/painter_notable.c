/* Marks: what happens to a lane besides its states. A cancellation's phases, an error that nobody asked for, a callback of
 * the loop, the life of a coroutine that is no task.
 *
 * A mark takes the place of a sign only where the cells beside it still tell the state: never of a full block of
 * running on the time axis, and never of the sign of an end.
 */
#include "viz/painter/frame.h"

static struct viz_cell *cell_at(const struct viz_frame *frame, int row, int col)
{
	return col >= 0 && col < frame->axis.cols
	               ? viz_grid_cell(frame->grid, row, frame->at.timeline.col + col)
	               : NULL;
}

static void put(const struct viz_frame *frame, int row, int col, enum viz_glyph glyph)
{
	viz_glyph_put(frame->grid, row, frame->at.timeline.col + col, glyph, frame->view->ascii);
}

/* Whether the cell shows a step or a stretch of running, or an end. */
static bool is_taken(const struct viz_frame *frame, const struct viz_cell *cell)
{
	bool is_full = cell->ch == viz_glyph_row(VIZ_GLYPH_RUNNING)->utf8 ||
	               cell->ch == viz_glyph_row(VIZ_GLYPH_RUNNING)->ascii;
	return cell->style == VIZ_STYLE_BLOCKED || cell->style == VIZ_STYLE_DONE ||
	       cell->style == VIZ_STYLE_ERROR ||
	       (cell->style == VIZ_STYLE_CANCELLED &&
	        cell->ch != viz_glyph_row(VIZ_GLYPH_DELIVERED)->utf8) ||
	       (cell->style == VIZ_STYLE_RUNNING && is_full && frame->axis.kind == VIZ_AXIS_TIME);
}

/* The rule of which phase a cell shows: what came of it before the delivery before the request. */
static enum viz_glyph cancel_glyph(unsigned marks, const struct viz_cell *cell)
{
	if (marks & TRACE_MARKED_SWALLOWED)
		return VIZ_GLYPH_SWALLOWED;
	if (marks & TRACE_MARKED_SHIELDED)
		return VIZ_GLYPH_SHIELDED;
	bool has_step = cell->style == VIZ_STYLE_RUNNING ||
	                cell->ch == viz_glyph_row(VIZ_GLYPH_DELIVERED)->utf8;
	if (marks & TRACE_MARKED_DELIVERED && has_step) /* it arrives in a step */
		return VIZ_GLYPH_DELIVERED;
	return marks & TRACE_MARKED_REQUESTED && !has_step ? VIZ_GLYPH_REQUESTED : VIZ_GLYPH_COUNT;
}

static void mark_task(const struct viz_frame *frame, int row, int col, unsigned marks)
{
	struct viz_cell *cell = cell_at(frame, row, col), *next = cell_at(frame, row, col + 1);
	if (marks & TRACE_MARKED_NEVER_RETRIEVED) {
		bool is_blank = cell->ch == ' ' || cell->style == VIZ_STYLE_PLAYHEAD;
		if (is_blank)
			put(frame, row, col, VIZ_GLYPH_NEVER_ASKED);
		else if (next != NULL && next->ch == ' ')
			put(frame, row, col + 1, VIZ_GLYPH_NEVER_ASKED);
		return;
	}
	enum viz_glyph glyph = cancel_glyph(marks, cell);
	if (glyph != VIZ_GLYPH_COUNT && !is_taken(frame, cell))
		put(frame, row, col, glyph);
}

static void mark_tasks_lane(const struct viz_frame *frame, uint32_t lane, int row)
{
	uint32_t begin, end;
	for (int col = 0; col < frame->end_col; col++) {
		viz_frame_column(frame, col, &begin, &end);
		unsigned marks = trace_lane_marks(frame->model, lane, begin, end);
		if (marks != 0)
			mark_task(frame, row, col, marks);
	}
}

static void mark_loop(const struct viz_frame *frame, int row)
{
	uint32_t begin, end;
	for (int col = 0; col < frame->end_col; col++) {
		viz_frame_column(frame, col, &begin, &end);
		if (trace_lane_others(frame->model, 0, begin, end, NULL) > 0)
			put(frame, row, col, VIZ_GLYPH_CALL);
	}
}

/* A coroutine that is no task has no state: only that it was made, and that it was thrown away. */
static void mark_coroutine(const struct viz_frame *frame, uint32_t lane, int row)
{
	const struct trace_lane *it = &frame->model->lanes[lane];
	int col = viz_frame_col(frame, it->born);
	if (frame->ordinal == TRACE_NONE || it->born > frame->ordinal)
		return;
	if (col >= 0 && col < frame->end_col)
		put(frame, row, col, VIZ_GLYPH_COROUTINE);
	for (size_t i = 0; i < it->n_others && it->others[i] <= frame->ordinal; i++) {
		const struct trace_record *record = trace_model_event(frame->model, it->others[i]);
		col = viz_frame_col(frame, it->others[i]);
		if (col >= 0 && col < frame->end_col && record->sub == TRACE_CORO_DROPPED)
			put(frame, row, col, VIZ_GLYPH_NEVER_AWAITED);
	}
}

void viz_paint_notable(const struct viz_frame *frame, uint32_t lane, int row)
{
	const struct trace_lane *it = &frame->model->lanes[lane];
	if (it->kind == TRACE_LANE_TASK && it->n_others > 0)
		mark_tasks_lane(frame, lane, row);
	else if (it->kind == TRACE_LANE_LOOP && it->n_others > 0)
		mark_loop(frame, row);
	else if (it->kind == TRACE_LANE_OBJECT && it->object_kind == TRACE_OBJECT_COROUTINE)
		mark_coroutine(frame, lane, row);
}
