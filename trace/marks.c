/* Questions about what has happened to a lane besides its states.
 */
#include "trace/model_private.h"

unsigned trace_lane_marks(const struct trace_model *model, uint32_t lane, uint32_t first,
                          uint32_t end)
{
	const struct trace_lane *it = &model->lanes[lane];
	if (it->kind != TRACE_LANE_TASK || it->n_others == 0 || first >= end)
		return 0;
	size_t from = first > 0 ? trace_ordinals_until(it->others, it->n_others, first - 1) : 0;
	size_t until = trace_ordinals_until(it->others, it->n_others, end - 1);
	return from < until ? trace_sets_sum(&it->marks, from, until) : 0;
}

const struct trace_record *trace_lane_coro(const struct trace_model *model, uint32_t lane,
                                           uint32_t ordinal)
{
	const struct trace_lane *it = &model->lanes[lane];
	if (it->kind != TRACE_LANE_OBJECT || ordinal == TRACE_NONE)
		return NULL;
	size_t n = trace_ordinals_until(it->others, it->n_others, ordinal);
	return n > 0 ? trace_model_event(model, it->others[n - 1]) : NULL;
}
