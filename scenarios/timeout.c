/* A stretch of code with a limit of time: two steps, the second too long.
 *
 * On the screen: the scope has its deadline at 1000. There the wait inside is cut off, and main goes on behind
 * the scope: no task but main is needed for that.
 */
#include "scenarios/lesson.h"

static int both_steps(const struct scn_args *args)
{
	int code = gt_sleep(scn_get_ns(args, "first"));

	if (!code) {
		gt_log("the first step is done");
		code = gt_sleep(scn_get_ns(args, "second"));
	}
	if (!code)
		gt_log("the second step is done");
	if (code == GT_ECANCELED)
		gt_log("inside, it looks like a cancellation");
	return code;
}

static int timeout(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_timeout *limit = gt_timeout_enter(scn_get_ns(args, "limit"));
	int code;

	if (!limit)
		return GT_ENOMEM;
	code = both_steps(args);
	code = gt_timeout_exit(limit, code);
	if (code == GT_ETIMEDOUT)
		gt_log("outside, it is a timeout");
	else if (!code)
		gt_log("was in time");
	return code == GT_ETIMEDOUT ? 0 : code;
}

static const struct scn_param params[] = {
        {"limit", "ms", 1000, 1, 60000, "how long both steps may take together"},
        {"first", "ms", 400, 0, 60000, "how long the first step takes"},
        {"second", "ms", 5000, 0, 60000, "how long the second step takes"},
};

const struct scenario scn_timeout = {
        .name = "timeout",
        .chapter = "5 Limits of time, and cancellation",
        .title = "a limit of 1000 around 400 and 5000",
        .question = "Who ends the second step, and what does main see of that?",
        .text = "Look at 1000: main is cancelled where it sleeps, the code inside the scope\n"
                "unwinds, and behind the scope there is a TimeoutError.\n"
                "\n"
                "Tempting: \"TimeoutError is raised in the middle of my code.\" What is raised\n"
                "there is CancelledError, the same as for every other reason to stop, so that\n"
                "cleaning up needs one way only. Whoever catches it inside, and goes on,\n"
                "removes the limit.\n"
                "\n"
                "Compare it with `wait-for`, which limits one awaitable. A scope limits\n"
                "whatever stands inside it, with one deadline for all of it.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_timeout_teaching,
        .body = timeout,
};
