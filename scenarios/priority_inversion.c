/* High needs a lock that low holds, and mid, which needs nothing from either, keeps the thread busy.
 *
 * On the screen: low has little left to do before it releases the lock, but it has to share the thread with
 * mid. So high waits for low, and in truth for mid.
 */
#include "scenarios/lesson.h"

struct story {
	const struct scn_args *args;
	struct gt_lock *lock;
};

/* Compute in `n_steps` pieces, and let others run between them. */
static int compute(int64_t n_steps, uint64_t step_ns)
{
	for (int64_t i = 0; i < n_steps; i++) {
		int code;

		gt_block(step_ns);
		code = gt_sleep(0);
		if (code)
			return code;
	}
	return 0;
}

static int low(void *arg)
{
	const struct story *story = arg;
	int code = gt_lock_acquire(story->lock);

	if (code)
		return code;
	gt_log("has the lock");
	code = compute(scn_get(story->args, "steps"), scn_get_ns(story->args, "step"));
	gt_log("releases the lock");
	gt_lock_release(story->lock);
	return code;
}

static int mid(void *arg)
{
	const struct story *story = arg;
	int code = gt_sleep(GT_MS(25));

	if (code)
		return code;
	code = compute(scn_get(story->args, "bursts"), scn_get_ns(story->args, "burst"));
	if (!code)
		gt_log("is done");
	return code;
}

static int high(void *arg)
{
	const struct story *story = arg;
	uint64_t since_ns;
	int code = gt_sleep(GT_MS(15));

	if (code)
		return code;
	gt_log("wants the lock");
	since_ns = gt_now();
	code = gt_lock_acquire(story->lock);
	if (code)
		return code;
	gt_log("has the lock, after %d ms", (int)lesson_ms(gt_now() - since_ns));
	gt_lock_release(story->lock);
	return 0;
}

static int priority_inversion(void *arg)
{
	static struct story story; /* outlives main */

	story = (struct story){arg, gt_lock_create("lock")};
	if (!story.lock)
		return GT_ENOMEM;
	struct gt_task *tasks[] = {
	        gt_spawn(low, &story, "low"),
	        gt_spawn(mid, &story, "mid"),
	        gt_spawn(high, &story, "high"),
	};
	return lesson_gather(tasks, LESSON_COUNT(tasks));
}

static const struct scn_param params[] = {
        {"steps", "steps", 8, 0, 1000, "in how many pieces low computes, holding the lock"},
        {"step", "ms", 10, 0, 1000, "how long each piece takes"},
        {"bursts", "steps", 8, 0, 1000, "in how many pieces mid computes; 0: there is no mid"},
        {"burst", "ms", 50, 0, 1000, "how long each piece takes"},
};

static const char *const findings[] = {"priority-inversion", NULL};

const struct scenario scn_priority_inversion = {
        .name = "priority-inversion",
        .chapter = "3 Sharing",
        .title = "high waits for low's lock, while mid computes",
        .question = "High waits for low's lock. Why does mid decide how long?",
        .text = "Look at low and mid from 50 on: they take turns, 50 for mid and 10 for low.\n"
                "Low has three turns to go before it releases the lock, so mid has four, and\n"
                "high waits for them all. Mid holds nothing that high needs.\n"
                "\n"
                "Tempting: \"high is important, so it will be served first.\" The loop knows no\n"
                "importance, and if it did, it would not help: high is not ready, it waits,\n"
                "and the one who could end that is low, whom nobody thinks important.\n"
                "\n"
                "Try --set bursts=0. Do not compute with a lock in your hand, or do it in one\n"
                "piece: --set steps=1 --set step=80.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_priority_inversion_teaching,
        .findings = findings,
        .body = priority_inversion,
};
