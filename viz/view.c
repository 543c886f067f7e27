/* The view: what the keys change. Every function leaves a view that viz_view_settle can make whole, so none
 * has to know about the others' limits.
 */
#include "viz/view.h"

#include "viz/view_order.h"

#define EDGE_COLS                                                                                  \
	2 /* room right of the end of a fitted recording, for the marks of tasks that end there */

#define SPAN_MIN_NS 2000000u /* what can be zoomed out to however short the recording is */

static uint64_t time_of(const struct trace_model *model, uint32_t ordinal)
{
	return ordinal < model->n_events ? trace_model_event(model, ordinal)->t_ns : 0;
}

static uint64_t scale(uint64_t value, uint64_t num, uint64_t den)
{
	uint64_t whole = value / den;
	if (num != 0 && whole > UINT64_MAX / 4 / num)
		return UINT64_MAX / 4;
	return whole * num + value % den * num / den;
}

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
	if (model->status == 0 && model->reader != NULL && trace_reader_is_live(model->reader))
		end_ns = round_up(end_ns + end_ns / 16 + 1);
	if (end_ns == 0)
		end_ns = SPAN_MIN_NS /
		         2; /* all in one instant: an axis of nanoseconds would say nothing */
	uint64_t bar_cols = cols > 4 * EDGE_COLS ? cols - EDGE_COLS : cols;
	view->span_ns = scale(end_ns, cols, bar_cols) + 1;
}

static void settle_window(struct viz_view *view, const struct trace_model *model, uint64_t cols)
{
	uint64_t end_ns = trace_model_now_ns(model), play_ns = viz_view_time_ns(view, model);
	if (end_ns < view->until_ns)
		end_ns = view->until_ns;
	if (view->fit)
		settle_fit(view, model, end_ns, cols);
	uint64_t most = end_ns < UINT64_MAX / 8 ? 4 * end_ns + SPAN_MIN_NS : UINT64_MAX / 2;
	if (view->span_ns > most)
		view->span_ns = most;
	if (view->span_ns < cols)
		view->span_ns = cols;
	bool inside = play_ns >= view->t0_ns && play_ns - view->t0_ns < view->span_ns;
	if (view->track && !inside && !view->fit)
		view->t0_ns = play_ns - (play_ns < view->span_ns / 2 ? play_ns : view->span_ns / 2);
	uint64_t keep = view->span_ns / 4 < end_ns ? view->span_ns / 4 : end_ns;
	if (view->t0_ns > end_ns - keep)
		view->t0_ns = end_ns - keep;
}

static uint32_t place_of(const struct trace_model *model, uint32_t lane)
{
	for (uint32_t i = 0; i < model->n_lanes; i++) {
		if (model->order[i] == lane)
			return i;
	}
	return TRACE_NONE;
}

static void settle_rows(struct viz_view *view, const struct trace_model *model, uint32_t rows)
{
	uint32_t n = (uint32_t)model->n_lanes;
	if (view->selected >= n)
		view->selected = TRACE_NONE;
	uint32_t place =
	        view->selected == TRACE_NONE ? TRACE_NONE : place_of(model, view->selected);
	if (place != TRACE_NONE && place < view->top)
		view->top = place;
	if (place != TRACE_NONE && place - view->top >= rows)
		view->top = place - rows + 1;
	uint32_t last = n > rows ? n - rows : 0;
	if (view->top > last)
		view->top = last;
}

void viz_view_settle(struct viz_view *view, const struct trace_model *model, int timeline_cols,
                     int lane_rows)
{
	int cols = timeline_cols > 0 ? timeline_cols : 1;
	if (view->axis == VIZ_AXIS_ORDER)
		viz_order_settle(view, model, cols);
	else
		settle_window(view, model, (uint64_t)cols);
	settle_rows(view, model, lane_rows > 0 ? (uint32_t)lane_rows : 1);
	if (!view->follow && view->ordinal != TRACE_NONE && view->ordinal >= model->n_events)
		view->ordinal = model->n_events > 0 ? (uint32_t)model->n_events - 1 : TRACE_NONE;
	if (view->help_top < 0)
		view->help_top = 0;
}

uint32_t viz_view_ordinal(const struct viz_view *view, const struct trace_model *model)
{
	if (!view->follow)
		return view->ordinal;
	return model->n_events > 0 ? (uint32_t)model->n_events - 1 : TRACE_NONE;
}

uint64_t viz_view_time_ns(const struct viz_view *view, const struct trace_model *model)
{
	if (view->follow)
		return trace_model_now_ns(model);
	uint32_t next = view->ordinal == TRACE_NONE ? 0 : view->ordinal + 1;
	uint64_t from_ns = time_of(model, view->ordinal);
	uint64_t to_ns = next < model->n_events ? time_of(model, next) : UINT64_MAX;
	return view->seek_ns >= from_ns && view->seek_ns < to_ns ? view->seek_ns : from_ns;
}

uint64_t viz_view_place(const struct viz_view *view, const struct trace_model *model)
{
	if (view->axis == VIZ_AXIS_TIME)
		return viz_view_time_ns(view, model);
	uint32_t rank = trace_model_rank(model, viz_view_ordinal(view, model));
	return rank > 0 ? rank - 1 : 0;
}

uint32_t viz_view_event_at(const struct viz_view *view, const struct trace_model *model,
                           uint64_t place)
{
	uint32_t n = trace_model_rank(model, TRACE_NONE - 1);
	if (view->axis == VIZ_AXIS_TIME)
		return trace_model_at_time(model, place);
	return trace_model_transition(model, place < n ? (uint32_t)place : n - 1);
}

struct viz_axis viz_view_axis(const struct viz_view *view, int cols)
{
	struct viz_axis axis = {
	        .kind = view->axis,
	        .from = view->t0_ns,
	        .span = view->span_ns > 0 ? view->span_ns : 1,
	        .cols = cols,
	        .per_col = view->per_col > 0 ? view->per_col : 1,
	        .each = view->each > 0 ? view->each : 1,
	};
	if (axis.kind == VIZ_AXIS_ORDER)
		axis.from = view->order_from;
	return axis;
}

void viz_view_switch_axis(struct viz_view *view)
{
	bool fit = view->fit;
	view->axis = view->axis == VIZ_AXIS_TIME ? VIZ_AXIS_ORDER : VIZ_AXIS_TIME;
	view->fit = view->axis == VIZ_AXIS_TIME && view->other_fit;
	view->other_fit = fit;
	view->each = view->per_col = 1;
	view->track = true;
}

static void centre_order(struct viz_view *view, const struct trace_model *model)
{
	uint64_t play = viz_view_place(view, model), half = viz_order_shown(view) / 2;
	uint64_t wanted = play > half ? play - half : 0;
	bool was_there = !view->fit && view->order_from == wanted;
	view->fit = was_there;
	view->track = true;
	if (!was_there && view->each > 0)
		view->order_from = wanted;
}

static void centre_time(struct viz_view *view, const struct trace_model *model)
{
	uint64_t t_ns = viz_view_time_ns(view, model);
	uint64_t half_ns = view->span_ns / 2, wanted_ns = t_ns > half_ns ? t_ns - half_ns : 0;
	bool was_there = !view->fit && view->t0_ns == wanted_ns;
	if (view->fit) { /* the whole is in sight: to centre is to come closer */
		view->span_ns = view->span_ns / 4 + 1;
		wanted_ns = t_ns > view->span_ns / 2 ? t_ns - view->span_ns / 2 : 0;
	}
	view->fit = was_there;
	view->track = true;
	if (!was_there)
		view->t0_ns = wanted_ns;
}

void viz_view_centre(struct viz_view *view, const struct trace_model *model)
{
	if (view->axis == VIZ_AXIS_ORDER)
		centre_order(view, model);
	else
		centre_time(view, model);
}

void viz_view_pan(struct viz_view *view, const struct trace_model *model, int num, int den)
{
	if (view->axis == VIZ_AXIS_ORDER) {
		viz_order_pan(view, model, num, den);
		return;
	}
	bool left = (num < 0) != (den < 0);
	uint64_t by = scale(view->span_ns, (uint64_t)(num < 0 ? -num : num),
	                    (uint64_t)(den < 0 ? -den : den));
	if (left)
		view->t0_ns -= by < view->t0_ns ? by : view->t0_ns;
	else
		view->t0_ns += by;
	uint64_t play_ns = viz_view_time_ns(view, model);
	view->fit = false;
	view->track = play_ns >= view->t0_ns && play_ns - view->t0_ns < view->span_ns;
}

void viz_view_zoom(struct viz_view *view, const struct trace_model *model, uint64_t at, int num,
                   int den)
{
	(void)model;
	if (view->axis == VIZ_AXIS_ORDER) {
		viz_order_zoom(view, at, num, den);
		return;
	}
	uint64_t n = (uint64_t)num, d = (uint64_t)den;
	uint64_t left = at > view->t0_ns ? at - view->t0_ns : 0;
	uint64_t new_left = scale(left, n, d);
	view->t0_ns = view->t0_ns + left > new_left ? view->t0_ns + left - new_left : 0;
	view->span_ns = scale(view->span_ns, n, d);
	if (view->span_ns == 0)
		view->span_ns = 1;
	view->fit = false;
}

bool viz_view_step(struct viz_view *view, const struct trace_model *model, int step)
{
	uint32_t from = viz_view_ordinal(view, model);
	if (step < 0 && from == TRACE_NONE)
		return false;
	uint32_t to = trace_model_step(model, from, step);
	if (to == TRACE_NONE && step > 0)
		return false;
	view->follow = false;
	view->track = true;
	view->ordinal = to;
	view->seek_ns = 0;
	return true;
}

void viz_view_seek(struct viz_view *view, const struct trace_model *model, uint64_t t_ns)
{
	view->follow = false;
	view->track = true;
	view->ordinal = trace_model_at_time(model, t_ns);
	view->seek_ns = t_ns;
}

void viz_view_select(struct viz_view *view, const struct trace_model *model, int by)
{
	if (model->n_lanes == 0)
		return;
	int64_t last = (int64_t)model->n_lanes - 1, to = by < 0 ? last : 0;
	uint32_t place = place_of(model, view->selected);
	if (place != TRACE_NONE)
		to = (int64_t)place + by;
	if (to < 0)
		to = 0;
	view->selected = model->order[to > last ? last : to];
}
