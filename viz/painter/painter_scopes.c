/* Scopes along the bar of the task that opened them: a group in braces, a timeout in brackets, a shield in parentheses.
 *
 * The signs stand only where the task waits, beside the step that opens or closes the scope, so no state is hidden; a scope
 * without a wait in it has no room and no meaning either. The deadline of a timeout is a diamond, in the future too as long as
 * the timeout is open, and where the task still waits after it, the wait is overdue.
 */
#include "viz/painter/frame.h"

static const char signs[TRACE_SCOPE_KIND_END][3] = {
        [TRACE_SCOPE_GROUP] = "{}",
        [TRACE_SCOPE_TIMEOUT] = "[]",
        [TRACE_SCOPE_SHIELD] = "()",
};

#define SIGN_COLS 3 /* from a step to the next, with room for two signs between them */

static struct viz_cell *cell_at(const struct viz_frame *frame, int row, int col)
{
	return viz_grid_cell(frame->grid, row, frame->at.timeline.col + col);
}

/* A wait, and not the name of what is waited for, nor the sign of another scope. */
static bool is_bare_wait(const struct viz_frame *frame, int row, int col)
{
	const struct viz_glyph_row *waiting = viz_glyph_row(VIZ_GLYPH_WAITING),
	                           *late = viz_glyph_row(VIZ_GLYPH_OVERDUE);
	const struct viz_cell *cell = cell_at(frame, row, col);
	return (cell->style == VIZ_STYLE_WAITING &&
	        (cell->ch == waiting->utf8 || cell->ch == waiting->ascii)) ||
	       (cell->style == VIZ_STYLE_OVERDUE &&
	        (cell->ch == late->utf8 || cell->ch == late->ascii));
}

/* Put a sign into the first bare wait from `col` on, going by `step`, at most to the column before `end`. */
static void put_sign(const struct viz_frame *frame, int row, int col, int end, int step, char sign)
{
	for (int i = 0; i < 4 && col != end; i++, col += step) {
		if (col < 0 || col >= frame->end_col)
			return;
		if (!is_bare_wait(frame, row, col))
			continue;
		viz_grid_put(frame->grid, row, frame->at.timeline.col + col, (uint32_t)sign,
		             VIZ_STYLE_TITLE);
		return;
	}
}

/* The wait after the deadline is overdue: the loop has not got round to it. */
static void paint_lateness(const struct viz_frame *frame, int row, int from, int until)
{
	for (int col = from < 0 ? 0 : from; col < until && col < frame->end_col; col++)
		if (is_bare_wait(frame, row, col))
			viz_glyph_put(frame->grid, row, frame->at.timeline.col + col,
			              VIZ_GLYPH_OVERDUE, frame->view->ascii);
}

/* Put the diamond where the task waits, or where nothing is yet. */
static void paint_deadline(const struct viz_frame *frame, int row, uint64_t deadline_ns, int until)
{
	int col = viz_frame_col_at(frame, deadline_ns);
	if (col < 0 || col >= frame->axis.cols)
		return;
	paint_lateness(frame, row, col + 1, until);
	if (col < frame->end_col ? is_bare_wait(frame, row, col)
	                         : cell_at(frame, row, col)->ch == ' ')
		viz_glyph_put(frame->grid, row, frame->at.timeline.col + col, VIZ_GLYPH_DEADLINE,
		              frame->view->ascii);
}

static void paint_scope(const struct viz_frame *frame, int row, uint32_t index)
{
	const struct trace_scope *scope = &frame->model->scopes[index];
	uint32_t ordinal = frame->ordinal;
	bool is_open = trace_scope_is_open(scope, ordinal);
	int first = viz_frame_col(frame, scope->opened);
	int last = is_open ? frame->end_col : viz_frame_col(frame, scope->closed);
	if (scope->kind >= TRACE_SCOPE_KIND_END || last < 0 || first >= frame->end_col)
		return;
	uint64_t deadline_ns = trace_scope_deadline_ns(frame->model, index, ordinal);
	uint64_t closed_ns =
	        is_open ? UINT64_MAX : trace_model_event(frame->model, scope->closed)->t_ns;
	if (deadline_ns <= closed_ns && deadline_ns != UINT64_MAX)
		paint_deadline(frame, row, deadline_ns, last);
	/* side by side they say nothing, and one without the other is wrong */
	if (!is_open && last - first < SIGN_COLS)
		return;
	put_sign(frame, row, first, last, 1, signs[scope->kind][0]);
	if (!is_open)
		put_sign(frame, row, last, first, -1, signs[scope->kind][1]);
}

/* The limit of the wait in force, which is yet to come: a diamond in the future. */
static void paint_limit(const struct viz_frame *frame, uint32_t lane, int row)
{
	struct trace_state_now state;
	trace_lane_state(frame->model, lane, frame->ordinal, frame->play_ns, &state);
	bool has_limit =
	        state.state == TRACE_STATE_WAITING && state.timed && state.on != TRACE_ON_SLEEP;
	int col = has_limit ? viz_frame_col_at(frame, state.until_ns) : -1;
	if (col >= frame->end_col && col < frame->axis.cols && cell_at(frame, row, col)->ch == ' ')
		viz_glyph_put(frame->grid, row, frame->at.timeline.col + col, VIZ_GLYPH_DEADLINE,
		              frame->view->ascii);
}

/* Return how many of the lane's scopes were opened at or before event `ordinal`. */
static size_t n_opened(const struct viz_frame *frame, const struct trace_lane *lane,
                       uint32_t ordinal)
{
	size_t low = 0, high = lane->n_scopes;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (frame->model->scopes[lane->scopes[middle]].opened <= ordinal)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

#define SCOPES_MAX                                                                                 \
	256u /* of a lane in one picture; where there are more nobody could tell them apart */

void viz_paint_scopes(const struct viz_frame *frame, uint32_t lane, int row)
{
	const struct trace_lane *it = &frame->model->lanes[lane];
	if (it->kind != TRACE_LANE_TASK || frame->end_col == 0)
		return;
	paint_limit(frame, lane, row);
	if (it->n_scopes == 0)
		return;
	uint32_t begin, end;
	viz_frame_column(frame, 0, &begin, &end);
	size_t first = n_opened(frame, it, begin), last = n_opened(frame, it, frame->ordinal);
	/* those that were open when the window begins lie around the first one within it */
	uint32_t outer = trace_lane_scope(frame->model, lane, begin);
	for (int i = 0; outer != TRACE_NONE && i < 16;
	     i++, outer = frame->model->scopes[outer].outer)
		if (trace_scope_is_open(&frame->model->scopes[outer], begin))
			paint_scope(frame, row, outer);
	for (size_t i = first; i < last && last - first <= SCOPES_MAX; i++)
		paint_scope(frame, row, it->scopes[i]);
}
