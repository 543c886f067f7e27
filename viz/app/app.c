/* The app's life: what is open, what time does to it, and its painting. What keys do is in app_key.c. */
#include "viz/app/app_private.h"

#include <stdlib.h>
#include <stdio.h>
#include <time.h>

#include "viz/run/follow.h"
#include "viz/canvas/glyph.h"

#define SLICE_MS       1    /* while a long recording is being read */
#define FRAME_MS       16   /* while the picture moves */
#define STEP_MS        4    /* while a step is awaited */
#define NOTES_MS       1000 /* while a clock is on the screen */
#define FOREIGN_MS     100  /* while a recording of somebody else's grows */
#define NOTES_MIN_ROWS 20

void viz_app_init(struct viz_app *app, const struct viz_options *options, bool ascii)
{
	const struct viz_view usual = VIZ_VIEW_INIT;
	*app = (struct viz_app){
	        .options = options,
	        .ascii = ascii,
	        .theme = options->has_theme ? options->theme : viz_theme_of(getenv("COLORFGBG")),
	        .panes = options->has_panes ? options->panes : usual.panes,
	        .legend = usual.legend,
	        .present = options->present,
	        .screen = VIZ_APP_MENU,
	        .menu = VIZ_MENU_INIT,
	        .game = VIZ_LOOP_GAME_INIT,
	        .follower = VIZ_FOLLOWER_INIT,
	};
	viz_progress_read(&app->progress);
	app->menu.progress = &app->progress;
	if (app->progress.last != SIZE_MAX)
		app->menu.selected = app->progress.last;
	if (app->progress.n_strange > 0)
		snprintf(app->menu.notice, sizeof app->menu.notice,
		         "the file of progress has %zu lines that are not understood; they are "
		         "left out",
		         app->progress.n_strange);
}

void viz_app_close_whatif(struct viz_app *app)
{
	if (app->has_whatif)
		viz_whatif_fini(&app->whatif);
	app->has_whatif = false;
}

/* How the screen was arranged is kept for the next session. */
void viz_app_close_session(struct viz_app *app)
{
	if (app->has_session) {
		app->panes = app->session.view.panes;
		app->legend = app->session.view.legend;
		app->present = app->session.view.present;
		viz_session_fini(&app->session);
	}
	app->has_session = false;
	viz_child_stop(&app->child);
}

void viz_app_close_pair(struct viz_app *app)
{
	if (app->has_pair)
		viz_pair_fini(&app->pair);
	app->has_pair = false;
}

void viz_app_fini(struct viz_app *app)
{
	viz_app_close_predict(app);
	viz_app_close_whatif(app);
	viz_app_close_pair(app);
	viz_app_close_session(app);
	viz_page_fini(&app->page);
	viz_follower_close(&app->follower);
	viz_share_close(app->share);
	app->share = NULL;
}

const char *viz_app_file(const struct viz_app *app)
{
	bool is_file = app->options->command == VIZ_COMMAND_VIEW && app->pipe == NULL &&
	               app->has_session && !viz_app_is_following(app) && !app->has_ended;
	return is_file ? app->options->target : NULL;
}

static void show_session(struct viz_app *app)
{
	app->has_session = true;
	app->n_sessions++;
	app->opened = time(NULL);
	app->session.view.ascii = app->ascii;
	app->session.view.panes = app->panes;
	app->session.view.legend = app->legend;
	app->session.view.present = app->present;
	app->session.view.path = app->options->path;
	if (app->options->order)
		viz_view_switch_axis(&app->session.view);
	app->screen = VIZ_APP_SESSION;
}

/* A program of the little language has no place in the course. */
static size_t index_of(const struct scenario *scenario)
{
	for (size_t i = 0; i < scn_count(); i++)
		if (scn_at(i) == scenario)
			return i;
	return SIZE_MAX;
}

int viz_app_open_lesson(struct viz_app *app, const struct scn_run *run, const char *out,
                        struct viz_problem *problem)
{
	struct trace_model *model;
	viz_app_close_session(app);
	app->run = *run;
	app->game = (struct viz_loop_game)VIZ_LOOP_GAME_INIT;
	app->scenario = run->args.scenario;
	int rc = VIZ_EXIT_FAILED;
	if (viz_child_start(&app->child, app->options->program, run, out, problem) == 0)
		rc = viz_follow_child(&model, &app->child, problem);
	if (rc != 0) {
		viz_child_stop(&app->child);
		return rc;
	}
	viz_session_init(&app->session, model, &app->child, run->speed_ppm);
	show_session(app);
	app->lesson = index_of(app->scenario);
	if (viz_progress_open(&app->progress, app->lesson))
		viz_progress_write(&app->progress);
	return 0;
}

void viz_app_open_model(struct viz_app *app, struct trace_model *model)
{
	viz_app_close_session(app);
	app->scenario = NULL;
	viz_session_init(&app->session, model, NULL, 0);
	show_session(app);
}

void viz_app_open_pair(struct viz_app *app, const struct viz_pair *pair)
{
	viz_app_close_pair(app);
	app->pair = *pair;
	app->has_pair = true;
	app->screen = VIZ_APP_PAIR;
}

/* Tell the session how much there is of what is being converted, and why there will be no more. */
static bool look_at_pipe(struct viz_app *app)
{
	struct viz_problem problem;
	if (app->pipe == NULL)
		return false;
	double before = app->session.converted;
	bool is_over = atomic_load(&app->pipe->is_over);
	app->session.converted = viz_pipe_done(app->pipe);
	if (viz_pipe_failed(app->pipe, &problem))
		snprintf(app->session.status, sizeof app->session.status, "%s", problem.text);
	if (is_over)
		app->pipe = NULL;
	return is_over || app->session.converted > before;
}

/* Somebody may move, remove or overwrite what is looked at: that is said once, and what was read stays. */
static bool look_at_file(struct viz_app *app)
{
	static const char *const sentences[] = {
	        [TRACE_FATE_IN_PLACE] = "The file is in its place again.",
	        [TRACE_FATE_REMOVED] = "The file is removed or moved: what was read of it stays.",
	        [TRACE_FATE_SUPPLANTED] = "The file was replaced: this is the old one.",
	        [TRACE_FATE_OVERWRITTEN] = "The file was overwritten: names may be wrong.",
	};
	if (viz_app_file(app) == NULL || app->session.damaged)
		return false;
	enum trace_fate fate = trace_reader_fate(app->session.model->reader);
	if (fate == app->fate)
		return false;
	app->fate = fate;
	snprintf(app->session.status, sizeof app->session.status, "%s", sentences[fate]);
	return true;
}

bool viz_app_update(struct viz_app *app)
{
	if (!app->has_session)
		return false;
	viz_child_reap(&app->child, false);
	bool changed = look_at_pipe(app) || look_at_file(app);
	changed |= viz_session_update(&app->session) || viz_session_is_moving(&app->session);
	if (app->scenario != NULL && app->session.mode == VIZ_MODE_ENDED &&
	    viz_progress_see(&app->progress, app->lesson))
		viz_progress_write(&app->progress);
	if (viz_app_is_game(app))
		changed |= viz_app_play(app);
	if (app->screen == VIZ_APP_PREDICT)
		changed |= viz_predict_update(&app->predict);
	return changed || app->has_notes; /* whose clock goes on */
}

unsigned viz_app_period_ms(const struct viz_app *app)
{
	if (!app->has_session)
		return 0;
	bool moving = viz_session_is_moving(&app->session);
	if (viz_session_is_behind(&app->session))
		return SLICE_MS;
	if (viz_app_is_following(app))
		return moving ? FRAME_MS : FOREIGN_MS;
	if (app->session.child == NULL) {
		bool live = moving || app->session.mode == VIZ_MODE_HELD;
		return live ? FOREIGN_MS : 0;
	}
	bool is_pending =
	        viz_app_is_game(app) && app->session.mode == VIZ_MODE_HELD && app->game.n_ready < 2;
	if (app->session.stepping || is_pending)
		return STEP_MS;
	return moving ? FRAME_MS : app->has_notes ? NOTES_MS : 0;
}

/* The timeline above, the notes below in at most half of the screen. */
static void paint_with_notes(struct viz_app *app, struct viz_grid *grid)
{
	time_t now = time(NULL);
	struct viz_notes notes = {
	        .scenario = app->scenario,
	        .args = &app->run.args,
	        .t_ns = viz_view_time_ns(&app->session.view, app->session.model),
	        .elapsed_s = now > app->opened ? (unsigned)(now - app->opened) : 0,
	        .followers =
	                app->share != NULL ? (unsigned)viz_share_followers(app->share) : UINT32_MAX,
	};
	int rows = viz_notes_rows(&notes, grid->cols);
	rows = rows > grid->rows / 2 ? grid->rows / 2 : rows;
	viz_grid_clear(grid);
	viz_session_paint_rows(&app->session, grid, 0, grid->rows - rows);
	viz_notes_paint(&notes, grid, grid->rows - rows, rows);
	if (app->ascii)
		viz_glyph_fold_ascii(grid);
}

void viz_app_paint(struct viz_app *app, struct viz_grid *grid)
{
	if (app->screen == VIZ_APP_MENU)
		viz_menu_paint(&app->menu, grid, app->ascii);
	else if (app->screen == VIZ_APP_WHATIF)
		viz_whatif_paint(&app->whatif, grid);
	else if (app->screen == VIZ_APP_PREDICT)
		viz_predict_paint(&app->predict, grid);
	else if (app->screen == VIZ_APP_PAIR)
		viz_pair_paint(&app->pair, grid);
	else if (app->screen == VIZ_APP_PAGE)
		viz_page_paint(&app->page, grid, app->ascii);
	else if (app->said[0] != '\0' && grid->rows >= NOTES_MIN_ROWS)
		viz_app_paint_said(app, grid);
	else if (viz_app_is_game(app))
		viz_app_paint_game(app, grid);
	else if (app->has_notes && app->scenario != NULL && grid->rows >= NOTES_MIN_ROWS)
		paint_with_notes(app, grid);
	else
		viz_session_paint(&app->session, grid);
}
