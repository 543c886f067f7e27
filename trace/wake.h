/* Wakes: whom a task, or the loop, makes ready. */
#ifndef GANTTOP_TRACE_WAKE_H
#define GANTTOP_TRACE_WAKE_H

#include "trace/model.h"

/* Return the ordinal of the first STATE ready record at or after event `from` whose task was woken or created by the task lane, or the
 * loop lane, `lane`, and is another one; TRACE_NONE if there is none. cost: O(events of the lane's own steps). */
uint32_t trace_lane_next_wake(const struct trace_model *model, uint32_t lane, uint32_t from);

#endif
