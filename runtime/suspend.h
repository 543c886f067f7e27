/* Suspending: the running task gives the thread up, and the next one has it. Inline into every primitive that waits:
 * the returns that follow a switch come back to callers that the processor's return predictor did not see call, so each level of
 * calls between the switch and the program costs a misprediction, which is more than all the work of the switch.
 */
#ifndef GANTTOP_RUNTIME_SUSPEND_H
#define GANTTOP_RUNTIME_SUSPEND_H

#include "runtime/state.h"
#include "runtime/turn.h"

#define GT__INLINE static inline __attribute__((always_inline))

/* gt__begin for a task that was cancelled, or whose wait gives a code. */
bool gt__begin_with_code(struct gt__loop *loop, struct gt_task *task);

/* The task has run its last step: put its stack back. where: not on that stack. */
void gt__bury(struct gt__loop *loop, struct gt_task *task);

GT__INLINE void gt__record_running(struct gt__loop *loop, const struct gt_task *task,
                                   bool stillborn)
{
	gt__record_same_instant(loop, (struct trace_record){.kind = TRACE_STATE,
	                                                    .id = task->id,
	                                                    .d = task->where,
	                                                    .arg = stillborn,
	                                                    .sub = TRACE_STATE_RUNNING});
}

/* The task becomes the one that runs. Returns false when its body will never run: it was cancelled before its first step, and
 * throwing into a coroutine that has not begun ends it. */
GT__INLINE bool gt__begin(struct gt__loop *loop, struct gt_task *task, bool is_recorded)
{
	loop->current = task;
	loop->acting = task->id;
	task->n_resumed++;
	if (__builtin_expect(task->must_cancel || task->cancel_woke || task->woke_badly, 0))
		return gt__begin_with_code(loop, task);
	task->resume_code = 0;
	task->waiter = NULL;
	if (is_recorded)
		gt__record_running(loop, task, false);
	return true;
}

/* To be called first by whoever gets the thread from a task: that one may have ended, and cannot free the stack it stands on. */
GT__INLINE void gt__take_over(struct gt__loop *loop)
{
	if (!loop->ended)
		return;
	gt__bury(loop, loop->ended);
	loop->ended = NULL;
}

/* Return the task to switch to, which has become the running one; NULL when the loop itself has to go on. */
GT__INLINE struct gt_task *gt__next_task(struct gt__loop *loop, bool is_recorded)
{
	for (;;) {
		struct gt__handle *handle = gt__take_task(loop, is_recorded);
		if (__builtin_expect(!handle, 0)) {
			loop->current = NULL;
			loop->acting = 0;
			return NULL;
		}
		struct gt_task *task = GT__CONTAINER(handle, struct gt_task, step);
		if (gt__begin(loop, task, is_recorded))
			return task;
		gt__bury(loop, task);
	}
}

GT__INLINE void gt__emit_waiting(struct gt__loop *loop, struct gt_task *task)
{
	const struct gt__wait *wait = &task->wait;
	gt__instant_begin(loop);
	task->where = gt__where(loop);
	uint16_t timed = wait->timed ? TRACE_TIMED : 0;
	uint64_t until_ns = wait->timed ? wait->until_ns : 0;
	gt__emit(loop, (struct trace_record){.kind = TRACE_STATE,
	                                     .id = task->id,
	                                     .a = wait->object,
	                                     .b = gt__low(until_ns),
	                                     .c = gt__high(until_ns),
	                                     .d = task->where,
	                                     .arg = (uint16_t)(wait->on | timed),
	                                     .sub = TRACE_STATE_WAITING});
}

/* The running task gives the thread up until its step is run again. */
GT__INLINE int gt__suspend(struct gt__loop *loop, struct gt_task *task, bool is_recorded)
{
	struct gt_site site = {NULL, 0};
	if (is_recorded)
		site = gt_site; /* others will note theirs */
	struct gt_task *next = gt__next_task(loop, is_recorded);
	if (next != task) {
		gt__coro_hop(task->on, &task->sp, next ? next->on : &loop->coro,
		             next ? next->sp : loop->coro.sp);
		gt__take_over(loop);
	}
	if (is_recorded) {
		gt_site = site;
		gt__instant_end(loop);
	}
	return task->resume_code;
}

/* The running task suspends until `future`, which is pending, makes it ready; its `wait` says why. */
GT__INLINE int gt__suspend_for(struct gt__loop *loop, struct gt_task *task,
                               struct gt_future *future, bool is_recorded)
{
	if (is_recorded)
		gt__emit_waiting(loop, task);
	task->waiter = future;
	if (__builtin_expect(task->must_cancel, 0) && gt__future_cancel(future)) {
		task->must_cancel = false;
		task->cancel_woke = true;
	}
	return gt__suspend(loop, task, is_recorded);
}

/* Wait for a future that is pending; `task` is the running one, and its `wait` says why. */
GT__INLINE int gt__await_pending(struct gt__loop *loop, struct gt_task *task,
                                 struct gt_future *future, bool is_recorded)
{
	gt__list_append(&future->callbacks, &task->step.node);
	return gt__suspend_for(loop, task, future, is_recorded);
}

#endif
