/* `worksheet LESSON|CHAPTER`: pages to print, empty for the class and filled for the teacher. Each lesson is run first, so that
 * what the key says is what happens. */
#include "viz/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "viz/classroom/sheet.h"
#include "viz/run/follow.h"
#include "viz/run/lesson.h"
#include "viz/files/out_file.h"

static int write_lesson(const struct viz_options *options, const struct viz_sheet_format *format,
                        const struct scenario *scenario, FILE *out, struct viz_problem *problem)
{
	struct viz_child child = VIZ_CHILD_INIT;
	struct trace_model *model = NULL;
	struct viz_sheet *sheet = malloc(sizeof *sheet);
	struct scn_run run;
	int rc = viz_lesson_run(options, scenario, TRACE_CLOCK_VIRTUAL, &run, problem);
	if (rc == 0 && sheet == NULL) {
		viz_problem_set(problem, "cannot write a worksheet: out of memory");
		rc = VIZ_EXIT_FAILED;
	}
	if (rc == 0)
		rc = viz_follow_run(&model, &child, options, &run, NULL, problem);
	if (rc == 0) {
		viz_sheet_make(sheet, scenario, model, options->key);
		format->write(out, sheet);
	}
	free(sheet);
	trace_model_destroy(model);
	viz_child_stop(&child);
	return rc;
}

static int write_chapter(const struct viz_options *options, const struct viz_sheet_format *format,
                         FILE *out, struct viz_problem *problem)
{
	for (size_t i = 0; i < scn_count(); i++) {
		if (!viz_lesson_is_in(scn_at(i), options->target))
			continue;
		int rc = write_lesson(options, format, scn_at(i), out, problem);
		if (rc != 0)
			return rc;
	}
	return 0;
}

static int write_pages(const struct viz_options *options, const struct viz_sheet_format *format,
                       const struct scenario *scenario, struct viz_problem *problem)
{
	struct viz_out_file out;
	bool to_stdout = options->out == NULL || strcmp(options->out, "-") == 0;
	int rc = viz_out_file_open(&out, to_stdout ? NULL : options->out, problem);
	if (rc != 0)
		return rc;
	format->open(out.file,
	             scenario != NULL ? scenario->name : viz_lesson_chapter(options->target));
	rc = scenario != NULL ? write_lesson(options, format, scenario, out.file, problem)
	                      : write_chapter(options, format, out.file, problem);
	format->close(out.file);
	if (rc == 0)
		return viz_out_file_commit(&out, problem);
	viz_out_file_abandon(&out);
	return rc;
}

int viz_cmd_worksheet(const struct viz_options *options)
{
	const struct viz_sheet_format *format = viz_sheet_format(options->format, options->out);
	const struct scenario *scenario = NULL;
	struct viz_problem problem;
	struct scn_run run;
	int rc = 0;
	if (format == NULL)
		rc = viz_problem_set(&problem, "unknown format '%s'; known: md, html",
		                     options->format);
	else if (viz_lesson_chapter(options->target) == NULL)
		rc = viz_lesson_find(options->target, &scenario, &problem);
	else if (options->n_settings > 0)
		rc = viz_problem_set(&problem, "--set is for one lesson, and '%s' is a chapter",
		                     options->target);
	if (rc == 0 && scenario != NULL) /* before anything is written */
		rc = viz_lesson_run(options, scenario, TRACE_CLOCK_VIRTUAL, &run, &problem);
	if (rc == 0)
		rc = write_pages(options, format, scenario, &problem);
	if (scenario != NULL)
		viz_lesson_drop(scenario);
	return rc != 0 ? viz_complain(rc, problem.text) : VIZ_EXIT_OK;
}
