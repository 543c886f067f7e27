/* `explain LESSON`. */
#include "viz/command/commands.h"

#include "viz/run/lesson_text.h"
#include "viz/run/lesson.h"

int viz_cmd_explain(const struct viz_options *options)
{
	struct viz_problem problem;
	const struct scenario *scenario;
	int rc = viz_lesson_find(options->target, &scenario, &problem);
	if (rc != 0)
		return viz_complain(rc, problem.text);
	viz_lesson_text(stdout, scenario);
	viz_lesson_drop(scenario);
	return VIZ_EXIT_OK;
}
