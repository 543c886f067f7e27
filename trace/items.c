/* The items of a queue from its level alone: every change is recorded, one item each. In a queue those that are in it are the last ones
 * that were put in, as many as it holds; in a stack the item at each height is the one with which that height was reached last. Which one a priority queue gives away
 * only the items tell, which are recorded when they are small numbers.
 */
#include "trace/items.h"

#include <string.h>

#define VISITS_MAX 4096u
#define HEAP_MAX   512u

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

bool trace_item_of(const struct trace_record *record, int32_t *item)
{
	bool is_told =
	        record->kind == TRACE_LEVEL && record->sub > 0 && record->sub < TRACE_ITEM_OP_END;
	if (is_told)
		*item = (int32_t)record->d;
	return is_told;
}

/* What a priority queue holds, the smallest first, and of equal ones the oldest. */
struct heap {
	const struct trace_model *model;
	size_t n;
	uint32_t puts[HEAP_MAX];
};

static int32_t item_at(const struct trace_model *model, uint32_t put)
{
	return (int32_t)trace_model_event(model, put)->d;
}

static bool heap_put(struct heap *heap, uint32_t ordinal)
{
	size_t at = heap->n;
	if (heap->n == HEAP_MAX)
		return false;
	int32_t item = item_at(heap->model, ordinal);
	for (; at > 0 && item_at(heap->model, heap->puts[at - 1]) > item; at--)
		heap->puts[at] = heap->puts[at - 1];
	heap->puts[at] = ordinal;
	heap->n++;
	return true;
}

static bool heap_take(struct heap *heap, int32_t item)
{
	size_t at = 0;
	while (at < heap->n && item_at(heap->model, heap->puts[at]) != item)
		at++;
	if (at == heap->n)
		return false;
	heap->n--;
	memmove(heap->puts + at, heap->puts + at + 1, (heap->n - at) * sizeof *heap->puts);
	return true;
}

/* Back to when it was empty, then forwards again. */
static size_t of_heap(const struct trace_model *model, const struct trace_lane *lane, size_t at,
                      uint32_t puts[], size_t max)
{
	struct heap heap = {.model = model};
	size_t from = at;
	while (from > 0 && level_of(model, lane, from) != 0 && at - from < HEAP_MAX)
		from--;
	if (level_of(model, lane, from) != 0)
		return 0;
	for (size_t i = from + 1; i <= at; i++) {
		const struct trace_record *record = trace_model_event(model, lane->ordinals[i]);
		int32_t item;
		int64_t change = level_of(model, lane, i) - level_of(model, lane, i - 1);
		if (change == 0)
			continue; /* somebody has come to wait, or gone */
		if (!trace_item_of(record, &item) ||
		    !(change == 1 ? heap_put(&heap, lane->ordinals[i])
		                  : change == -1 && heap_take(&heap, item)))
			return 0;
	}
	size_t n = heap.n < max ? heap.n : max;
	memcpy(puts, heap.puts, n * sizeof *puts);
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
	size_t n = 0;
	if (it->object_kind == TRACE_OBJECT_QUEUE)
		n = of_queue(model, it, at, puts, max);
	else if (it->object_kind == TRACE_OBJECT_PRIORITY_QUEUE)
		n = of_heap(model, it, at, puts, max);
	else if (it->object_kind == TRACE_OBJECT_LIFO_QUEUE)
		n = of_stack(model, it, at, puts, max);
	/* where the oldest part is missing, the first level may be that of a take */
	for (size_t i = 0; i < n; i++)
		if (trace_model_event(model, puts[i])->sub == TRACE_ITEM_TAKEN)
			return 0;
	return n;
}
