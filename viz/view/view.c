/* The view: what the keys change. Every function leaves a view that viz_view_settle can make whole, so none
 * has to know about the others' limits.
 */
#include "viz/view/view.h"

#include <string.h>

#include "viz/view/view_private.h"

static uint64_t time_of(const struct trace_model *model, uint32_t ordinal)
{
	return ordinal < model->n_events ? trace_model_event(model, ordinal)->t_ns : 0;
}

uint64_t viz_scale_ns(uint64_t value, uint64_t num, uint64_t den)
{
	uint64_t whole = value / den;
	if (num != 0 && whole > UINT64_MAX / 4 / num)
		return UINT64_MAX / 4;
	return whole * num + value % den * num / den;
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
	return view->seek_ns >= from_ns && view->seek_ns <= to_ns ? view->seek_ns : from_ns;
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
	/* the window is settled to whole columns meanwhile */
	uint64_t off_ns =
	        view->t0_ns > wanted_ns ? view->t0_ns - wanted_ns : wanted_ns - view->t0_ns;
	bool was_there = !view->fit && off_ns <= (uint64_t)(view->cols > 0 ? view->cols : 0);
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
	uint64_t by = viz_scale_ns(view->span_ns, (uint64_t)(num < 0 ? -num : num),
	                           (uint64_t)(den < 0 ? -den : den));
	uint64_t col_ns = view->cols > 0 ? view->span_ns / (uint64_t)view->cols : 1;
	by = by > col_ns && col_ns > 0 ? by / col_ns * col_ns : by;
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
	uint64_t new_left = viz_scale_ns(left, n, d);
	view->t0_ns = view->t0_ns + left > new_left ? view->t0_ns + left - new_left : 0;
	view->span_ns = viz_scale_ns(view->span_ns, n, d);
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

bool viz_view_is_same(const struct viz_view *a, const struct viz_view *b)
{
	const struct viz_wishes *x = &a->wishes, *y = &b->wishes;
	return a->t0_ns == b->t0_ns && a->span_ns == b->span_ns && a->axis == b->axis &&
	       a->order_from == b->order_from && a->per_col == b->per_col && a->each == b->each &&
	       a->fit == b->fit && a->follow == b->follow &&
	       (a->follow || a->ordinal == b->ordinal) && a->selected == b->selected &&
	       a->top == b->top && x->sort == y->sort && x->hide_done == y->hide_done &&
	       x->fold_all == y->fold_all && strcmp(x->filter, y->filter) == 0 &&
	       viz_lane_set_is_same(&x->folds, &y->folds) &&
	       viz_lane_set_is_same(&x->pins, &y->pins) &&
	       viz_lane_set_is_same(&x->hidden, &y->hidden);
}
