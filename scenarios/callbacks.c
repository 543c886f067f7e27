/* The loop calls plain functions too: soon, or later. They belong to no task.
 *
 * On the screen: two marks on the lane of the loop, at 0 and at 100, while main waits. A callback runs and
 * is over; it cannot wait for anything.
 */
#include "scenarios/lesson.h"

static void say(void *arg)
{
	gt_log("%s", (const char *)arg);
}

static int callbacks(void *arg)
{
	const struct scn_args *args = arg;
	static char soon[] = "called soon", later[] = "called later";
	int code;

	gt_log("asks the loop for two calls");
	code = gt_call_soon(say, soon, "say soon");
	if (code)
		return code;
	if (!gt_call_later(scn_get_ns(args, "later"), say, later, "say later"))
		return GT_ENOMEM;
	gt_log("nothing has been called yet");
	code = gt_sleep(scn_get_ns(args, "sleep"));
	if (!code)
		gt_log("is done");
	return code;
}

static const struct scn_param params[] = {
        {"later", "ms", 100, 0, 60000, "when the second callback is due"},
        {"sleep", "ms", 200, 0, 60000, "how long main sleeps meanwhile"},
};

const struct scenario scn_callbacks = {
        .name = "callbacks",
        .chapter = "1 The loop",
        .title = "what the loop calls by itself",
        .question = "Which task do the two callbacks belong to?",
        .text = "Underneath, the loop knows only callbacks: functions in a queue, and functions\n"
                "with a time. A step of a task is one of them. Look at the lane of the loop for\n"
                "two that are not: they run at 0 and at 100 while main waits, and the log shows\n"
                "them in the name of the loop.\n"
                "\n"
                "Tempting: \"to main, which asked for them.\" main has only left a note. A\n"
                "callback has no task: it cannot await, it cannot be cancelled like a task, and\n"
                "an error in it reaches nobody who called it.\n"
                "\n"
                "Try --set later=300: main is done at 200. Is the second one still called?\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_callbacks_teaching,
        .body = callbacks,
};
