/* A trace of another format, looked at while it is read: a thread converts what comes from a pipe, or a file, into a temporary recording,
 * which the viewer follows as it follows any other. */
#ifndef GANTTOP_VIZ_RUN_PIPE_H
#define GANTTOP_VIZ_RUN_PIPE_H

#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "trace/import/import.h"
#include "trace/model.h"
#include "viz/files/temporary.h"
#include "viz/options/options.h"
#include "viz/text/problem.h"

struct viz_pipe {
	int fd;           /* -1: a file */
	const char *name; /* in errors; the file's path */
	struct trace_import_progress progress;
	struct viz_temporary log;
	_Atomic bool is_over; /* what follows is valid */
	int rc;
	struct trace_error error;
};

/* Return whether `path` is standard input. */
bool viz_pipe_is(const char *path);

/* Return whether it is a pipe with a name, such as a shell makes for `<(COMMAND)`. Nobody may come to write: that is found out in a second. */
bool viz_pipe_is_named(const char *path);

/* Open a pipe with a name; it does not wait for who writes. owns: the caller closes. errors: -1. */
int viz_pipe_open_named(const char *path);

/* Return what messages call it. owns: static, or borrows. */
const char *viz_pipe_name(const char *path);

/* Return whether there is a screen, and a terminal whose keys can be had although standard input is something else. */
bool viz_pipe_can_have_keys(const struct viz_options *options);

/* Begin to read `path`, which must live as long; standard input (viz_pipe_is) becomes the terminal. owns: returns in `*out`, for viz_pipe_leave. errors: -1, and `*problem` says
 * why. */
int viz_pipe_start(struct viz_pipe **out, const char *path, struct viz_problem *problem);

/* Wait until it is known what comes, and open the recording of it; a file's may be whole by then. owns: returns in `*out`. errors: VIZ_EXIT_INPUT, and `*problem` says
 * why. */
int viz_pipe_open(struct viz_pipe *pipe, struct trace_model **out, struct viz_problem *problem);

/* Return how much of it has been read, 0 to 1; 1 when all is, or it is not known how much there is. */
double viz_pipe_done(const struct viz_pipe *pipe);

/* Return whether the reading has failed by now, and say why. */
bool viz_pipe_failed(const struct viz_pipe *pipe, struct viz_problem *problem);

/* Be done with it. A thread that still waits for the pipe keeps what it needs, and ends with the program. */
void viz_pipe_leave(struct viz_pipe *pipe);

#endif
