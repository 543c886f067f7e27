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
	size_t left;
	struct watched tasks[];
};

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

static int wait_until(struct gt__loop *loop, struct wait *wait, size_t n, uint64_t ns)
{
	struct gt__wait why = {.on = TRACE_ON_WAIT};
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
		return GT_ENOMEM;
	gt__future_init(&wait->future, loop, TRACE_WHY_DONE);
	wait->alarm = (struct gt__alarm){.timer.place = GT__TIMER_IDLE};
	wait->when = when;
	wait->left = n_tasks;
	for (size_t i = 0; i < n_tasks; i++)
		wait->tasks[i] =
		        (struct watched){.done.run = on_completion, .wait = wait, .task = tasks[i]};
	int rc = wait_until(loop, wait, n_tasks, ns);
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
	size_t n, n_given;
	struct awaited tasks[];
};

static void on_done(struct gt__loop *loop, struct gt__handle *handle)
{
	(void)loop;
	struct awaited *awaited = GT__CONTAINER(handle, struct awaited, done);
	struct gt_completion *completion = awaited->completion;
	gt__list_append(&completion->finished, &awaited->node);
	if (completion->waiter && !gt__future_is_done(completion->waiter))
		gt__future_set(completion->waiter, 0);
}

struct gt_completion *gt_as_completed(struct gt_task *const tasks[], size_t n_tasks)
{
	if (gt__check_tasks(tasks, n_tasks, __func__))
		return NULL;
	struct gt__loop *loop = gt__loop;
	size_t bytes = sizeof(struct gt_completion) + n_tasks * sizeof(struct awaited);
	struct gt_completion *c = loop ? gt__own(loop, bytes, NULL) : NULL;
	if (!c)
		return NULL;
	*c = (struct gt_completion){.n = n_tasks};
	gt__list_init(&c->finished);
	for (size_t i = 0; i < n_tasks; i++) {
		c->tasks[i] = (struct awaited){.done.run = on_done,
		                               .completion = c,
		                               .task = gt__task_ref(tasks[i])};
		gt__future_add_callback(&tasks[i]->future, &c->tasks[i].done);
	}
	return c;
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
		return GT_EEMPTY;
	if (completion->waiter)
		return gt__raise(GT_ESTATE, "RuntimeError",
		                 "another task is already waiting for it");
	while (gt__list_is_empty(&completion->finished)) {
		struct gt_future waiter;
		gt__future_init(&waiter, loop, TRACE_WHY_DONE);
		completion->waiter = &waiter;
		for (size_t i = 0; i < completion->n; i++)
			gt__record_await(loop, completion->tasks[i].task);
		int rc = gt__await(&waiter, &(struct gt__wait){.on = TRACE_ON_WAIT});
		completion->waiter = NULL;
		gt__future_fini(&waiter);
		if (rc)
			return rc;
	}
	struct gt__node *node = gt__list_pop(&completion->finished);
	*task = GT__CONTAINER(node, struct awaited, node)->task;
	completion->n_given++;
	return 0;
}

void gt_as_completed_end(struct gt_completion *completion)
{
	if (!completion || gt__check_owned(completion, __func__))
		return;
	if (!completion)
		return;
	for (size_t i = 0; i < completion->n; i++) {
		gt__handle_cancel(gt__loop, &completion->tasks[i].done);
		gt__task_unref(completion->tasks[i].task);
	}
	gt__disown(completion);
}
