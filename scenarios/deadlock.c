/* Two tasks take two locks, in opposite order.
 *
 * On the screen: each gets its first lock, and waits for the other's. Nothing is ready, no timer is set, and
 * the run names the circle.
 */
#include "scenarios/lesson.h"

struct transfer {
	struct gt_lock *first, *second;
	uint64_t work_ns;
};

/* Holding the first lock, take the second. */
static int take_second(const struct transfer *transfer)
{
	int code = gt_sleep(transfer->work_ns);

	if (code)
		return code;
	gt_log("wants its second lock");
	code = gt_lock_acquire(transfer->second);
	if (code)
		return code;
	gt_log("has both");
	code = gt_sleep(transfer->work_ns);
	gt_lock_release(transfer->second);
	return code;
}

static int run(void *arg)
{
	const struct transfer *transfer = arg;
	int code = gt_lock_acquire(transfer->first);

	if (code)
		return code;
	gt_log("has its first lock");
	code = take_second(transfer);
	gt_lock_release(transfer->first);
	if (!code)
		gt_log("is done");
	return code;
}

static int deadlock(void *arg)
{
	const struct scn_args *args = arg;
	struct gt_lock *a = gt_lock_create("account A"), *b = gt_lock_create("account B");
	uint64_t work_ns = scn_get_ns(args, "work");
	static struct transfer there, back; /* outlive main */

	if (!a || !b)
		return GT_ENOMEM;
	there = (struct transfer){a, b, work_ns};
	back = scn_get(args, "ordered") ? there : (struct transfer){b, a, work_ns};
	struct gt_task *tasks[] = {
	        gt_spawn(run, &there, "A to B"),
	        gt_spawn(run, &back, "B to A"),
	};
	return lesson_gather(tasks, LESSON_COUNT(tasks));
}

static const struct scn_param params[] = {
        {"work", "ms", 100, 0, 60000, "the time between the first lock and the second"},
        {"ordered", "", 0, 0, 1, "1: both take account A first"},
};

static const char *const findings[] = {"deadlock", NULL};

const struct scenario scn_deadlock = {
        .name = "deadlock",
        .chapter = "3 Sharing",
        .title = "two tasks, two locks, in opposite order",
        .question = "Each task has one lock and wants the other. Who goes first?",
        .text = "Look at 100: `A to B` waits for the lock of account B, which `B to A` holds,\n"
                "and `B to A` waits for the lock of account A, which `A to B` holds. From here\n"
                "on the picture does not change, and the run ends with that circle.\n"
                "\n"
                "Tempting: \"asyncio would notice.\" Python's would not: a program like this\n"
                "stands there, uses no processor time, and says nothing. Here it is noticed,\n"
                "because this loop can see that nothing is left that could ever wake it.\n"
                "\n"
                "The cure is an order: --set ordered=1 takes account A first, always. Without\n"
                "a circle in the order there can be none in the waiting.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_deadlock_teaching,
        .findings = findings,
        .body = deadlock,
};
