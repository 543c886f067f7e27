/* `export LESSON|FILE`: a run under the virtual clock, or a recording, in another format. */
#include "viz/commands.h"

#include <string.h>
#include <sys/stat.h>

#include "viz/follow.h"
#include "viz/format.h"
#include "viz/lesson.h"
#include "viz/out_file.h"

/* The recording, and the child that made it. */
struct source {
	struct trace_model *model;
	struct viz_child child;
};

static int open_lesson(struct source *source, const struct viz_options *options,
                       struct viz_problem *problem)
{
	const struct scenario *scenario;
	struct scn_run run;
	int rc = viz_lesson_find(options->target, &scenario, problem);
	if (rc != 0)
		return rc;
	rc = viz_lesson_run(options, scenario, TRACE_CLOCK_VIRTUAL, &run, problem);
	if (rc == 0)
		rc = viz_follow_run(&source->model, &source->child, options, &run, NULL, problem);
	viz_lesson_drop(scenario);
	return rc;
}

static int open_file(struct source *source, const struct viz_options *options,
                     struct viz_problem *problem)
{
	if (options->n_settings > 0 || options->clock != 0)
		return viz_problem_set(problem, "--%s is for a lesson, and '%s' is a recording",
		                       options->n_settings > 0 ? "set" : "clock", options->target);
	int rc = viz_follow_open(&source->model, options->target, problem);
	return rc == 0 ? viz_follow_read(source->model, problem) : rc;
}

/* A recording is never replaced by its own export. */
static bool is_own_source(const struct viz_options *options)
{
	struct stat from, to;
	return options->out != NULL && viz_lesson_is_file(options->target) &&
	       stat(options->target, &from) == 0 && stat(options->out, &to) == 0 &&
	       from.st_dev == to.st_dev && from.st_ino == to.st_ino;
}

static int write_out(const struct source *source, const struct viz_options *options,
                     const struct viz_format *format, struct viz_problem *problem)
{
	struct viz_out_file out;
	if (is_own_source(options)) {
		viz_problem_set(problem, "cannot write '%s': it is what is being exported",
		                options->out);
		return VIZ_EXIT_USAGE;
	}
	bool to_stdout = options->out != NULL && strcmp(options->out, "-") == 0;
	int rc = viz_out_file_open(&out, to_stdout ? NULL : options->out, problem);
	if (rc != 0)
		return rc;
	if (format->write(source->model, options, out.file) != 0) {
		viz_out_file_abandon(&out);
		viz_problem_set(problem, "cannot export '%s': out of memory", options->target);
		return VIZ_EXIT_FAILED;
	}
	return viz_out_file_commit(&out, problem);
}

static void report_child(struct viz_child *child)
{
	char report[400];
	if (viz_child_report(child, report, sizeof report))
		viz_complain(0, report);
}

int viz_cmd_export(const struct viz_options *options)
{
	struct source source = {.child = VIZ_CHILD_INIT};
	struct viz_problem problem;
	const struct viz_format *format;
	int rc = viz_format_find(options->format, &format, &problem);
	if (rc == 0 && viz_lesson_is_file(options->target))
		rc = open_file(&source, options, &problem);
	else if (rc == 0)
		rc = open_lesson(&source, options, &problem);
	if (rc == 0)
		rc = write_out(&source, options, format, &problem);
	if (rc != 0)
		viz_complain(rc, problem.text);
	else
		report_child(&source.child);
	if (rc == 0)
		rc = viz_child_status(&source.child);
	trace_model_destroy(source.model);
	viz_child_stop(&source.child);
	return rc;
}
