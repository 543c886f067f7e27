/* What the mouse does. A click selects the lane and sets the playhead; a drag pans, and on the ruler it measures; a double
 * click shows the stretch of time that it hits; the right button selects and leaves the playhead where it is.
 */
#include "viz/session/session_act.h"

#include "viz/pane/log.h"
#include "viz/view/rows.h"

#define WHEEL_LINES 3

static bool is_inside(const struct viz_rect *rect, const struct viz_key *key)
{
	return viz_rect_has(rect, key->row, key->col);
}

/* The event that the column under the pointer has come to at its right end. */
static uint32_t pointed_event(const struct viz_session *session, const struct viz_rect *timeline,
                              int col)
{
	struct viz_axis axis = viz_view_axis(&session->view, timeline->cols);
	uint64_t end = viz_axis_end(&axis, col - timeline->col);
	return viz_view_event_at(&session->view, session->model, end > 0 ? end - 1 : 0);
}

/* The place in the middle of the column under the pointer. */
static uint64_t pointed_place(const struct viz_session *session, const struct viz_rect *timeline,
                              int col)
{
	struct viz_axis axis = viz_view_axis(&session->view, timeline->cols);
	uint64_t from = viz_axis_edge(&axis, col - timeline->col);
	return from + (viz_axis_end(&axis, col - timeline->col) - from) / 2;
}

/* The lane under the pointer, TRACE_NONE if there is none. */
static uint32_t pointed_lane(const struct viz_session *session, const struct viz_layout *layout,
                             const struct viz_key *key)
{
	struct viz_rows rows;
	viz_rows_init(&rows, session->model, &session->view);
	int line = (key->row - layout->names.row) / layout->lane_rows;
	uint32_t lane = viz_rows_lane(&rows, &session->view, layout->lines, line);
	viz_rows_fini(&rows);
	return lane;
}

/* The time at the left edge of the column under the pointer; left and right of the timeline that of its ends. */
static uint64_t pointed_ns(const struct viz_session *session, const struct viz_rect *timeline,
                           int col)
{
	struct viz_axis axis = viz_view_axis(&session->view, timeline->cols);
	int at = col < timeline->col ? 0 : col - timeline->col;
	uint64_t place = viz_axis_edge(&axis, at > timeline->cols ? timeline->cols : at);
	if (axis.kind == VIZ_AXIS_TIME)
		return place;
	uint32_t event = viz_view_event_at(&session->view, session->model, place);
	return event < session->model->n_events ? trace_model_event(session->model, event)->t_ns
	                                        : session->model->t_end_ns;
}

static void layout_of(const struct viz_session *session, struct viz_layout *layout)
{
	viz_layout(layout, session->rows, session->cols, &session->view, session->model);
}

/* A line of the log is a place to go to: the moment at which it was said. */
static void go_to_line(struct viz_session *session, const struct viz_layout *layout,
                       const struct viz_key *key)
{
	const struct viz_rect *pane = &layout->panes[VIZ_PANE_LOG];
	int title = layout->has_titles ? 1 : 0, row = key->row - pane->row - title;
	uint32_t ordinal =
	        viz_log_event(session->model, viz_view_ordinal(&session->view, session->model),
	                      &session->view, pane->rows - title, row);
	if (ordinal == TRACE_NONE)
		return;
	session->view.panes.scroll[VIZ_PANE_LOG] = 0;
	viz_session_go_to(session, ordinal);
	const struct trace_record *record = trace_model_event(session->model, ordinal);
	uint32_t lane = record->kind == TRACE_LOG
	                        ? trace_model_lane(session->model, TRACE_LANE_TASK, record->id)
	                        : TRACE_NONE;
	if (lane != TRACE_NONE)
		session->view.selected = lane;
}

/* Return the roundest time from `from_ns` to the one before `end_ns`: a multiple of 1, 2 or 5 times a power of ten. */
static uint64_t roundest(uint64_t from_ns, uint64_t end_ns)
{
	static const uint64_t factors[] = {5, 2, 1};
	for (uint64_t power = 1000000000000000000u; power > 0; power /= 10) {
		for (size_t i = 0; i < sizeof factors / sizeof factors[0]; i++) {
			uint64_t step = factors[i] * power, rest = from_ns % step;
			uint64_t wait = rest > 0 ? step - rest : 0;
			if (wait < end_ns - from_ns)
				return from_ns + wait;
		}
	}
	return from_ns;
}

/* Put the playhead into the column under the pointer: to its last event; where it has none, to a moment between two. */
static void go_to_column(struct viz_session *session, const struct viz_rect *timeline, int col)
{
	const struct trace_model *model = session->model;
	struct viz_axis axis = viz_view_axis(&session->view, timeline->cols);
	uint64_t from = viz_axis_edge(&axis, col - timeline->col);
	uint64_t end = viz_axis_end(&axis, col - timeline->col);
	uint32_t event = pointed_event(session, timeline, col);
	bool is_between = event < model->n_events && trace_model_event(model, event)->t_ns < from;
	viz_session_go_to(session, event);
	if (axis.kind == VIZ_AXIS_TIME && is_between && from < end && !session->view.mask &&
	    end <= trace_model_now_ns(model))
		viz_view_seek(&session->view, model, roundest(from, end));
}

void viz_do_click(struct viz_session *session, const struct viz_key *key)
{
	struct viz_layout layout;
	struct viz_drag *drag = &session->drag;
	layout_of(session, &layout);
	*drag = (struct viz_drag){.before = session->view, .col = key->col};
	session->view.measures = false;
	bool on_ruler = is_inside(&layout.ruler, key);
	bool on_time = is_inside(&layout.timeline, key) || on_ruler;
	if (!layout.too_small && is_inside(&layout.panes[VIZ_PANE_LOG], key))
		go_to_line(session, &layout, key);
	if (!layout.too_small && is_inside(&layout.strips, key)) {
		session->view.var = (uint32_t)(key->row - layout.strips.row) + 1;
		session->view.selected = TRACE_NONE;
	}
	if (layout.too_small || (!on_time && !is_inside(&layout.names, key)))
		return;
	session->view.panes.focus = 0;
	drag->kind = on_ruler ? VIZ_DRAG_MEASURE : on_time ? VIZ_DRAG_PAN : VIZ_DRAG_NONE;
	uint32_t lane = pointed_lane(session, &layout, key);
	if (!on_ruler && lane != TRACE_NONE)
		session->view.selected = lane;
	if (on_time)
		go_to_column(session, &layout.timeline, key->col);
}

/* What the pointer has dragged so far, always from where it went down: so nothing adds up, and going back undoes. */
static void drag_to(struct viz_session *session, const struct viz_key *key)
{
	struct viz_layout layout;
	const struct viz_drag *drag = &session->drag;
	struct viz_view *view = &session->view;
	layout_of(session, &layout);
	if (layout.too_small || drag->kind == VIZ_DRAG_NONE)
		return;
	if (drag->kind == VIZ_DRAG_PAN) {
		/* the playhead goes back to where it was: this was no click after all */
		uint32_t selected = view->selected;
		*view = drag->before;
		view->selected = selected;
		viz_view_pan(view, session->model, drag->col - key->col, layout.timeline.cols);
		return;
	}
	view->measures = key->col != drag->col;
	view->measure_from_ns = pointed_ns(session, &layout.timeline, drag->col);
	view->measure_to_ns = pointed_ns(session, &layout.timeline, key->col);
}

void viz_do_drag(struct viz_session *session, const struct viz_key *key)
{
	if (key->code == VIZ_KEY_RELEASE)
		session->drag.kind = VIZ_DRAG_NONE;
	else
		drag_to(session, key);
}

void viz_do_right_click(struct viz_session *session, const struct viz_key *key)
{
	struct viz_layout layout;
	layout_of(session, &layout);
	bool inside = is_inside(&layout.timeline, key) || is_inside(&layout.names, key) ||
	              is_inside(&layout.notes, key);
	uint32_t lane =
	        layout.too_small || !inside ? TRACE_NONE : pointed_lane(session, &layout, key);
	if (lane != TRACE_NONE)
		session->view.selected = lane;
}

/* Make the window the stretch of the lane's state at the pointer, with a little around it. */
static void show_stretch(struct viz_session *session, uint32_t lane, uint32_t ordinal)
{
	const struct trace_model *model = session->model;
	const struct trace_lane *it = &model->lanes[lane];
	struct viz_view *view = &session->view;
	size_t at = trace_lane_at(it, ordinal);
	if (at == SIZE_MAX || view->axis != VIZ_AXIS_TIME)
		return;
	uint64_t from_ns = trace_model_event(model, it->ordinals[at])->t_ns;
	uint64_t to_ns = at + 1 < it->n ? trace_model_event(model, it->ordinals[at + 1])->t_ns
	                                : trace_model_now_ns(model);
	uint64_t span_ns = to_ns > from_ns ? to_ns - from_ns : 1;
	view->fit = false;
	view->span_ns = span_ns + span_ns / 4 + 1;
	view->t0_ns = from_ns > span_ns / 8 ? from_ns - span_ns / 8 : 0;
}

void viz_do_double_click(struct viz_session *session, const struct viz_key *key)
{
	struct viz_layout layout;
	layout_of(session, &layout);
	if (layout.too_small)
		return;
	uint32_t lane = pointed_lane(session, &layout, key);
	if (is_inside(&layout.ruler, key))
		session->view.fit = session->view.track = true;
	else if (is_inside(&layout.names, key) && lane != TRACE_NONE)
		viz_do_fold(session, key);
	else if (is_inside(&layout.timeline, key) && lane != TRACE_NONE)
		show_stretch(session, lane, pointed_event(session, &layout.timeline, key->col));
}

static void wheel(struct viz_session *session, const struct viz_key *key, int num, int den)
{
	struct viz_layout layout;
	viz_layout(&layout, session->rows, session->cols, &session->view, session->model);
	bool inside = !layout.too_small && is_inside(&layout.timeline, key);
	if (session->view.help) {
		session->view.help_top += num < den ? -WHEEL_LINES : WHEEL_LINES;
		return;
	}
	enum viz_pane pane = viz_session_pane_at(&layout, key);
	if (!layout.too_small && pane != VIZ_PANE_COUNT) {
		viz_session_scroll_pane(session, pane, num < den ? -WHEEL_LINES : WHEEL_LINES);
		return;
	}
	uint64_t at = inside ? pointed_place(session, &layout.timeline, key->col)
	                     : viz_session_anchor(session);
	viz_view_zoom(&session->view, session->model, at, num, den);
}

void viz_do_wheel_up(struct viz_session *session, const struct viz_key *key)
{
	wheel(session, key, 4, 5);
}

void viz_do_wheel_down(struct viz_session *session, const struct viz_key *key)
{
	wheel(session, key, 5, 4);
}
