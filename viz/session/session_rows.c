/* What keys do to the rows: folding, pinning, hiding, sorting. The selected lane stays the selected one. */
#include "viz/session/session_act.h"

#include "viz/view/rows.h"

static void toggle_selected(struct viz_session *session, struct viz_lane_set *set)
{
	if (session->view.selected < session->model->n_lanes)
		viz_lane_set_toggle(set, session->view.selected);
}

/* A task without tasks below it stands for its parent: that is what one wants to close. */
void viz_do_fold(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	const struct trace_model *model = session->model;
	uint32_t lane = session->view.selected;
	if (lane >= model->n_lanes || model->lanes[lane].kind != TRACE_LANE_TASK)
		return;
	if (!viz_rows_has_children(model, lane))
		lane = model->lanes[lane].parent;
	if (lane >= model->n_lanes)
		return;
	session->view.selected = lane;
	toggle_selected(session, &session->view.wishes.folds);
}

void viz_do_fold_all(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	struct viz_wishes *wishes = &session->view.wishes;
	bool any = wishes->fold_all || wishes->folds.n > 0;
	wishes->folds.n = 0;
	wishes->fold_all = !any;
}

void viz_do_pin(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	toggle_selected(session, &session->view.wishes.pins);
}

/* Put the selected lane away; the one below it is selected then. */
void viz_do_hide(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	struct viz_view *view = &session->view;
	uint32_t lane = view->selected;
	struct viz_rows rows;
	if (lane >= session->model->n_lanes)
		return;
	viz_rows_init(&rows, session->model, view);
	size_t place = viz_rows_place(&rows, lane);
	if (place != SIZE_MAX && rows.n > 1) {
		view->selected = rows.lanes[place + 1 < rows.n ? place + 1 : place - 1];
		if (viz_lane_set_has(&view->wishes.pins, lane))
			viz_lane_set_toggle(&view->wishes.pins, lane);
		viz_lane_set_toggle(&view->wishes.hidden, lane);
	}
	viz_rows_fini(&rows);
}

void viz_do_hide_done(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	session->view.wishes.hide_done = !session->view.wishes.hide_done;
}

void viz_do_sort(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	struct viz_wishes *wishes = &session->view.wishes;
	wishes->sort = (enum viz_sort)((wishes->sort + 1) % VIZ_SORT_COUNT);
}

void viz_do_show_all(struct viz_session *session, const struct viz_key *key)
{
	(void)key;
	session->view.wishes = (struct viz_wishes){.sort = VIZ_SORT_TREE};
}
