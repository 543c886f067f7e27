/* `export LESSON|FILE`: a run under the virtual clock, or a recording, in another format. */
#include "viz/command/commands.h"

#include <sys/stat.h>

#include "viz/export/export_write.h"
#include "viz/export/format.h"
#include "viz/run/lesson.h"
#include "viz/export/meter.h"
#include "viz/run/source.h"

/* A recording is never replaced by its own export. */
static bool is_own_source(const struct viz_options *options)
{
	struct stat from, to;
	return options->out != NULL && viz_lesson_is_file(options->target) &&
	       stat(options->target, &from) == 0 && stat(options->out, &to) == 0 &&
	       from.st_dev == to.st_dev && from.st_ino == to.st_ino;
}

/* The part that the options ask for. */
static int make_part(struct trace_export *export, const struct viz_options *options,
                     struct viz_problem *problem)
{
	struct trace_error error = {0};
	if (options->from_ns > 0 || options->to_ns > 0)
		trace_export_window(export, options->from_ns,
		                    options->to_ns > 0 ? options->to_ns : UINT64_MAX, &error);
	if (error.code == 0 && options->tasks != NULL)
		trace_export_lanes(export, options->tasks, &error);
	if (error.code == 0)
		return 0;
	viz_problem_set(problem, "%s", error.text);
	return error.code == TRACE_ESYSTEM ? VIZ_EXIT_FAILED : VIZ_EXIT_USAGE;
}

static int export_model(const struct trace_model *model, const struct viz_options *options,
                        const struct viz_format *format, struct viz_problem *problem)
{
	struct trace_export export;
	struct viz_meter meter;
	trace_export_init(&export, model);
	viz_meter_start(&meter, &export);
	int rc = make_part(&export, options, problem);
	if (rc == 0)
		rc = viz_export_write(&export, options, format, problem);
	viz_meter_stop(&meter);
	trace_export_fini(&export);
	return rc;
}

int viz_cmd_export(const struct viz_options *options)
{
	struct viz_source source = VIZ_SOURCE_INIT;
	struct viz_problem problem;
	struct viz_format format;
	int rc = viz_format_find(options, &format, &problem);
	if (rc == 0 && is_own_source(options))
		rc = viz_problem_set(&problem, "cannot write '%s': it is what is being exported",
		                     options->out);
	if (rc == 0)
		rc = viz_source_open(&source, options, &problem);
	if (rc == 0)
		rc = export_model(source.model, options, &format, &problem);
	if (rc != 0)
		viz_complain(rc, problem.text);
	else
		rc = viz_source_report(&source);
	viz_source_close(&source);
	return rc;
}
