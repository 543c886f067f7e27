/* Five tasks wait for one event. When it comes, each has something to compute.
 *
 * On the screen: five lanes are ready in the same instant, and run one after the other: a staircase. The last
 * one starts 80 after the event.
 */
#include "scenarios/lesson.h"

#define TASKS_MAX 100

struct story {
	struct gt_event *event;
	uint64_t work_ns;
	uint64_t set_ns; /* when the event came */
};

static int handle(void *arg)
{
	const struct story *story = arg;
	int code = gt_event_wait(story->event);

	if (code)
		return code;
	gt_block(story->work_ns); /* stands for a computation of that length */
	gt_log("is done, %d ms after the event", (int)lesson_ms(gt_now() - story->set_ns));
	return 0;
}

static int herd(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	size_t n_tasks = (size_t)scn_get(args, "tasks");
	struct gt_task *tasks[TASKS_MAX];
	int code;

	story = (struct story){gt_event_create("new data"), scn_get_ns(args, "work"), 0};
	if (!story.event)
		return GT_ENOMEM;
	for (size_t i = 0; i < n_tasks; i++)
		tasks[i] = gt_spawn(handle, &story, "Task %zu", i);
	code = gt_sleep(scn_get_ns(args, "at"));
	if (code)
		return code;
	story.set_ns = gt_now();
	gt_event_set(story.event);
	return lesson_gather(tasks, n_tasks);
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 5, 1, TASKS_MAX, "how many wait for the event"},
        {"work", "ms", 20, 0, 60000, "how long each computes"},
        {"at", "ms", 100, 0, 60000, "when the event comes"},
};

static const char *const findings[] = {"slow-iteration", NULL};

const struct scenario scn_herd = {
        .name = "herd",
        .chapter = "3 Sharing",
        .title = "one event wakes five, and each computes 20",
        .question = "All five wake at the same moment. When is the last one done?",
        .text = "Look at 100: five lanes turn from waiting to ready in the same instant. Then\n"
                "the staircase: one runs, the others are ready, and done is 20, 40, 60, 80,\n"
                "100 after the event.\n"
                "\n"
                "Tempting: \"they were all woken, so all start.\" Woken means ready, and ready\n"
                "means in line for the one thread. If only one of them could do anything with\n"
                "the event, the other four were woken for nothing: that is the thundering\n"
                "herd. Wake one, with a condition's notify or a queue, when one is enough.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_herd_teaching,
        .findings = findings,
        .body = herd,
};
