/* What a walk does with what tasks share: locks, semaphores, events, conditions, barriers, queues. */
#include "tests/conformance/walk.h"

static void say_result(const struct walker *walker, const char *what, unsigned i, int rc)
{
	walk_say(walker, "%s%u %s", what, i, rc ? "refused" : "ok");
}

/* Go some steps with the thing held, unless taking it has failed with `rc`; `release` gives it back. An error there comes in place of
 * one that was on its way. */
static int hold(struct walker *walker, int rc, int (*release)(unsigned i), unsigned i)
{
	if (rc)
		return walk_fate(walker, "entered", rc);
	walk_say(walker, "enters");
	walker->depth++;
	rc = walk(walker, walk_take() % 6);
	walker->depth--;
	int released = release(i);
	return walk_fate(walker, "left", released ? released : rc);
}

/* ---- Locks ---- */

static int release_lock(unsigned i)
{
	return gt_lock_release(walk_world.locks[i]);
}

int walk_with_lock(struct walker *walker)
{
	unsigned i = walk_take() % 2;
	if (walker->depth == WALK_DEPTH)
		return 0;
	walk_say(walker, "with lock%u", i);
	return hold(walker, gt_lock_acquire(walk_world.locks[i]), release_lock, i);
}

int walk_lock_acquire(struct walker *walker)
{
	unsigned i = walk_take() % 2;
	walk_say(walker, "acquire lock%u", i);
	return walk_fate(walker, "acquired", gt_lock_acquire(walk_world.locks[i]));
}

int walk_lock_release(struct walker *walker)
{
	unsigned i = walk_take() % 2;
	say_result(walker, "release lock", i, release_lock(i));
	return 0;
}

/* ---- Semaphores ---- */

static int release_sem(unsigned i)
{
	return gt_sem_release(walk_world.sems[i]);
}

int walk_with_sem(struct walker *walker)
{
	unsigned i = walk_take() % 3;
	if (walker->depth == WALK_DEPTH)
		return 0;
	walk_say(walker, "with sem%u", i);
	return hold(walker, gt_sem_acquire(walk_world.sems[i]), release_sem, i);
}

int walk_sem_acquire(struct walker *walker)
{
	unsigned i = walk_take() % 3;
	walk_say(walker, "acquire sem%u", i);
	return walk_fate(walker, "acquired", gt_sem_acquire(walk_world.sems[i]));
}

int walk_sem_release(struct walker *walker)
{
	unsigned i = walk_take() % 3;
	int rc = release_sem(i);
	say_result(walker, "release sem", i, rc);
	walk_say(walker, "sem%u %d", i, gt_sem_is_locked(walk_world.sems[i]));
	return 0;
}

/* ---- Events ---- */

int walk_event_set(struct walker *walker)
{
	unsigned i = walk_take() % 2;
	say_result(walker, "set event", i, gt_event_set(walk_world.events[i]));
	return 0;
}

int walk_event_clear(struct walker *walker)
{
	unsigned i = walk_take() % 2;
	say_result(walker, "clear event", i, gt_event_clear(walk_world.events[i]));
	return 0;
}

int walk_event_wait(struct walker *walker)
{
	unsigned i = walk_take() % 2;
	walk_say(walker, "wait event%u", i);
	return walk_fate(walker, "waited", gt_event_wait(walk_world.events[i]));
}

/* ---- Conditions ---- */

static int release_cond(unsigned i)
{
	return gt_cond_release(walk_world.conds[i]);
}

int walk_with_cond(struct walker *walker)
{
	unsigned i = walk_take() % 2;
	if (walker->depth == WALK_DEPTH)
		return 0;
	walk_say(walker, "with cond%u", i);
	return hold(walker, gt_cond_acquire(walk_world.conds[i]), release_cond, i);
}

int walk_cond_wait(struct walker *walker)
{
	unsigned i = walk_take() % 2;
	walk_say(walker, "wait cond%u", i);
	return walk_fate(walker, "waited", gt_cond_wait(walk_world.conds[i]));
}

static bool predicate(void *arg)
{
	bool result = walk_take() % 3 == 0;
	walk_say(arg, "predicate %d", result);
	return result;
}

int walk_cond_wait_for(struct walker *walker)
{
	unsigned i = walk_take() % 2;
	walk_say(walker, "wait_for cond%u", i);
	return walk_fate(walker, "waited",
	                 gt_cond_wait_for(walk_world.conds[i], predicate, walker));
}

int walk_cond_notify(struct walker *walker)
{
	unsigned i = walk_take() % 2, n = walk_take() % 4;
	int rc = n < 3 ? gt_cond_notify(walk_world.conds[i], n)
	               : gt_cond_notify_all(walk_world.conds[i]);
	say_result(walker, "notify cond", i, rc);
	return 0;
}

/* ---- Barriers ---- */

int walk_barrier_wait(struct walker *walker)
{
	unsigned i = walk_take() % 2;
	size_t position = 9;
	walk_say(walker, "wait barrier%u", i);
	int rc = gt_barrier_wait(walk_world.barriers[i], &position);
	walk_say(walker, "position %zu of %zu", position,
	         gt_barrier_n_waiting(walk_world.barriers[i]));
	return walk_fate(walker, "waited", rc);
}

int walk_barrier_change(struct walker *walker)
{
	unsigned i = walk_take() % 2;
	bool aborts = walk_take() % 3 == 0;
	walk_say(walker, "%s barrier%u", aborts ? "abort" : "reset", i);
	int rc = aborts ? gt_barrier_abort(walk_world.barriers[i])
	                : gt_barrier_reset(walk_world.barriers[i]);
	walk_say(walker, "broken %d", gt_barrier_is_broken(walk_world.barriers[i]));
	return walk_fate(walker, "changed", rc);
}

/* ---- Queues ---- */

int walk_queue_put(struct walker *walker)
{
	unsigned i = walk_take() % 4, item = walk_take() % 10;
	walk_say(walker, "put queue%u %u", i, item);
	return walk_fate(walker, "put", gt_queue_put(walk_world.queues[i], (intptr_t)item));
}

int walk_queue_get(struct walker *walker)
{
	unsigned i = walk_take() % 4;
	intptr_t item = -1;
	walk_say(walker, "get queue%u", i);
	int rc = gt_queue_get(walk_world.queues[i], &item);
	walk_say(walker, "item %d of %zu", (int)item, gt_queue_size(walk_world.queues[i]));
	return walk_fate(walker, "got", rc);
}

int walk_queue_put_nowait(struct walker *walker)
{
	unsigned i = walk_take() % 4, item = walk_take() % 10;
	say_result(walker, "put_nowait queue", i,
	           gt_queue_put_nowait(walk_world.queues[i], (intptr_t)item));
	return 0;
}

int walk_queue_get_nowait(struct walker *walker)
{
	unsigned i = walk_take() % 4;
	intptr_t item = -1;
	int rc = gt_queue_get_nowait(walk_world.queues[i], &item);
	say_result(walker, "get_nowait queue", i, rc);
	walk_say(walker, "item %d", (int)item);
	return 0;
}

int walk_queue_done(struct walker *walker)
{
	unsigned i = walk_take() % 4;
	say_result(walker, "done queue", i, gt_queue_task_done(walk_world.queues[i]));
	return 0;
}

int walk_queue_join(struct walker *walker)
{
	unsigned i = walk_take() % 4;
	walk_say(walker, "join queue%u", i);
	return walk_fate(walker, "joined", gt_queue_join(walk_world.queues[i]));
}
