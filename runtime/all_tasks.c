/* All tasks that are not done. source: asyncio.all_tasks, a set there, a list in the order of creation here. */
#include "runtime/state.h"

size_t gt_tasks(struct gt_task *tasks[], size_t max)
{
	const struct gt__loop *loop = gt__loop;
	size_t n = 0;
	if (!loop)
		return 0;
	for (struct gt__node *node = loop->tasks.next; node != &loop->tasks; node = node->next) {
		struct gt_task *task = GT__CONTAINER(node, struct gt_task, in_loop);
		if (gt__task_is_done(task))
			continue;
		if (n < max)
			tasks[n] = task;
		n++;
	}
	return n;
}
