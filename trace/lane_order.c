/* Questions about a lane within a stretch of events instead of a stretch of time: what the event-order axis asks. A state is in
 * force from its own event to the event before the next one, so a step that takes no time is seen as well as any other.
 */
#include <string.h>

#include "trace/model_private.h"

#define END_BITS (TRACE_SEEN_DONE | TRACE_SEEN_CANCELLED | TRACE_SEEN_ERROR)

struct order_walk {
	struct trace_lane_past past;
	size_t next;       /* index of the first record that is not among the events walked over */
	size_t stride;     /* records in the cell before: the next one often has as many */
	size_t next_other; /* the same as `next` in `others` */
};

static struct order_walk walk_from(const struct trace_model *model, const struct trace_lane *lane,
                                   uint32_t first, uint32_t ordinal)
{
	struct order_walk w = {.past = trace_lane_until(model, lane, ordinal)};
	if (w.past.now == SIZE_MAX || first == 0)
		return w;
	w.next = trace_ordinals_until(lane->ordinals, lane->n, first - 1);
	w.next_other = trace_ordinals_until(lane->others, lane->n_others, first - 1);
	return w;
}

static bool is_end(const struct trace_lane *lane, size_t index)
{
	return lane->kind == TRACE_LANE_TASK && trace_track_sets(&lane->own)[index] & END_BITS;
}

/* Walk over events [first, end): sets the records that are in force within them, [*from, *until). */
static void walk_over(struct order_walk *w, uint32_t first, uint32_t end, size_t *from,
                      size_t *until)
{
	const struct trace_lane *lane = w->past.lane;
	size_t next = w->next;
	*from = *until = next;
	if (first >= end || first > w->past.moment)
		return;
	*until = w->next =
	        trace_ordinals_below(lane->ordinals, next, w->past.now + 1, end, next + w->stride);
	w->stride = w->next - next;
	bool begins = next < lane->n && lane->ordinals[next] == first;
	if (next > 0 && !begins && !is_end(lane, next - 1)) /* an end is an instant */
		*from = next - 1;
}

void trace_lane_seen_order(const struct trace_model *model, uint32_t lane, const uint32_t edges[],
                           size_t n_cells, uint32_t ordinal, uint8_t seen[])
{
	const struct trace_lane *l = &model->lanes[lane];
	size_t from, until;
	memset(seen, 0, n_cells);
	if (l->kind == TRACE_LANE_OBJECT || n_cells == 0)
		return;
	struct order_walk w = walk_from(model, l, edges[0], ordinal);
	for (size_t i = 0; i < n_cells && w.past.now != SIZE_MAX; i++) {
		if (edges[i] >= edges[i + 1])
			continue;
		walk_over(&w, edges[i], edges[i + 1], &from, &until);
		unsigned bits = trace_lane_past_seen(&w.past, from, until, 0);
		if (l->kind == TRACE_LANE_TASK && l->n_others > 0)
			bits |= trace_lane_past_cancels(&w.past, &w.next_other, edges[i + 1]);
		seen[i] = (uint8_t)bits;
	}
}

bool trace_object_range_order(const struct trace_model *model, uint32_t lane, uint32_t first,
                              uint32_t end, uint32_t ordinal, int64_t *low, int64_t *high)
{
	const struct trace_lane *l = &model->lanes[lane];
	size_t from, until;
	if (l->kind != TRACE_LANE_OBJECT)
		return false;
	struct order_walk w = walk_from(model, l, first, ordinal);
	if (w.past.now == SIZE_MAX)
		return false;
	walk_over(&w, first, end, &from, &until);
	struct trace_range sum = trace_lane_past_range(&w.past, from, until);
	if (sum.low > sum.high)
		return false;
	*low = sum.low;
	*high = sum.high;
	return true;
}
