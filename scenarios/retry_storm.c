/* Twenty clients call a server that can serve five at a time, and all try again later.
 *
 * On the screen: columns. All twenty try at the same moment, wait equally long, and try at the same moment
 * again. With jitter=1 the columns dissolve.
 */
#include "scenarios/lesson.h"

#define CLIENTS_MAX 1000
#define WINDOW_MS   10 /* the server serves so many in each stretch of that length */

struct story {
	const struct scn_args *args;
	uint32_t random;
	uint64_t window; /* the stretch that is being counted, */
	int n_in_window; /* and the tries in it */
	int n_tries, peak;
};

/* Returns whether the server answers; it does not when it has had too many in the same 10 ms. */
static bool call(struct story *story)
{
	uint64_t window = lesson_ms(gt_now()) / WINDOW_MS;

	if (window != story->window)
		story->n_in_window = 0;
	story->window = window;
	story->n_tries++;
	story->n_in_window++;
	if (window > 0 && story->n_in_window > story->peak)
		story->peak = story->n_in_window;
	return story->n_in_window <= scn_get(story->args, "capacity");
}

/* How long to wait before the next try: `gap_ms`, or with jitter anything from 1 up to that. */
static uint64_t next_gap_ms(struct story *story, int64_t gap_ms)
{
	if (scn_get(story->args, "jitter") == 0)
		return (uint64_t)gap_ms;
	return lesson_random(&story->random, (uint32_t)gap_ms) + 1;
}

static int client(void *arg)
{
	struct story *story = arg;
	int64_t gap_ms = scn_get(story->args, "gap");

	for (int n = 1; !call(story); n++) {
		int code;

		gt_log("try %d fails", n);
		code = gt_sleep(GT_MS(next_gap_ms(story, gap_ms)));
		if (code)
			return code;
		gap_ms *= 2;
	}
	gt_log("is served");
	return 0;
}

static int retry_storm(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	size_t n_clients = (size_t)scn_get(args, "clients");
	struct gt_task *tasks[CLIENTS_MAX];
	int code;

	story = (struct story){.args = args, .random = (uint32_t)scn_get(args, "seed")};
	for (size_t i = 0; i < n_clients; i++)
		tasks[i] = gt_spawn(client, &story, "client %zu", i + 1);
	code = lesson_gather(tasks, n_clients);
	if (!code)
		gt_log("%d tries, at most %d in the same 10 ms after the first", story.n_tries,
		       story.peak);
	return code;
}

static const struct scn_param params[] = {
        {"clients", "tasks", 20, 1, 100, "how many clients there are"},
        {"capacity", "tries", 5, 1, 1000, "how many the server can serve in 10 ms"},
        {"gap", "ms", 100, 1, 1000, "the wait before the second try; doubled with each"},
        {"jitter", "", 0, 0, 1, "1: wait for a random part of the gap"},
        {"seed", "", 1, 0, 1000000, "of the random numbers"},
};

const struct scenario scn_retry_storm = {
        .name = "retry-storm",
        .chapter = "7 Patterns",
        .title = "twenty clients fail together, and try again together",
        .question = "Each client waits politely before it tries again. Is the server relieved?",
        .text = "Look at the columns: 20 tries at 0, 15 at 100, 10 at 300, 5 at 700. Between\n"
                "them the server has nothing to do, and the last client is served at 700.\n"
                "\n"
                "Tempting: \"a longer gap each time helps the server.\" It helps against one\n"
                "client. Twenty with the same gaps stay in step for ever, as if they had agreed\n"
                "on it. What helps is to disagree: --set jitter=1 makes each wait for a random\n"
                "part of its gap. Look at the columns then, and at the end.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_retry_storm_teaching,
        .body = retry_storm,
};
