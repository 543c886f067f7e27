/* A file needs no terminal's place. Standard input cannot be both the trace and the keyboard: the trace keeps the descriptor that it came by, and the terminal takes its place. */
#include "viz/run/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "trace/import/import.h"

#define POLL_NS        5000000
#define PATIENCE_POLLS 20  /* a tenth of a second */
#define END_POLLS      200 /* a second: a disk may be slow */

bool viz_pipe_is(const char *path)
{
	return strcmp(path, "-") == 0;
}

bool viz_pipe_is_named(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISFIFO(st.st_mode);
}

int viz_pipe_open_named(const char *path)
{
	return open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

const char *viz_pipe_name(const char *path)
{
	return viz_pipe_is(path) ? "standard input" : path;
}

static int open_terminal(void)
{
	return open("/dev/tty", O_RDWR | O_CLOEXEC);
}

bool viz_pipe_can_have_keys(const struct viz_options *options)
{
	int fd = options->plain || !isatty(STDOUT_FILENO) ? -1 : open_terminal();
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* where: a thread of its own, until the pipe ends. */
static void *read_pipe(void *arg)
{
	struct viz_pipe *pipe = arg;
	pipe->rc = pipe->fd < 0 ? trace_import_early(pipe->name, pipe->log.path, &pipe->progress,
	                                             &pipe->error)
	                        : trace_import_stream(pipe->fd, pipe->name, pipe->log.path,
	                                              &pipe->error);
	atomic_store(&pipe->is_over, true);
	return NULL;
}

/* Begin the thread. Signals are the business of the others. */
static int start_thread(struct viz_pipe *pipe)
{
	pthread_t thread;
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int rc = pthread_create(&thread, NULL, read_pipe, pipe);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (rc == 0)
		pthread_detach(thread);
	return rc;
}

/* Return the descriptor that the trace comes by, -1 with errno. */
static int open_source(void)
{
	int fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3), terminal = open_terminal();
	if (fd >= 0 && terminal >= 0 && dup2(terminal, STDIN_FILENO) < 0)
		fd = -1;
	if (terminal >= 0)
		close(terminal);
	return fd;
}

static int start(struct viz_pipe *pipe, const char *path, struct viz_problem *problem)
{
	bool is_named = viz_pipe_is_named(path), is_file = !viz_pipe_is(path) && !is_named;
	*pipe = (struct viz_pipe){.name = viz_pipe_name(path), .fd = -1};
	if (!is_file)
		pipe->fd = is_named ? viz_pipe_open_named(path) : open_source();
	if (!is_file && pipe->fd < 0) {
		viz_problem_set(problem, "cannot open '%s': %s", pipe->name, strerror(errno));
		return -1;
	}
	if (viz_temporary_create(&pipe->log, is_file ? ".whole" : NULL, problem) != 0)
		return -1;
	int rc = start_thread(pipe);
	if (rc != 0)
		viz_problem_set(problem, "cannot start a thread: %s", strerror(rc));
	return rc != 0 ? -1 : 0;
}

int viz_pipe_start(struct viz_pipe **out, const char *path, struct viz_problem *problem)
{
	struct viz_pipe *pipe = malloc(sizeof *pipe);
	if (pipe == NULL) {
		viz_problem_set(problem, "cannot read '%s': out of memory", path);
	} else if (start(pipe, path, problem) == 0) {
		*out = pipe;
		return 0;
	}
	free(pipe);
	return -1;
}

/* The recording that replaces another takes its name, so a file's keeps it while it is read. */
static void lose_log(struct viz_pipe *pipe)
{
	viz_temporary_drop(&pipe->log);
}

/* A file that is still read is not read to its end. */
static void end_file(struct viz_pipe *pipe)
{
	if (pipe->fd >= 0)
		return; /* it may be waiting for what never comes */
	atomic_store(&pipe->progress.is_unwanted, true);
	for (int i = 0; i < END_POLLS && !atomic_load(&pipe->is_over); i++)
		nanosleep(&(struct timespec){.tv_nsec = POLL_NS}, NULL);
}

void viz_pipe_leave(struct viz_pipe *pipe)
{
	end_file(pipe);
	/* the thread may be about to open the log by its number, which must not be another file's then */
	if (!atomic_load(&pipe->is_over) && !pipe->log.has_name)
		return;
	lose_log(pipe);
	if (!atomic_load(&pipe->is_over))
		return;
	if (pipe->fd >= 0)
		close(pipe->fd);
	free(pipe);
}

static int open_log(const struct viz_pipe *pipe, struct trace_model **out)
{
	struct trace_reader *reader;
	if (trace_reader_open_as(&reader, pipe->log.path, pipe->name, false, NULL) != TRACE_OK)
		return -1;
	*out = trace_model_create(reader);
	if (*out == NULL)
		trace_reader_close(reader);
	return *out != NULL ? 0 : -1;
}

bool viz_pipe_failed(const struct viz_pipe *pipe, struct viz_problem *problem)
{
	if (!atomic_load(&pipe->is_over) || pipe->rc == TRACE_OK)
		return false;
	viz_problem_set(problem, "%s", pipe->error.text);
	return true;
}

double viz_pipe_done(const struct viz_pipe *pipe)
{
	return atomic_load(&pipe->is_over) ? 1 : trace_import_done(&pipe->progress);
}

/* A file of usual length is there at once: who sees the whole of it first sees nothing move. */
static void wait_for_all(const struct viz_pipe *pipe)
{
	for (int i = 0; pipe->fd < 0 && i < PATIENCE_POLLS && !atomic_load(&pipe->is_over); i++)
		nanosleep(&(struct timespec){.tv_nsec = POLL_NS}, NULL);
}

int viz_pipe_open(struct viz_pipe *pipe, struct trace_model **out, struct viz_problem *problem)
{
	wait_for_all(pipe);
	for (;;) {
		bool is_over = atomic_load(&pipe->is_over);
		if (viz_pipe_failed(pipe, problem))
			break;
		if (open_log(pipe, out) == 0) {
			if (pipe->fd >= 0 || is_over)
				lose_log(pipe);
			return 0;
		}
		if (is_over) {
			viz_problem_set(problem, "cannot read '%s': it is no recording",
			                pipe->name);
			break;
		}
		nanosleep(&(struct timespec){.tv_nsec = POLL_NS}, NULL);
	}
	lose_log(pipe);
	return VIZ_EXIT_INPUT;
}
