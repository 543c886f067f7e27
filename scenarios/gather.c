/* Three waits of different length, gathered: who is first, and in which order are the results?
 *
 * On the screen: the lanes end in the order B, C, A. The results come in the order A, B, C.
 */
#include "scenarios/lesson.h"

struct work {
	uint64_t wait_ns;
	intptr_t result;
};

static int run(void *arg)
{
	const struct work *work = arg;
	int code = gt_sleep(work->wait_ns);

	if (code)
		return code;
	gt_log("ends with %d", (int)work->result);
	return gt_return(work->result);
}

static int gather(void *arg)
{
	const struct scn_args *args = arg;
	static struct work a, b, c; /* outlive main */
	intptr_t results[3];
	int code;

	a = (struct work){scn_get_ns(args, "a"), 1};
	b = (struct work){scn_get_ns(args, "b"), 2};
	c = (struct work){scn_get_ns(args, "c"), 3};
	struct gt_task *tasks[] = {
	        gt_spawn(run, &a, "A"),
	        gt_spawn(run, &b, "B"),
	        gt_spawn(run, &c, "C"),
	};
	if (!tasks[0] || !tasks[1] || !tasks[2])
		return GT_ENOMEM;
	code = gt_gather(tasks, LESSON_COUNT(tasks), results);
	if (!code)
		gt_log("results: %d %d %d", (int)results[0], (int)results[1], (int)results[2]);
	for (size_t i = 0; i < LESSON_COUNT(tasks); i++)
		gt_release(tasks[i]);
	return code;
}

static const struct scn_param params[] = {
        {"a", "ms", 300, 0, 60000, "how long A takes"},
        {"b", "ms", 100, 0, 60000, "how long B takes"},
        {"c", "ms", 200, 0, 60000, "how long C takes"},
};

const struct scenario scn_gather = {
        .name = "gather",
        .chapter = "2 Together",
        .title = "gather: A takes 300, B 100, C 200",
        .question = "In which order are the results of gather?",
        .text = "Look at the ends of the three lanes: B at 100, C at 200, A at 300. Then look\n"
                "at the last line of the log: 1 2 3, that is A, B, C.\n"
                "\n"
                "Tempting: \"as they finish.\" That is as_completed. gather returns one list\n"
                "when all are done, in the order in which they were given to it, so that you\n"
                "can tell whose result is whose.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_gather_teaching,
        .body = gather,
};
