/* A ring, a stack, a heap.
 *
 * source: Queue, LifoQueue and PriorityQueue of Lib/asyncio/queues.py; heapq for the last. Equal priorities are equal numbers here,
 * so their order cannot be seen.
 */
#include "runtime/items.h"

#include <stdlib.h>

void gt__items_fini(struct gt__items *items)
{
	free(items->items);
	items->items = NULL;
}

static bool grow(struct gt__items *q)
{
	size_t cap = q->cap ? q->cap * 2 : 16;
	intptr_t *items = malloc(cap * sizeof *items);
	if (!items)
		return false;
	for (size_t i = 0; i < q->n; i++)
		items[i] = q->items[(q->first + i) & (q->cap - 1)];
	free(q->items);
	q->items = items;
	q->cap = cap;
	q->first = 0;
	return true;
}

static void rise(intptr_t *heap, size_t place, intptr_t item)
{
	for (; place && item < heap[(place - 1) / 2]; place = (place - 1) / 2)
		heap[place] = heap[(place - 1) / 2];
	heap[place] = item;
}

static void sink(intptr_t *heap, size_t n, intptr_t item)
{
	size_t place = 0, child;
	while ((child = place * 2 + 1) < n) {
		if (child + 1 < n && heap[child + 1] < heap[child])
			child++;
		if (heap[child] >= item)
			break;
		heap[place] = heap[child];
		place = child;
	}
	heap[place] = item;
}

bool gt__items_put_any(struct gt__items *q, intptr_t item)
{
	if (q->n == q->cap && !grow(q))
		return false;
	if (q->kind == GT__ITEMS_PRIORITY)
		rise(q->items, q->n, item);
	else
		q->items[(q->first + q->n) & (q->cap - 1)] = item;
	q->n++;
	return true;
}

intptr_t gt__items_take_any(struct gt__items *q)
{
	intptr_t item = q->items[q->first];
	q->n--;
	switch (q->kind) {
	case GT__ITEMS_FIFO:
		q->first = (q->first + 1) & (q->cap - 1);
		break;
	case GT__ITEMS_LIFO:
		item = q->items[(q->first + q->n) & (q->cap - 1)];
		break;
	case GT__ITEMS_PRIORITY:
		if (q->n)
			sink(q->items, q->n, q->items[q->n]);
		break;
	}
	return item;
}
