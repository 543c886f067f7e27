/* Futures as objects of the user's program. */
#include <stdio.h>
#include <stdlib.h>

#include "runtime/awaitable.h"
#include "runtime/future.h"
#include "runtime/handle.h"

#undef gt_future_set
#undef gt_future_await

struct named_future {
	struct gt__object object; /* first */
	struct gt_future future;
	const void *seen_by; /* gt__awaitable_mark */
	size_t n_holds;      /* gt__awaitable_hold: it is not destroyed meanwhile */
};

/* asyncio says so when the future is collected: here its end is where nobody can ask any more. */
static void mark_lost_error(struct named_future *named)
{
	char error[200], text[320];
	if (named->future.state != GT__FAILED || named->future.retrieved)
		return;
	snprintf(error, sizeof error, "error %d", named->future.code);
	if (named->future.error)
		gt__error_say(named->future.error, error, sizeof error);
	if (named->object.name[0] != '\0')
		snprintf(text, sizeof text, "future %s failed with %s", named->object.name, error);
	else
		snprintf(text, sizeof text, "a future failed with %s", error);
	named->future.retrieved = true; /* once */
	gt_mark(TRACE_MARK_NEVER_RETRIEVED, text);
}

static void destroy(struct gt__object *object)
{
	struct named_future *named = (struct named_future *)(void *)object;
	mark_lost_error(named);
	gt__future_fini(&named->future);
	gt__object_fini(object);
	free(named);
}

void gt__public_futures_mark_lost(struct gt__loop *loop)
{
	for (struct gt__node *node = loop->objects.next; node != &loop->objects;
	     node = node->next) {
		struct gt__object *object = GT__CONTAINER(node, struct gt__object, in_loop);
		if (object->destroy == destroy)
			mark_lost_error((struct named_future *)(void *)object);
	}
}

static struct named_future *named_of(struct gt_future *future)
{
	return GT__CONTAINER(future, struct named_future, future);
}

static struct gt__object *object_of(struct gt_future *future)
{
	return future ? &named_of(future)->object : NULL;
}

/* ---- As one of several ---- */

const void **gt__awaitable_mark(struct gt_future *future)
{
	struct gt_task *task = gt__task_of(future);
	return task ? &task->gathered_by : &named_of(future)->seen_by;
}

void gt__crowd_unmark(const struct gt__crowd *crowd)
{
	for (size_t i = 0; i < crowd->n; i++)
		*gt__awaitable_mark(gt__crowd_at(crowd, i)) = NULL;
}

void gt__awaitable_hold(struct gt_future *future)
{
	struct gt_task *task = gt__task_of(future);
	if (task)
		gt__task_ref(task);
	else
		named_of(future)->n_holds++;
}

void gt__awaitable_unhold(struct gt_future *future)
{
	struct gt_task *task = gt__task_of(future);
	if (task)
		gt__task_unref(task);
	else
		named_of(future)->n_holds--;
}

const char *gt__awaitable_name(struct gt_future *future)
{
	return object_of(future)->name;
}

struct gt__wait gt__awaitable_wait(struct gt_future *future, uint16_t on)
{
	struct gt_task *task = gt__task_of(future);
	if (task)
		return (struct gt__wait){.on = on, .object = task->id, .task = task};
	struct gt__object *object = object_of(future);
	return (struct gt__wait){.on = TRACE_ON_FUTURE, .object = object->id, .thing = object};
}

void gt__awaitable_enter(struct gt_future *future)
{
	gt__awaitable_hold(future);
	if (!gt__task_of(future))
		named_of(future)->object.n_waiters++;
}

void gt__awaitable_leave(struct gt_future *future)
{
	if (!gt__task_of(future))
		named_of(future)->object.n_waiters--;
	gt__awaitable_unhold(future);
}

void gt__awaitable_record(struct gt__loop *loop, struct gt_future *future)
{
	const struct gt_task *task = gt__task_of(future);
	if (gt__future_is_done(future))
		return;
	if (task)
		gt__record_await(loop, task->id, 0);
	else
		gt__record_await(loop, 0, object_of(future)->id);
}

/* A debug build looks at no memory before it knows whose it is: a task's handle is its future, another one's the object around it. */
int gt__check_future(struct gt_future *future, const char *call)
{
	bool may_be_task = future && gt__handle_lives(future);
	if (may_be_task && gt__task_of(future))
		return gt__check_task((struct gt_task *)(void *)future, call);
	return gt__check_object(object_of(future), call);
}

int gt__check_futures(struct gt_future *const futures[], size_t n_futures, const char *call)
{
	if (n_futures && !futures)
		return gt__refuse_value(call, "there are no futures");
	for (size_t i = 0; i < n_futures; i++) {
		int rc = gt__check_future(futures[i], call);
		if (rc)
			return rc;
	}
	return 0;
}

struct gt_future *gt_task_future(struct gt_task *task)
{
	return gt__check_task(task, __func__) ? NULL : &task->future;
}

/* ---- The program's ---- */

struct gt_future *gt_future_create(const char *name)
{
	struct named_future *named = gt__loop ? calloc(1, sizeof *named) : NULL;
	if (!named)
		return NULL;
	gt__future_init(&named->future, gt__loop, TRACE_WHY_SET);
	gt__object_init(&named->object, TRACE_OBJECT_FUTURE, name, 0, destroy);
	return &named->future;
}

int gt_future_destroy(struct gt_future *future)
{
	if (!future)
		return 0;
	int refused = gt__check_future(future, __func__);
	if (refused)
		return refused;
	if (gt__task_of(future))
		return gt__refuse_value(__func__, "this future is a task");
	if (!named_of(future)->object.n_waiters && named_of(future)->n_holds)
		return gt__refuse_busy(object_of(future), __func__);
	return gt__object_destroy(object_of(future), __func__);
}

/* Return 0 when `call` may settle the future. */
static int check_open(struct gt_future *future, const char *call, const char *operation)
{
	int refused = gt__check_future(future, call);
	if (refused)
		return refused;
	if (gt__task_of(future))
		return gt__raise(GT_ESTATE, "RuntimeError", "Task does not support %s operation",
		                 operation);
	if (gt__future_is_done(future))
		return gt__raise(GT_ESTATE, "InvalidStateError", "invalid state");
	return 0;
}

int gt_future_set(struct gt_future *future, intptr_t value)
{
	int refused = check_open(future, __func__, "set_result");
	if (refused)
		return refused;
	gt__future_set(future, value);
	return 0;
}

int gt_future_fail(struct gt_future *future, const char *name, const char *message)
{
	int refused = check_open(future, __func__, "set_exception");
	if (refused)
		return refused;
	gt__future_resolve(future, GT__FAILED, 0, GT_EFAILED,
	                   gt__error_make(GT_EFAILED, name, "%s", message ? message : ""));
	return 0;
}

bool gt_future_cancel(struct gt_future *future)
{
	if (gt__check_future(future, __func__))
		return false;
	return gt__future_cancel(future);
}

int gt_future_await(struct gt_future *future, intptr_t *value)
{
	int refused = gt__check_future(future, __func__);
	if (refused)
		return refused;
	struct gt__wait wait = gt__awaitable_wait(future, TRACE_ON_TASK);
	gt__awaitable_enter(future);
	int rc = gt__await(future, &wait);
	if (!rc && value)
		*value = future->value;
	gt__awaitable_leave(future);
	return rc;
}

/* ---- Asking ---- */

bool gt_future_is_done(const struct gt_future *future)
{
	if (gt__check_future((struct gt_future *)(uintptr_t)future, __func__))
		return false;
	return gt__future_is_done(future);
}

bool gt_future_is_cancelled(const struct gt_future *future)
{
	if (gt__check_future((struct gt_future *)(uintptr_t)future, __func__))
		return false;
	return future->state == GT__CANCELLED;
}

int gt_future_result(struct gt_future *future, intptr_t *value)
{
	int refused = gt__check_future(future, __func__);
	if (refused)
		return refused;
	if (!gt__future_is_done(future))
		return gt__raise(GT_ESTATE, "InvalidStateError", "Result is not set.");
	int rc = gt__take(gt__loop, future);
	if (!rc && value)
		*value = future->value;
	return rc;
}

int gt_result(struct gt_task *task, intptr_t *value)
{
	int refused = gt__check_task(task, __func__);
	return refused ? refused : gt_future_result(&task->future, value);
}

const struct gt_error *gt_future_error(struct gt_future *future)
{
	if (gt__check_future(future, __func__))
		return NULL;
	future->retrieved = true;
	return future->error;
}
