/* Scopes: opened, their deadlines moved, closed.
 */
#include "trace/apply/apply.h"
#include "trace/array.h"

static int push_scope(struct trace_lane *lane, uint32_t scope)
{
	size_t cap = lane->scopes_cap;
	if (trace_array_reserve(&lane->scopes, lane->n_scopes, &cap, sizeof *lane->scopes) ||
	    cap > UINT32_MAX)
		return TRACE_ESYSTEM;
	lane->scopes_cap = (uint32_t)cap;
	lane->scopes[lane->n_scopes++] = scope;
	return TRACE_OK;
}

static int move_deadline(const struct trace_applied *a, struct trace_scope *scope,
                         uint64_t deadline_ns)
{
	struct trace_model_private *p = a->private;
	if (trace_array_reserve(&p->moves, p->n_moves, &p->moves_cap, sizeof *p->moves))
		return trace_model_no_memory(a->error);
	struct trace_move move = {.ordinal = a->ordinal,
	                          .before_ns = scope->deadline_ns,
	                          .previous = scope->moved,
	                          .jump = scope->moved};
	if (scope->moved != TRACE_NONE) {
		/* two jumps of one length become one that is twice as long */
		const struct trace_move *last = &p->moves[scope->moved];
		const struct trace_move *far =
		        last->jump != TRACE_NONE ? &p->moves[last->jump] : NULL;
		const struct trace_move *farther =
		        far && far->jump != TRACE_NONE ? &p->moves[far->jump] : NULL;
		move.n_before = last->n_before + 1;
		if (farther && last->n_before - far->n_before == far->n_before - farther->n_before)
			move.jump = far->jump;
	}
	p->moves[p->n_moves] = move;
	scope->moved = (uint32_t)p->n_moves++;
	scope->deadline_ns = deadline_ns;
	return TRACE_OK;
}

int trace_apply_scope(const struct trace_applied *a)
{
	struct trace_model *m = a->model;
	const struct trace_record *r = a->r;
	uint32_t task = r->id ? trace_id_map_get(&a->private->tasks, r->id) : 0;
	if (task == TRACE_ID_UNKNOWN)
		return trace_apply_damaged(a, offsetof(struct trace_record, id),
		                           "scope of unknown task", r->id);
	uint64_t deadline_ns = r->arg & TRACE_TIMED ? trace_join(r->b, r->c) : UINT64_MAX;
	uint32_t known = trace_id_map_get(&a->private->scopes, r->a);
	struct trace_scope *scope = known == TRACE_ID_UNKNOWN ? NULL : &m->scopes[known];
	if (!(r->arg & 1)) {
		if (scope && scope->closed == TRACE_NONE)
			scope->closed = a->ordinal;
		return TRACE_OK;
	}
	if (scope && scope->closed == TRACE_NONE)
		return move_deadline(a, scope, deadline_ns);
	if (trace_array_reserve(&m->scopes, m->n_scopes, &a->private->scopes_cap, sizeof *scope) ||
	    trace_id_map_put(&a->private->scopes, r->a, (uint32_t)m->n_scopes))
		return trace_model_no_memory(a->error);
	struct trace_lane *lane = &m->lanes[task];
	uint32_t outer = trace_lane_scope(m, task, a->ordinal);
	if (push_scope(lane, (uint32_t)m->n_scopes))
		return trace_model_no_memory(a->error);
	m->scopes[m->n_scopes++] = (struct trace_scope){
	        .lane = task,
	        .outer = outer,
	        .kind = r->sub,
	        .opened = a->ordinal,
	        .closed = TRACE_NONE,
	        .deadline_ns = deadline_ns,
	        .moved = TRACE_NONE,
	};
	return TRACE_OK;
}
