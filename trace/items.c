/* The items of a queue from its level alone: every change is recorded, one item each. In a queue those that are in it are the last ones
 * that were put in, as many as it holds; in a stack the item at each height is the one with which that height was reached last.
 */
#include "trace/items.h"

#define VISITS_MAX 4096u

static int64_t level_of(const struct trace_model *model, const struct trace_lane *lane, size_t at)
{
	const struct trace_record *record = trace_model_event(model, lane->ordinals[at]);
	return (int64_t)trace_join(record->b, record->c);
}

/* The last put of each height from the present one down: what is on top comes first. */
static size_t of_stack(const struct trace_model *model, const struct trace_lane *lane, size_t at,
                       uint32_t puts[], size_t max)
{
	int64_t height = level_of(model, lane, at);
	size_t n = 0;
	for (size_t i = at, visits = 0; height > 0 && n < max && visits < VISITS_MAX; visits++) {
		int64_t here = level_of(model, lane, i),
		        before = i > 0 ? level_of(model, lane, i - 1) : 0;
		if (here == height && before == height - 1) {
			puts[n++] = lane->ordinals[i];
			height--;
		}
		if (i-- == 0)
			break;
	}
	return n;
}

/* Count the puts backwards, to the one that is taken next; then list them forwards. */
static size_t of_queue(const struct trace_model *model, const struct trace_lane *lane, size_t at,
                       uint32_t puts[], size_t max)
{
	int64_t left = level_of(model, lane, at);
	size_t first = at + 1, n = 0;
	for (size_t visits = 0; left > 0; visits++) {
		if (first == 0 || visits >= VISITS_MAX)
			return 0;
		first--;
		int64_t before = first > 0 ? level_of(model, lane, first - 1) : 0;
		int64_t change = level_of(model, lane, first) - before;
		if (change > 1 || change < -1)
			return 0;
		left -= change == 1;
	}
	for (size_t i = first; i <= at && n < max; i++) {
		int64_t before = i > 0 ? level_of(model, lane, i - 1) : 0;
		if (level_of(model, lane, i) == before + 1)
			puts[n++] = lane->ordinals[i];
	}
	return n;
}

size_t trace_items_at(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                      uint32_t puts[], size_t max)
{
	const struct trace_lane *it = &model->lanes[lane];
	size_t at = it->kind == TRACE_LANE_OBJECT && ordinal != TRACE_NONE
	                    ? trace_lane_at(it, ordinal)
	                    : SIZE_MAX;
	if (at == SIZE_MAX)
		return 0;
	if (it->object_kind == TRACE_OBJECT_QUEUE)
		return of_queue(model, it, at, puts, max);
	return it->object_kind == TRACE_OBJECT_LIFO_QUEUE ? of_stack(model, it, at, puts, max) : 0;
}
