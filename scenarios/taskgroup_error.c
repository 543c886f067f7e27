/* Three tasks in a group, and one of them fails.
 *
 * On the screen: in the instant of the failure the other two are cancelled. main comes out of the group with
 * a group of errors, when all three have ended.
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

static int in_group(void *arg)
{
	struct gt_group *group = gt_group_enter();
	bool started = gt_group_spawn(group, sound, arg, "A") &&
	               gt_group_spawn(group, broken, arg, "B") &&
	               gt_group_spawn(group, sound, arg, "C");

	return gt_group_exit(group, started ? 0 : GT_ENOMEM);
}

static int taskgroup_error(void *arg)
{
	int code = in_group(arg);
	const struct gt_error *errors = gt_error();

	if (code != GT_EGROUP)
		return code;
	gt_log("the group raised %d error", (int)gt_error_n_causes(errors));
	for (size_t i = 0; i < gt_error_n_causes(errors); i++) {
		const struct gt_error *error = gt_error_cause(errors, i);

		gt_log("%s: %s", gt_error_name(error), gt_error_message(error));
	}
	return 0;
}

static const struct scn_param params[] = {
        {"fails", "ms", 0, 0, 60000, "when B fails"},
        {"wait", "ms", 100, 0, 60000, "how long A and C take"},
};

const struct scenario scn_taskgroup_error = {
        .name = "taskgroup-error",
        .chapter = "2 Together",
        .title = "one of three tasks of a group fails",
        .question = "B fails at once. What becomes of its siblings?",
        .text = "Look at 0: B fails, and in the same millisecond A and C are cancelled, where\n"
                "they wait; the axis of events (x) spreads that out. main comes out of the\n"
                "group when all three are over, with a group of errors: there could have been\n"
                "more than one.\n"
                "\n"
                "Tempting: \"A and C run on, as with gather.\" They would work for nothing: the\n"
                "group has failed already. And nobody would hear of their errors. The group\n"
                "cancels them, waits for them, and only then raises.\n",
        .pairs_with = "gather-error",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_taskgroup_error_teaching,
        .body = taskgroup_error,
};
