/* A connection is opened, used and closed, twice: once all goes well, and once there is an error inside.
 *
 * On the screen: two lanes of the same shape. The error cuts the second one short, but its last stretch, the
 * closing, is there as well.
 */
#include "scenarios/lesson.h"

static int open_connection(const struct scn_args *args)
{
	int code = gt_sleep(scn_get_ns(args, "open"));

	if (!code)
		gt_log("open");
	return code;
}

/* Runs whatever came before; returns `code`, unless it is disturbed itself. */
static int close_connection(const struct scn_args *args, int code)
{
	const struct gt_error *error = gt_error_retain(code == GT_EFAILED ? gt_error() : NULL);
	int own;

	gt_log("closing");
	own = gt_sleep(scn_get_ns(args, "close"));
	if (!own)
		gt_log("closed");
	if (!own && code == GT_EFAILED)
		code = gt_reraise(error);
	gt_error_release(error);
	return own ? own : code;
}

static int use_well(const struct scn_args *args)
{
	int code = gt_sleep(scn_get_ns(args, "use"));

	if (!code)
		gt_log("used");
	return code;
}

static int use_badly(const struct scn_args *args)
{
	int code = gt_sleep(scn_get_ns(args, "use") / 2);

	if (code)
		return code;
	gt_log("fails");
	return gt_raise("ValueError", "no such table");
}

/* The `async with`: what is opened is closed, whatever `use` ends with. */
static int with_connection(const struct scn_args *args, int use(const struct scn_args *))
{
	int code = open_connection(args);

	if (code)
		return code;
	return close_connection(args, use(args));
}

static int well(void *arg)
{
	return with_connection(arg, use_well);
}

static int badly(void *arg)
{
	int code = with_connection(arg, use_badly);

	if (code != GT_EFAILED)
		return code;
	gt_log("behind it: %s", gt_error_message(gt_error()));
	return 0;
}

static int context_manager(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_task *tasks[] = {
	        gt_spawn(well, arg, "well"),
	        gt_spawn(badly, arg, "badly"),
	};
	int code;

	if (!tasks[0] || !tasks[1])
		return GT_ENOMEM;
	code = gt_sleep(scn_get_ns(args, "cancel"));
	if (!code && scn_get(args, "cancel") > 0 && gt_cancel(tasks[0]))
		gt_log("cancels the first");
	if (!code)
		code = gt_wait(tasks, LESSON_COUNT(tasks), GT_ALL_COMPLETED, GT_FOREVER);
	gt_release(tasks[0]);
	gt_release(tasks[1]);
	return code;
}

static const struct scn_param params[] = {
        {"open", "ms", 100, 0, 60000, "how long opening takes"},
        {"use", "ms", 200, 0, 60000, "how long the connection is used"},
        {"close", "ms", 100, 0, 60000, "how long closing takes"},
        {"cancel", "ms", 0, 0, 60000, "when main cancels the first task; 0: never"},
};

const struct scenario scn_context_manager = {
        .name = "context-manager",
        .chapter = "7 Patterns",
        .title = "open, use, close; and the same with an error",
        .question = "There is an error in the middle. Is the connection closed?",
        .text = "Look at the ends of the two lanes: both have a last wait of 100, the closing.\n"
                "The error happens at 200, and comes out at 300.\n"
                "\n"
                "Tempting: \"an error leaves the block at once.\" It leaves through the door:\n"
                "the exit of the block runs first, it may even wait, and the error goes on when\n"
                "the exit is through. A cancellation takes the same way: try --set cancel=150.\n"
                "\n"
                "Now cancel the first in its exit, with --set cancel=350. Who says `closed`?\n"
                "What must be closed in any case has to be shielded, or quick.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_context_manager_teaching,
        .body = context_manager,
};
