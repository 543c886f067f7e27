/* A limit of 100, and a loop that is blocked from 20 to 520.
 *
 * On the screen: the deadline passes at 100 and nothing happens, because somebody else has the thread. The
 * limit is noticed at 520. Look who is to blame: not the task with the limit.
 */
#include "scenarios/lesson.h"

static int answer(void *arg)
{
	const struct scn_args *args = arg;
	int code;

	gt_log("waits for an answer");
	code = gt_sleep(scn_get_ns(args, "answer"));
	gt_log(code == GT_ECANCELED ? "cancelled" : "has the answer");
	return code;
}

static int blocker(void *arg)
{
	const struct scn_args *args = arg;
	int code = gt_sleep(scn_get_ns(args, "at"));

	if (code)
		return code;
	gt_log("blocks the loop");
	gt_block(scn_get_ns(args, "block"));
	gt_log("lets go");
	return 0;
}

static int late_timeout(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_task *waiting = gt_spawn(answer, arg, "answer");
	struct gt_task *blocking = gt_spawn(blocker, arg, "blocker");
	uint64_t asked_ns = gt_now();
	int code;

	if (!waiting || !blocking)
		return GT_ENOMEM;
	code = gt_wait_for(waiting, scn_get_ns(args, "limit"), NULL);
	gt_release(waiting);
	gt_log("%s after %d ms", code == GT_ETIMEDOUT ? "timed out" : "has the answer",
	       (int)lesson_ms(gt_now() - asked_ns));
	if (code && code != GT_ETIMEDOUT)
		return code;
	return gt_join(blocking);
}

static const struct scn_param params[] = {
        {"limit", "ms", 100, 1, 60000, "how long main wants to wait"},
        {"answer", "ms", 1000, 0, 60000, "how long the answer takes"},
        {"at", "ms", 20, 0, 60000, "when the other task blocks the loop"},
        {"block", "ms", 500, 0, 60000, "how long it blocks it"},
};

static const char *const findings[] = {"blocked-loop", "late-timeout", NULL};

const struct scenario scn_late_timeout = {
        .name = "late-timeout",
        .chapter = "5 Limits of time, and cancellation",
        .title = "a limit of 100, the loop blocked until 520",
        .question = "The limit is 100. When does the TimeoutError come?",
        .text = "Look at 100, the deadline: nothing happens there. The blocker's bar of running\n"
                "covers it, from 20 to 520. Then the loop comes back, finds the timer long due,\n"
                "cancels, and main gets its TimeoutError 420 late.\n"
                "\n"
                "Tempting: \"at 100, a timeout is exact.\" Timers are not interrupts. They say\n"
                "`not before`, never `exactly at`. When a timeout comes late, do not look at\n"
                "the task that had the limit: look who was running when it was due.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_late_timeout_teaching,
        .findings = findings,
        .body = late_timeout,
};
