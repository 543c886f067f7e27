/* The heap of timers. Four children a node: fewer levels, and the children share a cache line.
 * Rejected: a uv_timer_t a timer (ten times the cost, and a resolution of one millisecond).
 */
#include "runtime/timer_heap.h"

#include <stdlib.h>

#define WAYS 4u

void gt__timer_heap_fini(struct gt__timer_heap *heap)
{
	free(heap->timers);
	*heap = (struct gt__timer_heap){0};
}

static bool is_before(const struct gt__timer *a, const struct gt__timer *b)
{
	if (a->deadline_ns != b->deadline_ns)
		return a->deadline_ns < b->deadline_ns;
	return a->sequence < b->sequence;
}

static void put(struct gt__timer_heap *heap, size_t place, struct gt__timer *timer)
{
	heap->timers[place] = timer;
	timer->place = place;
}

static void rise(struct gt__timer_heap *heap, size_t place, struct gt__timer *timer)
{
	while (place) {
		size_t parent = (place - 1) / WAYS;
		if (!is_before(timer, heap->timers[parent]))
			break;
		put(heap, place, heap->timers[parent]);
		place = parent;
	}
	put(heap, place, timer);
}

static void sink(struct gt__timer_heap *heap, size_t place, struct gt__timer *timer)
{
	for (;;) {
		size_t child = place * WAYS + 1, end = child + WAYS, least = child;
		if (end > heap->n)
			end = heap->n;
		if (child >= end)
			break;
		while (++child < end)
			if (is_before(heap->timers[child], heap->timers[least]))
				least = child;
		if (!is_before(heap->timers[least], timer))
			break;
		put(heap, place, heap->timers[least]);
		place = least;
	}
	put(heap, place, timer);
}

bool gt__timer_heap_add(struct gt__timer_heap *heap, struct gt__timer *timer, uint64_t deadline_ns)
{
	if (heap->n == heap->cap) {
		size_t cap = heap->cap ? heap->cap * 2 : 64;
		struct gt__timer **timers = realloc(heap->timers, cap * sizeof *timers);
		if (!timers)
			return false;
		heap->timers = timers;
		heap->cap = cap;
	}
	timer->deadline_ns = deadline_ns;
	timer->sequence = heap->next_sequence++;
	rise(heap, heap->n++, timer);
	return true;
}

void gt__timer_heap_remove(struct gt__timer_heap *heap, struct gt__timer *timer)
{
	size_t place = timer->place;
	if (place == GT__TIMER_IDLE)
		return;
	timer->place = GT__TIMER_IDLE;
	struct gt__timer *last = heap->timers[--heap->n];
	if (last == timer)
		return;
	if (place && is_before(last, heap->timers[(place - 1) / WAYS]))
		rise(heap, place, last);
	else
		sink(heap, place, last);
}
