/* The same fast producer and slow consumer as in `bounded`, and a queue without a limit.
 *
 * On the screen: the depth of the queue climbs for as long as the producer works, and then takes five times
 * as long to fall. The producer never waits for anybody.
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

static int unbounded(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */

	story = (struct story){
	        .queue = gt_queue_create("items", 0),
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
        {"produce", "ms", 20, 0, 60000, "how long the producer needs for one"},
        {"consume", "ms", 100, 0, 60000, "how long the consumer needs for one"},
};

static const char *const findings[] = {"growing-queue", NULL};

const struct scenario scn_unbounded = {
        .name = "unbounded",
        .chapter = "4 Queues",
        .title = "a fast producer, a slow consumer, no limit",
        .question = "The producer is done at 200. What has it gained?",
        .text = "Look at the depth: it climbs by four for each item that is used, until the\n"
                "producer is done. Here that is ten items. In a program that runs for days it\n"
                "is memory, until there is none.\n"
                "\n"
                "Tempting: \"the work is done sooner, the producer never waits.\" The producer\n"
                "is done sooner, the work is not: compare it with `bounded`. The items only\n"
                "wait in the queue instead of at its door, and the last one is seven turns old\n"
                "when somebody looks at it.\n",
        .pairs_with = "bounded",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_unbounded_teaching,
        .findings = findings,
        .body = unbounded,
};
