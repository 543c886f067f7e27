/* Two tasks wait for an event, which main sets at 500.
 *
 * On the screen: two long waits that end in the same instant, with a line from main to each of them.
 */
#include "scenarios/lesson.h"

#define TASKS_MAX 100

static int wait(void *arg)
{
	struct gt_event *event = arg;
	int code;

	gt_log("waits");
	code = gt_event_wait(event);
	if (!code)
		gt_log("goes on");
	return code;
}

static int event(void *arg)
{
	const struct scn_args *args = arg;
	size_t n_waiters = (size_t)scn_get(args, "waiters");
	struct gt_event *doors = gt_event_create("doors open");
	struct gt_task *waiters[TASKS_MAX];
	int code;

	if (!doors)
		return GT_ENOMEM;
	for (size_t i = 0; i < n_waiters; i++)
		waiters[i] = gt_spawn(wait, doors, "waiter %zu", i + 1);
	code = gt_sleep(scn_get_ns(args, "at"));
	gt_log("sets the event");
	gt_event_set(doors);
	if (scn_get(args, "clear")) {
		gt_log("clears it at once");
		gt_event_clear(doors);
	}
	return code ? code : lesson_gather(waiters, n_waiters);
}

static const struct scn_param params[] = {
        {"waiters", "tasks", 2, 1, TASKS_MAX, "how many tasks wait for the event"},
        {"at", "ms", 500, 0, 60000, "when main sets it"},
        {"clear", "", 0, 0, 1, "1: main clears it again in its next line"},
};

const struct scenario scn_event = {
        .name = "event",
        .chapter = "3 Sharing",
        .title = "two tasks wait for an event, set at 500",
        .question = "Two tasks wait, main sets the event once. Who goes on?",
        .text = "Look at 500: one set, and two lanes go on, in one iteration of the loop. An\n"
                "event has two states and a list of waiters, no count and no line.\n"
                "\n"
                "Tempting: \"set wakes one of them\", as a semaphore's release would. Setting an\n"
                "event says `it has happened`, and it has happened for all. It stays so: who\n"
                "comes to wait later does not wait at all.\n"
                "\n"
                "Try --set clear=1: cleared in the very next line, before anybody had a turn.\n"
                "How many go on now?\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_event_teaching,
        .body = event,
};
