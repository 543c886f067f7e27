/* Who goes next. Every wait of every task comes through here, so it is inline. */
#ifndef GANTTOP_RUNTIME_TURN_H
#define GANTTOP_RUNTIME_TURN_H

#include "runtime/gate.h"
#include "runtime/run_queue.h"

static inline void gt__record_tick_begin(struct gt__loop *loop)
{
	gt__record(loop, (struct trace_record){.kind = TRACE_TICK,
	                                       .a = gt__n_ready(loop),
	                                       .sub = TRACE_PHASE_BEGIN});
}

static inline void gt__record_tick_end(struct gt__loop *loop)
{
	gt__record_same_instant(loop, (struct trace_record){.kind = TRACE_TICK,
	                                                    .a = gt__n_ready(loop),
	                                                    .sub = TRACE_PHASE_END});
}

/* Both. A call, because it stands in every wait. */
void gt__record_turn(struct gt__loop *loop);

/* Take the first handle of the batch, which is not empty; before a task's step the gate is passed. `is_recorded`, here and below:
 * gt__is_recording. */
static inline struct gt__handle *gt__batch_take(struct gt__loop *loop, bool is_recorded)
{
	struct gt__handle *first = gt__batch_first(loop);
	if (is_recorded && first->is_task) {
		gt__gate_pass(loop);
		first = gt__batch_first(loop);
	}
	gt__node_unlink(&first->node);
	first->queued = 0;
	loop->n_batch--;
	return first;
}

/* gt__turn_quickly where somebody has to be asked. */
bool gt__turn_quickly_real(struct gt__loop *loop);

/* Begin the next iteration, if polling could change nothing: no timer is due and no thread can have ended. The batch is empty. */
static inline bool gt__turn_quickly(struct gt__loop *loop, bool is_recorded)
{
	if (!loop->n_later)
		return false;
	if (!loop->may_turn && !gt__turn_quickly_real(loop))
		return false;
	const struct gt__timer *timer = gt__timer_heap_first(&loop->timers);
	if (timer && timer->deadline_ns <= gt__clock_now(&loop->clock))
		return false;
	if (is_recorded)
		gt__record_turn(loop);
	gt__batch_begin(loop);
	return true;
}

/* Take the next handle out of the queue, beginning the next iteration if nothing has to be polled before it, when it is a task's
 * step; NULL when the loop itself has to go on. where: on a task's stack, between steps. */
static inline __attribute__((always_inline)) struct gt__handle *gt__take_task(struct gt__loop *loop,
                                                                              bool is_recorded)
{
	if (!loop->n_batch && !gt__turn_quickly(loop, is_recorded))
		return NULL;
	return gt__batch_first(loop)->is_task ? gt__batch_take(loop, is_recorded) : NULL;
}

#endif
