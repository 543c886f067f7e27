/* Names of tasks. Most are a word, or asyncio's own "Task-N": those are borrowed and counted, and do not go through printf. */

#include "runtime/task_name.h"

#include "runtime/handle.h"
#include "runtime/state.h"

#include <stdlib.h>

#define NAMES_MAX 256u

struct gt__name *gt__name_learn(struct gt__loop *loop, const char *place, size_t n_bytes)
{
	struct gt__names *names = &loop->names;
	if (n_bytes >= GT__NAME_BYTES || names->n == NAMES_MAX)
		return NULL;
	struct gt__name *name = malloc(sizeof *name);
	if (!name)
		return NULL;
	*name = (struct gt__name){.next = names->all, .place = place};
	memcpy(name->text, place, n_bytes);
	names->all = name;
	names->n++;
	names->slots[gt__name_slot(place)] = name; /* another one's users keep it */
	return name;
}

void gt__names_free(struct gt__loop *loop)
{
	while (loop->names.all) {
		struct gt__name *name = loop->names.all;
		loop->names.all = name->next;
		free(name);
	}
}

void gt__task_set_name(struct gt_task *task, const char *name, size_t n_bytes)
{
	if (n_bytes >= sizeof task->own_name) {
		gt__rest(task)->long_name =
		        strdup(name); /* without memory the short form must do */
		n_bytes = sizeof task->own_name - 1;
	}
	memcpy(task->own_name, name, n_bytes);
	task->own_name[n_bytes] = '\0';
	task->name = task->rest.long_name ? task->rest.long_name : task->own_name;
}

const char *gt__name_counted(char *text, size_t bytes, uint32_t number)
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

int gt_set_name(struct gt_task *task, const char *name)
{
	int refused = gt__check_task(task, __func__);
	if (refused)
		return refused;
	if (!name)
		return gt__refuse_value(__func__, "there is no name");
	size_t n = strlen(name);
	char *whole = NULL;
	if (n >= sizeof task->own_name) {
		whole = strdup(name);
		if (!whole)
			return gt__bare(GT_ENOMEM);
		n = sizeof task->own_name - 1;
	}
	memmove(task->own_name, name, n); /* it may be a part of the old one */
	task->own_name[n] = '\0';
	free(task->rest.long_name);
	gt__rest(task)->long_name = whole;
	task->name = whole ? whole : task->own_name;
	struct gt__loop *loop = task->future.loop;
	if (gt__is_recording(loop)) {
		uint32_t text = trace_pen_name(&loop->pen, gt__task_name(task));
		gt__record(loop,
		           (struct trace_record){.kind = TRACE_NAME, .id = task->id, .a = text});
	}
	return 0;
}
