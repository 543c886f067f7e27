/* The app and its predictions: from a lesson its own questions, from any other recording questions about the selected task. */
#include "viz/app_private.h"

#include <stdio.h>

#include "viz/classroom/made.h"

void viz_app_close_predict(struct viz_app *app)
{
	if (app->has_predict)
		viz_predict_fini(&app->predict);
	app->has_predict = false;
}

int viz_app_open_quiz(struct viz_app *app, struct viz_quiz *quiz, struct trace_model *model,
                      struct viz_problem *problem)
{
	viz_app_close_predict(app);
	int rc = viz_predict_init(&app->predict, app->options, quiz, model, app->ascii, problem);
	if (rc != 0)
		return rc;
	app->has_predict = true;
	app->screen = VIZ_APP_PREDICT;
	return 0;
}

static void refuse(struct viz_app *app, const struct viz_problem *problem)
{
	snprintf(app->session.notice, sizeof app->session.notice, "%.*s",
	         (int)sizeof app->session.notice - 1, problem->text);
}

/* Questions about the selected task at the playhead. The recording is opened a second time: the prediction looks at it with
 * a view of its own. */
static int ask_about_task(struct viz_app *app, struct viz_problem *problem)
{
	struct viz_quiz quiz = {.n = 0};
	struct viz_session *session = &app->session;
	struct trace_model *model;
	int fd = trace_reader_reopen(session->model->reader);
	int rc = fd < 0 ? VIZ_EXIT_FAILED : viz_app_open_descriptor(&model, fd, problem);
	if (fd < 0)
		viz_problem_set(problem, "the recording cannot be opened once more");
	if (rc != 0)
		return rc;
	rc = viz_quiz_add_made(&quiz, model, session->view.selected,
	                       viz_view_ordinal(&session->view, session->model), problem);
	if (rc == 0)
		return viz_app_open_quiz(app, &quiz, model, problem);
	trace_model_destroy(model);
	return rc;
}

void viz_app_predict(struct viz_app *app)
{
	struct viz_problem problem;
	struct viz_quiz quiz = {.n = 0};
	int rc = 0;
	if (app->scenario != NULL)
		rc = viz_quiz_add_lesson(&quiz, app->options, &app->run, &problem);
	if (rc == 0 && quiz.n > 0)
		rc = viz_app_open_quiz(app, &quiz, NULL, &problem);
	else if (rc == 0)
		rc = ask_about_task(app, &problem);
	if (rc != 0)
		refuse(app, &problem);
}

static void leave(struct viz_app *app)
{
	if (!app->has_session) {
		app->quit = true;
		return;
	}
	viz_app_close_predict(app);
	app->screen = VIZ_APP_SESSION;
}

void viz_app_act_on_predict(struct viz_app *app, enum viz_action action, const struct viz_key *key)
{
	if (action == VIZ_ACTION_END_PREDICT || !viz_predict_act(&app->predict, action, key))
		leave(app);
}
