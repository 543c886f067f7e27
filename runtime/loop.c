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

/* The batch of a policy: what a viewer picked, the callbacks, and the one task that it chooses. The rest waits for the next iteration. */
static void choose_batch(struct gt__loop *loop)
{
	struct gt__node batch, *next;
	size_t n_tasks = 0;
	uint32_t n_batch = 0;
	gt__list_init(&batch);
	for (struct gt__node *node = loop->ready.next; node != &loop->ready; node = next) {
		struct gt__handle *handle = GT__CONTAINER(node, struct gt__handle, node);
		next = node->next;
		if (handle->is_task && n_batch >= loop->n_picked) {
			n_tasks++;
			continue;
		}
		gt__node_unlink(node);
		gt__list_append(&batch, node);
		n_batch++;
	}
	if (n_tasks) {
		struct gt__handle *chosen = loop->policy->choose(loop, &loop->ready);
		gt__node_unlink(&chosen->node);
		gt__list_append(&batch, &chosen->node);
		n_batch++;
	}
	gt__batch_begin(loop);
	loop->n_later = loop->n_batch - n_batch;
	loop->n_batch = n_batch;
	for (struct gt__node *node = loop->ready.next; node != &loop->ready; node = node->next)
		GT__CONTAINER(node, struct gt__handle, node)->queued = loop->turn;
	gt__list_splice(&batch, &loop->ready);
	gt__list_splice(&loop->ready, &batch);
}

static void begin_batch(struct gt__loop *loop)
{
	gt__record_tick_begin(loop);
	if (loop->policy)
		choose_batch(loop);
	else
		gt__batch_begin(loop);
}

static void run_batch(struct gt__loop *loop)
{
	begin_batch(loop);
	while (loop->n_batch) {
		struct gt__handle *handle = gt__batch_take(loop, gt__is_recording(loop));
		loop->acting = handle->by;
		handle->run(loop, handle);
		loop->acting = 0;
	}
	gt__record_tick_end(loop);
}

void gt__record_turn(struct gt__loop *loop)
{
	gt__record_tick_end(loop);
	gt__record_tick_begin(loop);
}

/* The system is polled at least once in so many iterations, however much is ready. */
#define QUICK_TURNS_MAX 64u

bool gt__turn_quickly_real(struct gt__loop *loop)
{
	if (loop->stopping || loop->sim || loop->policy)
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
	loop->may_turn = loop->is_plain;
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
