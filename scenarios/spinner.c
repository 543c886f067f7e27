/* A task that asks again and again, with sleep(0) in between, beside two that wait properly.
 *
 * On the screen: the spinner fills every column that the others leave. They come through, a little late;
 * but the loop is never idle.
 */
#include "scenarios/lesson.h"

static int spin(void *arg)
{
	const struct scn_args *args = arg;

	for (int64_t i = 0; i < scn_get(args, "turns"); i++) {
		int code;

		gt_var_read("answer", 0); /* is it there yet? */
		gt_block(scn_get_ns(args, "look"));
		code = gt_sleep(0);
		if (code)
			return code;
	}
	gt_log("gives up");
	return 0;
}

static int polite(void *arg)
{
	const struct scn_args *args = arg;

	for (int i = 1; i <= 3; i++) {
		uint64_t due_ns = gt_now() + scn_get_ns(args, "every");
		int code = gt_sleep(scn_get_ns(args, "every"));

		if (code)
			return code;
		gt_log("step %d, %d ms late", i, (int)lesson_ms(gt_now() - due_ns));
	}
	return 0;
}

static int spinner(void *arg)
{
	struct gt_task *tasks[] = {
	        gt_spawn(spin, arg, "spinner"),
	        gt_spawn(polite, arg, "polite 1"),
	        gt_spawn(polite, arg, "polite 2"),
	};

	return lesson_gather(tasks, LESSON_COUNT(tasks));
}

static const struct scn_param params[] = {
        {"turns", "turns", 20, 0, 1000, "how often the spinner looks"},
        {"look", "ms", 10, 0, 60000, "how long one look takes"},
        {"every", "ms", 45, 0, 60000, "the time between two steps of a polite task"},
};

static const char *const findings[] = {"busy-wait", NULL};

const struct scenario scn_spinner = {
        .name = "spinner",
        .chapter = "6 Blocking",
        .title = "a loop of sleep(0) beside polite tasks",
        .question = "The spinner is always ready. Do the other tasks starve?",
        .text = "Look at the polite tasks: they wait, and when their time has come they have a\n"
                "turn, some looks of the spinner late: the loop must notice the timer, wake the\n"
                "task, and the spinner has its own turn before each. Then look at the lane of\n"
                "the loop: no gap anywhere. The machine is hot, for nothing.\n"
                "\n"
                "Tempting: \"yes, they starve.\" The ready queue is first in, first out, and\n"
                "sleep(0) goes to its end: it is fair. What it is not is cheap. Instead of\n"
                "asking `is it there yet?` in a loop, wait for an event that says so.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_spinner_teaching,
        .findings = findings,
        .body = spinner,
};
