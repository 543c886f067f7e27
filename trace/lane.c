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

static unsigned worker_seen(const struct trace_record *r)
{
	return r->sub == TRACE_WORKER_BUSY      ? TRACE_SEEN_RUNNING
	       : r->sub == TRACE_WORKER_WAITING ? TRACE_SEEN_WAITING
	                                        : 0;
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
		sum.seen = worker_seen(r);
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

/* A walk along a lane, up to a moment: asked for one stretch of time after the other, it searches only forward. */
struct walk {
	struct lane_of of;
	size_t now;      /* index of the record in force at the moment; SIZE_MAX: none is yet */
	uint64_t end_ns; /* when that one ends; UINT64_MAX: it goes on */
	size_t next;     /* index of the first record at or after the time walked to */
};

static struct walk walk_from(const struct trace_model *model, const struct trace_lane *lane,
                             uint64_t t0_ns, uint32_t ordinal)
{
	struct walk w = {.of = {model, lane}, .now = SIZE_MAX};
	uint32_t moment = trace_model_moment(model, ordinal, &w.end_ns);
	w.now = moment == TRACE_NONE ? SIZE_MAX : trace_lane_at(lane, moment);
	if (w.now == SIZE_MAX)
		return w;
	const struct trace_record *r = trace_model_event(model, lane->ordinals[w.now]);
	if (lane->kind == TRACE_LANE_TASK && r->sub == TRACE_STATE_DONE)
		w.end_ns = r->t_ns;
	w.next = trace_ordinals_from(model, lane->ordinals, w.now + 1, t0_ns);
	return w;
}

/* The first of the records from `next` on that is at or after t_ns, looked for in growing steps: mostly it is near. */
static size_t gallop(const struct walk *w, uint64_t t_ns)
{
	const uint32_t *ordinals = w->of.lane->ordinals;
	size_t low = w->next, step = 1, n = w->now + 1;
	while (low + step <= n &&
	       trace_model_event(w->of.model, ordinals[low + step - 1])->t_ns < t_ns) {
		low += step;
		step *= 2;
	}
	size_t high = low + step < n ? low + step : n;
	return low + trace_ordinals_from(w->of.model, ordinals + low, high - low, t_ns);
}

/* What was in force before t0_ns, if it still is after it. */
static struct trace_summary carried_over(const struct walk *w, uint64_t t0_ns, uint64_t t1_ns)
{
	if (w->next == 0)
		return TRACE_SUMMARY_NONE;
	size_t before = w->next - 1;
	bool is_closed = before < w->now;
	uint64_t until_ns = w->end_ns;
	if (is_closed)
		until_ns = trace_model_event(w->of.model, w->of.lane->ordinals[w->next])->t_ns;
	if (until_ns <= t0_ns)
		return TRACE_SUMMARY_NONE;
	return is_closed ? closed_interval(&w->of, before)
	                 : last_interval(w->of.model, w->of.lane, w->now, w->end_ns, t1_ns);
}

/* The summary of the lane within [t0_ns, t1_ns); t0_ns is the time walked to, t1_ns will be. */
static struct trace_summary walk_to(struct walk *w, uint64_t t0_ns, uint64_t t1_ns)
{
	if (w->now == SIZE_MAX || t1_ns <= t0_ns)
		return TRACE_SUMMARY_NONE;
	struct trace_summary sum = carried_over(w, t0_ns, t1_ns);
	size_t first = w->next, end = gallop(w, t1_ns);
	w->next = end;
	if (end > w->now) {
		if (first <= w->now)
			sum = trace_summary_join(sum, last_interval(w->of.model, w->of.lane, w->now,
			                                            w->end_ns, t1_ns));
		end = w->now;
	}
	if (first < end && w->of.lane->pyramid)
		sum = trace_summary_join(sum, trace_pyramid_query(w->of.lane->pyramid, first, end,
		                                                  closed_interval, &w->of));
	return sum;
}

void trace_lane_seen_row(const struct trace_model *model, uint32_t lane, const uint64_t edges_ns[],
                         size_t n_cells, uint32_t ordinal, uint8_t seen[])
{
	const struct trace_lane *l = &model->lanes[lane];
	memset(seen, 0, n_cells);
	if (l->kind == TRACE_LANE_OBJECT || n_cells == 0)
		return;
	struct walk w = walk_from(model, l, edges_ns[0], ordinal);
	bool has_cancels = l->kind == TRACE_LANE_TASK && l->n_others;
	for (size_t i = 0; i < n_cells; i++) {
		uint64_t t0_ns = edges_ns[i], t1_ns = edges_ns[i + 1];
		unsigned bits = walk_to(&w, t0_ns, t1_ns).seen;
		if (has_cancels)
			bits |= delivered_seen(model, l, t0_ns, t1_ns, ordinal);
		seen[i] = (uint8_t)bits;
	}
}

unsigned trace_lane_seen(const struct trace_model *model, uint32_t lane, uint64_t t0_ns,
                         uint64_t t1_ns, uint32_t ordinal)
{
	uint8_t seen;
	trace_lane_seen_row(model, lane, (const uint64_t[]){t0_ns, t1_ns}, 1, ordinal, &seen);
	return seen;
}

bool trace_object_range(const struct trace_model *model, uint32_t lane, uint64_t t0_ns,
                        uint64_t t1_ns, uint32_t ordinal, int64_t *low, int64_t *high)
{
	const struct trace_lane *l = &model->lanes[lane];
	if (l->kind != TRACE_LANE_OBJECT)
		return false;
	struct walk w = walk_from(model, l, t0_ns, ordinal);
	struct trace_summary sum = walk_to(&w, t0_ns, t1_ns);
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
