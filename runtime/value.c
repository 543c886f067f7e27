/* What a task ends with: its value, its text, its error. */
#include <stdio.h>
#include <stdlib.h>

#include "runtime/handle.h"
#include "runtime/state.h"

#undef gt_return
#undef gt_return_text
#undef gt_raise
#undef gt_raise_from

int gt_return(intptr_t value)
{
	struct gt_task *task = gt_self();
	if (!task)
		return GT_ENOLOOP;
	task->future.value = value;
	struct gt__rest *rest = gt__rest(task);
	rest->has_value = true;
	free(rest->text);
	rest->text = NULL;
	return 0;
}

int gt_return_text(const char *format, ...)
{
	struct gt_task *task = gt_self();
	if (!task)
		return GT_ENOLOOP;
	char *text = NULL;
	if (!format)
		return gt__refuse_value(__func__, "there is no text");
	va_list args;
	va_start(args, format);
	int n = vasprintf(&text, format, args);
	va_end(args);
	if (n < 0)
		return gt__bare(GT_ENOMEM);
	free(task->rest.text);
	gt__rest(task)->text = text;
	task->future.value = (intptr_t)text;
	return 0;
}

const char *gt__task_text(const struct gt_task *task)
{
	if (task->future.state != GT__RESULT)
		return "";
	if (!task->rest.text && task->rest.has_value) {
		/* made when first asked for; the handle is const to the caller, not to us */
		struct gt_task *owner = (struct gt_task *)(uintptr_t)task;
		if (asprintf(&owner->rest.text, "%jd", (intmax_t)task->future.value) < 0)
			owner->rest.text = NULL;
	}
	return task->rest.text ? task->rest.text : "";
}

const char *gt_text(const struct gt_task *task)
{
	return gt__check_task(task, __func__) ? "" : gt__task_text(task);
}

static void set_error(struct gt_task *task, struct gt_error *error)
{
	gt__error_release(task->rest.error);
	gt__rest(task)->error = error;
	task->rest.error_is_old = false;
}

int gt_raise(const char *name, const char *format, ...)
{
	struct gt_task *task = gt_self();
	if (!task)
		return GT_ENOLOOP;
	va_list args;
	va_start(args, format);
	set_error(task, gt__error_create(GT_EFAILED, name, format, args));
	va_end(args);
	return GT_EFAILED;
}

int gt_raise_from(const struct gt_error *cause, const char *name, const char *format, ...)
{
	struct gt_task *task = gt_self();
	if (!task)
		return GT_ENOLOOP;
	va_list args;
	va_start(args, format);
	struct gt_error *error = gt__error_create(GT_EFAILED, name, format, args);
	va_end(args);
	gt__error_set_cause(error, (struct gt_error *)(uintptr_t)cause);
	set_error(task, error);
	return GT_EFAILED;
}

int gt__raise(int code, const char *name, const char *format, ...)
{
	struct gt_task *task = gt_self();
	if (!task)
		return code;
	va_list args;
	va_start(args, format);
	set_error(task, gt__error_create(code, name, format, args));
	va_end(args);
	return code;
}

int gt__raise_error(struct gt_error *error)
{
	struct gt_task *task = gt_self();
	if (!error)
		return gt__bare(GT_ENOMEM);
	int code = error->code;
	if (task)
		set_error(task, error);
	else
		gt__error_release(error);
	return code;
}

int gt_reraise(const struct gt_error *error)
{
	struct gt_error *again = gt__error_retain((struct gt_error *)(uintptr_t)error);
	return gt__raise_error(again);
}

const struct gt_error *gt_error(void)
{
	struct gt_task *task = gt_self();
	return task && !task->rest.error_is_old ? task->rest.error : NULL;
}

const struct gt_error *gt_error_retain(const struct gt_error *error)
{
	return gt__error_retain((struct gt_error *)(uintptr_t)error);
}

void gt_error_release(const struct gt_error *error)
{
	gt__error_release((struct gt_error *)(uintptr_t)error);
}
