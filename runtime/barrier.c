/* The barrier: nobody goes on until all parties are there.
 *
 * source: asyncio.Barrier of Lib/asyncio/locks.py (3.11), state by state, on a condition of its own.
 */
#include <stdlib.h>

#include "runtime/cond.h"
#include "runtime/handle.h"

#undef gt_barrier_create
#undef gt_barrier_wait
#undef gt_barrier_abort
#undef gt_barrier_reset
#undef gt_cond_acquire
#undef gt_cond_release
#undef gt_cond_wait
#undef gt_cond_notify_all

enum barrier_state { FILLING, DRAINING, RESETTING, BROKEN };

struct gt_barrier {
	struct gt_cond cond; /* first */
	size_t parties, count;
	enum barrier_state state;
};

static void destroy(struct gt__object *object)
{
	gt__object_fini(object);
	free(object);
}

struct gt_barrier *gt_barrier_create(const char *name, size_t parties)
{
	if (!parties && gt__refuse_value(__func__, "a barrier needs at least one party"))
		return NULL;
	struct gt_barrier *barrier = gt__loop ? calloc(1, sizeof *barrier) : NULL;
	if (!barrier)
		return NULL;
	barrier->parties = parties;
	barrier->cond.on = TRACE_ON_BARRIER;
	gt__list_init(&barrier->cond.line);
	gt__lock_init(&barrier->cond.lock, TRACE_OBJECT_BARRIER, name, (int64_t)parties, destroy);
	return barrier;
}

int gt_barrier_destroy(struct gt_barrier *barrier)
{
	return gt__object_destroy(barrier ? &barrier->cond.lock.object : NULL, __func__);
}

static int broken(void)
{
	return gt__raise(GT_EBROKEN, "BrokenBarrierError", "the barrier was aborted or reset");
}

/* Wait, with the condition held, until the barrier takes newcomers. */
static int enter(struct gt_barrier *barrier)
{
	while (barrier->state == DRAINING || barrier->state == RESETTING) {
		int rc = gt_cond_wait(&barrier->cond);
		if (rc)
			return rc;
	}
	return barrier->state == BROKEN ? broken() : 0;
}

static int wait_for_others(struct gt_barrier *barrier)
{
	while (barrier->state == FILLING) {
		int rc = gt_cond_wait(&barrier->cond);
		if (rc)
			return rc;
	}
	return barrier->state == BROKEN || barrier->state == RESETTING ? broken() : 0;
}

/* The level of a barrier is how many have arrived and not left. */
static void count_to(struct gt_barrier *barrier, size_t count)
{
	barrier->count = count;
	barrier->cond.lock.object.level = (int64_t)count;
	gt__object_record_level(&barrier->cond.lock.object);
}

static void leave(struct gt_barrier *barrier)
{
	count_to(barrier, barrier->count - 1);
	if (barrier->count)
		return;
	if (barrier->state == RESETTING || barrier->state == DRAINING)
		barrier->state = FILLING;
	(void)gt_cond_notify_all(&barrier->cond);
}

static int wait_held(struct gt_barrier *barrier, size_t *position)
{
	int rc = enter(barrier);
	if (rc)
		return rc;
	size_t index = barrier->count;
	count_to(barrier, index + 1);
	if (index + 1 == barrier->parties) {
		barrier->state = DRAINING;
		rc = gt_cond_notify_all(&barrier->cond);
	} else {
		rc = wait_for_others(barrier);
	}
	if (!rc && position)
		*position = index;
	leave(barrier);
	return rc;
}

int gt_barrier_wait(struct gt_barrier *barrier, size_t *position)
{
	int refused = gt__check_object(barrier, __func__);
	if (refused)
		return refused;
	int rc = gt_cond_acquire(&barrier->cond);
	if (rc)
		return rc;
	rc = wait_held(barrier, position);
	int released = gt_cond_release(&barrier->cond);
	return rc ? rc : released;
}

/* Change the state under the condition, and tell everybody. */
static int change(struct gt_barrier *barrier, bool abort_it)
{
	int rc = gt_cond_acquire(&barrier->cond);
	if (rc)
		return rc;
	if (abort_it)
		barrier->state = BROKEN;
	else
		barrier->state = barrier->count ? RESETTING : FILLING;
	rc = gt_cond_notify_all(&barrier->cond);
	int released = gt_cond_release(&barrier->cond);
	return rc ? rc : released;
}

int gt_barrier_abort(struct gt_barrier *barrier)
{
	int refused = gt__check_object(barrier, __func__);
	if (refused)
		return refused;
	return change(barrier, true);
}

int gt_barrier_reset(struct gt_barrier *barrier)
{
	int refused = gt__check_object(barrier, __func__);
	if (refused)
		return refused;
	return change(barrier, false);
}

size_t gt_barrier_parties(const struct gt_barrier *barrier)
{
	if (gt__check_object(barrier, __func__))
		return 0;
	return barrier->parties;
}

size_t gt_barrier_n_waiting(const struct gt_barrier *barrier)
{
	if (gt__check_object(barrier, __func__))
		return 0;
	return barrier->state == FILLING ? barrier->count : 0;
}

bool gt_barrier_is_broken(const struct gt_barrier *barrier)
{
	if (gt__check_object(barrier, __func__))
		return false;
	return barrier->state == BROKEN;
}
