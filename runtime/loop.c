/* The loop: iterations in asyncio's shape.
 *
 * source: BaseEventLoop._run_once of Lib/asyncio/base_events.py.
 */
#include "runtime/loop.h"

#include "runtime/gate.h"
#include "runtime/io.h"
#include "runtime/knock.h"
#include "runtime/policy.h"
#include "runtime/run_queue.h"
#include "runtime/sim_pool.h"
#include "runtime/state.h"
#include "runtime/turn.h"

/* ---- Waiting for something to happen ---- */

void gt__loop_advance(struct gt__loop *loop, uint64_t t_ns)
{
	uint64_t wake_ns;
	while (gt__sim_next(loop->sim, &wake_ns) && wake_ns <= t_ns) {
		if (wake_ns > loop->clock.now_ns)
			loop->clock.now_ns = wake_ns;
		gt__sim_run_next(loop);
	}
	if (t_ns > loop->clock.now_ns)
		loop->clock.now_ns = t_ns;
}

/* The time of the next thing that will happen by itself; false when nothing will. */
static bool next_event(const struct gt__loop *loop, uint64_t *t_ns)
{
	const struct gt__timer *timer = gt__timer_heap_first(&loop->timers);
	bool is_thread = gt__sim_next(loop->sim, t_ns);
	if (timer && (!is_thread || timer->deadline_ns < *t_ns))
		*t_ns = timer->deadline_ns;
	return timer || is_thread;
}

static void poll_simulated(struct gt__loop *loop)
{
	uint64_t t_ns;
	gt__loop_advance(loop, loop->clock.now_ns); /* threads that are due already */
	while (gt__list_is_empty(&loop->ready) && !loop->stopping) {
		if (!next_event(loop, &t_ns)) {
			loop->deadlock = true;
			return;
		}
		const struct gt__timer *timer = gt__timer_heap_first(&loop->timers);
		if (loop->kind == GT_CLOCK_PACED && t_ns > loop->clock.now_ns)
			gt__pace_idle(loop, t_ns);
		if (!gt__list_is_empty(&loop->ready))
			return; /* the viewer cancelled somebody before the time came */
		gt__loop_advance(loop, t_ns);
		if (timer && timer->deadline_ns <= t_ns)
			return;
	}
}

static void poll_system(struct gt__loop *loop, uint64_t wait_ns)
{
	if (loop->header && wait_ns)
		gt__knock_listen(loop);
	gt__io_poll(loop->io, wait_ns);
}

static void poll_real(struct gt__loop *loop)
{
	uint64_t wait_ns = UINT64_MAX;
	const struct gt__timer *timer = gt__timer_heap_first(&loop->timers);
	gt__clock_calibrate(&loop->clock);
	if (!gt__list_is_empty(&loop->ready) || loop->stopping) {
		wait_ns = 0;
	} else if (timer) {
		uint64_t now = gt__clock_now(&loop->clock);
		wait_ns = timer->deadline_ns > now ? timer->deadline_ns - now : 0;
	} else if (!gt__io_is_alive(loop->io)) {
		loop->deadlock = true;
		return;
	}
	if (loop->header && wait_ns && !gt__io_is_alive(loop->io))
		gt__gate_sleep(loop, wait_ns);
	else
		poll_system(loop, wait_ns);
	gt__gate_glance(loop);
}

/* ---- Iterations ---- */

/* The batch of a policy: the callbacks, and the one task that it chooses. */
static void choose_batch(struct gt__loop *loop)
{
	size_t n_tasks = 0;
	struct gt__node *next;
	for (struct gt__node *node = loop->ready.next; node != &loop->ready; node = next) {
		next = node->next;
		if (GT__CONTAINER(node, struct gt__handle, node)->is_task) {
			n_tasks++;
			continue;
		}
		gt__node_unlink(node);
		gt__list_append(&loop->batch, node);
	}
	if (!n_tasks)
		return;
	struct gt__handle *chosen = loop->policy->choose(loop, &loop->ready);
	gt__node_unlink(&chosen->node);
	gt__list_append(&loop->batch, &chosen->node);
}

static void begin_batch(struct gt__loop *loop)
{
	gt__record_tick_begin(loop);
	if (loop->policy)
		choose_batch(loop);
	else
		gt__list_splice(&loop->batch, &loop->ready);
}

static void run_batch(struct gt__loop *loop)
{
	begin_batch(loop);
	while (!gt__list_is_empty(&loop->batch)) {
		struct gt__handle *handle = gt__batch_take(loop);
		loop->acting = handle->by;
		handle->run(loop, handle);
		loop->acting = 0;
	}
	gt__record_tick_end(loop);
}

/* The system is polled at least once in so many iterations, however much is ready. */
#define QUICK_TURNS_MAX 64u

bool gt__turn_quickly_real(struct gt__loop *loop)
{
	if (loop->sim || loop->policy)
		return false;
	if (loop->io && ++loop->n_quick > QUICK_TURNS_MAX) {
		loop->n_quick = 0;
		return false;
	}
	return true;
}

void gt__loop_run(struct gt__loop *loop)
{
	loop->stopping = false;
	while (!loop->stopping && !loop->deadlock) {
		if (loop->io)
			poll_real(loop);
		else
			poll_simulated(loop);
		gt__alarms_ring(loop);
		if (!gt__list_is_empty(&loop->ready))
			run_batch(loop);
	}
}
