/* A service with two background tasks is stopped in the middle of their work.
 *
 * On the screen: one stop at 500, two cancellations, two orderly ends, and only then the end of the service.
 */
#include "scenarios/lesson.h"

struct service {
	const struct scn_args *args;
	struct gt_task *tasks[2];
};

static int in_background(void *arg)
{
	const struct scn_args *args = arg;
	int64_t n_steps = scn_get(args, "steps");

	for (int64_t i = 1; i <= n_steps; i++) {
		int code = gt_sleep(scn_get_ns(args, "step"));

		if (code == GT_ECANCELED)
			gt_log("stops after %d of %d steps", (int)i - 1, (int)n_steps);
		if (code)
			return code;
		gt_log("step %d", (int)i);
	}
	gt_log("all steps are done");
	return 0;
}

static void start(struct service *service, void *args)
{
	service->tasks[0] = gt_spawn(in_background, args, "heartbeat");
	service->tasks[1] = gt_spawn(in_background, args, "collector");
	gt_log("the service is up");
}

/* Ask both to end, and wait until both have. */
static int stop(struct service *service)
{
	gt_log("stop");
	for (size_t i = 0; i < LESSON_COUNT(service->tasks); i++)
		gt_cancel(service->tasks[i]);
	for (size_t i = 0; i < LESSON_COUNT(service->tasks); i++) {
		int code = gt_join(service->tasks[i]);

		if (code && code != GT_ECANCELED)
			return code;
	}
	gt_log("the service is down");
	return 0;
}

static int shutdown(void *arg)
{
	struct service service = {.args = arg};
	int code;

	start(&service, arg);
	if (!service.tasks[0] || !service.tasks[1])
		return GT_ENOMEM;
	code = gt_sleep(scn_get_ns(arg, "at"));
	return code ? code : stop(&service);
}

static const struct scn_param params[] = {
        {"steps", "steps", 5, 0, 1000, "how many steps each task has to do"},
        {"step", "ms", 200, 0, 60000, "how long a step takes"},
        {"at", "ms", 500, 0, 60000, "when the service is stopped"},
};

const struct scenario scn_shutdown = {
        .name = "shutdown",
        .chapter = "5 Limits of time, and cancellation",
        .title = "two background tasks, stopped at 500",
        .question = "One stop, two tasks. When is the service really down?",
        .text = "Look at 500: main asks both tasks to end, each hears of it in its own turn,\n"
                "says how far it came, and ends. `the service is down` stands after both.\n"
                "\n"
                "Tempting: \"cancel them and return.\" Then the service would be said to be\n"
                "down while its tasks still run, and whatever goes wrong in their last lines\n"
                "would be lost. Cancel all, then await all: in this order, so that they end\n"
                "beside each other and not one after the other.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_shutdown_teaching,
        .body = shutdown,
};
