/* A temporary recording: there is nothing to clean up, however we end. */
#include "viz/run/import.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "trace/import/import.h"
#include "viz/run/pipe.h"
#include "viz/files/temporary.h"

bool viz_import_is_due(const char *path)
{
	return viz_pipe_is(path) || viz_pipe_is_named(path) ||
	       trace_import_detect(path) != TRACE_IMPORT_NATIVE;
}

static int convert_named(const char *path, const char *log, struct trace_error *error)
{
	int fd = viz_pipe_open_named(path);
	if (fd < 0)
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot open '%s': %s", path,
		                       strerror(errno));
	int rc = trace_import_stream(fd, path, log, error);
	close(fd);
	return rc;
}

int viz_import_convert(const char *path, struct viz_temporary *log, struct viz_problem *problem)
{
	struct trace_error error;
	if (viz_temporary_create(log, NULL, problem) != 0)
		return VIZ_EXIT_INPUT;
	int rc = viz_pipe_is(path)
	                 ? trace_import_stream(STDIN_FILENO, viz_pipe_name(path), log->path, &error)
	         : viz_pipe_is_named(path) ? convert_named(path, log->path, &error)
	                                   : trace_import_file(path, log->path, NULL, &error);
	if (rc == 0)
		return 0;
	viz_problem_set(problem, "%s", error.text);
	viz_temporary_drop(log);
	return VIZ_EXIT_INPUT;
}
