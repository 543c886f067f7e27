/* What is in a queue at a moment: which steps have put it there. */
#ifndef GANTTOP_TRACE_ITEMS_H
#define GANTTOP_TRACE_ITEMS_H

#include "trace/model.h"

/* Write the ordinals of the LEVEL records with which the items in a queue at event `ordinal` were put in, the one that is taken next
 * first; at most `max`. What ran at that event has put it in. Returns how many were written: 0 for what is no queue or whose order is not
 * that of time, and when records are missing or it would take too long. cost: O(changes since the oldest item), at most 4096 of them. */
size_t trace_items_at(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                      uint32_t puts[], size_t max);

#endif
