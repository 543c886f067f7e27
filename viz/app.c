/* From screen to screen. */
#include "viz/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "viz/follow.h"
#include "viz/glyph.h"
#include "viz/keys_text.h"
#include "viz/lesson.h"
#include "viz/lesson_text.h"

#define SLICE_MS   1   /* while a long recording is being read */
#define FRAME_MS   33  /* while the picture moves */
#define STEP_MS    4   /* while a step is awaited */
#define NOTES_MS   1000 /* while a clock is on the screen */
#define FOREIGN_MS 100 /* while a recording of somebody else's grows */
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
	        .follower = VIZ_FOLLOWER_INIT,
	};
}

static void close_whatif(struct viz_app *app)
{
	if (app->has_whatif)
		viz_whatif_fini(&app->whatif);
	app->has_whatif = false;
}

/* How the screen was arranged is kept for the next session. */
static void close_session(struct viz_app *app)
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

static void close_pair(struct viz_app *app)
{
	if (app->has_pair)
		viz_pair_fini(&app->pair);
	app->has_pair = false;
}

void viz_app_fini(struct viz_app *app)
{
	close_whatif(app);
	close_pair(app);
	close_session(app);
	viz_page_fini(&app->page);
	viz_follower_close(&app->follower);
	viz_share_close(app->share);
	app->share = NULL;
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
	if (app->options->order)
		viz_view_switch_axis(&app->session.view);
	app->screen = VIZ_APP_SESSION;
}

int viz_app_open_lesson(struct viz_app *app, const struct scn_run *run, const char *out,
                        struct viz_problem *problem)
{
	struct trace_model *model;
	close_session(app);
	app->run = *run;
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
	return 0;
}

void viz_app_open_model(struct viz_app *app, struct trace_model *model)
{
	close_session(app);
	app->scenario = NULL;
	viz_session_init(&app->session, model, NULL, 0);
	show_session(app);
}

void viz_app_open_pair(struct viz_app *app, const struct viz_pair *pair)
{
	close_pair(app);
	app->pair = *pair;
	app->has_pair = true;
	app->screen = VIZ_APP_PAIR;
}

/* Open a lesson from inside: what goes wrong is told by the menu. */
static void open_lesson(struct viz_app *app, const struct scenario *scenario)
{
	struct viz_problem problem;
	struct scn_run run;
	struct viz_options plain = *app->options;
	plain.n_settings = 0;
	if (viz_lesson_run(&plain, scenario, TRACE_CLOCK_PACED, &run, &problem) == 0 &&
	    viz_app_open_lesson(app, &run, NULL, &problem) == 0)
		return;
	app->has_menu = true;
	app->screen = VIZ_APP_MENU;
	snprintf(app->menu.notice, sizeof app->menu.notice, "%s", problem.text);
}

static void open_selected(struct viz_app *app)
{
	open_lesson(app, scn_at(app->menu.selected));
}

static size_t index_of(const struct scenario *scenario)
{
	for (size_t i = 0; i < scn_count(); i++)
		if (scn_at(i) == scenario)
			return i;
	return 0;
}

static void open_neighbour(struct viz_app *app, int by)
{
	size_t at = index_of(app->scenario);
	if ((by < 0 && at == 0) || (by > 0 && at + 1 == scn_count()))
		return;
	app->menu.selected = by < 0 ? at - 1 : at + 1;
	open_selected(app);
}

static void run_again(struct viz_app *app)
{
	struct viz_problem problem;
	struct scn_run run = app->run;
	/* The speed that was found right is kept. */
	if (app->session.speed_ppm != 0)
		run.speed_ppm = app->session.speed_ppm;
	if (viz_app_open_lesson(app, &run, NULL, &problem) == 0)
		return;
	app->has_menu = true;
	app->screen = VIZ_APP_MENU;
	snprintf(app->menu.notice, sizeof app->menu.notice, "%s", problem.text);
}

/* Show what was printed into memory; `out` NULL: there was no room. */
static void open_page(struct viz_app *app, FILE *out, char **text)
{
	if (out == NULL)
		return;
	if (fclose(out) != 0) {
		free(*text);
		return;
	}
	viz_page_fini(&app->page);
	viz_page_init(&app->page, *text);
	app->below = app->screen;
	app->screen = VIZ_APP_PAGE;
}

static void explain(struct viz_app *app, const struct scenario *scenario)
{
	char *text = NULL;
	size_t bytes;
	FILE *out = open_memstream(&text, &bytes);
	if (out != NULL)
		viz_lesson_text(out, scenario);
	open_page(app, out, &text);
}

static void show_keys(struct viz_app *app)
{
	char *text = NULL;
	size_t bytes;
	FILE *out = open_memstream(&text, &bytes);
	if (out != NULL)
		viz_keys_text(out);
	open_page(app, out, &text);
}

/* The exit status of a session that is left: a run that was cut short did not fail. */
static int status_of(const struct viz_session *session)
{
	if (session->damaged && session->child == NULL)
		return VIZ_EXIT_INPUT;
	if (session->mode == VIZ_MODE_DIED)
		return VIZ_EXIT_FAILED;
	if (session->mode == VIZ_MODE_ENDED && session->child->status != 0)
		return VIZ_EXIT_FAILED;
	return VIZ_EXIT_OK;
}

static void leave(struct viz_app *app)
{
	if (app->screen == VIZ_APP_SESSION && app->has_menu) {
		close_session(app);
		app->screen = VIZ_APP_MENU;
		return;
	}
	app->status = app->screen == VIZ_APP_SESSION ? status_of(&app->session) : VIZ_EXIT_OK;
	app->quit = true;
}

/* A pair over a session is left for the session, one that was asked for on the command line for the shell. */
static void leave_pair(struct viz_app *app)
{
	if (!app->has_session) {
		app->status = VIZ_EXIT_OK;
		app->quit = true;
		return;
	}
	close_pair(app);
	app->screen = VIZ_APP_SESSION;
}

/* Put the lesson as it was run beside its partner with the partner's own settings. */
static void compare(struct viz_app *app)
{
	struct viz_problem problem;
	struct viz_options plain = *app->options;
	const char *name = app->scenario->pairs_with;
	const struct scenario *partner = name != NULL ? scn_find(name) : NULL;
	struct scn_run own = app->run, other;
	struct viz_pair pair;
	plain.n_settings = 0;
	own.clock = TRACE_CLOCK_VIRTUAL;
	int rc = VIZ_EXIT_USAGE;
	if (partner == NULL)
		viz_problem_set(&problem, "%s has no partner to be compared with",
		                app->scenario->name);
	else
		rc = viz_lesson_run(&plain, partner, TRACE_CLOCK_VIRTUAL, &other, &problem);
	if (rc == 0)
		rc = viz_pair_run(&pair, app->options, &own, &other, app->ascii, &problem);
	if (rc == 0)
		viz_app_open_pair(app, &pair);
	else
		snprintf(app->session.status, sizeof app->session.status, "%s", problem.text);
}

static void open_whatif(struct viz_app *app)
{
	struct viz_problem problem;
	close_whatif(app);
	if (viz_whatif_init(&app->whatif, app->options, &app->run, app->ascii, &problem) != 0) {
		snprintf(app->session.status, sizeof app->session.status, "%s", problem.text);
		return;
	}
	app->has_whatif = true;
	app->screen = VIZ_APP_WHATIF;
}

/* Back to the lesson. What was tried out is what it is run with from now on. */
static void leave_whatif(struct viz_app *app)
{
	app->run.args = app->whatif.run.args;
	close_whatif(app);
	app->screen = VIZ_APP_SESSION;
}

static void act_on_session(struct viz_app *app, enum viz_action action, const struct viz_key *key)
{
	switch (action) {
	case VIZ_ACTION_RERUN:
		run_again(app);
		break;
	case VIZ_ACTION_NEXT_LESSON:
		open_neighbour(app, 1);
		break;
	case VIZ_ACTION_PREVIOUS_LESSON:
		open_neighbour(app, -1);
		break;
	case VIZ_ACTION_EXPLAIN:
		explain(app, app->scenario);
		break;
	case VIZ_ACTION_COMPARE:
		compare(app);
		break;
	case VIZ_ACTION_NOTES:
		app->has_notes = !app->has_notes;
		break;
	case VIZ_ACTION_WHATIF:
		open_whatif(app);
		break;
	case VIZ_ACTION_QUIT:
		leave(app);
		break;
	default:
		viz_session_act(&app->session, action, key);
		break;
	}
}

static void act_on_menu(struct viz_app *app, enum viz_action action, const struct viz_key *key)
{
	if (action == VIZ_ACTION_EXPLAIN)
		explain(app, scn_at(app->menu.selected));
	else if (action == VIZ_ACTION_HELP)
		show_keys(app);
	else if (action == VIZ_ACTION_QUIT)
		leave(app);
	else if (viz_menu_act(&app->menu, action, key) || action == VIZ_ACTION_OPEN)
		open_selected(app);
}

/* A pair has a file's keys and its own. */
static void act_on_pair(struct viz_app *app, enum viz_action action, const struct viz_key *key)
{
	if (action == VIZ_ACTION_HELP)
		show_keys(app);
	else if (action == VIZ_ACTION_QUIT)
		leave_pair(app);
	else
		viz_pair_act(&app->pair, action, key);
}

static void act_on_whatif(struct viz_app *app, enum viz_action action, const struct viz_key *key)
{
	if (action == VIZ_ACTION_LEAVE)
		leave_whatif(app);
	else if (action == VIZ_ACTION_HELP)
		show_keys(app);
	else
		viz_whatif_act(&app->whatif, action, key);
}

/* The timeline on the screen, of whichever screen has one; NULL: none. */
static struct viz_session *timeline(struct viz_app *app)
{
	return app->screen == VIZ_APP_SESSION  ? &app->session
	       : app->screen == VIZ_APP_PAIR   ? &app->pair.sides[app->pair.focus]
	       : app->screen == VIZ_APP_WHATIF ? &app->whatif.session
	                                       : NULL;
}

/* Keys of the screen itself, which go before those of its timeline. */
static unsigned own_where(const struct viz_app *app)
{
	return app->screen == VIZ_APP_PAIR     ? (unsigned)VIZ_IN_PAIR
	       : app->screen == VIZ_APP_WHATIF ? (unsigned)VIZ_IN_WHATIF
	                                       : 0;
}

static unsigned where(struct viz_app *app)
{
	if (app->screen == VIZ_APP_MENU)
		return VIZ_IN_MENU;
	if (app->screen == VIZ_APP_PAGE)
		return VIZ_IN_TEXT;
	return viz_session_where(timeline(app));
}

/* A follower looks: it may leave, read the help and have its screen painted afresh. */
static bool is_for_followers(enum viz_action action)
{
	return action == VIZ_ACTION_QUIT || action == VIZ_ACTION_HELP ||
	       action == VIZ_ACTION_CLOSE || action == VIZ_ACTION_REDRAW ||
	       action == VIZ_ACTION_UP || action == VIZ_ACTION_DOWN;
}

void viz_app_key(struct viz_app *app, const struct viz_key *key)
{
	struct viz_key joined = *key;
	if (!viz_app_is_following(app) && timeline(app) != NULL &&
	    viz_session_type(timeline(app), key))
		return;
	if (app->screen == VIZ_APP_WHATIF && viz_whatif_type(&app->whatif, key))
		return;
	if (viz_action_uses(VIZ_KEY_GG))
		joined.code = viz_strokes_join(&app->strokes, key->code);
	enum viz_action action = VIZ_ACTION_NONE;
	if (own_where(app) != 0)
		action = viz_action_find(own_where(app), joined.code);
	if (action == VIZ_ACTION_NONE)
		action = viz_action_find(where(app), joined.code);
	if (action == VIZ_ACTION_NONE)
		return;
	if (viz_app_is_following(app) && !is_for_followers(action)) {
		snprintf(app->session.status, sizeof app->session.status,
		         "the presenter has the keys; q leaves");
		return;
	}
	if (action == VIZ_ACTION_REDRAW)
		app->redraw = true;
	else if (action == VIZ_ACTION_THEME)
		app->theme = (enum viz_theme)((app->theme + 1) % VIZ_THEME_COUNT);
	else if (app->screen == VIZ_APP_SESSION)
		act_on_session(app, action, &joined);
	else if (app->screen == VIZ_APP_PAIR)
		act_on_pair(app, action, &joined);
	else if (app->screen == VIZ_APP_WHATIF)
		act_on_whatif(app, action, &joined);
	else if (app->screen == VIZ_APP_MENU)
		act_on_menu(app, action, &joined);
	else if (action == VIZ_ACTION_CLOSE)
		app->screen = app->below;
	else
		viz_page_act(&app->page, action);
}

bool viz_app_update(struct viz_app *app)
{
	if (!app->has_session)
		return false;
	viz_child_reap(&app->child, false);
	bool changed = viz_session_update(&app->session) || viz_session_is_moving(&app->session);
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
	if (app->session.stepping)
		return STEP_MS;
	return moving ? FRAME_MS : app->has_notes ? NOTES_MS : 0;
}

/* The timeline above, the notes below in at most half of the screen. */
static void paint_with_notes(struct viz_app *app, struct viz_grid *grid)
{
	struct viz_grid part;
	time_t now = time(NULL);
	struct viz_notes notes = {
	        .scenario = app->scenario,
	        .t_ns = viz_view_time_ns(&app->session.view, app->session.model),
	        .elapsed_s = now > app->opened ? (unsigned)(now - app->opened) : 0,
	        .followers =
	                app->share != NULL ? (unsigned)viz_share_followers(app->share) : UINT32_MAX,
	};
	int rows = viz_notes_rows(&notes, grid->cols);
	rows = rows > grid->rows / 2 ? grid->rows / 2 : rows;
	viz_grid_clear(grid);
	if (viz_grid_init(&part, grid->rows - rows, grid->cols) != 0)
		return;
	viz_session_paint(&app->session, &part);
	memcpy(grid->cells, part.cells, (size_t)part.rows * (size_t)part.cols * sizeof *part.cells);
	viz_grid_fini(&part);
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
	else if (app->screen == VIZ_APP_PAIR)
		viz_pair_paint(&app->pair, grid);
	else if (app->screen == VIZ_APP_PAGE)
		viz_page_paint(&app->page, grid, app->ascii);
	else if (app->has_notes && app->scenario != NULL && grid->rows >= NOTES_MIN_ROWS)
		paint_with_notes(app, grid);
	else
		viz_session_paint(&app->session, grid);
}
