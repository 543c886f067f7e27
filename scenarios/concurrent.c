/* The same three waits as in `sequential`, each in a task of its own.
 *
 * On the screen: three lanes that wait at the same time while nobody runs. The end is where the longest
 * wait ends; the shorter ones fit under it and cost nothing.
 */
#include "scenarios/lesson.h"

struct question {
	const char *name;
	uint64_t wait_ns;
};

/* Ask somebody far away and wait for the answer. */
static int fetch(void *arg)
{
	const struct question *question = arg;
	int code;

	gt_log("%s asks", question->name);
	code = gt_sleep(question->wait_ns);
	if (code)
		return code;
	gt_log("%s has its answer", question->name);
	return 0;
}

static int concurrent(void *arg)
{
	const struct scn_args *args = arg;
	static struct question a, b, c; /* outlive main */
	int code;

	a = (struct question){"A", scn_get_ns(args, "a")};
	b = (struct question){"B", scn_get_ns(args, "b")};
	c = (struct question){"C", scn_get_ns(args, "c")};
	struct gt_task *tasks[] = {
	        gt_spawn(fetch, &a, "fetch A"),
	        gt_spawn(fetch, &b, "fetch B"),
	        gt_spawn(fetch, &c, "fetch C"),
	};
	code = lesson_gather(tasks, LESSON_COUNT(tasks));
	if (!code)
		gt_log("all three are here");
	return code;
}

static const struct scn_param params[] = {
        {"a", "ms", 1000, 0, 60000, "how long the answer to A takes"},
        {"b", "ms", 500, 0, 60000, "how long the answer to B takes"},
        {"c", "ms", 300, 0, 60000, "how long the answer to C takes"},
};

const struct scenario scn_concurrent = {
        .name = "concurrent",
        .chapter = "2 Together",
        .title = "the same three waits, at the same time",
        .question = "Three at once, and 1800 ms become 1000. Why not 600?",
        .text = "Look at 100 ms: three lanes wait, and none of them runs. One thread is enough\n"
                "for any number of waits, because waiting is not work.\n"
                "\n"
                "Tempting: \"three at once, so a third of the time: 600.\" That holds for work\n"
                "shared by three workers. A wait cannot be shared: it is as long as it is,\n"
                "and all a task can do is to let the others wait meanwhile. The longest of the\n"
                "three, 1000, remains.\n"
                "\n"
                "Look also at the order: B and C are made after A and end before it.\n",
        .pairs_with = "sequential",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_concurrent_teaching,
        .body = concurrent,
};
