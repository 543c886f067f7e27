/* The queue: each task knows since which event it is ready, and that is its place. The queue of the moment that was asked for last is
 * kept, sorted; every lane of a picture asks for its place in the same one.
 */
#include "trace/ready.h"

#include <stdlib.h>
#include <string.h>

#include "trace/model_private.h"

static int by_since(const void *a, const void *b)
{
	const struct trace_ready_task *x = a, *y = b;
	return x->since < y->since ? -1 : x->since > y->since;
}

/* Return the queue at `ordinal`, `*n` tasks of it; NULL when it is empty, or without memory. */
static const struct trace_ready_task *queue_at(const struct trace_model *model, uint32_t ordinal,
                                               size_t *n)
{
	struct trace_moment *moment = &model->private->moment;
	const uint32_t *counts = trace_model_counts(model, ordinal);
	*n = 0;
	if (!counts)
		return NULL;
	if (!moment->has_ready && moment->n_lanes > moment->ready_cap) {
		free(moment->ready);
		moment->ready_cap = 0;
		moment->ready = malloc(moment->cap * sizeof *moment->ready);
		if (!moment->ready)
			return NULL;
		moment->ready_cap = moment->cap;
	}
	if (!moment->has_ready) {
		moment->n_ready = 0;
		for (uint32_t i = 0; i < model->n_lanes; i++) {
			const struct trace_lane *lane = &model->lanes[i];
			if (lane->kind == TRACE_LANE_TASK && counts[i] > 0 &&
			    trace_track_sets(&lane->own)[counts[i] - 1] & TRACE_SEEN_READY)
				moment->ready[moment->n_ready++] =
				        (struct trace_ready_task){lane->ordinals[counts[i] - 1], i};
		}
		if (moment->n_ready > 1)
			qsort(moment->ready, moment->n_ready, sizeof *moment->ready, by_since);
		moment->has_ready = true;
	}
	*n = moment->n_ready;
	return moment->ready;
}

size_t trace_model_ready(const struct trace_model *model, uint32_t ordinal, uint32_t lanes[],
                         size_t max)
{
	size_t n;
	if (ordinal == TRACE_NONE)
		return 0;
	const struct trace_ready_task *queue = queue_at(model, ordinal, &n);
	for (size_t i = 0; i < n && i < max; i++)
		lanes[i] = queue[i].lane;
	return n;
}

size_t trace_model_ready_place(const struct trace_model *model, uint32_t ordinal, uint32_t lane)
{
	size_t n;
	if (ordinal == TRACE_NONE)
		return 0;
	const struct trace_ready_task *queue = queue_at(model, ordinal, &n);
	const uint32_t *counts = trace_model_counts(model, ordinal);
	if (!n || !counts || counts[lane] == 0)
		return 0;
	const struct trace_ready_task wanted = {model->lanes[lane].ordinals[counts[lane] - 1],
	                                        lane};
	const struct trace_ready_task *found = bsearch(&wanted, queue, n, sizeof *queue, by_since);
	return found ? (size_t)(found - queue) + 1 : 0;
}

bool trace_model_is_fifo(const struct trace_model *model)
{
	return model->policy[0] == '\0' || strcmp(model->policy, "fifo") == 0;
}
