/* A depth-first walk along "waits for": from a task to the tasks that it awaits, or to those that hold what it waits for.
 * Short by nature, so it is bounded instead of remembered: a path has at most PATH_MAX tasks and the walk WORK_MAX
 * steps. A gather of a thousand tasks is not walked through for one sentence.
 */
#include "viz/explain/cycle.h"

#include "trace/awaited.h"
#include "viz/explain/explain.h"

#define CYCLE_PATH_MAX 64u
#define CYCLE_WORK_MAX 4096u
#define TRIES_MAX      256u /* tasks from which a circle is looked for */

struct walk {
	const struct trace_model *model;
	uint32_t ordinal;
	uint32_t path[CYCLE_PATH_MAX];
	size_t n, from; /* from: where on the path the circle begins */
	size_t work;
};

/* Write whom the task waits for; nobody when its wait ends by itself. */
static size_t blockers(const struct walk *w, uint32_t lane, uint32_t lanes[], size_t max)
{
	struct viz_moment m = viz_moment_of(w->model, lane, w->ordinal, 0);
	if (m.state.state != TRACE_STATE_WAITING || m.state.timed)
		return 0;
	uint32_t object = viz_object_of_wait(&m);
	size_t n = m.state.on != TRACE_ON_LOCK && m.state.on != TRACE_ON_SEMAPHORE
	                   ? trace_lane_awaited(w->model, lane, w->ordinal, lanes, max)
	           : object != TRACE_NONE
	                   ? trace_object_holders(w->model, object, w->ordinal, lanes, max)
	                   : 0;
	return n < max ? n : max;
}

static bool find_from(struct walk *w, uint32_t lane)
{
	uint32_t next[CYCLE_PATH_MAX];
	for (size_t i = 0; i < w->n; i++) {
		if (w->path[i] == lane) {
			w->from = i;
			return true;
		}
	}
	if (w->n == CYCLE_PATH_MAX || w->work++ > CYCLE_WORK_MAX)
		return false;
	w->path[w->n++] = lane;
	size_t n = blockers(w, lane, next, CYCLE_PATH_MAX);
	for (size_t i = 0; i < n; i++) {
		if (find_from(w, next[i]))
			return true;
	}
	w->n--;
	return false;
}

size_t viz_cycle_of(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                    uint32_t lanes[], size_t max)
{
	struct walk w = {.model = model, .ordinal = ordinal};
	if (ordinal == TRACE_NONE || !find_from(&w, lane) || w.n - w.from > max)
		return 0;
	for (size_t i = w.from; i < w.n; i++)
		lanes[i - w.from] = w.path[i];
	return w.n - w.from;
}

uint32_t viz_cycle_find(const struct trace_model *model, uint32_t ordinal)
{
	uint32_t lanes[CYCLE_PATH_MAX], next;
	struct walk w = {.model = model, .ordinal = ordinal};
	for (uint32_t i = 0, n = 0; ordinal != TRACE_NONE && i < model->n_lanes && n < TRIES_MAX;
	     i++) {
		if (model->lanes[i].kind != TRACE_LANE_TASK || blockers(&w, i, &next, 1) == 0)
			continue;
		n++;
		if (viz_cycle_of(model, i, ordinal, lanes, CYCLE_PATH_MAX) > 0)
			return lanes[0];
	}
	return TRACE_NONE;
}
