/* The condition: a lock, and a line of those who gave it up until somebody notifies them.
 *
 * source: asyncio.Condition of Lib/asyncio/locks.py (3.11). A wait takes the lock again before it returns, even when it was
 * cancelled, and even when it is cancelled while it waits for the lock.
 */
#include "runtime/cond.h"
#include "runtime/handle.h"

#include <stdlib.h>

#undef gt_cond_create
#undef gt_cond_acquire
#undef gt_cond_release
#undef gt_cond_create_on
#undef gt_cond_wait
#undef gt_cond_wait_for
#undef gt_cond_notify
#undef gt_cond_notify_all
#undef gt_lock_acquire
#undef gt_lock_release

static void destroy(struct gt__object *object)
{
	gt__object_fini(object);
	free(object);
}

struct gt_cond *gt_cond_create(const char *name)
{
	struct gt_cond *cond = gt__loop ? calloc(1, sizeof *cond) : NULL;
	if (!cond)
		return NULL;
	cond->on = TRACE_ON_CONDITION;
	gt__list_init(&cond->line);
	gt__lock_init(&cond->lock, TRACE_OBJECT_CONDITION, name, 1, destroy);
	return cond;
}

struct gt_cond *gt_cond_create_on(struct gt_lock *lock, const char *name)
{
	if (gt__check_object(lock, __func__))
		return NULL;
	struct gt_cond *cond = calloc(1, sizeof *cond);
	if (!cond)
		return NULL;
	cond->on = TRACE_ON_CONDITION;
	cond->shared = lock;
	gt__list_init(&cond->line);
	gt__lock_init(&cond->lock, TRACE_OBJECT_CONDITION, name, 0, destroy);
	return cond;
}

/* The lock that it goes with: its own, or one that it was created on. */
static struct gt_lock *lock_of(struct gt_cond *cond)
{
	return cond->shared ? cond->shared : &cond->lock;
}

int gt_cond_destroy(struct gt_cond *cond)
{
	return gt__object_destroy(cond ? &cond->lock.object : NULL, __func__);
}

int gt_cond_acquire(struct gt_cond *cond)
{
	int refused = gt__check_object(cond, __func__);
	if (refused)
		return refused;
	return gt_lock_acquire(lock_of(cond));
}

int gt_cond_release(struct gt_cond *cond)
{
	int refused = gt__check_object(cond, __func__);
	if (refused)
		return refused;
	return gt_lock_release(lock_of(cond));
}

int gt_cond_wait(struct gt_cond *cond)
{
	int refused = gt__check_object(cond, __func__);
	if (refused)
		return refused;
	struct gt_lock *lock = lock_of(cond);
	if (!lock->is_locked)
		return gt__raise(GT_ENOTHELD, "RuntimeError", "cannot wait on un-acquired lock");
	int rc = gt_lock_release(lock);
	if (rc)
		return rc;
	rc = gt__line_wait(&cond->line, &cond->lock.object, cond->on, TRACE_WHY_NOTIFY,
	                   gt__is_recording(cond->lock.object.loop));
	int again;
	if (cond->shared)
		gt__object_record_level(&cond->lock.object); /* taking the lock says it otherwise */
	while ((again = gt_lock_acquire(lock)) == GT_ECANCELED)
		rc = GT_ECANCELED;
	return again ? again : rc;
}

int gt_cond_wait_for(struct gt_cond *cond, gt_predicate *predicate, void *arg)
{
	int refused = gt__check_object(cond, __func__);
	if (refused)
		return refused;
	if (!predicate)
		return gt__refuse_value(__func__, "there is nothing to ask");
	int rc = 0;
	while (!rc && !predicate(arg))
		rc = gt_cond_wait(cond);
	return rc;
}

int gt_cond_notify(struct gt_cond *cond, size_t n)
{
	int refused = gt__check_object(cond, __func__);
	if (refused)
		return refused;
	if (!lock_of(cond)->is_locked)
		return gt__raise(GT_ENOTHELD, "RuntimeError", "cannot notify on un-acquired lock");
	gt__line_wake(&cond->line, n);
	return 0;
}

int gt_cond_notify_all(struct gt_cond *cond)
{
	int refused = gt__check_object(cond, __func__);
	if (refused)
		return refused;
	return gt_cond_notify(cond, SIZE_MAX);
}

bool gt_cond_is_locked(const struct gt_cond *cond)
{
	if (gt__check_object(cond, __func__))
		return false;
	return cond->shared ? cond->shared->is_locked : cond->lock.is_locked;
}
