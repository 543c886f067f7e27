/* The semaphore.
 *
 * source: asyncio.Semaphore of Lib/asyncio/locks.py (3.11): a released permit is given to the first waiter there and then, so
 * nobody who comes later can take it away; a waiter that is cancelled after it was given one hands it on.
 */
#include <stdlib.h>

#include "runtime/loop.h"

#undef gt_sem_create
#undef gt_sem_acquire
#undef gt_sem_release

struct waiter {
	struct gt__node node;
	struct gt_future future;
};

struct gt_sem {
	struct gt__object object; /* first */
	unsigned value;
	struct gt__node waiters; /* of struct waiter */
	size_t n_waiters;
};

static void destroy(struct gt__object *object)
{
	gt__object_fini(object);
	free(object);
}

struct gt_sem *gt_sem_create(const char *name, unsigned permits)
{
	struct gt_sem *sem = gt__loop ? calloc(1, sizeof *sem) : NULL;
	if (!sem)
		return NULL;
	sem->value = permits;
	gt__list_init(&sem->waiters);
	gt__object_init(&sem->object, TRACE_OBJECT_SEMAPHORE, name, permits, destroy);
	gt__object_level(&sem->object, permits, 0);
	return sem;
}

void gt_sem_destroy(struct gt_sem *sem)
{
	if (sem)
		destroy(&sem->object);
}

static void record_level(struct gt_sem *sem)
{
	gt__object_level(&sem->object, sem->value, sem->n_waiters);
}

static bool is_locked(const struct gt_sem *sem)
{
	if (!sem->value)
		return true;
	for (const struct gt__node *n = sem->waiters.next; n != &sem->waiters; n = n->next)
		if (GT__CONTAINER(n, struct waiter, node)->future.state != GT__CANCELLED)
			return true;
	return false;
}

static void wake_next(struct gt_sem *sem)
{
	for (struct gt__node *n = sem->waiters.next; n != &sem->waiters; n = n->next) {
		struct waiter *waiter = GT__CONTAINER(n, struct waiter, node);
		if (gt__future_is_done(&waiter->future))
			continue;
		sem->value--;
		gt__future_set(&waiter->future, 0);
		return;
	}
}

static int wait_in_line(struct gt_sem *sem, struct waiter *waiter)
{
	gt__future_init(&waiter->future, sem->object.loop, TRACE_WHY_RELEASE);
	gt__list_append(&sem->waiters, &waiter->node);
	sem->n_waiters++;
	record_level(sem);
	int rc = gt__await(&waiter->future, &(struct gt__wait){
	                                            .on = TRACE_ON_SEMAPHORE,
	                                            .object = sem->object.id,
	                                            .thing = &sem->object,
	                                    });
	gt__node_unlink(&waiter->node);
	sem->n_waiters--;
	return rc;
}

int gt_sem_acquire(struct gt_sem *sem)
{
	struct gt__loop *loop = gt__loop;
	if (!loop || !loop->current)
		return GT_ENOLOOP;
	if (!is_locked(sem)) {
		sem->value--;
	} else {
		struct waiter waiter;
		int rc = wait_in_line(sem, &waiter);
		if (rc && waiter.future.state != GT__CANCELLED) {
			sem->value++;
			wake_next(sem);
		}
		if (!rc && sem->value)
			wake_next(sem);
		gt__future_fini(&waiter.future);
		if (rc) {
			record_level(sem);
			return rc;
		}
	}
	gt__object_hold(&sem->object, loop->current->id);
	record_level(sem);
	return 0;
}

void gt_sem_release(struct gt_sem *sem)
{
	sem->value++;
	gt__object_unhold(&sem->object, sem->object.loop->acting);
	wake_next(sem);
	record_level(sem);
}

unsigned gt_sem_value(const struct gt_sem *sem)
{
	return sem->value;
}
