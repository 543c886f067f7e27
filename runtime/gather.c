/* gather.
 *
 * source: gather and _GatheringFuture of Lib/asyncio/tasks.py. The gathering future outlives the call when it fails early: each
 * child that is not done holds a reference.
 */
#include "runtime/gather.h"

#include "runtime/awaitable.h"
#include "runtime/handle.h"
#include "runtime/owned.h"

#undef gt_gather
#undef gt_gather_all
#undef gt_future_gather
#undef gt_future_gather_all

struct child {
	struct gt__handle done;
	struct gt__gather *gather;
	struct gt_future *future; /* held */
	size_t n_times;           /* that it stands among the arguments */
};

struct gt__gather {
	struct gt_future outer; /* first */
	unsigned refs;
	bool keep_errors, cancel_requested;
	size_t n, n_finished;
	struct child children[];
};

/* The run is over: children and waiters are gone. */
static void drop(void *memory)
{
	struct gt__gather *gather = memory;
	gt__error_release(gather->outer.error);
}

void gt__gather_unref(struct gt__gather *gather)
{
	if (--gather->refs)
		return;
	for (size_t i = 0; i < gather->n; i++)
		gt__awaitable_unhold(gather->children[i].future);
	gt__future_fini(&gather->outer);
	gt__disown(gather);
}

static struct gt_future *next_child(const struct gt__several *several, const void **place)
{
	const struct gt__gather *gather = several->of;
	const struct child *child = *place ? (const struct child *)*place + 1 : gather->children;
	const struct child *end = gather->children + gather->n;
	*place = child;
	return child < end ? child->future : NULL;
}

struct gt_future *gt__gather_future(struct gt__gather *gather)
{
	return &gather->outer;
}

/* Asks all children, as often as they are gathered; the outer future ends when they have. */
static bool cancel_children(struct gt_future *future)
{
	struct gt__gather *gather = (struct gt__gather *)(void *)future;
	if (gt__future_is_done(future))
		return false;
	bool taken = false;
	for (size_t i = 0; i < gather->n; i++)
		for (size_t n = gather->children[i].n_times; n; n--)
			if (gt__future_cancel(gather->children[i].future))
				taken = true;
	if (taken)
		gather->cancel_requested = true;
	return taken;
}

static void count_child(struct gt__gather *gather, struct gt_future *child)
{
	child->retrieved = true;
	gather->n_finished++;
	struct gt_future *outer = &gather->outer;
	if (gt__future_is_done(outer))
		return;
	if (!gather->keep_errors && child->state != GT__RESULT)
		/* a cancelled child is a failure of the gather, not its cancellation */
		gt__future_resolve(outer, GT__FAILED, 0, child->code,
		                   gt__error_retain(child->error));
	else if (gather->n_finished < gather->n)
		return;
	else if (gather->cancel_requested)
		gt__future_resolve(outer, GT__FAILED, 0, GT_ECANCELED, NULL);
	else
		gt__future_set(outer, 0);
}

static void child_done(struct gt__loop *loop, struct gt__handle *handle)
{
	(void)loop;
	struct child *child = GT__CONTAINER(handle, struct child, done);
	struct gt__gather *gather = child->gather;
	count_child(gather, child->future);
	gt__gather_unref(gather);
}

static void add_child(struct gt__gather *gather, struct gt_future *future)
{
	struct child *child = gather->children;
	const void **mark = gt__awaitable_mark(future);
	if (*mark == gather) {
		while (child->future != future)
			child++;
		child->n_times++;
		return;
	}
	*mark = gather;
	child += gather->n++;
	*child = (struct child){
	        .done.run = child_done, .n_times = 1, .gather = gather, .future = future};
	gt__awaitable_hold(future);
	gather->refs++;
	gt__future_add_callback(future, &child->done);
}

struct gt__gather *gt__gather_create(struct gt__loop *loop, const struct gt__crowd *crowd,
                                     bool keep_errors)
{
	size_t bytes = sizeof(struct gt__gather) + crowd->n * sizeof(struct child);
	struct gt__gather *gather = gt__own(loop, bytes, drop);
	if (!gather)
		return NULL;
	*gather = (struct gt__gather){.refs = 1, .keep_errors = keep_errors};
	gt__future_init(&gather->outer, loop, TRACE_WHY_DONE);
	gather->outer.cancel = cancel_children;
	for (size_t i = 0; i < crowd->n; i++)
		add_child(gather, gt__crowd_at(crowd, i));
	gt__crowd_unmark(crowd);
	return gather;
}

static int await_gather(const struct gt__crowd *crowd, bool keep_errors)
{
	struct gt__loop *loop = gt__loop;
	if (!loop || !loop->current)
		return GT_ENOLOOP;
	if (!crowd->n)
		return 0;
	struct gt__gather *gather = gt__gather_create(loop, crowd, keep_errors);
	if (!gather)
		return gt__bare(GT_ENOMEM);
	for (size_t i = 0; i < gather->n; i++)
		gt__awaitable_record(loop, gather->children[i].future);
	struct gt__several children = {.next = next_child, .of = gather};
	int rc = gt__await(&gather->outer,
	                   &(struct gt__wait){.on = TRACE_ON_GATHER, .several = &children});
	gt__gather_unref(gather);
	return rc;
}

static int gather_values(const struct gt__crowd *crowd, intptr_t values[])
{
	int rc = await_gather(crowd, false);
	for (size_t i = 0; !rc && values && i < crowd->n; i++)
		values[i] = gt__crowd_at(crowd, i)->value;
	return rc;
}

static int gather_outcomes(const struct gt__crowd *crowd, struct gt_outcome outcomes[],
                           const char *call)
{
	if (crowd->n && !outcomes)
		return gt__refuse_value(call, "there is no place for the outcomes");
	int rc = await_gather(crowd, true);
	for (size_t i = 0; !rc && i < crowd->n; i++) {
		const struct gt_future *f = gt__crowd_at(crowd, i);
		outcomes[i] = (struct gt_outcome){f->code, f->value, f->error};
	}
	return rc;
}

int gt_gather(struct gt_task *const tasks[], size_t n_tasks, intptr_t values[])
{
	int refused = gt__check_tasks(tasks, n_tasks, __func__);
	if (refused)
		return refused;
	return gather_values(&(struct gt__crowd){.tasks = tasks, .n = n_tasks}, values);
}

int gt_gather_all(struct gt_task *const tasks[], size_t n_tasks, struct gt_outcome outcomes[])
{
	int refused = gt__check_tasks(tasks, n_tasks, __func__);
	if (refused)
		return refused;
	struct gt__crowd crowd = {.tasks = tasks, .n = n_tasks};
	return gather_outcomes(&crowd, outcomes, __func__);
}

int gt_future_gather(struct gt_future *const futures[], size_t n_futures, intptr_t values[])
{
	int refused = gt__check_futures(futures, n_futures, __func__);
	if (refused)
		return refused;
	return gather_values(&(struct gt__crowd){.futures = futures, .n = n_futures}, values);
}

int gt_future_gather_all(struct gt_future *const futures[], size_t n_futures,
                         struct gt_outcome outcomes[])
{
	int refused = gt__check_futures(futures, n_futures, __func__);
	if (refused)
		return refused;
	struct gt__crowd crowd = {.futures = futures, .n = n_futures};
	return gather_outcomes(&crowd, outcomes, __func__);
}
