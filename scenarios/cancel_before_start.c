/* A task is cancelled before it has run a single line.
 *
 * On the screen: a lane that goes from ready to its end without a cell of running. Its body has never begun,
 * and so there is nothing that could be cleaned up.
 */
#include "scenarios/lesson.h"

static int work(void *arg)
{
	const struct scn_args *args = arg;
	int code;

	gt_log("begins");
	code = gt_sleep(scn_get_ns(args, "work"));
	gt_log("finally"); /* what stands in a `finally` runs here, whatever the code is */
	return code;
}

static int cancel_before_start(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_task *task = gt_spawn(work, arg, "worker");
	int code;

	if (!task)
		return GT_ENOMEM;
	for (int64_t i = 0; i < scn_get(args, "turns"); i++) {
		code = gt_sleep(0);
		if (code)
			return code;
	}
	gt_log("cancels the worker");
	gt_cancel(task);
	code = gt_join(task);
	gt_log(code == GT_ECANCELED ? "the worker was cancelled" : "the worker has a result");
	return code == GT_ECANCELED ? 0 : code;
}

static const struct scn_param params[] = {
        {"turns", "turns", 0, 0, 100, "how many turns the worker gets before it is cancelled"},
        {"work", "ms", 1000, 1, 60000, "how long it would work"},
};

static const char *const findings[] = {"cancelled-before-start", NULL};

const struct scenario scn_cancel_before_start = {
        .name = "cancel-before-start",
        .chapter = "5 Limits of time, and cancellation",
        .title = "cancelled before its first step",
        .question = "The worker has a `finally`. Does it run?",
        .text = "Look at the worker's lane: ready, then done. No cell of running, no line in\n"
                "the log. Everything happens at 0, so the axis of events shows it best.\n"
                "\n"
                "Tempting: \"yes, finally runs in any case.\" It does, once its `try` has been\n"
                "entered. A new task is only queued; cancelled there, it ends with\n"
                "CancelledError before its first line. What must be cleaned up should therefore\n"
                "be opened inside the task, and not be handed to it.\n"
                "\n"
                "Try --set turns=1: one turn is enough to get inside.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_cancel_before_start_teaching,
        .findings = findings,
        .body = cancel_before_start,
};
