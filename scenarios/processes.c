/* The four computations of `cpu-bound`, on four cores.
 *
 * On the screen: four worker lanes, busy at the same time, and a loop that has nothing to do. In Python each
 * worker is a process; in C a thread is enough.
 */
#include "scenarios/lesson.h"

#define TASKS_MAX 100

/* Runs on a worker of the pool. */
static int compute(void *arg)
{
	const struct scn_args *args = arg;

	gt_block(scn_get_ns(args, "work")); /* stands for a computation of that length */
	return 0;
}

static int job(void *arg)
{
	int code;

	gt_log("gives its computation away");
	code = gt_thread(compute, arg, "compute");
	if (!code)
		gt_log("is done");
	return code;
}

static int processes(void *arg)
{
	const struct scn_args *args = arg;
	size_t n_tasks = (size_t)scn_get(args, "tasks");
	struct gt_task *tasks[TASKS_MAX];

	for (size_t i = 0; i < n_tasks; i++)
		tasks[i] = gt_spawn(job, arg, "Task %zu", i);
	return lesson_gather(tasks, n_tasks);
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 4, 1, TASKS_MAX, "how many computations there are"},
        {"work", "ms", 250, 0, 60000, "how long each takes"},
        {"pool", "workers", 4, 1, 100, "how many of them compute at the same time"},
};

const struct scenario scn_processes = {
        .name = "processes",
        .chapter = "6 Blocking",
        .title = "four computations of 250 on four cores",
        .question = "The same four computations take 250 instead of 1000. Who computes them?",
        .text = "Look at the worker lanes: four, busy from 0 to 250, all at the same time. The\n"
                "loop's thread does nothing in between, and could serve others.\n"
                "\n"
                "Tempting: \"asyncio made it four times faster.\" asyncio only waits. What made\n"
                "it faster are four workers on four cores: processes in Python, because its\n"
                "threads share one lock and compute in turns; threads in C, where there is no\n"
                "such lock. A process has a price that is not drawn here: it must be started,\n"
                "and what goes in and out is copied.\n"
                "\n"
                "Try --set pool=2, a machine with two cores.\n",
        .pairs_with = "cpu-bound",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_processes_teaching,
        .body = processes,
};
