/* A temporary recording that loses its name as soon as it is open: there is nothing to clean up, however we end. */
#include "viz/import.h"

#include <limits.h>
#include <unistd.h>

#include "trace/import/import.h"
#include "viz/follow.h"
#include "viz/rescue.h"
#include "viz/temporary.h"

bool viz_import_is_due(const char *path)
{
	return trace_import_detect(path) != TRACE_IMPORT_NATIVE;
}

int viz_import_open(struct trace_model **out, const char *path, struct viz_problem *problem)
{
	char log[PATH_MAX];
	struct trace_error error;
	if (viz_temporary_create(log, sizeof log, problem) != 0)
		return VIZ_EXIT_INPUT;
	int rc = VIZ_EXIT_INPUT;
	if (trace_import_file(path, log, &error) == 0)
		rc = viz_follow_open_reading(out, log, problem);
	else
		viz_problem_set(problem, "%s", error.text);
	unlink(log);
	viz_rescue_file(NULL);
	return rc;
}
