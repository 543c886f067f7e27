/* A worker is cancelled in the middle of its work, cleans up, and ends.
 *
 * On the screen: three moments that are easily taken for one. The request at 500, in main; its delivery,
 * when the worker next runs; and the end, after the worker has cleaned up.
 */
#include "scenarios/lesson.h"

static int worker(void *arg)
{
	const struct scn_args *args = arg;
	int code;

	gt_log("works");
	code = gt_sleep(scn_get_ns(args, "work"));
	if (code != GT_ECANCELED) {
		gt_log("is done");
		return code;
	}
	gt_log("cancelled, cleans up");
	code = gt_sleep(scn_get_ns(args, "cleanup"));
	if (code)
		return code;
	gt_log("is clean, raises it again");
	return GT_ECANCELED;
}

static int cancel(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_task *task = gt_spawn(worker, arg, "worker");
	int code;

	if (!task)
		return GT_ENOMEM;
	code = gt_sleep(scn_get_ns(args, "at"));
	if (code)
		return code;
	gt_log("cancel: %s", gt_cancel(task) ? "requested" : "too late");
	gt_log("worker done: %s", gt_is_done(task) ? "yes" : "no");
	code = gt_join(task);
	gt_log(code == GT_ECANCELED ? "the worker was cancelled" : "the worker has a result");
	return code == GT_ECANCELED ? 0 : code;
}

static const struct scn_param params[] = {
        {"work", "ms", 5000, 0, 60000, "how long the worker would take"},
        {"at", "ms", 500, 0, 60000, "when main cancels it"},
        {"cleanup", "ms", 100, 0, 60000, "how long the worker cleans up"},
};

const struct scenario scn_cancel = {
        .name = "cancel",
        .chapter = "5 Limits of time, and cancellation",
        .title = "cancelled at 500 of 5000, cleans up, ends",
        .question = "main calls cancel() at 500. When does the worker end?",
        .text = "A cancellation has three moments. Look for each of them:\n"
                "  requested  main calls cancel() at 500, and goes on running\n"
                "  delivered  the worker's sleep raises CancelledError, in the next iteration\n"
                "  done       at 600, when the worker has cleaned up and raised it again\n"
                "\n"
                "Tempting: \"cancel() stops it.\" It cannot: only the worker knows what it has\n"
                "open, and while main runs the worker does not. So cancel() leaves a note and\n"
                "returns at once; `worker done: no` in the log is the proof.\n"
                "\n"
                "Try --set cleanup=0: which of the three moments still differ?\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_cancel_teaching,
        .body = cancel,
};
