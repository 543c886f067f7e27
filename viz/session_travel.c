/* Travelling: by iterations of the loop, by marks, and back to views that were left. Steps by transition are in
 * session_act.c, those along a lane in session_lanes.c.
 *
 * Every way is found by binary search in a list that the model keeps, so it takes as long back as forward and as long in
 * a long recording as in a short one.
 */
#include "viz/session_act.h"

/* The iteration that begins after (1) or before (-1) the playhead. */
static void go_iteration(struct viz_session *session, int by)
{
	const struct trace_model *model = session->model;
	const struct trace_lane *loop = &model->lanes[0];
	uint32_t now = viz_view_ordinal(&session->view, model);
	size_t at = now == TRACE_NONE ? SIZE_MAX : trace_lane_at(loop, now);
	/* From the middle of an iteration back to its beginning first. */
	if (by < 0 && at != SIZE_MAX && loop->ordinals[at] == now)
		at--;
	for (at = by > 0 ? at + 1 : at; at < loop->n; at += (size_t)(by > 0 ? 1 : -1))
		if (trace_model_event(model, loop->ordinals[at])->sub == TRACE_PHASE_BEGIN) {
			viz_session_go_to(session, loop->ordinals[at]);
			return;
		}
	if (by < 0)
		viz_session_go_to(session, TRACE_NONE);
}

void viz_do_next_iteration(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	go_iteration(session, 1);
}

void viz_do_previous_iteration(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	go_iteration(session, -1);
}

void viz_do_undo(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	if (!viz_history_go(&session->history, &session->view, -1))
		viz_session_say(session, "nothing to undo");
}

void viz_do_redo(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	if (!viz_history_go(&session->history, &session->view, 1))
		viz_session_say(session, "nothing to redo");
}
