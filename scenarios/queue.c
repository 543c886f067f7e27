/* A quick producer, a slow consumer, and a queue between them that holds three.
 *
 * On the screen: the depth of the queue jumps to three at once and stays there. The producer waits although
 * it has nothing to do but to put: the full queue holds it to the consumer's pace.
 */
#include "scenarios/lesson.h"

#define NO_MORE (-1) /* the sentinel: tells the consumer that nothing follows */

struct story {
	struct gt_queue *queue;
	intptr_t n_items;
	uint64_t consume_ns;
};

static int produce(void *arg)
{
	const struct story *story = arg;
	int code;

	for (intptr_t item = 0; item < story->n_items; item++) {
		code = gt_queue_put(story->queue, item);
		if (code)
			return code;
		gt_log("put %d", (int)item);
	}
	code = gt_queue_put(story->queue, NO_MORE);
	if (!code)
		gt_log("put the sentinel");
	return code;
}

static int consume(void *arg)
{
	const struct story *story = arg;
	intptr_t item;
	int code = gt_queue_get(story->queue, &item);

	while (!code && item != NO_MORE) {
		gt_log("got %d", (int)item);
		code = gt_sleep(story->consume_ns);
		if (!code)
			code = gt_queue_get(story->queue, &item);
	}
	if (!code)
		gt_log("got the sentinel");
	return code;
}

static int queue(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */

	story = (struct story){
	        .queue = gt_queue_create("items", (size_t)scn_get(args, "capacity")),
	        .n_items = (intptr_t)scn_get(args, "items"),
	        .consume_ns = scn_get_ns(args, "consume"),
	};
	if (!story.queue)
		return GT_ENOMEM;
	struct gt_task *tasks[] = {
	        gt_spawn(produce, &story, "producer"),
	        gt_spawn(consume, &story, "consumer"),
	};
	return lesson_gather(tasks, LESSON_COUNT(tasks));
}

static const struct scn_param params[] = {
        {"items", "items", 5, 0, 1000, "how many items are produced"},
        {"capacity", "items", 3, 0, 1000, "how many the queue holds; 0: as many as come"},
        {"consume", "ms", 100, 0, 60000, "how long the consumer works on one"},
};

const struct scenario scn_queue = {
        .name = "queue",
        .chapter = "4 Queues",
        .title = "a producer and a consumer with a queue of three",
        .question = "In which order do put and got appear in the log?",
        .text = "Look at the depth of the queue: three at once, before the consumer has had a\n"
                "single step. Then the fourth put waits, until a get makes room for it: the\n"
                "producer is slowed down to what the consumer can do. This is backpressure.\n"
                "\n"
                "Tempting: \"put, got, put, got.\" A put that finds room returns without\n"
                "suspending, and a task that does not suspend keeps the loop. They alternate\n"
                "only once the queue is full, or with --set capacity=1.\n"
                "\n"
                "Try --set capacity=0, a queue without a limit: who waits for whom now?\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_queue_teaching,
        .body = queue,
};
