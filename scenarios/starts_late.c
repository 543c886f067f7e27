/* Three tasks are created, and their creator goes on working.
 *
 * On the screen: three lanes that are ready from 0 to 100 and do not run, because main does. They start,
 * all at once, when main waits for the first time.
 */
#include "scenarios/lesson.h"

struct story {
	uint64_t wait_ns;
};

static int run(void *arg)
{
	const struct story *story = arg;
	int code;

	gt_log("starts");
	code = gt_sleep(story->wait_ns);
	if (!code)
		gt_log("ends");
	return code;
}

static int starts_late(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	size_t n_tasks = (size_t)scn_get(args, "tasks");
	struct gt_task *tasks[LESSON_TASKS_MAX];

	story = (struct story){scn_get_ns(args, "wait")};
	for (size_t i = 0; i < n_tasks; i++) {
		tasks[i] = gt_spawn(run, &story, "Task %zu", i);
		gt_log("created Task %zu", i);
	}
	gt_block(scn_get_ns(args, "work"));
	gt_log("has worked, and waits now");
	return lesson_gather(tasks, n_tasks);
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 3, 1, LESSON_TASKS_MAX, "how many tasks are created"},
        {"work", "ms", 100, 0, 60000, "how long main works on before it waits"},
        {"wait", "ms", 50, 0, 60000, "how long each task waits"},
};

static const char *const findings[] = {"blocked-loop", NULL};

const struct scenario scn_starts_late = {
        .name = "starts-late",
        .chapter = "1 The loop",
        .title = "created at 0, started at 100",
        .question = "When does the first task start?",
        .text = "Look at the three lanes between 0 and 100: `ready`. The tasks exist, nothing\n"
                "keeps them, and they do not run, because main has not let go of the thread.\n"
                "\n"
                "Tempting: \"at once, create_task starts it.\" Many a text says so. Creating a\n"
                "task queues it; it runs when its creator waits, and not at its creator's next\n"
                "`await` either, but at the first one that really suspends.\n"
                "\n"
                "Try --set work=0: the gap is gone, and the order of the log stays.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_starts_late_teaching,
        .findings = findings,
        .body = starts_late,
};
