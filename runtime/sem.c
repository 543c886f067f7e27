/* The semaphore, plain and bounded.
 *
 * source: asyncio.Semaphore of Lib/asyncio/locks.py (3.11): a released permit is given to the first waiter there and then, so
 * nobody who comes later can take it away; a waiter that is cancelled after it was given one hands it on.
 */
#include <stdlib.h>

#include "runtime/handle.h"
#include "runtime/line.h"

#undef gt_sem_create
#undef gt_bsem_create
#undef gt_sem_acquire
#undef gt_sem_release

struct gt_sem {
	struct gt__object object; /* first */
	unsigned value;
	unsigned bound;        /* UINT_MAX: none */
	struct gt__node line;  /* who waits, neither woken nor found to be cancelled */
	struct gt__node woken; /* who was given a permit, and has not run since */
};

static void destroy(struct gt__object *object)
{
	gt__object_fini(object);
	free(object);
}

static struct gt_sem *create(const char *name, unsigned permits, uint8_t kind, unsigned bound)
{
	if (permits > INT32_MAX &&
	    gt__refuse_value("gt_sem_create", "the number of permits is negative"))
		return NULL;
	struct gt_sem *sem = gt__loop ? calloc(1, sizeof *sem) : NULL;
	if (!sem)
		return NULL;
	sem->value = permits;
	sem->bound = bound;
	gt__list_init(&sem->line);
	gt__list_init(&sem->woken);
	gt__object_init(&sem->object, kind, name, permits, destroy);
	sem->object.level = permits;
	gt__object_record_level(&sem->object);
	return sem;
}

struct gt_sem *gt_sem_create(const char *name, unsigned permits)
{
	return create(name, permits, TRACE_OBJECT_SEMAPHORE, UINT32_MAX);
}

struct gt_sem *gt_bsem_create(const char *name, unsigned permits)
{
	return create(name, permits, TRACE_OBJECT_BOUNDED_SEMAPHORE, permits);
}

int gt_sem_destroy(struct gt_sem *sem)
{
	return gt__object_destroy(sem ? &sem->object : NULL, __func__);
}

/* What follows is told whether the run is recorded: the calls that the program makes ask once. */

GT__INLINE void set_level(struct gt_sem *sem, bool is_recorded)
{
	sem->object.level = sem->value;
	if (is_recorded)
		gt__object_emit_level(&sem->object);
}

/* Give a permit to the first who waits. CPython goes past those whom it has woken before; here they stand elsewhere. */
GT__INLINE void wake_next(struct gt_sem *sem, bool is_recorded)
{
	struct gt__node *node;
	while ((node = gt__list_pop(&sem->line))) {
		if (!gt__waiter_waits(gt__waiter_at(node)))
			continue;
		gt__list_append(&sem->woken, node);
		sem->value--;
		gt__waiter_wake(gt__waiter_at(node), is_recorded);
		return;
	}
}

/* Whether a permit can be had at once: nobody is in line for it, woken or not. */
static inline bool is_free(const struct gt_sem *sem)
{
	return sem->value && gt__list_is_empty(&sem->woken) && !gt__line_is_alive(&sem->line);
}

GT__INLINE int wait_for_permit(struct gt_sem *sem, bool is_recorded)
{
	int rc = gt__line_wait(&sem->line, &sem->object, TRACE_ON_SEMAPHORE, TRACE_WHY_RELEASE,
	                       is_recorded);
	if (rc && gt__line_was_woken(&sem->object)) {
		sem->value++;
		wake_next(sem, is_recorded);
	} else if (!rc && sem->value) {
		wake_next(sem, is_recorded);
	}
	if (rc)
		set_level(sem, is_recorded);
	return rc;
}

GT__INLINE int take(struct gt_sem *sem, bool is_recorded)
{
	struct gt__loop *loop = sem->object.loop;
	if (is_recorded)
		gt__instant_begin(loop);
	gt__object_hold(&sem->object, loop->current->id, is_recorded);
	set_level(sem, is_recorded);
	if (is_recorded)
		gt__instant_end(loop);
	return 0;
}

GT__INLINE int wait_and_take(struct gt_sem *sem, bool is_recorded)
{
	int rc = wait_for_permit(sem, is_recorded);
	if (rc)
		return rc;
	if (is_recorded)
		gt__instant_go_on(sem->object.loop);
	return take(sem, is_recorded);
}

static GT__RETURNS_BY_JUMP int wait_and_take_recorded(struct gt_sem *sem)
{
	return wait_and_take(sem, true);
}

static GT__RETURNS_BY_JUMP int wait_and_take_unrecorded(struct gt_sem *sem)
{
	return wait_and_take(sem, false);
}

int gt_sem_acquire(struct gt_sem *sem)
{
	int refused = gt__check_object(sem, __func__);
	if (refused)
		return refused;
	struct gt__loop *loop = gt__loop;
	if (!loop || !loop->current)
		return GT_ENOLOOP;
	if (!is_free(sem))
		return gt__is_recording(loop) ? wait_and_take_recorded(sem)
		                              : wait_and_take_unrecorded(sem);
	sem->value--;
	return take(sem, gt__is_recording(loop));
}

GT__INLINE int give_back(struct gt_sem *sem, bool is_recorded)
{
	struct gt__loop *loop = sem->object.loop;
	sem->value++;
	if (is_recorded)
		gt__instant_begin(loop);
	gt__object_unhold(&sem->object, loop->acting, is_recorded);
	wake_next(sem, is_recorded);
	set_level(sem, is_recorded);
	if (is_recorded)
		gt__instant_end(loop);
	return 0;
}

static __attribute__((noinline)) int give_back_recorded(struct gt_sem *sem)
{
	return give_back(sem, true);
}

int gt_sem_release(struct gt_sem *sem)
{
	int refused = gt__check_object(sem, __func__);
	if (refused)
		return refused;
	if (sem->value >= sem->bound)
		return gt__raise(GT_EVALUE, "ValueError",
		                 "BoundedSemaphore released too many times");
	return gt__is_recording(sem->object.loop) ? give_back_recorded(sem) : give_back(sem, false);
}

unsigned gt_sem_value(const struct gt_sem *sem)
{
	if (gt__check_object(sem, __func__))
		return 0;
	return sem->value;
}

bool gt_sem_is_locked(const struct gt_sem *sem)
{
	if (gt__check_object(sem, __func__))
		return false;
	return !is_free(sem);
}
