/* `run LESSON`: on the screen, or as text. */
#include "viz/command/commands.h"

#include <string.h>

#include "viz/classroom/loop_game.h"
#include "viz/run/follow.h"
#include "viz/app/interactive.h"
#include "viz/run/lesson.h"
#include "viz/export/paper.h"
#include "viz/command/plain.h"

static int run_on_screen(const struct viz_options *options, const struct scn_run *run)
{
	struct viz_app app;
	struct viz_problem problem;
	viz_app_init(&app, options, viz_paper_is_ascii(options));
	int status = options->share != NULL ? viz_app_share(&app, options->share, &problem) : 0;
	if (status == 0)
		status = viz_app_open_lesson(&app, run, options->out, &problem);
	if (status != 0)
		viz_complain(status, problem.text);
	else
		status = viz_interactive_run(&app);
	viz_app_fini(&app);
	return status;
}

/* The run as text. A recording that could not be made is said once, and does not make a run fail that went well. */
static int run_as_text(const struct viz_options *options, const struct scn_run *run)
{
	struct viz_child child = VIZ_CHILD_INIT;
	struct viz_problem problem;
	struct trace_model *model = NULL;
	char report[400];
	int rc = viz_follow_run(&model, &child, options, run, options->out, &problem);
	int status = viz_child_status(&child);
	if (rc != 0) {
		const struct scenario *scenario = run->args.scenario;
		printf("%s: %s\n%s\nnot recorded\n", scenario->name, scenario->title,
		       scenario->question);
		viz_complain(rc, problem.text);
		rc = child.ended ? status : rc;
	} else {
		if (viz_plain_print(model, options, stdout) != 0)
			rc = viz_complain(VIZ_EXIT_FAILED, "out of memory");
		if (viz_child_report(&child, report, sizeof report))
			viz_complain(status, report);
		rc = rc != 0 ? rc : status;
	}
	trace_model_destroy(model);
	viz_child_stop(&child);
	return rc;
}

static bool is_over(void *child)
{
	return viz_child_reap(child, false);
}

/* The learner is the loop, line by line; then the picture of what became of it. */
static int run_as_game(const struct viz_options *options, struct scn_run *run)
{
	struct viz_child child = VIZ_CHILD_INIT;
	struct viz_problem problem;
	struct viz_loop_game game = VIZ_LOOP_GAME_INIT;
	struct trace_model *model = NULL;
	char text[200];
	run->hold = true;
	int rc = viz_child_start(&child, options->program, run, options->out, &problem);
	rc = rc != 0 ? VIZ_EXIT_FAILED : viz_follow_child(&model, &child, &problem);
	if (rc == 0 && trace_reader_gate(model->reader) != NULL)
		viz_loop_game_play(&game, model, trace_reader_gate(model->reader), is_over, &child,
		                   stdin, stdout);
	if (rc == 0)
		rc = viz_follow_read(model, &problem);
	if (rc == 0 && viz_plain_print(model, options, stdout) != 0)
		rc = viz_complain(VIZ_EXIT_FAILED, "out of memory");
	else if (rc != 0)
		viz_complain(rc, problem.text);
	if (rc == 0)
		puts(viz_loop_game_score(&game, text, sizeof text));
	rc = rc != 0 ? rc : viz_child_status(&child);
	trace_model_destroy(model);
	viz_child_stop(&child);
	return rc;
}

static int run_lesson(const struct viz_options *options, const struct scenario *scenario)
{
	struct viz_problem problem;
	struct scn_run run;
	int rc = viz_lesson_run(options, scenario, TRACE_CLOCK_VIRTUAL, &run, &problem);
	if (rc != 0)
		return viz_complain(rc, problem.text);
	bool is_game = run.policy != NULL && strcmp(run.policy, "manual") == 0;
	if (viz_interactive_is_possible(options)) {
		run.hold |= is_game || options->narrate;
		if (options->clock == 0 && !is_game && !scenario->needs_real_clock)
			run.clock = TRACE_CLOCK_PACED;
		return run_on_screen(options, &run);
	}
	if (options->share != NULL)
		return viz_complain(VIZ_EXIT_USAGE, "--share needs a terminal");
	if (options->step)
		return viz_complain(VIZ_EXIT_USAGE, "--step needs a terminal");
	return is_game ? run_as_game(options, &run) : run_as_text(options, &run);
}

int viz_cmd_run(const struct viz_options *options)
{
	struct viz_problem problem;
	const struct scenario *scenario;
	if (options->log)
		return viz_cmd_run_log(options);
	if (options->quiz)
		return viz_cmd_quiz(options);
	if (options->save != NULL)
		return viz_complain(VIZ_EXIT_USAGE, "--save is for the answers of a --quiz");
	int rc = viz_lesson_find(options->target, &scenario, &problem);
	if (rc != 0)
		return viz_complain(rc, problem.text);
	rc = run_lesson(options, scenario);
	viz_lesson_drop(scenario);
	return rc;
}
