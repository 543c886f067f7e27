/* `_child`: the lesson's own process. What the viewer started runs here and nowhere else. */
#include "viz/command/commands.h"

#include "trace/vocabulary.h"
#include "viz/files/temporary.h"
#include "viz/run/lesson.h"

static int run_lesson(const struct viz_options *options, const struct scenario *scenario)
{
	struct viz_problem problem;
	struct scn_run run;
	int rc = viz_lesson_run(options, scenario, TRACE_CLOCK_VIRTUAL, &run, &problem);
	if (rc != 0)
		return viz_complain(rc, problem.text);
	if (options->record == NULL)
		return viz_complain(VIZ_EXIT_USAGE, "_child needs --record");
	run.log = options->record;
	viz_temporary_take(run.log);
	return scn_run(&run);
}

int viz_cmd_child(const struct viz_options *options)
{
	struct viz_problem problem;
	const struct scenario *scenario;
	int rc = viz_lesson_find(options->target, &scenario, &problem);
	if (rc != 0)
		return viz_complain(rc, problem.text);
	rc = run_lesson(options, scenario);
	viz_lesson_drop(scenario);
	return rc;
}
