/* A task is shielded, and main ends while it is at work.
 *
 * On the screen: the end of main cancels the waiter and the work behind the shield alike. A shield stands
 * between two tasks; it does not stand between a task and the end of the loop.
 */
#include "scenarios/lesson.h"

static int save(void *arg)
{
	const struct scn_args *args = arg;
	int code;

	gt_log("saves");
	code = gt_sleep(scn_get_ns(args, "work"));
	gt_log(code == GT_ECANCELED ? "is cancelled: half of it is saved" : "all is saved");
	return code;
}

static int wait_behind_shield(void *arg)
{
	struct gt_task *work = gt_spawn(save, arg, "save");
	int code;

	if (!work)
		return GT_ENOMEM;
	code = gt_shield(work, NULL);
	gt_release(work);
	if (code == GT_ECANCELED)
		gt_log("is cancelled, and is not worried: the work is shielded");
	return code;
}

static int shield_shutdown(void *arg)
{
	const struct scn_args *args = arg;
	int code;

	gt_release(gt_spawn(wait_behind_shield, arg, "waiter"));
	code = gt_sleep(scn_get_ns(args, "main"));
	if (!code)
		gt_log("is done, and ends");
	return code;
}

static const struct scn_param params[] = {
        {"work", "ms", 500, 0, 60000, "how long saving takes"},
        {"main", "ms", 200, 0, 60000, "how long main has something to do"},
};

static const char *const findings[] = {"cancelled-at-shutdown", NULL};

const struct scenario scn_shield_shutdown = {
        .name = "shield-shutdown",
        .chapter = "5 Limits of time, and cancellation",
        .title = "main ends while a shielded task is at work",
        .question = "The work is shielded. Does it survive the end of main?",
        .text = "Look at 200: main ends, and the loop cancels what is left, the waiter and the\n"
                "work, each by itself. The work is cut off in the middle.\n"
                "\n"
                "Tempting: \"shielded is safe.\" A shield keeps away one cancellation: the one\n"
                "that would have come from the waiter (see `shield`). It knows nothing of the\n"
                "end of the program. What must be finished has to be awaited before main ends,\n"
                "shield or not.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_shield_shutdown_teaching,
        .findings = findings,
        .body = shield_shutdown,
};
