/* Queues.
 *
 * source: asyncio.Queue and its two kin of Lib/asyncio/queues.py (3.11). Nothing is handed over: a woken getter looks again, and
 * waits again when somebody was faster.
 */
#include <stdlib.h>

#include "runtime/handle.h"
#include "runtime/items.h"
#include "runtime/line.h"

#undef gt_queue_create
#undef gt_lifo_create
#undef gt_prio_create
#undef gt_queue_put
#undef gt_queue_get
#undef gt_queue_join

struct gt_queue {
	struct gt__object object; /* first */
	struct gt__items items;
	size_t capacity;   /* 0: unbounded */
	size_t unfinished; /* put in and not yet said to be done */
	struct gt__node getters, putters, joiners;
};

static void destroy(struct gt__object *object)
{
	struct gt_queue *queue = (struct gt_queue *)(void *)object;
	gt__object_fini(object);
	gt__items_fini(&queue->items);
	free(queue);
}

static struct gt_queue *create(const char *name, size_t capacity, uint8_t object_kind,
                               enum gt__items_kind kind)
{
	struct gt_queue *queue = gt__loop ? calloc(1, sizeof *queue) : NULL;
	if (!queue)
		return NULL;
	queue->items.kind = kind;
	if (capacity > INT64_MAX)
		capacity = 0; /* a negative number, unbounded as in Python */
	queue->capacity = capacity;
	gt__list_init(&queue->getters);
	gt__list_init(&queue->putters);
	gt__list_init(&queue->joiners);
	gt__object_init(&queue->object, object_kind, name, (int64_t)capacity, destroy);
	gt__object_record_level(&queue->object);
	return queue;
}

struct gt_queue *gt_queue_create(const char *name, size_t capacity)
{
	return create(name, capacity, TRACE_OBJECT_QUEUE, GT__ITEMS_FIFO);
}

struct gt_queue *gt_lifo_create(const char *name, size_t capacity)
{
	return create(name, capacity, TRACE_OBJECT_LIFO_QUEUE, GT__ITEMS_LIFO);
}

struct gt_queue *gt_prio_create(const char *name, size_t capacity)
{
	return create(name, capacity, TRACE_OBJECT_PRIORITY_QUEUE, GT__ITEMS_PRIORITY);
}

int gt_queue_destroy(struct gt_queue *queue)
{
	return gt__object_destroy(queue ? &queue->object : NULL, __func__);
}

/* An item that is a small number is told; a pointer says nothing to anybody. */
GT__INLINE void emit_level(struct gt_queue *queue, enum trace_item_op what, intptr_t item)
{
	struct gt__object *object = &queue->object;
	bool is_told = item == (int32_t)item;
	gt__emit(object->loop, (struct trace_record){.kind = TRACE_LEVEL,
	                                             .id = object->id,
	                                             .a = (uint32_t)object->n_waiters,
	                                             .b = gt__low((uint64_t)object->level),
	                                             .c = gt__high((uint64_t)object->level),
	                                             .d = is_told ? (uint32_t)(int32_t)item : 0,
	                                             .sub = is_told ? (uint8_t)what : 0});
}

static bool is_full(const struct gt_queue *queue)
{
	return queue->capacity && queue->items.n >= queue->capacity;
}

/* What follows is made twice, for a run that is recorded and for one that is not. The parts that do not wait stand apart from those that do: they need
 * no frame of their own to come here. */

GT__INLINE int put(struct gt_queue *queue, intptr_t item, bool is_recorded)
{
	struct gt__object *object = &queue->object;
	if (!gt__items_put(&queue->items, item))
		return gt__bare(GT_ENOMEM);
	queue->unfinished++;
	object->level = (int64_t)queue->items.n;
	if (is_recorded)
		gt__instant_begin(object->loop);
	gt__line_pop_and_wake(&queue->getters, is_recorded);
	if (is_recorded) {
		emit_level(queue, TRACE_ITEM_PUT, item);
		gt__instant_end(object->loop);
	}
	return 0;
}

static __attribute__((noinline)) int put_recorded(struct gt_queue *queue, intptr_t item)
{
	return put(queue, item, true);
}

static __attribute__((noinline)) int put_unrecorded(struct gt_queue *queue, intptr_t item)
{
	return put(queue, item, false);
}

static int put_now(struct gt_queue *queue, intptr_t item)
{
	return gt__is_recording(queue->object.loop) ? put_recorded(queue, item)
	                                            : put_unrecorded(queue, item);
}

GT__INLINE int get(struct gt_queue *queue, intptr_t *item, bool is_recorded)
{
	struct gt__object *object = &queue->object;
	intptr_t taken = gt__items_take(&queue->items);
	if (item)
		*item = taken;
	object->level = (int64_t)queue->items.n;
	if (is_recorded)
		gt__instant_begin(object->loop);
	gt__line_pop_and_wake(&queue->putters, is_recorded);
	if (is_recorded) {
		emit_level(queue, TRACE_ITEM_TAKEN, taken);
		gt__instant_end(object->loop);
	}
	return 0;
}

static __attribute__((noinline)) int get_recorded(struct gt_queue *queue, intptr_t *item)
{
	return get(queue, item, true);
}

static __attribute__((noinline)) int get_unrecorded(struct gt_queue *queue, intptr_t *item)
{
	return get(queue, item, false);
}

static int get_now(struct gt_queue *queue, intptr_t *item)
{
	return gt__is_recording(queue->object.loop) ? get_recorded(queue, item)
	                                            : get_unrecorded(queue, item);
}

int gt_queue_put_nowait(struct gt_queue *queue, intptr_t item)
{
	int refused = gt__check_object(queue, __func__);
	if (refused)
		return refused;
	if (is_full(queue))
		return gt__raise(GT_EFULL, "QueueFull", "%s", "");
	return put_now(queue, item);
}

int gt_queue_get_nowait(struct gt_queue *queue, intptr_t *item)
{
	int refused = gt__check_object(queue, __func__);
	if (refused)
		return refused;
	if (!queue->items.n)
		return gt__raise(GT_EEMPTY, "QueueEmpty", "%s", "");
	return get_now(queue, item);
}

/* A wait was cancelled. If the waiter had been woken, and what it was woken for is still there, the next in line is to have it. */
static void hand_on(struct gt_queue *queue, struct gt__node *line, bool is_there)
{
	if (is_there && gt__line_was_woken(&queue->object))
		gt__line_pop_and_wake(line, gt__is_recording(queue->object.loop));
	gt__object_record_level(&queue->object);
}

GT__INLINE int wait_and_put(struct gt_queue *queue, intptr_t item, bool is_recorded)
{
	do {
		int rc = gt__line_wait(&queue->putters, &queue->object, TRACE_ON_QUEUE_PUT,
		                       TRACE_WHY_GET, is_recorded);
		if (rc) {
			hand_on(queue, &queue->putters, !is_full(queue));
			return rc;
		}
	} while (is_full(queue));
	if (is_recorded)
		gt__instant_go_on(queue->object.loop);
	return put(queue, item, is_recorded);
}

static GT__RETURNS_BY_JUMP int wait_and_put_recorded(struct gt_queue *queue, intptr_t item)
{
	return wait_and_put(queue, item, true);
}

static GT__RETURNS_BY_JUMP int wait_and_put_unrecorded(struct gt_queue *queue, intptr_t item)
{
	return wait_and_put(queue, item, false);
}

int gt_queue_put(struct gt_queue *queue, intptr_t item)
{
	int refused = gt__check_object(queue, __func__);
	if (refused)
		return refused;
	if (!is_full(queue))
		return put_now(queue, item);
	return gt__is_recording(queue->object.loop) ? wait_and_put_recorded(queue, item)
	                                            : wait_and_put_unrecorded(queue, item);
}

GT__INLINE int wait_and_get(struct gt_queue *queue, intptr_t *item, bool is_recorded)
{
	do {
		int rc = gt__line_wait(&queue->getters, &queue->object, TRACE_ON_QUEUE_GET,
		                       TRACE_WHY_PUT, is_recorded);
		if (rc) {
			hand_on(queue, &queue->getters, queue->items.n);
			return rc;
		}
	} while (!queue->items.n);
	if (is_recorded)
		gt__instant_go_on(queue->object.loop);
	return get(queue, item, is_recorded);
}

static GT__RETURNS_BY_JUMP int wait_and_get_recorded(struct gt_queue *queue, intptr_t *item)
{
	return wait_and_get(queue, item, true);
}

static GT__RETURNS_BY_JUMP int wait_and_get_unrecorded(struct gt_queue *queue, intptr_t *item)
{
	return wait_and_get(queue, item, false);
}

int gt_queue_get(struct gt_queue *queue, intptr_t *item)
{
	int refused = gt__check_object(queue, __func__);
	if (refused)
		return refused;
	if (queue->items.n)
		return get_now(queue, item);
	return gt__is_recording(queue->object.loop) ? wait_and_get_recorded(queue, item)
	                                            : wait_and_get_unrecorded(queue, item);
}

int gt_queue_task_done(struct gt_queue *queue)
{
	int refused = gt__check_object(queue, __func__);
	if (refused)
		return refused;
	if (!queue->unfinished)
		return gt__raise(GT_EVALUE, "ValueError", "task_done() called too many times");
	if (!--queue->unfinished)
		gt__line_wake(&queue->joiners, SIZE_MAX);
	return 0;
}

int gt_queue_join(struct gt_queue *queue)
{
	int refused = gt__check_object(queue, __func__);
	if (refused)
		return refused;
	if (!queue->unfinished)
		return 0;
	int rc = gt__line_wait(&queue->joiners, &queue->object, TRACE_ON_QUEUE_JOIN, TRACE_WHY_DONE,
	                       gt__is_recording(queue->object.loop));
	gt__object_record_level(&queue->object);
	return rc;
}

size_t gt_queue_size(const struct gt_queue *queue)
{
	if (gt__check_object(queue, __func__))
		return 0;
	return queue->items.n;
}

size_t gt_queue_capacity(const struct gt_queue *queue)
{
	if (gt__check_object(queue, __func__))
		return 0;
	return queue->capacity;
}

bool gt_queue_is_empty(const struct gt_queue *queue)
{
	if (gt__check_object(queue, __func__))
		return false;
	return !queue->items.n;
}

bool gt_queue_is_full(const struct gt_queue *queue)
{
	if (gt__check_object(queue, __func__))
		return false;
	return is_full(queue);
}
