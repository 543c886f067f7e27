/* The FIFO queue.
 *
 * source: asyncio.Queue of Lib/asyncio/queues.py (3.11). Nothing is handed over: a woken getter looks again, and waits again when
 * somebody was faster. Items stand in a ring that grows by doubling.
 */
#include <stdlib.h>

#include "runtime/loop.h"

#undef gt_queue_create
#undef gt_queue_put
#undef gt_queue_get
#undef gt_queue_join

struct waiter {
	struct gt__node node;
	struct gt_future future;
};

struct gt_queue {
	struct gt__object object; /* first */
	intptr_t *items;
	size_t first, n, cap;                      /* of the ring; cap is a power of two or 0 */
	size_t capacity;                           /* 0: unbounded */
	size_t unfinished;                         /* put in and not yet said to be done */
	struct gt__node getters, putters, joiners; /* of struct waiter */
	size_t n_waiters;
};

static void destroy(struct gt__object *object)
{
	struct gt_queue *queue = (struct gt_queue *)(void *)object;
	gt__object_fini(object);
	free(queue->items);
	free(queue);
}

struct gt_queue *gt_queue_create(const char *name, size_t capacity)
{
	struct gt_queue *queue = gt__loop ? calloc(1, sizeof *queue) : NULL;
	if (!queue)
		return NULL;
	queue->capacity = capacity;
	gt__list_init(&queue->getters);
	gt__list_init(&queue->putters);
	gt__list_init(&queue->joiners);
	gt__object_init(&queue->object, TRACE_OBJECT_QUEUE, name, (int64_t)capacity, destroy);
	gt__object_level(&queue->object, 0, 0);
	return queue;
}

void gt_queue_destroy(struct gt_queue *queue)
{
	if (queue)
		destroy(&queue->object);
}

static void record_level(struct gt_queue *queue)
{
	gt__object_level(&queue->object, (int64_t)queue->n, queue->n_waiters);
}

static bool is_full(const struct gt_queue *queue)
{
	return queue->capacity && queue->n >= queue->capacity;
}

static bool grow(struct gt_queue *queue)
{
	size_t cap = queue->cap ? queue->cap * 2 : 16;
	intptr_t *items = malloc(cap * sizeof *items);
	if (!items)
		return false;
	for (size_t i = 0; i < queue->n; i++)
		items[i] = queue->items[(queue->first + i) & (queue->cap - 1)];
	free(queue->items);
	queue->items = items;
	queue->cap = cap;
	queue->first = 0;
	return true;
}

/* Wake the first who still waits; those who were cancelled meanwhile are dropped. */
static void wake_next(struct gt__node *waiters)
{
	struct gt__node *node;
	while ((node = gt__list_pop(waiters))) {
		struct waiter *waiter = GT__CONTAINER(node, struct waiter, node);
		if (gt__future_is_done(&waiter->future))
			continue;
		gt__future_set(&waiter->future, 0);
		return;
	}
}

/* Stand in line once. Returns 0 when woken, GT_ECANCELED. */
static int stand_in_line(struct gt_queue *queue, struct gt__node *line, uint16_t on, uint16_t why,
                         struct waiter *waiter)
{
	gt__future_init(&waiter->future, queue->object.loop, why);
	gt__list_append(line, &waiter->node);
	queue->n_waiters++;
	record_level(queue);
	int rc = gt__await(&waiter->future, &(struct gt__wait){
	                                            .on = on,
	                                            .object = queue->object.id,
	                                            .thing = &queue->object,
	                                    });
	queue->n_waiters--;
	if (gt__node_is_linked(&waiter->node))
		gt__node_unlink(&waiter->node);
	gt__future_fini(&waiter->future);
	return rc;
}

int gt_queue_put_nowait(struct gt_queue *queue, intptr_t item)
{
	if (is_full(queue))
		return GT_EFULL;
	if (queue->n == queue->cap && !grow(queue))
		return GT_ENOMEM;
	queue->items[(queue->first + queue->n++) & (queue->cap - 1)] = item;
	queue->unfinished++;
	wake_next(&queue->getters);
	record_level(queue);
	return 0;
}

int gt_queue_get_nowait(struct gt_queue *queue, intptr_t *item)
{
	if (!queue->n)
		return GT_EEMPTY;
	*item = queue->items[queue->first];
	queue->first = (queue->first + 1) & (queue->cap - 1);
	queue->n--;
	wake_next(&queue->putters);
	record_level(queue);
	return 0;
}

int gt_queue_put(struct gt_queue *queue, intptr_t item)
{
	while (is_full(queue)) {
		struct waiter waiter;
		int rc = stand_in_line(queue, &queue->putters, TRACE_ON_QUEUE_PUT, TRACE_WHY_GET,
		                       &waiter);
		if (!rc)
			continue;
		/* woken and cancelled at once: the place goes to the next in line */
		if (!is_full(queue) && waiter.future.state != GT__CANCELLED)
			wake_next(&queue->putters);
		record_level(queue);
		return rc;
	}
	return gt_queue_put_nowait(queue, item);
}

int gt_queue_get(struct gt_queue *queue, intptr_t *item)
{
	while (!queue->n) {
		struct waiter waiter;
		int rc = stand_in_line(queue, &queue->getters, TRACE_ON_QUEUE_GET, TRACE_WHY_PUT,
		                       &waiter);
		if (!rc)
			continue;
		if (queue->n && waiter.future.state != GT__CANCELLED)
			wake_next(&queue->getters);
		record_level(queue);
		return rc;
	}
	return gt_queue_get_nowait(queue, item);
}

int gt_queue_task_done(struct gt_queue *queue)
{
	if (!queue->unfinished)
		return gt__raise(GT_EVALUE, "ValueError", "task_done() called too many times");
	if (--queue->unfinished)
		return 0;
	/* Event.set: everybody who waits is woken, and stays in line until he runs */
	for (struct gt__node *n = queue->joiners.next; n != &queue->joiners; n = n->next) {
		struct waiter *waiter = GT__CONTAINER(n, struct waiter, node);
		if (!gt__future_is_done(&waiter->future))
			gt__future_set(&waiter->future, 0);
	}
	return 0;
}

int gt_queue_join(struct gt_queue *queue)
{
	if (!queue->unfinished)
		return 0;
	struct waiter waiter;
	int rc =
	        stand_in_line(queue, &queue->joiners, TRACE_ON_QUEUE_JOIN, TRACE_WHY_DONE, &waiter);
	record_level(queue);
	return rc;
}

size_t gt_queue_size(const struct gt_queue *queue)
{
	return queue->n;
}
