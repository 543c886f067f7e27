/* Settling a view: whatever the keys and a growing recording have done to it, afterwards the window, the selection and
 * the scrolled rows are ones that can be painted.
 */
#include "viz/view/rows.h"
#include "viz/view/view_private.h"

#define EDGE_COLS                                                                                  \
	2 /* room right of the end of a fitted recording, for the marks of tasks that end there */

#define SPAN_MIN_NS 2000000u /* what can be zoomed out to however short the recording is */

/* Return the next round length: 1, 1.5, 2, 3, 5 or 7.5 times a power of ten. A live picture then rescales
 * now and then, and stands still between. */
static uint64_t round_up(uint64_t ns)
{
	static const uint64_t steps[] = {10, 15, 20, 30, 50, 75};
	for (uint64_t power = 100; power < UINT64_MAX / 1000; power *= 10) {
		for (unsigned i = 0; i < sizeof steps / sizeof steps[0]; i++) {
			if (ns <= steps[i] * power)
				return steps[i] * power;
		}
	}
	return ns;
}

static void settle_fit(struct viz_view *view, const struct trace_model *model, uint64_t end_ns,
                       uint64_t cols)
{
	view->t0_ns = 0;
	if (!view->mask && model->status == 0 && model->reader != NULL &&
	    trace_reader_is_live(model->reader))
		end_ns = round_up(end_ns + end_ns / 16 + 1);
	if (end_ns == 0)
		end_ns = SPAN_MIN_NS /
		         2; /* all in one instant: an axis of nanoseconds would say nothing */
	/* a deadlock needs room for the arrows of its circle */
	bool has_circle = model->status == TRACE_STATUS_DEADLOCK && !view->mask;
	uint64_t edge = has_circle ? 3 * EDGE_COLS : EDGE_COLS;
	uint64_t bar_cols = cols > 4 * edge ? cols - edge : cols;
	view->span_ns = viz_scale_ns(end_ns, cols, bar_cols) + 1;
}

static void settle_window(struct viz_view *view, const struct trace_model *model, uint64_t cols)
{
	uint64_t end_ns = trace_model_extent_ns(model), play_ns = viz_view_time_ns(view, model);
	if (end_ns < view->until_ns || view->mask)
		end_ns = view->until_ns;
	if (view->fit)
		settle_fit(view, model, end_ns, cols);
	uint64_t most = end_ns < UINT64_MAX / 8 ? 4 * end_ns + SPAN_MIN_NS : UINT64_MAX / 2;
	if (view->span_ns > most)
		view->span_ns = most;
	if (view->span_ns < cols)
		view->span_ns = cols;
	if (!view->fit) /* columns of equal length: what is drawn stays the same while it moves */
		view->span_ns += (cols - view->span_ns % cols) % cols;
	bool inside = play_ns >= view->t0_ns && play_ns - view->t0_ns < view->span_ns;
	if (view->track && !inside && !view->fit)
		view->t0_ns = play_ns - (play_ns < view->span_ns / 2 ? play_ns : view->span_ns / 2);
	uint64_t keep = view->span_ns / 4 < end_ns ? view->span_ns / 4 : end_ns;
	if (view->t0_ns > end_ns - keep)
		view->t0_ns = end_ns - keep;
}

static void settle_rows(struct viz_view *view, const struct trace_model *model, int lines)
{
	struct viz_rows rows;
	viz_rows_init(&rows, model, view);
	viz_rows_settle(&rows, view, model, lines);
	viz_rows_fini(&rows);
}

void viz_view_settle(struct viz_view *view, const struct trace_model *model, int timeline_cols,
                     int lane_rows)
{
	int cols = timeline_cols > 0 ? timeline_cols : 1;
	if (view->axis == VIZ_AXIS_ORDER)
		viz_order_settle(view, model, cols);
	else
		settle_window(view, model, (uint64_t)cols);
	view->cols = cols;
	settle_rows(view, model, lane_rows);
	if (view->selected != TRACE_NONE || view->var > view->n_strips)
		view->var = 0;
	if (!view->follow && view->ordinal != TRACE_NONE && view->ordinal >= model->n_events)
		view->ordinal = model->n_events > 0 ? (uint32_t)model->n_events - 1 : TRACE_NONE;
	if (view->help_top < 0)
		view->help_top = 0;
}

void viz_view_select(struct viz_view *view, const struct trace_model *model, int by)
{
	struct viz_rows rows;
	viz_rows_init(&rows, model, view);
	if (rows.n > 0) {
		/* the strips of variables stand below the last lane */
		int64_t last = (int64_t)rows.n - 1, end = last + view->n_strips;
		int64_t to = by < 0 ? end : 0;
		size_t place = viz_rows_place(&rows, view->selected);
		if (view->var > 0)
			to = last + view->var + by;
		else if (place != SIZE_MAX)
			to = (int64_t)place + by;
		to = to < 0 ? 0 : to > end ? end : to;
		view->var = to > last ? (uint32_t)(to - last) : 0;
		view->selected = to > last ? TRACE_NONE : rows.lanes[to];
	}
	viz_rows_fini(&rows);
}
