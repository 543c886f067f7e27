/* Scopes of a task nest, so the innermost open one at a moment is the last that was opened before it, or one of those around it.
 */
#include "trace/model_private.h"

bool trace_scope_is_open(const struct trace_scope *scope, uint32_t ordinal)
{
	return scope->opened <= ordinal && (scope->closed == TRACE_NONE || scope->closed > ordinal);
}

static bool is_after(const struct trace_model *model, uint32_t move, uint32_t ordinal)
{
	return move != TRACE_NONE && model->private->moves[move].ordinal > ordinal;
}

/* source: Myers 1983, An applicative random-access stack: a list in which each element knows one that is far back, too. */
uint64_t trace_scope_deadline_ns(const struct trace_model *model, uint32_t scope, uint32_t ordinal)
{
	const struct trace_move *moves = model->private->moves;
	uint32_t move = model->scopes[scope].moved;
	if (!is_after(model, move, ordinal))
		return model->scopes[scope].deadline_ns;
	/* the first one after the moment: what it moved was in force then */
	while (is_after(model, moves[move].previous, ordinal))
		move = is_after(model, moves[move].jump, ordinal) ? moves[move].jump
		                                                  : moves[move].previous;
	return moves[move].before_ns;
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
