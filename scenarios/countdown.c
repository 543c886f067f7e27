/* Two countdowns, of 3000 and of 5000, at the same time.
 *
 * On the screen: two lanes that wake every second, together. One ends at 3000; the other does not notice, and
 * ends at 5000.
 */
#include "scenarios/lesson.h"

struct countdown {
	uint64_t left_ns;
	uint64_t every_ns;
};

static int count_down(void *arg)
{
	const struct countdown *countdown = arg;
	uint64_t left_ns = countdown->left_ns;

	while (left_ns > 0) {
		uint64_t step_ns = left_ns < countdown->every_ns ? left_ns : countdown->every_ns;
		int code;

		gt_log("%d ms", (int)lesson_ms(left_ns));
		code = gt_sleep(step_ns);
		if (code)
			return code;
		left_ns -= step_ns;
	}
	gt_log("rings");
	return 0;
}

static int countdown(void *arg)
{
	const struct scn_args *args = arg;
	static struct countdown tea, egg; /* outlive main */

	tea = (struct countdown){scn_get_ns(args, "tea"), scn_get_ns(args, "every")};
	egg = (struct countdown){scn_get_ns(args, "egg"), scn_get_ns(args, "every")};
	struct gt_task *tasks[] = {
	        gt_spawn(count_down, &tea, "tea"),
	        gt_spawn(count_down, &egg, "egg"),
	};
	return lesson_gather(tasks, LESSON_COUNT(tasks));
}

static const struct scn_param params[] = {
        {"tea", "ms", 3000, 0, 60000, "how long the first counts"},
        {"egg", "ms", 5000, 0, 60000, "how long the second counts"},
        {"every", "ms", 1000, 1, 60000, "how often they say what is left"},
};

const struct scenario scn_countdown = {
        .name = "countdown",
        .chapter = "7 Patterns",
        .title = "two countdowns, of 3000 and 5000",
        .question = "Two timers run on one thread. How often is the thread at work?",
        .text = "Look at the loop's lane: it wakes every second, for some microseconds, and\n"
                "serves whoever is due. Between the seconds there is nothing.\n"
                "\n"
                "Tempting: \"a countdown keeps the processor counting.\" Nobody counts. Each\n"
                "task has a timer in the loop's heap, the loop sleeps until the next of them is\n"
                "due, and the tasks learn only then that a second has gone.\n"
                "\n"
                "A chain of sleeps drifts on a busy loop: each begins when the last one was\n"
                "noticed, not when it was due. Sleep until a time, if that matters.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_countdown_teaching,
        .body = countdown,
};
