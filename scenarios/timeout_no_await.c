/* A limit of 100 around 300 of pure computing.
 *
 * On the screen: one long bar of running, across the deadline and on. When it ends the limit is long past, and
 * nobody is told.
 */
#include "scenarios/lesson.h"

static int compute(const struct scn_args *args)
{
	int64_t n_awaits = scn_get(args, "awaits");
	int code = 0;

	gt_block(scn_get_ns(args, "work")); /* stands for a computation of that length */
	gt_log("has computed");
	for (int64_t i = 0; !code && i < n_awaits; i++)
		code = gt_sleep(0);
	return code;
}

static int timeout_no_await(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_timeout *limit = gt_timeout_enter(scn_get_ns(args, "limit"));
	int code;

	if (!limit)
		return GT_ENOMEM;
	code = gt_timeout_exit(limit, compute(args));
	if (code == GT_ETIMEDOUT)
		gt_log("timed out");
	else if (!code)
		gt_log("there was no timeout");
	return code == GT_ETIMEDOUT ? 0 : code;
}

static const struct scn_param params[] = {
        {"limit", "ms", 100, 1, 60000, "the limit"},
        {"work", "ms", 300, 0, 60000, "how long it computes"},
        {"awaits", "times", 0, 0, 10, "how many sleep(0) follow, inside the scope"},
};

static const char *const findings[] = {"blocked-loop", "late-timeout", NULL};

const struct scenario scn_timeout_no_await = {
        .name = "timeout-no-await",
        .chapter = "5 Limits of time, and cancellation",
        .title = "a limit of 100 around 300 of computing",
        .question = "The limit is 100, the computing takes 300. When is the TimeoutError?",
        .text = "Look at main's lane: one bar of running from 0 to 300, right across the\n"
                "deadline. At 300 main leaves the scope, three times too late, and goes on as\n"
                "if all were well.\n"
                "\n"
                "Tempting: \"at 100.\" Who would raise it? The one thread is computing. A limit\n"
                "can only cut an await, and there is none. Not even \"late, at 300\" is right:\n"
                "the timer was never looked at.\n"
                "\n"
                "Try --set awaits=1, then 2. With one sleep(0) main is still quicker than the\n"
                "timer; with two it is caught. Computing belongs on a thread, with the limit\n"
                "around the await for it.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_timeout_no_await_teaching,
        .findings = findings,
        .body = timeout_no_await,
};
