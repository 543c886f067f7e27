/* Who keeps the thread: a step that is too long, a turn of the loop made long by many short ones, a task that never lets go.
 *
 * source: `slow_callback_duration` of asyncio's debug mode, which tells of a long step when it is over and of many short ones
 * never (python/cpython#101946). Here a long step is found while it lasts.
 */
#include "trace/analysis/findings_private.h"

/* Awaits that never suspend are worth a word when time passes in them, or when there is no end of them. */
#define AWAITS_MIN  2u
#define POINTS_MANY 1000u

/* Tasks that would have had a turn by end_ns: those that are ready, and those whose time has come. */
static uint32_t kept_waiting(const struct trace_findings *f, uint32_t lane, uint64_t end_ns)
{
	uint32_t n = 0;
	for (size_t i = 0; i < f->n_lives; i++) {
		const struct life *life = &f->lives[i];
		if (life->lane == TRACE_NONE || life->lane == lane)
			continue;
		if (life->state == TRACE_STATE_READY)
			n++;
		else if (life->state == TRACE_STATE_WAITING && life->timed &&
		         life->until_ns < end_ns)
			n++;
	}
	return n;
}

/* The step blocks: find it, or let what was found grow. */
static void blocks(struct trace_findings *f, const struct step *step, uint64_t end_ns)
{
	if (f->step_finding == NO_ONE)
		f->step_finding =
		        trace_finding_add(f,
		                          (struct trace_finding){.kind = TRACE_FINDING_BLOCKED_LOOP,
		                                                 .is_open = true,
		                                                 .ordinal = step->ordinal,
		                                                 .t_ns = step->t_ns,
		                                                 .lane = step->lane,
		                                                 .object = TRACE_NONE,
		                                                 .culprit = TRACE_NONE,
		                                                 .where = step->where});
	if (f->step_finding == NO_ONE)
		return;
	struct trace_finding *finding = trace_finding_of(f, f->step_finding);
	finding->end_ns = end_ns;
	finding->amount = end_ns - step->t_ns;
	finding->n_others = kept_waiting(f, step->lane, end_ns);
}

void trace_rule_step_begin(const struct event *e, uint32_t lane)
{
	struct trace_findings *f = e->findings;
	(void)lane;
	trace_finding_close(f, &f->step_finding, e->r->t_ns);
	f->n_awaits = f->n_points = 0;
	f->looked = false;
}

static void judge_no_yield(struct trace_findings *f, const struct step *step)
{
	bool is_long = f->n_awaits >= AWAITS_MIN &&
	               step->end_ns - step->t_ns >= f->limits[TRACE_FINDING_NO_YIELD];
	if ((!is_long && f->n_points < POINTS_MANY) || step->lane == 0)
		return;
	uint32_t n = kept_waiting(f, step->lane, step->end_ns);
	if (n == 0)
		return;
	trace_finding_add(f, (struct trace_finding){.kind = TRACE_FINDING_NO_YIELD,
	                                            .ordinal = step->ordinal,
	                                            .t_ns = step->t_ns,
	                                            .end_ns = step->end_ns,
	                                            .lane = step->lane,
	                                            .object = TRACE_NONE,
	                                            .culprit = TRACE_NONE,
	                                            .where = step->where,
	                                            .amount = step->end_ns - step->t_ns,
	                                            .n_others = n});
}

/* A short step of a turn of the loop. */
static void add_to_tick(struct trace_findings *f, const struct step *step)
{
	uint64_t ns = step->end_ns - step->t_ns;
	f->tick_short_ns += ns;
	f->tick_steps++;
	if (ns > f->tick_longest_ns) {
		f->tick_longest_ns = ns;
		f->tick_longest = step->lane;
	}
	if (f->tick_short_ns < f->limits[TRACE_FINDING_SLOW_ITERATION] || f->tick_steps < 2)
		return;
	if (f->tick_finding == NO_ONE)
		f->tick_finding = trace_finding_add(
		        f, (struct trace_finding){.kind = TRACE_FINDING_SLOW_ITERATION,
		                                  .is_open = true,
		                                  .ordinal = f->tick.ordinal,
		                                  .t_ns = f->tick.t_ns,
		                                  .object = TRACE_NONE});
	if (f->tick_finding == NO_ONE)
		return;
	struct trace_finding *finding = trace_finding_of(f, f->tick_finding);
	finding->culprit = f->tick_longest;
	finding->amount = f->tick_short_ns;
	finding->n_others = f->tick_steps;
}

static void remember(struct trace_findings *f, const struct step *step)
{
	if (step->end_ns - step->t_ns < f->limits[TRACE_FINDING_LATE_TIMEOUT] / 10)
		return;
	f->last_steps[f->n_last_steps++ % LONG_STEPS] = *step;
}

void trace_rule_step_end(const struct event *e)
{
	struct trace_findings *f = e->findings;
	struct step *step = &f->step;
	step->end_ns = e->r->t_ns;
	if (step->end_ns - step->t_ns >= f->limits[TRACE_FINDING_BLOCKED_LOOP])
		blocks(f, step, step->end_ns);
	else if (f->in_tick)
		add_to_tick(f, step);
	trace_finding_close(f, &f->step_finding, step->end_ns);
	judge_no_yield(f, step);
	remember(f, step);
	trace_rule_kept_off(f, step);
}

void trace_rule_step_now(struct trace_findings *f, uint64_t now_ns)
{
	const struct step *step = &f->step;
	if (step->lane == TRACE_NONE || now_ns < step->t_ns)
		return;
	if (now_ns - step->t_ns >= f->limits[TRACE_FINDING_BLOCKED_LOOP])
		blocks(f, step, now_ns);
}

void trace_rule_tick(const struct event *e)
{
	struct trace_findings *f = e->findings;
	trace_finding_close(f, &f->tick_finding, e->r->t_ns);
	f->in_tick = e->r->sub == TRACE_PHASE_BEGIN;
	f->tick = (struct step){0, e->ordinal, 0, e->r->t_ns, 0};
	f->tick_short_ns = f->tick_longest_ns = 0;
	f->tick_steps = 0;
	f->tick_longest = TRACE_NONE;
}

void trace_rule_point(const struct event *e, bool is_await)
{
	e->findings->n_awaits += is_await;
	e->findings->n_points++;
}

uint32_t trace_rule_culprit(const struct trace_findings *f, uint64_t t0_ns, uint64_t t1_ns)
{
	uint32_t lane = TRACE_NONE;
	uint64_t most_ns = 0;
	size_t n = f->n_last_steps < LONG_STEPS ? f->n_last_steps : LONG_STEPS;
	for (size_t i = 0; i < n; i++) {
		const struct step *step = &f->last_steps[i];
		uint64_t from = step->t_ns > t0_ns ? step->t_ns : t0_ns;
		uint64_t to = step->end_ns < t1_ns ? step->end_ns : t1_ns;
		if (to > from && to - from > most_ns) {
			most_ns = to - from;
			lane = step->lane;
		}
	}
	return lane;
}
