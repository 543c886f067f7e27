/* The events of a model: which slot of the file each is in, and at what time. Ordinals stand close together in the file, so a group
 * of 64 needs one slot number and not 64. */
#ifndef GANTTOP_TRACE_EVENTS_H
#define GANTTOP_TRACE_EVENTS_H

#include <stddef.h>
#include <stdint.h>

#include "trace/record.h"

#define TRACE_EVENT_GROUP  64u
#define TRACE_EVENT_LISTED 255u /* in `bend`: the slots are listed one by one */

/* What is known of 64 events. */
struct trace_event_group {
	uint64_t t_ns; /* of the first one */
	uint32_t
	        slot; /* of the first one; where TRACE_EVENT_LISTED: index of its slot in `lists` */
	uint32_t gap : 24; /* slots left out before event `bend` of the group */
	uint32_t bend : 8; /* TRACE_EVENT_GROUP: nothing is left out */
	uint32_t running;  /* lane that is running before the first one; TRACE_NONE */
};

/* All zero is empty. */
struct trace_events {
	struct trace_event_group *groups;
	size_t n; /* events */
	size_t groups_cap;
	uint32_t *lists;
	size_t n_lists, lists_cap;
	uint32_t last_slot; /* of event n - 1 */
};

void trace_events_fini(struct trace_events *events);

/* Append the event in `slot`, of time `t_ns`. errors: TRACE_ESYSTEM without memory. */
int trace_events_push(struct trace_events *events, uint32_t slot, uint64_t t_ns);

/* Append `n` events in slots that follow each other from `slot` on; `first` is the record of the first. errors: TRACE_ESYSTEM. */
int trace_events_push_run(struct trace_events *events, uint32_t slot,
                          const struct trace_record *first, uint32_t n);

/* Forget all events from `n` on. */
void trace_events_cut(struct trace_events *events, size_t n);

/* Return the slot of event `ordinal`, which must be below n. cost: O(1). */
static inline uint32_t trace_events_slot(const struct trace_events *events, uint32_t ordinal)
{
	const struct trace_event_group *g = &events->groups[ordinal / TRACE_EVENT_GROUP];
	uint32_t i = ordinal % TRACE_EVENT_GROUP;
	if (g->bend == TRACE_EVENT_LISTED)
		return events->lists[g->slot + i];
	return g->slot + i + (i >= g->bend ? g->gap : 0);
}

/* Return how many events from `ordinal` on stand one behind the other in the file, as far as that is known at once. */
uint32_t trace_events_run(const struct trace_events *events, uint32_t ordinal);

#endif
