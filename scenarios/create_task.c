/* Two tasks: A takes 2000, B takes 1000. A is made first, and awaited first.
 *
 * On the screen: both lanes wait at the same time, and B's ends in the middle of A's. Who is awaited first
 * does not matter to them.
 */
#include "scenarios/lesson.h"

static int work(void *arg)
{
	const uint64_t *wait_ns = arg;
	int code;

	gt_log("starts");
	code = gt_sleep(*wait_ns);
	if (!code)
		gt_log("ends");
	return code;
}

static int create_task(void *arg)
{
	const struct scn_args *args = arg;
	static uint64_t a_ns, b_ns; /* outlive main */
	struct gt_task *a, *b;
	int code;

	a_ns = scn_get_ns(args, "a");
	b_ns = scn_get_ns(args, "b");
	a = gt_spawn(work, &a_ns, "A");
	b = gt_spawn(work, &b_ns, "B");
	if (!a || !b)
		return GT_ENOMEM;
	code = gt_join(a);
	if (code)
		return code;
	gt_log("A is awaited; B is %s", gt_is_done(b) ? "done already" : "still at work");
	return gt_join(b);
}

static const struct scn_param params[] = {
        {"a", "ms", 2000, 0, 60000, "how long A takes"},
        {"b", "ms", 1000, 0, 60000, "how long B takes"},
};

const struct scenario scn_create_task = {
        .name = "create-task",
        .chapter = "2 Together",
        .title = "A takes 2000, B takes 1000, both are tasks",
        .question = "main awaits A first. Which of the two ends first?",
        .text = "Look at the lane of B: it ends at 1000, while main is still waiting for A. A\n"
                "task is on its way from the moment it is created.\n"
                "\n"
                "Tempting: \"A ends first, it is awaited first.\" The order of awaiting is the\n"
                "order in which main looks, not the order in which things happen. When main\n"
                "comes to `await b` at 2000, the result lies there, and main goes on at once.\n"
                "So the whole takes as long as the longer one, in any order.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_create_task_teaching,
        .body = create_task,
};
