/* What the Linux scheduler did, as text: `perf sched script`, `perf script`, `trace-cmd report`. Kernel tasks become tasks, CPUs become
 * threads of the pool. */
#ifndef GANTTOP_TRACE_IMPORT_SCHED_H
#define GANTTOP_TRACE_IMPORT_SCHED_H

#include "trace/import/input.h"
#include "trace/import/sink.h"

/* Read all lines. A switch away from a task that could have gone on (state R) leaves it ready, any other leaves it waiting; a wakeup makes it
 * ready. Other events are passed over. errors: TRACE_EFORMAT with the line: a scheduler event that cannot be understood, a time more than
 * a second before the one above it, or no event at all; TRACE_ESYSTEM. */
int trace_import_sched(struct trace_input *input, struct trace_sink *sink,
                       struct trace_error *error);

#endif
