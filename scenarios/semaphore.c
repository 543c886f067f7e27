/* Five tasks, two permits.
 *
 * On the screen: all five tasks start at once, two get a permit, and three stand in line. Watch the line
 * under the lanes: the permits that are left, and who waits for one. The tasks pass two at a time.
 */
#include "scenarios/lesson.h"

struct story {
	struct gt_sem *permits;
	uint64_t hold_ns;
};

/* Use the thing that only so many may use at once. */
static int use(void *arg)
{
	const struct story *story = arg;
	int code = gt_sem_acquire(story->permits);

	if (code)
		return code;
	gt_log("Acquired semaphore");
	code = gt_sleep(story->hold_ns);
	if (!code)
		gt_log("Releasing semaphore");
	gt_sem_release(story->permits);
	return code;
}

static int semaphore(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	size_t n_tasks = (size_t)scn_get(args, "tasks");
	unsigned n_permits = (unsigned)scn_get(args, "permits");
	struct gt_task *tasks[LESSON_TASKS_MAX];

	story = (struct story){gt_sem_create("permits", n_permits), scn_get_ns(args, "hold")};
	if (!story.permits)
		return GT_ENOMEM;
	for (size_t i = 0; i < n_tasks; i++)
		tasks[i] = gt_spawn(use, &story, "Task %zu", i);
	return lesson_gather(tasks, n_tasks);
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 5, 1, LESSON_TASKS_MAX, "how many tasks want a permit"},
        {"permits", "permits", 2, 1, 100, "how many may hold one at the same time"},
        {"hold", "ms", 300, 0, 60000, "how long each holds it"},
};

const struct scenario scn_semaphore = {
        .name = "semaphore",
        .chapter = "3 Sharing",
        .title = "five tasks, two permits",
        .question = "Nobody is running at 150 ms. Why does Task 4 not start its turn?",
        .text = "A semaphore is a number of permits and a line of waiters. Look at both: the\n"
                "level under the lanes falls to 0 at once, and Task 2, 3 and 4 wait in that\n"
                "order. At 300 two permits come back and the first two in line take them; at\n"
                "600 Task 4 has its turn. Five turns of 300, two at a time: 900.\n"
                "\n"
                "Tempting: \"the loop is idle, so Task 4 could go on.\" It is idle, and Task 4\n"
                "started long ago: it ran up to its acquire. A permit is a promise about how\n"
                "many are inside, and it does not matter that those inside only sleep.\n"
                "\n"
                "Try --set tasks=9 --set permits=3 --set hold=500: when does it end?\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_semaphore_teaching,
        .body = semaphore,
};
