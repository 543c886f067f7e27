/* The same report as in `blocking`, computed on a thread of the pool.
 *
 * On the screen: a worker lane, busy from 250 to 1250, beside a loop that ticks on. The report's own lane is
 * waiting now, and not running: it waits for the thread.
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

/* Runs on the pool's thread, where blocking hurts nobody. */
static int compute(void *arg)
{
	const struct scn_args *args = arg;

	gt_block(scn_get_ns(args, "block"));
	return 0;
}

static int report(void *arg)
{
	const struct scn_args *args = arg;
	int code = gt_sleep(scn_get_ns(args, "at"));

	if (code)
		return code;
	gt_log("begins to compute");
	code = gt_thread(compute, arg, "compute");
	if (!code)
		gt_log("has computed");
	return code;
}

static int to_thread(void *arg)
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
        {"block", "ms", 1000, 0, 60000, "how long the thread is blocked"},
};

const struct scenario scn_to_thread = {
        .name = "to-thread",
        .chapter = "6 Blocking",
        .title = "three tickers, and the blocking call on a thread",
        .question = "What does the report do while its thread computes?",
        .text = "Look at the worker lane: it is busy for 1000 ms, and not one tick is late. The\n"
                "loop has given the call away, and the report waits for it as it would wait for\n"
                "an answer from the network.\n"
                "\n"
                "Tempting: \"the report computes.\" Its thread does. The report itself waits,\n"
                "and its lane says so; only that makes room for the others.\n"
                "\n"
                "It is no gift: what runs on the thread runs at the same time as the loop, so\n"
                "what both of them touch needs care; and cancelling the report would end its\n"
                "wait, but not the thread.\n",
        .pairs_with = "blocking",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_to_thread_teaching,
        .body = to_thread,
};
