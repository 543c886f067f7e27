/* A call that fails twice, and a caller that tries again, each time after a longer wait.
 *
 * On the screen: three waits of 100 for the call, and between them gaps of 50 and 100: each gap is twice the
 * one before.
 */
#include "scenarios/lesson.h"

/* The service: the first calls fail. */
static int call(const struct scn_args *args, int64_t n)
{
	int code;

	gt_log("try %d", (int)n);
	code = gt_sleep(scn_get_ns(args, "call"));
	if (code)
		return code;
	if (n <= scn_get(args, "failures"))
		return gt_raise("ConnectionError", "no answer to try %d", (int)n);
	return 0;
}

static int retry(void *arg)
{
	const struct scn_args *args = arg;
	int64_t n_tries = scn_get(args, "tries");
	uint64_t gap_ns = scn_get_ns(args, "gap");
	int code = 0;

	for (int64_t n = 1; n <= n_tries; n++) {
		code = call(args, n);
		if (!code)
			gt_log("has an answer");
		if (code != GT_EFAILED) /* cancelled, too, is no reason to try again */
			return code;
		gt_log("%s", gt_error_message(gt_error()));
		if (n < n_tries)
			code = gt_sleep(gap_ns);
		if (code == GT_ECANCELED)
			return code;
		gap_ns *= 2;
	}
	gt_log("gives up");
	return 0;
}

static const struct scn_param params[] = {
        {"call", "ms", 100, 0, 60000, "how long each try takes"},
        {"gap", "ms", 50, 0, 10000, "the wait before the second try; doubled with each"},
        {"failures", "times", 2, 0, 1000, "how many tries fail"},
        {"tries", "times", 5, 1, 10, "how often it is tried at most"},
};

const struct scenario scn_retry = {
        .name = "retry",
        .chapter = "7 Patterns",
        .title = "fails twice; waits 50, then 100",
        .question = "Each try takes 100. After two failures, when is the answer there?",
        .text = "Look at main's lane: 100 for the try, 50 of waiting, 100, 100 of waiting, 100:\n"
                "the answer is there at 450. In the gaps nothing is asked of the server.\n"
                "\n"
                "Tempting: \"at 300: three tries of 100.\" The gaps are the point. A server that\n"
                "fails is often one that has too much to do, and a gap that doubles asks less\n"
                "and less of it. A limit on the tries belongs to it, and the code must not\n"
                "take its own cancellation for a failure.\n"
                "\n"
                "What if a thousand clients do this in step? See `retry-storm`.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_retry_teaching,
        .body = retry,
};
