/* The part of a recording that is exported, and the walk over it.
 *
 * Rejected: to write the part as a recording of its own and to export that. References to what was left out (who woke
 * this task?) would have to be forged.
 */
#include "trace/export/export.h"

#include <stdlib.h>
#include <string.h>

#define PROGRESS_EVERY 65536u

void trace_export_init(struct trace_export *export, const struct trace_model *model)
{
	*export = (struct trace_export){.model = model,
	                                .to_ns = UINT64_MAX,
	                                .end_ns = trace_model_now_ns(model)};
}

void trace_export_fini(struct trace_export *export)
{
	free(export->lanes);
	export->lanes = NULL;
}

int trace_export_window(struct trace_export *export, uint64_t from_ns, uint64_t to_ns,
                        struct trace_error *error)
{
	uint64_t end_ns = trace_model_now_ns(export->model);
	if (from_ns >= to_ns)
		return trace_error_set(error, TRACE_EFORMAT, 0,
		                       "nothing to export: the part ends where it begins");
	if (from_ns > end_ns)
		return trace_error_set(error, TRACE_EFORMAT, 0,
		                       "nothing to export: the recording ends at %llu ns",
		                       (unsigned long long)end_ns);
	export->from_ns = from_ns;
	export->to_ns = to_ns;
	export->end_ns = end_ns < to_ns ? end_ns : to_ns;
	return TRACE_OK;
}

uint64_t trace_export_time(const struct trace_export *export, uint64_t t_ns)
{
	return t_ns < export->from_ns ? export->from_ns : t_ns;
}

/* Whether nothing of the lane reaches into the window. */
static bool is_over(const struct trace_export *export, const struct trace_lane *lane)
{
	if (lane->kind != TRACE_LANE_TASK || lane->n == 0)
		return false;
	const struct trace_record *last =
	        trace_model_event(export->model, lane->ordinals[lane->n - 1]);
	return last->sub == TRACE_STATE_DONE && last->t_ns < export->from_ns;
}

bool trace_export_has_lane(const struct trace_export *export, uint32_t index)
{
	const struct trace_model *m = export->model;
	if (index >= m->n_lanes || (export->lanes && !export->lanes[index]))
		return false;
	if (index == 0)
		return true;
	const struct trace_lane *lane = &m->lanes[index];
	return trace_model_event(m, lane->born)->t_ns < export->to_ns && !is_over(export, lane);
}

uint32_t trace_export_lane_of(const struct trace_export *export, const struct trace_record *r)
{
	const struct trace_model *m = export->model;
	switch (r->kind) {
	case TRACE_TASK:
	case TRACE_STATE:
	case TRACE_CANCEL:
	case TRACE_SCOPE:
	case TRACE_VAR:
	case TRACE_LOG:
	case TRACE_ERROR:
	case TRACE_AWAIT:
	case TRACE_NAME:
		return r->id ? trace_model_lane(m, TRACE_LANE_TASK, r->id) : 0;
	case TRACE_CORO:
		return r->a ? trace_model_lane(m, TRACE_LANE_TASK, r->a) : 0;
	case TRACE_OBJECT:
	case TRACE_LEVEL:
	case TRACE_HOLD:
		return trace_model_lane(m, TRACE_LANE_OBJECT, r->id);
	case TRACE_WORKER:
		return trace_model_lane(m, TRACE_LANE_WORKER, r->id);
	default:
		return 0;
	}
}

/* What is about the whole recording is kept whatever lanes were chosen. */
static bool is_common(const struct trace_record *r)
{
	return r->kind == TRACE_MARK || r->kind == TRACE_LOST || r->kind == TRACE_END;
}

static bool is_exported(const struct trace_export *export, const struct trace_record *r)
{
	if (!export->lanes || is_common(r))
		return true;
	uint32_t lane = trace_export_lane_of(export, r);
	if (lane == TRACE_NONE || !export->lanes[lane])
		return false;
	uint32_t holder = r->kind == TRACE_HOLD && r->a
	                          ? trace_model_lane(export->model, TRACE_LANE_TASK, r->a)
	                          : 0;
	return r->kind != TRACE_HOLD || holder == TRACE_NONE || export->lanes[holder];
}

static void tell(const struct trace_export *export, uint32_t ordinal)
{
	if (export->progress && ordinal % PROGRESS_EVERY == 0)
		export->progress(export->progress_arg, ordinal, export->model->n_events);
}

/* ---- the prologue: what was in force at the window's begin */

enum stage { BORN, HELD, IN_FORCE, STAGES };

/* Find the lane's last record of its own before the window; false if there is none. */
static bool in_force(const struct trace_lane *lane, uint32_t before, uint32_t *ordinal)
{
	size_t at = trace_lane_at(lane, before);
	if (at == SIZE_MAX)
		return false;
	*ordinal = lane->ordinals[at];
	return true;
}

/* A hold counts when nothing later, before the window, gives the object back. */
static bool is_held(const struct trace_export *export, const struct trace_lane *lane, size_t i,
                    uint32_t before)
{
	const struct trace_record *hold = trace_model_event(export->model, lane->others[i]);
	if (hold->kind != TRACE_HOLD || !hold->sub || !is_exported(export, hold))
		return false;
	for (size_t k = i + 1; k < lane->n_others && lane->others[k] <= before; k++) {
		const struct trace_record *r = trace_model_event(export->model, lane->others[k]);
		if (r->a == hold->a && !r->sub)
			return false;
	}
	return true;
}

static bool next_hold(struct trace_walk *walk, const struct trace_lane *lane, uint32_t before,
                      uint32_t *ordinal)
{
	while (lane->kind == TRACE_LANE_OBJECT && walk->other < lane->n_others &&
	       lane->others[walk->other] <= before) {
		size_t i = walk->other++;
		if (is_held(walk->export, lane, i, before)) {
			*ordinal = lane->others[i];
			return true;
		}
	}
	return false;
}

/* Take the next event of the prologue: every lane's creation first, since states name other lanes. */
static bool next_in_force(struct trace_walk *walk, uint32_t before, uint32_t *ordinal)
{
	const struct trace_export *export = walk->export;
	const struct trace_model *m = export->model;
	for (; walk->stage < STAGES; walk->stage++, walk->lane = 0)
		for (; walk->lane < m->n_lanes; walk->lane++, walk->other = 0) {
			const struct trace_lane *lane = &m->lanes[walk->lane];
			if ((walk->lane > 0 && lane->born > before) ||
			    !trace_export_has_lane(export, walk->lane))
				continue;
			if (walk->stage == HELD) {
				if (next_hold(walk, lane, before, ordinal))
					return true;
				continue;
			}
			bool is_told = walk->stage == BORN
			                       ? walk->lane > 0 && lane->kind != TRACE_LANE_WORKER
			                       : true;
			*ordinal = lane->born;
			if (!is_told ||
			    (walk->stage == IN_FORCE && !in_force(lane, before, ordinal)))
				continue;
			walk->lane++;
			return true;
		}
	return false;
}

struct trace_walk trace_walk_begin(const struct trace_export *export)
{
	struct trace_walk walk = {.export = export, .stage = STAGES};
	if (export->from_ns == 0)
		return walk;
	uint32_t before = trace_model_at_time(export->model, export->from_ns - 1);
	walk.ordinal = before == TRACE_NONE ? 0 : before + 1;
	walk.stage = before == TRACE_NONE ? STAGES : BORN;
	return walk;
}

bool trace_walk_next(struct trace_walk *walk, uint32_t *ordinal, uint64_t *t_ns)
{
	const struct trace_export *export = walk->export;
	if (walk->stage < STAGES && next_in_force(walk, walk->ordinal - 1, ordinal)) {
		*t_ns = export->from_ns;
		return true;
	}
	for (; walk->ordinal < export->model->n_events; walk->ordinal++) {
		const struct trace_record *r = trace_model_event(export->model, walk->ordinal);
		tell(export, walk->ordinal);
		if (r->t_ns >= export->to_ns && export->to_ns != UINT64_MAX)
			return false;
		if (!is_exported(export, r))
			continue;
		*ordinal = walk->ordinal++;
		*t_ns = r->t_ns;
		return true;
	}
	return false;
}
