/* What happens to tasks besides their states: that they are created, named, cancelled, waited for, and fail.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/apply/apply.h"

int trace_apply_task(const struct trace_applied *a)
{
	const struct trace_record *r = a->r;
	char name[TRACE_NAME_BYTES];
	if (trace_id_map_get(&a->private->tasks, r->id) != TRACE_ID_UNKNOWN)
		return trace_apply_damaged(a, offsetof(struct trace_record, id), "a second task",
		                           r->id);
	uint32_t parent = r->b ? trace_id_map_get(&a->private->tasks, r->b) : TRACE_NONE;
	if (r->b && parent == TRACE_ID_UNKNOWN)
		return trace_apply_damaged(a, offsetof(struct trace_record, b),
		                           "unknown parent task", r->b);
	if (!trace_model_string(a->model, r->a, name, sizeof name))
		snprintf(name, sizeof name, "Task-%lu", (unsigned long)r->id);
	struct trace_lane *lane =
	        trace_apply_add_lane(a, TRACE_LANE_TASK, r->id, &a->private->tasks, name);
	if (!lane)
		return trace_model_no_memory(a->error);
	lane->where = r->d;
	lane->parent = parent;
	lane->depth = parent == TRACE_NONE ? 0 : a->model->lanes[parent].depth + 1;
	return TRACE_OK;
}

/* A lane has one name, the last: who looks for a task looks for what it is called now. */
int trace_apply_name(const struct trace_applied *a)
{
	char name[TRACE_NAME_BYTES];
	uint32_t task = trace_id_map_get(&a->private->tasks, a->r->id);
	if (task == TRACE_ID_UNKNOWN)
		return trace_apply_damaged(a, offsetof(struct trace_record, id),
		                           "name of unknown task", a->r->id);
	if (!trace_model_string(a->model, a->r->a, name, sizeof name))
		return TRACE_OK;
	char *copy = strdup(name);
	if (!copy)
		return trace_model_no_memory(a->error);
	free(a->model->lanes[task].name);
	a->model->lanes[task].name = copy;
	return TRACE_OK;
}

int trace_apply_cancel(const struct trace_applied *a)
{
	uint32_t task = trace_id_map_get(&a->private->tasks, a->r->id);
	if (task == TRACE_ID_UNKNOWN)
		return trace_apply_damaged(a, offsetof(struct trace_record, id),
		                           "cancellation of unknown task", a->r->id);
	if (trace_apply_check_task(a, offsetof(struct trace_record, a), a->r->a) != TRACE_OK)
		return TRACE_EFORMAT;
	struct trace_lane *lane = &a->model->lanes[task];
	if (trace_track_push(&lane->notes, a->ordinal, (uint8_t)(1u << a->r->sub)))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

int trace_apply_error(const struct trace_applied *a)
{
	uint32_t task = trace_id_map_get(&a->private->tasks, a->r->id);
	if (task == TRACE_ID_UNKNOWN)
		return trace_apply_damaged(a, offsetof(struct trace_record, id),
		                           "error of unknown task", a->r->id);
	struct trace_lane *lane = &a->model->lanes[task];
	if (trace_track_push(&lane->notes, a->ordinal, TRACE_MARKED_NEVER_RETRIEVED))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

int trace_apply_await(const struct trace_applied *a)
{
	int rc = trace_apply_check_task(a, offsetof(struct trace_record, id), a->r->id);
	return rc == TRACE_OK ? trace_apply_check_task(a, offsetof(struct trace_record, a), a->r->a)
	                      : rc;
}
