/* Callbacks on the end of a task, or of a future.
 *
 * source: Future.add_done_callback, remove_done_callback of Lib/asyncio/futures.py: they stand in one line with the tasks that await
 * it, and each gets a turn of its own in the iteration after the end.
 */
#include "runtime/awaitable.h"
#include "runtime/handle.h"
#include "runtime/owned.h"
#include "runtime/run_queue.h"

#undef gt_add_done_callback
#undef gt_remove_done_callback

struct done_callback {
	struct gt__handle handle;
	struct gt_future *future;  /* held */
	gt_done_callback *of_task; /* one of the two */
	gt_future_callback *of_future;
	void *arg;
	uint32_t name; /* string id */
};

static void forget(struct done_callback *callback)
{
	gt__awaitable_unhold(callback->future);
	gt__disown(callback);
}

static void run(struct gt__loop *loop, struct gt__handle *handle)
{
	struct done_callback *callback = GT__CONTAINER(handle, struct done_callback, handle);
	gt__record(loop, (struct trace_record){.kind = TRACE_CALL,
	                                       .a = callback->name,
	                                       .sub = TRACE_PHASE_BEGIN});
	if (callback->of_task)
		callback->of_task(gt__task_of(callback->future), callback->arg);
	else
		callback->of_future(callback->future, callback->arg);
	gt__record(loop, (struct trace_record){
	                         .kind = TRACE_CALL, .a = callback->name, .sub = TRACE_PHASE_END});
	forget(callback);
}

/* Put a callback like `wanted` into the line. */
static int add(const struct done_callback *wanted, const char *name, const char *call)
{
	struct gt__loop *loop = gt__loop;
	if (!wanted->of_task && !wanted->of_future)
		return gt__refuse_value(call, "there is nothing to call");
	struct done_callback *callback = gt__own(loop, sizeof *callback, NULL);
	if (!callback)
		return gt__bare(GT_ENOMEM);
	*callback = *wanted;
	callback->handle.run = run;
	gt__awaitable_hold(callback->future);
	if (gt__is_recording(loop))
		callback->name = trace_pen_intern(&loop->pen, name);
	gt__future_add_callback(callback->future, &callback->handle);
	return 0;
}

/* Take all out that are like `wanted`. */
static size_t remove_all(const struct done_callback *wanted)
{
	struct gt__node *line = &wanted->future->callbacks, *next;
	size_t n = 0;
	gt__awaitable_hold(
	        wanted->future); /* forgetting the last one must not free it under our hands */
	for (struct gt__node *node = line->next; node != line; node = next) {
		next = node->next;
		struct gt__handle *handle = GT__CONTAINER(node, struct gt__handle, node);
		struct done_callback *callback =
		        GT__CONTAINER(handle, struct done_callback, handle);
		if (handle->run != run || callback->of_task != wanted->of_task ||
		    callback->of_future != wanted->of_future || callback->arg != wanted->arg)
			continue;
		gt__node_unlink(node);
		forget(callback);
		n++;
	}
	gt__awaitable_unhold(wanted->future);
	return n;
}

int gt_add_done_callback(struct gt_task *task, gt_done_callback *fn, void *arg, const char *name)
{
	int refused = gt__check_task(task, __func__);
	if (refused)
		return refused;
	struct done_callback wanted = {.future = &task->future, .of_task = fn, .arg = arg};
	return add(&wanted, name, __func__);
}

size_t gt_remove_done_callback(struct gt_task *task, gt_done_callback *fn, void *arg)
{
	if (gt__check_task(task, __func__))
		return 0;
	return remove_all(
	        &(struct done_callback){.future = &task->future, .of_task = fn, .arg = arg});
}

int gt_future_add_done_callback(struct gt_future *future, gt_future_callback *fn, void *arg,
                                const char *name)
{
	int refused = gt__check_future(future, __func__);
	if (refused)
		return refused;
	struct done_callback wanted = {.future = future, .of_future = fn, .arg = arg};
	return add(&wanted, name, __func__);
}

size_t gt_future_remove_done_callback(struct gt_future *future, gt_future_callback *fn, void *arg)
{
	if (gt__check_future(future, __func__))
		return 0;
	return remove_all(&(struct done_callback){.future = future, .of_future = fn, .arg = arg});
}
