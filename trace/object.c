/* Questions about an object: its level, who holds it, who waits for it, at any moment. */
#include "trace/members.h"
#include "trace/model_private.h"

bool trace_object_level(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                        int64_t *value, uint32_t *waiters)
{
	const struct trace_lane *l = &model->lanes[lane];
	size_t at = l->kind == TRACE_LANE_OBJECT ? trace_lane_at(l, ordinal) : SIZE_MAX;
	if (at == SIZE_MAX)
		return false;
	const struct trace_record *r = trace_model_event(model, l->ordinals[at]);
	*value = (int64_t)trace_join(r->b, r->c);
	*waiters = r->a;
	return true;
}

/* The task lane whose HOLD or STATE record began a membership. */
static uint32_t member(const struct trace_model *model, uint32_t entered)
{
	const struct trace_record *r = trace_model_event(model, entered);
	uint32_t task = r->kind == TRACE_HOLD ? r->a : r->id;
	return task ? trace_model_lane(model, TRACE_LANE_TASK, task) : 0;
}

static size_t members_at(const struct trace_model *model, const struct trace_members *members,
                         uint32_t ordinal, uint32_t lanes[], size_t max)
{
	if (!members || ordinal == TRACE_NONE)
		return 0;
	size_t n = trace_members_at(members, ordinal, lanes, max);
	for (size_t i = 0; i < n && i < max; i++)
		lanes[i] = member(model, lanes[i]);
	return n;
}

size_t trace_object_holders(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                            uint32_t lanes[], size_t max)
{
	return members_at(model, model->lanes[lane].holders, ordinal, lanes, max);
}

size_t trace_object_waiters(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                            uint32_t lanes[], size_t max)
{
	return members_at(model, model->lanes[lane].waiters, ordinal, lanes, max);
}
