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
        .teaching = &scn_sequential_teaching,
        .body = sequential,
};
