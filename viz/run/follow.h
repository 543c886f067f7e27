/* From a run or a file to a model: waiting for a recording to begin, and reading one to its end. */
#ifndef GANTTOP_VIZ_RUN_FOLLOW_H
#define GANTTOP_VIZ_RUN_FOLLOW_H

#include "trace/model.h"
#include "viz/run/child.h"
#include "viz/options/options.h"

/* Open the recording at `path`, with its gate if we may write it. owns: returns in `*out`. errors: VIZ_EXIT_INPUT, and
 * `*problem` says why. */
int viz_follow_open(struct trace_model **out, const char *path, struct viz_problem *problem);

/* The same without its gate: whoever looks has no say. */
int viz_follow_open_reading(struct trace_model **out, const char *path,
                            struct viz_problem *problem);

/* Wait until the child's recording has begun, a few seconds at most, and open it.
 * owns: returns in `*out`. errors: VIZ_EXIT_FAILED, and `*problem` says why. */
int viz_follow_child(struct trace_model **out, struct viz_child *child,
                     struct viz_problem *problem);

/* Read all that there is now. errors: VIZ_EXIT_INPUT for a damaged recording; what came before stays usable. */
int viz_follow_read(struct trace_model *model, struct viz_problem *problem);

/* Run a lesson to its end and read its recording.
 * owns: returns in `*out`; the caller stops the child. errors: VIZ_EXIT_FAILED when there is nothing to look at. */
int viz_follow_run(struct trace_model **out, struct viz_child *child,
                   const struct viz_options *options, const struct scn_run *run, const char *log,
                   struct viz_problem *problem);

/* The same for a run that must be over within `limit_ms`: it is ended otherwise, which is an error too. */
int viz_follow_run_within(struct trace_model **out, struct viz_child *child,
                          const struct viz_options *options, const struct scn_run *run,
                          unsigned limit_ms, struct viz_problem *problem);

#endif
