/* Fifty requests of 20 ms: one after the other, then together, then on threads.
 *
 * On the screen: three runs on one axis. A staircase of fifty steps in one lane; then fifty waits on top of each
 * other; then four worker lanes that are busy without a gap.
 */
#include "scenarios/lesson.h"

#define REQUESTS_MAX 200

static int request(void *arg)
{
	const struct scn_args *args = arg;

	return gt_sleep(scn_get_ns(args, "wait"));
}

/* Runs on a thread of the pool, in the manner of a library that cannot await. */
static int blocking_request(void *arg)
{
	const struct scn_args *args = arg;

	gt_block(scn_get_ns(args, "wait"));
	return 0;
}

static int request_on_thread(void *arg)
{
	return gt_thread(blocking_request, arg, "request");
}

static int one_after_the_other(const struct scn_args *args)
{
	int code = 0;

	for (int64_t i = 0; i < scn_get(args, "requests") && !code; i++)
		code = request((void *)(uintptr_t)args);
	return code;
}

static int all_at_once(const struct scn_args *args, gt_body *body, const char *name)
{
	struct gt_task *tasks[REQUESTS_MAX];
	size_t n_tasks = (size_t)scn_get(args, "requests");

	for (size_t i = 0; i < n_tasks; i++)
		tasks[i] = gt_spawn(body, (void *)(uintptr_t)args, "%s %zu", name, i + 1);
	return lesson_gather(tasks, n_tasks);
}

static void report(const char *how, uint64_t since_ns)
{
	gt_log("%s: %d ms", how, (int)lesson_ms(gt_now() - since_ns));
}

static int benchmark(void *arg)
{
	const struct scn_args *args = arg;
	uint64_t start_ns = gt_now();
	int code = one_after_the_other(args);

	if (code)
		return code;
	report("one after the other", start_ns);
	start_ns = gt_now();
	code = all_at_once(args, request, "request");
	if (code)
		return code;
	report("together", start_ns);
	start_ns = gt_now();
	code = all_at_once(args, request_on_thread, "call");
	if (!code)
		report("on threads", start_ns);
	return code;
}

static const struct scn_param params[] = {
        {"requests", "requests", 50, 1, REQUESTS_MAX, "how many requests each run makes"},
        {"wait", "ms", 20, 0, 10000, "how long each takes"},
        {"pool", "threads", 4, 1, 64, "how many threads the pool has"},
};

static const char *const findings[] = {"pool-exhausted", NULL};

const struct scenario scn_benchmark = {
        .name = "benchmark",
        .chapter = "7 Patterns",
        .title = "fifty requests: in a row, together, on threads",
        .question = "Fifty requests of 20 ms. How long on four threads?",
        .text = "Look at the three runs, one behind the other: 1000 ms in a row, 20 together,\n"
                "260 on four threads. The threads are not slow; there are four of them, and\n"
                "fifty calls make thirteen rounds of 20.\n"
                "\n"
                "Tempting: \"threads are the real thing, so they are at least as fast.\" Each\n"
                "thread can wait for one answer. A loop can wait for all of them, because a\n"
                "waiting task needs no thread. With fifty threads both would take 20, and\n"
                "with ten thousand requests only one of the two can still be had.\n"
                "\n"
                "Try --set pool=50. And what would change if each request computed for 20 ms?\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_benchmark_teaching,
        .findings = findings,
        .body = benchmark,
};
