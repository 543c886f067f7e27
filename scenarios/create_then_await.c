/* Two tasks, each awaited in the line that creates it.
 *
 * On the screen: two lanes, and never both at once. There are tasks, and there is no concurrency.
 */
#include "scenarios/lesson.h"

static int work(void *arg)
{
	const struct scn_args *args = arg;
	int code;

	gt_log("starts");
	code = gt_sleep(scn_get_ns(args, "wait"));
	if (!code)
		gt_log("ends");
	return code;
}

static int create_then_await(void *arg)
{
	const struct scn_args *args = arg;

	for (int64_t i = 1; i <= scn_get(args, "tasks"); i++) {
		struct gt_task *task = gt_spawn(work, arg, "Task %d", (int)i);
		int code = task ? gt_join(task) : GT_ENOMEM; /* here: nobody else was started */

		if (code)
			return code;
	}
	gt_log("all of them are done");
	return 0;
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 2, 0, 1000, "how many tasks, one after the other"},
        {"wait", "ms", 500, 0, 60000, "how long each takes"},
};

static const char *const findings[] = {"awaited-at-once", NULL};

const struct scenario scn_create_then_await = {
        .name = "create-then-await",
        .chapter = "2 Together",
        .title = "await create_task(...), twice",
        .question = "It uses tasks. Is it concurrent?",
        .text = "Look at the two lanes: the second begins where the first ends, exactly as in\n"
                "`sequential`, with two lanes more.\n"
                "\n"
                "Tempting: \"yes, it uses tasks.\" Tasks run beside each other when they exist\n"
                "at the same time. `await create_task(...)` makes one and waits for it, then\n"
                "makes the next. Create all of them first and await them afterwards, or give\n"
                "them to gather.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_create_then_await_teaching,
        .findings = findings,
        .body = create_then_await,
};
