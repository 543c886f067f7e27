/* A task that waits for a thread is cancelled.
 *
 * On the screen: the task's lane ends at 100, the worker's lane does not: the thread goes on until 300, as if
 * nothing had happened.
 */
#include "scenarios/lesson.h"

#include <stdatomic.h>

struct story {
	const struct scn_args *args;
	atomic_bool is_saved; /* written by the thread */
};

/* Runs on a thread of the pool. */
static int save(void *arg)
{
	struct story *story = arg;

	gt_block(scn_get_ns(story->args, "work"));
	atomic_store(&story->is_saved, true);
	return 0;
}

static int wait_for_thread(void *arg)
{
	int code;

	gt_log("gives the saving to a thread");
	code = gt_thread(save, arg, "save");
	gt_log(code == GT_ECANCELED ? "is cancelled" : "all is saved");
	return code;
}

static void look(struct story *story)
{
	gt_log("the file is %s", atomic_load(&story->is_saved) ? "saved" : "not saved");
}

static int thread_cancel(void *arg)
{
	const struct scn_args *args = arg;
	static struct story story; /* outlives main: the thread may still be at work then */
	struct gt_task *task;
	int code;

	story.args = args;
	atomic_store(&story.is_saved, false);
	task = gt_spawn(wait_for_thread, &story, "saver");
	code = gt_sleep(scn_get_ns(args, "at"));
	if (code || !task)
		return code ? code : GT_ENOMEM;
	gt_cancel(task);
	code = gt_join(task);
	gt_log(code == GT_ECANCELED ? "the task is cancelled" : "the task was quicker");
	look(&story);
	code = gt_sleep(scn_get_ns(args, "later"));
	if (!code)
		look(&story);
	return code;
}

static const struct scn_param params[] = {
        {"work", "ms", 300, 0, 60000, "how long the thread needs"},
        {"at", "ms", 100, 0, 60000, "when main cancels the task"},
        {"later", "ms", 400, 0, 60000, "how long main waits before it looks again"},
};

static const char *const findings[] = {"thread-outlives-task", NULL};

const struct scenario scn_thread_cancel = {
        .name = "thread-cancel",
        .chapter = "6 Blocking",
        .title = "a task is cancelled that waits for a thread",
        .question = "The task is cancelled at 100. Is the file saved?",
        .text = "Look at the two lanes: the saver ends at 100, its worker is busy until 300.\n"
                "main looks twice: at 100 the file is not saved, at 500 it is.\n"
                "\n"
                "Tempting: \"the task is cancelled, so it was not saved.\" The task only waited.\n"
                "The call runs on its thread to its end, whoever waits for it: it will write\n"
                "files, hold locks and fill the pool after you have given it up, and after a\n"
                "limit of time as well. A call that must be stoppable has to look, from time\n"
                "to time, whether it should stop.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_thread_cancel_teaching,
        .findings = findings,
        .body = thread_cancel,
};
