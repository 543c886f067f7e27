/* Members: who is in a set at a moment (holds an object, waits for it), for any moment of the recording. */
#ifndef GANTTOP_TRACE_MEMBERS_H
#define GANTTOP_TRACE_MEMBERS_H

#include <stddef.h>
#include <stdint.h>

#include "trace/id_map.h"

#define TRACE_MEMBERS_LEVELS 6

/* All zero is the empty set. A lane may enter several times; it leaves as often. */
struct trace_members {
	struct trace_membership *all; /* in the order of entering */
	size_t n, cap;
	struct {
		struct trace_members_node *nodes; /* of 64 memberships, of 64 nodes, ... */
		size_t n, cap;
	} levels[TRACE_MEMBERS_LEVELS];
	int n_levels;               /* that are in use: the last one has a single node */
	struct trace_id_map open;   /* lane -> its newest membership that has not ended, or NONE */
	struct trace_id_map nested; /* membership -> the one of its lane that was open before it */
};

void trace_members_fini(struct trace_members *members);

/* `lane` enters with event `ordinal`, or leaves; who leaves without being in is not minded. Ordinals never decrease.
 * errors: TRACE_ESYSTEM without memory. */
int trace_members_enter(struct trace_members *members, uint32_t lane, uint32_t ordinal);
void trace_members_leave(struct trace_members *members, uint32_t lane, uint32_t ordinal);

/* Write the events with which those entered who are in after event `ordinal`, each lane's first one, in order, at most `max`. Returns
 * how many there are.
 * cost: O(log n) for each. */
size_t trace_members_at(const struct trace_members *members, uint32_t ordinal, uint32_t entered[],
                        size_t max);

#endif
