/* Names of tasks. Most are a word, or asyncio's own "Task-N": those are copied and counted, and do not go through printf. */
#include <stdlib.h>
#include <string.h>

#include "runtime/handle.h"
#include "runtime/state.h"
#include "runtime/text.h"

#define FORMATTED_BYTES 256u

void gt__task_set_name(struct gt_task *task, const char *name, size_t n_bytes)
{
	if (n_bytes >= sizeof task->name) {
		task->long_name = strdup(name); /* without memory the short form must do */
		n_bytes = sizeof task->name - 1;
	}
	memcpy(task->name, name, n_bytes);
	task->name[n_bytes] = '\0';
}

/* Write "Task-N" into the end of `text`; returns where it begins. */
static const char *counted(char *text, size_t bytes, uint32_t number)
{
	char *at = text + bytes;
	*--at = '\0';
	do {
		*--at = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	at -= 5;
	memcpy(at, "Task-", 5);
	return at;
}

struct gt_task *gt__task_create_named(struct gt__loop *loop, gt_body *body, void *arg,
                                      const char *format, va_list args)
{
	char text[FORMATTED_BYTES];
	const char *name = text;
	size_t n_plain = format ? strcspn(format, "%") : 0;
	if (format && !format[n_plain] && n_plain < sizeof text)
		return gt__task_create(loop, body, arg, format, n_plain);
	if (format)
		gt__text_args(text, sizeof text, format, args);
	else
		name = counted(text, sizeof text, ++loop->n_tasks_unnamed + 1); /* main is 1 */
	return gt__task_create(loop, body, arg, name, strlen(name));
}

int gt_set_name(struct gt_task *task, const char *name)
{
	int refused = gt__check_task(task, __func__);
	if (refused)
		return refused;
	if (!name)
		return gt__refuse_value(__func__, "there is no name");
	size_t n = strlen(name);
	char *whole = NULL;
	if (n >= sizeof task->name) {
		whole = strdup(name);
		if (!whole)
			return gt__bare(GT_ENOMEM);
		n = sizeof task->name - 1;
	}
	memmove(task->name, name, n); /* it may be a part of the old one */
	task->name[n] = '\0';
	free(task->long_name);
	task->long_name = whole;
	struct gt__loop *loop = task->future.loop;
	if (gt__is_recording(loop)) {
		uint32_t text = trace_pen_name(&loop->pen, gt__task_name(task));
		gt__record(loop,
		           (struct trace_record){.kind = TRACE_NAME, .id = task->id, .a = text});
	}
	return 0;
}
