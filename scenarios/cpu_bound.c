/* Four computations, each in a task of its own, all gathered.
 *
 * On the screen: four bars of running, one behind the other, never two at once. The loop is busy from the
 * first to the last millisecond.
 */
#include "scenarios/lesson.h"

static int compute(void *arg)
{
	const struct scn_args *args = arg;

	gt_log("computes");
	gt_block(scn_get_ns(args, "work"));
	gt_log("is done");
	return 0;
}

static int cpu_bound(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_task *tasks[LESSON_TASKS_MAX];
	size_t n_tasks = (size_t)scn_get(args, "tasks");

	for (size_t i = 0; i < n_tasks; i++)
		tasks[i] = gt_spawn(compute, arg, "Task %zu", i);
	return lesson_gather(tasks, n_tasks);
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 4, 1, LESSON_TASKS_MAX, "how many tasks compute"},
        {"work", "ms", 250, 0, 60000, "how long each computes"},
};

static const char *const findings[] = {"blocked-loop", NULL};

const struct scenario scn_cpu_bound = {
        .name = "cpu-bound",
        .chapter = "6 Blocking",
        .title = "four computations of 250, gathered",
        .question = "gather runs four tasks at once. How much faster is it?",
        .text = "Look down any column: exactly one lane is running, the others are ready. They\n"
                "would like to, and there is one thread.\n"
                "\n"
                "Tempting: \"four times.\" gather let four waits overlap in `concurrent`, since\n"
                "waiting needs nobody. Computing needs the processor, and these four share one\n"
                "thread of it: 4 x 250 = 1000. Sprinkling sleep(0) would let them take turns,\n"
                "and end at 1000 as well. What helps is more processors: processes, or threads\n"
                "in a library that lets go of Python's lock.\n",
        .pairs_with = "processes",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_cpu_bound_teaching,
        .findings = findings,
        .body = cpu_bound,
};
