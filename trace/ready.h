/* The run queue at a moment: which tasks are ready, and in which order. */
#ifndef GANTTOP_TRACE_READY_H
#define GANTTOP_TRACE_READY_H

#include "trace/model.h"

/* Write the task lanes that are ready at `ordinal`, the one that has been for longest first, at most `max`; returns how many there are.
 * Under the policy of asyncio that is the order in which they will run. cost: as trace_model_counts. */
size_t trace_model_ready(const struct trace_model *model, uint32_t ordinal, uint32_t lanes[],
                         size_t max);

/* Return the place of a task lane in that order, from 1; 0 if it is not ready. */
size_t trace_model_ready_place(const struct trace_model *model, uint32_t ordinal, uint32_t lane);

/* Return whether the recording's policy is first come, first served. */
bool trace_model_is_fifo(const struct trace_model *model);

#endif
