/* LESSON|FILE to a model: a run in a child process, or a file. */
#include "viz/run/source.h"

#include "viz/run/follow.h"
#include "viz/run/lesson.h"

static int open_lesson(struct viz_source *source, const struct viz_options *options,
                       struct viz_problem *problem)
{
	struct scn_run run;
	int rc = viz_lesson_find(options->target, &source->scenario, problem);
	if (rc == 0)
		rc = viz_lesson_run(options, source->scenario, TRACE_CLOCK_VIRTUAL, &run, problem);
	if (rc != 0)
		return rc;
	return viz_follow_run(&source->model, &source->child, options, &run, NULL, problem);
}

static int open_file(struct viz_source *source, const struct viz_options *options,
                     struct viz_problem *problem)
{
	if (options->n_settings > 0 || options->clock != 0)
		return viz_problem_set(problem, "--%s is for a lesson, and '%s' is a recording",
		                       options->n_settings > 0 ? "set" : "clock", options->target);
	int rc = viz_follow_open(&source->model, options->target, problem);
	return rc == 0 ? viz_follow_read(source->model, problem) : rc;
}

int viz_source_open(struct viz_source *source, const struct viz_options *options,
                    struct viz_problem *problem)
{
	if (viz_lesson_is_file(options->target))
		return open_file(source, options, problem);
	return open_lesson(source, options, problem);
}

int viz_source_report(struct viz_source *source)
{
	char report[400];
	if (viz_child_report(&source->child, report, sizeof report))
		viz_complain(0, report);
	return viz_child_status(&source->child);
}

void viz_source_close(struct viz_source *source)
{
	trace_model_destroy(source->model);
	viz_child_stop(&source->child);
	if (source->scenario != NULL)
		viz_lesson_drop(source->scenario);
	*source = (struct viz_source)VIZ_SOURCE_INIT;
}
