/* Fetch something, then process what came.
 *
 * On the screen: one lane, two waits behind each other. The second cannot begin before the first is over,
 * because it needs what the first one brings.
 */
#include "scenarios/lesson.h"

static int fetch(uint64_t wait_ns, int *data)
{
	int code;

	gt_log("fetches");
	code = gt_sleep(wait_ns);
	if (code)
		return code;
	*data = 21;
	gt_log("has %d", *data);
	return 0;
}

static int process(uint64_t wait_ns, int data, int *result)
{
	int code;

	gt_log("processes %d", data);
	code = gt_sleep(wait_ns);
	if (code)
		return code;
	*result = 2 * data;
	return 0;
}

static int chain(void *arg)
{
	const struct scn_args *args = arg;
	int data = 0, result = 0;
	int code = fetch(scn_get_ns(args, "fetch"), &data);

	if (!code)
		code = process(scn_get_ns(args, "process"), data, &result);
	if (!code)
		gt_log("the result is %d", result);
	return code;
}

static const struct scn_param params[] = {
        {"fetch", "ms", 500, 0, 60000, "how long the data takes to come"},
        {"process", "ms", 200, 0, 60000, "how long processing takes"},
};

const struct scenario scn_chain = {
        .name = "chain",
        .chapter = "1 The loop",
        .title = "fetch, then process what came",
        .question = "Would two tasks make this faster?",
        .text = "Look at the main lane: a wait of 500, a wait of 200, and 700 in all. Each wait\n"
                "leaves the loop free for other tasks, but there are none.\n"
                "\n"
                "Tempting: \"put both into tasks, and it takes 500.\" The task that processes\n"
                "would wait for the task that fetches, and the picture would be the same with\n"
                "one lane more. Concurrency shortens what is independent. A chain is as long\n"
                "as its links.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_chain_teaching,
        .body = chain,
};
