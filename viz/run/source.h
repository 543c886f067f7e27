/* A source: what LESSON|FILE on the command line stands for, read to its end. Commands that work on a whole recording begin
 * with it, so that each of them takes lessons, programs and recordings alike. */
#ifndef GANTTOP_VIZ_RUN_SOURCE_H
#define GANTTOP_VIZ_RUN_SOURCE_H

#include "trace/model.h"
#include "viz/run/child.h"
#include "viz/options/options.h"

struct viz_source {
	struct trace_model *model;       /* owns */
	struct viz_child child;          /* that made the recording; none for a file */
	const struct scenario *scenario; /* that was run; NULL for a file. owns */
};
#define VIZ_SOURCE_INIT                                                                            \
	{                                                                                          \
		.child = VIZ_CHILD_INIT                                                            \
	}

/* Run the lesson of options->target to its end under the virtual clock (or the one that the options ask for), or read
 * the recording of that name. `source` must be as VIZ_SOURCE_INIT. owns: the caller closes, after errors too. errors: an exit
 * status, and `*problem` says why. */
int viz_source_open(struct viz_source *source, const struct viz_options *options,
                    struct viz_problem *problem);

/* Say on standard error how the child ended, if there is something to say. Returns the exit status that follows from it:
 * VIZ_EXIT_OK for a file. */
int viz_source_report(struct viz_source *source);

void viz_source_close(struct viz_source *source);

#endif
