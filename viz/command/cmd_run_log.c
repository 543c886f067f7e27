/* `run FILE.gts --log`: a program's lines on standard output. It runs in this process, under the virtual clock, and is not recorded. */
#include "viz/command/commands.h"

#include <string.h>

#include "scenarios/gts/gts.h"
#include "trace/vocabulary.h"
#include "viz/run/lesson.h"

static int run_program(const struct viz_options *options, const struct scenario *scenario)
{
	struct viz_problem problem;
	struct scn_run run;
	int rc = viz_lesson_run(options, scenario, TRACE_CLOCK_VIRTUAL, &run, &problem);
	return rc != 0 ? viz_complain(rc, problem.text) : gts_run(&run, stdout);
}

int viz_cmd_run_log(const struct viz_options *options)
{
	struct viz_problem problem;
	const struct scenario *scenario;
	if (!gts_is_program(options->target) && strcmp(options->target, "-") != 0)
		return viz_complain(VIZ_EXIT_USAGE, "--log is for programs: FILE.gts, or '-'");
	if (options->step || options->out != NULL ||
	    (options->clock != 0 && options->clock != TRACE_CLOCK_VIRTUAL))
		return viz_complain(VIZ_EXIT_USAGE,
		                    "--log runs under the virtual clock and records nothing");
	if (gts_load(&scenario, options->target, problem.text, sizeof problem.text) != 0)
		return viz_complain(VIZ_EXIT_INPUT, problem.text);
	int rc = run_program(options, scenario);
	viz_lesson_drop(scenario);
	return rc;
}
