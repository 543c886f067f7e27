/* Nothing is kept about the queue: each task knows since which event it is ready, and that is its place. One look at
 * every lane is cheap beside painting it, and right at any moment of the past.
 */
#include "trace/ready.h"

#include <string.h>

/* Return the ordinal at which the lane has become ready; TRACE_NONE if it is not ready. The file is not asked. */
static uint32_t ready_since(const struct trace_model *model, uint32_t lane, uint32_t ordinal)
{
	const struct trace_lane *it = &model->lanes[lane];
	size_t at = it->kind == TRACE_LANE_TASK ? trace_lane_at(it, ordinal) : SIZE_MAX;
	if (at == SIZE_MAX)
		return TRACE_NONE;
	return it->seen.leaves[at] & TRACE_SEEN_READY ? it->ordinals[at] : TRACE_NONE;
}

/* Put `lane` where it belongs among the first `n` of `lanes`; the last one falls out of a full list. */
static void insert(const struct trace_model *model, uint32_t ordinal, uint32_t lanes[], size_t n,
                   size_t max, uint32_t lane)
{
	uint32_t since = ready_since(model, lane, ordinal);
	size_t at = n < max ? n : max;
	while (at > 0 && ready_since(model, lanes[at - 1], ordinal) > since) {
		if (at < max)
			lanes[at] = lanes[at - 1];
		at--;
	}
	if (at < max)
		lanes[at] = lane;
}

size_t trace_model_ready(const struct trace_model *model, uint32_t ordinal, uint32_t lanes[],
                         size_t max)
{
	size_t n = 0;
	for (uint32_t i = 0; i < model->n_lanes; i++)
		if (ready_since(model, i, ordinal) != TRACE_NONE)
			insert(model, ordinal, lanes, n++, max, i);
	return n;
}

size_t trace_model_ready_place(const struct trace_model *model, uint32_t ordinal, uint32_t lane)
{
	uint32_t since = ready_since(model, lane, ordinal);
	size_t place = 1;
	if (since == TRACE_NONE)
		return 0;
	for (uint32_t i = 0; i < model->n_lanes; i++)
		place += ready_since(model, i, ordinal) < since;
	return place;
}

bool trace_model_is_fifo(const struct trace_model *model)
{
	return model->policy[0] == '\0' || strcmp(model->policy, "fifo") == 0;
}
