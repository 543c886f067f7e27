/* A limit of 100 on a task whose cleaning up takes 300.
 *
 * On the screen: the task is cancelled at 100 and cleans up until 400. Only then does the caller get its
 * TimeoutError.
 */
#include "scenarios/lesson.h"

static int operation(void *arg)
{
	const struct scn_args *args = arg;
	int code, clean;

	gt_log("starts");
	code = gt_sleep(scn_get_ns(args, "work"));
	if (code != GT_ECANCELED)
		return code;
	gt_log("cancelled, closes its files");
	clean = gt_sleep(scn_get_ns(args, "cleanup"));
	if (!clean)
		gt_log("has closed its files");
	return code;
}

static int slow_cleanup(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_task *task = gt_spawn(operation, arg, "operation");
	int code;

	if (!task)
		return GT_ENOMEM;
	code = gt_wait_for(task, scn_get_ns(args, "limit"), NULL);
	gt_release(task);
	gt_log(code == GT_ETIMEDOUT ? "timed out" : "has the result");
	return code == GT_ETIMEDOUT ? 0 : code;
}

static const struct scn_param params[] = {
        {"work", "ms", 1000, 0, 60000, "how long the operation would take"},
        {"limit", "ms", 100, 1, 60000, "how long the caller wants to wait"},
        {"cleanup", "ms", 300, 0, 60000, "how long the operation needs to clean up"},
};

const struct scenario scn_slow_cleanup = {
        .name = "slow-cleanup",
        .chapter = "5 Limits of time, and cancellation",
        .title = "a limit of 100, and 300 of cleaning up",
        .question = "The limit is 100. When does the caller go on?",
        .text = "Look at the operation's lane: cancelled at 100, and at work until 400, because\n"
                "it closes what it has open. main waits all that time and gets its TimeoutError\n"
                "at 400.\n"
                "\n"
                "Tempting: \"at 100.\" The limit says when the operation is asked to stop. When\n"
                "it has stopped is its own affair, and wait_for waits for that: otherwise the\n"
                "caller would go on while the files are still being closed. A limit bounds the\n"
                "work, not the cleaning up; keep the cleaning up short.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_slow_cleanup_teaching,
        .body = slow_cleanup,
};
