/* What is in a queue at a moment: which steps have put it there. */
#ifndef GANTTOP_TRACE_ITEMS_H
#define GANTTOP_TRACE_ITEMS_H

#include "trace/model.h"

/* Write the ordinals of the LEVEL records with which the items in a queue at event `ordinal` were put in, the one that is taken next
 * first; at most `max`. What ran at that event has put it in. Returns how many were written: 0 for what is no queue, for a priority queue whose items are not told, and
 * when records are missing or it would take too long. cost: O(changes since the oldest item), at most 4096 of them; of a priority
 * queue O(changes since it was empty times items), at most 512 of them. */
size_t trace_items_at(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                      uint32_t puts[], size_t max);

/* Find the item that a LEVEL record has put in or taken. Returns false when it does not say: the item was no small number, or the
 * recording is an old one. */
bool trace_item_of(const struct trace_record *record, int32_t *item);

#endif
