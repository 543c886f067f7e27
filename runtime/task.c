/* Tasks: a coroutine that the loop steps, and that is a future for its own end.
 *
 * source: Task.__step and Task.cancel of Lib/asyncio/tasks.py. Invariant: a task that is not done has its step in
 * exactly one place: in the ready queue (READY), among the callbacks of its waiter (WAITING), or it is the
 * loop's current task (RUNNING). The recording says which at every moment.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/future.h"
#include "runtime/handle.h"
#include "runtime/loop.h"
#include "runtime/state.h"
#include "runtime/suspend.h"
#include "runtime/task_life.h"
#include "runtime/text.h"

#undef gt_cancel
#undef gt_return
#undef gt_return_text

struct gt_task *gt__task_of(struct gt_future *future)
{
	return future->cancel == gt__task_cancel ? (struct gt_task *)(void *)future : NULL;
}

/* ---- Ending ---- */

static uint32_t value_text(struct gt__loop *loop, const struct gt_task *task)
{
	char text[512];
	const char *value = "";
	const struct gt_future *f = &task->future;
	if (f->state == GT__RESULT) {
		value = gt__task_text(task);
	} else if (f->state == GT__FAILED && f->error) {
		gt__error_say(f->error, text, sizeof text);
		value = text;
	} else if (f->state == GT__FAILED) {
		value = gt_strerror(f->code);
	}
	return *value ? trace_pen_string(&loop->pen, value, strlen(value)) : 0;
}

static void record_cancel(struct gt_task *task, uint32_t by, uint8_t phase, uint32_t where)
{
	gt__record(task->future.loop, (struct trace_record){.kind = TRACE_CANCEL,
	                                                    .id = task->id,
	                                                    .a = by,
	                                                    .d = where,
	                                                    .sub = phase});
}

static void record_done(struct gt_task *task)
{
	static const uint16_t outcomes[] = {
	        [GT__RESULT] = TRACE_OUTCOME_RESULT,
	        [GT__FAILED] = TRACE_OUTCOME_ERROR,
	        [GT__CANCELLED] = TRACE_OUTCOME_CANCELLED,
	};
	struct gt__loop *loop = task->future.loop;
	if (task->future.has_rest && task->rest.n_delivered && task->future.state == GT__RESULT)
		record_cancel(task, task->rest.cancelled_by, TRACE_CANCEL_SWALLOWED, 0);
	uint32_t value = value_text(loop, task);
	gt__record(loop, (struct trace_record){.kind = TRACE_STATE,
	                                       .id = task->id,
	                                       .a = value,
	                                       .d = task->where,
	                                       .arg = outcomes[task->future.state],
	                                       .sub = TRACE_STATE_DONE});
}

struct gt_error *gt__own_error(const struct gt_task *task, int code)
{
	if (task->rest.error && task->rest.error->code == code)
		return gt__error_retain(task->rest.error);
	return gt__error_make(code, "error", "%s", gt_strerror(code));
}

/* The body has returned an error, or the task was cancelled; DONE stands in the recording before those whom it wakes. */
static void finish_badly(struct gt_task *task, int code)
{
	struct gt_future *end = &task->future;
	bool cancelled = !code || code == GT_ECANCELED;
	end->state = cancelled ? GT__CANCELLED : GT__FAILED;
	end->code = cancelled ? GT_ECANCELED : code;
	if (cancelled)
		task->must_cancel = false;
	else
		end->error = gt__own_error(task, code);
	if (gt__is_recording(task->future.loop))
		record_done(task);
	gt__future_resolve(end, end->state, 0, end->code, end->error);
}

/* The body has returned `code` (or will never run, cancelled before its first step). */
static void finish(struct gt_task *task, int code)
{
	gt__instant_begin(task->future.loop);
	if (__builtin_expect(code || task->must_cancel, 0)) {
		finish_badly(task, code);
		return;
	}
	task->future.state = GT__RESULT;
	if (gt__is_recording(task->future.loop))
		record_done(task);
	gt__future_settle(&task->future, task->future.value);
}

/* ---- Stepping ---- */

/* What the wait will return, as Task.__wakeup and Task.__step decide it. */
static int resume_code(struct gt_task *task)
{
	int code = 0;
	if (task->waiter)
		code = gt__take(task->future.loop, task->waiter);
	if (task->must_cancel) {
		task->must_cancel = false;
		code = gt__bare(GT_ECANCELED);
	}
	return code;
}

bool gt__begin_with_code(struct gt__loop *loop, struct gt_task *task)
{
	bool asked = task->must_cancel || task->cancel_woke;
	task->resume_code = resume_code(task);
	task->waiter = NULL;
	task->cancel_woke = false;
	task->woke_badly = false;
	bool stillborn = !task->started && task->resume_code && !task->rest.begins_cancelled;
	task->started = true;
	gt__record_running(loop, task, stillborn);
	if (task->resume_code == GT_ECANCELED && asked) {
		gt__rest(task)->n_delivered++;
		record_cancel(task, task->rest.cancelled_by, TRACE_CANCEL_DELIVERED, task->where);
	}
	if (stillborn) {
		gt_site = (struct gt_site){NULL, 0};
		finish(task, task->resume_code);
	}
	return !stillborn;
}

/* A task's turn, given by the loop. Tasks hand the thread to each other after that; it comes back here when the loop is needed. */
void gt__task_step(struct gt__loop *loop, struct gt__handle *handle)
{
	struct gt_task *task = GT__CONTAINER(handle, struct gt_task, step);
	if (gt__begin(loop, task, gt__is_recording(loop)))
		gt__coro_hop(&loop->coro, &loop->coro.sp, task->on, task->sp);
	else
		gt__bury(loop, task);
	loop->current = NULL;
	gt__take_over(loop);
	gt__instant_end(loop);
}

/* The first frame of every task. */
void gt__task_entry(void)
{
	gt__coro_entered();
	struct gt__loop *loop = gt__loop;
	gt__take_over(loop);
	gt__instant_end(loop);
	struct gt_task *task = loop->current;
	task->started = true;
	gt_site = (struct gt_site){NULL, 0}; /* it stands nowhere yet */
	finish(task, task->body(task->arg));
	struct gt_task *next = gt__next_task(loop, gt__is_recording(loop));
	loop->ended = task;
	gt__coro_leave(&task->coro, next ? next->on : &loop->coro, next ? next->sp : loop->coro.sp);
	abort(); /* nobody switches to a finished task */
}

GT__INLINE int yield(struct gt__loop *loop, bool is_recorded)
{
	struct gt_task *task = loop->current;
	gt__enqueue(loop, &task->step, TRACE_WHY_YIELD);
	if (is_recorded) {
		gt__instant_begin(loop);
		task->where = gt__where(loop);
		gt__emit(loop, (struct trace_record){.kind = TRACE_STATE,
		                                     .id = task->id,
		                                     .b = task->id,
		                                     .d = task->where,
		                                     .arg = TRACE_WHY_YIELD,
		                                     .sub = TRACE_STATE_READY});
	}
	return gt__suspend(loop, task, is_recorded);
}

static GT__RETURNS_BY_JUMP int yield_recorded(struct gt__loop *loop)
{
	return yield(loop, true);
}

static GT__RETURNS_BY_JUMP int yield_unrecorded(struct gt__loop *loop)
{
	return yield(loop, false);
}

int gt__yield(struct gt__loop *loop)
{
	return gt__is_recording(loop) ? yield_recorded(loop) : yield_unrecorded(loop);
}

/* A task that awaits itself has the error thrown in at its next step. CPython leaves the future marked as being awaited then, and refuses
 * every await that comes after.
 * source: self_await in task_step_impl, FutureIter_am_send of Modules/_asynciomodule.c. */
static int refuse_await(struct gt__loop *loop, struct gt_future *future)
{
	struct gt_task *task = loop->current;
	if (future->self_awaited)
		return gt__raise(GT_ESTATE, "RuntimeError", "await wasn't used with future");
	future->self_awaited = true;
	int rc = gt__yield(loop);
	if (!rc)
		rc = gt__raise(GT_ESELF, "RuntimeError", "Task cannot await on itself");
	task->resume_code = rc;
	return rc;
}

GT__RETURNS_BY_JUMP int gt__await(struct gt_future *future, const struct gt__wait *wait)
{
	struct gt__loop *loop = gt__loop;
	if (!loop || !loop->current)
		return GT_ENOLOOP;
	struct gt_task *task = loop->current;
	if (gt__future_is_done(future))
		return gt__take(loop, future);
	if (future == &task->future || future->self_awaited)
		return refuse_await(loop, future);
	task->wait = *wait;
	return gt__await_pending(loop, task, future, gt__is_recording(loop));
}

/* ---- Cancelling ---- */

/* The task that `task` waits for directly, NULL if it does not wait for one that is not done. */
static struct gt_task *awaited(const struct gt_task *task)
{
	struct gt_task *next = task->waiter ? gt__task_of(task->waiter) : NULL;
	return next && !gt__task_is_done(next) ? next : NULL;
}

static void request_cancel(struct gt_task *task)
{
	struct gt__loop *loop = task->future.loop;
	gt__rest(task)->n_cancels++;
	task->rest.cancelled_by = loop->acting;
	record_cancel(task, loop->acting, TRACE_CANCEL_REQUESTED, gt__where(loop));
	task->cancel_woke = true;
}

/* Ask the task and those that it waits for, one by one, and what the last of them waits for. `*last` is that one. Returns whether the
 * request found an end. */
static bool cancel_chain(struct gt_task *first, struct gt_task **last)
{
	struct gt__loop *loop = first->future.loop;
	for (struct gt_task *t = first; t; t = awaited(t)) {
		if (t->rest.in_cancel) {
			loop->cancels_in_circle = true;
			return false;
		}
		gt__rest(t)->in_cancel = true;
		request_cancel(t);
		*last = t;
	}
	if ((*last)->waiter && gt__future_cancel((*last)->waiter))
		return true;
	if (loop->cancels_in_circle)
		return false;
	(*last)->must_cancel = true;
	return true;
}

/* A request goes along the chain of awaits to its end, without recursion: chains may be longer than a stack is deep. Tasks on the way
 * are marked; coming to one again (perhaps through a gather) means that they wait for each other and nobody can be woken. CPython
 * recurses until RecursionError there, and cancels nobody either. */
bool gt__task_cancel(struct gt_future *future)
{
	struct gt_task *first = (struct gt_task *)(void *)future, *last = NULL;
	struct gt__loop *loop = future->loop;
	if (gt__future_is_done(future))
		return false;
	if (!loop->n_cancelling++)
		loop->cancels_in_circle = false;
	bool taken = cancel_chain(first, &last);
	for (struct gt_task *t = first; last; t = awaited(t)) {
		t->rest.in_cancel = false;
		if (t == last)
			break;
	}
	loop->n_cancelling--;
	return taken;
}

bool gt_cancel(struct gt_task *task)
{
	if (gt__check_task(task, __func__))
		return false;
	bool taken = gt__task_cancel(&task->future);
	if (!taken && !gt__task_is_done(task))
		(void)gt__raise(GT_ESTATE, "RecursionError",
		                "tasks wait for each other in a circle");
	return taken;
}

unsigned gt_uncancel(struct gt_task *task)
{
	if (gt__check_task(task, __func__))
		return 0;
	if (task->rest.n_cancels)
		task->rest.n_cancels--;
	if (task->rest.n_delivered)
		task->rest.n_delivered--; /* answered, not swallowed */
	return task->rest.n_cancels;
}

struct gt_resumed gt_resumed(void)
{
	const struct gt_task *task = gt_self();
	return task ? (struct gt_resumed){task->n_resumed, task->resume_code}
	            : (struct gt_resumed){0, 0};
}

unsigned gt_cancelling(const struct gt_task *task)
{
	if (gt__check_task(task, __func__))
		return 0;
	return task->rest.n_cancels;
}

/* ---- Asking ---- */

struct gt_task *gt__task_find(struct gt__loop *loop, uint32_t id)
{
	for (struct gt__node *n = loop->tasks.next; n != &loop->tasks; n = n->next) {
		struct gt_task *task = GT__CONTAINER(n, struct gt_task, in_loop);
		if (task->id == id)
			return task;
	}
	return NULL;
}

bool gt_is_done(const struct gt_task *task)
{
	if (gt__check_task(task, __func__))
		return false;
	return gt__task_is_done(task);
}

bool gt_is_cancelled(const struct gt_task *task)
{
	if (gt__check_task(task, __func__))
		return false;
	return task->future.state == GT__CANCELLED;
}

struct gt_task *gt_self(void)
{
	return gt__loop ? gt__loop->current : NULL;
}

const struct gt_error *gt_task_error(const struct gt_task *task)
{
	if (gt__check_task(task, __func__))
		return NULL;
	((struct gt_task *)(uintptr_t)task)->future.retrieved = true;
	return task->future.error;
}

const char *gt_name(const struct gt_task *task)
{
	if (gt__check_task(task, __func__))
		return "";
	return gt__task_name(task);
}

void gt_set_priority(struct gt_task *task, int priority)
{
	if (gt__check_task(task, __func__))
		return;
	gt__rest(task)->priority = priority;
}

uint32_t gt_id(const struct gt_task *task)
{
	if (gt__check_task(task, __func__))
		return 0;
	return task->id;
}
