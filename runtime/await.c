/* Waiting for one task or future: gt_await, gt_wait_for, gt_shield.
 *
 * source: Future.__await__; wait_for, _cancel_and_wait and shield of Lib/asyncio/tasks.py (3.11, whose wait_for is
 * built on a waiter and callbacks; 3.12 rewrote it). The callbacks live in the frame of the call: leaving it takes them back.
 */
#include "runtime/awaitable.h"
#include "runtime/handle.h"
#include "runtime/run_queue.h"
#include "runtime/scope.h"
#include "runtime/suspend.h"
#include "runtime/task_life.h"

#undef gt_await
#undef gt_await_value
#undef gt_join
#undef gt_wait_for
#undef gt_shield
#undef gt_future_wait_for
#undef gt_future_shield

static void give_value(const struct gt_task *task, int rc, intptr_t *value)
{
	if (!rc && value)
		*value = task->future.value;
}

/* gt__await of a task, inline for the case that it is still at work. */
GT__INLINE int await_end(struct gt_task *task)
{
	struct gt__loop *loop = gt__loop;
	struct gt_task *self = loop ? loop->current : NULL;
	struct gt_future *end = &task->future;
	if (!self || self == task || gt__future_is_done(end) || end->self_awaited)
		return gt__await(end, &(struct gt__wait){.on = TRACE_ON_TASK,
		                                         .object = task->id,
		                                         .task = task});
	self->wait.on = TRACE_ON_TASK;
	self->wait.timed = false;
	self->wait.object = task->id;
	self->wait.thing = NULL;
	self->wait.task = task;
	return gt__await_pending(loop, self, end, gt__is_recording(loop));
}

/* Who waits for a task holds it: the other references may be given back meanwhile. */
GT__INLINE int await_value(struct gt_task *task, intptr_t *value)
{
	gt__task_ref(task);
	int rc = await_end(task);
	give_value(task, rc, value);
	gt__task_unref(task);
	return rc;
}

GT__INLINE int await_and_give_back(struct gt_task *task)
{
	gt__task_ref(task);
	int rc = await_end(task);
	gt__task_give_back(task, "gt_release");
	gt__task_unref(task);
	return rc;
}

static GT__RETURNS_BY_JUMP int wait_for_value(struct gt_task *task, intptr_t *value)
{
	return await_value(task, value);
}

static GT__RETURNS_BY_JUMP int wait_and_give_back(struct gt_task *task)
{
	return await_and_give_back(task);
}

int gt_await_value(struct gt_task *task, intptr_t *value)
{
	int refused = gt__check_task(task, __func__);
	if (refused)
		return refused;
	return gt__task_is_done(task) ? await_value(task, value) : wait_for_value(task, value);
}

int gt_await(struct gt_task *task)
{
	int refused = gt__check_task(task, __func__);
	if (refused)
		return refused;
	return gt__task_is_done(task) ? await_value(task, NULL) : wait_for_value(task, NULL);
}

int gt_join(struct gt_task *task)
{
	int refused = gt__check_task(task, __func__);
	if (refused)
		return refused;
	return gt__task_is_done(task) ? await_and_give_back(task) : wait_and_give_back(task);
}

/* ---- wait_for ---- */

/* A future in the frame of a call, set by the end of another one or by an alarm, whichever is first. */
struct waiter {
	struct gt_future future;
	struct gt__handle by_end;
	struct gt__alarm by_alarm;
};

static void release_waiter(struct waiter *waiter, enum trace_why why)
{
	if (gt__future_is_done(&waiter->future))
		return;
	waiter->future.why = (uint8_t)why;
	gt__future_set(&waiter->future, 0);
}

static void release_by_end(struct gt__loop *loop, struct gt__handle *handle)
{
	(void)loop;
	release_waiter(GT__CONTAINER(handle, struct waiter, by_end), TRACE_WHY_DONE);
}

static void release_by_alarm(struct gt__loop *loop, struct gt__handle *handle)
{
	(void)loop;
	struct gt__alarm *alarm = GT__CONTAINER(handle, struct gt__alarm, handle);
	release_waiter(GT__CONTAINER(alarm, struct waiter, by_alarm), TRACE_WHY_TIMER);
}

static void waiter_init(struct waiter *waiter, struct gt__loop *loop)
{
	gt__future_init(&waiter->future, loop, TRACE_WHY_DONE);
	waiter->by_end = (struct gt__handle){.run = release_by_end};
}

static void waiter_fini(struct waiter *waiter)
{
	gt__handle_cancel(waiter->future.loop, &waiter->by_end);
	gt__future_fini(&waiter->future);
}

static int cancel_and_wait(struct gt__loop *loop, struct gt_future *end)
{
	struct waiter waiter;
	struct gt__wait wait = gt__awaitable_wait(end, TRACE_ON_WAIT_FOR);
	waiter_init(&waiter, loop);
	gt__future_add_callback(end, &waiter.by_end);
	gt__future_cancel(end);
	int rc = gt__await(&waiter.future, &wait);
	waiter_fini(&waiter);
	return rc;
}

/* What a task that was cancelled for being late gives. */
static int late_result(struct gt__loop *loop, struct gt_future *end)
{
	if (end->state == GT__CANCELLED)
		return gt__raise(GT_ETIMEDOUT, "TimeoutError", "%s", "");
	return gt__take(loop, end);
}

static int cancel_late(struct gt__loop *loop, struct gt_future *end)
{
	int rc = cancel_and_wait(loop, end);
	return rc ? rc : late_result(loop, end);
}

static int wait_within(struct gt__loop *loop, struct gt_future *end, uint64_t ns)
{
	struct waiter waiter;
	struct gt__wait wait = gt__awaitable_wait(end, TRACE_ON_WAIT_FOR);
	wait.timed = true;
	wait.until_ns = gt__deadline(loop, ns);
	waiter_init(&waiter, loop);
	int rc = gt__alarm_start(loop, &waiter.by_alarm, wait.until_ns, release_by_alarm);
	if (rc)
		return rc;
	gt__future_add_callback(end, &waiter.by_end);
	rc = gt__await(&waiter.future, &wait);
	if (gt__future_is_done(end)) {
		rc = gt__take(loop, end);
	} else {
		gt__handle_cancel(loop, &waiter.by_end);
		if (rc) {
			int again = cancel_and_wait(loop, end);
			rc = again ? again : rc;
		} else {
			rc = cancel_late(loop, end);
		}
	}
	gt__alarm_stop(loop, &waiter.by_alarm);
	waiter_fini(&waiter);
	return rc;
}

static int wait_for(struct gt_future *end, uint64_t ns, intptr_t *value)
{
	struct gt__loop *loop = gt__loop;
	if (!loop->current)
		return GT_ENOLOOP;
	int rc;
	gt__awaitable_enter(end);
	if (ns == GT_FOREVER) {
		struct gt__wait wait = gt__awaitable_wait(end, TRACE_ON_TASK);
		rc = gt__await(end, &wait);
	} else if (ns) {
		rc = wait_within(loop, end, ns);
	} else if (gt__future_is_done(end)) {
		rc = gt__take(loop, end);
	} else {
		rc = cancel_late(loop, end);
	}
	if (!rc && value)
		*value = end->value;
	gt__awaitable_leave(end);
	return rc;
}

int gt_wait_for(struct gt_task *task, uint64_t ns, intptr_t *value)
{
	int refused = gt__check_task(task, __func__);
	return refused ? refused : wait_for(&task->future, ns, value);
}

int gt_future_wait_for(struct gt_future *future, uint64_t ns, intptr_t *value)
{
	int refused = gt__check_future(future, __func__);
	return refused ? refused : wait_for(future, ns, value);
}

/* ---- shield ---- */

struct shield {
	struct gt_future outer;
	struct gt__handle inner_done;
	struct gt_future *inner;
	struct gt_task *owner;
};

static void pass_on(struct gt__loop *loop, struct gt__handle *handle)
{
	(void)loop;
	struct shield *shield = GT__CONTAINER(handle, struct shield, inner_done);
	shield->inner->retrieved = true;
	if (!gt__future_is_done(&shield->outer))
		gt__future_copy(&shield->outer, shield->inner);
}

/* A cancellation stops here: the waiter gets it, what is shielded does not. */
static bool cancel_outer(struct gt_future *future)
{
	struct shield *shield = (struct shield *)(void *)future;
	const struct gt_task *inner = gt__task_of(shield->inner);
	if (gt__future_is_done(future))
		return false;
	if (inner)
		gt__record(future->loop, (struct trace_record){.kind = TRACE_CANCEL,
		                                               .id = inner->id,
		                                               .a = shield->owner->id,
		                                               .sub = TRACE_CANCEL_SHIELDED});
	gt__future_resolve(future, GT__CANCELLED, 0, GT_ECANCELED, NULL);
	return true;
}

static int wait_shielded(struct gt__loop *loop, struct gt_future *end)
{
	struct shield shield = {.inner = end, .owner = loop->current};
	struct gt__wait wait = gt__awaitable_wait(end, TRACE_ON_SHIELD);
	uint32_t scope = gt__scope_open(loop, TRACE_SCOPE_SHIELD, UINT64_MAX);
	gt__future_init(&shield.outer, loop, TRACE_WHY_DONE);
	shield.outer.cancel = cancel_outer;
	shield.inner_done = (struct gt__handle){.run = pass_on};
	gt__future_add_callback(end, &shield.inner_done);
	int rc = gt__await(&shield.outer, &wait);
	gt__handle_cancel(loop, &shield.inner_done);
	gt__future_fini(&shield.outer);
	gt__scope_close(loop, TRACE_SCOPE_SHIELD, scope);
	return rc;
}

static int shield(struct gt_future *end, intptr_t *value)
{
	struct gt__loop *loop = gt__loop;
	if (!loop->current)
		return GT_ENOLOOP;
	gt__awaitable_enter(end);
	int rc = gt__future_is_done(end) ? gt__take(loop, end) : wait_shielded(loop, end);
	if (!rc && value)
		*value = end->value;
	gt__awaitable_leave(end);
	return rc;
}

int gt_shield(struct gt_task *task, intptr_t *value)
{
	int refused = gt__check_task(task, __func__);
	return refused ? refused : shield(&task->future, value);
}

int gt_future_shield(struct gt_future *future, intptr_t *value)
{
	int refused = gt__check_future(future, __func__);
	return refused ? refused : shield(future, value);
}
