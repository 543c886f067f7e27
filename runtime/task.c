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
#include "runtime/line.h"
#include "runtime/loop.h"
#include "runtime/state.h"
#include "runtime/suspend.h"
#include "runtime/task_name.h"
#include "runtime/text.h"

#undef gt_spawn
#undef gt_cancel
#undef gt_return
#undef gt_return_text

static void step(struct gt__loop *loop, struct gt__handle *handle);
static void entry(void);
static bool cancel_task(struct gt_future *future);

struct gt_task *gt__task_of(struct gt_future *future)
{
	return future->cancel == cancel_task ? (struct gt_task *)(void *)future : NULL;
}

/* ---- Ending ---- */

static uint32_t value_text(struct gt__loop *loop, const struct gt_task *task)
{
	if (!gt__is_recording(loop))
		return 0;
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
	if (task->n_delivered && task->future.state == GT__RESULT)
		record_cancel(task, task->cancelled_by, TRACE_CANCEL_SWALLOWED, 0);
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
	if (task->error && task->error->code == code)
		return gt__error_retain(task->error);
	return gt__error_make(code, "error", "%s", gt_strerror(code));
}

/* The body has returned `code` (or will never run, cancelled before its first step). */
static void finish(struct gt_task *task, int code)
{
	enum gt__future_state state = GT__RESULT;
	intptr_t value = task->future.value;
	struct gt_error *error = NULL;
	if (code == GT_ECANCELED || (!code && task->must_cancel)) {
		state = GT__CANCELLED;
		code = GT_ECANCELED;
		task->must_cancel = false;
	} else if (code) {
		state = GT__FAILED;
		error = gt__own_error(task, code);
	}
	if (state != GT__RESULT)
		value = 0;
	/* DONE stands in the recording before those whom it wakes */
	task->future.state = (uint8_t)state;
	task->future.code = code;
	task->future.error = error;
	record_done(task);
	if (state == GT__RESULT)
		gt__future_settle(&task->future, value);
	else
		gt__future_resolve(&task->future, state, value, code, error);
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
	bool stillborn = !task->started && task->resume_code;
	task->started = true;
	gt__record_running(loop, task, stillborn);
	if (task->resume_code == GT_ECANCELED && asked) {
		task->n_delivered++;
		record_cancel(task, task->cancelled_by, TRACE_CANCEL_DELIVERED, task->where);
	}
	if (stillborn) {
		gt_site = (struct gt_site){NULL, 0};
		finish(task, task->resume_code);
	}
	return !stillborn;
}

void gt__bury(struct gt__loop *loop, struct gt_task *task)
{
	gt__stack_put(&loop->stacks, task->coro.stack);
	gt__coro_fini(&task->coro);
	gt__task_unref(task);
}

/* A task's turn, given by the loop. Tasks hand the thread to each other after that; it comes back here when the loop is needed. */
static void step(struct gt__loop *loop, struct gt__handle *handle)
{
	struct gt_task *task = GT__CONTAINER(handle, struct gt_task, step);
	if (gt__begin(loop, task))
		gt__coro_hop(&loop->coro, &loop->coro.sp, task->on, task->sp);
	else
		gt__bury(loop, task);
	loop->current = NULL;
	gt__take_over(loop);
}

/* The first frame of every task. */
static void entry(void)
{
	gt__coro_entered();
	struct gt__loop *loop = gt__loop;
	gt__take_over(loop);
	struct gt_task *task = loop->current;
	task->started = true;
	gt_site = (struct gt_site){NULL, 0}; /* it stands nowhere yet */
	finish(task, task->body(task->arg));
	struct gt_task *next = gt__next_task(loop);
	loop->ended = task;
	gt__coro_leave(&task->coro, next ? next->on : &loop->coro, next ? next->sp : loop->coro.sp);
	abort(); /* nobody switches to a finished task */
}

int gt__yield(struct gt__loop *loop)
{
	struct gt_task *task = loop->current;
	gt__enqueue(loop, &task->step, TRACE_WHY_YIELD);
	if (gt__is_recording(loop)) {
		task->where = gt__where(loop);
		gt__record(loop, (struct trace_record){.kind = TRACE_STATE,
		                                       .id = task->id,
		                                       .b = task->id,
		                                       .d = task->where,
		                                       .arg = TRACE_WHY_YIELD,
		                                       .sub = TRACE_STATE_READY});
	}
	return gt__suspend(loop, task);
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

int gt__await(struct gt_future *future, const struct gt__wait *wait)
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
	return gt__await_pending(loop, task, future);
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
	task->n_cancels++;
	task->cancelled_by = loop->acting;
	record_cancel(task, loop->acting, TRACE_CANCEL_REQUESTED, gt__where(loop));
	task->cancel_woke = true;
}

/* Ask the task and those that it waits for, one by one, and what the last of them waits for. `*last` is that one. Returns whether the
 * request found an end. */
static bool cancel_chain(struct gt_task *first, struct gt_task **last)
{
	struct gt__loop *loop = first->future.loop;
	for (struct gt_task *t = first; t; t = awaited(t)) {
		if (t->in_cancel) {
			loop->cancels_in_circle = true;
			return false;
		}
		t->in_cancel = true;
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
static bool cancel_task(struct gt_future *future)
{
	struct gt_task *first = (struct gt_task *)(void *)future, *last = NULL;
	struct gt__loop *loop = future->loop;
	if (gt__future_is_done(future))
		return false;
	if (!loop->n_cancelling++)
		loop->cancels_in_circle = false;
	bool taken = cancel_chain(first, &last);
	for (struct gt_task *t = first; last; t = awaited(t)) {
		t->in_cancel = false;
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
	bool taken = cancel_task(&task->future);
	if (!taken && !gt__task_is_done(task))
		(void)gt__raise(GT_ESTATE, "RecursionError",
		                "tasks wait for each other in a circle");
	return taken;
}

unsigned gt_uncancel(struct gt_task *task)
{
	if (gt__check_task(task, __func__))
		return 0;
	if (task->n_cancels)
		task->n_cancels--;
	if (task->n_delivered)
		task->n_delivered--; /* answered, not swallowed */
	return task->n_cancels;
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
	return task->n_cancels;
}

/* ---- Making ---- */

/* memset, by a call: where it knows the size gcc takes `rep stos`, which needs longer to start than all the rest of a spawn. */
static inline void clear(void *memory, size_t bytes)
{
#if defined __GNUC__
	__asm__("" : "+r"(bytes));
#endif
	memset(memory, 0, bytes);
}

/* Memory for a task: what another one has left, the top of a stack, or else the heap's. In a debug build it is always the heap's, and not
 * used again, so that sanitizers see who still uses it. */
static struct gt_task *allocate(struct gt__loop *loop)
{
	struct gt_task *task = loop->free_tasks;
	if (task) {
		loop->free_tasks = (struct gt_task *)(void *)task->future.value;
		__builtin_prefetch(loop->free_tasks, 1); /* one seldom comes alone */
	} else {
#if defined GT_DEBUG
		void *top = NULL;
#else
		void *top = gt__stack_take_top(&loop->stacks);
#endif
		task = top ? top : malloc(sizeof *task);
		if (!task)
			return NULL;
		task->is_on_stack = top;
	}
	clear(task, offsetof(struct gt_task, is_on_stack));
	return task;
}

static void recycle(struct gt__loop *loop, struct gt_task *task)
{
#if defined GT_DEBUG
	(void)loop;
	free(task);
#else
	task->future.value = (intptr_t)loop->free_tasks;
	loop->free_tasks = task;
#endif
}

void gt__tasks_free(struct gt__loop *loop)
{
	while (loop->free_tasks) {
		struct gt_task *task = loop->free_tasks;
		loop->free_tasks = (struct gt_task *)(void *)task->future.value;
		if (!task->is_on_stack)
			free(task);
	}
}

/* In a ring a name goes with the record that has it, and is written each time. */
static uint32_t name_string(struct gt__loop *loop, const struct gt_task *task,
                            struct gt__name *known)
{
	if (!known || loop->options->ring_bytes)
		return trace_pen_name(&loop->pen, gt__task_name(task));
	if (!known->string)
		known->string = trace_pen_intern(&loop->pen, known->text);
	return known->string;
}

static void record_birth(struct gt__loop *loop, struct gt_task *task, struct gt__name *known)
{
	uint32_t name = name_string(loop, task, known);
	task->where = gt__where(loop);
	gt__record(loop, (struct trace_record){.kind = TRACE_TASK,
	                                       .id = task->id,
	                                       .a = name,
	                                       .b = task->parent,
	                                       .d = task->where});
}

struct gt_task *gt__task_make(struct gt__loop *loop, gt_body *body, void *arg)
{
	struct gt__stack *stack = gt__stack_get(&loop->stacks);
	struct gt_task *task = stack ? allocate(loop) : NULL;
	if (!task) {
		if (stack)
			gt__stack_put(&loop->stacks, stack);
		(void)gt__bare(GT_ENOMEM);
		return NULL;
	}
	task->future.loop = loop;
	task->future.why = TRACE_WHY_DONE;
	gt__list_init(&task->future.callbacks);
	task->future.cancel = cancel_task;
	gt__waiter_init(&task->in_line, loop);
	gt__coro_init(&task->coro, stack, entry);
	task->sp = task->coro.sp;
	task->on = &task->coro;
	task->body = body;
	task->arg = arg;
	task->refs = 2; /* the caller's, and the loop's until it is done */
	task->n_handles = 1;
	gt__handle_begin(task);
	task->id = ++loop->n_tasks_made;
	task->parent = loop->current ? loop->current->id : 0;
	task->step.run = step;
	task->step.is_task = true;
	gt__list_append(&loop->tasks, &task->in_loop);
	return task;
}

struct gt_task *gt__task_start(struct gt_task *task, struct gt__name *name)
{
	struct gt__loop *loop = task->future.loop;
	if (gt__is_recording(loop))
		record_birth(loop, task, name);
	gt__ready(loop, &task->step, TRACE_WHY_START);
	return task;
}

struct gt_task *gt__task_create(struct gt__loop *loop, gt_body *body, void *arg, const char *name,
                                size_t n_bytes)
{
	struct gt_task *task = gt__task_make(loop, body, arg);
	if (!task)
		return NULL;
	gt__task_set_name(task, name, n_bytes);
	return gt__task_start(task, NULL);
}

struct gt_task *gt__task_find(struct gt__loop *loop, uint32_t id)
{
	for (struct gt__node *n = loop->tasks.next; n != &loop->tasks; n = n->next) {
		struct gt_task *task = GT__CONTAINER(n, struct gt_task, in_loop);
		if (task->id == id)
			return task;
	}
	return NULL;
}

struct gt_task *gt_spawn(gt_body *body, void *arg, const char *format, ...)
{
	if (!gt__loop || (!body && gt__refuse_value(__func__, "there is no body")))
		return NULL;
	struct gt__loop *loop = gt__loop;
	struct gt__name *known = format ? gt__name_known(loop, format) : NULL;
	struct gt_task *task;
	if (known) {
		task = gt__task_make(loop, body, arg);
		if (!task)
			return NULL;
		task->name = known->text;
		return gt__task_start(task, known);
	}
	va_list args;
	va_start(args, format);
	task = gt__task_create_named(loop, body, arg, format, args);
	va_end(args);
	return task;
}

struct gt_task *gt_retain(struct gt_task *task)
{
	if (gt__check_task(task, __func__))
		return NULL;
	task->n_handles++;
	return gt__task_ref(task);
}

void gt__task_record_lost_error(struct gt_task *task)
{
	if (task->future.state != GT__FAILED || task->future.retrieved)
		return;
	task->future.retrieved = true;
	gt__record(task->future.loop, (struct trace_record){.kind = TRACE_ERROR,
	                                                    .id = task->id,
	                                                    .sub = TRACE_ERROR_NEVER_RETRIEVED});
}

void gt__task_unref(struct gt_task *task)
{
	if (--task->refs)
		return;
	gt__task_record_lost_error(task);
	struct gt__loop *loop = task->future.loop;
	gt__handle_end(task);
	gt__node_unlink(&task->in_loop);
	gt__future_end(&task->future);
	if (task->error)
		gt__error_release(task->error);
	if (task->text)
		free(task->text);
	if (task->long_name)
		free(task->long_name);
	recycle(loop, task);
}

void gt_release(struct gt_task *task)
{
	if (!task || gt__check_task(task, __func__))
		return;
	if (!task->n_handles) {
		(void)gt__refuse_value(__func__,
		                       "this reference is not the program's to give back");
		return;
	}
	task->n_handles--;
	gt__task_unref(task);
}

/* ---- Asking ---- */

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
	task->priority = priority;
}

uint32_t gt_id(const struct gt_task *task)
{
	if (gt__check_task(task, __func__))
		return 0;
	return task->id;
}
