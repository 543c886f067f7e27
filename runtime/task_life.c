/* How tasks come and go: their memory, their beginning, their references, their end.
 *
 * Spawning is the most frequent thing that a program does after waiting, so memory is used again as it is: what is the same for every
 * task of a loop is written once, and the rest is cleared in two pieces.
 */
#include "runtime/task_life.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/future.h"
#include "runtime/handle.h"
#include "runtime/line.h"
#include "runtime/task_name.h"
#include "runtime/text.h"

#undef gt_spawn

#define FORMATTED_BYTES 256u

/* What a task has as long as its memory is one of this loop. */
static void prepare(struct gt_task *task, struct gt__loop *loop, bool is_on_stack)
{
	memset(task, 0, sizeof *task);
	task->is_on_stack = is_on_stack;
	task->future.loop = loop;
	task->future.cancel = gt__task_cancel;
	task->future.why = TRACE_WHY_DONE;
	gt__list_init(&task->future.callbacks);
	task->step.run = gt__task_step;
	task->step.is_task = true;
	task->on = &task->coro;
	gt__waiter_init(&task->in_line, loop);
}

/* Memory for a task: the top of a stack, or else the heap's. In a debug build it is always the heap's, and not used again, so that sanitizers
 * see who still uses it. */
static struct gt_task *allocate(struct gt__loop *loop)
{
#if defined GT_DEBUG
	void *top = NULL;
#else
	void *top = gt__stack_take_top(&loop->stacks);
#endif
	struct gt_task *task = top ? top : malloc(sizeof *task);
	if (task)
		prepare(task, loop, top);
	return task;
}

/* Memory that another task has left, which has all that `prepare` gives, or new memory. */
static inline struct gt_task *take_memory(struct gt__loop *loop)
{
	struct gt_task *task = loop->free_tasks;
	if (!task)
		return allocate(loop);
	loop->free_tasks = (struct gt_task *)(void *)task->future.value;
	if (loop->free_tasks) { /* one seldom comes alone */
		trace_want((const char *)loop->free_tasks);
		trace_want((const char *)&loop->free_tasks->step.node);
		trace_want((const char *)&loop->free_tasks->coro);
	}
	task->future.state = GT__PENDING;
	task->future.code = 0;
	task->future.retrieved = task->future.self_awaited = false;
	task->future.value = 0;
	task->future.error = NULL;
	memset(&task->n_resumed, 0,
	       offsetof(struct gt_task, wait) - offsetof(struct gt_task, n_resumed));
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
	struct gt_task *task = stack ? take_memory(loop) : NULL;
	if (!task) {
		if (stack)
			gt__stack_put(&loop->stacks, stack);
		(void)gt__bare(GT_ENOMEM);
		return NULL;
	}
	gt__coro_init(&task->coro, stack, gt__task_entry);
	task->sp = task->coro.sp;
	task->body = body;
	task->arg = arg;
	task->refs = 2; /* the caller's, and the loop's until it is done */
	task->n_handles = 1;
	task->id = ++loop->n_tasks_made;
	task->parent = loop->current ? loop->current->id : 0;
	gt__handle_begin(task);
	gt__list_append(&loop->tasks, &task->in_loop);
	return task;
}

struct gt_task *gt__task_start(struct gt_task *task, struct gt__name *name)
{
	struct gt__loop *loop = task->future.loop;
	gt__enqueue(loop, &task->step, TRACE_WHY_START);
	if (gt__is_recording(loop)) {
		gt__instant_begin(loop);
		record_birth(loop, task, name);
		gt__record_ready(loop, task, TRACE_WHY_START);
		gt__instant_end(loop);
	}
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

static inline struct gt_task *create_known(struct gt__loop *loop, gt_body *body, void *arg,
                                           struct gt__name *name)
{
	struct gt_task *task = gt__task_make(loop, body, arg);
	if (!task)
		return NULL;
	task->name = name->text;
	return gt__task_start(task, name);
}

struct gt_task *gt__task_create_named(struct gt__loop *loop, gt_body *body, void *arg,
                                      const char *format, va_list args)
{
	char text[FORMATTED_BYTES];
	const char *name = text;
	size_t n_plain = format ? strcspn(format, "%") : 0;
	if (format && !format[n_plain] && n_plain < sizeof text) {
		struct gt__name *known = gt__name_known(loop, format);
		if (!known)
			known = gt__name_learn(loop, format, n_plain);
		if (!known)
			return gt__task_create(loop, body, arg, format, n_plain);
		return create_known(loop, body, arg, known);
	}
	if (format)
		gt__text_args(text, sizeof text, format, args);
	else
		name = gt__name_counted(text, sizeof text,
		                        ++loop->n_tasks_unnamed + 1); /* main is 1 */
	return gt__task_create(loop, body, arg, name, strlen(name));
}

struct gt_task *gt_spawn(gt_body *body, void *arg, const char *format, ...)
{
	if (!gt__loop || (!body && gt__refuse_value(__func__, "there is no body")))
		return NULL;
	struct gt__loop *loop = gt__loop;
	struct gt__name *known = format ? gt__name_known(loop, format) : NULL;
	if (known)
		return create_known(loop, body, arg, known);
	va_list args;
	va_start(args, format);
	struct gt_task *task = gt__task_create_named(loop, body, arg, format, args);
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

/* Leave it as a new task needs it. */
static void free_rest(struct gt_task *task)
{
	gt__error_release(task->rest.error);
	free(task->rest.text);
	free(task->rest.long_name);
	task->rest = (struct gt__rest){0};
	task->future.has_rest = false;
}

void gt__task_free(struct gt_task *task)
{
	gt__task_record_lost_error(task);
	struct gt__loop *loop = task->future.loop;
	gt__handle_end(task);
	gt__node_unlink(&task->in_loop);
	gt__future_end(&task->future);
	if (task->future.has_rest)
		free_rest(task);
	recycle(loop, task);
}

void gt__bury(struct gt__loop *loop, struct gt_task *task)
{
	gt__stack_put(&loop->stacks, task->coro.stack);
	gt__coro_fini(&task->coro);
	gt__task_unref(task);
}

void gt__task_give_back(struct gt_task *task, const char *call)
{
	if (!task->n_handles) {
		(void)gt__refuse_value(call, "this reference is not the program's to give back");
		return;
	}
	task->n_handles--;
	gt__task_unref(task);
}

void gt_release(struct gt_task *task)
{
	if (!task || gt__check_task(task, __func__))
		return;
	gt__task_give_back(task, __func__);
}
