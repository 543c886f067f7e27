/* The AWAIT records of a wait stand right before its STATE record, with nothing between them but what other threads
 * have written: so they are found by going back from there, and need no index.
 */
#include "trace/awaited.h"

static bool is_done(const struct trace_model *model, uint32_t lane, uint32_t ordinal)
{
	size_t at = trace_lane_at(&model->lanes[lane], ordinal);
	if (at == SIZE_MAX)
		return false;
	const struct trace_record *state =
	        trace_model_event(model, model->lanes[lane].ordinals[at]);
	return state->sub == TRACE_STATE_DONE;
}

/* Return the ordinal of the AWAIT record of `task` before `ordinal`, TRACE_NONE if there is none. */
static uint32_t await_before(const struct trace_model *model, uint32_t ordinal, uint32_t task)
{
	while (ordinal > 0) {
		const struct trace_record *record = trace_model_event(model, --ordinal);
		if (record->kind == TRACE_AWAIT && record->id == task)
			return ordinal;
		if (record->kind != TRACE_WORKER)
			break;
	}
	return TRACE_NONE;
}

static void reverse(uint32_t lanes[], size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		uint32_t lane = lanes[i];
		lanes[i] = lanes[n - 1 - i];
		lanes[n - 1 - i] = lane;
	}
}

/* Write one more; of more than there is room for the first of the call are kept, which come last. */
static size_t put(uint32_t lanes[], size_t n, size_t max, uint32_t lane)
{
	if (n < max) {
		lanes[n] = lane;
	} else if (max > 0) {
		for (size_t i = 1; i < max; i++)
			lanes[i - 1] = lanes[i];
		lanes[max - 1] = lane;
	}
	return n + 1;
}

/* Return the lane of what an AWAIT record names, if that is of the kind and not done. */
static uint32_t named_by(const struct trace_model *model, const struct trace_record *record,
                         enum trace_lane_kind kind, uint32_t ordinal)
{
	if (kind == TRACE_LANE_OBJECT)
		return record->b != 0 ? trace_model_lane(model, kind, record->b) : TRACE_NONE;
	uint32_t lane = record->a != 0 ? trace_model_lane(model, kind, record->a) : TRACE_NONE;
	return lane != TRACE_NONE && !is_done(model, lane, ordinal) ? lane : TRACE_NONE;
}

static size_t find_awaited(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                           enum trace_lane_kind kind, uint32_t lanes[], size_t max)
{
	const struct trace_lane *it = &model->lanes[lane];
	size_t at = it->kind == TRACE_LANE_TASK ? trace_lane_at(it, ordinal) : SIZE_MAX, n = 0;
	if (at == SIZE_MAX)
		return 0;
	uint32_t since = it->ordinals[at];
	const struct trace_record *state = trace_model_event(model, since);
	if (state->sub != TRACE_STATE_WAITING)
		return 0;
	if (kind == TRACE_LANE_TASK && trace_on_is_task(state->arg & ~TRACE_TIMED)) {
		uint32_t awaited = named_by(model, state, kind, ordinal);
		if (awaited != TRACE_NONE)
			n = put(lanes, n, max, awaited);
	}
	while ((since = await_before(model, since, it->id)) != TRACE_NONE) {
		uint32_t awaited = named_by(model, trace_model_event(model, since), kind, ordinal);
		if (awaited != TRACE_NONE)
			n = put(lanes, n, max, awaited);
	}
	reverse(lanes, n < max ? n : max);
	return n;
}

size_t trace_lane_awaited(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                          uint32_t lanes[], size_t max)
{
	return find_awaited(model, lane, ordinal, TRACE_LANE_TASK, lanes, max);
}

size_t trace_lane_awaited_objects(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                                  uint32_t lanes[], size_t max)
{
	return find_awaited(model, lane, ordinal, TRACE_LANE_OBJECT, lanes, max);
}

bool trace_lane_awaits_more(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                            uint32_t n)
{
	const struct trace_lane *it = &model->lanes[lane];
	size_t at = it->kind == TRACE_LANE_TASK ? trace_lane_at(it, ordinal) : SIZE_MAX;
	if (at == SIZE_MAX || it->ordinals[at] <= n)
		return false;
	const struct trace_record *record = trace_model_event(model, it->ordinals[at] - n - 1);
	return record->kind == TRACE_AWAIT && record->id == it->id;
}
