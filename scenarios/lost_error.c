/* A task fails, and nobody looks.
 *
 * On the screen: an error at the end of a lane, and no line from it to anybody. main goes on and ends well.
 */
#include "scenarios/lesson.h"

static int save(void *arg)
{
	const struct scn_args *args = arg;
	int code = gt_sleep(scn_get_ns(args, "fails"));

	if (code)
		return code;
	gt_log("fails");
	return gt_raise("OSError", "the disk is full");
}

static int lost_error(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_task *task = gt_spawn(save, arg, "save");
	int code;

	if (!task)
		return GT_ENOMEM;
	code = gt_sleep(scn_get_ns(args, "main"));
	if (!code)
		gt_log("the task is %s; all is well, it seems",
		       gt_is_done(task) ? "done" : "not done");
	gt_release(task);
	return code;
}

static const struct scn_param params[] = {
        {"fails", "ms", 100, 0, 60000, "when the task fails"},
        {"main", "ms", 300, 0, 60000, "how long main has something to do"},
};

static const char *const findings[] = {"never-retrieved", NULL};

const struct scenario scn_lost_error = {
        .name = "lost-error",
        .chapter = "5 Limits of time, and cancellation",
        .title = "a task fails and nobody looks",
        .question = "The task fails at 100. When does main hear of it?",
        .text = "Look at the end of the task's lane: an error, and nobody is woken by it. main\n"
                "waits for its own timer and ends at 300 with success.\n"
                "\n"
                "Tempting: \"an error stops the program.\" An error goes up to the caller, and\n"
                "a task has none: it has somebody who awaits it, or nobody. Python mentions the\n"
                "lost error when the task is thrown away, in a line on standard error that\n"
                "comes late or never. Await your tasks; a task group does it for you.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_lost_error_teaching,
        .findings = findings,
        .body = lost_error,
};
