/* Whom a waiting task waits for: the task that it awaits, or those of its gather, wait or group. */
#ifndef GANTTOP_TRACE_AWAITED_H
#define GANTTOP_TRACE_AWAITED_H

#include "trace/model.h"

/* Write the task lanes that the wait in force of task lane `lane` at `ordinal` is for and that are not done, in the order of the call, at
 * most `max`; returns how many there are. 0 when it does not wait, or not for tasks. cost: O(tasks of the wait). */
size_t trace_lane_awaited(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                          uint32_t lanes[], size_t max);

/* The same for lanes of objects: the futures among those of a gather or wait that were not settled when it began. */
size_t trace_lane_awaited_objects(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                                  uint32_t lanes[], size_t max);

/* Return whether the wait in force is for more than `n` tasks and futures, those that are done since included. cost: O(log n). */
bool trace_lane_awaits_more(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                            uint32_t n);

#endif
