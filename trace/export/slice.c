/* Intervals, found in the lanes' lists of records: nothing is copied, so a long recording costs no memory. */
#include "trace/export/slice.h"

#define PROGRESS_EVERY 65536u

/* The name of the slice that a record begins; NULL when it begins none. */
static const char *slice_name(const struct trace_lane *lane, const struct trace_record *r)
{
	switch (lane->kind) {
	case TRACE_LANE_TASK:
		return trace_state_name(r->sub);
	case TRACE_LANE_LOOP:
		return r->sub == TRACE_PHASE_BEGIN ? "iteration" : NULL;
	case TRACE_LANE_WORKER:
		return r->sub == TRACE_WORKER_IDLE ? NULL : trace_worker_state_name(r->sub);
	default:
		return NULL;
	}
}

bool trace_slice_at(const struct trace_export *export, const struct trace_lane *lane, size_t i,
                    struct trace_slice *out)
{
	const struct trace_record *r = trace_model_event(export->model, lane->ordinals[i]);
	const char *name = slice_name(lane, r);
	if (!name || r->t_ns >= export->to_ns)
		return false;
	bool is_done = lane->kind == TRACE_LANE_TASK && r->sub == TRACE_STATE_DONE;
	bool is_last = i + 1 >= lane->n;
	uint64_t end_ns = is_last ? export->end_ns
	                          : trace_model_event(export->model, lane->ordinals[i + 1])->t_ns;
	if (is_done)
		end_ns = r->t_ns;
	bool is_open = !is_done && (is_last || end_ns > export->end_ns);
	if (end_ns > export->end_ns)
		end_ns = export->end_ns;
	if (end_ns < r->t_ns)
		end_ns = r->t_ns;
	if (end_ns < export->from_ns || (end_ns == export->from_ns && r->t_ns < export->from_ns))
		return false;
	*out = (struct trace_slice){.lane = lane,
	                            .r = r,
	                            .name = name,
	                            .ordinal = lane->ordinals[i],
	                            .begin_ns = trace_export_time(export, r->t_ns),
	                            .end_ns = end_ns,
	                            .is_open = is_open};
	return true;
}

size_t trace_slice_first(const struct trace_export *export, const struct trace_lane *lane)
{
	if (export->from_ns == 0)
		return 0;
	uint32_t before = trace_model_at_time(export->model, export->from_ns - 1);
	size_t at = before == TRACE_NONE ? SIZE_MAX : trace_lane_at(lane, before);
	return at == SIZE_MAX ? 0 : at;
}

struct trace_slices trace_slices_begin(const struct trace_export *export)
{
	return (struct trace_slices){.export = export, .i = SIZE_MAX};
}

static void tell(struct trace_slices *slices)
{
	const struct trace_export *export = slices->export;
	if (export->progress && ++slices->walked % PROGRESS_EVERY == 0)
		export->progress(export->progress_arg, slices->walked, export->model->n_events);
}

bool trace_slices_next(struct trace_slices *slices, struct trace_slice *out)
{
	const struct trace_model *m = slices->export->model;
	for (; slices->position < m->n_lanes; slices->position++, slices->i = SIZE_MAX) {
		const struct trace_lane *lane = &m->lanes[m->order[slices->position]];
		if (lane->kind == TRACE_LANE_OBJECT ||
		    !trace_export_has_lane(slices->export, m->order[slices->position]))
			continue;
		if (slices->i == SIZE_MAX)
			slices->i = trace_slice_first(slices->export, lane);
		while (slices->i < lane->n) {
			tell(slices);
			if (trace_slice_at(slices->export, lane, slices->i++, out))
				return true;
		}
	}
	return false;
}
