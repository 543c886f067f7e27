/* A task runs in the background while main does something else, and then main waits for it.
 *
 * On the screen: main's own wait of 200 lies inside the task's wait of 1000. Waiting for the task afterwards
 * costs only what is left of it.
 */
#include "scenarios/lesson.h"

static int background_work(void *arg)
{
	const uint64_t *wait_ns = arg;
	int code;

	gt_log("starts in the background");
	code = gt_sleep(*wait_ns);
	if (!code)
		gt_log("is done");
	return code;
}

static int background(void *arg)
{
	const struct scn_args *args = arg;
	static uint64_t wait_ns; /* outlives main */
	struct gt_task *task;
	uint64_t asked_ns;
	int code;

	wait_ns = scn_get_ns(args, "background");
	task = gt_spawn(background_work, &wait_ns, "background");
	if (!task)
		return GT_ENOMEM;
	gt_log("does something else");
	code = gt_sleep(scn_get_ns(args, "own"));
	if (code)
		return code;
	gt_log("waits for the task");
	asked_ns = gt_now();
	code = gt_join(task);
	if (!code)
		gt_log("had to wait for %d ms", (int)lesson_ms(gt_now() - asked_ns));
	return code;
}

static const struct scn_param params[] = {
        {"background", "ms", 1000, 0, 60000, "how long the task takes"},
        {"own", "ms", 200, 0, 60000, "how long main does something else"},
};

const struct scenario scn_background = {
        .name = "background",
        .chapter = "2 Together",
        .title = "a task of 1000 while main does something else",
        .question = "main awaits the task after 200 ms. When does main go on?",
        .text = "Look at 200: the task is already waiting for its answer, since main let go of\n"
                "the loop when it began its own wait. Awaiting the task takes the 800 that are\n"
                "left.\n"
                "\n"
                "Tempting: \"at 1200, because await starts it.\" `await f()` would have started\n"
                "it there. create_task started it, before; await only collects.\n"
                "\n"
                "Try --set own=1500: the task is done before main asks.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_background_teaching,
        .body = background,
};
