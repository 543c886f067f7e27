/* Slots of events, in groups of 64. In most groups the slots follow each other; in some there is one gap, where a
 * block of the file ends or a string stands between; only where writers alternate or strings are many is each slot
 * listed. So a slot number costs an eighth of a byte, or four where the file is like that.
 *
 * Rejected: a list of runs, which is smaller still, but needs a search for every event that is looked at.
 */
#include "trace/events.h"

#include <stdlib.h>

#include "trace/array.h"
#include "trace/error.h"

#define GAP_MAX 0xffffffu

void trace_events_fini(struct trace_events *events)
{
	free(events->groups);
	free(events->lists);
	*events = (struct trace_events){0};
}

/* List the slots of the last group one by one; `n` of them are known. */
static int list_group(struct trace_events *events, uint32_t n)
{
	struct trace_event_group *g = &events->groups[events->n / TRACE_EVENT_GROUP];
	uint32_t first = (uint32_t)(events->n - n);
	while (events->lists_cap < events->n_lists + TRACE_EVENT_GROUP)
		if (trace_array_reserve(&events->lists, events->lists_cap, &events->lists_cap,
		                        sizeof *events->lists))
			return TRACE_ESYSTEM;
	for (uint32_t i = 0; i < n; i++)
		events->lists[events->n_lists + i] = trace_events_slot(events, first + i);
	g->slot = (uint32_t)events->n_lists;
	g->bend = TRACE_EVENT_LISTED;
	events->n_lists += TRACE_EVENT_GROUP;
	return TRACE_OK;
}

/* Put a slot that does not follow the one before into the last group. */
static int push_apart(struct trace_events *events, struct trace_event_group *g, uint32_t i,
                      uint32_t slot)
{
	uint32_t gap = slot - events->last_slot - 1;
	if (g->bend == TRACE_EVENT_GROUP && slot > events->last_slot && gap <= GAP_MAX) {
		g->bend = (uint8_t)i;
		g->gap = gap & GAP_MAX;
		return TRACE_OK;
	}
	if (g->bend != TRACE_EVENT_LISTED && list_group(events, i) != TRACE_OK)
		return TRACE_ESYSTEM;
	return TRACE_OK;
}

int trace_events_push(struct trace_events *events, uint32_t slot, uint64_t t_ns)
{
	size_t group = events->n / TRACE_EVENT_GROUP;
	uint32_t i = (uint32_t)(events->n % TRACE_EVENT_GROUP);
	if (i == 0) {
		if (trace_array_reserve(&events->groups, group, &events->groups_cap,
		                        sizeof *events->groups))
			return TRACE_ESYSTEM;
		events->groups[group] = (struct trace_event_group){.t_ns = t_ns,
		                                                   .slot = slot,
		                                                   .bend = TRACE_EVENT_GROUP};
	}
	struct trace_event_group *g = &events->groups[group];
	if (i > 0 && slot != events->last_slot + 1 && push_apart(events, g, i, slot) != TRACE_OK)
		return TRACE_ESYSTEM;
	if (g->bend == TRACE_EVENT_LISTED)
		events->lists[g->slot + i] = slot;
	events->last_slot = slot;
	events->n++;
	return TRACE_OK;
}

int trace_events_push_run(struct trace_events *events, uint32_t slot,
                          const struct trace_record *first, uint32_t n)
{
	for (uint32_t i = 0; i < n;) {
		if (trace_events_push(events, slot + i, first[i].t_ns) != TRACE_OK)
			return TRACE_ESYSTEM;
		i++;
		/* the rest of the group follows by itself, if it is not listed */
		uint32_t at = (uint32_t)(events->n % TRACE_EVENT_GROUP);
		uint32_t more = at ? TRACE_EVENT_GROUP - at : 0;
		if (more > n - i)
			more = n - i;
		if (events->groups[(events->n - 1) / TRACE_EVENT_GROUP].bend == TRACE_EVENT_LISTED)
			continue;
		events->n += more;
		events->last_slot += more;
		i += more;
	}
	return TRACE_OK;
}

uint32_t trace_events_run(const struct trace_events *events, uint32_t ordinal)
{
	const struct trace_event_group *g = &events->groups[ordinal / TRACE_EVENT_GROUP];
	uint32_t i = ordinal % TRACE_EVENT_GROUP, end = TRACE_EVENT_GROUP;
	if (g->bend == TRACE_EVENT_LISTED)
		end = i + 1;
	else if (i < g->bend)
		end = g->bend;
	return end - i < events->n - ordinal ? end - i : (uint32_t)(events->n - ordinal);
}

void trace_events_cut(struct trace_events *events, size_t n)
{
	if (n >= events->n)
		return;
	size_t kept = (n + TRACE_EVENT_GROUP - 1) / TRACE_EVENT_GROUP;
	size_t groups = (events->n + TRACE_EVENT_GROUP - 1) / TRACE_EVENT_GROUP;
	for (size_t i = groups; i-- > kept;)
		if (events->groups[i].bend == TRACE_EVENT_LISTED)
			events->n_lists = events->groups[i].slot;
	events->n = n;
	if (n > 0)
		events->last_slot = trace_events_slot(events, (uint32_t)(n - 1));
	if (n % TRACE_EVENT_GROUP == 0)
		return;
	/* what is cut off may have bent the group */
	struct trace_event_group *g = &events->groups[n / TRACE_EVENT_GROUP];
	if (g->bend != TRACE_EVENT_LISTED && g->bend >= n % TRACE_EVENT_GROUP)
		g->bend = TRACE_EVENT_GROUP;
}
