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

/* Make room for the next word of events, which becomes empty. errors: TRACE_ESYSTEM without memory. */
int trace_transitions_reserve(struct trace_transitions *set);

/* Append the next event. errors: -1 without memory. cost: an eighth and a sixteenth of a byte an event. */
static inline int trace_transitions_add(struct trace_transitions *set, bool is_transition)
{
	size_t bit = set->n_events % TRACE_TRANSITIONS_WORD;
	if (bit == 0 && trace_transitions_reserve(set))
		return -1;
	set->words[set->n_events / TRACE_TRANSITIONS_WORD] |= (uint64_t)is_transition << bit;
	set->n += is_transition;
	set->n_events++;
	return 0;
}

/* Return how many transitions there are among the events before `n_events`. cost: O(1). */
uint32_t trace_transitions_before(const struct trace_transitions *set, size_t n_events);

/* Return the event that is transition `index`, UINT32_MAX if there are not so many. cost: O(log n). */
uint32_t trace_transitions_at(const struct trace_transitions *set, uint32_t index);

#endif
