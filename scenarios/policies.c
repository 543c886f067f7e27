/* The same mixed load under four policies: who of the ready goes next is all that differs.
 *
 * On the screen: two tasks with long steps, three with short ones, and an urgent one that comes later. The work is the
 * same and so is its end; what changes is who has to wait, and how long.
 */
#include "scenarios/lesson.h"

struct work {
	const char *name;
	int64_t steps, step_ms, at_ms;
	int priority;
};

static const struct work load[] = {
        {"long 1", 3, 40, 0, 0},  {"long 2", 3, 40, 0, 0},  {"short 1", 2, 10, 0, 1},
        {"short 2", 2, 10, 0, 1}, {"short 3", 2, 10, 0, 1}, {"urgent", 1, 10, 50, 9},
};

static struct {
	uint64_t sum_ns, longest_ns;
} waits;

static void note_wait(uint64_t wait_ns)
{
	waits.sum_ns += wait_ns;
	if (wait_ns > waits.longest_ns)
		waits.longest_ns = wait_ns;
	gt_log("is done, and was kept waiting for %d ms", (int)lesson_ms(wait_ns));
}

static int do_work(void *arg)
{
	const struct work *work = arg;
	uint64_t begin_ns = GT_MS((uint64_t)work->at_ms);
	uint64_t work_ns = GT_MS((uint64_t)(work->steps * work->step_ms));
	int code = 0;

	if (work->at_ms > 0)
		code = gt_sleep(begin_ns);
	for (int64_t i = 0; i < work->steps && !code; i++) {
		gt_block(GT_MS((uint64_t)work->step_ms));
		if (i + 1 < work->steps)
			code = gt_sleep(0); /* lets others go on, if the policy says so */
	}
	if (!code)
		note_wait(gt_now() - begin_ns - work_ns);
	return code;
}

static int policies(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_task *tasks[LESSON_COUNT(load)];
	int code;

	gt_log("the policy is %s", scn_policy_name(scn_get(args, "policy")));
	waits.sum_ns = waits.longest_ns = 0;
	for (size_t i = 0; i < LESSON_COUNT(load); i++) {
		tasks[i] = gt_spawn(do_work, (void *)(uintptr_t)&load[i], "%s", load[i].name);
		if (tasks[i])
			gt_set_priority(tasks[i], load[i].priority);
	}
	code = lesson_gather(tasks, LESSON_COUNT(load));
	if (!code)
		gt_log("waiting: %d ms on average, %d ms at most",
		       (int)lesson_ms(waits.sum_ns / LESSON_COUNT(load)),
		       (int)lesson_ms(waits.longest_ns));
	return code;
}

static const struct scn_param params[] = {
        {"policy", "", 0, 0, 3, "who goes next: 0 fifo, 1 lifo, 2 priority, 3 random"},
};

static const char *const findings[] = {"slow-iteration", NULL};

const struct scenario scn_policies = {
        .name = "policies",
        .chapter = "8 The scheduler",
        .title = "one load, four policies",
        .question = "All of it takes 310 ms under any policy. So what does a policy decide?",
        .text = "Look at the yellow, and not at the blue: the blue is the same in all four\n"
                "pictures, 310 ms of it, and the yellow is what the policy hands out. The\n"
                "last line of the log has it in numbers.\n"
                "\n"
                "Tempting: \"a better policy makes the program faster.\" The thread is busy\n"
                "from the first moment to the last, whoever has it. A policy decides who\n"
                "waits. FIFO (asyncio's) lets everybody have a step in turn: nobody waits for\n"
                "ever, and the urgent one waits with the rest. LIFO goes on with who came\n"
                "last: great for those, and the first one waits longest. Priority serves the\n"
                "urgent at once, and then the short ones. Random is fair on average, and to\n"
                "nobody in particular.\n"
                "\n"
                "Try --set policy=1, 2 and 3. No policy interrupts a step: it is asked when\n"
                "somebody waits.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_policies_teaching,
        .findings = findings,
        .body = policies,
};
