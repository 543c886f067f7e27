/* The app and its predictions: from a lesson its own questions, from any other recording questions about the selected task. */
#include "viz/app/app_private.h"

#include <stdio.h>

#include "viz/classroom/made.h"
#include "viz/classroom/truth.h"
#include "viz/run/follow.h"
#include "viz/run/lesson_text.h"

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
	app->n_predicts++;
	app->screen = VIZ_APP_PREDICT;
	return 0;
}

static void refuse(struct viz_app *app, const struct viz_problem *problem)
{
	snprintf(app->session.notice, sizeof app->session.notice, "%.*s",
	         (int)sizeof app->session.notice - 1, problem->text);
}

/* Open the recording a second time: the prediction looks at it with a view of its own. */
static int open_again(struct trace_model **out, const struct viz_session *session,
                      struct viz_problem *problem)
{
	int fd = trace_reader_reopen(session->model->reader);
	if (fd >= 0)
		return viz_app_open_descriptor(out, fd, problem);
	viz_problem_set(problem, "the recording cannot be opened once more");
	return VIZ_EXIT_FAILED;
}

/* Run to its end, out of sight, what is still on its way on the screen: under the virtual clock it takes the same steps. */
static int run_ahead(struct trace_model **out, const struct viz_app *app,
                     struct viz_problem *problem)
{
	struct viz_child child = VIZ_CHILD_INIT;
	struct scn_run run = app->run;
	run.clock = TRACE_CLOCK_VIRTUAL;
	run.hold = false;
	int rc = viz_follow_run(out, &child, app->options, &run, NULL, problem);
	viz_child_stop(&child);
	return rc;
}

/* Find a recording that knows what comes next. */
static int open_known(struct trace_model **out, const struct viz_app *app,
                      struct viz_problem *problem)
{
	if (!viz_session_has_more_to_come(&app->session))
		return open_again(out, &app->session, problem);
	if (app->scenario != NULL && app->run.clock != TRACE_CLOCK_REAL)
		return run_ahead(out, app, problem);
	return viz_problem_set(problem, "it has not ended: what comes next is not recorded yet");
}

/* What is to be asked about: the selected task, else the one that runs next. */
static uint32_t lane_to_ask(const struct viz_session *session, const struct trace_model *model,
                            uint32_t ordinal)
{
	uint32_t lane = session->view.selected;
	bool is_task = lane < model->n_lanes && model->lanes[lane].kind == TRACE_LANE_TASK;
	return is_task ? lane : viz_truth_next_lane(model, ordinal);
}

/* Questions about a task at the playhead; where nothing is left, from the start. */
static int ask_about_task(struct viz_app *app, struct viz_problem *problem)
{
	struct viz_quiz quiz = {.n = 0};
	const struct viz_session *session = &app->session;
	struct trace_model *model;
	int rc = open_known(&model, app, problem);
	if (rc != 0)
		return rc;
	uint32_t ordinal = viz_view_ordinal(&session->view, session->model);
	if (trace_model_step(model, ordinal, 1) == TRACE_NONE)
		ordinal = TRACE_NONE;
	rc = viz_quiz_add_made(&quiz, model, lane_to_ask(session, model, ordinal), ordinal,
	                       problem);
	if (rc == 0)
		return viz_app_open_quiz(app, &quiz, model, problem);
	trace_model_destroy(model);
	return rc;
}

/* Whether the program on the screen is the one to be asked: it is paced, so it can be held at its questions, or it runs in real time and
 * answers nothing that another run does; and nobody else decides who runs. */
static bool is_asked_itself(const struct viz_app *app)
{
	bool is_paced = app->session.speed_ppm != 0 && app->run.clock == TRACE_CLOCK_PACED;
	return app->session.gate != NULL && (is_paced || app->scenario->needs_real_clock);
}

static bool has_begun(const struct trace_model *model)
{
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *event = trace_model_event(model, i);
		if (event->kind == TRACE_STATE && event->sub == TRACE_STATE_RUNNING)
			return true;
	}
	return false;
}

/* The lesson from its start, held before its first step, unless it stands there already; in real time it just begins. */
static int start_anew(struct viz_app *app, struct viz_problem *problem)
{
	struct scn_run run = app->run, before = app->run;
	run.hold = !app->scenario->needs_real_clock;
	if (run.hold && app->session.mode == VIZ_MODE_HELD && !has_begun(app->session.model))
		return 0;
	if (run.hold)
		run.speed_ppm = app->session.speed_ppm;
	int rc = viz_app_open_lesson(app, &run, NULL, problem);
	before.speed_ppm = run.speed_ppm;
	app->run = before;
	return rc;
}

/* Ask the questions of the lesson itself: it runs from its start, and is held at each of them. owns: takes `quiz`. */
static int ask_of_the_program(struct viz_app *app, struct viz_quiz *quiz,
                              struct viz_problem *problem)
{
	int rc = start_anew(app, problem);
	if (rc != 0) {
		viz_quiz_fini(quiz);
		return rc;
	}
	viz_app_close_predict(app);
	viz_predict_init_live(&app->predict, app->options, quiz, &app->session, app->ascii);
	app->has_predict = true;
	app->n_predicts++;
	app->screen = VIZ_APP_PREDICT;
	return 0;
}

void viz_app_predict(struct viz_app *app)
{
	struct viz_problem problem;
	struct viz_quiz quiz = {.n = 0};
	int rc = 0;
	if (viz_app_is_game(app))
		rc = viz_problem_set(&problem, "what comes next is yours to say: you are the loop");
	else if (app->scenario != NULL)
		rc = viz_quiz_add_lesson(&quiz, app->options, &app->run, &problem);
	if (rc == 0 && quiz.n > 0)
		rc = is_asked_itself(app) ? ask_of_the_program(app, &quiz, &problem)
		                          : viz_app_open_quiz(app, &quiz, NULL, &problem);
	else if (rc == 0)
		rc = ask_about_task(app, &problem);
	if (rc == 0)
		return;
	if (app->has_session) {
		refuse(app, &problem);
		return;
	}
	app->has_menu = true;
	app->screen = VIZ_APP_MENU;
	snprintf(app->menu.notice, sizeof app->menu.notice, "%s", problem.text);
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

/* What a class has to read before it can predict. */
static void show_program(struct viz_app *app)
{
	const struct viz_predict *predict = &app->predict;
	const struct scenario *scenario = predict->quiz.questions[predict->at].scenario;
	const char *program = scenario != NULL ? viz_lesson_program(scenario) : NULL;
	char *text = NULL;
	size_t bytes;
	if (program == NULL) {
		snprintf(app->predict.notice, sizeof app->predict.notice,
		         "a recording has no program to be shown");
		return;
	}
	FILE *out = open_memstream(&text, &bytes);
	if (out != NULL)
		fprintf(out, "%s: %s\n\n%s", scenario->name, scenario->title, program);
	viz_app_open_page(app, out, &text);
}

void viz_app_act_on_predict(struct viz_app *app, enum viz_action action, const struct viz_key *key)
{
	if (action == VIZ_ACTION_STORY)
		show_program(app);
	else if (action == VIZ_ACTION_END_PREDICT || !viz_predict_act(&app->predict, action, key))
		leave(app);
}
