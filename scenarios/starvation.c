/* The newest first, and there is always a newer one.
 *
 * On the screen: the lane of `old` is ready from 0 on, and stays so. Every 20 ms somebody arrives, is newer, and goes
 * first; when nobody comes any more, `old` has its turn.
 */
#include "scenarios/lesson.h"

#define ARRIVALS_MAX 500

struct arrival {
	uint64_t at_ns, work_ns;
};

static int arrive(void *arg)
{
	const struct arrival *arrival = arg;
	int code = arrival->at_ns > 0 ? gt_sleep(arrival->at_ns) : 0;

	if (!code)
		gt_block(arrival->work_ns);
	return code;
}

static int wait_and_work(void *arg)
{
	const uint64_t *work_ns = arg;

	gt_log("has its turn at last, at %d ms", (int)lesson_ms(gt_now()));
	gt_block(*work_ns);
	return 0;
}

/* Two come at 0, so that there is somebody newer when the third is announced; then one every 20 ms. */
static int starvation(void *arg)
{
	const struct scn_args *args = arg;
	static struct arrival arrivals[ARRIVALS_MAX]; /* outlive main */
	static uint64_t work_ns;
	size_t n_arrivals = (size_t)scn_get(args, "arrivals");
	struct gt_task *tasks[ARRIVALS_MAX + 1];
	int code;

	work_ns = scn_get_ns(args, "work");
	tasks[0] = gt_spawn(wait_and_work, &work_ns, "old");
	for (size_t i = 0; i < n_arrivals; i++) {
		uint64_t at_ns = i < 2 ? 0 : (i - 1) * scn_get_ns(args, "every");

		arrivals[i] = (struct arrival){at_ns, work_ns};
		tasks[i + 1] = gt_spawn(arrive, &arrivals[i], "arrival %zu", i + 1);
	}
	code = lesson_gather(tasks, n_arrivals + 1);
	if (!code)
		gt_log("all are done");
	return code;
}

static const struct scn_param params[] = {
        {"arrivals", "tasks", 10, 0, ARRIVALS_MAX, "how many arrive, the first two at 0"},
        {"every", "ms", 20, 0, 10000, "the time between two of them"},
        {"work", "ms", 20, 0, 10000, "how long each computes"},
        {"policy", "", 1, 0, 3, "who goes next: 0 fifo, 1 lifo, 2 priority, 3 random"},
};

static const char *const findings[] = {"starvation", NULL};

const struct scenario scn_starvation = {
        .name = "starvation",
        .chapter = "8 The scheduler",
        .title = "the newest first, and always a newer one",
        .question = "The old task is ready at 0. Why does it not run?",
        .text = "Look at the first lane below main: yellow from 0 to 200. It lacks nothing,\n"
                "it waits for nobody, and it has been ready longer than anybody else. The\n"
                "policy is LIFO, and there is always somebody newer.\n"
                "\n"
                "Tempting: \"everybody who is ready runs in the end.\" That is a promise of\n"
                "FIFO: the line in front of you can only get shorter. LIFO promises nothing,\n"
                "and neither does priority as long as somebody important is ready. With an\n"
                "endless stream the old task never runs; here it is rescued when the stream\n"
                "ends. Schedulers that want both let the waiting grow more important.\n"
                "\n"
                "Try --set policy=0: the old one goes first, and each arrival waits a little.\n"
                "Try --set work=10: half of the thread is free, and the starving is over.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_starvation_teaching,
        .findings = findings,
        .body = starvation,
};
