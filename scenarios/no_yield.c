/* A task that awaits, and awaits, and never lets go.
 *
 * On the screen: the hog has one long bar of running, and the other task is ready all the while. Awaiting
 * something that does not wait is just a call.
 */
#include "scenarios/lesson.h"

/* Look a value up in a cache: asynchronous by its type, but it never has to wait. */
static int look_up(void *arg)
{
	gt_block(scn_get_ns(arg, "work"));
	return 0;
}

static int hog(void *arg)
{
	const struct scn_args *args = arg;

	for (int64_t i = 0; i < scn_get(args, "awaits"); i++) {
		int code = gt_coro_await(gt_coro(look_up, arg, "look up"));

		if (code)
			return code;
		gt_log("await %d is over", (int)i);
	}
	return 0;
}

static int other(void *arg)
{
	(void)arg;
	gt_log("has its turn");
	return 0;
}

static int no_yield(void *arg)
{
	struct gt_task *tasks[] = {
	        gt_spawn(hog, arg, "hog"),
	        gt_spawn(other, arg, "other"),
	};

	return lesson_gather(tasks, LESSON_COUNT(tasks));
}

static const struct scn_param params[] = {
        {"awaits", "calls", 3, 0, 1000, "how often the hog awaits"},
        {"work", "ms", 50, 0, 60000, "how long each call computes"},
};

static const char *const findings[] = {"blocked-loop", "no-yield", NULL};

const struct scenario scn_no_yield = {
        .name = "no-yield",
        .chapter = "1 The loop",
        .title = "three awaits, and nobody else runs",
        .question = "Does every await let other tasks run?",
        .text = "Look at the lane of the hog: one bar of running, no gap, although there are\n"
                "three awaits in it. The other task is ready from the start and has its turn at\n"
                "150, when the hog is done.\n"
                "\n"
                "Tempting: \"yes, await gives the loop away.\" It may. A task suspends when it\n"
                "comes to something that is not there yet: a timer, a lock that is held, an\n"
                "answer. What is awaited here only computes, and returns; for the loop this\n"
                "was an ordinary call.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_no_yield_teaching,
        .findings = findings,
        .body = no_yield,
};
