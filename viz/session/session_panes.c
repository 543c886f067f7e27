/* What keys and the mouse do to the panes: open and close them, make them higher, scroll the one that has the keys.
 *
 * How far a pane can be scrolled is known when it is painted, so a press goes by what was painted last: presses beyond the end are not
 * gathered, and none has to be taken back.
 */
#include "viz/session/session_act.h"

static void toggle(struct viz_session *session, enum viz_pane pane)
{
	struct viz_layout layout;
	struct viz_panes *panes = &session->view.panes;
	/* the large layout leaves out what is open by itself: it is not there to be closed */
	if (session->view.present && !panes->asked)
		panes->n = 0;
	viz_panes_toggle(panes, pane);
	viz_layout(&layout, session->rows, session->cols, &session->view, session->model);
	if (viz_panes_has(panes, pane) && layout.panes[pane].rows <= 0)
		viz_session_say(session, "no room for the %s here: a few rows more",
		                viz_pane_name(pane));
}

void viz_do_log(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	toggle(session, VIZ_PANE_LOG);
}

void viz_do_state(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	toggle(session, VIZ_PANE_STATE);
}

void viz_do_source(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	toggle(session, VIZ_PANE_SOURCE);
}

void viz_do_metrics(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	toggle(session, VIZ_PANE_METRICS);
}

static void grow(struct viz_session *session, int by)
{
	struct viz_panes *panes = &session->view.panes;
	struct viz_layout before, after;
	int8_t was = panes->grow;
	viz_layout(&before, session->rows, session->cols, &session->view, session->model);
	if (was + by >= INT8_MIN && was + by <= INT8_MAX)
		panes->grow = (int8_t)(was + by);
	viz_layout(&after, session->rows, session->cols, &session->view, session->model);
	/* What cannot grow further must not gather presses that have to be taken back. */
	if (after.dock.rows == before.dock.rows)
		panes->grow = was;
}

void viz_do_higher(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	grow(session, 1);
}

void viz_do_lower(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	grow(session, -1);
}

/* ---- The pane that has the keys ---- */

/* Return the pane that has the keys and is seen, VIZ_PANE_COUNT if none is. */
static enum viz_pane focus(const struct viz_session *session)
{
	struct viz_layout layout;
	unsigned pane = session->view.panes.focus;
	if (pane == 0 || pane > VIZ_PANE_COUNT)
		return VIZ_PANE_COUNT;
	viz_layout(&layout, session->rows, session->cols, &session->view, session->model);
	return layout.panes[pane - 1].rows > 0 ? (enum viz_pane)(pane - 1) : VIZ_PANE_COUNT;
}

static void give_keys(struct viz_session *session, unsigned pane)
{
	session->view.panes.focus = (uint8_t)(pane + 1);
	viz_session_say(session, "%s: j and k, PgUp and PgDn scroll it; Esc goes back to the lanes",
	                viz_pane_name((enum viz_pane)pane));
}

void viz_do_pane(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	struct viz_layout layout;
	unsigned from = session->view.panes.focus;
	viz_layout(&layout, session->rows, session->cols, &session->view, session->model);
	for (unsigned pane = from; pane < VIZ_PANE_COUNT; pane++) {
		if (layout.panes[pane].rows <= 0)
			continue;
		give_keys(session, pane);
		return;
	}
	session->view.panes.focus = 0;
	if (from == 0)
		viz_session_say(session, "no pane is open; 1 to 4 open them");
}

bool viz_session_leave_pane(struct viz_session *session)
{
	struct viz_panes *panes = &session->view.panes;
	if (focus(session) == VIZ_PANE_COUNT)
		return false;
	for (int i = 0; i < VIZ_PANE_COUNT; i++)
		panes->scroll[i] = 0;
	panes->focus = 0;
	return true;
}

static void scroll(struct viz_session *session, enum viz_pane pane, int by)
{
	const struct viz_scroll_limits *limits = &session->scroll_limits[pane];
	int64_t to = (int64_t)session->view.panes.scroll[pane] + (pane == VIZ_PANE_LOG ? -by : by);
	if (to < limits->least)
		to = limits->least;
	if (to > limits->most)
		to = limits->most;
	session->view.panes.scroll[pane] = (int32_t)to;
}

bool viz_session_scroll(struct viz_session *session, int by)
{
	enum viz_pane pane = focus(session);
	if (pane == VIZ_PANE_COUNT)
		return false;
	scroll(session, pane, by);
	return true;
}

enum viz_pane viz_session_pane_at(const struct viz_layout *layout, const struct viz_key *key)
{
	for (int i = 0; i < VIZ_PANE_COUNT; i++)
		if (viz_rect_has(&layout->panes[i], key->row, key->col))
			return (enum viz_pane)i;
	return VIZ_PANE_COUNT;
}

void viz_session_scroll_pane(struct viz_session *session, enum viz_pane pane, int by)
{
	session->view.panes.focus = (uint8_t)(pane + 1);
	scroll(session, pane, by);
}
