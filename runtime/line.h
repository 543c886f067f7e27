/* A line of tasks that wait for an object: what asyncio's locks, semaphores, events, conditions and queues do with a deque of futures. A
 * task waits in one line at a time, so its place in a line, with the future, is a part of the task.
 */
#ifndef GANTTOP_RUNTIME_LINE_H
#define GANTTOP_RUNTIME_LINE_H

#include "runtime/run_queue.h"
#include "runtime/suspend.h"

/* The head of a line is a struct gt__node, initialised with gt__list_init; its nodes are waiters, the first came first. A waiter
 * that was woken stays in the line until it runs, unless it is popped. */

/* Prepare the place in a line of a new task, whose memory has been cleared. */
void gt__waiter_init(struct gt__waiter *waiter, struct gt__loop *loop);

static inline struct gt__waiter *gt__waiter_at(const struct gt__node *node)
{
	return GT__CONTAINER(node, struct gt__waiter, node);
}

/* Whether he was neither woken nor cancelled. */
static inline bool gt__waiter_waits(const struct gt__waiter *waiter)
{
	return waiter->future.state == GT__PENDING;
}

/* Wake one who waits; he stays in the line. `is_recorded`, here and below: gt__is_recording. */
static inline void gt__waiter_wake(struct gt__waiter *waiter, bool is_recorded)
{
	struct gt_task *task = GT__CONTAINER(waiter, struct gt_task, in_line);
	struct gt__loop *loop = waiter->future.loop;
	uint16_t why = waiter->future.why;
	waiter->future.state = GT__RESULT;
	gt__enqueue(loop, &task->step, why);
	if (is_recorded)
		gt__record_ready(loop, task, why);
}

/* Stand at the end of the line until woken. Returns 0 or GT_ECANCELED; the waiter is out of the line then, and
 * gt__line_was_woken tells whether it had been woken all the same. `why`: what the wake is called in the recording. */
GT__INLINE int gt__line_wait(struct gt__node *line, struct gt__object *object, uint16_t on,
                             enum trace_why why, bool is_recorded)
{
	struct gt__loop *loop = object->loop;
	struct gt_task *task = loop->current;
	if (!task || loop != gt__loop)
		return GT_ENOLOOP;
	struct gt__waiter *waiter = &task->in_line;
	waiter->future.state = GT__PENDING;
	waiter->future.why = (uint8_t)why;
	gt__list_append(line, &waiter->node);
	object->n_waiters++;
	if (is_recorded) {
		gt__instant_begin(loop);
		gt__object_emit_level(object);
	}
	task->wait.on = on;
	task->wait.timed = false;
	task->wait.object = object->id;
	task->wait.thing = object;
	int rc = gt__suspend_for(loop, task, &waiter->future, is_recorded);
	if (gt__node_is_linked(&waiter->node))
		gt__node_unlink(&waiter->node);
	object->n_waiters--;
	return rc;
}

/* After a wait for `object` that ended with a code: whether the running task had been woken before it was cancelled. */
static inline bool gt__line_was_woken(const struct gt__object *object)
{
	const struct gt_task *task = object->loop->current;
	return task && task->in_line.future.state == GT__RESULT;
}

/* Wake up to `n` of those that were neither woken nor cancelled. Returns how many. */
size_t gt__line_wake(struct gt__node *line, size_t n);

/* Take waiters out from the front until one of them could be woken. */
static inline void gt__line_pop_and_wake(struct gt__node *line, bool is_recorded)
{
	struct gt__node *node;
	while ((node = gt__list_pop(line))) {
		if (!gt__waiter_waits(gt__waiter_at(node)))
			continue;
		gt__waiter_wake(gt__waiter_at(node), is_recorded);
		return;
	}
}

/* Whether anybody in the line has not been cancelled. */
bool gt__line_is_alive(const struct gt__node *line);

#endif
