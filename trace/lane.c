/* Questions about a lane. All of them are binary searches over the lane's own ordinals; what is seen within a
 * stretch of time is summed up by the lane's pyramid, save the state in force at the asked moment, whose end is
 * not in the file.
 */
#include <string.h>

#include "trace/model_private.h"

size_t trace_ordinals_from(const struct trace_model *model, const uint32_t *ordinals, size_t n,
                           uint64_t t_ns)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (trace_model_event(model, ordinals[middle])->t_ns < t_ns)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t trace_ordinals_until(const uint32_t *ordinals, size_t n, uint32_t ordinal)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (ordinals[middle] <= ordinal)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t trace_lane_at(const struct trace_lane *lane, uint32_t ordinal)
{
	if (ordinal == TRACE_NONE)
		return SIZE_MAX;
	return trace_ordinals_until(lane->ordinals, lane->n, ordinal) - 1;
}

uint32_t trace_model_moment(const struct trace_model *model, uint32_t ordinal, uint64_t *end_ns)
{
	*end_ns = model->status ? model->t_end_ns : UINT64_MAX;
	if (model->n_events == 0)
		return TRACE_NONE;
	uint32_t last = (uint32_t)(model->n_events - 1);
	if (ordinal >= last)
		return last;
	*end_ns = trace_model_event(model, ordinal)->t_ns;
	return ordinal;
}

static unsigned task_seen(const struct trace_model *model, const struct trace_record *r,
                          uint64_t end_ns)
{
	switch (r->sub) {
	case TRACE_STATE_READY:
		return TRACE_SEEN_READY;
	case TRACE_STATE_WAITING:
		return TRACE_SEEN_WAITING;
	case TRACE_STATE_RUNNING:
		return TRACE_SEEN_RUNNING |
		       (end_ns - r->t_ns >= model->private->blocked_ns ? TRACE_SEEN_BLOCKED : 0u);
	case TRACE_STATE_DONE:
		return r->arg == TRACE_OUTCOME_CANCELLED ? TRACE_SEEN_CANCELLED
		       : r->arg == TRACE_OUTCOME_ERROR   ? TRACE_SEEN_ERROR
		                                         : TRACE_SEEN_DONE;
	default:
		return 0;
	}
}

struct trace_summary trace_lane_interval(const struct trace_model *model,
                                         const struct trace_lane *lane, size_t index,
                                         uint64_t end_ns)
{
	struct trace_summary sum = TRACE_SUMMARY_NONE;
	const struct trace_record *r = trace_model_event(model, lane->ordinals[index]);
	if (lane->kind == TRACE_LANE_TASK)
		sum.seen = task_seen(model, r, end_ns);
	else if (lane->kind == TRACE_LANE_LOOP)
		sum.seen = r->sub == TRACE_PHASE_BEGIN ? TRACE_SEEN_RUNNING : TRACE_SEEN_WAITING;
	else if (lane->kind == TRACE_LANE_WORKER)
		sum.seen = r->sub == TRACE_WORKER_BUSY ? TRACE_SEEN_RUNNING : 0;
	else
		sum.low = sum.high = (int64_t)trace_join(r->b, r->c);
	return sum;
}

/* A lane and its model, as the leaves of its pyramid. */
struct lane_of {
	const struct trace_model *model;
	const struct trace_lane *lane;
};

static struct trace_summary closed_interval(const void *context, size_t index)
{
	const struct lane_of *of = context;
	uint64_t end_ns = trace_model_event(of->model, of->lane->ordinals[index + 1])->t_ns;
	return trace_lane_interval(of->model, of->lane, index, end_ns);
}

static unsigned delivered_seen(const struct trace_model *model, const struct trace_lane *lane,
                               uint64_t t0_ns, uint64_t t1_ns, uint32_t moment)
{
	size_t n = trace_ordinals_until(lane->others, lane->n_others, moment);
	for (size_t i = trace_ordinals_from(model, lane->others, n, t0_ns); i < n; i++) {
		const struct trace_record *r = trace_model_event(model, lane->others[i]);
		if (r->t_ns >= t1_ns)
			break;
		if (r->sub == TRACE_CANCEL_DELIVERED)
			return TRACE_SEEN_DELIVERED;
	}
	return 0;
}

/* The state record `now`, in force at the moment asked for, which ends at end_ns (UINT64_MAX: goes on). */
static struct trace_summary last_interval(const struct trace_model *model,
                                          const struct trace_lane *lane, size_t now,
                                          uint64_t end_ns, uint64_t t1_ns)
{
	uint64_t known_ns = end_ns;
	if (end_ns == UINT64_MAX) { /* how long it has lasted, as far as anybody knows */
		known_ns = model->private->now_ns > t1_ns ? model->private->now_ns : t1_ns;
		if (known_ns < model->t_end_ns)
			known_ns = model->t_end_ns;
	}
	return trace_lane_interval(model, lane, now, known_ns);
}

/* The summary of the records of a lane within [t0_ns, t1_ns), up to a moment. */
static struct trace_summary lane_sum(const struct trace_model *model, const struct trace_lane *lane,
                                     uint64_t t0_ns, uint64_t t1_ns, uint32_t ordinal)
{
	struct trace_summary sum = TRACE_SUMMARY_NONE;
	uint64_t end_ns;
	uint32_t moment = trace_model_moment(model, ordinal, &end_ns);
	size_t now = moment == TRACE_NONE ? SIZE_MAX : trace_lane_at(lane, moment);
	if (now == SIZE_MAX || t1_ns <= t0_ns)
		return sum;
	const struct trace_record *r = trace_model_event(model, lane->ordinals[now]);
	if (lane->kind == TRACE_LANE_TASK && r->sub == TRACE_STATE_DONE)
		end_ns = r->t_ns;
	size_t first = trace_ordinals_from(model, lane->ordinals, now + 1, t0_ns);
	size_t end = trace_ordinals_from(model, lane->ordinals, now + 1, t1_ns);
	struct lane_of of = {model, lane};
	if (first > 0) { /* what was in force before t0_ns, if it still is after it */
		size_t before = first - 1;
		uint64_t until_ns = end_ns;
		if (before < now)
			until_ns = trace_model_event(model, lane->ordinals[first])->t_ns;
		if (until_ns > t0_ns)
			sum = before < now ? closed_interval(&of, before)
			                   : last_interval(model, lane, now, end_ns, t1_ns);
	}
	if (end > now) {
		if (first <= now)
			sum = trace_summary_join(sum,
			                         last_interval(model, lane, now, end_ns, t1_ns));
		end = now;
	}
	if (first < end && lane->pyramid)
		sum = trace_summary_join(sum, trace_pyramid_query(lane->pyramid, first, end,
		                                                  closed_interval, &of));
	return sum;
}

unsigned trace_lane_seen(const struct trace_model *model, uint32_t lane, uint64_t t0_ns,
                         uint64_t t1_ns, uint32_t ordinal)
{
	const struct trace_lane *l = &model->lanes[lane];
	if (l->kind == TRACE_LANE_OBJECT)
		return 0;
	unsigned seen = lane_sum(model, l, t0_ns, t1_ns, ordinal).seen;
	if (l->kind == TRACE_LANE_TASK && l->n_others)
		seen |= delivered_seen(model, l, t0_ns, t1_ns, ordinal);
	return seen;
}

bool trace_object_range(const struct trace_model *model, uint32_t lane, uint64_t t0_ns,
                        uint64_t t1_ns, uint32_t ordinal, int64_t *low, int64_t *high)
{
	const struct trace_lane *l = &model->lanes[lane];
	if (l->kind != TRACE_LANE_OBJECT)
		return false;
	struct trace_summary sum = lane_sum(model, l, t0_ns, t1_ns, ordinal);
	if (sum.low > sum.high)
		return false;
	*low = sum.low;
	*high = sum.high;
	return true;
}

void trace_lane_state(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                      uint64_t now_ns, struct trace_state_now *out)
{
	const struct trace_lane *l = &model->lanes[lane];
	memset(out, 0, sizeof *out);
	size_t at = l->kind == TRACE_LANE_TASK ? trace_lane_at(l, ordinal) : SIZE_MAX;
	if (at == SIZE_MAX)
		return;
	const struct trace_record *r = trace_model_event(model, l->ordinals[at]);
	out->state = r->sub;
	out->where = r->d;
	out->since_ns = r->t_ns;
	switch (r->sub) {
	case TRACE_STATE_WAITING:
		out->on = r->arg & (uint16_t)~TRACE_TIMED;
		out->object = r->a;
		out->timed = r->arg & TRACE_TIMED;
		out->until_ns = out->timed ? trace_join(r->b, r->c) : 0;
		break;
	case TRACE_STATE_READY:
		out->why = r->arg;
		out->object = r->a;
		out->by = r->b;
		break;
	case TRACE_STATE_DONE:
		out->outcome = r->arg;
		out->value = r->a;
		break;
	default:
		out->blocked = now_ns >= r->t_ns && now_ns - r->t_ns >= model->blocked_ns;
	}
}
