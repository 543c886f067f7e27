/* Objects: who holds them, who waits for them, and what became of a coroutine.
 */
#include <stdio.h>
#include <stdlib.h>

#include "trace/apply/apply.h"
#include "trace/members.h"

int trace_apply_object(const struct trace_applied *a)
{
	const struct trace_record *r = a->r;
	char name[TRACE_NAME_BYTES];
	if (trace_id_map_get(&a->private->objects, r->id) != TRACE_ID_UNKNOWN)
		return trace_apply_damaged(a, offsetof(struct trace_record, id), "a second object",
		                           r->id);
	if (!trace_model_string(a->model, r->a, name, sizeof name))
		snprintf(name, sizeof name, "%s-%lu", trace_object_kind_name(r->sub),
		         (unsigned long)r->id);
	struct trace_lane *lane =
	        trace_apply_add_lane(a, TRACE_LANE_OBJECT, r->id, &a->private->objects, name);
	if (!lane)
		return trace_model_no_memory(a->error);
	lane->where = r->d;
	lane->object_kind = r->sub;
	lane->capacity = (int64_t)trace_join(r->b, r->c);
	return TRACE_OK;
}

int trace_apply_hold(const struct trace_applied *a)
{
	const struct trace_record *r = a->r;
	uint32_t object = trace_id_map_get(&a->private->objects, r->id);
	uint32_t task = r->a ? trace_id_map_get(&a->private->tasks, r->a) : 0;
	if (object == TRACE_ID_UNKNOWN)
		return trace_apply_damaged(a, offsetof(struct trace_record, id),
		                           "hold of unknown object", r->id);
	if (task == TRACE_ID_UNKNOWN)
		return trace_apply_damaged(a, offsetof(struct trace_record, a),
		                           "hold by unknown task", r->a);
	struct trace_lane *lane = &a->model->lanes[object];
	if (!lane->holders)
		lane->holders = calloc(1, sizeof *lane->holders);
	if (!lane->holders)
		return trace_model_no_memory(a->error);
	if (!r->sub)
		trace_members_leave(lane->holders, task, a->ordinal);
	else if (trace_members_enter(lane->holders, task, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

int trace_apply_waiter(const struct trace_applied *a, uint32_t task)
{
	struct trace_lane *lane = &a->model->lanes[task];
	const struct trace_record *r = a->r;
	if (lane->waits_in != TRACE_NONE)
		trace_members_leave(a->model->lanes[lane->waits_in].waiters, task, a->ordinal);
	lane->waits_in = TRACE_NONE;
	if (r->sub != TRACE_STATE_WAITING || !r->a || trace_on_is_task(r->arg & ~TRACE_TIMED))
		return TRACE_OK;
	uint32_t object = trace_id_map_get(&a->private->objects, r->a);
	if (object == TRACE_ID_UNKNOWN)
		return TRACE_OK; /* not every object that can be waited for is recorded */
	struct trace_lane *o = &a->model->lanes[object];
	if (!o->waiters)
		o->waiters = calloc(1, sizeof *o->waiters);
	if (!o->waiters || trace_members_enter(o->waiters, task, a->ordinal))
		return trace_model_no_memory(a->error);
	lane->waits_in = object;
	return TRACE_OK;
}

/* What became of a coroutine stands in the lane of its object, if that has one. The body of an awaited one is a part of who awaits
 * it: the lane has no row any more. */
int trace_apply_coro(const struct trace_applied *a)
{
	uint32_t object = trace_id_map_get(&a->private->objects, a->r->id);
	int rc = trace_apply_check_task(a, offsetof(struct trace_record, a), a->r->a);
	if (rc != TRACE_OK || object == TRACE_ID_UNKNOWN)
		return rc;
	struct trace_lane *lane = &a->model->lanes[object];
	if (a->r->sub == TRACE_CORO_AWAITED) {
		lane->awaited = true;
		a->private->n_ordered = 0;
	}
	if (trace_track_push_bare(&lane->notes, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}
