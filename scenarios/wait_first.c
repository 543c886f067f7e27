/* Three tasks, and a main that goes on with the first of them.
 *
 * On the screen: main's wait ends at 100, with B. The lanes of A and C go on: whoever does not wait for them
 * any more must say what is to become of them.
 */
#include "scenarios/lesson.h"

static int work(void *arg)
{
	const uint64_t *work_ns = arg;
	int code = gt_sleep(*work_ns);

	if (!code)
		gt_log("is done");
	return code;
}

static void report(struct gt_task *const tasks[], size_t n_tasks)
{
	for (size_t i = 0; i < n_tasks; i++)
		gt_log("%s is %s", gt_name(tasks[i]), gt_is_done(tasks[i]) ? "done" : "pending");
}

static int wait_first(void *arg)
{
	const struct scn_args *args = arg;
	static uint64_t a_ns, b_ns, c_ns; /* outlive main */
	int code;

	a_ns = scn_get_ns(args, "a");
	b_ns = scn_get_ns(args, "b");
	c_ns = scn_get_ns(args, "c");
	struct gt_task *tasks[] = {
	        gt_spawn(work, &a_ns, "A"),
	        gt_spawn(work, &b_ns, "B"),
	        gt_spawn(work, &c_ns, "C"),
	};
	if (!tasks[0] || !tasks[1] || !tasks[2])
		return GT_ENOMEM;
	code = gt_wait(tasks, LESSON_COUNT(tasks), GT_FIRST_COMPLETED, GT_FOREVER);
	if (code)
		return code;
	report(tasks, LESSON_COUNT(tasks));
	gt_log("waits for the rest");
	return lesson_gather(tasks, LESSON_COUNT(tasks));
}

static const struct scn_param params[] = {
        {"a", "ms", 300, 0, 60000, "how long A takes"},
        {"b", "ms", 100, 0, 60000, "how long B takes"},
        {"c", "ms", 200, 0, 60000, "how long C takes"},
};

const struct scenario scn_wait_first = {
        .name = "wait-first",
        .chapter = "2 Together",
        .title = "three tasks, and the first to be done",
        .question = "main goes on at 100, with the first. What becomes of the others?",
        .text = "Look at 100: B wakes main, and main is told who is done and who is pending.\n"
                "The lanes of A and C do not even notice.\n"
                "\n"
                "Tempting: \"the losers of the race are cancelled.\" wait looks and never\n"
                "cancels, not even when it is cancelled itself. If the answer of the first is\n"
                "enough, cancel the rest yourself, and then await them; if not, wait again.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_wait_first_teaching,
        .body = wait_first,
};
