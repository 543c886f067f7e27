/* What a task can be asked: its name, whether it is done, and how it ended.
 *
 * On the screen: three tasks, one that ends well, one that is cancelled and one that is still at work. main
 * looks at them at 0, at 150 and at 300.
 */
#include "scenarios/lesson.h"

#include <stdio.h>

static int work(void *arg)
{
	const uint64_t *work_ns = arg;
	int code;

	gt_log("runs; its name is %s", gt_name(gt_self()));
	code = gt_sleep(*work_ns);
	return code;
}

static void look_at(const struct gt_task *task)
{
	const char *is = "pending";

	if (gt_is_cancelled(task))
		is = "done, cancelled";
	else if (gt_is_done(task))
		is = "done";
	gt_log("%s is %s, %u requests to cancel it", gt_name(task), is, gt_cancelling(task));
}

/* Every task of the loop that is not done, main itself among them. */
static void look_at_all(void)
{
	struct gt_task *all[8];
	size_t n = gt_tasks(all, LESSON_COUNT(all)), used = 0;
	char names[100] = "";

	for (size_t i = 0; i < n && i < LESSON_COUNT(all) && used < sizeof(names); i++)
		used += (size_t)snprintf(names + used, sizeof(names) - used, " %s",
		                         gt_name(all[i]));
	gt_log("not done:%s", names);
}

static void look(struct gt_task *const tasks[], size_t n_tasks)
{
	for (size_t i = 0; i < n_tasks; i++)
		look_at(tasks[i]);
	look_at_all();
}

static int tell(struct gt_task *const tasks[], size_t n_tasks, uint64_t pause_ns)
{
	int code;

	look(tasks, n_tasks);
	code = gt_sleep(pause_ns);
	if (code)
		return code;
	gt_cancel(tasks[1]);
	gt_log("has asked %s to end", gt_name(tasks[1]));
	look(tasks, n_tasks);
	code = gt_sleep(pause_ns);
	if (!code)
		look(tasks, n_tasks);
	return code;
}

static int task_tools(void *arg)
{
	const struct scn_args *args = arg;
	static uint64_t a_ns, b_ns, c_ns; /* outlive main */
	int code;

	a_ns = scn_get_ns(args, "a");
	b_ns = scn_get_ns(args, "b");
	c_ns = scn_get_ns(args, "c");
	struct gt_task *tasks[] = {
	        gt_spawn(work, &a_ns, "A"),
	        gt_spawn(work, &b_ns, "B"),
	        gt_spawn(work, &c_ns, "C"),
	};
	if (!tasks[0] || !tasks[1] || !tasks[2])
		return GT_ENOMEM;
	code = tell(tasks, LESSON_COUNT(tasks), scn_get_ns(args, "pause"));
	for (size_t i = 0; i < LESSON_COUNT(tasks); i++)
		gt_release(tasks[i]);
	return code;
}

static const struct scn_param params[] = {
        {"a", "ms", 100, 0, 60000, "how long A works"},
        {"b", "ms", 500, 0, 60000, "how long B works"},
        {"c", "ms", 500, 0, 60000, "how long C works"},
        {"pause", "ms", 150, 0, 60000, "the time between two looks; B is cancelled at the second"},
};

static const char *const findings[] = {"cancelled-at-shutdown", NULL};

const struct scenario scn_task_tools = {
        .name = "task-tools",
        .chapter = "1 The loop",
        .title = "three tasks, asked how they are",
        .question = "main cancels B, and asks it in the next line. Is it cancelled?",
        .text = "Look at main's three looks: at 0 all are pending, though none has started; at\n"
                "150 A is done, and B has one request to cancel it and is pending; at 300 it is\n"
                "done, cancelled. C is pending until main ends and the loop cancels it.\n"
                "\n"
                "Tempting: \"cancel() makes it cancelled.\" cancel() is a request. `done` and\n"
                "`cancelled` are about the end of a task, and a task ends by itself, in a turn\n"
                "of its own.\n"
                "\n"
                "There are two states only that you can ask for: done or not. Whether a\n"
                "pending task is running, ready or waiting you see here, on its lane.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_task_tools_teaching,
        .findings = findings,
        .body = task_tools,
};
