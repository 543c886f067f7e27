/* Two sums, computed by a slow service, one after the other.
 *
 * On the screen: one lane and two waits of 100. Both functions are asynchronous, and nothing overlaps.
 */
#include "scenarios/lesson.h"

/* Let the service add two numbers. */
static int add(int a, int b, uint64_t wait_ns, int *sum)
{
	int code;

	gt_log("asks for %d + %d", a, b);
	code = gt_sleep(wait_ns);
	if (code)
		return code;
	*sum = a + b;
	gt_log("%d + %d = %d", a, b, *sum);
	return 0;
}

static int calculator(void *arg)
{
	const struct scn_args *args = arg;
	uint64_t wait_ns = scn_get_ns(args, "wait");
	int first = 0, second = 0;
	int code = add(1, 2, wait_ns, &first);

	if (!code)
		code = add(3, 4, wait_ns, &second);
	if (!code)
		gt_log("together %d", first + second);
	return code;
}

static const struct scn_param params[] = {
        {"wait", "ms", 100, 0, 60000, "how long the service takes for one sum"},
};

const struct scenario scn_calculator = {
        .name = "calculator",
        .chapter = "1 The loop",
        .title = "two sums, each awaited",
        .question = "Both calls are async. Do they run at the same time?",
        .text = "Look at the main lane: the second wait begins where the first one ends. The\n"
                "two sums do not need each other, unlike the links of `chain`, and yet they\n"
                "stand in a row: 200.\n"
                "\n"
                "Tempting: \"yes, since both are async.\" `await` means: do not go on in this\n"
                "function before that is over. It gives the loop away to other tasks, and here\n"
                "nobody has made one. Concurrency has to be asked for, with create_task or\n"
                "gather: see `concurrent`.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_calculator_teaching,
        .body = calculator,
};
