/* The helpers of the lessons. A helper is here when it hides bookkeeping (references, units); whatever a
 * learner should see happening stays in the lesson's own file. */
#include "scenarios/lesson.h"

/* The site to show is the lesson's own call, not the line of the helper. */
#undef gt_gather
#undef lesson_gather

static bool is_complete(struct gt_task *const tasks[], size_t n_tasks)
{
	for (size_t i = 0; i < n_tasks; i++)
		if (!tasks[i])
			return false;
	return true;
}

int lesson_gather(struct gt_task *const tasks[], size_t n_tasks)
{
	int code = GT_ENOMEM;

	if (is_complete(tasks, n_tasks))
		code = gt_gather(tasks, n_tasks, NULL);
	for (size_t i = 0; i < n_tasks; i++)
		gt_release(tasks[i]);
	return code;
}

uint64_t lesson_ms(uint64_t ns)
{
	return ns / GT_MS(1);
}

uint32_t lesson_random(uint32_t *state, uint32_t below)
{
	*state = (*state * 1103515245u + 12345u) & 0x7fffffffu;
	return (*state >> 8) % below;
}
