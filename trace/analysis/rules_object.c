/* What is wrong with an object: a queue that only grows, a pool without a free thread, a lock that is never free, a lock whose
 * holder is kept from running. */
#include "trace/analysis/findings_private.h"

#define GROWS_NS 50000000u /* shorter growth is a burst */

static bool is_queue(uint8_t kind)
{
	return kind == TRACE_OBJECT_QUEUE || kind == TRACE_OBJECT_LIFO_QUEUE ||
	       kind == TRACE_OBJECT_PRIORITY_QUEUE;
}

static bool is_lock(const struct trace_findings *f, const struct thing *thing)
{
	bool counts = thing->kind == TRACE_OBJECT_SEMAPHORE ||
	              thing->kind == TRACE_OBJECT_BOUNDED_SEMAPHORE;
	return thing->kind == TRACE_OBJECT_LOCK ||
	       (counts && f->model->lanes[thing->lane].capacity == 1);
}

/* Return the open finding of `kind` about a thing, added where there is none yet: it began when somebody came in line. NULL: it is
 * counted and not kept. */
static struct trace_finding *open_finding(struct trace_findings *f, const struct thing *thing,
                                          uint32_t *number, enum trace_finding_kind kind)
{
	if (*number == NO_ONE)
		*number = trace_finding_add(
		        f, (struct trace_finding){.kind = kind,
		                                  .is_open = true,
		                                  .ordinal = thing->busy_began,
		                                  .t_ns = thing->busy_ns,
		                                  .lane = thing->lane,
		                                  .object = thing->lane,
		                                  .culprit = TRACE_NONE,
		                                  .where = f->model->lanes[thing->lane].where});
	return *number == NO_ONE ? NULL : trace_finding_of(f, *number);
}

/* Forget what has grown: the queue was emptied to half of its height. */
static void shrink(const struct event *e, struct thing *thing, int64_t value)
{
	struct trace_findings *f = e->findings;
	if (thing->growing != NO_ONE)
		trace_finding_close(f, &thing->growing,
		                    trace_finding_of(f, thing->growing)->end_ns);
	thing->low = thing->top = value;
	thing->n_taken = 0;
}

/* A burst is no trouble, and is over in an instant; what counts is growth that lasts although something is taken out. */
static void judge_growth(const struct event *e, struct thing *thing, int64_t value)
{
	struct trace_findings *f = e->findings;
	uint64_t grown = (uint64_t)value - (uint64_t)thing->low; /* the file's numbers are any */
	if (grown < f->limits[TRACE_FINDING_GROWING_QUEUE] || thing->n_taken == 0 ||
	    e->r->t_ns - thing->busy_ns < GROWS_NS)
		return;
	bool is_new = thing->growing == NO_ONE;
	struct trace_finding *finding =
	        open_finding(f, thing, &thing->growing, TRACE_FINDING_GROWING_QUEUE);
	if (finding == NULL)
		return;
	if (is_new)
		finding->culprit = f->step.lane;
	finding->amount = (uint64_t)value;
	finding->n_others = thing->n_taken;
	finding->end_ns = e->r->t_ns;
}

static void judge_queue(const struct event *e, struct thing *thing, int64_t value)
{
	if (value < thing->level) {
		thing->n_taken++;
		if (value <= thing->top / 2)
			shrink(e, thing, value);
		return;
	}
	if (value <= thing->top)
		return;
	if (thing->top == thing->low) {
		thing->busy_began = e->ordinal;
		thing->busy_ns = e->r->t_ns;
	}
	thing->top = value;
	judge_growth(e, thing, value);
}

/* Jobs have stood in line since busy_ns. */
static void judge_pool(struct trace_findings *f, struct thing *thing, uint64_t now_ns)
{
	if (thing->busy_began == TRACE_NONE ||
	    now_ns - thing->busy_ns < f->limits[TRACE_FINDING_POOL_EXHAUSTED])
		return;
	struct trace_finding *finding =
	        open_finding(f, thing, &thing->jammed, TRACE_FINDING_POOL_EXHAUSTED);
	if (finding == NULL)
		return;
	finding->end_ns = now_ns;
	finding->amount = now_ns - thing->busy_ns;
	finding->n_others = thing->waiters_max;
}

static void level_of_pool(const struct event *e, struct thing *thing, uint32_t waiters)
{
	struct trace_findings *f = e->findings;
	if (waiters > 0 && thing->busy_began == TRACE_NONE) {
		thing->busy_began = e->ordinal;
		thing->busy_ns = e->r->t_ns;
		thing->waiters_max = 0;
	}
	if (waiters > thing->waiters_max)
		thing->waiters_max = waiters;
	judge_pool(f, thing, e->r->t_ns);
	if (waiters > 0)
		return;
	trace_finding_close(f, &thing->jammed, e->r->t_ns);
	thing->busy_began = TRACE_NONE;
}

void trace_rule_pool_now(struct trace_findings *f, uint64_t now_ns)
{
	for (size_t i = 0; i < f->n_things; i++)
		if (f->things[i].kind == TRACE_OBJECT_POOL)
			judge_pool(f, &f->things[i], now_ns);
}

static void contend(struct trace_findings *f, const struct thing *thing, bool begins)
{
	uint32_t number = (uint32_t)(thing - f->things);
	if (begins && f->n_contended < CONTENDED_MAX) {
		f->contended[f->n_contended++] = number;
		return;
	}
	for (size_t i = 0; !begins && i < f->n_contended; i++)
		if (f->contended[i] == number)
			f->contended[i--] = f->contended[--f->n_contended];
}

static void level_of_lock(const struct event *e, struct thing *thing, uint32_t waiters)
{
	struct trace_findings *f = e->findings;
	if (waiters > 0 && thing->busy_began == TRACE_NONE) {
		thing->busy_began = e->ordinal;
		thing->busy_ns = e->r->t_ns;
		thing->waiters_max = thing->n_passed = 0;
		thing->kept_ns = thing->kept_most_ns = 0;
		thing->keeper = TRACE_NONE;
		thing->keeper_of = f->step.lane;
		contend(f, thing, true);
	}
	if (waiters > thing->waiters_max)
		thing->waiters_max = waiters;
	if (waiters > 0)
		return;
	trace_finding_close(f, &thing->convoy, e->r->t_ns);
	if (thing->busy_began != TRACE_NONE)
		contend(f, thing, false);
	thing->busy_began = TRACE_NONE;
}

void trace_rule_level(const struct event *e)
{
	struct trace_findings *f = e->findings;
	struct thing *thing =
	        trace_thing_of(f, trace_model_lane(f->model, TRACE_LANE_OBJECT, e->r->id));
	if (!thing)
		return;
	int64_t value = (int64_t)trace_join(e->r->b, e->r->c);
	trace_rule_point(e, false);
	if (thing->kind == TRACE_OBJECT_POOL)
		level_of_pool(e, thing, e->r->a);
	else if (is_queue(thing->kind) && f->model->lanes[thing->lane].capacity == 0)
		judge_queue(e, thing, value);
	else if (is_lock(f, thing))
		level_of_lock(e, thing, e->r->a);
	thing->level = value;
	thing->n_waiters = e->r->a;
}

/* A lock is passed on while others stand in line. Everybody once is a queue; a convoy is who comes back before it is empty. */
static void judge_convoy(const struct event *e, struct thing *thing)
{
	struct trace_findings *f = e->findings;
	thing->n_passed++;
	if (thing->waiters_max < 2 || thing->n_passed < f->limits[TRACE_FINDING_LOCK_CONVOY] ||
	    thing->n_passed < 2 * (thing->waiters_max + 1))
		return;
	struct trace_finding *finding =
	        open_finding(f, thing, &thing->convoy, TRACE_FINDING_LOCK_CONVOY);
	if (finding == NULL)
		return;
	finding->amount = thing->n_passed;
	finding->n_others = thing->waiters_max;
	finding->end_ns = e->r->t_ns;
}

void trace_rule_hold(const struct event *e)
{
	struct trace_findings *f = e->findings;
	struct thing *thing =
	        trace_thing_of(f, trace_model_lane(f->model, TRACE_LANE_OBJECT, e->r->id));
	if (!thing)
		return;
	uint32_t task = e->r->a ? trace_model_lane(f->model, TRACE_LANE_TASK, e->r->a) : TRACE_NONE;
	trace_rule_point(e, false);
	if (e->r->sub) {
		thing->holder = task;
		thing->n_holds++;
		return;
	}
	if (thing->n_holds > 0 && --thing->n_holds == 0)
		thing->holder = TRACE_NONE;
	if (is_lock(f, thing) && thing->busy_began != TRACE_NONE)
		judge_convoy(e, thing);
	trace_finding_close(f, &thing->inverted, e->r->t_ns);
	thing->kept_ns = 0;
}

static void judge_inversion(struct trace_findings *f, struct thing *thing, uint64_t now_ns)
{
	if (thing->kept_ns < f->limits[TRACE_FINDING_PRIORITY_INVERSION])
		return;
	if (thing->inverted == NO_ONE)
		thing->inverted = trace_finding_add(
		        f, (struct trace_finding){.kind = TRACE_FINDING_PRIORITY_INVERSION,
		                                  .is_open = true,
		                                  .ordinal = thing->busy_began,
		                                  .t_ns = thing->busy_ns,
		                                  .lane = thing->keeper_of,
		                                  .object = thing->lane,
		                                  .n_others = thing->waiters_max});
	if (thing->inverted == NO_ONE)
		return;
	trace_finding_of(f, thing->inverted)->culprit = thing->keeper;
	trace_finding_of(f, thing->inverted)->amount = thing->kept_ns;
	trace_finding_of(f, thing->inverted)->end_ns = now_ns;
}

/* Step `step` is over: which locks that somebody waits for were held by tasks that could have run instead? A step that blocks
 * the loop is found as that. */
void trace_rule_kept_off(struct trace_findings *f, const struct step *step)
{
	uint64_t ns = step->end_ns - step->t_ns;
	if (ns == 0 || ns >= f->limits[TRACE_FINDING_BLOCKED_LOOP])
		return;
	for (size_t i = 0; i < f->n_contended; i++) {
		struct thing *thing = &f->things[f->contended[i]];
		if (thing->n_holds != 1 || thing->holder == step->lane)
			continue;
		const struct life *holder = trace_life_of(f, thing->holder);
		const struct life *runner = trace_life_of(f, step->lane);
		bool wants_it = runner && runner->target == thing->lane;
		if (!holder || holder->state != TRACE_STATE_READY || wants_it)
			continue;
		uint64_t from = holder->since_ns > step->t_ns ? holder->since_ns : step->t_ns;
		thing->kept_ns += step->end_ns - from;
		if (step->end_ns - from > thing->kept_most_ns) {
			thing->kept_most_ns = step->end_ns - from;
			thing->keeper = step->lane;
		}
		judge_inversion(f, thing, step->end_ns);
	}
}
