/* The lock.
 *
 * source: asyncio.Lock of Lib/asyncio/locks.py (3.11). Releasing opens the lock and wakes the first in line, who takes it when he
 * runs; until then the lock is open, but nobody may overtake the line.
 */
#include "runtime/lock.h"

#include <stdlib.h>

#include "runtime/handle.h"

#undef gt_lock_create
#undef gt_lock_acquire
#undef gt_lock_release

static void destroy(struct gt__object *object)
{
	gt__object_fini(object);
	free(object);
}

void gt__lock_init(struct gt_lock *lock, uint8_t kind, const char *name, int64_t capacity,
                   void (*destroy_object)(struct gt__object *object))
{
	lock->is_locked = false;
	lock->is_hidden = kind == TRACE_OBJECT_BARRIER;
	gt__list_init(&lock->line);
	gt__object_init(&lock->object, kind, name, capacity, destroy_object);
	lock->object.level = lock->is_hidden ? 0 : capacity;
	gt__object_record_level(&lock->object);
}

struct gt_lock *gt_lock_create(const char *name)
{
	struct gt_lock *lock = gt__loop ? calloc(1, sizeof *lock) : NULL;
	if (lock)
		gt__lock_init(lock, TRACE_OBJECT_LOCK, name, 1, destroy);
	return lock;
}

int gt_lock_destroy(struct gt_lock *lock)
{
	return gt__object_destroy(lock ? &lock->object : NULL, __func__);
}

/* What follows is told whether the run is recorded: the calls that the program makes ask once. */

GT__INLINE void set_level(struct gt_lock *lock, bool is_recorded)
{
	if (!lock->is_hidden)
		lock->object.level = !lock->is_locked;
	if (is_recorded)
		gt__object_emit_level(&lock->object);
}

/* Wake the first in line, unless he is on his way already. */
GT__INLINE void wake_first(struct gt_lock *lock, bool is_recorded)
{
	if (gt__list_is_empty(&lock->line))
		return;
	struct gt__waiter *first = gt__waiter_at(lock->line.next);
	if (gt__waiter_waits(first))
		gt__waiter_wake(first, is_recorded);
}

GT__INLINE int take(struct gt_lock *lock, bool is_recorded)
{
	struct gt__loop *loop = lock->object.loop;
	lock->is_locked = true;
	if (is_recorded)
		gt__instant_begin(loop);
	if (!lock->is_hidden)
		gt__object_hold(&lock->object, loop->current->id, is_recorded);
	set_level(lock, is_recorded);
	if (is_recorded)
		gt__instant_end(loop);
	return 0;
}

GT__INLINE int wait_and_take(struct gt_lock *lock, bool is_recorded)
{
	int rc = gt__line_wait(&lock->line, &lock->object, TRACE_ON_LOCK, TRACE_WHY_RELEASE,
	                       is_recorded);
	if (!rc) {
		if (is_recorded)
			gt__instant_go_on(lock->object.loop);
		return take(lock, is_recorded);
	}
	if (!lock->is_locked)
		wake_first(lock, is_recorded);
	set_level(lock, is_recorded);
	return rc;
}

static GT__RETURNS_BY_JUMP int wait_and_take_recorded(struct gt_lock *lock)
{
	return wait_and_take(lock, true);
}

static GT__RETURNS_BY_JUMP int wait_and_take_unrecorded(struct gt_lock *lock)
{
	return wait_and_take(lock, false);
}

int gt_lock_acquire(struct gt_lock *lock)
{
	int refused = gt__check_object(lock, __func__);
	if (refused)
		return refused;
	struct gt__loop *loop = gt__loop;
	if (!loop || !loop->current)
		return GT_ENOLOOP;
	if (!lock->is_locked && !gt__line_is_alive(&lock->line))
		return take(lock, gt__is_recording(loop));
	return gt__is_recording(loop) ? wait_and_take_recorded(lock)
	                              : wait_and_take_unrecorded(lock);
}

GT__INLINE int give_back(struct gt_lock *lock, bool is_recorded)
{
	struct gt__loop *loop = lock->object.loop;
	lock->is_locked = false;
	if (is_recorded)
		gt__instant_begin(loop);
	if (!lock->is_hidden)
		gt__object_unhold(&lock->object, loop->acting, is_recorded);
	wake_first(lock, is_recorded);
	set_level(lock, is_recorded);
	if (is_recorded)
		gt__instant_end(loop);
	return 0;
}

static __attribute__((noinline)) int give_back_recorded(struct gt_lock *lock)
{
	return give_back(lock, true);
}

int gt_lock_release(struct gt_lock *lock)
{
	int refused = gt__check_object(lock, __func__);
	if (refused)
		return refused;
	if (!lock->is_locked)
		return gt__raise(GT_ENOTHELD, "RuntimeError", "Lock is not acquired.");
	return gt__is_recording(lock->object.loop) ? give_back_recorded(lock)
	                                           : give_back(lock, false);
}

bool gt_lock_is_locked(const struct gt_lock *lock)
{
	if (gt__check_object(lock, __func__))
		return false;
	return lock->is_locked;
}
