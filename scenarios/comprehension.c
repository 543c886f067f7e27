/* A list is built from awaited calls: [await f(i) for i in range(5)].
 *
 * On the screen: one lane with five waits behind each other. It is a loop like any other, in one line.
 */
#include "scenarios/lesson.h"

static int square(int64_t i, uint64_t wait_ns, int64_t *result)
{
	int code = gt_sleep(wait_ns);

	if (code)
		return code;
	*result = i * i;
	gt_log("f(%d) = %d", (int)i, (int)*result);
	return 0;
}

static int comprehension(void *arg)
{
	const struct scn_args *args = arg;
	uint64_t wait_ns = scn_get_ns(args, "wait");
	int64_t sum = 0, result;

	for (int64_t i = 0; i < scn_get(args, "calls"); i++) {
		int code = square(i, wait_ns, &result);

		if (code)
			return code;
		sum += result;
	}
	gt_log("the sum is %d", (int)sum);
	return 0;
}

static const struct scn_param params[] = {
        {"calls", "calls", 5, 0, 1000, "how many elements the list has"},
        {"wait", "ms", 50, 0, 60000, "how long each call takes"},
};

const struct scenario scn_comprehension = {
        .name = "comprehension",
        .chapter = "2 Together",
        .title = "[await f(i) for i in range(5)]",
        .question = "Are the five calls made at the same time?",
        .text = "Look at the main lane: five waits of 50 behind each other, 250 in all. In the\n"
                "log the results arrive one by one.\n"
                "\n"
                "Tempting: \"yes, the comprehension awaits them all.\" It awaits each, in turn.\n"
                "The call for the second element is made when the first element is there. With\n"
                "await gather(*[f(i) for i in range(5)]) the list of calls is made first, and\n"
                "awaited as a whole: 50.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_comprehension_teaching,
        .body = comprehension,
};
