/* Walking back: a step is preceded by being ready, being ready by whoever made the task so. Where that was a task, the path goes on
 * in it; where it was the clock, a thread or the system, the wait itself is on the path.
 *
 * Every move leads to a record with a lower ordinal, so the walk ends even in a recording that makes no sense.
 */
#include "trace/analysis/path.h"

#include <stdlib.h>

#include "trace/array.h"

/* A place on the way back: the record `index` of `lane` is in force up to t_ns. */
struct place {
	uint32_t lane;
	size_t index;
	uint64_t t_ns;
};

static const struct trace_record *record_of(const struct trace_model *m, const struct place *at,
                                            size_t index)
{
	return trace_model_event(m, m->lanes[at->lane].ordinals[index]);
}

static bool is_same(const struct trace_path_part *a, const struct trace_path_part *b)
{
	return a->kind == b->kind && a->lane == b->lane && a->on == b->on && a->object == b->object;
}

/* Put a part before all others. Empty ones are left out. */
static int add(struct trace_path *path, struct trace_path_part part)
{
	if (part.t0_ns >= part.t1_ns)
		return TRACE_OK;
	struct trace_path_part *last = path->n ? &path->parts[path->n - 1] : NULL;
	if (last && is_same(last, &part)) {
		last->t0_ns = part.t0_ns;
		last->ordinal = part.ordinal;
		return TRACE_OK;
	}
	if (trace_array_reserve(&path->parts, path->n, &path->cap, sizeof part))
		return TRACE_ESYSTEM;
	path->parts[path->n++] = part;
	return TRACE_OK;
}

/* The task that has the thread after all that happened at t_ns. */
static uint32_t running_at(const struct trace_model *m, uint64_t t_ns)
{
	uint32_t ordinal = trace_model_at_time(m, t_ns);
	return ordinal == TRACE_NONE ? TRACE_NONE : trace_model_running(m, ordinal);
}

/* The part that record `index` of the place's lane stands for, up to t_ns. */
static int add_state(struct trace_path *path, const struct trace_model *m, const struct place *at)
{
	const struct trace_record *r = record_of(m, at, at->index);
	struct trace_path_part part = {
	        .kind = TRACE_PATH_RUNNING,
	        .lane = at->lane,
	        .object = TRACE_NONE,
	        .by = TRACE_NONE,
	        .t0_ns = r->t_ns,
	        .t1_ns = at->t_ns,
	        .ordinal = m->lanes[at->lane].ordinals[at->index],
	};
	if (r->sub == TRACE_STATE_DONE)
		part.kind = TRACE_PATH_LOOP, part.lane = 0;
	if (r->sub == TRACE_STATE_READY) {
		part.kind = TRACE_PATH_READY;
		part.by = running_at(m, part.t0_ns);
	}
	if (r->sub != TRACE_STATE_WAITING)
		return add(path, part);
	part.kind = TRACE_PATH_WAITING;
	part.on = r->arg & (uint16_t)~TRACE_TIMED;
	if (r->a && !trace_on_is_task(part.on)) {
		part.object = trace_model_lane(m, TRACE_LANE_OBJECT, r->a);
		if (part.object >= m->n_lanes)
			part.object = TRACE_NONE;
	}
	uint64_t until_ns = trace_join(r->b, r->c);
	if ((r->arg & TRACE_TIMED) && until_ns >= r->t_ns && until_ns < at->t_ns) {
		struct trace_path_part late = part;
		late.kind = TRACE_PATH_LATE;
		late.by = running_at(m, until_ns);
		late.t0_ns = part.t1_ns = until_ns;
		if (add(path, late))
			return TRACE_ESYSTEM;
	}
	return add(path, part);
}

/* The task that made the place's task ready; 0: none did. What is cancelled by the loop after the end of main is so because of that end. */
static uint32_t waker_of(const struct trace_model *m, const struct trace_record *r,
                         uint32_t ordinal)
{
	struct trace_state_now state;
	if (r->b != 0 || r->arg != TRACE_WHY_CANCEL)
		return r->b;
	for (uint32_t i = 1; i < m->n_lanes; i++) {
		if (m->lanes[i].kind != TRACE_LANE_TASK)
			continue;
		trace_lane_state(m, i, ordinal, 0, &state);
		return state.state == TRACE_STATE_DONE ? m->lanes[i].id : 0;
	}
	return 0;
}

/* Go from a READY record to the task that made it so; false when that was not a task. */
static bool go_to_waker(const struct trace_model *m, struct place *at)
{
	const struct trace_record *r = record_of(m, at, at->index);
	uint32_t ordinal = m->lanes[at->lane].ordinals[at->index];
	if (r->sub != TRACE_STATE_READY || ordinal == 0)
		return false;
	uint32_t by = waker_of(m, r, ordinal);
	if (by == 0)
		return false;
	uint32_t waker = trace_model_lane(m, TRACE_LANE_TASK, by);
	if (waker >= m->n_lanes || waker == at->lane)
		return false;
	size_t index = trace_lane_at(&m->lanes[waker], ordinal - 1);
	if (index == SIZE_MAX)
		return false;
	at->lane = waker;
	at->index = index;
	return true;
}

static bool has_no_end(const struct trace_model *m, const struct trace_lane *lane)
{
	return trace_model_event(m, lane->ordinals[lane->n - 1])->sub != TRACE_STATE_DONE;
}

/* The task that ends last; of several the first that was made. */
static bool find_end(const struct trace_model *m, struct place *at)
{
	bool found = false;
	for (uint32_t i = 1; i < m->n_lanes; i++) {
		const struct trace_lane *lane = &m->lanes[i];
		if (lane->kind != TRACE_LANE_TASK || lane->n == 0)
			continue;
		uint64_t end_ns = has_no_end(m, lane)
		                          ? trace_model_now_ns(m)
		                          : trace_model_event(m, lane->ordinals[lane->n - 1])->t_ns;
		if (found && end_ns <= at->t_ns)
			continue;
		*at = (struct place){i, lane->n - 1, end_ns};
		found = true;
	}
	return found;
}

static void reverse(struct trace_path *path)
{
	for (size_t i = 0; i < path->n / 2; i++) {
		struct trace_path_part part = path->parts[i];
		path->parts[i] = path->parts[path->n - 1 - i];
		path->parts[path->n - 1 - i] = part;
	}
}

int trace_path_find(struct trace_path *path, const struct trace_model *m)
{
	struct place at = {.lane = 0};
	*path = (struct trace_path){.parts = NULL};
	if (!find_end(m, &at))
		return TRACE_OK;
	for (;;) {
		if (add_state(path, m, &at))
			goto fail;
		at.t_ns = record_of(m, &at, at.index)->t_ns;
		if (go_to_waker(m, &at))
			continue;
		if (at.index == 0)
			break;
		at.index--;
	}
	uint64_t begin_ns = trace_model_event(m, 0)->t_ns;
	if (add(path, (struct trace_path_part){.kind = TRACE_PATH_LOOP,
	                                       .object = TRACE_NONE,
	                                       .by = TRACE_NONE,
	                                       .t0_ns = begin_ns,
	                                       .t1_ns = at.t_ns}))
		goto fail;
	reverse(path);
	return TRACE_OK;
fail:
	trace_path_fini(path);
	return TRACE_ESYSTEM;
}

void trace_path_fini(struct trace_path *path)
{
	free(path->parts);
	*path = (struct trace_path){.parts = NULL};
}

const char *trace_path_kind_name(enum trace_path_kind kind)
{
	static const char *const names[] = {
	        [TRACE_PATH_RUNNING] = "running", [TRACE_PATH_READY] = "ready",
	        [TRACE_PATH_WAITING] = "waiting", [TRACE_PATH_LATE] = "late",
	        [TRACE_PATH_LOOP] = "loop",
	};
	return names[kind];
}
