/* Eight tasks look into a cache, find nothing, and all of them call the backend.
 *
 * On the screen: eight equal waits beside each other. Seven of the eight calls were for nothing.
 */
#include "scenarios/lesson.h"

#define TASKS_MAX 100

struct story {
	uint64_t call_ns;
	bool is_shared;
	bool has_value;       /* the cache */
	struct gt_task *call; /* the call under way, if it is shared */
	int n_calls;
};

static int call_backend(void *arg)
{
	struct story *story = arg;
	int code;

	gt_var_write("calls", ++story->n_calls);
	gt_log("calls the backend");
	code = gt_sleep(story->call_ns);
	if (!code) {
		story->has_value = true;
		gt_var_write("cache", 1);
	}
	return code;
}

/* The first to miss starts the call, and everybody waits for the same one. */
static int share_call(struct story *story)
{
	if (!story->call)
		story->call = gt_spawn(call_backend, story, "backend call");
	return story->call ? gt_await(story->call) : GT_ENOMEM;
}

static int ask(void *arg)
{
	struct story *story = arg;
	int code;

	gt_var_read("cache", story->has_value);
	if (story->has_value) {
		gt_log("finds it in the cache");
		return 0;
	}
	gt_log("misses the cache");
	code = story->is_shared ? share_call(story) : call_backend(story);
	if (!code)
		gt_log("has the answer");
	return code;
}

static int check_then_act(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	size_t n_tasks = (size_t)scn_get(args, "tasks");
	struct gt_task *tasks[TASKS_MAX];
	int code;

	story = (struct story){scn_get_ns(args, "call"), scn_get(args, "share") != 0, false, NULL,
	                       0};
	for (size_t i = 0; i < n_tasks; i++)
		tasks[i] = gt_spawn(ask, &story, "Task %zu", i);
	code = lesson_gather(tasks, n_tasks);
	gt_release(story.call);
	if (!code)
		gt_log("the backend was called %d times", story.n_calls);
	return code;
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 8, 1, TASKS_MAX, "how many tasks ask"},
        {"call", "ms", 100, 0, 60000, "how long the backend takes"},
        {"share", "", 0, 0, 1, "1: keep the call under way in the cache, too"},
};

static const char *const findings[] = {"lost-update", NULL};

const struct scenario scn_check_then_act = {
        .name = "check-then-act",
        .chapter = "3 Sharing",
        .title = "eight tasks, one cache, and it is empty",
        .question = "Eight tasks ask for the same thing. How often is the backend called?",
        .text = "Look at 0: eight times `misses the cache`, eight times `calls the backend`.\n"
                "The answers come together at 100, and each writes the same into the cache.\n"
                "\n"
                "Tempting: \"once, that is what the cache is for.\" Between looking into the\n"
                "cache and filling it lies an await of 100, and all others look in the\n"
                "meantime. When an entry of a busy site expires, this is how the backend gets\n"
                "a thousand calls in one millisecond.\n"
                "\n"
                "Try --set share=1: the cache keeps the call itself, from the moment it is\n"
                "made. There is no await between looking and writing any more.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_check_then_act_teaching,
        .findings = findings,
        .body = check_then_act,
};
