/* A line of tasks that wait for an object, each with a future in the frame of its call: what asyncio's locks, semaphores, events,
 * conditions and queues do with a deque of futures.
 */
#ifndef GANTTOP_RUNTIME_LINE_H
#define GANTTOP_RUNTIME_LINE_H

#include "runtime/future.h"
#include "runtime/suspend.h"

struct gt__waiter {
	struct gt__node node;
	struct gt_future future;
};

/* The head of a line is a struct gt__node, initialised with gt__list_init; its nodes are waiters, the first came first. A waiter
 * that was woken stays in the line until it runs, unless it is popped. */

/* Stand at the end of the line until woken. Returns 0 or GT_ECANCELED; the waiter is out of the line then, and its
 * future tells whether it had been woken all the same. `why`: what the wake is called in the recording. */
GT__INLINE int gt__line_wait(struct gt__node *line, struct gt__waiter *waiter,
                             struct gt__object *object, uint16_t on, uint16_t why)
{
	struct gt__loop *loop = object->loop;
	struct gt_task *task = loop->current;
	gt__future_begin(&waiter->future, loop, why);
	if (!task || loop != gt__loop)
		return GT_ENOLOOP;
	gt__list_append(line, &waiter->node);
	object->n_waiters++;
	gt__object_record_level(object);
	task->wait = (struct gt__wait){.on = on, .object = object->id, .thing = object};
	int rc = gt__await_pending(loop, task, &waiter->future);
	if (gt__node_is_linked(&waiter->node))
		gt__node_unlink(&waiter->node);
	object->n_waiters--;
	gt__future_end(&waiter->future);
	return rc;
}

/* Wake up to `n` of those that were neither woken nor cancelled. Returns how many. */
size_t gt__line_wake(struct gt__node *line, size_t n);

/* Take waiters out from the front until one of them could be woken. */
void gt__line_pop_and_wake(struct gt__node *line);

/* Whether anybody in the line has not been cancelled. */
bool gt__line_is_alive(const struct gt__node *line);

/* Whether a waiter that was cancelled had been woken before. */
static inline bool gt__waiter_was_woken(const struct gt__waiter *waiter)
{
	return waiter->future.state == GT__RESULT;
}

#endif
