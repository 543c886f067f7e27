/* What keys and the mouse do to the lanes: selecting them, and going from event to event along them and across. */
#include "viz/session/session_act.h"

#include <limits.h>

#include "trace/wake.h"
#include "viz/explain/explain.h"
#include "viz/view/rows.h"

#define PAGE_LANES 10

static void move(struct viz_session *session, int by)
{
	if (session->view.help)
		session->view.help_top += by;
	else if (!viz_session_scroll(session, by))
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
	else if (!viz_session_scroll(session, -INT_MAX))
		select_end(session, false);
}

void viz_do_last(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	if (session->view.help)
		session->view.help_top = VIZ_ACTION_COUNT;
	else if (!viz_session_scroll(session, INT_MAX))
		select_end(session, true);
}

static const struct trace_lane *selected_lane(const struct viz_session *session)
{
	uint32_t lane = session->view.selected;
	return lane < session->model->n_lanes ? &session->model->lanes[lane] : NULL;
}

/* Of the selected lane, else of the task that runs, else of the loop. */
void viz_do_why(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	const struct trace_model *model = session->model;
	char text[sizeof session->notice];
	uint32_t now = viz_view_ordinal(&session->view, model);
	uint32_t lane = session->view.selected;
	if (session->view.var > 0) {
		viz_explain_var(model, session->view.var - 1, now, text, sizeof text);
		viz_session_say(session, "%s", text);
		return;
	}
	if (lane >= model->n_lanes && now != TRACE_NONE)
		lane = trace_model_running(model, now);
	if (lane >= model->n_lanes)
		lane = 0;
	session->view.selected = lane;
	viz_explain_lane(model, lane, now, viz_view_time_ns(&session->view, model), text,
	                 sizeof text);
	viz_session_say(session, "%s", text);
}

/* Go to the next (1) or previous (-1) use of the selected variable. */
static void go_use(struct viz_session *session, int step)
{
	const struct trace_var *var = &session->model->vars[session->view.var - 1];
	uint32_t now = viz_view_ordinal(&session->view, session->model);
	size_t from, n = now == TRACE_NONE ? 0 : trace_var_uses(var, 0, now + 1, &from);
	/* in between two uses the one before is in force: to go back is to go there */
	bool is_there = n > 0 && var->ordinals[n - 1] == now;
	size_t to = step > 0 ? n : n - (is_there ? 2 : 1);
	if (to < var->n)
		viz_session_go_to(session, var->ordinals[to]);
}

void viz_do_next_event(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	const struct trace_lane *lane = selected_lane(session);
	uint32_t now = viz_view_ordinal(&session->view, session->model);
	if (session->view.var > 0)
		go_use(session, 1);
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
	if (session->view.var > 0)
		go_use(session, -1);
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
	uint32_t now = viz_view_ordinal(&session->view, model), lane = session->view.selected;
	if (lane >= model->n_lanes)
		return;
	uint32_t wake = trace_lane_next_wake(model, lane, now == TRACE_NONE ? 0 : now);
	if (wake == TRACE_NONE)
		return;
	uint32_t wakee =
	        trace_model_lane(model, TRACE_LANE_TASK, trace_model_event(model, wake)->id);
	if (wakee == TRACE_NONE)
		return;
	session->view.selected = wakee;
	viz_session_go_to(session, wake);
}
