/* The child: a process of its own in which a lesson runs, so that a crash or a blocked loop is something to look
 * at. The log is all that it shares with the viewer.
 *
 *  1. viz_child_start starts the program itself again with the hidden command `_child`.
 *  2. The child is ended exactly once: by itself, seen by viz_child_reap, or by viz_child_stop.
 *  3. viz_child_stop may be called at any time, and leaves neither process nor temporary file.
 */
#ifndef GANTTOP_VIZ_RUN_CHILD_H
#define GANTTOP_VIZ_RUN_CHILD_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "scenarios/scenario.h"
#include "viz/files/temporary.h"
#include "viz/text/problem.h"

struct viz_child {
	pid_t pid;                      /* 0: none is running */
	bool ended;                     /* it ran and has ended; `status` is valid */
	int status;                     /* as waitpid gives it */
	char log[PATH_MAX];             /* what it records into */
	struct viz_temporary temporary; /* what that is, if nobody keeps it */
	char place[PATH_MAX]; /* the folder of that, for messages; "": somebody keeps it */
	bool is_ring;         /* the log is another file from time to time */
	int errors;           /* reading end of its standard error; 0: none */
};
#define VIZ_CHILD_INIT                                                                             \
	{                                                                                          \
		.pid = 0                                                                           \
	}

/* Start `run` (its `log` is not used) by `program` (argv[0], used where the system cannot tell what runs), recording into `out`, a temporary file if NULL; an existing recording is replaced.
 * errors: -1, and `*problem` says why; nothing is held then. */
int viz_child_start(struct viz_child *child, const char *program, const struct scn_run *run,
                    const char *out, struct viz_problem *problem);

/* Look, or with `wait` wait, for the end of the child. Returns whether it has ended. */
bool viz_child_reap(struct viz_child *child, bool wait);

/* Be done with the temporary log: called once the reader has it open. */
void viz_child_unlink(struct viz_child *child);

/* End the child if it runs (SIGTERM, then SIGKILL after a moment) and remove the temporary log. */
void viz_child_stop(struct viz_child *child);

/* Return the exit status that its end gives us: VIZ_EXIT_FAILED if it failed or was killed, else VIZ_EXIT_OK. */
int viz_child_status(const struct viz_child *child);

/* Return whether it ended by a signal. */
bool viz_child_was_killed(const struct viz_child *child);

/* Write how it ended, in words: "the program was killed by signal 9 (SIGKILL)", or the last line of its standard
 * error. To be asked once. Returns false, and writes "", when there is nothing to say. */
bool viz_child_report(const struct viz_child *child, char *text, size_t text_bytes);

#endif
