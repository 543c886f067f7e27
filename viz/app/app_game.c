/* The app while the learner is the event loop: looking who is ready whenever the program stands still, and letting go of what leaves
 * nothing to decide. */
#include "viz/app/app_private.h"

#include <stdio.h>
#include <string.h>

#include "viz/run/gate.h"
#include "viz/input/hints.h"

bool viz_app_is_game(const struct viz_app *app)
{
	return app->has_session && app->session.gate != NULL && app->run.policy != NULL &&
	       app->scenario != NULL && strcmp(app->run.policy, "manual") == 0;
}

/* Nothing to decide: the loop goes on by itself until there is. */
static void skip(struct viz_app *app)
{
	struct viz_loop_game *game = &app->game;
	if (game->n_ready == 1)
		viz_loop_game_pick(game, app->session.model, app->session.gate, 0);
	else
		viz_gate_step(app->session.gate);
	game->ordinal = TRACE_NONE;
}

bool viz_app_play(struct viz_app *app)
{
	struct viz_session *session = &app->session;
	uint32_t last =
	        session->model->n_events > 0 ? (uint32_t)session->model->n_events - 1 : TRACE_NONE;
	if (session->mode == VIZ_MODE_ENDED || session->mode == VIZ_MODE_DIED) {
		app->game.n_ready = 0;
		return false;
	}
	if (session->mode != VIZ_MODE_HELD || !viz_gate_is_still(session->gate) ||
	    (last != TRACE_NONE && app->game.ordinal == last))
		return false;
	/* what was published since the last reading belongs to this moment */
	if (viz_session_update(session) && session->mode != VIZ_MODE_HELD)
		return true;
	viz_loop_game_look(&app->game, session->model);
	if (app->game.n_ready < 2)
		skip(app);
	return true;
}

void viz_app_pick(struct viz_app *app, const struct viz_key *key)
{
	if (key->code < '1' || key->code > '9')
		return;
	if (app->game.ordinal == TRACE_NONE || app->session.mode != VIZ_MODE_HELD)
		return;
	size_t index = (size_t)(key->code - '1');
	if (index >= app->game.n_ready) {
		snprintf(app->session.notice, sizeof app->session.notice,
		         "nobody has number %zu: 1 to %zu are ready", index + 1, app->game.n_ready);
		return;
	}
	app->session.view.follow = true;
	app->session.notice[0] = '\0';
	viz_loop_game_pick(&app->game, app->session.model, app->session.gate, index);
}

/* The keys of the game, over those of the timeline, unless the row has something to say. */
static void paint_hints(const struct viz_app *app, struct viz_grid *grid)
{
	if (app->game.n_ready < 2 || app->session.prompt.sign != 0 ||
	    app->session.notice[0] != '\0')
		return;
	for (int col = 0; col < grid->cols; col++)
		viz_grid_put(grid, grid->rows - 1, col, ' ', VIZ_STYLE_PLAIN);
	viz_hints_paint(grid, VIZ_IN(app->session.mode) | VIZ_IN_GAME);
}

void viz_app_paint_game(struct viz_app *app, struct viz_grid *grid)
{
	int rows = viz_loop_game_rows(&app->game, grid->cols);
	viz_grid_clear(grid);
	if (grid->rows - rows < 10) {
		viz_session_paint(&app->session, grid);
		return;
	}
	viz_session_paint_rows(&app->session, grid, rows, grid->rows - rows);
	viz_loop_game_paint(&app->game, app->session.model, grid, rows);
	paint_hints(app, grid);
}
