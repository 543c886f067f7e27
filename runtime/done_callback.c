/* Callbacks on the end of a task.
 *
 * source: Future.add_done_callback, remove_done_callback of Lib/asyncio/futures.py: they stand in one line with the tasks that await
 * it, and each gets a turn of its own in the iteration after the end.
 */
#include "runtime/handle.h"
#include "runtime/owned.h"
#include "runtime/run_queue.h"

#undef gt_add_done_callback
#undef gt_remove_done_callback

struct done_callback {
	struct gt__handle handle;
	struct gt_task *task; /* owns a reference */
	gt_done_callback *fn;
	void *arg;
	uint32_t name; /* string id */
};

static void forget(struct done_callback *callback)
{
	gt__task_unref(callback->task);
	gt__disown(callback);
}

static void run(struct gt__loop *loop, struct gt__handle *handle)
{
	struct done_callback *callback = GT__CONTAINER(handle, struct done_callback, handle);
	gt__record(loop, (struct trace_record){.kind = TRACE_CALL,
	                                       .a = callback->name,
	                                       .sub = TRACE_PHASE_BEGIN});
	callback->fn(callback->task, callback->arg);
	gt__record(loop, (struct trace_record){
	                         .kind = TRACE_CALL, .a = callback->name, .sub = TRACE_PHASE_END});
	forget(callback);
}

int gt_add_done_callback(struct gt_task *task, gt_done_callback *fn, void *arg, const char *name)
{
	int refused = gt__check_task(task, __func__);
	if (refused)
		return refused;
	struct gt__loop *loop = gt__loop;
	if (!fn)
		return gt__refuse_value(__func__, "there is nothing to call");
	struct done_callback *callback = gt__own(loop, sizeof *callback, NULL);
	if (!callback)
		return gt__bare(GT_ENOMEM);
	callback->handle.run = run;
	callback->task = gt__task_ref(task);
	callback->fn = fn;
	callback->arg = arg;
	if (gt__is_recording(loop))
		callback->name = trace_pen_intern(&loop->pen, name);
	gt__future_add_callback(&task->future, &callback->handle);
	return 0;
}

size_t gt_remove_done_callback(struct gt_task *task, gt_done_callback *fn, void *arg)
{
	if (gt__check_task(task, __func__))
		return 0;
	struct gt__node *line = &task->future.callbacks, *next;
	size_t n = 0;
	gt__task_ref(task); /* forgetting the last callback must not free it under our hands */
	for (struct gt__node *node = line->next; node != line; node = next) {
		next = node->next;
		struct gt__handle *handle = GT__CONTAINER(node, struct gt__handle, node);
		struct done_callback *callback =
		        GT__CONTAINER(handle, struct done_callback, handle);
		if (handle->run != run || callback->fn != fn || callback->arg != arg)
			continue;
		gt__node_unlink(node);
		forget(callback);
		n++;
	}
	gt__task_unref(task);
	return n;
}
