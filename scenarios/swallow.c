/* A task that catches its cancellation and goes on as if nothing had been said.
 *
 * On the screen: the limit of 50 passes, the cancellation arrives, and the lane goes on. The caller with the
 * limit has to wait until the task is pleased to end.
 */
#include "scenarios/lesson.h"

static int stubborn(void *arg)
{
	const struct scn_args *args = arg;
	int code;

	gt_log("works");
	code = gt_sleep(scn_get_ns(args, "work"));
	if (code == GT_ECANCELED) {
		gt_log("was cancelled, and goes on");
		code = gt_sleep(scn_get_ns(args, "rest"));
	}
	if (code)
		return code;
	gt_log("is done");
	return gt_return_text("a result all the same");
}

static int swallow(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_task *task = gt_spawn(stubborn, arg, "stubborn");
	uint64_t asked_ns = gt_now();
	int code;

	if (!task)
		return GT_ENOMEM;
	code = gt_wait_for(task, scn_get_ns(args, "limit"), NULL);
	if (!code)
		gt_log("has %s", gt_text(task));
	else if (code == GT_ETIMEDOUT)
		gt_log("timed out");
	gt_log("waited for %d ms", (int)lesson_ms(gt_now() - asked_ns));
	gt_release(task);
	return code == GT_ETIMEDOUT ? 0 : code;
}

static const struct scn_param params[] = {
        {"work", "ms", 1000, 0, 60000, "how long the task works if nobody disturbs it"},
        {"limit", "ms", 50, 1, 60000, "how long the caller wants to wait"},
        {"rest", "ms", 200, 0, 60000, "how long the task goes on after its cancellation"},
};

static const char *const findings[] = {"swallowed-cancel", NULL};

const struct scenario scn_swallow = {
        .name = "swallow",
        .chapter = "5 Limits of time, and cancellation",
        .title = "a task that eats its cancellation",
        .question = "The limit is 50. When does the caller go on?",
        .text = "Look at 50: the cancellation is delivered, and the lane does not end. The task\n"
                "has caught CancelledError and not raised it again; it rests for another 200,\n"
                "and only then main hears of it. There is no TimeoutError either.\n"
                "\n"
                "Tempting: \"at 50, that is what a limit is for.\" A limit is a request to\n"
                "cancel, and a cancellation is an error raised inside the task. Whoever catches\n"
                "it and goes on has taken the limit away from everybody who set one.\n"
                "\n"
                "Rule: catch CancelledError to clean up, then raise it again, as in `cancel`.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_swallow_teaching,
        .findings = findings,
        .body = swallow,
};
