/* Three tasks are gathered, and one of them fails.
 *
 * On the screen: at the failure, main goes on, with the error. The lanes of the other two do not end there:
 * they run on to their own end as if nothing had happened.
 */
#include "scenarios/lesson.h"

static int sound(void *arg)
{
	const struct scn_args *args = arg;
	int code = gt_sleep(scn_get_ns(args, "wait"));

	gt_log(code == GT_ECANCELED ? "is cancelled" : "ends as if nothing had happened");
	return code;
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

static int gather_error(void *arg)
{
	struct gt_task *tasks[] = {
	        gt_spawn(sound, arg, "A"),
	        gt_spawn(broken, arg, "B"),
	        gt_spawn(sound, arg, "C"),
	};
	int code;

	if (!tasks[0] || !tasks[1] || !tasks[2])
		return GT_ENOMEM;
	code = gt_gather(tasks, LESSON_COUNT(tasks), NULL);
	if (code == GT_EFAILED)
		gt_log("gather raised %s: %s", gt_error_name(gt_error()),
		       gt_error_message(gt_error()));
	gt_release(tasks[1]);
	code = gt_join(tasks[0]);
	if (!code)
		code = gt_join(tasks[2]);
	if (!code)
		gt_log("A and C have their results");
	return code;
}

static const struct scn_param params[] = {
        {"fails", "ms", 0, 0, 60000, "when B fails"},
        {"wait", "ms", 100, 0, 60000, "how long A and C take"},
};

const struct scenario scn_gather_error = {
        .name = "gather-error",
        .chapter = "2 Together",
        .title = "one of three gathered tasks fails",
        .question = "B fails at once. What becomes of its siblings?",
        .text = "Look at the lanes of A and C: nothing happens to them at the failure, and both\n"
                "end at 100. main, however, went on at 0, with the error in its hands.\n"
                "\n"
                "Tempting: \"the first error cancels the rest.\" It does so in a task group.\n"
                "gather passes the first error on and leaves the others alone: they go on,\n"
                "cost what they cost, and if main had not kept them, nobody would ever hear\n"
                "of their results, nor of their errors.\n",
        .pairs_with = "taskgroup-error",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_gather_error_teaching,
        .body = gather_error,
};
