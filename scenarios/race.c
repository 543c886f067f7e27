/* Two tasks add to one counter: read it, wait, write it plus one.
 *
 * On the screen: both lanes wait at the same time, and in the log each value is written twice. Half of the
 * additions are lost, although only one task runs at a time.
 */
#include "scenarios/lesson.h"

#define TASKS_MAX 100

struct story {
	int counter;
	int times;
	uint64_t gap_ns;
};

static int add(void *arg)
{
	struct story *story = arg;

	for (int i = 0; i < story->times; i++) {
		int seen = story->counter, code;

		gt_var_read("counter", seen);
		gt_log("reads %d", seen);
		code = gt_sleep(story->gap_ns); /* here the other task reads the same number */
		if (code)
			return code;
		story->counter = seen + 1;
		gt_var_write("counter", story->counter);
		gt_log("writes %d", story->counter);
	}
	return 0;
}

static int race(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main */
	size_t n_tasks = (size_t)scn_get(args, "tasks");
	struct gt_task *tasks[TASKS_MAX];
	int code;

	story = (struct story){0, (int)scn_get(args, "times"), scn_get_ns(args, "gap")};
	for (size_t i = 0; i < n_tasks; i++)
		tasks[i] = gt_spawn(add, &story, "Task %zu", i);
	code = lesson_gather(tasks, n_tasks);
	if (!code)
		gt_log("the counter is %d of %d", story.counter, (int)n_tasks * story.times);
	return code;
}

static const struct scn_param params[] = {
        {"tasks", "tasks", 2, 1, TASKS_MAX, "how many tasks add"},
        {"times", "times", 3, 0, 1000, "how often each adds one"},
        {"gap", "ms", 100, 0, 60000, "the time between reading and writing"},
};

static const char *const findings[] = {"lost-update", NULL};

const struct scenario scn_race = {
        .name = "race",
        .chapter = "3 Sharing",
        .title = "two tasks add one to a counter, three times each",
        .question = "Two tasks add one three times each. What is the counter at the end?",
        .text = "Look at the log: `reads 0` twice, then `writes 1` twice. Each task writes a\n"
                "number that was right 100 ms ago. Three of six additions are lost.\n"
                "\n"
                "Tempting: \"6. There is one thread, so there can be no race.\" There is one\n"
                "thread, and nothing can come between two lines without an await. But an await\n"
                "is exactly the place where everybody else has a turn: what you knew before it\n"
                "may be wrong after it.\n"
                "\n"
                "Read and write on the same side of the await (`no-lock-needed`), or take a\n"
                "lock (`lock`).\n",
        .pairs_with = "lock",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_race_teaching,
        .findings = findings,
        .body = race,
};
