/* Three tasks are gathered, one fails, and the error is kept as a result like any other.
 *
 * On the screen: B ends with an error, and main does not move: it waits until A and C are done as well, and
 * only then looks at what came of each.
 */
#include "scenarios/lesson.h"

static int sound(void *arg)
{
	const struct scn_args *args = arg;
	int code = gt_sleep(scn_get_ns(args, "wait"));

	if (code)
		return code;
	gt_log("is done");
	return gt_return_text("%s", "a result");
}

static int broken(void *arg)
{
	const struct scn_args *args = arg;
	int code = gt_sleep(scn_get_ns(args, "fails"));

	if (code)
		return code;
	gt_log("fails");
	return gt_raise("ValueError", "B is broken");
}

static void report(const struct gt_outcome *outcome, const struct gt_task *task)
{
	if (outcome->code)
		gt_log("%s: %s: %s", gt_name(task), gt_error_name(outcome->error),
		       gt_error_message(outcome->error));
	else
		gt_log("%s: %s", gt_name(task), gt_text(task));
}

static int gather_exceptions(void *arg)
{
	struct gt_task *tasks[] = {
	        gt_spawn(sound, arg, "A"),
	        gt_spawn(broken, arg, "B"),
	        gt_spawn(sound, arg, "C"),
	};
	struct gt_outcome outcomes[LESSON_COUNT(tasks)];
	int code;

	if (!tasks[0] || !tasks[1] || !tasks[2])
		return GT_ENOMEM;
	code = gt_gather_all(tasks, LESSON_COUNT(tasks), outcomes);
	for (size_t i = 0; i < LESSON_COUNT(tasks); i++) {
		if (!code)
			report(&outcomes[i], tasks[i]);
		gt_release(tasks[i]);
	}
	return code;
}

static const struct scn_param params[] = {
        {"fails", "ms", 0, 0, 60000, "when B fails"},
        {"wait", "ms", 100, 0, 60000, "how long A and C take"},
};

const struct scenario scn_gather_exceptions = {
        .name = "gather-exceptions",
        .chapter = "2 Together",
        .title = "three tasks, and the error as one of the results",
        .question = "B fails at once. When does main go on, and what does it have then?",
        .text = "Look at 0: B ends with its error, and main waits on. At 100 it has a list of\n"
                "three: a result, an error, a result, in the order of the arguments.\n"
                "\n"
                "Tempting: \"it raises all the errors at the end.\" It raises none. The errors\n"
                "stand in the list, and it is the caller who must look at every one of them: a\n"
                "list that nobody reads is the quietest way to lose an error.\n"
                "\n"
                "Compare it with `gather-error`, where main goes on at 0, and with\n"
                "`taskgroup-error`, where all three are over at 0.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_gather_exceptions_teaching,
        .body = gather_exceptions,
};
