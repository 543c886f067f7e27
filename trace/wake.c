/* A task wakes others while it runs, or soon after that: by a callback that it has left to the loop, or by its end. So only its own
 * steps and what follows them are looked through, and not the whole recording, which may have thousands of other tasks in it.
 * The loop wakes with every timer.
 */
#include "trace/wake.h"

#define AFTER_END_MAX                                                                              \
	4096u /* events after the end of a task in which those who waited for it become ready */
#define AFTER_STEP_MAX 64u /* events after a step in which a callback of it may wake somebody */

static bool is_wake(const struct trace_model *model, uint32_t ordinal, uint32_t id)
{
	const struct trace_record *record = trace_model_event(model, ordinal);
	return record->kind == TRACE_STATE && record->sub == TRACE_STATE_READY && record->b == id &&
	       record->id != id;
}

static uint32_t find(const struct trace_model *model, uint32_t id, size_t first, size_t end)
{
	for (size_t i = first; i < end && i < model->n_events; i++)
		if (is_wake(model, (uint32_t)i, id))
			return (uint32_t)i;
	return TRACE_NONE;
}

/* Return the end of what state record `at` of the lane may wake in: nothing for a state in which it cannot. */
static size_t end_of(const struct trace_model *model, const struct trace_lane *lane, size_t at)
{
	uint8_t state = trace_model_event(model, lane->ordinals[at])->sub;
	if (state == TRACE_STATE_DONE)
		return (size_t)lane->ordinals[at] + AFTER_END_MAX;
	if (state != TRACE_STATE_RUNNING)
		return 0;
	return at + 1 < lane->n ? (size_t)lane->ordinals[at + 1] + AFTER_STEP_MAX : model->n_events;
}

uint32_t trace_lane_next_wake(const struct trace_model *model, uint32_t lane, uint32_t from)
{
	const struct trace_lane *it = &model->lanes[lane];
	if (it->kind == TRACE_LANE_LOOP)
		return find(model, 0, from, model->n_events);
	if (it->kind != TRACE_LANE_TASK)
		return TRACE_NONE;
	size_t at = trace_lane_at(it, from);
	/* what a step before this state has left behind may come only now */
	for (at = at == SIZE_MAX || at < 2 ? 0 : at - 2; at < it->n; at++) {
		size_t first = it->ordinals[at] > from ? it->ordinals[at] : from;
		uint32_t found = find(model, it->id, first, end_of(model, it, at));
		if (found != TRACE_NONE)
			return found;
	}
	return TRACE_NONE;
}
