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
	return from < until ? trace_track_sum(&it->notes, from, until) : 0;
}

size_t trace_lane_others(const struct trace_model *model, uint32_t lane, uint32_t first,
                         uint32_t end, uint32_t *last)
{
	const struct trace_lane *it = &model->lanes[lane];
	if (it->n_others == 0 || first >= end)
		return 0;
	size_t from = first > 0 ? trace_ordinals_until(it->others, it->n_others, first - 1) : 0;
	size_t until = trace_ordinals_until(it->others, it->n_others, end - 1);
	if (from < until && last != NULL)
		*last = it->others[until - 1];
	return until - from;
}

size_t trace_var_uses(const struct trace_var *var, uint32_t first, uint32_t end, size_t *from)
{
	*from = 0;
	if (first >= end)
		return 0;
	if (first > 0)
		*from = trace_ordinals_until(var->ordinals, var->n, first - 1);
	return trace_ordinals_until(var->ordinals, var->n, end - 1) - *from;
}

unsigned trace_var_used(const struct trace_var *var, size_t from, size_t until)
{
	return trace_track_sum(&var->uses, from, until);
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
