/* Three tasks, and a main that deals with each as it is done.
 *
 * On the screen: main wakes three times, at 100, 200 and 300. It works on the first result while the other
 * two are still on their way.
 */
#include "scenarios/lesson.h"

struct work {
	intptr_t number;
	uint64_t work_ns;
};

static int work(void *arg)
{
	const struct work *work = arg;
	int code = gt_sleep(work->work_ns);

	return code ? code : gt_return(work->number);
}

static int take_each(struct gt_completion *completion)
{
	struct gt_task *task;
	int code = 0, place = 1;

	while (!code && (code = gt_as_completed_next(completion, &task)) == 0) {
		intptr_t number;

		code = gt_await_value(task, &number);
		if (!code)
			gt_log("result %d of 3: %d", place++, (int)number);
	}
	return code == GT_EEMPTY ? 0 : code;
}

static int as_completed(void *arg)
{
	const struct scn_args *args = arg;
	static struct work a, b, c; /* outlive main */
	struct gt_completion *completion;
	int code;

	a = (struct work){3, scn_get_ns(args, "a")};
	b = (struct work){1, scn_get_ns(args, "b")};
	c = (struct work){2, scn_get_ns(args, "c")};
	struct gt_task *tasks[] = {
	        gt_spawn(work, &a, "A"),
	        gt_spawn(work, &b, "B"),
	        gt_spawn(work, &c, "C"),
	};
	if (!tasks[0] || !tasks[1] || !tasks[2])
		return GT_ENOMEM;
	completion = gt_as_completed(tasks, LESSON_COUNT(tasks));
	code = completion ? take_each(completion) : GT_ENOMEM;
	gt_as_completed_end(completion);
	for (size_t i = 0; i < LESSON_COUNT(tasks); i++)
		gt_release(tasks[i]);
	return code;
}

static const struct scn_param params[] = {
        {"a", "ms", 300, 0, 60000, "how long A takes, whose result is 3"},
        {"b", "ms", 100, 0, 60000, "how long B takes, whose result is 1"},
        {"c", "ms", 200, 0, 60000, "how long C takes, whose result is 2"},
};

const struct scenario scn_as_completed = {
        .name = "as-completed",
        .chapter = "2 Together",
        .title = "A takes 300, B 100, C 200: each as it is done",
        .question = "When does main have its first result?",
        .text = "Look at main's lane: it wakes at 100, 200 and 300, and has a result each\n"
                "time. In `gather` the same three tasks wake it once, at 300.\n"
                "\n"
                "Tempting: \"the loop goes over the tasks, so A comes first.\" It goes over\n"
                "places in a line, not over tasks: the first round waits for whoever is first.\n"
                "Use it when a result is worth something before the others are there. What it\n"
                "costs: in Python the round does not tell you whose result it is.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_as_completed_teaching,
        .body = as_completed,
};
