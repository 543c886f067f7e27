/* Four tasks sleep until the same instant; then each computes for 20.
 *
 * On the screen: a staircase. All four are ready at 50, one runs, the others stay ready until it is their
 * turn.
 */
#include "scenarios/lesson.h"

static int wake_and_compute(void *arg)
{
	const struct scn_args *args = arg;
	uint64_t sleep_ns = scn_get_ns(args, "sleep"), begin_ns = gt_now();
	int code = gt_sleep(sleep_ns);

	if (code)
		return code;
	gt_log("slept for %d ms", (int)lesson_ms(gt_now() - begin_ns));
	gt_block(scn_get_ns(args, "work"));
	return 0;
}

static int sleep_is_a_lower_bound(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_task *tasks[LESSON_TASKS_MAX];
	size_t n_tasks = (size_t)scn_get(args, "tasks");

	for (size_t i = 0; i < n_tasks; i++)
		tasks[i] = gt_spawn(wake_and_compute, arg, "Task %zu", i + 1);
	return lesson_gather(tasks, n_tasks);
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 4, 1, LESSON_TASKS_MAX, "how many tasks sleep"},
        {"sleep", "ms", 50, 0, 60000, "how long each wants to sleep"},
        {"work", "ms", 20, 0, 60000, "how long each computes afterwards"},
};

const struct scenario scn_sleep_is_a_lower_bound = {
        .name = "sleep-is-a-lower-bound",
        .chapter = "6 Blocking",
        .title = "four tasks with one deadline, 20 of computing each",
        .question = "All four sleep for 50. When does Task 4 go on?",
        .text = "Look at the stairs from 50 on: each lane is `ready` for 20 longer than the one\n"
                "above it. Their sleep was over at the same instant, for all of them.\n"
                "\n"
                "Tempting: \"at 50, that is what it asked for.\" sleep(50) promises: not before\n"
                "50. After that the task is one of those who want to run, and stands in line\n"
                "with them. The more computing the others do, the later it is.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_sleep_is_a_lower_bound_teaching,
        .body = sleep_is_a_lower_bound,
};
