/* Sleeping, and callbacks of the user's: call_soon, call_later, call_at.
 *
 * source: asyncio.sleep; BaseEventLoop.call_soon, call_later, call_at.
 */
#include <stdlib.h>

#include "runtime/handle.h"
#include "runtime/run_queue.h"
#include "runtime/state.h"

#undef gt_sleep

struct sleeper {
	struct gt__alarm alarm;
	struct gt_future future;
};

/* futures._set_result_unless_cancelled */
static void wake(struct gt__loop *loop, struct gt__handle *handle)
{
	(void)loop;
	struct gt__alarm *alarm = GT__CONTAINER(handle, struct gt__alarm, handle);
	struct sleeper *sleeper = GT__CONTAINER(alarm, struct sleeper, alarm);
	if (!gt__future_is_done(&sleeper->future))
		gt__future_set(&sleeper->future, 0);
}

/* Apart from gt_sleep, whose yield needs none of this frame. */
static GT__RETURNS_BY_JUMP int sleep_for(struct gt__loop *loop, uint64_t ns)
{
	struct sleeper sleeper;
	uint64_t until_ns = gt__deadline(loop, ns);
	gt__future_init(&sleeper.future, loop, TRACE_WHY_TIMER);
	int rc = gt__alarm_start(loop, &sleeper.alarm, until_ns, wake);
	if (rc)
		return rc;
	rc = gt__await(&sleeper.future, &(struct gt__wait){
	                                        .on = TRACE_ON_SLEEP,
	                                        .timed = true,
	                                        .until_ns = until_ns,
	                                });
	gt__alarm_stop(loop, &sleeper.alarm);
	gt__future_fini(&sleeper.future);
	return rc;
}

int gt_sleep(uint64_t ns)
{
	struct gt__loop *loop = gt__loop;
	if (!loop || !loop->current)
		return GT_ENOLOOP;
	return ns ? sleep_for(loop, ns) : gt__yield(loop);
}

/* ---- Callbacks ---- */

struct gt_timer {
	struct gt__alarm alarm;
	gt_callback *fn;
	void *arg;
	struct gt__loop *loop;
	uint32_t name; /* string id */
	bool is_running;
};

static void destroy(struct gt_timer *timer)
{
	gt__handle_end(timer);
	free(timer);
}

static void run_callback(struct gt__loop *loop, struct gt__handle *handle)
{
	struct gt__alarm *alarm = GT__CONTAINER(handle, struct gt__alarm, handle);
	struct gt_timer *timer = GT__CONTAINER(alarm, struct gt_timer, alarm);
	gt__record(loop, (struct trace_record){
	                         .kind = TRACE_CALL, .a = timer->name, .sub = TRACE_PHASE_BEGIN});
	timer->is_running = true;
	timer->fn(timer->arg);
	gt__record(loop, (struct trace_record){
	                         .kind = TRACE_CALL, .a = timer->name, .sub = TRACE_PHASE_END});
	destroy(timer);
}

static void drop(struct gt__handle *handle)
{
	if (handle->run != run_callback)
		return;
	struct gt__alarm *alarm = GT__CONTAINER(handle, struct gt__alarm, handle);
	destroy(GT__CONTAINER(alarm, struct gt_timer, alarm));
}

void gt__callbacks_drop(struct gt__loop *loop)
{
	struct gt__node *node;
	while ((node = gt__list_pop(&loop->ready)))
		drop(GT__CONTAINER(node, struct gt__handle, node));
	for (size_t i = 0; i < loop->timers.n; i++)
		drop(&GT__CONTAINER(loop->timers.timers[i], struct gt__alarm, timer)->handle);
	loop->timers.n = 0;
}

static struct gt_timer *make(struct gt__loop *loop, gt_callback *fn, void *arg, const char *name)
{
	struct gt_timer *timer = malloc(sizeof *timer);
	if (!timer)
		return NULL;
	*timer = (struct gt_timer){.fn = fn, .arg = arg, .loop = loop};
	gt__handle_begin(timer);
	timer->alarm.timer.place = GT__TIMER_IDLE;
	timer->alarm.handle.run = run_callback;
	if (gt__is_recording(loop))
		timer->name = trace_pen_intern(&loop->pen, name);
	return timer;
}

int gt_call_soon(gt_callback *fn, void *arg, const char *name)
{
	struct gt__loop *loop = gt__loop;
	if (!loop)
		return GT_ENOLOOP;
	if (!fn)
		return gt__refuse_value(__func__, "there is nothing to call");
	struct gt_timer *timer = make(loop, fn, arg, name);
	if (!timer)
		return gt__bare(GT_ENOMEM);
	gt__ready(loop, &timer->alarm.handle, TRACE_WHY_YIELD);
	return 0;
}

struct gt_timer *gt_call_soon_timer(gt_callback *fn, void *arg, const char *name)
{
	struct gt__loop *loop = gt__loop;
	if (!loop || (!fn && gt__refuse_value(__func__, "there is nothing to call")))
		return NULL;
	struct gt_timer *timer = make(loop, fn, arg, name);
	if (timer)
		gt__ready(loop, &timer->alarm.handle, TRACE_WHY_YIELD);
	return timer;
}

struct gt_timer *gt_call_at(uint64_t t_ns, gt_callback *fn, void *arg, const char *name)
{
	struct gt__loop *loop = gt__loop;
	if (!loop || (!fn && gt__refuse_value(__func__, "there is nothing to call")))
		return NULL;
	struct gt_timer *timer = make(loop, fn, arg, name);
	if (timer && gt__alarm_start(loop, &timer->alarm, t_ns, run_callback)) {
		destroy(timer);
		return NULL;
	}
	return timer;
}

struct gt_timer *gt_call_later(uint64_t ns, gt_callback *fn, void *arg, const char *name)
{
	return gt__loop ? gt_call_at(gt__deadline(gt__loop, ns), fn, arg, name) : NULL;
}

/* Whether `call` may use the timer. */
static bool is_ours(const struct gt_timer *timer, const char *call)
{
	if (timer && gt__loop && gt__handle_lives(timer) && timer->loop == gt__loop)
		return true;
	(void)gt__refuse(timer, call);
	return false;
}

uint64_t gt_timer_when(const struct gt_timer *timer)
{
	return is_ours(timer, __func__) ? timer->alarm.timer.deadline_ns : 0;
}

void gt_timer_cancel(struct gt_timer *timer)
{
	if (!timer || !is_ours(timer, __func__))
		return;
	if (timer->is_running)
		return; /* its callback asks: too late, and it is freed behind it */
	gt__alarm_stop(gt__loop, &timer->alarm);
	destroy(timer);
}
