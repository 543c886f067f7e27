/* A new name for a task. */
#include <stdlib.h>
#include <string.h>

#include "runtime/state.h"

int gt_set_name(struct gt_task *task, const char *name)
{
	size_t n = strlen(name);
	char *whole = NULL;
	if (n >= sizeof task->name) {
		whole = strdup(name);
		if (!whole)
			return GT_ENOMEM;
		n = sizeof task->name - 1;
	}
	memmove(task->name, name, n); /* it may be a part of the old one */
	task->name[n] = '\0';
	free(task->long_name);
	task->long_name = whole;
	return 0;
}
