/* What a key does to the view and to the program: one small function an action, found by a table.
 *
 * Looking back never changes the program, with one exception that people expect: to step back while it plays holds
 * it, because the picture that they want to look at would run away.
 */
#include "viz/session/session_act.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "viz/run/gate.h"
#include "viz/painter/layout.h"

/* Whether the view is as it was settled: it need not be again, which a key would do four times. What is live has a clock of its own. */
static bool is_settled(const struct viz_session *session)
{
	const struct viz_settled *settled = &session->settled;
	return !viz_session_has_more_to_come(session) && settled->rows == session->rows &&
	       settled->cols == session->cols && settled->n_events == session->model->n_events &&
	       memcmp(&settled->view, &session->view, sizeof settled->view) == 0;
}

void viz_session_settle(struct viz_session *session)
{
	struct viz_layout layout;
	if (is_settled(session))
		return;
	viz_layout(&layout, session->rows, session->cols, &session->view, session->model);
	session->view.n_strips = layout.strips.rows > 0 ? (uint32_t)layout.strips.rows : 0;
	if (!layout.too_small)
		viz_view_settle(&session->view, session->model, layout.timeline.cols, layout.lines);
	/* The page has a border, and a row of the screen above and below it. */
	int hidden = viz_action_help_rows() - (session->rows - 4);
	if (session->view.help_top > hidden)
		session->view.help_top = hidden > 0 ? hidden : 0;
	session->settled.rows = session->rows;
	session->settled.cols = session->cols;
	session->settled.n_events = session->model->n_events;
	memcpy(&session->settled.view, &session->view, sizeof session->view);
}

void viz_session_catch_up(struct viz_session *session)
{
	uint32_t at = viz_view_ordinal(&session->view, session->model);
	if (trace_model_step(session->model, at, 1) == TRACE_NONE)
		session->view.follow = true;
}

void viz_session_say(struct viz_session *session, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vsnprintf(session->notice, sizeof session->notice, format, args);
	va_end(args);
}

/* ---- The program ---- */

static void set_hold(struct viz_session *session, bool hold)
{
	if (session->gate == NULL)
		return;
	viz_gate_hold(session->gate, hold);
	session->holds = hold;
	session->mode = hold ? VIZ_MODE_HELD : VIZ_MODE_PLAYING;
	session->stepping = false;
}

static void go_live(struct viz_session *session)
{
	session->view.follow = true;
	session->view.track = true;
	session->stepping =
	        false; /* a step that is still on its way must not put us into the past */
}

static void do_pause(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	set_hold(session, true);
}

static void do_play(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	set_hold(session, false);
	go_live(session);
}

static void do_step(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	if (session->mode == VIZ_MODE_PLAYING && session->view.follow) {
		set_hold(session, true);
		return;
	}
	if (session->stepping)
		return;
	if (viz_view_step(&session->view, session->model, 1)) {
		viz_session_catch_up(session);
		return;
	}
	if (session->mode != VIZ_MODE_HELD)
		return;
	session->step_from = viz_view_ordinal(&session->view, session->model);
	session->stepping = true;
	viz_gate_step(session->gate);
}

/* What follows the last transition (the end of an iteration, a line of the log) is not to be stepped through backwards: the
 * first press must show something. */
static void leave_edge(struct viz_session *session)
{
	uint32_t at = viz_view_ordinal(&session->view, session->model);
	if (!session->view.follow || at == TRACE_NONE)
		return;
	uint32_t last = trace_model_step(session->model, at, -1);
	if (last == TRACE_NONE || trace_model_step(session->model, last, 1) == at)
		return;
	session->view.follow = false;
	session->view.ordinal = last;
}

static void do_back(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	if (session->mode == VIZ_MODE_PLAYING)
		set_hold(session, true);
	session->stepping = false;
	leave_edge(session);
	viz_view_step(&session->view, session->model, -1);
}

static void do_live(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	if (viz_session_leave_pane(session))
		return;
	session->view.measures = false;
	session->search[0] = '\0'; /* n and p are the lessons' again */
	go_live(session);
}

static void set_speed(struct viz_session *session, uint64_t ppm)
{
	if (session->speed_ppm == 0 || session->gate == NULL)
		return;
	if (ppm < VIZ_SPEED_MIN_PPM)
		ppm = VIZ_SPEED_MIN_PPM;
	if (ppm > VIZ_SPEED_MAX_PPM)
		ppm = VIZ_SPEED_MAX_PPM;
	session->speed_ppm = (uint32_t)ppm;
	viz_gate_speed(session->gate, session->speed_ppm);
}

static void do_slower(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	set_speed(session, session->speed_ppm / 2);
}

static void do_faster(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	set_speed(session, (uint64_t)session->speed_ppm * 2);
}

/* ---- Time ---- */

static void zoom(struct viz_session *session, int num, int den)
{
	viz_view_zoom(&session->view, session->model, viz_session_anchor(session), num, den);
}

/* The place that stays where it is: the playhead's while it is in sight, else the middle's. */
uint64_t viz_session_anchor(const struct viz_session *session)
{
	struct viz_layout layout;
	viz_layout(&layout, session->rows, session->cols, &session->view, session->model);
	int cols = layout.timeline.cols > 0 ? layout.timeline.cols : 1;
	struct viz_axis axis = viz_view_axis(&session->view, cols);
	uint64_t place = viz_view_place(&session->view, session->model);
	int col = viz_axis_col(&axis, place);
	return col >= 0 && col < cols ? place : viz_axis_edge(&axis, cols / 2);
}

static void do_zoom_in(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	zoom(session, 2, 3);
}

static void do_zoom_out(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	zoom(session, 3, 2);
}

static void do_left(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	viz_view_pan(&session->view, session->model, -1, 8);
}

static void do_right(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	viz_view_pan(&session->view, session->model, 1, 8);
}

static void do_fit(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	session->view.fit = true;
	session->view.track = true;
}

static void do_centre(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	viz_view_centre(&session->view, session->model);
}

static void do_axis(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	viz_view_switch_axis(&session->view);
}

void viz_session_go_to(struct viz_session *session, uint32_t ordinal)
{
	session->stepping = false;
	session->view.follow = false;
	session->view.track = true;
	session->view.ordinal = ordinal;
}

static void do_start(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	viz_session_go_to(session, TRACE_NONE);
}

static void do_end(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	go_live(session);
}

/* ---- The screen ---- */

static void do_legend(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	session->view.legend = !session->view.legend;
}

static void do_present(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	session->view.present = !session->view.present;
	if (session->view.present)
		viz_session_say(session, "large: 1 to 4 open a pane, P goes back");
}

static void do_help(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	session->view.help = true;
	session->view.help_top = 0;
}

static void do_close(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	session->view.help = false;
}

static void (*const deeds[VIZ_ACTION_COUNT])(struct viz_session *, const struct viz_key *) = {
        [VIZ_ACTION_PAUSE] = do_pause,
        [VIZ_ACTION_PLAY] = do_play,
        [VIZ_ACTION_STEP] = do_step,
        [VIZ_ACTION_BACK] = do_back,
        [VIZ_ACTION_LIVE] = do_live,
        [VIZ_ACTION_SLOWER] = do_slower,
        [VIZ_ACTION_FASTER] = do_faster,
        [VIZ_ACTION_ZOOM_IN] = do_zoom_in,
        [VIZ_ACTION_ZOOM_OUT] = do_zoom_out,
        [VIZ_ACTION_LEFT] = do_left,
        [VIZ_ACTION_RIGHT] = do_right,
        [VIZ_ACTION_FIT] = do_fit,
        [VIZ_ACTION_CENTRE] = do_centre,
        [VIZ_ACTION_AXIS] = do_axis,
        [VIZ_ACTION_START] = do_start,
        [VIZ_ACTION_END] = do_end,
        [VIZ_ACTION_UP] = viz_do_up,
        [VIZ_ACTION_DOWN] = viz_do_down,
        [VIZ_ACTION_PAGE_UP] = viz_do_page_up,
        [VIZ_ACTION_PAGE_DOWN] = viz_do_page_down,
        [VIZ_ACTION_FIRST] = viz_do_first,
        [VIZ_ACTION_LAST] = viz_do_last,
        [VIZ_ACTION_NEXT_EVENT] = viz_do_next_event,
        [VIZ_ACTION_PREVIOUS_EVENT] = viz_do_previous_event,
        [VIZ_ACTION_WAKER] = viz_do_waker,
        [VIZ_ACTION_WAKEE] = viz_do_wakee,
        [VIZ_ACTION_WHY] = viz_do_why,
        [VIZ_ACTION_FOLD] = viz_do_fold,
        [VIZ_ACTION_FOLD_ALL] = viz_do_fold_all,
        [VIZ_ACTION_PIN] = viz_do_pin,
        [VIZ_ACTION_HIDE] = viz_do_hide,
        [VIZ_ACTION_HIDE_DONE] = viz_do_hide_done,
        [VIZ_ACTION_SORT] = viz_do_sort,
        [VIZ_ACTION_SHOW_ALL] = viz_do_show_all,
        [VIZ_ACTION_SEARCH] = viz_do_search,
        [VIZ_ACTION_FILTER] = viz_do_filter,
        [VIZ_ACTION_NEXT_MATCH] = viz_do_next_match,
        [VIZ_ACTION_PREVIOUS_MATCH] = viz_do_previous_match,
        [VIZ_ACTION_GO_TO] = viz_do_go_to,
        [VIZ_ACTION_NEXT_ITERATION] = viz_do_next_iteration,
        [VIZ_ACTION_PREVIOUS_ITERATION] = viz_do_previous_iteration,
        [VIZ_ACTION_NEXT_FINDING] = viz_do_next_finding,
        [VIZ_ACTION_PREVIOUS_FINDING] = viz_do_previous_finding,
        [VIZ_ACTION_PATH] = viz_do_path,
        [VIZ_ACTION_MARK] = viz_do_mark,
        [VIZ_ACTION_UNMARK_ALL] = viz_do_unmark_all,
        [VIZ_ACTION_NEXT_MARK] = viz_do_next_mark,
        [VIZ_ACTION_PREVIOUS_MARK] = viz_do_previous_mark,
        [VIZ_ACTION_DRAG] = viz_do_drag,
        [VIZ_ACTION_RIGHT_CLICK] = viz_do_right_click,
        [VIZ_ACTION_DOUBLE_CLICK] = viz_do_double_click,
        [VIZ_ACTION_UNDO] = viz_do_undo,
        [VIZ_ACTION_REDO] = viz_do_redo,
        [VIZ_ACTION_CLICK] = viz_do_click,
        [VIZ_ACTION_WHEEL_UP] = viz_do_wheel_up,
        [VIZ_ACTION_WHEEL_DOWN] = viz_do_wheel_down,
        [VIZ_ACTION_LOG] = viz_do_log,
        [VIZ_ACTION_STATE] = viz_do_state,
        [VIZ_ACTION_SOURCE] = viz_do_source,
        [VIZ_ACTION_METRICS] = viz_do_metrics,
        [VIZ_ACTION_PANE] = viz_do_pane,
        [VIZ_ACTION_HIGHER] = viz_do_higher,
        [VIZ_ACTION_LOWER] = viz_do_lower,
        [VIZ_ACTION_LEGEND] = do_legend,
        [VIZ_ACTION_PRESENT] = do_present,
        [VIZ_ACTION_HELP] = do_help,
        [VIZ_ACTION_CLOSE] = do_close,
};

/* What undo brings back: jumps, and whatever changes the window or the rows. Steps are undone by stepping. */
static const bool is_undoable[VIZ_ACTION_COUNT] = {
        [VIZ_ACTION_NEXT_FINDING] = true,  [VIZ_ACTION_PREVIOUS_FINDING] = true,
        [VIZ_ACTION_DOUBLE_CLICK] = true,  [VIZ_ACTION_NEXT_MARK] = true,
        [VIZ_ACTION_PREVIOUS_MARK] = true, [VIZ_ACTION_LIVE] = true,
        [VIZ_ACTION_ZOOM_IN] = true,       [VIZ_ACTION_ZOOM_OUT] = true,
        [VIZ_ACTION_LEFT] = true,          [VIZ_ACTION_RIGHT] = true,
        [VIZ_ACTION_FIT] = true,           [VIZ_ACTION_CENTRE] = true,
        [VIZ_ACTION_START] = true,         [VIZ_ACTION_END] = true,
        [VIZ_ACTION_FIRST] = true,         [VIZ_ACTION_LAST] = true,
        [VIZ_ACTION_WAKER] = true,         [VIZ_ACTION_WAKEE] = true,
        [VIZ_ACTION_CLICK] = true,         [VIZ_ACTION_WHEEL_UP] = true,
        [VIZ_ACTION_WHEEL_DOWN] = true,    [VIZ_ACTION_FOLD] = true,
        [VIZ_ACTION_FOLD_ALL] = true,      [VIZ_ACTION_PIN] = true,
        [VIZ_ACTION_HIDE] = true,          [VIZ_ACTION_HIDE_DONE] = true,
        [VIZ_ACTION_SORT] = true,          [VIZ_ACTION_SHOW_ALL] = true,
        [VIZ_ACTION_NEXT_MATCH] = true,    [VIZ_ACTION_PREVIOUS_MATCH] = true,
        [VIZ_ACTION_AXIS] = true,
};

void viz_session_act(struct viz_session *session, enum viz_action action, const struct viz_key *key)
{
	char name[VIZ_KEY_NAME_BYTES];
	session->notice[0] = '\0';
	if (action == VIZ_ACTION_NONE && viz_key_name(key->code, name, sizeof name)[0] != '\0')
		viz_session_say(session, "%s does nothing here; ? lists the keys", name);
	if (deeds[action] == NULL)
		return;
	viz_session_settle(session);
	struct viz_view before = session->view;
	deeds[action](session, key);
	viz_session_settle(session);
	if (is_undoable[action] && !viz_view_is_same(&before, &session->view))
		viz_history_push(&session->history, &before);
}
