/* gt_wait and gt_as_completed.
 *
 * source: wait, _wait and as_completed of Lib/asyncio/tasks.py (3.11).
 */

#include "runtime/awaitable.h"
#include "runtime/handle.h"
#include "runtime/owned.h"
#include "runtime/run_queue.h"
#include "runtime/state.h"

#undef gt_wait
#undef gt_future_wait
#undef gt_as_completed_next
#undef gt_future_as_completed_next

/* ---- wait ---- */

struct wait;

struct watched {
	struct gt__handle done;
	struct wait *wait;
	struct gt_future *awaited; /* held */
};

struct wait {
	struct gt_future future;
	struct gt__alarm alarm;
	enum gt_when when;
	size_t left, n;
	struct watched watched[];
};

static struct gt_future *next_watched(const struct gt__several *several, const void **place)
{
	const struct wait *wait = several->of;
	const struct watched *watched = *place ? (const struct watched *)*place + 1 : wait->watched;
	const struct watched *end = wait->watched + wait->n;
	*place = watched;
	return watched < end ? watched->awaited : NULL;
}

static void on_completion(struct gt__loop *loop, struct gt__handle *handle)
{
	struct watched *watched = GT__CONTAINER(handle, struct watched, done);
	struct wait *wait = watched->wait;
	wait->left--;
	bool enough = !wait->left || wait->when == GT_FIRST_COMPLETED ||
	              (wait->when == GT_FIRST_EXCEPTION && watched->awaited->state == GT__FAILED);
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
		gt__future_add_callback(wait->watched[i].awaited, &wait->watched[i].done);
	for (size_t i = 0; i < n; i++)
		gt__awaitable_record(loop, wait->watched[i].awaited);
	int rc = gt__await(&wait->future, &why);
	gt__alarm_stop(loop, &wait->alarm);
	for (size_t i = 0; i < n; i++)
		gt__handle_cancel(loop, &wait->watched[i].done);
	return rc;
}

static void watch(struct wait *wait, struct gt_future *future)
{
	const void **mark = gt__awaitable_mark(future);
	if (*mark == wait)
		return; /* stands there twice */
	*mark = wait;
	wait->watched[wait->n++] =
	        (struct watched){.done.run = on_completion, .wait = wait, .awaited = future};
	gt__awaitable_hold(future);
}

static int wait_for_some(const struct gt__crowd *crowd, enum gt_when when, uint64_t ns,
                         const char *call)
{
	struct gt__loop *loop = gt__loop;
	if (!loop || !loop->current)
		return GT_ENOLOOP;
	if (!crowd->n)
		return gt__raise(GT_EVALUE, "ValueError", "no tasks to wait for");
	if ((unsigned)when > GT_ALL_COMPLETED)
		return gt__refuse_value(call, "unknown `when`");
	struct wait *wait = gt__own(loop, sizeof *wait + crowd->n * sizeof wait->watched[0], NULL);
	if (!wait)
		return gt__bare(GT_ENOMEM);
	gt__future_init(&wait->future, loop, TRACE_WHY_DONE);
	wait->alarm = (struct gt__alarm){.timer.place = GT__TIMER_IDLE};
	wait->when = when;
	for (size_t i = 0; i < crowd->n; i++)
		watch(wait, gt__crowd_at(crowd, i));
	gt__crowd_unmark(crowd);
	wait->left = wait->n;
	int rc = wait_until(loop, wait, ns);
	for (size_t i = 0; i < wait->n; i++)
		gt__awaitable_unhold(wait->watched[i].awaited);
	gt__future_fini(&wait->future);
	gt__disown(wait);
	return rc;
}

int gt_wait(struct gt_task *const tasks[], size_t n_tasks, enum gt_when when, uint64_t ns)
{
	int refused = gt__check_tasks(tasks, n_tasks, __func__);
	if (refused)
		return refused;
	struct gt__crowd crowd = {.tasks = tasks, .n = n_tasks};
	return wait_for_some(&crowd, when, ns, __func__);
}

int gt_future_wait(struct gt_future *const futures[], size_t n_futures, enum gt_when when,
                   uint64_t ns)
{
	int refused = gt__check_futures(futures, n_futures, __func__);
	if (refused)
		return refused;
	struct gt__crowd crowd = {.futures = futures, .n = n_futures};
	return wait_for_some(&crowd, when, ns, __func__);
}

/* ---- as_completed ---- */

struct awaited {
	struct gt__handle done;
	struct gt__node node; /* among those that are done */
	struct gt_completion *completion;
	struct gt_future *future; /* held */
};

struct gt_completion {
	struct gt__node finished; /* of struct awaited */
	struct gt_future *waiter; /* of the call that waits, NULL: none */
	struct gt__alarm alarm;   /* of the limit */
	uint64_t until_ns;        /* GT_FOREVER: none */
	bool is_over;             /* the limit has passed */
	bool of_futures;          /* and not of tasks */
	size_t n, n_left, n_given;
	struct awaited all[];
};

static struct gt_future *next_awaited(const struct gt__several *several, const void **place)
{
	const struct gt_completion *c = several->of;
	const struct awaited *awaited = *place ? (const struct awaited *)*place + 1 : c->all;
	const struct awaited *end = c->all + c->n;
	*place = awaited;
	return awaited < end ? awaited->future : NULL;
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
		gt__handle_cancel(loop, &completion->all[i].done);
	completion->is_over = true;
	if (completion->waiter)
		completion->waiter->why = TRACE_WHY_TIMER;
	wake_waiter(completion);
}

static void take_in(struct gt_completion *completion, struct gt_future *future)
{
	const void **mark = gt__awaitable_mark(future);
	if (*mark == completion)
		return; /* stands there twice */
	*mark = completion;
	struct awaited *awaited = &completion->all[completion->n++];
	*awaited =
	        (struct awaited){.done.run = on_done, .completion = completion, .future = future};
	gt__awaitable_hold(future);
	gt__future_add_callback(future, &awaited->done);
}

static struct gt_completion *make(const struct gt__crowd *crowd, uint64_t ns)
{
	struct gt__loop *loop = gt__loop;
	size_t bytes = sizeof(struct gt_completion) + crowd->n * sizeof(struct awaited);
	struct gt_completion *c = loop ? gt__own(loop, bytes, NULL) : NULL;
	if (!c)
		return NULL;
	*c = (struct gt_completion){.alarm.timer.place = GT__TIMER_IDLE,
	                            .until_ns = GT_FOREVER,
	                            .of_futures = crowd->futures};
	gt__list_init(&c->finished);
	for (size_t i = 0; i < crowd->n; i++)
		take_in(c, gt__crowd_at(crowd, i));
	gt__crowd_unmark(crowd);
	c->n_left = c->n;
	if (!c->n || ns == GT_FOREVER)
		return c;
	c->until_ns = gt__deadline(loop, ns);
	if (gt__alarm_start(loop, &c->alarm, c->until_ns, on_over)) {
		gt_as_completed_end(c);
		return NULL;
	}
	return c;
}

struct gt_completion *gt_as_completed(struct gt_task *const tasks[], size_t n_tasks)
{
	if (gt__check_tasks(tasks, n_tasks, __func__))
		return NULL;
	return make(&(struct gt__crowd){.tasks = tasks, .n = n_tasks}, GT_FOREVER);
}

struct gt_completion *gt_as_completed_within(struct gt_task *const tasks[], size_t n_tasks,
                                             uint64_t ns)
{
	if (gt__check_tasks(tasks, n_tasks, __func__))
		return NULL;
	return make(&(struct gt__crowd){.tasks = tasks, .n = n_tasks}, ns);
}

struct gt_completion *gt_future_as_completed(struct gt_future *const futures[], size_t n_futures,
                                             uint64_t ns)
{
	if (gt__check_futures(futures, n_futures, __func__))
		return NULL;
	return make(&(struct gt__crowd){.futures = futures, .n = n_futures}, ns);
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
		gt__awaitable_record(loop, c->all[i].future);
	int rc = gt__await(&waiter, &why);
	c->waiter = NULL;
	gt__future_fini(&waiter);
	return rc;
}

static int next_of(struct gt_completion *completion, struct gt_future **future)
{
	struct gt__loop *loop = gt__loop;
	if (!loop || !loop->current)
		return GT_ENOLOOP;
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
	*future = GT__CONTAINER(node, struct awaited, node)->future;
	return 0;
}

int gt_as_completed_next(struct gt_completion *completion, struct gt_task **task)
{
	int refused = gt__check_owned(completion, __func__);
	if (refused)
		return refused;
	if (!task)
		return gt__refuse_value(__func__, "there is no place for the task");
	if (completion->of_futures)
		return gt__refuse_value(__func__, "this one gives out futures");
	struct gt_future *future = NULL;
	int rc = next_of(completion, &future);
	if (!rc)
		*task = gt__task_of(future);
	return rc;
}

int gt_future_as_completed_next(struct gt_completion *completion, struct gt_future **future)
{
	int refused = gt__check_owned(completion, __func__);
	if (refused)
		return refused;
	if (!future)
		return gt__refuse_value(__func__, "there is no place for the future");
	return next_of(completion, future);
}

void gt_as_completed_end(struct gt_completion *completion)
{
	if (!completion || gt__check_owned(completion, __func__))
		return;
	gt__alarm_stop(gt__loop, &completion->alarm);
	for (size_t i = 0; i < completion->n; i++) {
		gt__handle_cancel(gt__loop, &completion->all[i].done);
		gt__awaitable_unhold(completion->all[i].future);
	}
	gt__disown(completion);
}
