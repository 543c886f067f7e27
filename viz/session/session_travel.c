/* Travelling: by iterations of the loop, by marks, and back to views that were left. Steps by transition are in
 * session_act.c, those along a lane in session_lanes.c.
 *
 * Every way is found by binary search in a list that the model keeps, so it takes as long back as forward and as long in
 * a long recording as in a short one.
 */
#include "viz/session/session_act.h"

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

/* ---- Findings ---- */

static void go_finding(struct viz_session *session, int by)
{
	bool is_long = session->model->n_events > VIZ_JUDGED_EVENTS;
	const struct trace_findings *findings =
	        is_long ? viz_judgement_known_findings(&session->judgement)
	                : viz_judgement_findings(&session->judgement, session->model);
	uint32_t now = viz_view_ordinal(&session->view, session->model);
	/* At the live edge there is none after this: the first one is meant. */
	if (by > 0 && session->view.follow)
		now = TRACE_NONE;
	char text[300];
	if (session->view.mask)
		return;
	bool is_behind = viz_session_is_behind(session);
	if (findings == NULL) {
		if (is_behind)
			viz_session_say(session, "still looking for what is wrong");
		return;
	}
	size_t n = trace_findings_count(findings);
	size_t at = by < 0 && now == TRACE_NONE ? SIZE_MAX : trace_findings_step(findings, now, by);
	if (at == SIZE_MAX) {
		viz_session_say(session, is_behind ? "still looking for what is wrong"
		                         : n == 0  ? "nothing was found to be wrong"
		                         : by > 0  ? "no finding after this; ( goes back"
		                                   : "no finding before this; ) goes on");
		return;
	}
	const struct trace_finding *finding = trace_findings_at(findings, at);
	viz_session_go_to(session, finding->ordinal);
	session->view.selected = finding->lane;
	trace_finding_text(findings, finding, text, sizeof text);
	viz_session_say(session, "%zu of %zu, %s: %s", at + 1, n,
	                trace_finding_rule(finding->kind)->name, text);
}

void viz_do_next_finding(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	go_finding(session, 1);
}

void viz_do_previous_finding(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	go_finding(session, -1);
}

/* ---- The critical path ---- */

void viz_do_path(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	char text[300];
	struct viz_text out = viz_text_begin(text, sizeof text);
	struct viz_view *view = &session->view;
	if (view->path || view->mask) {
		view->path = false;
		return;
	}
	if (viz_session_has_more_to_come(session)) {
		viz_session_say(session, "the critical path is known when the run has ended");
		return;
	}
	const struct viz_critical *path = viz_judgement_path(&session->judgement, session->model);
	view->path = path != NULL && path->path.n > 0;
	if (!view->path) {
		viz_session_say(session, "no critical path: no task took any time");
		return;
	}
	viz_critical_say(&out, path);
	viz_session_say(session, "%s", text);
}

/* ---- Marks ---- */

/* Return the MARK record after (1) or before (-1) the playhead, TRACE_NONE if there is none. */
static uint32_t mark_of_recording(const struct viz_session *session, int by)
{
	const struct trace_model *model = session->model;
	uint32_t now = viz_view_ordinal(&session->view, model);
	size_t low = 0, high = now == TRACE_NONE ? 0 : model->n_logs;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (model->logs[middle] <= now)
			low = middle + 1;
		else
			high = middle;
	}
	/* `low` is the first line after the playhead. */
	for (size_t i = low; by > 0 && i < model->n_logs; i++)
		if (trace_model_event(model, model->logs[i])->kind == TRACE_MARK)
			return model->logs[i];
	for (size_t i = low; by < 0 && i > 0; i--)
		if (trace_model_event(model, model->logs[i - 1])->kind == TRACE_MARK &&
		    model->logs[i - 1] != now)
			return model->logs[i - 1];
	return TRACE_NONE;
}

/* To the nearer of the recording's marks and the user's own. */
static void go_mark(struct viz_session *session, int by)
{
	const struct trace_model *model = session->model;
	uint64_t now_ns = viz_view_time_ns(&session->view, model), own_ns = 0;
	bool has_own = viz_marks_find(&session->view.marks, now_ns, by, &own_ns);
	uint32_t theirs = mark_of_recording(session, by);
	uint64_t theirs_ns = theirs != TRACE_NONE ? trace_model_event(model, theirs)->t_ns : 0;
	if (!has_own && theirs == TRACE_NONE) {
		viz_session_say(session, by > 0 ? "no mark after this; m sets one"
		                                : "no mark before this; m sets one");
		return;
	}
	bool is_own = has_own &&
	              (theirs == TRACE_NONE || (by > 0 ? own_ns < theirs_ns : own_ns > theirs_ns));
	session->stepping = false;
	if (is_own)
		viz_view_seek(&session->view, model, own_ns);
	else
		viz_session_go_to(session, theirs);
}

void viz_do_mark(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	uint64_t now_ns = viz_view_time_ns(&session->view, session->model);
	bool is_set = viz_marks_toggle(&session->view.marks, now_ns);
	viz_session_say(session, is_set ? "marked; ' and \" go from mark to mark"
	                                : "the mark is taken away");
}

void viz_do_unmark_all(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	session->view.marks.n = 0;
}

void viz_do_next_mark(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	go_mark(session, 1);
}

void viz_do_previous_mark(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	go_mark(session, -1);
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
