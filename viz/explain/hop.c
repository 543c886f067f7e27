/* One hop, never the web: whole chains of arrows hide what they explain.
 */
#include "viz/explain/hop.h"

#include "trace/awaited.h"
#include "viz/explain/explain.h"

/* The lane of a task id; of 0 the loop's. */
static uint32_t task_lane(const struct trace_model *model, uint32_t id)
{
	return id == 0 ? 0 : trace_model_lane(model, TRACE_LANE_TASK, id);
}

static const char *const waking[TRACE_WHY_END] = {
        [TRACE_WHY_START] = "creates",    [TRACE_WHY_TIMER] = "timer",
        [TRACE_WHY_RELEASE] = "releases", [TRACE_WHY_SET] = "sets",
        [TRACE_WHY_PUT] = "puts",         [TRACE_WHY_GET] = "takes",
        [TRACE_WHY_DONE] = "is done",     [TRACE_WHY_CANCEL] = "cancels",
        [TRACE_WHY_IO] = "I/O",           [TRACE_WHY_THREAD] = "thread done",
        [TRACE_WHY_NOTIFY] = "notifies",  [TRACE_WHY_ERROR] = "fails",
};

/* What a STATE record of a task says about somebody else. */
static bool hop_of_state(const struct trace_model *model, uint32_t ordinal, struct viz_hop *hop)
{
	const struct trace_record *record = trace_model_event(model, ordinal);
	uint32_t lane = task_lane(model, record->id), awaited;
	if (record->sub == TRACE_STATE_READY && record->arg < TRACE_WHY_END &&
	    waking[record->arg] != NULL) {
		*hop = (struct viz_hop){task_lane(model, record->b), lane, waking[record->arg]};
		return hop->from != hop->to;
	}
	if (record->sub != TRACE_STATE_WAITING)
		return false;
	struct viz_moment moment = viz_moment_of(model, lane, ordinal, record->t_ns);
	uint32_t object = viz_object_of_wait(&moment);
	if (object == TRACE_NONE && trace_lane_awaited(model, lane, ordinal, &awaited, 1) > 0)
		object = awaited;
	*hop = (struct viz_hop){lane, object, "waits for"};
	return object != TRACE_NONE;
}

static bool hop_of_event(const struct trace_model *model, uint32_t ordinal, struct viz_hop *hop)
{
	const struct trace_record *record = trace_model_event(model, ordinal);
	switch (record->kind) {
	case TRACE_STATE:
		return hop_of_state(model, ordinal, hop);
	case TRACE_TASK:
		*hop = (struct viz_hop){task_lane(model, record->b), task_lane(model, record->id),
		                        "creates"};
		return true;
	case TRACE_CANCEL:
		*hop = (struct viz_hop){task_lane(model, record->a), task_lane(model, record->id),
		                        "cancels"};
		return record->sub == TRACE_CANCEL_REQUESTED && hop->from != hop->to;
	case TRACE_WORKER:
		*hop = (struct viz_hop){task_lane(model, record->a),
		                        trace_model_lane(model, TRACE_LANE_WORKER, record->id),
		                        "gives work to"};
		return record->sub == TRACE_WORKER_BUSY && record->a != 0;
	default:
		return false;
	}
}

static bool is_known(const struct viz_hop *hop)
{
	return hop->from != TRACE_NONE && hop->to != TRACE_NONE && hop->from != hop->to;
}

bool viz_hop_of(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                struct viz_hop *hop)
{
	if (ordinal == TRACE_NONE || lane >= model->n_lanes || ordinal >= model->n_events)
		return false;
	if (hop_of_event(model, ordinal, hop) && is_known(hop) &&
	    (hop->from == lane || hop->to == lane))
		return true;
	const struct trace_lane *it = &model->lanes[lane];
	size_t at = it->kind == TRACE_LANE_TASK ? trace_lane_at(it, ordinal) : SIZE_MAX;
	return at != SIZE_MAX && hop_of_state(model, it->ordinals[at], hop) && is_known(hop);
}
