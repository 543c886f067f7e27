/* Four computing threads under one lock that changes hands every 5 ms.
 *
 * On the screen: four worker lanes that are busy for 1000 ms, and yet at any moment three of them only stand in line
 * for the lock. Four threads, four computations of 250, and the time of one thread.
 */
#include "scenarios/lesson.h"

struct story {
	struct gt_thread_lock *gil;
	uint64_t work_ns, slice_ns;
};

/* Runs on a thread of the pool: compute a slice at a time, with the lock in hand. */
static int compute(void *arg)
{
	const struct story *story = arg;
	uint64_t left_ns = story->work_ns;

	while (left_ns > 0) {
		uint64_t slice_ns = left_ns < story->slice_ns ? left_ns : story->slice_ns;
		int code = gt_thread_lock_acquire(story->gil);

		if (code)
			return code;
		gt_block(slice_ns);
		left_ns -= slice_ns;
		code = gt_thread_lock_release(story->gil);
		if (code)
			return code;
	}
	return 0;
}

static int job(void *arg)
{
	int code;

	gt_log("gives its computation to a thread");
	code = gt_thread(compute, arg, "compute");
	if (!code)
		gt_log("has the result");
	return code;
}

static int gil(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	struct gt_task *tasks[64];
	size_t n_tasks = (size_t)scn_get(args, "tasks");

	story = (struct story){gt_thread_lock_create("the lock"), scn_get_ns(args, "work"),
	                       scn_get_ns(args, "slice")};
	if (!story.gil)
		return GT_ENOMEM;
	for (size_t i = 0; i < n_tasks; i++)
		tasks[i] = gt_spawn(job, &story, "Task %zu", i);
	return lesson_gather(tasks, n_tasks);
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 4, 1, 64, "how many computations there are"},
        {"work", "ms", 250, 0, 5000, "how long each computes"},
        {"slice", "ms", 5, 1, 5000, "how long a thread keeps the lock"},
        {"pool", "threads", 4, 1, 64, "how many threads the pool has"},
};

static const char *const findings[] = {"lock-convoy", NULL};

const struct scenario scn_gil = {
        .name = "gil",
        .chapter = "6 Blocking",
        .title = "four computing threads under one lock",
        .question = "Four threads compute for 250 ms each. Why does it take 1000?",
        .text = "Look at the worker lanes and at the lock below them: four threads, one of\n"
                "which computes, and three that stand in line; zoom in (w) to see them take\n"
                "turns. Every 5 ms the lock changes hands. All four come to their end\n"
                "together, near 1000.\n"
                "\n"
                "Tempting: \"four threads are four times as fast.\" In CPython a thread needs\n"
                "the interpreter's lock to run a line of Python, and there is one. While a\n"
                "thread waits for a file or a socket it gives the lock back, so waiting on\n"
                "threads overlaps; computing in Python does not. Libraries that compute\n"
                "outside of Python give it back too.\n"
                "\n"
                "The real lock belongs to the loop's thread as well: a computing thread makes\n"
                "the loop late by up to 5 ms a turn. Here the loop has nothing to do. The\n"
                "threads of this picture are simulated, to the nanosecond.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_gil_teaching,
        .findings = findings,
        .body = gil,
};
