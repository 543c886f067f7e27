/* Circles of waiting: tasks of which each waits for what the next one has. */
#ifndef GANTTOP_VIZ_EXPLAIN_CYCLE_H
#define GANTTOP_VIZ_EXPLAIN_CYCLE_H

#include "trace/model.h"

/* Write the circle that task lane `lane` waits in, or waits for, at `ordinal`: the first waits for the second, ..., the last one for the
 * first; `lane` comes first if it is in it. Returns its length, 0 if there is none or it is longer than `max`.
 * Waits that end by themselves, at a time, are in no circle. */
size_t viz_cycle_of(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                    uint32_t lanes[], size_t max);

/* Return the first task lane that is in a circle at `ordinal`, TRACE_NONE if there is none near the first 256 that wait. cost: O(lanes). */
uint32_t viz_cycle_find(const struct trace_model *model, uint32_t ordinal);

#endif
