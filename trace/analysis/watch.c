/* The state that the rules look at, kept up to date event by event, and the order in which the rules are asked.
 *
 * Ended lives are used again, so memory follows the tasks that live at once, beside four bytes a lane. Records that contradict each other (an
 * imported trace, a damaged one) change the state to what the last one says; no rule relies on more.
 */
#include "trace/analysis/findings_private.h"

#include <stdlib.h>
#include <string.h>

#include "trace/array.h"

static const struct step no_step = {.lane = TRACE_NONE};

void trace_watch_reset(struct trace_findings *f)
{
	f->n_by_lane = f->n_lives = f->n_living = f->n_things = f->n_jobs = 0;
	f->n_variables = f->n_reads = f->n_last_steps = f->n_limits = f->n_contended = 0;
	f->free_limit = f->free_read = NO_ONE;
	trace_id_map_fini(&f->variable_of);
	f->free_life = f->ready_first = f->ready_last = NO_ONE;
	f->step = f->tick = no_step;
	f->step_finding = f->tick_finding = NO_ONE;
	f->in_tick = f->main_ended = false;
	f->n_awaits = f->n_points = 0;
}

void trace_watch_fini(struct trace_findings *f)
{
	free(f->by_lane);
	free(f->lives);
	free(f->things);
	free(f->jobs);
	free(f->variables);
	trace_id_map_fini(&f->variable_of);
	free(f->reads);
	free(f->limits_open);
}

/* Return the place of a lane's life or thing, made when it is new; NULL without memory, and where what made the lane was lost. */
static uint32_t *slot_of(struct trace_findings *f, uint32_t lane)
{
	if (lane >= f->model->n_lanes)
		return NULL;
	while (f->n_by_lane <= lane) {
		if (trace_array_reserve(&f->by_lane, f->n_by_lane, &f->by_lane_cap,
		                        sizeof *f->by_lane)) {
			f->failure = TRACE_ESYSTEM;
			return NULL;
		}
		f->by_lane[f->n_by_lane++] = NO_ONE;
	}
	return &f->by_lane[lane];
}

struct life *trace_life_of(const struct trace_findings *f, uint32_t lane)
{
	if (lane >= f->n_by_lane || f->by_lane[lane] == NO_ONE ||
	    f->model->lanes[lane].kind != TRACE_LANE_TASK)
		return NULL;
	return &f->lives[f->by_lane[lane]];
}

struct life *trace_life_of_id(const struct trace_findings *f, uint32_t task)
{
	return task ? trace_life_of(f, trace_model_lane(f->model, TRACE_LANE_TASK, task)) : NULL;
}

struct thing *trace_thing_of(struct trace_findings *f, uint32_t lane)
{
	uint32_t *slot = slot_of(f, lane);
	if (!slot)
		return NULL;
	if (*slot != NO_ONE)
		return &f->things[*slot];
	if (trace_array_reserve(&f->things, f->n_things, &f->things_cap, sizeof *f->things)) {
		f->failure = TRACE_ESYSTEM;
		return NULL;
	}
	*slot = (uint32_t)f->n_things;
	f->things[f->n_things] = (struct thing){
	        .lane = lane,
	        .kind = f->model->lanes[lane].object_kind,
	        .holder = TRACE_NONE,
	        .busy_began = TRACE_NONE,
	        .keeper = TRACE_NONE,
	        .growing = NO_ONE,
	        .jammed = NO_ONE,
	        .convoy = NO_ONE,
	        .inverted = NO_ONE,
	};
	return &f->things[f->n_things++];
}

/* Return a place for a life, NULL without memory. */
static struct life *take_life(struct trace_findings *f)
{
	uint32_t number = f->free_life;
	if (number != NO_ONE) {
		f->free_life = f->lives[number].next_free;
		return &f->lives[number];
	}
	if (trace_array_reserve(&f->lives, f->n_lives, &f->lives_cap, sizeof *f->lives)) {
		f->failure = TRACE_ESYSTEM;
		return NULL;
	}
	return &f->lives[f->n_lives++];
}

static void begin_life(const struct event *e)
{
	struct trace_findings *f = e->findings;
	uint32_t lane = trace_model_lane(f->model, TRACE_LANE_TASK, e->r->id);
	uint32_t *slot = slot_of(f, lane);
	struct life *life = slot ? take_life(f) : NULL;
	if (!life)
		return;
	*slot = (uint32_t)(life - f->lives);
	f->n_living++;
	*life = (struct life){
	        .lane = lane,
	        .parent = f->model->lanes[lane].parent,
	        .since = e->ordinal,
	        .since_ns = e->r->t_ns,
	        .target = TRACE_NONE,
	        .ahead = NO_ONE,
	        .behind = NO_ONE,
	        .starved = NO_ONE,
	        .spinning = NO_ONE,
	        .reads = NO_ONE,
	        .stuck = NO_ONE,
	        .scope = NO_ONE,
	        .cancelled_by = TRACE_NONE,
	        .born_in = f->step.lane == TRACE_NONE ? TRACE_NONE : f->step.ordinal,
	};
	trace_rule_created(e, life);
}

static void end_life(struct trace_findings *f, struct life *life)
{
	uint32_t number = (uint32_t)(life - f->lives);
	trace_rule_scopes_end(f, life);
	f->by_lane[life->lane] = NO_ONE;
	life->next_free = f->free_life;
	life->lane = TRACE_NONE;
	f->free_life = number;
	f->n_living--;
}

/* What a waiting task waits for, as a lane; TRACE_NONE when it is not recorded. */
static uint32_t target_of(const struct trace_findings *f, const struct trace_record *r)
{
	if (!r->a)
		return TRACE_NONE;
	bool is_task = trace_on_is_task(r->arg & (unsigned)~TRACE_TIMED);
	uint32_t lane =
	        trace_model_lane(f->model, is_task ? TRACE_LANE_TASK : TRACE_LANE_OBJECT, r->a);
	return lane < f->model->n_lanes ? lane : TRACE_NONE;
}

/* The end of the state that the life was in. */
static void leave(const struct event *e, struct life *life)
{
	struct trace_findings *f = e->findings;
	if (life->state == TRACE_STATE_RUNNING && f->step.lane == life->lane)
		trace_rule_step_end(e);
	else if (life->state == TRACE_STATE_READY)
		trace_rule_unready(e, life);
	else if (life->state == TRACE_STATE_WAITING)
		trace_rule_unstuck(e, life);
	life->target = TRACE_NONE;
}

static void enter_waiting(const struct event *e, struct life *life)
{
	struct trace_findings *f = e->findings;
	life->on = e->r->arg & (uint16_t)~TRACE_TIMED;
	life->timed = e->r->arg & TRACE_TIMED;
	life->until_ns = trace_join(e->r->b, e->r->c);
	life->target = target_of(f, e->r);
	trace_rule_no_yield(f, life, e->r->t_ns);
	trace_rule_awaits(e, life);
	trace_rule_stuck(e, life);
}

static void enter_ready(const struct event *e, struct life *life, uint8_t from)
{
	if (from == TRACE_STATE_WAITING && e->r->arg == TRACE_WHY_TIMER)
		trace_rule_timer(e, life);
	if (from == TRACE_STATE_RUNNING && e->r->arg == TRACE_WHY_YIELD)
		trace_rule_yield(e, life, &e->findings->step);
	trace_rule_ready(e, life);
}

static void judge_state(const struct event *e)
{
	struct trace_findings *f = e->findings;
	struct life *life = trace_life_of_id(f, e->r->id);
	if (!life)
		return; /* it has ended before: the validator speaks of that */
	uint8_t from = life->state;
	leave(e, life);
	life->state = e->r->sub;
	switch (e->r->sub) {
	case TRACE_STATE_READY:
		enter_ready(e, life, from);
		break;
	case TRACE_STATE_RUNNING:
		trace_rule_step_begin(e, life->lane);
		life->n_created = 0;
		if (e->r->arg == TRACE_STILLBORN)
			trace_rule_stillborn(e, life);
		break;
	case TRACE_STATE_WAITING:
		enter_waiting(e, life);
		break;
	default:
		trace_rule_no_yield(f, life, e->r->t_ns);
		trace_rule_done(e, life);
		break;
	}
	if (from == TRACE_STATE_RUNNING)
		f->step = no_step;
	if (e->r->sub == TRACE_STATE_DONE) {
		end_life(f, life);
		return;
	}
	if (e->r->sub == TRACE_STATE_RUNNING)
		f->step = (struct step){life->lane, e->ordinal, e->r->d, e->r->t_ns, 0};
	life->since = e->ordinal;
	life->since_ns = e->r->t_ns;
}

static void judge_call(const struct event *e)
{
	struct trace_findings *f = e->findings;
	if (e->r->sub == TRACE_PHASE_BEGIN) {
		trace_rule_step_begin(e, 0);
		f->step = (struct step){0, e->ordinal, e->r->d, e->r->t_ns, 0};
	} else if (f->step.lane == 0) {
		trace_rule_step_end(e);
		f->step = no_step;
	}
}

void trace_watch_event(const struct event *e)
{
	switch (e->r->kind) {
	case TRACE_TASK:
		begin_life(e);
		break;
	case TRACE_STATE:
		judge_state(e);
		break;
	case TRACE_CANCEL:
		trace_rule_cancel(e);
		break;
	case TRACE_LEVEL:
		trace_rule_level(e);
		break;
	case TRACE_HOLD:
		trace_rule_hold(e);
		break;
	case TRACE_SCOPE:
		trace_rule_scope(e);
		break;
	case TRACE_CALL:
		judge_call(e);
		break;
	case TRACE_TICK:
		trace_rule_tick(e);
		break;
	case TRACE_WORKER:
		trace_rule_worker(e);
		break;
	case TRACE_VAR:
		trace_rule_var(e);
		break;
	case TRACE_CORO:
		trace_rule_coro(e);
		break;
	case TRACE_ERROR:
		trace_rule_error(e);
		break;
	case TRACE_MARK:
		trace_rule_mark(e);
		break;
	case TRACE_END:
		trace_rule_end(e);
		break;
	default:
		break;
	}
}

void trace_watch_now(struct trace_findings *f, uint64_t now_ns)
{
	trace_rule_step_now(f, now_ns);
	trace_rule_pool_now(f, now_ns);
}
