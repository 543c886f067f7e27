/* The timeout scope.
 *
 * source: asyncio.Timeout of Lib/asyncio/timeouts.py (3.11.3 and later: a cancellation that was pending when the scope was entered
 * stays one).
 */

#include "runtime/handle.h"
#include "runtime/owned.h"
#include "runtime/run_queue.h"
#include "runtime/scope.h"

#undef gt_timeout_enter
#undef gt_timeout_enter_at
#undef gt_timeout_exit
#undef gt_timeout_reschedule
#undef gt_cancel

struct gt_timeout {
	struct gt__alarm alarm;
	struct gt_task *task; /* that entered it. borrows: it cannot end inside the scope */
	uint32_t scope;
	uint64_t until_ns;   /* GT_FOREVER: no limit */
	unsigned cancelling; /* requests that were pending at the entry */
	bool expired;
};

static void expire(struct gt__loop *loop, struct gt__handle *handle)
{
	(void)loop;
	struct gt__alarm *alarm = GT__CONTAINER(handle, struct gt__alarm, handle);
	struct gt_timeout *timeout = GT__CONTAINER(alarm, struct gt_timeout, alarm);
	timeout->expired = gt_cancel(timeout->task);
}

/* Set the alarm; a time that is past means the next turn, behind what is ready already. */
static int set_alarm(struct gt__loop *loop, struct gt_timeout *timeout, uint64_t t_ns)
{
	timeout->alarm = (struct gt__alarm){.timer.place = GT__TIMER_IDLE, .handle.run = expire};
	timeout->until_ns = t_ns;
	if (t_ns == GT_FOREVER)
		return 0;
	if (t_ns > gt__clock_now(&loop->clock))
		return gt__alarm_start(loop, &timeout->alarm, t_ns, expire);
	uint32_t acting = loop->acting;
	loop->acting = 0;
	gt__ready(loop, &timeout->alarm.handle, TRACE_WHY_TIMER);
	loop->acting = acting;
	return 0;
}

struct gt_timeout *gt_timeout_enter_at(uint64_t t_ns)
{
	struct gt__loop *loop = gt__loop;
	struct gt_timeout *timeout =
	        loop && loop->current ? gt__own(loop, sizeof *timeout, NULL) : NULL;
	if (!timeout)
		return NULL;
	timeout->task = loop->current;
	timeout->cancelling = loop->current->rest.n_cancels;
	if (set_alarm(loop, timeout, t_ns)) {
		gt__disown(timeout);
		return NULL;
	}
	timeout->scope = gt__scope_open(loop, TRACE_SCOPE_TIMEOUT, t_ns);
	return timeout;
}

struct gt_timeout *gt_timeout_enter(uint64_t ns)
{
	if (!gt__loop)
		return NULL;
	return gt_timeout_enter_at(ns == GT_FOREVER ? GT_FOREVER : gt__deadline(gt__loop, ns));
}

int gt_timeout_reschedule(struct gt_timeout *timeout, uint64_t t_ns)
{
	int refused = gt__check_owned(timeout, __func__);
	if (refused)
		return refused;
	if (timeout->expired)
		return gt__raise(GT_ESTATE, "RuntimeError", "the limit is over");
	gt__alarm_stop(gt__loop, &timeout->alarm);
	int code = set_alarm(gt__loop, timeout, t_ns);
	if (!code)
		gt__scope_until(gt__loop, TRACE_SCOPE_TIMEOUT, timeout->task->id, timeout->scope,
		                t_ns);
	return code;
}

uint64_t gt_timeout_when(const struct gt_timeout *timeout)
{
	if (gt__check_owned(timeout, __func__))
		return GT_FOREVER;
	return timeout->until_ns;
}

bool gt_timeout_is_expired(const struct gt_timeout *timeout)
{
	if (gt__check_owned(timeout, __func__))
		return false;
	return timeout->expired;
}

int gt_timeout_exit(struct gt_timeout *timeout, int rc)
{
	if (!timeout)
		return gt__loop ? GT_ENOMEM : GT_ENOLOOP;
	int refused = gt__check_owned(timeout, __func__);
	if (refused)
		return refused;
	struct gt__loop *loop = gt__loop;
	if (loop->current != timeout->task)
		return gt__raise(GT_ESTATE, "RuntimeError",
		                 "only the task that entered the limit leaves it");
	gt__alarm_stop(loop, &timeout->alarm);
	gt__scope_close(loop, TRACE_SCOPE_TIMEOUT, timeout->scope);
	if (timeout->expired && gt_uncancel(timeout->task) <= timeout->cancelling &&
	    rc == GT_ECANCELED)
		rc = gt__raise(GT_ETIMEDOUT, "TimeoutError", "%s", "");
	gt__disown(timeout);
	return rc;
}
