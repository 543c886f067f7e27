/* Three tasks in a group.
 *
 * On the screen: the group stands on main's lane from the tasks' creation to the last one's end. main cannot
 * leave it earlier, so nothing that was started inside is left behind.
 */
#include "scenarios/lesson.h"

#define TASKS_MAX 100

static int wait(void *arg)
{
	const struct scn_args *args = arg;
	int code;

	gt_log("waits");
	code = gt_sleep(scn_get_ns(args, "wait"));
	if (!code)
		gt_log("is done");
	return code;
}

static int taskgroup(void *arg)
{
	const struct scn_args *args = arg;
	size_t n_tasks = (size_t)scn_get(args, "tasks");
	struct gt_group *group = gt_group_enter();
	int code = 0;

	for (size_t i = 0; !code && i < n_tasks; i++)
		if (!gt_group_spawn(group, wait, arg, "Task %zu", i))
			code = GT_ENOMEM;
	gt_log("has started %d tasks", (int)n_tasks);
	code = gt_group_exit(group, code);
	if (!code)
		gt_log("is behind the group");
	return code;
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 3, 0, TASKS_MAX, "how many tasks the group has"},
        {"wait", "ms", 1000, 0, 60000, "how long each takes"},
};

const struct scenario scn_taskgroup = {
        .name = "taskgroup",
        .chapter = "2 Together",
        .title = "three tasks of 1000 in a group",
        .question = "There is no await in main but the group. Where does main wait?",
        .text = "Look at main's lane: its wait is called `group`. It begins when main comes to\n"
                "the end of the block, and is over when the last of the three tasks is.\n"
                "\n"
                "Tempting: \"nobody awaits the tasks, so main runs on and ends.\" The end of\n"
                "the `async with` block awaits them all. A task of a group cannot outlive the\n"
                "block that it was started in; that is why nothing gets lost here, neither a\n"
                "task nor an error. Compare it with `fire-and-forget`.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_taskgroup_teaching,
        .body = taskgroup,
};
