/* Futures: a result that somebody sets, and the callbacks that wait for it.
 *
 * source: Lib/asyncio/futures.py. Setting a result calls nobody: it moves the callbacks to the ready queue, in
 * the order in which they were added, and each runs in the next iteration.
 */
#include "runtime/future.h"

void gt__future_init(struct gt_future *future, struct gt__loop *loop, enum trace_why why)
{
	gt__future_begin(future, loop, why);
}

void gt__future_fini(struct gt_future *future)
{
	while (gt__list_pop(&future->callbacks))
		;
	gt__error_release(future->error);
	future->error = NULL;
}

void gt__future_resolve(struct gt_future *future, enum gt__future_state state, intptr_t value,
                        int code, struct gt_error *error)
{
	future->state = (uint8_t)state;
	future->value = value;
	future->code = code;
	future->error = error;
	struct gt__node *node;
	while ((node = gt__list_pop(&future->callbacks))) {
		struct gt__handle *handle = GT__CONTAINER(node, struct gt__handle, node);
		if (handle->is_task && state != GT__RESULT)
			GT__CONTAINER(handle, struct gt_task, step)->woke_badly = true;
		gt__ready(future->loop, handle, future->why);
	}
}

void gt__future_set(struct gt_future *future, intptr_t value)
{
	gt__future_resolve(future, GT__RESULT, value, 0, NULL);
}

bool gt__future_cancel(struct gt_future *future)
{
	if (future->cancel)
		return future->cancel(future);
	if (gt__future_is_done(future))
		return false;
	gt__future_resolve(future, GT__CANCELLED, 0, GT_ECANCELED, NULL);
	return true;
}

void gt__future_add_callback(struct gt_future *future, struct gt__handle *handle)
{
	if (gt__future_is_done(future))
		gt__ready(future->loop, handle, future->why);
	else
		gt__list_append(&future->callbacks, &handle->node);
}

void gt__future_copy(struct gt_future *to, struct gt_future *from)
{
	from->retrieved = true;
	gt__future_resolve(to, from->state, from->value, from->code, gt__error_retain(from->error));
}

int gt__take(struct gt__loop *loop, struct gt_future *future)
{
	future->retrieved = true;
	if (future->state == GT__RESULT)
		return 0;
	if (future->state == GT__CANCELLED)
		return gt__bare(GT_ECANCELED);
	struct gt_task *task = loop->current;
	if (task && task->rest.error != future->error) {
		gt__error_release(task->rest.error);
		gt__rest(task)->error = gt__error_retain(future->error);
	}
	if (task)
		task->rest.error_is_old = false;
	return future->code;
}
