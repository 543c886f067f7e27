/* A consumer skips one item, and forgets to say that it is done with it.
 *
 * On the screen: the queue is empty, the consumer waits for more, and main waits for the queue. Nothing is
 * ready, no timer is set: this is the end, and the run says so.
 */
#include "scenarios/lesson.h"

struct story {
	struct gt_queue *queue;
	intptr_t skip;
	uint64_t work_ns;
};

static int consume(void *arg)
{
	const struct story *story = arg;

	for (;;) {
		intptr_t item;
		int code = gt_queue_get(story->queue, &item);

		if (code)
			return code;
		if (item == story->skip) {
			gt_log("skips item %d", (int)item);
			continue; /* and so never comes to gt_queue_task_done */
		}
		code = gt_sleep(story->work_ns);
		if (code)
			return code;
		gt_log("is done with item %d", (int)item);
		gt_queue_task_done(story->queue);
	}
}

static int join_hang(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	struct gt_task *consumer;
	int code;

	story = (struct story){
	        .queue = gt_queue_create("items", 0),
	        .skip = (intptr_t)scn_get(args, "skip"),
	        .work_ns = scn_get_ns(args, "work"),
	};
	code = story.queue ? 0 : GT_ENOMEM;
	for (intptr_t item = 1; !code && item <= (intptr_t)scn_get(args, "items"); item++)
		code = gt_queue_put_nowait(story.queue, item);
	if (code)
		return code;
	consumer = gt_spawn(consume, &story, "consumer");
	if (!consumer)
		return GT_ENOMEM;
	gt_log("waits until all items are done");
	code = gt_queue_join(story.queue);
	if (!code)
		gt_log("all items are done");
	gt_cancel(consumer);
	gt_release(consumer);
	return code;
}

static const struct scn_param params[] = {
        {"items", "items", 3, 0, 1000, "how many items there are"},
        {"skip", "item", 2, 0, 1000, "the item that is skipped; 0: none"},
        {"work", "ms", 100, 0, 60000, "how long the consumer works on one"},
};

static const char *const findings[] = {"deadlock", NULL};

const struct scenario scn_join_hang = {
        .name = "join-hang",
        .chapter = "4 Queues",
        .title = "a consumer that forgets task_done",
        .question = "The queue is empty. Why does main wait for ever?",
        .text = "A queue counts twice: the items inside, and the items not yet done. get lowers\n"
                "the first count, task_done the second, and join waits for the second. Look at\n"
                "the end: three items put, two reported, and main waits for the third.\n"
                "\n"
                "Tempting: \"join returns when the queue is empty.\" It is empty at 100. What\n"
                "was taken may still be under work, and join is there to wait for that too.\n"
                "\n"
                "The mistake is the `continue` that jumps over task_done; an error in the\n"
                "middle would do the same. Call task_done in a `finally`. Try --set skip=0.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_join_hang_teaching,
        .findings = findings,
        .body = join_hang,
};
