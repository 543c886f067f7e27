/* Three workers do operations of different length, and a monitor counts how many there were each second.
 *
 * On the screen: three busy lanes, and one that wakes every 1000, says a number, and begins to count anew.
 */
#include "scenarios/lesson.h"

#define WORKERS_MAX 20

struct story {
	const struct scn_args *args;
	int n_done; /* in this second */
	int n_all;
};

struct worker {
	struct story *story;
	uint64_t work_ns;
};

static int work(void *arg)
{
	const struct worker *worker = arg;

	for (;;) { /* main ends it */
		int code = gt_sleep(worker->work_ns);

		if (code)
			return code;
		worker->story->n_done++;
		worker->story->n_all++;
	}
}

static int monitor(void *arg)
{
	struct story *story = arg;

	for (;;) { /* main ends it */
		int code = gt_sleep(scn_get_ns(story->args, "every"));

		if (code)
			return code;
		gt_log("%d operations", story->n_done);
		story->n_done = 0;
	}
}

static int rate_monitor(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* these outlive main */
	static struct worker workers[WORKERS_MAX];
	size_t n_workers = (size_t)scn_get(args, "workers");
	struct gt_task *tasks[WORKERS_MAX + 1];
	int code;

	story = (struct story){.args = args};
	tasks[0] = gt_spawn(monitor, &story, "monitor");
	for (size_t i = 0; i < n_workers; i++) {
		workers[i] = (struct worker){&story, (i + 1) * scn_get_ns(args, "work")};
		tasks[i + 1] = gt_spawn(work, &workers[i], "worker %zu", i + 1);
	}
	code = gt_sleep(scn_get_ns(args, "run"));
	for (size_t i = 0; i <= n_workers; i++) {
		if (tasks[i])
			gt_cancel(tasks[i]);
		gt_release(tasks[i]);
	}
	if (!code)
		gt_log("%d operations in all", story.n_all);
	return code;
}

static const struct scn_param params[] = {
        {"workers", "tasks", 3, 1, WORKERS_MAX, "how many workers there are"},
        {"work", "ms", 70, 1, 60000,
         "how long an operation of the first takes; 2x, 3x for the next"},
        {"every", "ms", 1000, 1, 60000, "how often the monitor looks"},
        {"run", "ms", 3500, 0, 60000, "when main ends it all"},
};

const struct scenario scn_rate_monitor = {
        .name = "rate-monitor",
        .chapter = "7 Patterns",
        .title = "operations, counted every second",
        .question = "The monitor says a number each second. What do the last 500 ms count for?",
        .text = "Look at the monitor's lane: it wakes at 1000, 2000 and 3000. The workers count\n"
                "up, the monitor reads and sets to zero, and no count is lost, because nobody\n"
                "awaits in between.\n"
                "\n"
                "Tempting: \"three numbers, so the mean of them is the rate.\" The run ends at\n"
                "3500, and the last half second is in none of them. A monitor that is cancelled\n"
                "should say its last number on the way out. And the number is one a second only\n"
                "if the monitor wakes in time: on a blocked loop a `second` may be two.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_rate_monitor_teaching,
        .body = rate_monitor,
};
