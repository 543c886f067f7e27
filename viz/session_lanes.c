/* What keys and the mouse do to the lanes: selecting them, and going from event to event along them and across. */
#include "viz/session_act.h"

#include "viz/rows.h"

#define PAGE_LANES 10

static void move(struct viz_session *session, int by)
{
	if (session->view.help)
		session->view.help_top += by;
	else
		viz_view_select(&session->view, session->model, by);
}

void viz_do_up(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	move(session, -1);
}

void viz_do_down(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	move(session, 1);
}

void viz_do_page_up(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	move(session, -PAGE_LANES);
}

void viz_do_page_down(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	move(session, PAGE_LANES);
}

static void select_end(struct viz_session *session, bool last)
{
	struct viz_rows rows;
	viz_rows_init(&rows, session->model, &session->view);
	if (rows.n > 0)
		session->view.selected = rows.lanes[last ? rows.n - 1 : 0];
	viz_rows_fini(&rows);
}

void viz_do_first(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	if (session->view.help)
		session->view.help_top = 0;
	else
		select_end(session, false);
}

void viz_do_last(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	if (session->view.help)
		session->view.help_top = VIZ_ACTION_COUNT;
	else
		select_end(session, true);
}

static const struct trace_lane *selected_lane(const struct viz_session *session)
{
	uint32_t lane = session->view.selected;
	return lane < session->model->n_lanes ? &session->model->lanes[lane] : NULL;
}

void viz_do_next_event(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	const struct trace_lane *lane = selected_lane(session);
	uint32_t now = viz_view_ordinal(&session->view, session->model);
	if (lane == NULL)
		return;
	size_t at = now == TRACE_NONE ? SIZE_MAX : trace_lane_at(lane, now);
	size_t next = at == SIZE_MAX ? 0 : at + 1;
	if (next < lane->n)
		viz_session_go_to(session, lane->ordinals[next]);
}

void viz_do_previous_event(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	const struct trace_lane *lane = selected_lane(session);
	uint32_t now = viz_view_ordinal(&session->view, session->model);
	if (lane == NULL || now == TRACE_NONE)
		return;
	size_t at = trace_lane_at(lane, now);
	if (at == SIZE_MAX)
		return;
	/* In the middle of a stretch the event that began it comes first. */
	if (lane->ordinals[at] == now && at == 0)
		return;
	viz_session_go_to(session, lane->ordinals[lane->ordinals[at] == now ? at - 1 : at]);
}

void viz_do_waker(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	const struct trace_model *model = session->model;
	const struct trace_lane *lane = selected_lane(session);
	uint32_t now = viz_view_ordinal(&session->view, model);
	if (lane == NULL || lane->kind != TRACE_LANE_TASK || now == TRACE_NONE)
		return;
	for (size_t at = trace_lane_at(lane, now); at != SIZE_MAX;
	     at = at > 0 ? at - 1 : SIZE_MAX) {
		const struct trace_record *record = trace_model_event(model, lane->ordinals[at]);
		if (record->sub != TRACE_STATE_READY)
			continue;
		uint32_t ordinal = lane->ordinals[at];
		uint32_t waker =
		        record->b == 0 ? 0 : trace_model_lane(model, TRACE_LANE_TASK, record->b);
		if (waker == TRACE_NONE)
			return;
		session->view.selected = waker;
		viz_session_go_to(session, ordinal);
		return;
	}
}

void viz_do_wakee(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	const struct trace_model *model = session->model;
	const struct trace_lane *lane = selected_lane(session);
	uint32_t now = viz_view_ordinal(&session->view, model);
	if (lane == NULL || (lane->kind != TRACE_LANE_TASK && lane->kind != TRACE_LANE_LOOP))
		return;
	for (size_t i = now == TRACE_NONE ? 0 : (size_t)now + 1; i < model->n_events; i++) {
		const struct trace_record *record = trace_model_event(model, (uint32_t)i);
		if (record->kind != TRACE_STATE || record->sub != TRACE_STATE_READY ||
		    record->b != lane->id || record->id == lane->id)
			continue;
		uint32_t wakee = trace_model_lane(model, TRACE_LANE_TASK, record->id);
		if (wakee == TRACE_NONE)
			return;
		session->view.selected = wakee;
		viz_session_go_to(session, (uint32_t)i);
		return;
	}
}

/* ---- The mouse ---- */

static bool is_inside(const struct viz_rect *rect, const struct viz_key *key)
{
	return rect->rows > 0 && key->row >= rect->row && key->row < rect->row + rect->rows &&
	       key->col >= rect->col && key->col < rect->col + rect->cols;
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

void viz_do_click(struct viz_session *session, const struct viz_key *key)
{
	struct viz_layout layout;
	const struct trace_model *model = session->model;
	viz_layout(&layout, session->rows, session->cols, &session->view, model);
	bool on_ruler = is_inside(&layout.ruler, key);
	bool on_time = is_inside(&layout.timeline, key) || on_ruler;
	if (layout.too_small || (!on_time && !is_inside(&layout.names, key)))
		return;
	uint32_t lane = pointed_lane(session, &layout, key);
	if (!on_ruler && lane != TRACE_NONE)
		session->view.selected = lane;
	if (on_time)
		viz_session_go_to(session, pointed_event(session, &layout.timeline, key->col));
}

static void wheel(struct viz_session *session, const struct viz_key *key, int num, int den)
{
	struct viz_layout layout;
	viz_layout(&layout, session->rows, session->cols, &session->view, session->model);
	bool inside = !layout.too_small && is_inside(&layout.timeline, key);
	if (session->view.help) {
		move(session, num < den ? -3 : 3);
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
