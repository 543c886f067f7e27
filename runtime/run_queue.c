/* The run queue. A handle is in one list: ready, the callbacks of a future; or it is nowhere.
 *
 * source: call_soon, call_at and the timer half of BaseEventLoop._run_once of Lib/asyncio/base_events.py.
 */
#include "runtime/run_queue.h"

_Thread_local struct gt__loop *gt__loop;
_Thread_local struct gt__loop *gt__thread_loop;
_Thread_local struct gt_site gt_site;

void gt__record_ready(struct gt__loop *loop, const struct gt_task *task, uint16_t why)
{
	uint32_t object = 0;
	if (why != TRACE_WHY_START && why != TRACE_WHY_YIELD) {
		object = task->wait.object;
		if (task->cancel_woke)
			why = TRACE_WHY_CANCEL;
	}
	gt__record(loop, (struct trace_record){.kind = TRACE_STATE,
	                                       .id = task->id,
	                                       .a = object,
	                                       .b = loop->acting,
	                                       .d = gt__where(loop),
	                                       .arg = why,
	                                       .sub = TRACE_STATE_READY});
}

void gt__handle_cancel(struct gt__loop *loop, struct gt__handle *handle)
{
	if (!gt__node_is_linked(&handle->node))
		return;
	gt__node_unlink(&handle->node);
	if (gt__is_in_batch(loop, handle))
		loop->n_batch--;
	else if (handle->queued)
		loop->n_later--;
	handle->queued = 0;
}

int gt__alarm_start(struct gt__loop *loop, struct gt__alarm *alarm, uint64_t deadline_ns,
                    void (*run)(struct gt__loop *loop, struct gt__handle *handle))
{
	*alarm = (struct gt__alarm){.timer.place = GT__TIMER_IDLE, .handle.run = run};
	return gt__timer_heap_add(&loop->timers, &alarm->timer, deadline_ns) ? 0
	                                                                     : gt__bare(GT_ENOMEM);
}

void gt__alarm_stop(struct gt__loop *loop, struct gt__alarm *alarm)
{
	gt__timer_heap_remove(&loop->timers, &alarm->timer);
	gt__handle_cancel(loop, &alarm->handle);
}

uint64_t gt__deadline(const struct gt__loop *loop, uint64_t ns)
{
	uint64_t now = gt__clock_now(&loop->clock);
	return ns > UINT64_MAX - now ? UINT64_MAX : now + ns;
}

void gt__alarms_ring(struct gt__loop *loop)
{
	struct gt__timer *timer = gt__timer_heap_first(&loop->timers);
	if (!timer)
		return;
	uint64_t now = gt__clock_now(&loop->clock);
	for (; timer && timer->deadline_ns <= now; timer = gt__timer_heap_first(&loop->timers)) {
		gt__timer_heap_remove(&loop->timers, timer);
		struct gt__alarm *alarm = GT__CONTAINER(timer, struct gt__alarm, timer);
		gt__ready(loop, &alarm->handle, TRACE_WHY_TIMER);
	}
}
