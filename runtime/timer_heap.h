/* The timers of a loop: a 4-ary heap ordered by (deadline, sequence), so that equal deadlines fire in the order of
 * their creation. A timer knows its place and can be taken out at once.
 */
#ifndef GANTTOP_RUNTIME_TIMER_HEAP_H
#define GANTTOP_RUNTIME_TIMER_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GT__TIMER_IDLE SIZE_MAX

struct gt__timer {
	uint64_t deadline_ns;
	uint64_t sequence;
	size_t place; /* index in the heap, GT__TIMER_IDLE: not in it */
};

struct gt__timer_heap {
	struct gt__timer **timers;
	size_t n, cap;
	uint64_t next_sequence;
};

void gt__timer_heap_fini(struct gt__timer_heap *heap);

/* Add `timer` for `deadline_ns`. owns: borrows until it is popped or removed. errors: false when out of memory. */
bool gt__timer_heap_add(struct gt__timer_heap *heap, struct gt__timer *timer, uint64_t deadline_ns);

/* Take `timer` out; nothing happens when it is not in. */
void gt__timer_heap_remove(struct gt__timer_heap *heap, struct gt__timer *timer);

/* Return the earliest timer, NULL when there is none. */
static inline struct gt__timer *gt__timer_heap_first(const struct gt__timer_heap *heap)
{
	return heap->n ? heap->timers[0] : NULL;
}

#endif
