/* Questions about a lane within a stretch of events instead of a stretch of time: what the event-order axis asks. A state is in
 * force from its own event to the event before the next one, so a step that takes no time is seen as well as any other.
 */
#include <string.h>

#include "trace/model_private.h"

struct order_walk {
	const struct trace_model *model;
	const struct trace_lane *lane;
	size_t now;      /* index of the record in force at the moment; SIZE_MAX: none is yet */
	uint32_t moment; /* the last event that counts */
	uint64_t end_ns; /* when the state in force at the moment ends; UINT64_MAX: it goes on */
	size_t next;     /* index of the first record that is not among the events walked over */
};

static struct order_walk walk_from(const struct trace_model *model, const struct trace_lane *lane,
                                   uint32_t first, uint32_t ordinal)
{
	struct order_walk w = {.model = model, .lane = lane, .now = SIZE_MAX};
	w.moment = trace_model_moment(model, ordinal, &w.end_ns);
	if (w.moment == TRACE_NONE)
		return w;
	w.now = trace_lane_at(lane, w.moment);
	w.next = first > 0 ? trace_ordinals_until(lane->ordinals, lane->n, first - 1) : 0;
	return w;
}

static struct trace_summary leaf(const void *context, size_t index)
{
	const struct order_walk *w = context;
	uint64_t end_ns = w->end_ns;
	if (index < w->now)
		end_ns = trace_model_event(w->model, w->lane->ordinals[index + 1])->t_ns;
	else if (end_ns == UINT64_MAX)
		end_ns = w->model->private->now_ns;
	uint64_t since_ns = trace_model_event(w->model, w->lane->ordinals[index])->t_ns;
	return trace_lane_interval(w->model, w->lane, index, end_ns > since_ns ? end_ns : since_ns);
}

static bool is_end(const struct order_walk *w, size_t index)
{
	return w->lane->kind == TRACE_LANE_TASK &&
	       trace_model_event(w->model, w->lane->ordinals[index])->sub == TRACE_STATE_DONE;
}

/* Sum up the events [first, end), `first` being where the walk has come to. */
static struct trace_summary walk_to(struct order_walk *w, uint32_t first, uint32_t end)
{
	struct trace_summary sum = TRACE_SUMMARY_NONE;
	if (w->now == SIZE_MAX || first >= end || first > w->moment)
		return sum;
	uint32_t last = end - 1 < w->moment ? end - 1 : w->moment;
	const uint32_t *ordinals = w->lane->ordinals;
	size_t step = 1, low = w->next; /* growing steps: mostly it is near */
	while (low + step <= w->lane->n && ordinals[low + step - 1] <= last) {
		low += step;
		step *= 2;
	}
	size_t high = low + step < w->lane->n ? low + step : w->lane->n;
	bool begins = w->next < w->lane->n && ordinals[w->next] == first;
	size_t from = w->next > 0 && !begins ? w->next - 1 : w->next; /* in force at `first` */
	size_t until = low + trace_ordinals_until(ordinals + low, high - low, last);
	w->next = until;
	if (from < until && ordinals[from] < first && is_end(w, from))
		from++; /* an end is an instant */
	if (until > w->now + 1)
		until = w->now + 1;
	if (from < until && until == w->now + 1)
		sum = leaf(w, --until);
	if (from < until && w->lane->pyramid)
		sum = trace_summary_join(sum, trace_pyramid_query(w->lane->pyramid, from, until,
		                                                  leaf, w));
	return sum;
}

static unsigned delivered_seen(const struct order_walk *w, uint32_t first, uint32_t end)
{
	const struct trace_lane *lane = w->lane;
	uint32_t last = end - 1 < w->moment ? end - 1 : w->moment;
	size_t n = trace_ordinals_until(lane->others, lane->n_others, last);
	for (; n > 0 && lane->others[n - 1] >= first; n--)
		if (trace_model_event(w->model, lane->others[n - 1])->sub == TRACE_CANCEL_DELIVERED)
			return TRACE_SEEN_DELIVERED;
	return 0;
}

void trace_lane_seen_order(const struct trace_model *model, uint32_t lane, const uint32_t edges[],
                           size_t n_cells, uint32_t ordinal, uint8_t seen[])
{
	const struct trace_lane *l = &model->lanes[lane];
	memset(seen, 0, n_cells);
	if (l->kind == TRACE_LANE_OBJECT || n_cells == 0)
		return;
	struct order_walk w = walk_from(model, l, edges[0], ordinal);
	bool has_cancels = l->kind == TRACE_LANE_TASK && l->n_others > 0;
	for (size_t i = 0; i < n_cells && w.now != SIZE_MAX; i++) {
		unsigned bits = walk_to(&w, edges[i], edges[i + 1]).seen;
		if (has_cancels && edges[i] < edges[i + 1])
			bits |= delivered_seen(&w, edges[i], edges[i + 1]);
		seen[i] = (uint8_t)bits;
	}
}

bool trace_object_range_order(const struct trace_model *model, uint32_t lane, uint32_t first,
                              uint32_t end, uint32_t ordinal, int64_t *low, int64_t *high)
{
	const struct trace_lane *l = &model->lanes[lane];
	if (l->kind != TRACE_LANE_OBJECT)
		return false;
	struct order_walk w = walk_from(model, l, first, ordinal);
	struct trace_summary sum = walk_to(&w, first, end);
	if (sum.low > sum.high)
		return false;
	*low = sum.low;
	*high = sum.high;
	return true;
}
