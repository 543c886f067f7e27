/* An operation that takes too long, and a caller with a limit.
 *
 * On the screen: the operation's wait is cut off at the limit, long before its own end, and the caller goes
 * on in the same instant.
 */
#include "scenarios/lesson.h"

static int operation(void *arg)
{
	const struct scn_args *args = arg;
	int code;

	gt_log("starts");
	code = gt_sleep(scn_get_ns(args, "work"));
	if (code == GT_ECANCELED)
		gt_log("cancelled");
	else if (!code)
		gt_log("is done");
	return code;
}

static int wait_for(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_task *task = gt_spawn(operation, arg, "operation");
	int code;

	if (!task)
		return GT_ENOMEM;
	code = gt_wait_for(task, scn_get_ns(args, "limit"), NULL);
	gt_release(task);
	if (code == GT_ETIMEDOUT)
		gt_log("timed out, going on without it");
	else if (!code)
		gt_log("has the result");
	return code == GT_ETIMEDOUT ? 0 : code;
}

static const struct scn_param params[] = {
        {"work", "ms", 2000, 0, 60000, "how long the operation would take"},
        {"limit", "ms", 500, 1, 60000, "how long the caller waits for it"},
};

const struct scenario scn_wait_for = {
        .name = "wait-for",
        .chapter = "5 Limits of time, and cancellation",
        .title = "an operation of 2000 ms, a limit of 500",
        .question = "What becomes of the operation when the limit is over?",
        .text = "Look at 500: a cancellation goes from the loop to the operation, the operation\n"
                "ends, and main gets TimeoutError, all in the same millisecond.\n"
                "\n"
                "Tempting: \"the caller stops waiting, and the operation runs on.\" It would be\n"
                "a leak: nobody would ever look at its result. wait_for cancels what it waited\n"
                "for. And it does so politely: CancelledError is raised inside the operation,\n"
                "where it waits, so that it can clean up.\n"
                "\n"
                "What if the cleaning up takes long? See `slow-cleanup`.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_wait_for_teaching,
        .body = wait_for,
};
