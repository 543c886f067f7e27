/* An item every 1000, and three consumers that need 2000 for each.
 *
 * On the screen: each consumer is too slow for the producer, and yet the queue stays empty: two of the three
 * are at work at any time, and the third waits for an item.
 */
#include "scenarios/lesson.h"

#define CONSUMERS_MAX 20

struct story {
	const struct scn_args *args;
	struct gt_queue *items;
};

static int produce(void *arg)
{
	const struct story *story = arg;
	intptr_t n_items = (intptr_t)scn_get(story->args, "items");

	for (intptr_t item = 0; item < n_items; item++) {
		int code = gt_queue_put(story->items, item);

		if (code)
			return code;
		gt_log("item %d, backlog %d", (int)item, (int)gt_queue_size(story->items));
		code = gt_sleep(scn_get_ns(story->args, "every"));
		if (code)
			return code;
	}
	return 0;
}

static int consume(void *arg)
{
	const struct story *story = arg;

	for (;;) {
		intptr_t item;
		int code = gt_queue_get(story->items, &item);

		if (code)
			return code;
		gt_log("takes item %d", (int)item);
		code = gt_sleep(scn_get_ns(story->args, "work"));
		if (code)
			return code;
		gt_queue_task_done(story->items);
	}
}

/* Wait until all is made, then until all is done. */
static int wait_for_the_end(struct story *story, struct gt_task *producer)
{
	int code = gt_join(producer);

	if (!code)
		code = gt_queue_join(story->items);
	if (!code)
		gt_log("all items are done");
	return code;
}

static int slow_consumers(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	size_t n_consumers = (size_t)scn_get(args, "consumers");
	struct gt_task *consumers[CONSUMERS_MAX], *producer;
	int code;

	story = (struct story){args, gt_queue_create("backlog", 0)};
	producer = story.items ? gt_spawn(produce, &story, "producer") : NULL;
	if (!producer)
		return GT_ENOMEM;
	for (size_t i = 0; i < n_consumers; i++)
		consumers[i] = gt_spawn(consume, &story, "consumer %zu", i + 1);
	code = wait_for_the_end(&story, producer);
	for (size_t i = 0; i < n_consumers; i++) {
		gt_cancel(consumers[i]); /* it waits for an item that will not come */
		gt_release(consumers[i]);
	}
	return code;
}

static const struct scn_param params[] = {
        {"items", "items", 10, 0, 1000, "how many items there are"},
        {"every", "ms", 1000, 0, 60000, "the time between two of them"},
        {"consumers", "tasks", 3, 1, CONSUMERS_MAX, "how many consumers there are"},
        {"work", "ms", 2000, 0, 60000, "how long a consumer needs for one"},
};

const struct scenario scn_slow_consumers = {
        .name = "slow-consumers",
        .chapter = "4 Queues",
        .title = "an item every 1000, three consumers of 2000",
        .question = "Each consumer is too slow for the producer. Does the backlog grow?",
        .text = "Look at the level of the queue: it never stays above 0. From 1000 on, two of\n"
                "the three consumers work at any time, and the third waits for an item.\n"
                "\n"
                "Tempting: \"the consumers are slower, so the backlog grows.\" What counts is\n"
                "items in a second, not ms for an item: one comes every 1000, and three\n"
                "consumers could finish three every 2000. Waiting for others is not work that\n"
                "takes turns on the thread; the three wait at the same time.\n"
                "\n"
                "Try --set consumers=1: now it grows. How many are enough?\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_slow_consumers_teaching,
        .body = slow_consumers,
};
