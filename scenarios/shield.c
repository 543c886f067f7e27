/* Work that must not be cut off, and a waiter that is cancelled while it waits for it.
 *
 * On the screen: at 100 the waiter's lane ends, and the lane of the work goes on to 500 as if nothing had
 * happened. The shield stands in front of the work, not in front of the waiter.
 */
#include "scenarios/lesson.h"

struct story {
	struct gt_task *work;
	uint64_t work_ns;
};

static int work(void *arg)
{
	const struct story *story = arg;
	int code;

	gt_log("starts");
	code = gt_sleep(story->work_ns);
	if (!code)
		gt_log("is done");
	return code;
}

static int wait_behind_shield(void *arg)
{
	const struct story *story = arg;
	int code;

	gt_log("waits for the work, shielded");
	code = gt_shield(story->work, NULL);
	gt_log(code == GT_ECANCELED ? "cancelled" : "has the result");
	return code;
}

static int shield(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	struct gt_task *waiter;
	int code;

	story = (struct story){.work_ns = scn_get_ns(args, "work")};
	story.work = gt_spawn(work, &story, "work");
	waiter = gt_spawn(wait_behind_shield, &story, "waiter");
	if (!story.work || !waiter)
		return GT_ENOMEM;
	code = gt_sleep(scn_get_ns(args, "at"));
	if (code)
		return code;
	gt_cancel(waiter);
	code = gt_join(waiter);
	gt_log(code == GT_ECANCELED ? "the waiter is gone" : "the waiter was quicker");
	code = gt_join(story.work);
	if (!code)
		gt_log("the work is done all the same");
	return code;
}

static const struct scn_param params[] = {
        {"work", "ms", 500, 0, 60000, "how long the work takes"},
        {"at", "ms", 100, 0, 60000, "when its waiter is cancelled"},
};

const struct scenario scn_shield = {
        .name = "shield",
        .chapter = "5 Limits of time, and cancellation",
        .title = "500 of work; its waiter is cancelled at 100",
        .question = "Who is protected by a shield: the work, or the one who waits?",
        .text = "Cancelling a task that awaits another one is passed on: normally the work\n"
                "would end with its waiter. The shield stops it there. Look at 100: the\n"
                "waiter's lane ends, the work's lane goes on, and ends at 500 with a result.\n"
                "\n"
                "Tempting: \"whoever calls shield() is protected.\" It is the other way round:\n"
                "the caller is cancelled as always, and has to live without the result. If\n"
                "somebody still wants it, somebody must keep the task and await it, as main\n"
                "does here.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_shield_teaching,
        .body = shield,
};
