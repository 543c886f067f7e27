/* The app at both ends of a shared view: telling followers what is painted, and painting what a presenter tells. */
#include "viz/app/app_private.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "viz/canvas/lay.h"
#include "viz/run/follow.h"
#include "viz/canvas/glyph.h"

#define FIRST_MS           5000 /* patience until the first message */
#define SAID_TIMELINE_ROWS 10   /* that are the timeline's, whatever is said */

int viz_app_share(struct viz_app *app, const char *path, struct viz_problem *problem)
{
	return viz_share_open(&app->share, path, problem);
}

/* A prediction has recordings of its own, which must not be taken for the session's. */
static unsigned number_of(const struct viz_app *app)
{
	bool is_own = app->screen == VIZ_APP_PREDICT && !app->predict.is_live;
	return is_own ? (app->n_predicts << 20) + (app->predict.n_own << 10) : app->n_sessions;
}

/* The timeline that the class sees: the session's, or the one that a question is about, with its future hidden. */
static const struct viz_session *shown(const struct viz_app *app)
{
	if (app->screen == VIZ_APP_PREDICT && app->predict.stage != VIZ_PREDICT_SCORE)
		return app->predict.session;
	return app->screen == VIZ_APP_SESSION ? &app->session : NULL;
}

bool viz_app_tell(struct viz_app *app)
{
	const struct viz_session *session = shown(app);
	if (app->share == NULL || (session == NULL && !app->has_session))
		return false;
	struct viz_message message = {.view = (session != NULL ? session : &app->session)->view};
	if (session == NULL)
		return viz_share_tell(app->share, 0, NULL, &message);
	message.is_held = session->mode == VIZ_MODE_HELD;
	struct viz_text said = viz_text_begin(message.said, sizeof message.said);
	if (app->screen == VIZ_APP_PREDICT)
		viz_predict_say(&app->predict, &said);
	return viz_share_tell(app->share, number_of(app), session->model, &message);
}

int viz_app_open_descriptor(struct trace_model **out, int fd, struct viz_problem *problem)
{
	char path[40];
	snprintf(path, sizeof path, "/dev/fd/%d", fd);
	int rc = viz_follow_open_reading(out, path, problem);
	close(fd);
	if (rc != 0)
		return rc;
	rc = viz_follow_read(*out, problem);
	if (rc != 0)
		trace_model_destroy(*out);
	return rc;
}

/* Look at the recording behind a descriptor. */
static int open_recording(struct viz_app *app, int fd, struct viz_problem *problem)
{
	struct trace_model *model;
	int rc = viz_app_open_descriptor(&model, fd, problem);
	if (rc == 0)
		viz_app_open_model(app, model);
	return rc;
}

/* Take over what the presenter looks at, and keep what is our screen's own. */
static void take_view(struct viz_app *app, const struct viz_message *message)
{
	struct viz_view *view = &app->session.view, own = *view;
	*view = message->view;
	view->ascii = own.ascii;
	view->help = own.help;
	view->help_top = own.help_top;
	view->cols = own.cols;
	view->guest = true;
	view->beside = message->said[0] != '\0'; /* one question is enough */
	memcpy(app->said, message->said, sizeof app->said);
	app->session.is_guest = true;
	app->session.told_held = message->is_held;
	snprintf(app->session.status, sizeof app->session.status, "%s",
	         message->is_away ? "the presenter looks at something else" : "");
}

static int take(struct viz_app *app, const struct viz_message *message, int recording,
                struct viz_problem *problem)
{
	int rc = recording >= 0 ? open_recording(app, recording, problem) : 0;
	if (rc == 0 && app->has_session)
		take_view(app, message);
	return rc;
}

static void end_following(struct viz_app *app, const char *why)
{
	viz_follower_close(&app->follower);
	app->has_ended = true;
	app->session.is_guest = app->session.view.guest = false;
	app->said[0] = '\0';
	app->session.view.mask = app->session.view.beside = false;
	snprintf(app->session.status, sizeof app->session.status, "%s", why);
}

int viz_app_follow(struct viz_app *app, const char *path, struct viz_problem *problem)
{
	struct viz_message message;
	int recording;
	int rc = viz_follower_open(&app->follower, path, problem);
	if (rc != 0)
		return rc;
	int got = viz_follower_next(&app->follower, FIRST_MS, &message, &recording);
	if (got == 1)
		rc = take(app, &message, recording, problem);
	if (rc == 0 && app->has_session)
		return 0;
	viz_follower_close(&app->follower);
	if (rc == 0)
		viz_problem_set(problem, "cannot follow '%s': %s", path,
		                got == 0 ? "the presenter shows nothing"
		                         : "the presenter has ended, or is of another version");
	return VIZ_EXIT_INPUT;
}

int viz_app_fd(const struct viz_app *app)
{
	return app->share != NULL ? viz_share_fd(app->share) : app->follower.fd;
}

void viz_app_ready(struct viz_app *app)
{
	struct viz_message message;
	struct viz_problem problem;
	int recording, got;
	if (app->share != NULL) {
		viz_share_accept(app->share);
		return;
	}
	while ((got = viz_follower_next(&app->follower, 0, &message, &recording)) == 1)
		if (take(app, &message, recording, &problem) != 0) {
			end_following(app, problem.text);
			return;
		}
	if (got < 0)
		end_following(app, "the presenter has ended");
}

bool viz_app_is_following(const struct viz_app *app)
{
	return app->follower.fd >= 0;
}

void viz_app_paint_said(struct viz_app *app, struct viz_grid *grid)
{
	const char *rest = app->said + strcspn(app->said, "\n");
	char ask[VIZ_ASK_BYTES];
	int cols = grid->cols - 2, rows = grid->rows - SAID_TIMELINE_ROWS;
	viz_grid_clear(grid);
	snprintf(ask, sizeof ask, "%.*s", (int)(rest - app->said), app->said);
	int row = viz_lay_text(grid, 0, 1, rows, cols, VIZ_STYLE_QUESTION, ask);
	row += viz_lay_text(grid, row, 1, rows - row, cols, VIZ_STYLE_PLAIN,
	                    rest + (*rest == '\n'));
	viz_session_paint_rows(&app->session, grid, row, grid->rows - row);
	if (app->ascii)
		viz_glyph_fold_ascii(grid);
}
