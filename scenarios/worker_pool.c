/* Three workers and ten jobs that wait in a queue.
 *
 * On the screen: each worker takes the next job as soon as it is free, so the jobs go round: 0 3 6 9 to the
 * first worker. Watch the depth of the queue fall by three every 100 ms.
 */
#include "scenarios/lesson.h"

#define WORKERS_MAX 100

struct story {
	struct gt_queue *jobs;
	uint64_t work_ns;
};

static int work(void *arg)
{
	const struct story *story = arg;

	for (;;) {
		intptr_t job;
		int code = gt_queue_get(story->jobs, &job);

		if (code)
			return code;
		gt_log("job %d", (int)job);
		code = gt_sleep(story->work_ns);
		if (code)
			return code;
		gt_queue_task_done(story->jobs);
	}
}

static int worker_pool(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	struct gt_task *workers[WORKERS_MAX];
	size_t n_workers = (size_t)scn_get(args, "workers");
	int code;

	story = (struct story){gt_queue_create("jobs", 0), scn_get_ns(args, "work")};
	code = story.jobs ? 0 : GT_ENOMEM;
	for (intptr_t job = 0; !code && job < (intptr_t)scn_get(args, "jobs"); job++)
		code = gt_queue_put_nowait(story.jobs, job);
	if (code)
		return code;
	for (size_t i = 0; i < n_workers; i++)
		workers[i] = gt_spawn(work, &story, "worker %zu", i + 1);
	code = gt_queue_join(story.jobs);
	if (!code)
		gt_log("all jobs are done");
	for (size_t i = 0; i < n_workers; i++) {
		gt_cancel(workers[i]); /* it waits for a job that will not come */
		gt_release(workers[i]);
	}
	return code;
}

static const struct scn_param params[] = {
        {"workers", "tasks", 3, 1, WORKERS_MAX, "how many workers there are"},
        {"jobs", "jobs", 10, 0, 1000, "how many jobs there are"},
        {"work", "ms", 100, 0, 60000, "how long a job takes"},
};

const struct scenario scn_worker_pool = {
        .name = "worker-pool",
        .chapter = "4 Queues",
        .title = "three workers, ten jobs",
        .question = "Which jobs does the first worker get?",
        .text = "Look at the lane of worker 1: jobs 0, 3, 6, 9. Nobody planned that. A worker\n"
                "that is free takes the next job, and as all jobs are equally long, the workers\n"
                "come back in the order in which they left.\n"
                "\n"
                "Tempting: \"0, 1, 2, 3: the jobs are dealt out in blocks.\" Nothing is dealt\n"
                "out in advance, and that is the strength of it: were one job ten times longer,\n"
                "the other two workers would simply take more of the rest.\n"
                "\n"
                "Compare it with `semaphore`: ten tasks and three permits keep the same limit,\n"
                "with a lane for each job instead of one for each worker.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_worker_pool_teaching,
        .body = worker_pool,
};
