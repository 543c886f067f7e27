/* Two callbacks, a task, a timer of no time at all, and a yield: in which order do they come?
 *
 * On the screen: change to the axis of events. The ready queue is a queue, first in, first out; the timer
 * comes one iteration later, although its time is now.
 */
#include "scenarios/lesson.h"

static void say(void *arg)
{
	gt_log("%s", (const char *)arg);
}

static int speak(void *arg)
{
	(void)arg;
	gt_log("the task");
	return 0;
}

static int call_order(void *arg)
{
	const struct scn_args *args = arg;
	static char first[] = "soon 1", second[] = "soon 2", timer[] = "later 0";
	struct gt_task *task;
	int code;

	if (!gt_call_later(0, say, timer, "later 0") || gt_call_soon(say, first, "soon 1") ||
	    gt_call_soon(say, second, "soon 2"))
		return GT_ENOMEM;
	task = gt_spawn(speak, NULL, "task");
	if (!task)
		return GT_ENOMEM;
	gt_log("everything is asked for");
	for (int64_t i = 1; i <= scn_get(args, "yields"); i++) {
		code = gt_sleep(0);
		if (code)
			return code;
		gt_log("after sleep(0), %d", (int)i);
	}
	return gt_join(task);
}

static const struct scn_param params[] = {
        {"yields", "turns", 2, 0, 100, "how often main says sleep(0)"},
};

const struct scenario scn_call_order = {
        .name = "call-order",
        .chapter = "1 The loop",
        .title = "five things at the same instant",
        .question = "All of it happens at 0 ms. In which order?",
        .text = "Everything here happens in the same instant, so look at the axis of events.\n"
                "The loop has one queue, first in, first out: soon 1, soon 2, the first step of\n"
                "the task, and then main again, which put itself at the end with sleep(0).\n"
                "\n"
                "Tempting: \"call_later(0) is first, it was asked for first.\" It is no member\n"
                "of the queue but of the list of timers. An iteration first moves the timers\n"
                "that are due to the end of the queue, then runs what is in it. So `later 0`\n"
                "stands behind everything that was ready when main first waited.\n"
                "\n"
                "sleep(0) is the other lesson here: it lets everybody else have one turn.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_call_order_teaching,
        .body = call_order,
};
