/* The two tasks of `race`, with a lock around the reading and the writing.
 *
 * On the screen: the tasks take turns. While one is between its reading and its writing, the other waits for
 * the lock; no addition is lost, and the whole takes twice as long.
 */
#include "scenarios/lesson.h"

#define TASKS_MAX 100

struct story {
	struct gt_lock *lock;
	int counter;
	int times;
	uint64_t gap_ns;
};

static int add_one(struct story *story)
{
	int seen = story->counter, code;

	gt_var_read("counter", seen);
	gt_log("reads %d", seen);
	code = gt_sleep(story->gap_ns);
	if (code)
		return code;
	story->counter = seen + 1;
	gt_var_write("counter", story->counter);
	gt_log("writes %d", story->counter);
	return 0;
}

static int add(void *arg)
{
	struct story *story = arg;

	for (int i = 0; i < story->times; i++) {
		int code = gt_lock_acquire(story->lock);

		if (code)
			return code;
		code = add_one(story);
		gt_lock_release(story->lock);
		if (code)
			return code;
	}
	return 0;
}

static int lock(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	size_t n_tasks = (size_t)scn_get(args, "tasks");
	struct gt_task *tasks[TASKS_MAX];
	int code;

	story = (struct story){gt_lock_create("counter lock"), 0, (int)scn_get(args, "times"),
	                       scn_get_ns(args, "gap")};
	if (!story.lock)
		return GT_ENOMEM;
	for (size_t i = 0; i < n_tasks; i++)
		tasks[i] = gt_spawn(add, &story, "Task %zu", i);
	code = lesson_gather(tasks, n_tasks);
	if (!code)
		gt_log("the counter is %d of %d", story.counter, (int)n_tasks * story.times);
	return code;
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 2, 1, TASKS_MAX, "how many tasks add"},
        {"times", "times", 3, 0, 1000, "how often each adds one"},
        {"gap", "ms", 100, 0, 60000, "the time between reading and writing"},
};

const struct scenario scn_lock = {
        .name = "lock",
        .chapter = "3 Sharing",
        .title = "the same two tasks, with a lock",
        .question = "What is the counter at the end, and what did that cost?",
        .text = "Look at the two lanes: when one sleeps between its reading and its writing,\n"
                "the other waits for the lock. They take turns, the counter ends at 6, and the\n"
                "end is at 600 instead of 300.\n"
                "\n"
                "Tempting: \"the lock protects the counter.\" The lock knows of no counter. It\n"
                "keeps a second task out of the stretch that it encloses, and only if that task\n"
                "asks for the same lock. Whoever writes the counter without asking still breaks\n"
                "it. Keep the stretch short: everything in it happens one at a time.\n",
        .pairs_with = "race",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_lock_teaching,
        .body = lock,
};
