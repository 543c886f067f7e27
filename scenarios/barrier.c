/* Three tasks arrive at 100, 200 and 300, and go on together.
 *
 * On the screen: the first two wait for the third. With its arrival all three leave, at 300.
 */
#include "scenarios/lesson.h"

#define PARTIES_MAX 100

struct party {
	struct gt_barrier *barrier;
	uint64_t way_ns;
};

static int meet(void *arg)
{
	const struct party *party = arg;
	size_t place;
	int code = gt_sleep(party->way_ns);

	if (code)
		return code;
	gt_log("arrives");
	code = gt_barrier_wait(party->barrier, &place);
	if (!code)
		gt_log("goes on, was number %d", (int)place);
	return code;
}

static int barrier(void *arg)
{
	const struct scn_args *args = arg;
	static struct party parties[PARTIES_MAX]; /* outlives main */
	size_t n_tasks = (size_t)scn_get(args, "tasks");
	size_t n_parties = (size_t)scn_get(args, "parties");
	struct gt_barrier *start = gt_barrier_create("start", n_parties);
	struct gt_task *tasks[PARTIES_MAX];

	if (!start)
		return GT_ENOMEM;
	for (size_t i = 0; i < n_tasks; i++) {
		parties[i] = (struct party){start, (i + 1) * scn_get_ns(args, "apart")};
		tasks[i] = gt_spawn(meet, &parties[i], "runner %zu", i + 1);
	}
	return lesson_gather(tasks, n_tasks);
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 3, 1, PARTIES_MAX, "how many tasks come"},
        {"parties", "tasks", 3, 1, PARTIES_MAX, "how many the barrier waits for"},
        {"apart", "ms", 100, 0, 60000, "the time between two arrivals"},
};

const struct scenario scn_barrier = {
        .name = "barrier",
        .chapter = "3 Sharing",
        .title = "three arrive at 100, 200, 300 and leave together",
        .question = "Runner 1 arrives at 100. When does it go on, and why?",
        .text = "Look at the waits at the barrier: 200 long for runner 1, 100 for runner 2, and\n"
                "none for runner 3, who opens it. All three leave at 300.\n"
                "\n"
                "Tempting: \"it is an event that the last one sets.\" Nearly: but who would know\n"
                "to be the last? The barrier counts, and afterwards it is closed again and can\n"
                "be used for the next round.\n"
                "\n"
                "Try --set parties=4: the fourth never comes. A barrier is also a good way to\n"
                "wait for ever.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_barrier_teaching,
        .body = barrier,
};
