/* The lock of pool threads, simulated or real.
 *
 * Releasing hands it to the first in line there and then: nobody overtakes, so threads that release and acquire in turn change places
 * as under an interpreter's lock that is given up on request. Python's threading.Lock promises no order; a simulation has to have
 * one, and the real lock keeps the same. Invariant: somebody waits only while somebody holds it.
 *
 * source: threading.Lock; take_gil and drop_gil of Python/ceval_gil.h, where who gives the lock up waits until another has it.
 */
#include "runtime/thread_lock.h"
#include "runtime/handle.h"

#include <pthread.h>
#include <stdlib.h>

#undef gt_thread_lock_create

struct gt_thread_lock {
	struct gt__object object; /* first */
	pthread_mutex_t mutex;    /* real: guards what follows, and the object's numbers */
	struct gt__node line;     /* of struct waiter */
	struct gt__job *holder;   /* NULL: it is free */
};

/* In the frame of the call that waits. */
struct waiter {
	struct gt__node node;
	struct gt__job *job;
	struct sim_thread *thread; /* simulated */
	pthread_cond_t has_it;     /* real */
};

static void destroy(struct gt__object *object)
{
	struct gt_thread_lock *lock = (struct gt_thread_lock *)(void *)object;
	pthread_mutex_destroy(&lock->mutex);
	gt__object_fini(object);
	free(lock);
}

struct gt_thread_lock *gt_thread_lock_create(const char *name)
{
	struct gt_thread_lock *lock = gt__loop ? calloc(1, sizeof *lock) : NULL;
	if (!lock)
		return NULL;
	pthread_mutex_init(&lock->mutex, NULL);
	gt__list_init(&lock->line);
	gt__object_init(&lock->object, TRACE_OBJECT_LOCK, name, 1, destroy);
	lock->object.level = 1;
	gt__object_record_level(&lock->object);
	return lock;
}

int gt_thread_lock_destroy(struct gt_thread_lock *lock)
{
	int refused = lock ? gt__check_object(lock, __func__) : 0;
	if (refused)
		return refused;
	if (lock) {
		pthread_mutex_lock(&lock->mutex);
		bool is_held = lock->holder;
		pthread_mutex_unlock(&lock->mutex);
		if (is_held)
			return gt__raise(GT_EBUSY, "RuntimeError", "a thread holds %s",
			                 lock->object.name);
	}
	return gt__object_destroy(lock ? &lock->object : NULL, __func__);
}

/* ---- Simulated: one thread runs at a time, and it is the loop's ---- */

/* While its thread stands in line, the task waits for the lock and its holder: that is what the report of a deadlock names. */
static void blame(struct gt__loop *loop, const struct waiter *waiter, struct gt__object *thing)
{
	struct gt_task *task = gt__task_find(loop, waiter->job->task);
	if (task && task->waiter == &waiter->job->future)
		task->wait.thing = thing;
}

static void wait_simulated(struct gt__loop *loop, struct gt_thread_lock *lock,
                           struct waiter *waiter)
{
	lock->object.n_waiters++;
	gt__object_record_level(&lock->object);
	gt__sim_record(loop, waiter->thread, lock->object.id);
	blame(loop, waiter, &lock->object);
	gt__list_append(&lock->line, &waiter->node);
	gt__sim_wait(loop);
	blame(loop, waiter, NULL);
	gt__sim_record(loop, waiter->thread, 0);
}

static void take_simulated(struct gt_thread_lock *lock, struct gt__job *job)
{
	lock->holder = job;
	lock->object.level = 0;
	gt__object_hold(&lock->object, job->task, gt__is_recording(lock->object.loop));
	gt__object_record_level(&lock->object);
}

static int acquire_simulated(struct gt__loop *loop, struct gt_thread_lock *lock)
{
	struct waiter waiter = {.node = {NULL, NULL}};
	waiter.thread = gt__sim_self(loop->sim, &waiter.job);
	if (lock->holder == waiter.job)
		return GT_ESELF;
	if (lock->holder)
		wait_simulated(loop, lock, &waiter);
	else
		take_simulated(lock, waiter.job);
	return 0;
}

static int release_simulated(struct gt__loop *loop, struct gt_thread_lock *lock)
{
	struct gt__job *job = NULL;
	(void)gt__sim_self(loop->sim, &job);
	if (lock->holder != job)
		return GT_ENOTHELD;
	gt__object_unhold(&lock->object, job->task, gt__is_recording(lock->object.loop));
	struct gt__node *node = gt__list_pop(&lock->line);
	lock->holder = NULL;
	if (node) {
		struct waiter *first = GT__CONTAINER(node, struct waiter, node);
		lock->object.n_waiters--;
		take_simulated(lock, first->job);
		gt__sim_wake(loop, first->thread);
	} else {
		lock->object.level = 1;
		gt__object_record_level(&lock->object);
	}
	return 0;
}

/* ---- Real: to be called with the mutex held. A thread records its own taking and giving back: one that had no memory for a pen
 * records neither. ---- */

static void record_level(const struct gt_thread_lock *lock)
{
	gt__io_worker_record((struct trace_record){.kind = TRACE_LEVEL,
	                                           .id = lock->object.id,
	                                           .a = (uint32_t)lock->object.n_waiters,
	                                           .b = !lock->holder});
}

static void record_hold(const struct gt_thread_lock *lock, const struct gt__job *job, bool held)
{
	gt__io_worker_record((struct trace_record){
	        .kind = TRACE_HOLD, .id = lock->object.id, .a = job->task, .sub = held});
}

static void record_worker(const struct gt__job *job, uint32_t object)
{
	gt__io_worker_record(
	        (struct trace_record){.kind = TRACE_WORKER,
	                              .a = job->task,
	                              .b = job->name,
	                              .c = object,
	                              .sub = object ? TRACE_WORKER_WAITING : TRACE_WORKER_BUSY});
}

static void wait_in_line(struct gt_thread_lock *lock, struct gt__job *job)
{
	struct waiter waiter = {.job = job};
	pthread_cond_init(&waiter.has_it, NULL);
	lock->object.n_waiters++;
	record_level(lock);
	record_worker(job, lock->object.id);
	gt__list_append(&lock->line, &waiter.node);
	while (lock->holder != job)
		pthread_cond_wait(&waiter.has_it, &lock->mutex);
	lock->object.n_waiters--;
	record_worker(job, 0);
	pthread_cond_destroy(&waiter.has_it);
}

static int acquire_real(struct gt_thread_lock *lock, struct gt__job *job)
{
	if (lock->holder == job)
		return GT_ESELF;
	if (lock->holder)
		wait_in_line(lock, job);
	lock->holder = job;
	record_hold(lock, job, true);
	record_level(lock);
	return 0;
}

static int release_real(struct gt_thread_lock *lock, struct gt__job *job)
{
	if (lock->holder != job)
		return GT_ENOTHELD;
	record_hold(lock, job, false);
	lock->holder = NULL;
	struct gt__node *node = gt__list_pop(&lock->line);
	if (!node) {
		record_level(lock);
		return 0;
	}
	struct waiter *first = GT__CONTAINER(node, struct waiter, node);
	lock->holder = first->job;
	pthread_cond_signal(&first->has_it);
	return 0;
}

static int on_real_thread(struct gt_thread_lock *lock,
                          int (*use)(struct gt_thread_lock *lock, struct gt__job *job))
{
	struct gt__job *job = gt__io_worker_job();
	pthread_mutex_lock(&lock->mutex);
	int rc = use(lock, job);
	pthread_mutex_unlock(&lock->mutex);
	return rc;
}

/* ---- Both ---- */

/* Whether the caller is not the work of a thread of the lock's own loop. */
static int refuse(struct gt_thread_lock *lock, const char *call)
{
	const struct gt__loop *loop = gt__thread_loop;
	if (gt__loop) {
		int refused = gt__check_object(lock, call);
		return refused ? refused
		               : gt__raise(GT_ESTATE, "RuntimeError",
		                           "only the work of a thread may take %s",
		                           lock->object.name);
	}
	if (!loop)
		loop = gt__io_worker_loop();
	if (!loop)
		return GT_ENOLOOP;
	if (!lock || !gt__handle_lives(lock))
		return GT_EHANDLE;
	return lock->object.loop == loop ? 0 : GT_EOTHER;
}

int gt_thread_lock_acquire(struct gt_thread_lock *lock)
{
	int refused = refuse(lock, __func__);
	if (refused)
		return refused;
	return gt__thread_loop ? acquire_simulated(gt__thread_loop, lock)
	                       : on_real_thread(lock, acquire_real);
}

int gt_thread_lock_release(struct gt_thread_lock *lock)
{
	int refused = refuse(lock, __func__);
	if (refused)
		return refused;
	return gt__thread_loop ? release_simulated(gt__thread_loop, lock)
	                       : on_real_thread(lock, release_real);
}
