/* `export LESSON|FILE`: a run under the virtual clock, or a recording, in another format. */
#include "viz/commands.h"

#include <string.h>
#include <sys/stat.h>

#include "viz/format.h"
#include "viz/lesson.h"
#include "viz/out_file.h"
#include "viz/source.h"

/* A recording is never replaced by its own export. */
static bool is_own_source(const struct viz_options *options)
{
	struct stat from, to;
	return options->out != NULL && viz_lesson_is_file(options->target) &&
	       stat(options->target, &from) == 0 && stat(options->out, &to) == 0 &&
	       from.st_dev == to.st_dev && from.st_ino == to.st_ino;
}

static int write_out(const struct trace_model *model, const struct viz_options *options,
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
	if (format->write(model, options, out.file) != 0) {
		viz_out_file_abandon(&out);
		viz_problem_set(problem, "cannot export '%s': out of memory", options->target);
		return VIZ_EXIT_FAILED;
	}
	return viz_out_file_commit(&out, problem);
}

int viz_cmd_export(const struct viz_options *options)
{
	struct viz_source source = VIZ_SOURCE_INIT;
	struct viz_problem problem;
	const struct viz_format *format;
	int rc = viz_format_find(options->format, &format, &problem);
	if (rc == 0)
		rc = viz_source_open(&source, options, &problem);
	if (rc == 0)
		rc = write_out(source.model, options, format, &problem);
	if (rc != 0)
		viz_complain(rc, problem.text);
	else
		rc = viz_source_report(&source);
	viz_source_close(&source);
	return rc;
}
