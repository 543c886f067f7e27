/* `run LESSON|CHAPTER --quiz`: the questions of a lesson or of a whole chapter, and a score. The exit status is that of a
 * grader: 1 unless everything was answered rightly. */
#include "viz/command/commands.h"

#include "viz/classroom/quiz_plain.h"
#include "viz/app/interactive.h"
#include "viz/run/lesson.h"
#include "viz/files/out_file.h"
#include "viz/export/paper.h"

static int add_lesson(struct viz_quiz *quiz, const struct viz_options *options,
                      const struct scenario *scenario, struct viz_problem *problem)
{
	struct scn_run run;
	int rc = viz_lesson_run(options, scenario, TRACE_CLOCK_VIRTUAL, &run, problem);
	return rc != 0 ? rc : viz_quiz_add_lesson(quiz, options, &run, problem);
}

static int add_chapter(struct viz_quiz *quiz, const struct viz_options *options,
                       struct viz_problem *problem)
{
	int rc = 0;
	if (options->n_settings > 0)
		return viz_problem_set(problem, "--set is for one lesson, and '%s' is a chapter",
		                       options->target);
	for (size_t i = 0; i < scn_count() && rc == 0; i++)
		if (viz_lesson_is_in(scn_at(i), options->target))
			rc = add_lesson(quiz, options, scn_at(i), problem);
	return rc;
}

static int collect(struct viz_quiz *quiz, const struct viz_options *options,
                   const struct scenario **scenario, struct viz_problem *problem)
{
	int rc;
	if (viz_lesson_is_file(options->target))
		return viz_problem_set(
		        problem, "a quiz is about a lesson or a chapter, and '%s' is a recording",
		        options->target);
	if (viz_lesson_chapter(options->target) != NULL) {
		rc = add_chapter(quiz, options, problem);
	} else {
		rc = viz_lesson_find(options->target, scenario, problem);
		if (rc == 0)
			rc = add_lesson(quiz, options, *scenario, problem);
	}
	if (rc == 0 && quiz->n == 0 && *scenario != NULL && (*scenario)->needs_real_clock)
		return viz_problem_set(problem,
		                       "'%s' runs in real time: with these values nobody "
		                       "knows its answers before",
		                       options->target);
	if (rc == 0 && quiz->n == 0)
		return viz_problem_set(problem, "'%s' has no questions to ask%s", options->target,
		                       options->n_settings > 0 ? " with these values" : "");
	return rc;
}

/* Open the file of the answers before the first question: what cannot be saved is said before anything is answered. */
static int open_save(struct viz_out_file *out, const struct viz_options *options,
                     struct viz_problem *problem)
{
	return options->save != NULL ? viz_out_file_open(out, options->save, problem) : 0;
}

static int save(struct viz_out_file *out, const struct viz_quiz *quiz, int status)
{
	struct viz_problem problem;
	if (out->file == NULL)
		return status;
	viz_quiz_csv(quiz, out->file);
	return viz_out_file_commit(out, &problem) == 0
	               ? status
	               : viz_complain(VIZ_EXIT_FAILED, problem.text);
}

static int judge(const struct viz_quiz *quiz)
{
	return viz_quiz_score(quiz) < quiz->n ? VIZ_EXIT_FAILED : VIZ_EXIT_OK;
}

/* Ask. owns: takes `quiz`. Returns the exit status. */
static int ask_on_screen(const struct viz_options *options, struct viz_quiz *quiz,
                         struct viz_out_file *out)
{
	struct viz_app app;
	struct viz_problem problem;
	viz_app_init(&app, options, viz_paper_is_ascii(options));
	int status = viz_app_open_quiz(&app, quiz, NULL, &problem);
	if (status != 0) {
		viz_app_fini(&app);
		if (out->file != NULL)
			viz_out_file_abandon(out);
		return viz_complain(status, problem.text);
	}
	status = viz_interactive_run(&app);
	if (status == VIZ_EXIT_OK)
		status = judge(&app.predict.quiz);
	status = save(out, &app.predict.quiz, status);
	viz_app_fini(&app);
	return status;
}

static int ask_as_text(struct viz_quiz *quiz, struct viz_out_file *out)
{
	viz_quiz_ask(quiz, stdin, stdout);
	printf("%zu of %zu right\n", viz_quiz_score(quiz), quiz->n);
	int status = save(out, quiz, judge(quiz));
	viz_quiz_fini(quiz);
	return status;
}

int viz_cmd_quiz(const struct viz_options *options)
{
	struct viz_quiz quiz = {.n = 0};
	struct viz_problem problem;
	struct viz_out_file out = {.file = NULL};
	const struct scenario *scenario = NULL;
	int status = collect(&quiz, options, &scenario, &problem);
	if (status == 0)
		status = open_save(&out, options, &problem);
	if (status != 0) {
		viz_quiz_fini(&quiz);
		viz_complain(status, problem.text);
	} else if (viz_interactive_is_possible(options)) {
		status = ask_on_screen(options, &quiz, &out);
	} else {
		status = ask_as_text(&quiz, &out);
	}
	if (scenario != NULL)
		viz_lesson_drop(scenario);
	return status;
}
