/* A producer makes an item every 200 and wakes both consumers, but there is an item for one of them only.
 *
 * On the screen: at each item both consumers wake, one after the other, for the lock goes from hand to hand.
 * The first takes the item, the second looks, finds nothing, and waits again.
 */
#include "scenarios/lesson.h"

struct story {
	struct gt_cond *changed;
	const struct scn_args *args;
	int n_items;
	bool is_closed;
};

/* Wait until there may be something to take. Without the second look this is the classic mistake. */
static int wait_for_items(struct story *story)
{
	bool looks_again = scn_get(story->args, "recheck") != 0;
	int code = 0;

	while (!code && story->n_items == 0 && !story->is_closed) {
		code = gt_cond_wait(story->changed);
		if (!code)
			gt_log("wakes, sees %d", story->n_items);
		if (!looks_again)
			break;
	}
	return code;
}

/* Take one item, holding the lock. */
static int take(struct story *story)
{
	int code = wait_for_items(story);

	if (code || (story->n_items == 0 && story->is_closed))
		return code;
	if (story->n_items == 0)
		return gt_raise("IndexError", "pop from empty list");
	story->n_items--;
	gt_log("takes an item");
	return 0;
}

static int consume(void *arg)
{
	struct story *story = arg;
	int code = 0;

	while (!code && !(story->is_closed && story->n_items == 0)) {
		code = gt_cond_acquire(story->changed);
		if (code)
			return code;
		code = take(story);
		gt_cond_release(story->changed);
	}
	if (code == GT_EFAILED)
		gt_log("fails: %s", gt_error_message(gt_error()));
	return code;
}

/* Change what the others wait for, and tell them. */
static int change(struct story *story, bool is_last)
{
	int code = gt_cond_acquire(story->changed);

	if (code)
		return code;
	if (is_last)
		story->is_closed = true;
	else
		story->n_items++;
	gt_log("%s", is_last ? "no more items" : "adds an item");
	gt_cond_notify_all(story->changed);
	return gt_cond_release(story->changed);
}

static int produce(void *arg)
{
	struct story *story = arg;
	int64_t n_items = scn_get(story->args, "items");
	int code = 0;

	for (int64_t i = 0; !code && i < n_items; i++) {
		code = gt_sleep(scn_get_ns(story->args, "every"));
		if (!code)
			code = change(story, false);
	}
	if (!code)
		code = gt_sleep(scn_get_ns(story->args, "every"));
	return code ? code : change(story, true);
}

static int condition(void *arg)
{
	static struct story story; /* outlives main, which may end with an error */

	story = (struct story){gt_cond_create("changed"), arg, 0, false};
	if (!story.changed)
		return GT_ENOMEM;
	struct gt_task *tasks[] = {
	        gt_spawn(consume, &story, "consumer 1"),
	        gt_spawn(consume, &story, "consumer 2"),
	        gt_spawn(produce, &story, "producer"),
	};
	return lesson_gather(tasks, LESSON_COUNT(tasks));
}

static const struct scn_param params[] = {
        {"items", "items", 3, 0, 1000, "how many items the producer makes"},
        {"every", "ms", 200, 0, 60000, "the time before each"},
        {"recheck", "", 1, 0, 1, "1: wait in a `while`; 0: in an `if`"},
};

const struct scenario scn_condition = {
        .name = "condition",
        .chapter = "3 Sharing",
        .title = "an item every 200, and two who want it",
        .question = "Both consumers are woken for one item. What does the second do?",
        .text = "Look at 200: the producer adds an item and tells everybody. Consumer 1 wakes,\n"
                "sees 1, takes it and waits again; then consumer 2 gets the lock, sees 0, and\n"
                "waits again. Wake, look again, take: always in this order.\n"
                "\n"
                "Tempting: \"I was woken, so there is an item.\" Being woken means that\n"
                "something has changed since you fell asleep. Others were woken too, and the\n"
                "lock came to you last. That is why the wait stands in a `while`.\n"
                "\n"
                "Try --set recheck=0, which makes an `if` of the `while`.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_condition_teaching,
        .body = condition,
};
