/* gt_thread and gt_block: work beside the loop, and work that stops it.
 *
 * source: asyncio.to_thread, BaseEventLoop.run_in_executor. The end of a job takes the same hops as there: the thread puts
 * a handle into the ready queue, the handle settles the future, the future wakes the task.
 */
#include <stdlib.h>

#include "runtime/gate.h"
#include "runtime/handle.h"
#include "runtime/io.h"
#include "runtime/job.h"
#include "runtime/loop.h"
#include "runtime/owned.h"
#include "runtime/run_queue.h"
#include "runtime/sim_pool.h"

#undef gt_thread

#define DEFAULT_THREADS 4u

void gt__job_unref(struct gt__job *job)
{
	if (--job->refs)
		return;
	gt__future_fini(&job->future);
	if (job->drop)
		job->drop(job);
	gt__disown(job);
}

static void destroy_pool_object(struct gt__object *object)
{
	gt__object_fini(object);
	free(object);
}

void gt__job_line(struct gt__loop *loop, size_t n_waiting)
{
	if (!loop->pool_object) {
		struct gt__object *object = calloc(1, sizeof *object);
		if (!object)
			return;
		loop->pool_object = object;
		gt__object_init(object, TRACE_OBJECT_POOL, "jobs in line", loop->n_threads,
		                destroy_pool_object);
	}
	loop->pool_object->level = (int64_t)n_waiting;
	loop->pool_object->n_waiters = n_waiting;
	gt__object_record_level(loop->pool_object);
}

static void settle(struct gt__loop *loop, struct gt__handle *handle)
{
	(void)loop;
	struct gt__job *job = GT__CONTAINER(handle, struct gt__job, done);
	if (!gt__future_is_done(&job->future)) {
		if (job->code)
			gt__future_resolve(&job->future, GT__FAILED, 0, job->code, NULL);
		else
			gt__future_set(&job->future, 0);
	}
	gt__job_unref(job);
}

void gt__job_post(struct gt__loop *loop, struct gt__job *job)
{
	job->done.run = settle;
	gt__ready(loop, &job->done, TRACE_WHY_THREAD);
}

static int submit(struct gt__loop *loop, struct gt__job *job)
{
	if (loop->io)
		return gt__io_submit(loop->io, job);
	loop->is_plain = loop->may_turn = false;
	if (!loop->sim)
		loop->sim = gt__sim_create(loop, loop->n_threads);
	return loop->sim ? gt__sim_submit(loop, job) : gt__bare(GT_ENOMEM);
}

/* The waiting task was cancelled: a job that has not begun is taken back. */
static void abandon(struct gt__loop *loop, struct gt__job *job)
{
	if (loop->io)
		(void)gt__io_withdraw(loop->io, job); /* reported through the loop */
	else if (gt__sim_withdraw(loop->sim, job))
		gt__job_unref(job);
}

int gt__job_do(struct gt__job *job, const char *name, const struct gt__wait *wait, uint16_t why)
{
	struct gt__loop *loop = gt__loop;
	gt__future_init(&job->future, loop, why);
	job->task = loop->current->id;
	job->name = gt__is_recording(loop) ? trace_pen_intern(&loop->pen, name) : 0;
	job->refs = 2;
	int rc = submit(loop, job);
	if (rc) {
		job->refs = 1;
		return rc;
	}
	rc = gt__await(&job->future, wait);
	if (rc == GT_ECANCELED && job->future.state == GT__CANCELLED &&
	    !gt__node_is_linked(&job->done.node))
		abandon(loop, job);
	return rc;
}

int gt_thread(gt_body *work, void *arg, const char *name)
{
	struct gt__loop *loop = gt__loop;
	if (!loop || !loop->current)
		return GT_ENOLOOP;
	if (!work)
		return gt__refuse_value(__func__, "there is no work");
	struct gt__job *job = gt__own(loop, sizeof *job, NULL);
	if (!job)
		return gt__bare(GT_ENOMEM);
	job->work = work;
	job->arg = arg;
	int rc = gt__job_do(job, name, &(struct gt__wait){.on = TRACE_ON_THREAD}, TRACE_WHY_THREAD);
	gt__job_unref(job);
	return rc;
}

uint64_t gt_now(void)
{
	const struct gt__loop *loop = gt__loop ? gt__loop : gt__thread_loop;
	return loop ? gt__clock_now(&loop->clock) : gt__io_worker_now();
}

void gt_block(uint64_t ns)
{
	struct gt__loop *loop = gt__loop;
	if (gt__thread_loop) {
		gt__sim_block(gt__thread_loop, ns);
		return;
	}
	if (!loop || loop->kind == GT_CLOCK_REAL) {
		gt__io_sleep(ns);
		return;
	}
	uint64_t until_ns = gt__deadline(loop, ns), t_ns;
	/* threads go on meanwhile, each at its time */
	while (loop->kind == GT_CLOCK_PACED && gt__sim_next(loop->sim, &t_ns) && t_ns < until_ns) {
		gt__pace_block(loop, t_ns);
		gt__loop_advance(loop, t_ns);
	}
	if (loop->kind == GT_CLOCK_PACED)
		gt__pace_block(loop, until_ns);
	gt__loop_advance(loop, until_ns);
}
