/* Ten requests go through a semaphore of five, each holding its permit for 200.
 *
 * On the screen: five start at 0 and five at 200. All ten are over at 400: five at a time, and 25 a second.
 */
#include "scenarios/lesson.h"

struct story {
	struct gt_sem *permits;
	uint64_t hold_ns;
	int n_started;
};

static int request(void *arg)
{
	struct story *story = arg;
	int code = gt_sem_acquire(story->permits);

	if (code)
		return code;
	gt_log("start %d", ++story->n_started);
	code = gt_sleep(story->hold_ns);
	gt_sem_release(story->permits);
	return code;
}

static int rate_semaphore(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	size_t n_requests = (size_t)scn_get(args, "requests");
	struct gt_task *tasks[LESSON_TASKS_MAX];
	int code;

	story = (struct story){gt_sem_create("permits", (unsigned)scn_get(args, "permits")),
	                       scn_get_ns(args, "hold"), 0};
	if (!story.permits)
		return GT_ENOMEM;
	for (size_t i = 0; i < n_requests; i++)
		tasks[i] = gt_spawn(request, &story, "request %zu", i + 1);
	code = lesson_gather(tasks, n_requests);
	if (!code)
		gt_log("%d requests in %d ms", story.n_started, (int)lesson_ms(gt_now()));
	return code;
}

static const struct scn_param params[] = {
        {"requests", "requests", 10, 1, LESSON_TASKS_MAX, "how many requests there are"},
        {"permits", "permits", 5, 1, 100, "how many at the same time"},
        {"hold", "ms", 200, 0, 60000, "how long each holds its permit"},
};

const struct scenario scn_rate_semaphore = {
        .name = "rate-semaphore",
        .chapter = "3 Sharing",
        .title = "ten requests through a semaphore of five",
        .question = "Semaphore(5) and sleep(0.2): does it make 5 requests a second?",
        .text = "Count the starts: five at 0, five at 200, none later, because there are no\n"
                "more. That is a rate of 25 a second. With requests=100 it would go on like\n"
                "this.\n"
                "\n"
                "Tempting: \"five permits, so five a second.\" A semaphore knows of no time: it\n"
                "limits how many are inside at once. How many pass in a second depends on how\n"
                "long they stay, and a faster server makes it worse. A limit on the rate needs\n"
                "a clock in it: see `token-bucket`.\n",
        .pairs_with = "token-bucket",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_rate_semaphore_teaching,
        .body = rate_semaphore,
};
