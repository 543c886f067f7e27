/* Twenty requests at five a second, each open for 300.
 *
 * On the screen: a staircase of starts, one every 200, and each step 300 wide: there are one or two open at
 * any time, although nobody limits that.
 */
#include "scenarios/lesson.h"

struct story {
	const struct scn_args *args;
	int64_t next_ms; /* the next free start */
	int n_open, most;
};

/* Take the next free start, and wait for it. */
static int wait_for_start(struct story *story)
{
	int64_t now_ms = (int64_t)lesson_ms(gt_now());
	int64_t start_ms = story->next_ms > now_ms ? story->next_ms : now_ms;

	story->next_ms = start_ms + 1000 / scn_get(story->args, "rate");
	return start_ms > now_ms ? gt_sleep(GT_MS(start_ms - now_ms)) : 0;
}

static int request(void *arg)
{
	struct story *story = arg;
	int code = wait_for_start(story);

	if (code)
		return code;
	story->n_open++;
	story->most = story->n_open > story->most ? story->n_open : story->most;
	gt_log("starts, %d open", story->n_open);
	code = gt_sleep(scn_get_ns(story->args, "call"));
	story->n_open--;
	return code;
}

static int rate_client(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	size_t n_requests = (size_t)scn_get(args, "requests");
	struct gt_task *tasks[LESSON_TASKS_MAX];
	int code;

	story = (struct story){.args = args};
	for (size_t i = 0; i < n_requests; i++)
		tasks[i] = gt_spawn(request, &story, "request %zu", i + 1);
	code = lesson_gather(tasks, n_requests);
	if (!code)
		gt_log("%d requests in %d ms, at most %d open", (int)n_requests,
		       (int)lesson_ms(gt_now()), story.most);
	return code;
}

static const struct scn_param params[] = {
        {"requests", "requests", 20, 1, LESSON_TASKS_MAX, "how many requests there are"},
        {"rate", "a second", 5, 1, 1000, "how many start in a second"},
        {"call", "ms", 300, 0, 60000, "how long each is open"},
};

const struct scenario scn_rate_client = {
        .name = "rate-client",
        .chapter = "7 Patterns",
        .title = "twenty requests at five a second, 300 each",
        .question = "Five start in a second. How many are open at the same time?",
        .text = "Look at the staircase: a start every 200, and an end every 200, 300 later. In\n"
                "every column there are one or two requests that are open.\n"
                "\n"
                "Tempting: \"five a second, so five at once.\" How many start, how long they\n"
                "stay, and how many are inside are three numbers, and two of them give the\n"
                "third: open = starts a second x seconds open. That is Little's law. Try\n"
                "--set call=1900: when the server gets slow, ten are open, with the same rate.\n"
                "\n"
                "A good client has both limits: one on the rate, and a semaphore.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_rate_client_teaching,
        .body = rate_client,
};
