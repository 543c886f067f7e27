/* Deadlocks: tasks that wait for each other in a circle.
 *
 * A circle of locks and awaited tasks is found in the moment in which it closes, while other tasks may still run. What only the
 * end of the recording can tell (a semaphore with several holders, a queue that nobody fills) is found there.
 */
#include "trace/analysis/findings_private.h"

#include "trace/awaited.h"

#define HOPS_MAX  1000u
#define TRIES_MAX 16u

static bool gathers(unsigned on)
{
	return on == TRACE_ON_GATHER || on == TRACE_ON_GROUP || on == TRACE_ON_WAIT;
}

/* Return the first child of the task that has not ended at `ordinal`, TRACE_NONE when there is none: a guess at whom it gathers, in a
 * recording that does not say it. */
static uint32_t first_child_left(const struct trace_model *m, uint32_t lane, uint32_t ordinal)
{
	struct trace_state_now state;
	for (uint32_t i = lane + 1; i < m->n_lanes; i++) {
		if (m->lanes[i].kind != TRACE_LANE_TASK || m->lanes[i].parent != lane)
			continue;
		trace_lane_state(m, i, ordinal, 0, &state);
		if (state.state != 0 && state.state != TRACE_STATE_DONE)
			return i;
	}
	return TRACE_NONE;
}

bool trace_waits_for(const struct trace_model *m, uint32_t lane, uint32_t ordinal, uint32_t *object,
                     uint32_t *next)
{
	struct trace_state_now state;
	*object = *next = TRACE_NONE;
	trace_lane_state(m, lane, ordinal, 0, &state);
	if (state.state != TRACE_STATE_WAITING)
		return false;
	if (trace_on_is_task(state.on)) {
		*next = trace_model_lane(m, TRACE_LANE_TASK, state.object);
	} else if (gathers(state.on)) {
		if (trace_lane_awaited(m, lane, ordinal, next, 1) == 0)
			*next = first_child_left(m, lane, ordinal);
	} else if (state.object) {
		*object = trace_model_lane(m, TRACE_LANE_OBJECT, state.object);
		if (*object >= m->n_lanes)
			*object = TRACE_NONE;
		else if (trace_object_holders(m, *object, ordinal, next, 1) == 0)
			*next = TRACE_NONE;
	}
	return *next < m->n_lanes;
}

/* Whom the task waits for and cannot go on without; NULL when something else may wake it. */
static const struct life *must_wait_for(struct trace_findings *f, const struct life *life)
{
	if (life->state != TRACE_STATE_WAITING || life->timed || life->scope != NO_ONE ||
	    life->target == TRACE_NONE)
		return NULL;
	if (trace_on_is_task(life->on))
		return trace_life_of(f, life->target);
	const struct thing *thing = trace_thing_of(f, life->target);
	return thing && thing->n_holds == 1 ? trace_life_of(f, thing->holder) : NULL;
}

void trace_rule_stuck(const struct event *e, struct life *life)
{
	struct trace_findings *f = e->findings;
	const struct life *next = must_wait_for(f, life);
	unsigned hops = 1;
	uint32_t first = next ? next->lane : TRACE_NONE;
	while (next && next != life && hops++ < HOPS_MAX)
		next = must_wait_for(f, next);
	if (next != life)
		return;
	bool is_object = f->model->lanes[life->target].kind == TRACE_LANE_OBJECT;
	life->stuck = trace_finding_add(f, (struct trace_finding){.kind = TRACE_FINDING_DEADLOCK,
	                                                          .is_open = true,
	                                                          .ordinal = e->ordinal,
	                                                          .t_ns = e->r->t_ns,
	                                                          .lane = life->lane,
	                                                          .object = is_object ? life->target
	                                                                              : TRACE_NONE,
	                                                          .culprit = first,
	                                                          .where = e->r->d,
	                                                          .n_others = hops});
}

void trace_rule_unstuck(const struct event *e, struct life *life)
{
	trace_finding_close(e->findings, &life->stuck, e->r->t_ns);
}

/* Return a lane on a circle that begins somewhere behind `lane`, TRACE_NONE without one. Two walkers, one twice as fast. */
static uint32_t on_circle(const struct trace_model *m, uint32_t lane, uint32_t ordinal)
{
	uint32_t slow = lane, fast = lane, object;
	for (unsigned i = 0; i < HOPS_MAX; i++) {
		if (!trace_waits_for(m, fast, ordinal, &object, &fast) ||
		    !trace_waits_for(m, fast, ordinal, &object, &fast) ||
		    !trace_waits_for(m, slow, ordinal, &object, &slow))
			return TRACE_NONE;
		if (slow == fast)
			return slow;
	}
	return TRACE_NONE;
}

static uint32_t circle_length(const struct trace_model *m, uint32_t lane, uint32_t ordinal)
{
	uint32_t n = 0, at = lane, object;
	do {
		n++;
	} while (n < HOPS_MAX && trace_waits_for(m, at, ordinal, &object, &at) && at != lane);
	return n;
}

static bool is_known(const struct trace_findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->all[i].kind == TRACE_FINDING_DEADLOCK && f->all[i].is_open)
			return true;
	return false;
}

static uint32_t first_left(const struct trace_findings *f)
{
	uint32_t first = TRACE_NONE;
	for (size_t i = 0; i < f->n_lives; i++)
		if (f->lives[i].lane < first && f->lives[i].state == TRACE_STATE_WAITING)
			first = f->lives[i].lane;
	return first;
}

void trace_rule_end(const struct event *e)
{
	struct trace_findings *f = e->findings;
	const struct trace_model *m = f->model;
	if (e->r->sub != TRACE_STATUS_DEADLOCK || is_known(f))
		return;
	uint32_t circle = TRACE_NONE, lane = first_left(f), object = TRACE_NONE, next = TRACE_NONE;
	for (size_t i = 0; i < f->n_lives && i < TRIES_MAX && circle == TRACE_NONE; i++)
		if (f->lives[i].lane != TRACE_NONE)
			circle = on_circle(m, f->lives[i].lane, e->ordinal);
	if (circle != TRACE_NONE)
		lane = circle;
	if (lane != TRACE_NONE)
		trace_waits_for(m, lane, e->ordinal, &object, &next);
	trace_finding_add(f, (struct trace_finding){.kind = TRACE_FINDING_DEADLOCK,
	                                            .ordinal = e->ordinal,
	                                            .t_ns = e->r->t_ns,
	                                            .lane = lane == TRACE_NONE ? 0 : lane,
	                                            .object = object,
	                                            .culprit = next,
	                                            .n_others = circle != TRACE_NONE
	                                                                ? circle_length(m, circle,
	                                                                                e->ordinal)
	                                                                : (uint32_t)f->n_living});
}
