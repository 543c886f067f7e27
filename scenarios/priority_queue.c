/* A server takes the most urgent order first. While it works on a slow one, an urgent one arrives.
 *
 * On the screen: the urgent order arrives at 10, and is taken at 100, when the one under work is done. It
 * overtakes those that wait, and not the one that is being served.
 */
#include "scenarios/lesson.h"

struct story {
	const struct scn_args *args;
	struct gt_queue *orders;
};

static int serve(void *arg)
{
	const struct story *story = arg;

	for (;;) {
		intptr_t order;
		int code = gt_queue_get(story->orders, &order);

		if (code)
			return code;
		gt_log("serves %d", (int)order);
		code = gt_sleep(scn_get_ns(story->args, "work"));
		if (code)
			return code;
		gt_log("is done with %d", (int)order);
		gt_queue_task_done(story->orders);
	}
}

static int ask(void *arg)
{
	const struct story *story = arg;
	intptr_t order = (intptr_t)scn_get(story->args, "urgent");
	int code = gt_sleep(scn_get_ns(story->args, "at"));

	if (code)
		return code;
	gt_log("orders %d", (int)order);
	return gt_queue_put(story->orders, order);
}

static int priority_queue(void *arg)
{
	static struct story story; /* outlives main */
	struct gt_task *server, *guest;
	int code = 0;

	story = (struct story){arg, gt_prio_create("orders", 0)};
	if (!story.orders)
		return GT_ENOMEM;
	for (intptr_t order = 7; !code && order >= 5; order--)
		code = gt_queue_put_nowait(story.orders, order);
	server = gt_spawn(serve, &story, "server");
	guest = gt_spawn(ask, &story, "guest");
	if (code || !server || !guest)
		return GT_ENOMEM;
	code = gt_join(guest);
	if (!code)
		code = gt_queue_join(story.orders);
	gt_cancel(server); /* it waits for an order that will not come */
	gt_release(server);
	return code;
}

static const struct scn_param params[] = {
        {"work", "ms", 100, 0, 60000, "how long the server needs for an order"},
        {"at", "ms", 10, 0, 60000, "when the urgent order arrives"},
        {"urgent", "", 1, 0, 9, "its number: the smallest is served first; the others are 5, 6, 7"},
};

const struct scenario scn_priority_queue = {
        .name = "priority-queue",
        .chapter = "4 Queues",
        .title = "an urgent order arrives while a slow one is served",
        .question = "The urgent order arrives at 10. When is it served?",
        .text = "Look at 10: the guest puts order 1 into the queue, and nothing changes on the\n"
                "server's lane. At 100 the server comes back to the queue, and gets 1 before 6\n"
                "and 7, which came first.\n"
                "\n"
                "Tempting: \"urgent means at once.\" A priority queue is a decision about who\n"
                "is next, made when somebody asks. It never takes work out of a worker's hands.\n"
                "If the urgent must not wait long, no order may take long, or a worker has to\n"
                "be kept free for it.\n"
                "\n"
                "Who keeps putting in urgent orders keeps order 7 waiting for ever.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_priority_queue_teaching,
        .body = priority_queue,
};
