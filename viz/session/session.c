/* The session's life: reading, the mode, pending steps, painting. What keys do is in session_act.c. */
#include "viz/session/session.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "viz/run/gate.h"
#include "viz/painter/lane_marks.h"
#include "viz/painter/painter.h"

#define SLICE_EVENTS 100000u /* read between two looks for keys: two or three milliseconds */
#define SHOWN_SLICES 24u     /* read between two paintings of the progress */

static bool is_live(const struct viz_session *session)
{
	if (session->damaged || session->model->status != 0)
		return false;
	if (session->child != NULL)
		return session->child->pid != 0;
	return trace_reader_is_live(session->model->reader);
}

static enum viz_mode mode_of(const struct viz_session *session)
{
	if (is_live(session)) {
		if (session->child == NULL && session->gate == NULL && !session->is_guest)
			return VIZ_MODE_COMING;
		bool held = session->is_guest
		                    ? session->told_held
		                    : session->gate != NULL && viz_gate_is_held(session->gate);
		return held ? VIZ_MODE_HELD : VIZ_MODE_PLAYING;
	}
	if (session->child == NULL)
		return VIZ_MODE_FILE;
	return viz_child_was_killed(session->child) ? VIZ_MODE_DIED : VIZ_MODE_ENDED;
}

void viz_session_init(struct viz_session *session, struct trace_model *model,
                      struct viz_child *child, uint32_t speed_ppm)
{
	const struct trace_header *header = trace_reader_header(model->reader);
	*session = (struct viz_session){
	        .model = model,
	        .gate = trace_reader_gate(model->reader),
	        .child = child,
	        .view = VIZ_VIEW_INIT,
	        .converted = 1,
	        .kept = viz_kept_rows_create(),
	        .rows = 24,
	        .cols = 80,
	};
	if (header->clock == TRACE_CLOCK_PACED) {
		uint32_t written = atomic_load(&header->pacing.speed_ppm);
		session->speed_ppm = speed_ppm != 0 ? speed_ppm : written != 0 ? written : 1000000;
	}
	session->mode = mode_of(session);
	viz_session_update(session);
}

void viz_session_fini(struct viz_session *session)
{
	/* A program of somebody else's that we hold would stand still for ever. */
	if (session->holds && session->child == NULL && session->gate != NULL)
		viz_gate_hold(session->gate, false);
	viz_source_text_fini(&session->source);
	viz_judgement_fini(&session->judgement);
	viz_kept_rows_destroy(session->kept);
	session->kept = NULL;
	trace_model_destroy(session->model);
	session->model = NULL;
	session->gate = NULL;
}

/* The events were put in another order, or the file is another one, without its oldest part. */
static void start_anew(struct viz_session *session, const struct viz_lane_marks *marks)
{
	session->step_from = TRACE_NONE;
	session->history.n = session->history.at = 0; /* they are views of other events */
	viz_kept_rows_forget(session->kept);
	session->settled.rows = 0;
	if (!session->is_guest)
		session->gate = trace_reader_gate(session->model->reader);
	viz_lane_marks_put(marks, &session->view, session->model);
}

/* Read what was published, of a long recording a slice at a time: keys are answered between them. */
static bool read_new(struct viz_session *session)
{
	struct trace_error error;
	bool changed = false, behind = false;
	double done;
	int rc = 0;
	if (session->damaged)
		return false;
	struct viz_lane_marks marks;
	viz_lane_marks_take(&marks, &session->view, session->model);
	while (!behind &&
	       (rc = trace_model_update_some(session->model, SLICE_EVENTS, &error)) > 0) {
		changed = true;
		if (rc == TRACE_REBUILT)
			start_anew(session, &marks);
		session->judgement.was_rebuilt |= rc == TRACE_REBUILT;
		behind = trace_model_is_behind(session->model, &done);
	}
	session->n_slices = behind && rc > 0 ? session->n_slices + 1 : 0;
	if (session->n_slices > 0)
		return session->n_slices % SHOWN_SLICES == 1;
	if (rc == 0)
		return changed;
	session->damaged = true;
	snprintf(session->status, sizeof session->status, "%s", error.text);
	return true;
}

/* The step that was allowed is over when the program stands at the gate again, or is gone, and all that it wrote
 * is read. */
static bool finish_step(struct viz_session *session, bool changed)
{
	if (!session->stepping || changed)
		return false;
	if (session->mode == VIZ_MODE_HELD && !viz_gate_is_still(session->gate))
		return false;
	uint32_t to = trace_model_step(session->model, session->step_from, 1);
	if (to == TRACE_NONE && session->mode == VIZ_MODE_HELD)
		return false;
	session->stepping = false;
	if (to != TRACE_NONE) {
		session->view.follow = false;
		session->view.track = true;
		session->view.ordinal = to;
		viz_session_catch_up(session);
	}
	return true;
}

static bool report_end(struct viz_session *session)
{
	if (session->reported || session->child == NULL || !session->child->ended)
		return false;
	session->reported = true;
	char report[sizeof session->status];
	if (viz_child_report(session->child, report, sizeof report))
		memcpy(session->status, report, sizeof report);
	return true;
}

static bool is_long(const struct viz_session *session)
{
	return session->model->n_events > VIZ_JUDGED_EVENTS;
}

/* Up to where the numbers are to be: the playhead. */
static struct viz_counted counted_until(const struct viz_session *session)
{
	return (struct viz_counted){.of_all = session->view.follow,
	                            .ordinal = viz_view_ordinal(&session->view, session->model),
	                            .now_ns = viz_view_time_ns(&session->view, session->model)};
}

/* Judge a part of a long recording. Returns whether what is shown may have changed. */
static bool judge_some(struct viz_session *session)
{
	bool was_judging = session->is_judging;
	session->is_judging = false;
	if (!is_long(session) || session->n_slices > 0 || session->view.mask)
		return was_judging;
	bool counts = viz_panes_has(&session->view.panes, VIZ_PANE_METRICS);
	const struct viz_counted until = counted_until(session);
	session->is_judging =
	        viz_judgement_go_on(&session->judgement, session->model, counts ? &until : NULL);
	return was_judging && !session->is_judging;
}

bool viz_session_update(struct viz_session *session)
{
	enum viz_mode before = session->mode;
	/* The end is asked for first: what a program that has ended wrote is complete. */
	bool ended = report_end(session);
	bool changed = read_new(session);
	session->mode = mode_of(session);
	bool stepped = finish_step(session, changed);
	bool judged = judge_some(session);
	return changed || ended || stepped || judged || before != session->mode;
}

bool viz_session_is_behind(const struct viz_session *session)
{
	return session->n_slices > 0 || session->is_judging;
}

bool viz_session_has_more_to_come(const struct viz_session *session)
{
	return session->n_slices > 0 || session->mode == VIZ_MODE_PLAYING ||
	       session->mode == VIZ_MODE_COMING || session->mode == VIZ_MODE_HELD;
}

bool viz_session_is_moving(const struct viz_session *session)
{
	if (session->mode == VIZ_MODE_PLAYING || session->mode == VIZ_MODE_COMING)
		return true;
	if (session->mode != VIZ_MODE_HELD)
		return false;
	return session->stepping || (session->gate != NULL && !viz_gate_is_still(session->gate));
}

unsigned viz_session_where(const struct viz_session *session)
{
	if (session->view.help)
		return VIZ_IN_TEXT;
	return viz_where_of(session->mode, session->child != NULL) |
	       (session->search[0] != '\0' ? (unsigned)VIZ_IN_SEARCH : 0);
}

/* What the panes show beside the model: none of it while the future is hidden. */
static void find_judgement(struct viz_session *session, struct viz_scene *scene)
{
	struct viz_judgement *judgement = &session->judgement;
	const struct trace_model *model = session->model;
	if (session->view.mask || session->n_slices > 0)
		return;
	bool counts = viz_panes_has(&session->view.panes, VIZ_PANE_METRICS);
	if (is_long(session)) {
		scene->findings = viz_judgement_known_findings(judgement);
		const struct viz_counted until = counted_until(session);
		scene->stats = counts ? viz_judgement_known_stats(judgement) : NULL;
		scene->is_counting = !viz_judgement_is_counted(judgement, model, &until);
	} else {
		scene->findings = viz_judgement_findings(judgement, model);
		uint32_t ordinal = viz_view_ordinal(&session->view, model);
		uint64_t now_ns = viz_view_time_ns(&session->view, model);
		scene->stats =
		        counts ? viz_judgement_stats_at(judgement, model, ordinal, now_ns) : NULL;
	}
	if (session->view.path && !viz_session_has_more_to_come(session))
		scene->path = viz_judgement_path(judgement, model);
}

/* What was painted says how far each pane could be scrolled: no further is kept. Returns whether one was scrolled too far, and painted so. */
static bool settle_scroll(struct viz_session *session)
{
	bool was_too_far = false;
	for (int i = 0; i < VIZ_PANE_COUNT; i++) {
		const struct viz_scroll_limits *limits = &session->scroll_limits[i];
		int32_t *scroll = &session->view.panes.scroll[i], wanted = *scroll;
		if (*scroll > limits->most)
			*scroll = limits->most;
		if (*scroll < limits->least)
			*scroll = limits->least;
		was_too_far |= *scroll != wanted;
	}
	return was_too_far;
}

void viz_session_paint(struct viz_session *session, struct viz_grid *grid)
{
	struct viz_scene scene = {
	        .mode = session->mode,
	        .speed_ppm = session->speed_ppm,
	        .now_ns = session->view.mask ? viz_view_time_ns(&session->view, session->model)
	                                     : trace_model_now_ns(session->model),
	        .status = session->status[0] != '\0' ? session->status : NULL,
	        .name = session->name,
	        .shadow = session->shadow,
	        .shadow_of = session->shadow_of,
	        .can_step = session->gate != NULL,
	        .is_others = session->child == NULL,
	        .converted = session->converted,
	        .notice = session->notice[0] != '\0' ? session->notice : NULL,
	        .prompt = session->prompt.sign != 0 ? &session->prompt : NULL,
	        .search = session->search,
	        .source = &session->source,
	        .kept = session->kept,
	        .scroll_limits = session->scroll_limits,
	};
	session->rows = grid->rows;
	session->cols = grid->cols;
	viz_session_settle(session);
	find_judgement(session, &scene);
	viz_source_text_follow(&session->source, &session->view, session->model);
	memset(session->scroll_limits, 0, sizeof session->scroll_limits);
	viz_paint(grid, session->model, &session->view, &scene);
	if (settle_scroll(
	            session)) /* the playhead has moved, or the pane has become another size */
		viz_paint(grid, session->model, &session->view, &scene);
}

void viz_session_paint_rows(struct viz_session *session, struct viz_grid *grid, int row, int rows)
{
	/* whole rows stand together, so a part of the screen is a grid too */
	struct viz_grid part = {.rows = rows,
	                        .cols = grid->cols,
	                        .cells = grid->cells + (ptrdiff_t)row * grid->cols};
	if (rows > 0)
		viz_session_paint(session, &part);
}
