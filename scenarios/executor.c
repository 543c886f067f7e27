/* Two blocking calls on threads of the pool.
 *
 * On the screen: two worker lanes that are busy at the same time, beside a loop that has nothing to do. The
 * whole takes as long as the longer call.
 */
#include "scenarios/lesson.h"

/* Runs on a thread of the pool. */
static int blocking_call(void *arg)
{
	const uint64_t *block_ns = arg;

	gt_block(*block_ns);
	return 0;
}

static int job(void *arg)
{
	int code;

	gt_log("gives its call to a thread");
	code = gt_thread(blocking_call, arg, "blocking call");
	if (!code)
		gt_log("has the result");
	return code;
}

static int executor(void *arg)
{
	const struct scn_args *args = arg;
	static uint64_t a_ns, b_ns; /* outlive main */

	a_ns = scn_get_ns(args, "a");
	b_ns = scn_get_ns(args, "b");
	struct gt_task *tasks[] = {
	        gt_spawn(job, &a_ns, "job A"),
	        gt_spawn(job, &b_ns, "job B"),
	};
	return lesson_gather(tasks, LESSON_COUNT(tasks));
}

static const struct scn_param params[] = {
        {"a", "ms", 1000, 0, 60000, "how long the first call blocks"},
        {"b", "ms", 600, 0, 60000, "how long the second call blocks"},
};

const struct scenario scn_executor = {
        .name = "executor",
        .chapter = "6 Blocking",
        .title = "blocking for 1000 and 600, on a pool of threads",
        .question = "How many threads are at work here?",
        .text = "Look at the worker lanes: two of them, busy from 0, one until 600 and one\n"
                "until 1000. With the thread of the loop there are three, and the loop's is the\n"
                "only one that runs tasks.\n"
                "\n"
                "Tempting: \"one, asyncio has one thread.\" The loop has one. What cannot wait\n"
                "in the manner of asyncio, an old database driver or a big file, is sent to\n"
                "others: run_in_executor and to_thread keep a pool of them.\n"
                "\n"
                "Such a pool is small. What happens to more calls than it has threads?\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_executor_teaching,
        .body = executor,
};
