/* The app at both ends of a shared view: telling followers what is painted, and painting what a presenter tells. */
#include "viz/app_private.h"

#include <stdio.h>
#include <unistd.h>

#include "viz/follow.h"

#define FIRST_MS 5000 /* patience until the first message */

int viz_app_share(struct viz_app *app, const char *path, struct viz_problem *problem)
{
	return viz_share_open(&app->share, path, problem);
}

bool viz_app_tell(struct viz_app *app)
{
	bool is_away = app->screen != VIZ_APP_SESSION;
	if (app->share == NULL || !app->has_session)
		return false;
	return viz_share_tell(app->share, app->n_sessions, is_away ? NULL : app->session.model,
	                      &app->session.view, app->session.mode == VIZ_MODE_HELD);
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
