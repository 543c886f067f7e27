/* Five blocking calls of 100, and a pool of two threads.
 *
 * On the screen: two worker lanes that are never idle, and five tasks that wait for a thread. Two are done at
 * 100, two at 200, the last at 300: there is a queue in front of the pool.
 */
#include "scenarios/lesson.h"

/* Runs on a thread of the pool. */
static int blocking_call(void *arg)
{
	const struct scn_args *args = arg;

	gt_block(scn_get_ns(args, "block"));
	return 0;
}

static int job(void *arg)
{
	int code;

	gt_log("gives its call to the pool");
	code = gt_thread(blocking_call, arg, "blocking call");
	if (!code)
		gt_log("has the result");
	return code;
}

static int pool_full(void *arg)
{
	const struct scn_args *args = arg;
	size_t n_jobs = (size_t)scn_get(args, "jobs");
	struct gt_task *tasks[LESSON_TASKS_MAX];

	for (size_t i = 0; i < n_jobs; i++)
		tasks[i] = gt_spawn(job, arg, "job %zu", i + 1);
	return lesson_gather(tasks, n_jobs);
}

static const struct scn_param params[] = {
        {"jobs", "jobs", 5, 1, LESSON_TASKS_MAX, "how many calls there are"},
        {"pool", "threads", 2, 1, 100, "how many threads the pool has"},
        {"block", "ms", 100, 0, 60000, "how long each call blocks its thread"},
};

static const char *const findings[] = {"pool-exhausted", NULL};

const struct scenario scn_pool_full = {
        .name = "pool-full",
        .chapter = "6 Blocking",
        .title = "five blocking calls, two threads",
        .question = "Five calls are on their way to two threads. Where is the fifth at 150?",
        .text = "Look at the worker lanes first: both busy from 0 to 200, then only one. Five\n"
                "tasks wait `for a thread`, but until 200 job 5 does not wait for its call: the\n"
                "call has not begun. It waits in the queue in front of the pool.\n"
                "\n"
                "Tempting: \"to_thread starts a thread.\" It gives the call to a pool, and a\n"
                "pool has a size: min(32, cores + 4) in Python, four in libuv. When it is full,\n"
                "a call of one millisecond waits behind the long ones, and nothing in the log\n"
                "says why. Slow calls that could fill the pool need a pool of their own.\n"
                "\n"
                "Try --set pool=5, and --set jobs=20.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_pool_full_teaching,
        .findings = findings,
        .body = pool_full,
};
