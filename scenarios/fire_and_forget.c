/* main starts a task, does not wait for it, and ends.
 *
 * On the screen: at the end of main the lane of the other task ends too, cancelled. The loop does not stay
 * up for what is left over.
 */
#include "scenarios/lesson.h"

static int send(void *arg)
{
	const struct scn_args *args = arg;
	int code;

	gt_log("sends the report");
	code = gt_sleep(scn_get_ns(args, "send"));
	gt_log(code == GT_ECANCELED ? "is cancelled: the report is lost" : "the report is sent");
	return code;
}

static int fire_and_forget(void *arg)
{
	const struct scn_args *args = arg;
	int code;

	gt_release(gt_spawn(send, arg, "sender"));
	code = gt_sleep(scn_get_ns(args, "main"));
	if (!code)
		gt_log("is done, and ends");
	return code;
}

static const struct scn_param params[] = {
        {"send", "ms", 500, 0, 60000, "how long sending takes"},
        {"main", "ms", 100, 0, 60000, "how long main has something to do"},
};

static const char *const findings[] = {"cancelled-at-shutdown", NULL};

const struct scenario scn_fire_and_forget = {
        .name = "fire-and-forget",
        .chapter = "5 Limits of time, and cancellation",
        .title = "main ends while a task is at work",
        .question = "main ends at 100. Does the sender finish its work?",
        .text = "Look at 100: main is done, and in the same instant the sender is cancelled, by\n"
                "the loop, which is cleaning up.\n"
                "\n"
                "Tempting: \"yes, a task lives by itself.\" It lives in its loop, and the loop\n"
                "lives as long as main. A thread would have been waited for; a task is not. If\n"
                "the work matters, somebody has to await it before the end.\n"
                "\n"
                "Keep a reference to such a task as well: a task that nobody holds may be\n"
                "collected in the middle of its work.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_fire_and_forget_teaching,
        .findings = findings,
        .body = fire_and_forget,
};
