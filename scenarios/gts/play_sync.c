/* Operations on locks, semaphores, events, conditions and barriers. */
#include "scenarios/gts/machine.h"

int gts_acquire(const struct gts_thing *thing)
{
	switch (thing->object->kind) {
	case GTS_KIND_LOCK:
		return gt_lock_acquire(thing->is.lock);
	case GTS_KIND_COND:
		return gt_cond_acquire(thing->is.cond);
	default:
		return gt_sem_acquire(thing->is.sem);
	}
}

int gts_release(const struct gts_thing *thing)
{
	switch (thing->object->kind) {
	case GTS_KIND_LOCK:
		return gt_lock_release(thing->is.lock);
	case GTS_KIND_COND:
		return gt_cond_release(thing->is.cond);
	default:
		return gt_sem_release(thing->is.sem);
	}
}

static int wait_at_barrier(struct gts_step *step, struct gt_barrier *barrier)
{
	size_t position;
	int rc = gt_barrier_wait(barrier, &position);
	if (rc == 0)
		gts_text_add_number(gts_result(step), (int64_t)position);
	return rc;
}

int gts_play_sync(struct gts_step *step)
{
	struct gts_thing *thing = gts_thing(step);
	switch (step->node->op->id) {
	case GTS_OP_ACQUIRE:
		return gts_acquire(thing);
	case GTS_OP_RELEASE:
		return gts_release(thing);
	case GTS_OP_SET:
		gt_event_set(thing->is.event);
		return 0;
	case GTS_OP_CLEAR:
		gt_event_clear(thing->is.event);
		return 0;
	case GTS_OP_EWAIT:
		return gt_event_wait(thing->is.event);
	case GTS_OP_CWAIT:
		return gt_cond_wait(thing->is.cond);
	case GTS_OP_NOTIFY:
		return gt_cond_notify(thing->is.cond, (size_t)gts_arg(step, 1));
	case GTS_OP_NOTIFY_ALL:
		return gt_cond_notify_all(thing->is.cond);
	case GTS_OP_BWAIT:
		return wait_at_barrier(step, thing->is.barrier);
	case GTS_OP_BABORT:
		return gt_barrier_abort(thing->is.barrier);
	default:
		return gt_barrier_reset(thing->is.barrier);
	}
}
