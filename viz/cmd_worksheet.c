/* `worksheet LESSON|CHAPTER`: pages to print, empty for the class and filled for the teacher. Each lesson is run first, so that
 * what the key says is what happens. */
#include "viz/commands.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "viz/classroom/sheet.h"
#include "viz/follow.h"
#include "viz/lesson.h"
#include "viz/out_file.h"

/* Return whether `word` names the chapter: "3", "3 Sharing", "sharing". */
static bool names_chapter(const char *word, const char *chapter)
{
	size_t digits = strspn(chapter, "0123456789");
	if (strlen(word) == digits && strncmp(word, chapter, digits) == 0)
		return true;
	return strcasecmp(word, chapter) == 0 ||
	       strcasecmp(word, chapter + digits + strspn(chapter + digits, " ")) == 0;
}

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
		if (!names_chapter(options->target, scn_at(i)->chapter))
			continue;
		int rc = write_lesson(options, format, scn_at(i), out, problem);
		if (rc != 0)
			return rc;
	}
	return 0;
}

static const char *chapter_of(const char *word)
{
	for (size_t i = 0; i < scn_count(); i++)
		if (names_chapter(word, scn_at(i)->chapter))
			return scn_at(i)->chapter;
	return NULL;
}

static int write_pages(const struct viz_options *options, const struct viz_sheet_format *format,
                       const struct scenario *scenario, struct viz_problem *problem)
{
	struct viz_out_file out;
	bool to_stdout = options->out == NULL || strcmp(options->out, "-") == 0;
	int rc = viz_out_file_open(&out, to_stdout ? NULL : options->out, problem);
	if (rc != 0)
		return rc;
	format->open(out.file, scenario != NULL ? scenario->name : chapter_of(options->target));
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
	else if (chapter_of(options->target) == NULL)
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
