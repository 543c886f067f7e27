/* Times to ordinals. The cells of a picture are cut at the same times in every lane, so each time is searched for once, in
 * the times of every 64th event and then in the file; lanes compare ordinals, which they have in memory.
 */
#include <stdlib.h>
#include <string.h>

#include "trace/model_private.h"

#define FEW 2u /* edges of a question that is not a picture's */

void trace_edges_fini(struct trace_edges *edges)
{
	free(edges->times_ns);
	free(edges->all);
	*edges = (struct trace_edges){0};
}

/* Return the first group, from `low` on, that begins at or after `t_ns`; the number of groups if none does. It is looked for in growing
 * steps: mostly it is near. */
static size_t find_group(const struct trace_events *events, size_t low, uint64_t t_ns)
{
	size_t n = (events->n + TRACE_EVENT_GROUP - 1) / TRACE_EVENT_GROUP, step = 1;
	while (low + step <= n && events->groups[low + step - 1].t_ns < t_ns) {
		low += step;
		step *= 2;
	}
	size_t high = low + step < n ? low + step : n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (events->groups[middle].t_ns < t_ns)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The events of the group in which a time is, [low, high), and the one that it is probably at: times are mostly spread evenly. */
struct place {
	size_t low, high, guess;
};

static struct place find_place(const struct trace_model *model, uint64_t t_ns, size_t from_group)
{
	const struct trace_events *events = &model->private->events;
	size_t n_groups = (events->n + TRACE_EVENT_GROUP - 1) / TRACE_EVENT_GROUP;
	size_t group = find_group(events, from_group, t_ns);
	if (group == 0)
		return (struct place){0};
	struct place at = {(group - 1) * TRACE_EVENT_GROUP + 1, group * TRACE_EVENT_GROUP, 0};
	if (at.high > model->n_events)
		at.high = model->n_events;
	uint64_t begin_ns = events->groups[group - 1].t_ns;
	uint64_t end_ns = group < n_groups ? events->groups[group].t_ns : model->t_end_ns;
	uint64_t part = TRACE_EVENT_GROUP;
	if (t_ns < end_ns)
		part = (uint64_t)((double)(t_ns - begin_ns) / (double)(end_ns - begin_ns) *
		                  (double)TRACE_EVENT_GROUP);
	at.guess = at.low + (part < at.high - at.low ? (size_t)part : at.high - at.low);
	return at;
}

/* Return the first event at or after `t_ns`, n_events if there is none: steps that grow lead from the guess to where it must be between. */
static size_t find_in(const struct trace_model *model, struct place at, uint64_t t_ns)
{
	size_t low = at.low, high = at.high, next = at.guess;
	for (size_t step = 1; low < high; step *= 2) {
		size_t probe = next < low ? low : next >= high ? high - 1 : next;
		if (trace_model_event(model, (uint32_t)probe)->t_ns < t_ns) {
			low = probe + 1;
			next = low + step - 1;
		} else {
			high = probe;
			next = high > step ? high - step : 0;
		}
		if (step >= 4)
			next = low + (high - low) / 2;
	}
	return low;
}

/* `from_group`: a group that begins before the time, or 0. */
static size_t first_from(const struct trace_model *model, uint64_t t_ns, size_t from_group)
{
	return find_in(model, find_place(model, t_ns, from_group), t_ns);
}

static struct trace_edge find_edge(const struct trace_model *model, uint64_t t_ns, size_t from)
{
	size_t from_group = from / TRACE_EVENT_GROUP;
	size_t first = first_from(model, t_ns, from_group), after = first;
	bool is_hit = first < model->n_events && t_ns < UINT64_MAX &&
	              trace_model_event(model, (uint32_t)first)->t_ns == t_ns;
	if (is_hit)
		after = first_from(model, t_ns + 1, first / TRACE_EVENT_GROUP);
	return (struct trace_edge){(uint32_t)first, (uint32_t)after};
}

static bool make_room(struct trace_edges *edges, size_t n)
{
	if (n <= edges->cap)
		return true;
	/* of this question, and behind it of the one before */
	uint64_t *times_ns = realloc(edges->times_ns, 2 * n * sizeof *times_ns);
	if (times_ns)
		edges->times_ns = times_ns;
	struct trace_edge *all = realloc(edges->all, 2 * n * sizeof *all);
	if (all)
		edges->all = all;
	if (times_ns && all)
		edges->cap = n;
	return times_ns && all;
}

/* Find the edges of times that never go back, with those of the question before at hand: a step of the playhead moves the last edge alone,
 * and a window that moves by whole columns keeps most. */
static void find_edges(const struct trace_model *model, const uint64_t times_ns[], size_t n,
                       struct trace_edges *edges, size_t n_before)
{
	const uint64_t *before_ns = edges->times_ns + edges->cap;
	const struct trace_edge *before = edges->all + edges->cap;
	size_t from = 0, known = 0;
	for (size_t i = 0; i < n; i++) {
		while (known < n_before && before_ns[known] < times_ns[i])
			known++;
		if (known < n_before && before_ns[known] == times_ns[i])
			edges->all[i] = before[known];
		else if (i > 0 && times_ns[i] == times_ns[i - 1])
			edges->all[i] = edges->all[i - 1];
		else
			edges->all[i] = find_edge(model, times_ns[i], from);
		from = edges->all[i].first;
	}
}

const struct trace_edge *trace_model_edges(const struct trace_model *model,
                                           const uint64_t times_ns[], size_t n)
{
	struct trace_model_private *p = model->private;
	struct trace_edges *edges = n > FEW ? &p->edges : &p->few_edges;
	if (edges->n == n && edges->n_events == model->n_events && n > 0 &&
	    !memcmp(edges->times_ns, times_ns, n * sizeof *times_ns))
		return edges->all;
	size_t n_before = edges->n_events == model->n_events && n <= edges->cap ? edges->n : 0;
	edges->n = 0;
	if (!make_room(edges, n))
		return NULL;
	memcpy(edges->times_ns + edges->cap, edges->times_ns, n_before * sizeof *times_ns);
	memcpy(edges->all + edges->cap, edges->all, n_before * sizeof *edges->all);
	find_edges(model, times_ns, n, edges, n_before);
	memcpy(edges->times_ns, times_ns, n * sizeof *times_ns);
	edges->n = n;
	edges->version++;
	edges->n_events = model->n_events;
	return edges->all;
}

uint32_t trace_model_at_time(const struct trace_model *model, uint64_t t_ns)
{
	size_t after = t_ns < UINT64_MAX ? first_from(model, t_ns + 1, 0) : model->n_events;
	return after ? (uint32_t)(after - 1) : TRACE_NONE;
}
