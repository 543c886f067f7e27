/* What a key does to the view and to the program: one small function an action, found by a table.
 *
 * Looking back never changes the program, with one exception that people expect: to step back while it plays holds
 * it, because the picture that they want to look at would run away.
 */
#include "viz/session_act.h"

#include "viz/gate.h"

#define PAGE_LANES 10

void viz_session_settle(struct viz_session *session)
{
	struct viz_layout layout;
	viz_layout(&layout, session->rows, session->cols, &session->view, session->model);
	if (!layout.too_small)
		viz_view_settle(&session->view, session->model, layout.timeline.cols,
		                layout.timeline.rows);
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
	session->stepping = false; /* a step that is still on its way must not put us into the past */
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
	if (session->stepping || viz_view_step(&session->view, session->model, 1))
		return;
	if (session->mode != VIZ_MODE_HELD)
		return;
	session->step_from = viz_view_ordinal(&session->view, session->model);
	session->stepping = true;
	viz_gate_step(session->gate);
}

static void do_back(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	if (session->mode == VIZ_MODE_PLAYING)
		set_hold(session, true);
	session->stepping = false;
	viz_view_step(&session->view, session->model, -1);
}

static void do_live(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
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

static void zoom(struct viz_session *session, uint64_t at_ns, int num, int den)
{
	viz_view_zoom(&session->view, session->model, at_ns, num, den);
}

/* The time that stays where it is: the playhead's while it is in sight, else the middle's. */
static uint64_t anchor_ns(const struct viz_session *session)
{
	const struct viz_view *view = &session->view;
	uint64_t t_ns = viz_view_time_ns(view, session->model);
	if (t_ns >= view->t0_ns && t_ns - view->t0_ns <= view->span_ns)
		return t_ns;
	return view->t0_ns + view->span_ns / 2;
}

static void do_zoom_in(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	zoom(session, anchor_ns(session), 2, 3);
}

static void do_zoom_out(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	zoom(session, anchor_ns(session), 3, 2);
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
	struct viz_view *view = &session->view;
	uint64_t t_ns = viz_view_time_ns(view, session->model);
	uint64_t wanted = t_ns > view->span_ns / 2 ? t_ns - view->span_ns / 2 : 0;
	if (view->fit) {
		/* The whole is in sight: to centre is to come closer. */
		view->span_ns = view->span_ns / 4 + 1;
		wanted = t_ns > view->span_ns / 2 ? t_ns - view->span_ns / 2 : 0;
	} else if (view->t0_ns == wanted) {
		do_fit(session, key);
		return;
	}
	view->fit = false;
	view->track = true;
	view->t0_ns = wanted;
	/* What settling makes of it is what a second press must find. */
	viz_session_settle(session);
}

static void go_to(struct viz_session *session, uint32_t ordinal)
{
	session->stepping = false;
	session->view.follow = false;
	session->view.track = true;
	session->view.ordinal = ordinal;
}

static void do_start(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	go_to(session, TRACE_NONE);
}

static void do_end(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	go_live(session);
}

/* ---- Lanes ---- */

static void move(struct viz_session *session, int by)
{
	if (session->view.help)
		session->view.help_top += by;
	else
		viz_view_select(&session->view, session->model, by);
}

static void do_up(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	move(session, -1);
}

static void do_down(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	move(session, 1);
}

static void do_page_up(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	move(session, -PAGE_LANES);
}

static void do_page_down(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	move(session, PAGE_LANES);
}

static void do_first(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	if (session->view.help)
		session->view.help_top = 0;
	else if (session->model->n_lanes > 0)
		session->view.selected = session->model->order[0];
}

static void do_last(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	const struct trace_model *model = session->model;
	if (session->view.help)
		session->view.help_top = VIZ_ACTION_COUNT;
	else if (model->n_lanes > 0)
		session->view.selected = model->order[model->n_lanes - 1];
}

static const struct trace_lane *selected_lane(const struct viz_session *session)
{
	uint32_t lane = session->view.selected;
	return lane < session->model->n_lanes ? &session->model->lanes[lane] : NULL;
}

static void do_next_event(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	const struct trace_lane *lane = selected_lane(session);
	uint32_t now = viz_view_ordinal(&session->view, session->model);
	if (lane == NULL)
		return;
	size_t at = now == TRACE_NONE ? SIZE_MAX : trace_lane_at(lane, now);
	size_t next = at == SIZE_MAX ? 0 : at + 1;
	if (next < lane->n)
		go_to(session, lane->ordinals[next]);
}

static void do_previous_event(struct viz_session *session, const struct viz_key *key)
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
	go_to(session, lane->ordinals[lane->ordinals[at] == now ? at - 1 : at]);
}

static void do_waker(struct viz_session *session, const struct viz_key *key)
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
		go_to(session, ordinal);
		return;
	}
}

static void do_wakee(struct viz_session *session, const struct viz_key *key)
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
		go_to(session, (uint32_t)i);
		return;
	}
}

/* ---- The mouse ---- */

static bool is_inside(const struct viz_rect *rect, const struct viz_key *key)
{
	return rect->rows > 0 && key->row >= rect->row && key->row < rect->row + rect->rows &&
	       key->col >= rect->col && key->col < rect->col + rect->cols;
}

/* The time at the right end (`part` 1) or in the middle (`part` 2) of the column under the pointer. */
static uint64_t pointed_ns(const struct viz_session *session, const struct viz_rect *timeline,
                           int col, uint64_t part)
{
	uint64_t span = session->view.span_ns, cols = (uint64_t)timeline->cols;
	uint64_t at = (uint64_t)(col - timeline->col) * part + 1;
	uint64_t ns = span / cols / part * at + span % (cols * part) * at / (cols * part);
	return session->view.t0_ns + (ns > 0 ? ns - 1 : 0);
}

static void do_click(struct viz_session *session, const struct viz_key *key)
{
	struct viz_layout layout;
	const struct trace_model *model = session->model;
	viz_layout(&layout, session->rows, session->cols, &session->view, model);
	bool on_ruler = is_inside(&layout.ruler, key);
	bool on_time = is_inside(&layout.timeline, key) || on_ruler;
	if (layout.too_small || (!on_time && !is_inside(&layout.names, key)))
		return;
	size_t place = session->view.top + (size_t)(key->row - layout.names.row);
	if (!on_ruler && place < model->n_lanes)
		session->view.selected = model->order[place];
	if (on_time)
		go_to(session, trace_model_at_time(model, pointed_ns(session, &layout.timeline,
		                                                     key->col, 1)));
}

static void wheel(struct viz_session *session, const struct viz_key *key, int num, int den)
{
	struct viz_layout layout;
	viz_layout(&layout, session->rows, session->cols, &session->view, session->model);
	bool inside = !layout.too_small && is_inside(&layout.timeline, key);
	if (session->view.help)
		move(session, num < den ? -3 : 3);
	else
		zoom(session,
		     inside ? pointed_ns(session, &layout.timeline, key->col, 2)
		            : anchor_ns(session),
		     num, den);
}

static void do_wheel_up(struct viz_session *session, const struct viz_key *key)
{
	wheel(session, key, 4, 5);
}

static void do_wheel_down(struct viz_session *session, const struct viz_key *key)
{
	wheel(session, key, 5, 4);
}

/* ---- Panes ---- */

static void do_log(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	session->view.log = !session->view.log;
}

static void do_legend(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	session->view.legend = !session->view.legend;
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
        [VIZ_ACTION_START] = do_start,
        [VIZ_ACTION_END] = do_end,
        [VIZ_ACTION_UP] = do_up,
        [VIZ_ACTION_DOWN] = do_down,
        [VIZ_ACTION_PAGE_UP] = do_page_up,
        [VIZ_ACTION_PAGE_DOWN] = do_page_down,
        [VIZ_ACTION_FIRST] = do_first,
        [VIZ_ACTION_LAST] = do_last,
        [VIZ_ACTION_NEXT_EVENT] = do_next_event,
        [VIZ_ACTION_PREVIOUS_EVENT] = do_previous_event,
        [VIZ_ACTION_WAKER] = do_waker,
        [VIZ_ACTION_WAKEE] = do_wakee,
        [VIZ_ACTION_CLICK] = do_click,
        [VIZ_ACTION_WHEEL_UP] = do_wheel_up,
        [VIZ_ACTION_WHEEL_DOWN] = do_wheel_down,
        [VIZ_ACTION_LOG] = do_log,
        [VIZ_ACTION_LEGEND] = do_legend,
        [VIZ_ACTION_HELP] = do_help,
        [VIZ_ACTION_CLOSE] = do_close,
};

void viz_session_act(struct viz_session *session, enum viz_action action, const struct viz_key *key)
{
	if (deeds[action] == NULL)
		return;
	viz_session_settle(session);
	deeds[action](session, key);
	viz_session_settle(session);
}
