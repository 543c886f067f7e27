/* Three waits, one after the other.
 *
 * On the screen: one lane only, main, since calling a function starts no task. Three long waits stand
 * behind each other, with a sliver of running between them, and the end is at the sum of the three.
 */
#include "scenarios/lesson.h"

/* Ask somebody far away and wait for the answer. */
static int fetch(const char *name, uint64_t wait_ns)
{
	int code;

	gt_log("%s asks", name);
	code = gt_sleep(wait_ns);
	if (code)
		return code;
	gt_log("%s has its answer", name);
	return 0;
}

static int sequential(void *arg)
{
	const struct scn_args *args = arg;
	int code = fetch("A", scn_get_ns(args, "a"));

	if (!code)
		code = fetch("B", scn_get_ns(args, "b"));
	if (!code)
		code = fetch("C", scn_get_ns(args, "c"));
	if (!code)
		gt_log("all three are here");
	return code;
}

static const struct scn_param params[] = {
        {"a", "ms", 1000, 0, 60000, "how long the answer to A takes"},
        {"b", "ms", 500, 0, 60000, "how long the answer to B takes"},
        {"c", "ms", 300, 0, 60000, "how long the answer to C takes"},
};

static const struct scn_point points[] = {
        {
                .ask = "A has its answer at 1000 ms. When will all three be here?",
                .options =
                        {
                                {.text = "at 1000 ms"},
                                {.text = "at 1300 ms"},
                                {.text = "at 1500 ms"},
                                {.text = "at 1800 ms"},
                        },
                .right = 3,
                .because = "Nobody has asked B or C yet: each wait begins when the one before it "
                           "is over, so the waits add up.",
                .t_ns = GT_MS(1000),
        },
};

const struct scenario scn_sequential = {
        .name = "sequential",
        .chapter = "2 Together",
        .title = "three waits, one after the other",
        .question = "Nobody computes anything here. Why does it take 1800 ms?",
        .text = "Look at the main lane: three waits behind each other, and hardly a cell of\n"
                "running. There is no second lane, because awaiting a coroutine starts no task.\n"
                "\n"
                "Tempting: \"it is asynchronous, so the waits overlap.\" Asynchronous code only\n"
                "may overlap. Here each call is awaited before the next one is made, and what\n"
                "has not been asked for yet cannot be waited for. 1000 + 500 + 300 = 1800.\n"
                "\n"
                "Compare it with `concurrent`, which makes the same three calls as tasks.\n",
        .pairs_with = "concurrent",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .points = points,
        .n_points = LESSON_COUNT(points),
        .body = sequential,
};
