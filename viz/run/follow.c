/* Opening recordings that may only just be coming into being. */
#include "viz/run/follow.h"

#include <limits.h>
#include <string.h>
#include <time.h>

#include "viz/run/import.h"
#include "viz/run/pipe.h"

#define POLL_MS  2
#define LIMIT_MS 5000

static int open_model(struct trace_model **out, const char *path, const char *name, bool control,
                      struct viz_problem *problem)
{
	struct trace_reader *reader;
	struct trace_error error;
	if (trace_reader_open_as(&reader, path, name, control, &error) != 0) {
		viz_problem_set(problem, "%s", error.text);
		return VIZ_EXIT_INPUT;
	}
	struct trace_model *model = trace_model_create(reader);
	if (model == NULL) {
		trace_reader_close(reader);
		viz_problem_set(problem, "cannot read '%s': out of memory", name);
		return VIZ_EXIT_INPUT;
	}
	*out = model;
	return 0;
}

static int open_import(struct trace_model **out, const char *path, struct viz_problem *problem)
{
	struct viz_temporary log;
	int rc = viz_import_convert(path, &log, problem);
	if (rc != 0)
		return rc;
	rc = open_model(out, log.path, viz_pipe_name(path), false, problem);
	viz_temporary_drop(&log);
	return rc;
}

int viz_follow_open(struct trace_model **out, const char *path, struct viz_problem *problem)
{
	if (viz_import_is_due(path))
		return open_import(out, path, problem);
	return open_model(out, path, path, true, problem);
}

int viz_follow_open_reading(struct trace_model **out, const char *path, struct viz_problem *problem)
{
	return open_model(out, path, path, false, problem);
}

int viz_follow_child(struct trace_model **out, struct viz_child *child, struct viz_problem *problem)
{
	const char *name = child->temporary.fd != 0 ? "the run" : child->log;
	for (int ms = 0; ms < LIMIT_MS; ms += POLL_MS) {
		/* Asked before the look: a recording that its writer left is there when the writer is gone. */
		bool ended = viz_child_reap(child, false);
		if (open_model(out, child->log, name, true, problem) == 0) {
			if (!child->is_ring) /* a ring that is turned is opened by its name again */
				viz_child_unlink(child);
			return 0;
		}
		if (ended)
			break;
		nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000}, NULL);
	}
	char report[400];
	if (viz_child_report(child, report, sizeof report))
		viz_problem_set(problem, "%s", report);
	return VIZ_EXIT_FAILED;
}

int viz_follow_read(struct trace_model *model, struct viz_problem *problem)
{
	struct trace_error error;
	int rc;
	do {
		rc = trace_model_update(model, &error);
	} while (rc > 0);
	if (rc < 0) {
		viz_problem_set(problem, "%s", error.text);
		return VIZ_EXIT_INPUT;
	}
	return 0;
}

/* Read the recording of a child that has ended. */
static int read_ended(struct trace_model **out, struct viz_child *child,
                      struct viz_problem *problem)
{
	struct trace_model *model;
	int rc = viz_follow_child(&model, child, problem);
	if (rc == 0 && viz_follow_read(model, problem) != 0) {
		trace_model_destroy(model);
		rc = VIZ_EXIT_FAILED;
	}
	if (rc == 0)
		*out = model;
	return rc;
}

int viz_follow_run(struct trace_model **out, struct viz_child *child,
                   const struct viz_options *options, const struct scn_run *run, const char *log,
                   struct viz_problem *problem)
{
	if (viz_child_start(child, options->program, run, log, problem) != 0)
		return VIZ_EXIT_FAILED;
	viz_child_reap(child, true);
	return read_ended(out, child, problem);
}

int viz_follow_run_within(struct trace_model **out, struct viz_child *child,
                          const struct viz_options *options, const struct scn_run *run,
                          unsigned limit_ms, struct viz_problem *problem)
{
	if (viz_child_start(child, options->program, run, NULL, problem) != 0)
		return VIZ_EXIT_FAILED;
	for (unsigned half_ms = 0; half_ms < 2 * limit_ms; half_ms++) {
		if (viz_child_reap(child, false))
			return read_ended(out, child, problem);
		nanosleep(&(struct timespec){.tv_nsec = 500000}, NULL);
	}
	viz_child_stop(child);
	viz_problem_set(problem, "the run takes longer than %u ms", limit_ms);
	return VIZ_EXIT_FAILED;
}
