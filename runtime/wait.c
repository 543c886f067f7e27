/* gt_wait and gt_as_completed.
 *
 * source: wait, _wait and as_completed of Lib/asyncio/tasks.py (3.11).
 */

#include "runtime/handle.h"
#include "runtime/owned.h"
#include "runtime/run_queue.h"
#include "runtime/state.h"

#undef gt_wait
#undef gt_as_completed_next

/* ---- wait ---- */

struct wait;

struct watched {
	struct gt__handle done;
	struct wait *wait;
	struct gt_task *task;
};

struct wait {
	struct gt_future future;
	struct gt__alarm alarm;
	enum gt_when when;
	size_t left, n;
	struct watched tasks[];
};

static struct gt_task *next_watched(const struct gt__several *several, const void **place)
{
	const struct wait *wait = several->of;
	const struct watched *watched = *place ? (const struct watched *)*place + 1 : wait->tasks;
	*place = watched;
	return watched < wait->tasks + wait->n ? watched->task : NULL;
}

static void on_completion(struct gt__loop *loop, struct gt__handle *handle)
{
	struct watched *watched = GT__CONTAINER(handle, struct watched, done);
	struct wait *wait = watched->wait;
	wait->left--;
	bool enough =
	        !wait->left || wait->when == GT_FIRST_COMPLETED ||
	        (wait->when == GT_FIRST_EXCEPTION && watched->task->future.state == GT__FAILED);
	if (!enough)
		return;
	gt__alarm_stop(loop, &wait->alarm);
	if (!gt__future_is_done(&wait->future))
		gt__future_set(&wait->future, 0);
}

static void on_limit(struct gt__loop *loop, struct gt__handle *handle)
{
	(void)loop;
	struct gt__alarm *alarm = GT__CONTAINER(handle, struct gt__alarm, handle);
	struct wait *wait = GT__CONTAINER(alarm, struct wait, alarm);
	if (gt__future_is_done(&wait->future))
		return;
	wait->future.why = TRACE_WHY_TIMER;
	gt__future_set(&wait->future, 0);
}

static int wait_until(struct gt__loop *loop, struct wait *wait, uint64_t ns)
{
	size_t n = wait->n;
	struct gt__several several = {.next = next_watched,
	                              .of = wait,
	                              .any = wait->when == GT_FIRST_COMPLETED};
	struct gt__wait why = {.on = TRACE_ON_WAIT, .several = &several};
	if (ns != GT_FOREVER) {
		why.timed = true;
		why.until_ns = gt__deadline(loop, ns);
		int rc = gt__alarm_start(loop, &wait->alarm, why.until_ns, on_limit);
		if (rc)
			return rc;
	}
	for (size_t i = 0; i < n; i++)
		gt__future_add_callback(&wait->tasks[i].task->future, &wait->tasks[i].done);
	for (size_t i = 0; i < n; i++)
		gt__record_await(loop, wait->tasks[i].task);
	int rc = gt__await(&wait->future, &why);
	gt__alarm_stop(loop, &wait->alarm);
	for (size_t i = 0; i < n; i++)
		gt__handle_cancel(loop, &wait->tasks[i].done);
	return rc;
}

static void watch(struct wait *wait, struct gt_task *task)
{
	if (task->gathered_by == wait)
		return; /* stands there twice */
	task->gathered_by = wait;
	wait->tasks[wait->n++] =
	        (struct watched){.done.run = on_completion, .wait = wait, .task = task};
}

int gt_wait(struct gt_task *const tasks[], size_t n_tasks, enum gt_when when, uint64_t ns)
{
	int refused = gt__check_tasks(tasks, n_tasks, __func__);
	if (refused)
		return refused;
	struct gt__loop *loop = gt__loop;
	if (!loop || !loop->current)
		return GT_ENOLOOP;
	if (!n_tasks)
		return gt__raise(GT_EVALUE, "ValueError", "no tasks to wait for");
	if ((unsigned)when > GT_ALL_COMPLETED)
		return gt__refuse_value(__func__, "unknown `when`");
	struct wait *wait = gt__own(loop, sizeof *wait + n_tasks * sizeof wait->tasks[0], NULL);
	if (!wait)
		return gt__bare(GT_ENOMEM);
	gt__future_init(&wait->future, loop, TRACE_WHY_DONE);
	wait->alarm = (struct gt__alarm){.timer.place = GT__TIMER_IDLE};
	wait->when = when;
	for (size_t i = 0; i < n_tasks; i++)
		watch(wait, tasks[i]);
	for (size_t i = 0; i < n_tasks; i++)
		tasks[i]->gathered_by = NULL;
	wait->left = wait->n;
	int rc = wait_until(loop, wait, ns);
	gt__future_fini(&wait->future);
	gt__disown(wait);
	return rc;
}

/* ---- as_completed ---- */

struct awaited {
	struct gt__handle done;
	struct gt__node node; /* among those that are done */
	struct gt_completion *completion;
	struct gt_task *task; /* owns a reference */
};

struct gt_completion {
	struct gt__node finished; /* of struct awaited */
	struct gt_future *waiter; /* of the call that waits, NULL: none */
	struct gt__alarm alarm;   /* of the limit */
	uint64_t until_ns;        /* GT_FOREVER: none */
	bool is_over;             /* the limit has passed */
	size_t n, n_left, n_given;
	struct awaited tasks[];
};

static struct gt_task *next_awaited(const struct gt__several *several, const void **place)
{
	const struct gt_completion *c = several->of;
	const struct awaited *awaited = *place ? (const struct awaited *)*place + 1 : c->tasks;
	*place = awaited;
	return awaited < c->tasks + c->n ? awaited->task : NULL;
}

static void wake_waiter(struct gt_completion *completion)
{
	if (completion->waiter && !gt__future_is_done(completion->waiter))
		gt__future_set(completion->waiter, 0);
}

static void on_done(struct gt__loop *loop, struct gt__handle *handle)
{
	struct awaited *awaited = GT__CONTAINER(handle, struct awaited, done);
	struct gt_completion *completion = awaited->completion;
	gt__list_append(&completion->finished, &awaited->node);
	if (!--completion->n_left)
		gt__alarm_stop(loop, &completion->alarm);
	wake_waiter(completion);
}

/* What ends from here on comes too late. */
static void on_over(struct gt__loop *loop, struct gt__handle *handle)
{
	struct gt__alarm *alarm = GT__CONTAINER(handle, struct gt__alarm, handle);
	struct gt_completion *completion = GT__CONTAINER(alarm, struct gt_completion, alarm);
	for (size_t i = 0; i < completion->n; i++)
		gt__handle_cancel(loop, &completion->tasks[i].done);
	completion->is_over = true;
	if (completion->waiter)
		completion->waiter->why = TRACE_WHY_TIMER;
	wake_waiter(completion);
}

static void take_in(struct gt_completion *completion, struct gt_task *task)
{
	if (task->gathered_by == completion)
		return; /* stands there twice */
	task->gathered_by = completion;
	struct awaited *awaited = &completion->tasks[completion->n++];
	*awaited = (struct awaited){.done.run = on_done,
	                            .completion = completion,
	                            .task = gt__task_ref(task)};
	gt__future_add_callback(&task->future, &awaited->done);
}

static struct gt_completion *make(struct gt_task *const tasks[], size_t n_tasks)
{
	struct gt__loop *loop = gt__loop;
	size_t bytes = sizeof(struct gt_completion) + n_tasks * sizeof(struct awaited);
	struct gt_completion *c = loop ? gt__own(loop, bytes, NULL) : NULL;
	if (!c)
		return NULL;
	*c = (struct gt_completion){.alarm.timer.place = GT__TIMER_IDLE, .until_ns = GT_FOREVER};
	gt__list_init(&c->finished);
	for (size_t i = 0; i < n_tasks; i++)
		take_in(c, tasks[i]);
	for (size_t i = 0; i < n_tasks; i++)
		tasks[i]->gathered_by = NULL;
	c->n_left = c->n;
	return c;
}

struct gt_completion *gt_as_completed(struct gt_task *const tasks[], size_t n_tasks)
{
	return gt__check_tasks(tasks, n_tasks, __func__) ? NULL : make(tasks, n_tasks);
}

struct gt_completion *gt_as_completed_within(struct gt_task *const tasks[], size_t n_tasks,
                                             uint64_t ns)
{
	struct gt_completion *c =
	        gt__check_tasks(tasks, n_tasks, __func__) ? NULL : make(tasks, n_tasks);
	if (!c || !c->n || ns == GT_FOREVER)
		return c;
	c->until_ns = gt__deadline(gt__loop, ns);
	if (gt__alarm_start(gt__loop, &c->alarm, c->until_ns, on_over)) {
		gt_as_completed_end(c);
		return NULL;
	}
	return c;
}

/* Wait until one more is done, or the limit has passed. */
static int wait_for_next(struct gt__loop *loop, struct gt_completion *c)
{
	struct gt_future waiter;
	struct gt__several several = {.next = next_awaited, .of = c, .any = true};
	struct gt__wait why = {.on = TRACE_ON_WAIT, .several = &several};
	gt__future_init(&waiter, loop, TRACE_WHY_DONE);
	c->waiter = &waiter;
	why.timed = c->until_ns != GT_FOREVER;
	why.until_ns = why.timed ? c->until_ns : 0;
	for (size_t i = 0; i < c->n; i++)
		gt__record_await(loop, c->tasks[i].task);
	int rc = gt__await(&waiter, &why);
	c->waiter = NULL;
	gt__future_fini(&waiter);
	return rc;
}

int gt_as_completed_next(struct gt_completion *completion, struct gt_task **task)
{
	int refused = gt__check_owned(completion, __func__);
	if (refused)
		return refused;
	struct gt__loop *loop = gt__loop;
	if (!loop || !loop->current)
		return GT_ENOLOOP;
	if (!task)
		return gt__refuse_value(__func__, "there is no place for the task");
	if (completion->n_given == completion->n)
		return gt__bare(GT_EEMPTY);
	if (completion->waiter)
		return gt__raise(GT_ESTATE, "RuntimeError",
		                 "another task is already waiting for it");
	while (gt__list_is_empty(&completion->finished) && !completion->is_over) {
		int rc = wait_for_next(loop, completion);
		if (rc)
			return rc;
	}
	completion->n_given++;
	if (gt__list_is_empty(&completion->finished))
		return gt__raise(GT_ETIMEDOUT, "TimeoutError", "%s", "");
	struct gt__node *node = gt__list_pop(&completion->finished);
	*task = GT__CONTAINER(node, struct awaited, node)->task;
	return 0;
}

void gt_as_completed_end(struct gt_completion *completion)
{
	if (!completion || gt__check_owned(completion, __func__))
		return;
	gt__alarm_stop(gt__loop, &completion->alarm);
	for (size_t i = 0; i < completion->n; i++) {
		gt__handle_cancel(gt__loop, &completion->tasks[i].done);
		gt__task_unref(completion->tasks[i].task);
	}
	gt__disown(completion);
}
