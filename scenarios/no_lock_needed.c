/* Ten tasks add to one counter, and read and write it without an await in between.
 *
 * On the screen: ten lanes that wait at the same time, and run one after the other. No addition is lost, and
 * there is no lock.
 */
#include "scenarios/lesson.h"

#define TASKS_MAX 100

struct story {
	int counter;
	uint64_t gap_ns;
};

static int add(void *arg)
{
	struct story *story = arg;
	int code = gt_sleep(story->gap_ns), seen;

	if (code)
		return code;
	seen = story->counter; /* from here to the writing there is no await: nobody can come between */
	gt_var_read("counter", seen);
	story->counter = seen + 1;
	gt_var_write("counter", story->counter);
	gt_log("writes %d", story->counter);
	return 0;
}

static int no_lock_needed(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	size_t n_tasks = (size_t)scn_get(args, "tasks");
	struct gt_task *tasks[TASKS_MAX];
	int code;

	story = (struct story){0, scn_get_ns(args, "gap")};
	for (size_t i = 0; i < n_tasks; i++)
		tasks[i] = gt_spawn(add, &story, "Task %zu", i);
	code = lesson_gather(tasks, n_tasks);
	if (!code)
		gt_log("the counter is %d of %d", story.counter, (int)n_tasks);
	return code;
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 10, 1, TASKS_MAX, "how many tasks add one"},
        {"gap", "ms", 100, 0, 60000, "how long each waits before"},
};

const struct scenario scn_no_lock_needed = {
        .name = "no-lock-needed",
        .chapter = "3 Sharing",
        .title = "ten tasks add to a counter, without a lock",
        .question = "Ten tasks share a counter. Do they need a lock?",
        .text = "Look at 100: ten tasks are ready at once, and run one after the other, each to\n"
                "its end. The log counts 1, 2, 3 up to 10.\n"
                "\n"
                "Tempting: \"what is shared always needs a lock.\" With threads it does, for a\n"
                "thread can be stopped between any two instructions. A task gives up the thread\n"
                "only where it awaits. Between two awaits you are alone, and that is worth more\n"
                "than any lock: it costs nothing and cannot deadlock.\n"
                "\n"
                "It is also easily lost: an await between the reading and the writing, put\n"
                "there by a colleague next year, makes a `race` of it.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_no_lock_needed_teaching,
        .body = no_lock_needed,
};
