/* A page about a recording: opened, written whole or not at all, closed. */
#include "viz/command/report.h"

#include <string.h>
#include <sys/stat.h>

#include "viz/run/lesson.h"
#include "viz/files/out_file.h"
#include "viz/run/source.h"

static bool is_own_source(const struct viz_options *options)
{
	struct stat from, to;
	return options->out != NULL && viz_lesson_is_file(options->target) &&
	       stat(options->target, &from) == 0 && stat(options->out, &to) == 0 &&
	       from.st_dev == to.st_dev && from.st_ino == to.st_ino;
}

static int write_page(const struct viz_options *options, const struct trace_model *model,
                      viz_report_writer *write, struct viz_problem *problem)
{
	struct viz_out_file out;
	if (is_own_source(options))
		return -viz_problem_set(problem, "cannot write '%s': it is what is being read",
		                        options->out);
	bool to_stdout = options->out != NULL && strcmp(options->out, "-") == 0;
	int rc = viz_out_file_open(&out, to_stdout ? NULL : options->out, problem);
	if (rc != 0)
		return -rc;
	int verdict = write(options, model, out.file);
	if (verdict < 0) {
		viz_out_file_abandon(&out);
		viz_problem_set(problem, "cannot judge '%s': out of memory", options->target);
		return -VIZ_EXIT_FAILED;
	}
	rc = viz_out_file_commit(&out, problem);
	return rc != 0 ? -rc : verdict;
}

int viz_report(const struct viz_options *options, viz_report_writer *write)
{
	struct viz_source source = VIZ_SOURCE_INIT;
	struct viz_problem problem;
	int rc = viz_source_open(&source, options, &problem);
	if (rc != 0) {
		viz_complain(rc, problem.text);
		viz_source_close(&source);
		return rc;
	}
	rc = write_page(options, source.model, write, &problem);
	if (rc < 0) {
		rc = -rc;
		viz_complain(rc, problem.text);
	} else {
		int ended = viz_source_report(&source);
		rc = ended != VIZ_EXIT_OK ? ended : rc;
	}
	viz_source_close(&source);
	return rc;
}
