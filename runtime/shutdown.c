/* What follows the end of main.
 *
 * source: _cancel_all_tasks and Runner.close of Lib/asyncio/runners.py; run_until_complete, shutdown_asyncgens and
 * shutdown_default_executor of base_events.py. Where CPython iterates sets, the order is that of creation.
 */
#include "runtime/shutdown.h"

#include <stdlib.h>

#include "runtime/endpoint.h"
#include "runtime/future.h"
#include "runtime/gate.h"
#include "runtime/gather.h"
#include "runtime/io.h"
#include "runtime/loop.h"
#include "runtime/run_queue.h"
#include "runtime/sim_pool.h"

/* ---- Running until something is done ---- */

static void stop(struct gt__loop *loop, struct gt__handle *handle)
{
	(void)handle;
	loop->stopping = true;
	loop->may_turn = false;
}

void gt__run_until_complete(struct gt__loop *loop, struct gt_future *future)
{
	struct gt__handle stopper = {.run = stop};
	gt__future_add_callback(future, &stopper);
	gt__loop_run(loop);
	gt__handle_cancel(loop, &stopper);
}

void gt__tell_phase(struct gt__loop *loop, enum gt_phase phase)
{
	const struct gt_options *o = loop->options;
	if (o->on_phase)
		o->on_phase(phase, o->on_phase_arg);
}

/* ---- Tasks ---- */

/* All tasks that are not done, in the order of creation. owns: returns an array. errors: NULL, also when there is none. */
static struct gt_task **unfinished(struct gt__loop *loop, size_t *n)
{
	struct gt_task **tasks = NULL;
	size_t cap = 0;
	*n = 0;
	for (struct gt__node *node = loop->tasks.next; node != &loop->tasks; node = node->next) {
		struct gt_task *task = GT__CONTAINER(node, struct gt_task, in_loop);
		if (gt__task_is_done(task))
			continue;
		if (*n == cap) {
			cap = cap ? cap * 2 : 16;
			struct gt_task **more = realloc(tasks, cap * sizeof *more);
			if (!more)
				break;
			tasks = more;
		}
		tasks[(*n)++] = task;
	}
	return tasks;
}

/* Nobody is told of an error of a task that the end of main has cancelled, not even whoever waits for that task: main is over.
 * source: "unhandled exception during asyncio.run() shutdown" of _cancel_all_tasks. */
static void record_errors(struct gt_task *const tasks[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		tasks[i]->future.retrieved = false;
		gt__task_record_lost_error(tasks[i]);
	}
}

/* Cancel what main left behind, and let it end. */
static void cancel_tasks(struct gt__loop *loop)
{
	size_t n;
	struct gt_task **left = unfinished(loop, &n);
	if (n) {
		gt__tell_phase(loop, GT_PHASE_SHUTDOWN);
		for (size_t i = 0; i < n; i++)
			gt__future_cancel(&left[i]->future);
		struct gt__gather *gather =
		        gt__gather_create(loop, &(struct gt__crowd){.tasks = left, .n = n}, true);
		if (gather) {
			gt__run_until_complete(loop, gt__gather_future(gather));
			record_errors(left, n); /* the gather keeps them */
			gt__gather_unref(gather);
		}
	}
	free(left);
}

/* ---- Generators ---- */

/* shutdown_asyncgens, without a task of its own: its first step, where it stands when those that close are done, and its end. */
struct closing {
	struct gt__handle begin, all_closed, end;
	struct gt__gather *gather; /* of those that close, NULL: none */
};

static void end_closing(struct gt__loop *loop, struct gt__handle *handle)
{
	struct closing *closing = GT__CONTAINER(handle, struct closing, all_closed);
	gt__ready(loop, &closing->end, TRACE_WHY_DONE);
}

static void begin_closing(struct gt__loop *loop, struct gt__handle *handle)
{
	struct closing *closing = GT__CONTAINER(handle, struct closing, begin);
	size_t n = gt__gens_close(loop, NULL, 0);
	struct gt_task **closers = n ? calloc(n, sizeof *closers) : NULL;
	n = closers ? gt__gens_close(loop, closers, n) : 0;
	if (n)
		closing->gather =
		        gt__gather_create(loop, &(struct gt__crowd){.tasks = closers, .n = n},
		                          true);
	if (closing->gather)
		gt__future_add_callback(gt__gather_future(closing->gather), &closing->all_closed);
	else
		gt__ready(loop, &closing->end, TRACE_WHY_DONE);
	free(closers);
}

static void nothing_to_close(struct gt__loop *loop, struct gt__handle *handle)
{
	struct closing *closing = GT__CONTAINER(handle, struct closing, begin);
	gt__ready(loop, &closing->end, TRACE_WHY_DONE);
}

static void run_closing(struct gt__loop *loop,
                        void (*begin)(struct gt__loop *loop, struct gt__handle *handle))
{
	struct closing closing = {.begin.run = begin,
	                          .all_closed.run = end_closing,
	                          .end.run = stop};
	gt__ready(loop, &closing.begin, TRACE_WHY_START);
	gt__loop_run(loop);
	gt__handle_cancel(loop, &closing.begin);
	gt__handle_cancel(loop, &closing.all_closed);
	gt__handle_cancel(loop, &closing.end);
	if (closing.gather)
		gt__gather_unref(closing.gather);
}

/* Whether a turn of the loop would do anything. */
static bool has_work(struct gt__loop *loop)
{
	if (loop->options->ends_at_once)
		return false;
	const struct gt__timer *timer = gt__timer_heap_first(&loop->timers);
	return !gt__list_is_empty(&loop->ready) ||
	       (timer && timer->deadline_ns <= gt__clock_now(&loop->clock));
}

/* Generators that were not let go of get an end, all at once. asyncio asks its executor to end after that, even where there is none: two
 * turns each, in which callbacks that are due still run. Turns in which nothing would are left out.
 *
 * A generator that was let go of so late that its task has not ended is given up there; here it is closed all the same. */
static void close_generators(struct gt__loop *loop)
{
	if (has_work(loop) || gt__gens_close(loop, NULL, 0))
		run_closing(loop, begin_closing);
	if (!loop->deadlock && has_work(loop))
		run_closing(loop, nothing_to_close);
	struct gt_task *task;
	while (!loop->deadlock && (task = gt__gen_close_late(loop))) {
		gt__run_until_complete(loop, &task->future);
		gt__task_unref(task);
	}
}

/* ---- Threads ---- */

/* Threads are waited for, as shutdown_default_executor does. */
static void join_threads(struct gt__loop *loop)
{
	uint64_t t_ns;
	while (gt__sim_next(loop->sim, &t_ns)) {
		if (loop->kind == GT_CLOCK_PACED && t_ns > loop->clock.now_ns)
			gt__pace_idle(loop, t_ns);
		gt__loop_advance(loop, t_ns);
	}
	while (loop->io && gt__io_is_alive(loop->io))
		gt__io_poll(loop->io, UINT64_MAX);
}

void gt__shut_down(struct gt__loop *loop)
{
	if (!loop->deadlock)
		cancel_tasks(loop);
	if (!loop->deadlock)
		close_generators(loop);
	if (!loop->deadlock) {
		gt__endpoints_end(loop);
		join_threads(loop);
	}
}
