/* Three tickers, and a report that blocks the loop for a second.
 *
 * On the screen: from 300 on the waits of the tickers are overdue. Their time has come, and the loop cannot
 * look, because the report has the thread. The ticks come late, all together, when the blocker is done.
 */
#include "scenarios/lesson.h"

static int tick(void *arg)
{
	const struct scn_args *args = arg;
	uint64_t every_ns = scn_get_ns(args, "every");
	int n_ticks = (int)scn_get(args, "ticks");

	for (int i = 1; i <= n_ticks; i++) {
		uint64_t due_ns = gt_now() + every_ns, late_ms;
		int code = gt_sleep(every_ns);

		if (code)
			return code;
		late_ms = lesson_ms(gt_now() - due_ns);
		if (late_ms > 0)
			gt_log("tick %d, %d ms late", i, (int)late_ms);
		else
			gt_log("tick %d", i);
	}
	return 0;
}

static int report(void *arg)
{
	const struct scn_args *args = arg;
	int code = gt_sleep(scn_get_ns(args, "at"));

	if (code)
		return code;
	gt_log("begins to compute");
	gt_block(scn_get_ns(args,
	                    "block")); /* time.sleep, a big loop, a library that is not async */
	gt_log("has computed");
	return 0;
}

static int blocking(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_task *tasks[10 + 1];
	size_t n_tickers = (size_t)scn_get(args, "tickers");

	for (size_t i = 0; i < n_tickers; i++)
		tasks[i] = gt_spawn(tick, arg, "ticker %zu", i + 1);
	tasks[n_tickers] = gt_spawn(report, arg, "report");
	return lesson_gather(tasks, n_tickers + 1);
}

static const struct scn_param params[] = {
        {"tickers", "tasks", 3, 0, 10, "how many tasks tick"},
        {"ticks", "ticks", 10, 0, 1000, "how often each ticks"},
        {"every", "ms", 100, 0, 60000, "the time between two ticks"},
        {"at", "ms", 250, 0, 60000, "when the report begins to compute"},
        {"block", "ms", 1000, 0, 60000, "how long it blocks the thread"},
};

static const char *const findings[] = {"blocked-loop", NULL};

const struct scenario scn_blocking = {
        .name = "blocking",
        .chapter = "6 Blocking",
        .title = "three tickers, and one call that blocks the loop",
        .question = "The report blocks for 1000 ms. Which tasks go on?",
        .text = "Look at 300: the waits of the tickers are over, and nobody wakes them. Their\n"
                "lanes say `overdue` from there on: the loop, which should look at its timers,\n"
                "is inside a call that has not returned. At 1250 all of them tick, 950 late.\n"
                "\n"
                "Tempting: \"the other tasks go on, that is what tasks are for.\" Tasks take\n"
                "turns, and a turn ends only where the task itself waits. time.sleep, a long\n"
                "loop or a library that is not asynchronous does not wait in that sense: it\n"
                "keeps the thread.\n"
                "\n"
                "Compare it with `to-thread`, where the same call runs beside the loop.\n",
        .pairs_with = "to-thread",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_blocking_teaching,
        .findings = findings,
        .body = blocking,
};
