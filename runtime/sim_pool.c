/* The simulated pool. Invariant: a busy thread has a time at which it goes on, and the loop's time never passes it
 * without the thread having run (gt__loop_advance). Equal times go in the order in which the threads blocked.
 */
#include "runtime/sim_pool.h"

#include <stdlib.h>

#include "runtime/job.h"
#include "runtime/run_queue.h"
#include "runtime/thread_lock.h"

struct sim_thread {
	struct gt__coro coro;
	struct gt__coro *caller; /* who switched to it */
	struct gt__job *job;     /* NULL: idle */
	uint64_t wake_ns, sequence;
	bool waits; /* for a lock: it has no time at which it goes on */
};

struct gt__sim_pool {
	struct gt__loop *loop;
	struct gt__job *line, **line_end;
	size_t n_waiting;
	uint64_t next_sequence;
	struct sim_thread *running;
	uint32_t n_threads;
	struct sim_thread threads[];
};

struct gt__sim_pool *gt__sim_create(struct gt__loop *loop, uint32_t n_threads)
{
	struct gt__sim_pool *pool = calloc(1, sizeof *pool + n_threads * sizeof pool->threads[0]);
	if (!pool)
		return NULL;
	pool->loop = loop;
	pool->line_end = &pool->line;
	pool->n_threads = n_threads;
	return pool;
}

static struct gt__job *take_from_line(struct gt__sim_pool *pool)
{
	struct gt__job *job = pool->line;
	if (!job)
		return NULL;
	pool->line = job->next;
	if (!pool->line)
		pool->line_end = &pool->line;
	gt__job_line(pool->loop, --pool->n_waiting);
	return job;
}

void gt__sim_destroy(struct gt__sim_pool *pool)
{
	if (!pool)
		return;
	for (uint32_t i = 0; i < pool->n_threads; i++) {
		if (!pool->threads[i].job)
			continue;
		gt__coro_fini(&pool->threads[i].coro);
		gt__job_unref(pool->threads[i].job);
	}
	for (struct gt__job *job = pool->line, *next; job; job = next) {
		next = job->next;
		gt__job_unref(job);
	}
	free(pool);
}

static void record_thread(struct gt__sim_pool *pool, const struct sim_thread *thread, uint8_t state)
{
	gt__record(pool->loop, (struct trace_record){
	                               .kind = TRACE_WORKER,
	                               .id = (uint32_t)(thread - pool->threads) + 1,
	                               .a = thread->job->task,
	                               .b = thread->job->name,
	                               .sub = state,
	                       });
}

static void entry(void)
{
	gt__coro_entered();
	struct gt__sim_pool *pool = gt__thread_loop->sim;
	struct sim_thread *thread = pool->running;
	struct gt__job *job = thread->job;
	job->code = job->work(job->arg);
	gt__coro_leave(&thread->coro, thread->caller, thread->caller->sp);
	abort(); /* nobody switches to a thread whose job has ended */
}

/* Switch to the thread until it blocks or ends. Returns whether its job has ended. */
static bool run(struct gt__sim_pool *pool, struct sim_thread *thread)
{
	struct gt__loop *loop = pool->loop;
	struct gt_task *current = loop->current;
	uint32_t acting = loop->acting;
	struct gt__coro *self = current ? current->on : &loop->coro;
	loop->current = NULL;
	thread->caller = self;
	thread->wake_ns = UINT64_MAX;
	pool->running = thread;
	gt__loop = NULL;
	gt__thread_loop = loop;
	gt__coro_switch(self, &thread->coro);
	gt__thread_loop = NULL;
	gt__loop = loop;
	pool->running = NULL;
	loop->current = current;
	loop->acting = acting;
	return thread->wake_ns == UINT64_MAX;
}

/* Run a job on an idle thread, and those in line behind it, until one blocks or the line is empty. */
static int start(struct gt__sim_pool *pool, struct sim_thread *thread, struct gt__job *job)
{
	struct gt__loop *loop = pool->loop;
	struct gt__stack *stack = gt__stack_get(&loop->stacks);
	if (!stack)
		return gt__bare(GT_ENOMEM);
	thread->job = job;
	gt__coro_init(&thread->coro, stack, entry);
	record_thread(pool, thread, TRACE_WORKER_BUSY);
	return 0;
}

static void end(struct gt__sim_pool *pool, struct sim_thread *thread)
{
	struct gt__loop *loop = pool->loop;
	record_thread(pool, thread, TRACE_WORKER_IDLE);
	gt__stack_put(&loop->stacks, thread->coro.stack);
	gt__coro_fini(&thread->coro);
	uint32_t acting = loop->acting;
	loop->acting = 0;
	gt__job_post(loop, thread->job);
	loop->acting = acting;
	thread->job = NULL;
}

/* Let the thread go on; when its job ends it takes the next one in line. */
static void go_on(struct gt__sim_pool *pool, struct sim_thread *thread)
{
	while (run(pool, thread)) {
		end(pool, thread);
		struct gt__job *job = take_from_line(pool);
		if (!job)
			return;
		if (start(pool, thread, job)) {
			job->code = GT_ENOMEM;
			gt__job_post(pool->loop, job);
			return;
		}
	}
}

int gt__sim_submit(struct gt__loop *loop, struct gt__job *job)
{
	struct gt__sim_pool *pool = loop->sim;
	for (uint32_t i = 0; i < pool->n_threads; i++) {
		if (pool->threads[i].job)
			continue;
		int rc = start(pool, &pool->threads[i], job);
		if (!rc)
			go_on(pool, &pool->threads[i]);
		return rc;
	}
	job->next = NULL;
	*pool->line_end = job;
	pool->line_end = &job->next;
	gt__job_line(loop, ++pool->n_waiting);
	return 0;
}

bool gt__sim_withdraw(struct gt__sim_pool *pool, struct gt__job *job)
{
	for (struct gt__job **at = &pool->line; *at; at = &(*at)->next) {
		if (*at != job)
			continue;
		*at = job->next;
		if (!*at)
			pool->line_end = at;
		gt__job_line(pool->loop, --pool->n_waiting);
		return true;
	}
	return false;
}

static struct sim_thread *next_thread(const struct gt__sim_pool *pool)
{
	const struct sim_thread *next = NULL;
	for (uint32_t i = 0; i < pool->n_threads; i++) {
		const struct sim_thread *t = &pool->threads[i];
		if (!t->job || t->waits || t == pool->running)
			continue;
		if (!next || t->wake_ns < next->wake_ns ||
		    (t->wake_ns == next->wake_ns && t->sequence < next->sequence))
			next = t;
	}
	return (struct sim_thread *)(uintptr_t)next;
}

bool gt__sim_next(const struct gt__sim_pool *pool, uint64_t *t_ns)
{
	const struct sim_thread *thread = pool ? next_thread(pool) : NULL;
	if (thread)
		*t_ns = thread->wake_ns;
	return thread;
}

void gt__sim_run_next(struct gt__loop *loop)
{
	struct sim_thread *thread = next_thread(loop->sim);
	go_on(loop->sim, thread);
}

bool gt__sim_is_running(const struct gt__sim_pool *pool)
{
	return pool && pool->running;
}

void gt__sim_block(struct gt__loop *loop, uint64_t ns)
{
	struct gt__sim_pool *pool = loop->sim;
	struct sim_thread *thread = pool->running;
	uint64_t wake_ns = gt__deadline(loop, ns);
	thread->wake_ns = wake_ns < UINT64_MAX ? wake_ns : UINT64_MAX - 1;
	thread->sequence = pool->next_sequence++;
	gt__coro_switch(&thread->coro, thread->caller);
}

/* ---- Locks ---- */

struct sim_thread *gt__sim_self(const struct gt__sim_pool *pool, struct gt__job **job)
{
	if (!gt__sim_is_running(pool))
		return NULL;
	*job = pool->running->job;
	return pool->running;
}

void gt__sim_wait(struct gt__loop *loop)
{
	struct sim_thread *thread = loop->sim->running;
	thread->waits = true;
	thread->wake_ns = 0; /* it has not ended */
	gt__coro_switch(&thread->coro, thread->caller);
}

void gt__sim_wake(struct gt__loop *loop, struct sim_thread *thread)
{
	thread->waits = false;
	thread->wake_ns = loop->clock.now_ns;
	thread->sequence = loop->sim->next_sequence++;
}

void gt__sim_record(struct gt__loop *loop, const struct sim_thread *thread, uint32_t object)
{
	gt__record(loop, (struct trace_record){
	                         .kind = TRACE_WORKER,
	                         .id = (uint32_t)(thread - loop->sim->threads) + 1,
	                         .a = thread->job->task,
	                         .b = thread->job->name,
	                         .c = object,
	                         .sub = object ? TRACE_WORKER_WAITING : TRACE_WORKER_BUSY,
	                 });
}
