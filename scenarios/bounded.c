/* A fast producer, a slow consumer, and a queue with a limit.
 *
 * On the screen: the depth of the queue rises to its limit and stays there, and the producer waits more than
 * it works. The consumer never notices.
 */
#include "scenarios/lesson.h"

struct story {
	struct gt_queue *queue;
	intptr_t n_items;
	uint64_t produce_ns, consume_ns;
};

static int produce(void *arg)
{
	const struct story *story = arg;

	for (intptr_t item = 1; item <= story->n_items; item++) {
		int code = gt_sleep(story->produce_ns);

		if (!code)
			code = gt_queue_put(story->queue, item);
		if (code)
			return code;
		gt_log("put %d, %zu in the queue", (int)item, gt_queue_size(story->queue));
	}
	gt_log("is done");
	return 0;
}

static int consume(void *arg)
{
	const struct story *story = arg;

	for (intptr_t n = 1; n <= story->n_items; n++) {
		intptr_t item;
		int code = gt_queue_get(story->queue, &item);

		if (!code)
			code = gt_sleep(story->consume_ns);
		if (code)
			return code;
		gt_log("has used %d", (int)item);
	}
	return 0;
}

static int bounded(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */

	story = (struct story){
	        .queue = gt_queue_create("items", (size_t)scn_get(args, "capacity")),
	        .n_items = (intptr_t)scn_get(args, "items"),
	        .produce_ns = scn_get_ns(args, "produce"),
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
        {"items", "items", 10, 0, 1000, "how many items there are"},
        {"capacity", "items", 3, 1, 1000, "how many the queue holds"},
        {"produce", "ms", 20, 0, 60000, "how long the producer needs for one"},
        {"consume", "ms", 100, 0, 60000, "how long the consumer needs for one"},
};

const struct scenario scn_bounded = {
        .name = "bounded",
        .chapter = "4 Queues",
        .title = "a fast producer, a slow consumer, a limit of 3",
        .question = "What does the limit of the queue cost?",
        .text = "Look at the depth: up to 3 and never above. From then on the producer spends\n"
                "its time waiting to put. That waiting is the message: it tells the producer,\n"
                "and whoever feeds it, that more than this cannot be digested. It is called\n"
                "backpressure.\n"
                "\n"
                "Tempting: \"the limit slows everything down.\" Compare it with `unbounded`:\n"
                "the last item is used at the same millisecond. The limit costs nothing but\n"
                "the illusion that the producer was done.\n",
        .pairs_with = "unbounded",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_bounded_teaching,
        .body = bounded,
};
