/* Scopes of a task nest, so the innermost open one at a moment is the last that was opened before it, or one of those around it.
 */
#include "trace/model_private.h"

bool trace_scope_is_open(const struct trace_scope *scope, uint32_t ordinal)
{
	return scope->opened <= ordinal && (scope->closed == TRACE_NONE || scope->closed > ordinal);
}

uint64_t trace_scope_deadline_ns(const struct trace_model *model, uint32_t scope, uint32_t ordinal)
{
	uint64_t deadline_ns = model->scopes[scope].deadline_ns;
	uint32_t move = model->scopes[scope].moved;
	while (move != TRACE_NONE && model->private->moves[move].ordinal > ordinal) {
		deadline_ns = model->private->moves[move].before_ns;
		move = model->private->moves[move].previous;
	}
	return deadline_ns;
}

uint32_t trace_lane_scope(const struct trace_model *model, uint32_t lane, uint32_t ordinal)
{
	const struct trace_lane *it = &model->lanes[lane];
	size_t low = 0, high = ordinal == TRACE_NONE ? 0 : it->n_scopes;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (model->scopes[it->scopes[middle]].opened <= ordinal)
			low = middle + 1;
		else
			high = middle;
	}
	uint32_t scope = low > 0 ? it->scopes[low - 1] : TRACE_NONE;
	while (scope != TRACE_NONE && !trace_scope_is_open(&model->scopes[scope], ordinal))
		scope = model->scopes[scope].outer;
	return scope;
}
