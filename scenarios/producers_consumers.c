/* Two producers, three consumers, and a queue between them; main waits until all is dealt with.
 *
 * On the screen: who gets which item. The consumers stand in line at the empty queue, and the one who has
 * waited longest is served first.
 */
#include "scenarios/lesson.h"

#define WORKERS_MAX 10
#define ITEMS_MAX   100 /* an item is its producer's number times this, plus its own number */

struct story {
	struct gt_queue *queue;
	const struct scn_args *args;
};

struct producer {
	const struct story *story;
	intptr_t number;
};

static int produce(void *arg)
{
	const struct producer *self = arg;
	const struct scn_args *args = self->story->args;

	for (intptr_t i = 1; i <= (intptr_t)scn_get(args, "items"); i++) {
		int code = gt_sleep(scn_get_ns(args, "every"));

		if (!code)
			code = gt_queue_put(self->story->queue, self->number * ITEMS_MAX + i);
		if (code)
			return code;
		gt_log("made %d.%d", (int)self->number, (int)i);
	}
	return 0;
}

static int consume(void *arg)
{
	const struct story *story = arg;

	for (;;) {
		intptr_t item;
		int code = gt_queue_get(story->queue, &item);

		if (code)
			return code;
		gt_log("takes %d.%d", (int)(item / ITEMS_MAX), (int)(item % ITEMS_MAX));
		code = gt_sleep(scn_get_ns(story->args, "work"));
		if (code)
			return code;
		gt_queue_task_done(story->queue);
	}
}

/* Cancel tasks that would never end by themselves, and see them off. */
static int stop(struct gt_task *const tasks[], size_t n_tasks)
{
	for (size_t i = 0; i < n_tasks; i++)
		gt_cancel(tasks[i]);
	for (size_t i = 0; i < n_tasks; i++) {
		int code = gt_join(tasks[i]);

		if (code && code != GT_ECANCELED)
			return code;
	}
	return 0;
}

static int producers_consumers(void *arg)
{
	static struct story story; /* these outlive main */
	static struct producer producers[] = {{&story, 1}, {&story, 2}};
	struct gt_task *makers[LESSON_COUNT(producers)], *takers[WORKERS_MAX];
	size_t n_takers = (size_t)scn_get(arg, "consumers");
	int code;

	story = (struct story){gt_queue_create("items", 0), arg};
	if (!story.queue)
		return GT_ENOMEM;
	for (size_t i = 0; i < LESSON_COUNT(producers); i++)
		makers[i] = gt_spawn(produce, &producers[i], "producer %zu", i + 1);
	for (size_t i = 0; i < n_takers; i++)
		takers[i] = gt_spawn(consume, &story, "consumer %zu", i + 1);
	code = lesson_gather(makers, LESSON_COUNT(makers));
	if (!code)
		gt_log("the producers are done");
	if (!code)
		code = gt_queue_join(story.queue);
	if (!code)
		gt_log("all is dealt with");
	return code ? code : stop(takers, n_takers);
}

static const struct scn_param params[] = {
        {"items", "items", 3, 0, 99, "how many items each producer makes"},
        {"every", "ms", 100, 0, 60000, "how long a producer needs for one"},
        {"consumers", "tasks", 3, 1, WORKERS_MAX, "how many consumers there are"},
        {"work", "ms", 150, 0, 60000, "how long a consumer works on one"},
};

const struct scenario scn_producers_consumers = {
        .name = "producers-consumers",
        .chapter = "4 Queues",
        .title = "two producers, three consumers",
        .question = "Who gets which item, and who decides it?",
        .text = "Look at the consumers: at 100 the first two are woken, at 200 the third has\n"
                "its first item, and one more item waits until somebody is free. Nobody hands\n"
                "the items out. The line at the queue does it, first come, first served.\n"
                "\n"
                "Tempting: \"the items are shared out evenly.\" Fair is only the line. Who\n"
                "works longer stands in it less often and gets less.\n"
                "\n"
                "Look at the end, too: join waits until every item has been dealt with, not\n"
                "just taken. Only then are the consumers cancelled, which would otherwise wait\n"
                "for ever.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_producers_consumers_teaching,
        .body = producers_consumers,
};
