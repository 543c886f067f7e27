/* The transitions among the events: which event is the k-th one, and how many there are up to an event. They are the columns of
 * the event-order axis, and what a step steps by. */
#ifndef GANTTOP_TRACE_TRANSITIONS_H
#define GANTTOP_TRACE_TRANSITIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRACE_TRANSITIONS_WORD 64u

/* All zero is empty. */
struct trace_transitions {
	uint64_t *words;  /* a bit an event: set for a transition */
	uint32_t *before; /* transitions before each word */
	size_t words_cap, before_cap;
	size_t n_events;
	uint32_t n; /* transitions */
};

void trace_transitions_fini(struct trace_transitions *set);

/* Forget all events, but keep the memory. */
void trace_transitions_clear(struct trace_transitions *set);

/* Make room for the next event, and for those behind it up to the end of its word. errors: TRACE_ESYSTEM without memory. */
int trace_transitions_reserve(struct trace_transitions *set);

/* Append the next `n` events, for which there is room: a bit each, the lowest first, and no others. cost: an eighth and a sixteenth of a byte
 * an event. */
void trace_transitions_add(struct trace_transitions *set, uint64_t bits, uint32_t n);

/* Return how many transitions there are among the events before `n_events`. cost: O(1). */
uint32_t trace_transitions_before(const struct trace_transitions *set, size_t n_events);

/* Return the event that is transition `index`, UINT32_MAX if there are not so many. cost: O(log n). */
uint32_t trace_transitions_at(const struct trace_transitions *set, uint32_t index);

#endif
