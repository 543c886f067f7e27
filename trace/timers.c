/* The heap at a moment, from what each lane says of itself: its wait names its deadline. Sorting these by deadline and then by
 * the record that set them gives the very order in which the loop serves them.
 */
#include "trace/timers.h"

#include <stdlib.h>
#include <string.h>

/* A list that grows. Without memory it becomes empty, and stays so. */
struct list {
	struct trace_timer *items;
	size_t n, cap;
	bool failed;
};

static void add(struct list *list, struct trace_timer item)
{
	if (list->n == list->cap && !list->failed) {
		size_t cap = list->cap > 0 ? 2 * list->cap : 32;
		struct trace_timer *items = realloc(list->items, cap * sizeof *items);
		list->failed = items == NULL;
		if (items != NULL) {
			list->items = items;
			list->cap = cap;
		}
	}
	if (list->failed)
		list->n = 0;
	else
		list->items[list->n++] = item;
}

static int by_deadline(const void *a, const void *b)
{
	const struct trace_timer *x = a, *y = b;
	if (x->deadline_ns != y->deadline_ns)
		return x->deadline_ns < y->deadline_ns ? -1 : 1;
	return x->set < y->set ? -1 : x->set > y->set;
}

/* Return the state record of a task that waits, NULL if it does not, and its ordinal. `n_past`: its records so far. */
static const struct trace_record *wait_of(const struct trace_model *model, uint32_t lane,
                                          uint32_t n_past, uint32_t *since)
{
	const struct trace_lane *it = &model->lanes[lane];
	if (it->kind != TRACE_LANE_TASK || n_past == 0 ||
	    !(trace_track_sets(&it->own)[n_past - 1] & TRACE_SEEN_WAITING))
		return NULL;
	*since = it->ordinals[n_past - 1];
	return trace_model_event(model, *since);
}

/* Return the time of the last iteration that had begun: it has served all timers up to there. 0: none had. */
static uint64_t served_ns(const struct trace_model *model, uint32_t ordinal)
{
	const struct trace_lane *loop = &model->lanes[0];
	for (size_t at = trace_lane_at(loop, ordinal); at != SIZE_MAX;
	     at = at > 0 ? at - 1 : SIZE_MAX) {
		const struct trace_record *record = trace_model_event(model, loop->ordinals[at]);
		if (record->sub == TRACE_PHASE_BEGIN)
			return record->t_ns;
	}
	return 0;
}

static void add_scopes(const struct trace_model *model, uint32_t ordinal, struct list *list)
{
	uint64_t done_ns = served_ns(model, ordinal);
	for (size_t i = 0; i < model->n_scopes; i++) {
		const struct trace_scope *scope = &model->scopes[i];
		if (scope->opened > ordinal)
			break; /* in the order in which they were opened */
		if (!trace_scope_is_open(scope, ordinal))
			continue;
		uint64_t deadline_ns = trace_scope_deadline_ns(model, (uint32_t)i, ordinal);
		if (deadline_ns != UINT64_MAX && deadline_ns > done_ns)
			add(list, (struct trace_timer){.deadline_ns = deadline_ns,
			                               .lane = scope->lane,
			                               .set = scope->opened,
			                               .is_scope = true});
	}
}

size_t trace_timers_at(const struct trace_model *model, uint32_t ordinal,
                       struct trace_timer timers[], size_t max)
{
	struct list list = {.n = 0};
	if (ordinal == TRACE_NONE)
		return 0;
	const uint32_t *n_past = trace_model_counts(model, ordinal);
	for (uint32_t lane = 0; n_past != NULL && lane < model->n_lanes; lane++) {
		uint32_t since;
		const struct trace_record *record = wait_of(model, lane, n_past[lane], &since);
		if (record != NULL && (record->arg & TRACE_TIMED) != 0)
			add(&list,
			    (struct trace_timer){.deadline_ns = trace_join(record->b, record->c),
			                         .lane = lane,
			                         .set = since});
	}
	add_scopes(model, ordinal, &list);
	if (list.n > 1)
		qsort(list.items, list.n, sizeof *list.items, by_deadline);
	for (size_t i = 0; i < list.n && i < max; i++)
		timers[i] = list.items[i];
	free(list.items);
	return list.n;
}
