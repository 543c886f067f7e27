/* What a key does: which screen has it, and what leads from one screen to the other. */
#include "viz/app/app_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "viz/run/follow.h"
#include "viz/input/keys_text.h"
#include "viz/run/lesson.h"
#include "viz/run/lesson_text.h"

/* Open a lesson from inside: what goes wrong is told by the menu. */
static void open_lesson(struct viz_app *app, const struct scenario *scenario, bool hold)
{
	struct viz_problem problem;
	struct scn_run run;
	struct viz_options plain = *app->options;
	plain.n_settings = 0;
	int rc = viz_lesson_run(&plain, scenario, TRACE_CLOCK_PACED, &run, &problem);
	if (rc == 0) {
		bool held = run.hold;
		run.hold |= hold;
		rc = viz_app_open_lesson(app, &run, NULL, &problem);
		app->run.hold = held; /* it is not held when it is run again */
	}
	if (rc == 0)
		return;
	app->has_menu = true;
	app->screen = VIZ_APP_MENU;
	snprintf(app->menu.notice, sizeof app->menu.notice, "%s", problem.text);
}

static void open_selected(struct viz_app *app)
{
	open_lesson(app, scn_at(app->menu.selected), false);
}

/* The questions before anything is seen of the lesson. */
static void predict_selected(struct viz_app *app)
{
	const struct scenario *scenario = scn_at(app->menu.selected);
	open_lesson(app, scenario, true);
	if (app->screen == VIZ_APP_SESSION)
		viz_app_predict(app);
}

static void open_neighbour(struct viz_app *app, int by)
{
	size_t at = app->lesson;
	if (at == SIZE_MAX || (by < 0 && at == 0) || (by > 0 && at + 1 == scn_count()))
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
void viz_app_open_page(struct viz_app *app, FILE *out, char **text)
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
	viz_app_open_page(app, out, &text);
}

static void show_keys(struct viz_app *app)
{
	char *text = NULL;
	size_t bytes;
	FILE *out = open_memstream(&text, &bytes);
	if (out != NULL)
		viz_keys_text(out);
	viz_app_open_page(app, out, &text);
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
		viz_app_close_session(app);
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
	viz_app_close_pair(app);
	app->screen = VIZ_APP_SESSION;
}

/* Describe what a lesson is compared with: its partner with the partner's own settings; without one, the lesson itself as it comes. */
static int other_of(const struct viz_app *app, struct scn_run *other, struct viz_problem *problem)
{
	struct viz_options plain = *app->options;
	const char *name = app->scenario->pairs_with;
	const struct scenario *partner = name != NULL ? scn_find(name) : NULL;
	plain.n_settings = 0;
	if (partner != NULL)
		return viz_lesson_run(&plain, partner, TRACE_CLOCK_VIRTUAL, other, problem);
	*other = app->run;
	scn_args_init(&other->args, app->scenario);
	other->clock = TRACE_CLOCK_VIRTUAL;
	if (memcmp(other->args.values, app->run.args.values, sizeof other->args.values) != 0)
		return 0;
	return viz_problem_set(problem,
	                       "%s has no partner to be compared with, unless v changes it",
	                       app->scenario->name);
}

static void compare(struct viz_app *app)
{
	struct viz_problem problem;
	struct scn_run own = app->run, other;
	struct viz_pair pair;
	own.clock = TRACE_CLOCK_VIRTUAL;
	int rc = other_of(app, &other, &problem);
	if (rc == 0)
		rc = viz_pair_run(&pair, app->options, &own, &other, app->ascii, &problem);
	if (rc == 0)
		viz_app_open_pair(app, &pair);
	else
		snprintf(app->session.notice, sizeof app->session.notice, "%s", problem.text);
}

static void open_whatif(struct viz_app *app)
{
	struct viz_problem problem;
	viz_app_close_whatif(app);
	if (viz_whatif_init(&app->whatif, app->options, &app->run, app->ascii, &problem) != 0) {
		snprintf(app->session.notice, sizeof app->session.notice, "%s", problem.text);
		return;
	}
	app->has_whatif = true;
	app->screen = VIZ_APP_WHATIF;
}

/* Back to the lesson. What was tried out is what it is run with from now on. */
static void leave_whatif(struct viz_app *app)
{
	const struct scn_args *args = &app->whatif.run.args;
	bool is_new = memcmp(app->run.args.values, args->values, sizeof args->values) != 0;
	app->run.args = *args;
	viz_app_close_whatif(app);
	app->screen = VIZ_APP_SESSION;
	if (is_new)
		snprintf(app->session.notice, sizeof app->session.notice,
		         "this run had the old values: r runs the lesson with the new values");
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
	case VIZ_ACTION_PREDICT:
		viz_app_predict(app);
		break;
	case VIZ_ACTION_PICK:
		viz_app_pick(app, key);
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
	else if (action == VIZ_ACTION_PREDICT)
		predict_selected(app);
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
	return app->screen == VIZ_APP_SESSION   ? &app->session
	       : app->screen == VIZ_APP_PAIR    ? &app->pair.sides[app->pair.focus]
	       : app->screen == VIZ_APP_WHATIF  ? &app->whatif.session
	       : app->screen == VIZ_APP_PREDICT ? app->predict.session
	                                        : NULL;
}

/* Keys of the screen itself, which go before those of its timeline. */
static unsigned own_where(const struct viz_app *app)
{
	switch (app->screen) {
	case VIZ_APP_PAIR:
		return VIZ_IN_PAIR;
	case VIZ_APP_WHATIF:
		return VIZ_IN_WHATIF;
	case VIZ_APP_PREDICT:
		return VIZ_IN_PREDICT;
	case VIZ_APP_SESSION:
		return viz_app_is_game(app) && app->session.mode == VIZ_MODE_HELD ? VIZ_IN_GAME : 0;
	default:
		return 0;
	}
}

static unsigned where(struct viz_app *app)
{
	if (app->screen == VIZ_APP_MENU)
		return VIZ_IN_MENU | (app->menu.search[0] != '\0' ? (unsigned)VIZ_IN_SEARCH : 0u);
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

/* Whether a line is being typed that may be long. */
static bool is_typing(struct viz_app *app)
{
	const struct viz_session *session = timeline(app);
	if (app->screen == VIZ_APP_MENU)
		return app->menu.prompt.sign != 0;
	if (app->screen == VIZ_APP_PREDICT && app->predict.votes.sign != 0)
		return true;
	return session != NULL && session->prompt.sign != 0;
}

/* Whether a key was pressed that somebody may expect something of: Esc is pressed to be sure, and the mouse is everywhere. */
static bool is_press(const struct viz_key *key)
{
	bool is_mouse = key->code == VIZ_KEY_WHEEL_UP || key->code == VIZ_KEY_WHEEL_DOWN ||
	                key->code == VIZ_KEY_CLICK ||
	                (key->code >= VIZ_KEY_DRAG && key->code <= VIZ_KEY_DOUBLE_CLICK);
	return !is_mouse && key->code != VIZ_KEY_NONE && key->code != VIZ_KEY_ESCAPE;
}

/* Say that a key means nothing here. */
static void wonder(struct viz_app *app, const struct viz_key *key)
{
	if (app->screen == VIZ_APP_SESSION)
		viz_session_act(&app->session, VIZ_ACTION_NONE, key);
	else if (app->screen == VIZ_APP_MENU)
		viz_menu_act(&app->menu, VIZ_ACTION_NONE, key);
}

void viz_app_key(struct viz_app *app, const struct viz_key *key)
{
	struct viz_key joined = *key;
	/* What was pasted is text for a prompt, and never a command. */
	if (key->pasted && (key->code < 0x20 || !is_typing(app)))
		return;
	if (!viz_app_is_following(app) && timeline(app) != NULL &&
	    viz_session_type(timeline(app), key))
		return;
	if (app->screen == VIZ_APP_MENU && viz_menu_type(&app->menu, key))
		return;
	if (app->screen == VIZ_APP_WHATIF && viz_whatif_type(&app->whatif, key))
		return;
	if (app->screen == VIZ_APP_PREDICT && viz_predict_type(&app->predict, key))
		return;
	if (viz_action_uses(VIZ_KEY_GG))
		joined.code = viz_strokes_join(&app->strokes, key->code);
	enum viz_action action = VIZ_ACTION_NONE;
	if (own_where(app) != 0)
		action = viz_action_find(own_where(app), joined.code);
	if (action == VIZ_ACTION_NONE)
		action = viz_action_find(where(app), joined.code);
	if (action == VIZ_ACTION_NONE) {
		if (is_press(&joined) && !viz_app_is_following(app))
			wonder(app, &joined);
		return;
	}
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
	else if (app->screen == VIZ_APP_PREDICT)
		viz_app_act_on_predict(app, action, &joined);
	else if (app->screen == VIZ_APP_WHATIF)
		act_on_whatif(app, action, &joined);
	else if (app->screen == VIZ_APP_MENU)
		act_on_menu(app, action, &joined);
	else if (action == VIZ_ACTION_CLOSE)
		app->screen = app->below;
	else
		viz_page_act(&app->page, action);
}
