/* Who has a turn when: a ready task that is overtaken, a task that asks for turn after turn.
 *
 * Lives that are ready form a list in the order of becoming ready. A first-in first-out loop always takes the first, so that list
 * is walked for other policies only, and then not beyond OLDEST.
 */
#include "trace/analysis/findings_private.h"

#define OLDEST 32u

/* A turn in which a task only looks whether it may go on: so short, or a variable was read in it. A longer one does work, and giving the
 * thread away in between is what such a task should do. */
#define LOOK_NS 1000000u

static uint32_t number_of(const struct trace_findings *f, const struct life *life)
{
	return (uint32_t)(life - f->lives);
}

void trace_rule_ready(const struct event *e, struct life *life)
{
	struct trace_findings *f = e->findings;
	uint32_t number = number_of(f, life);
	life->n_overtaken = 0;
	life->ahead = f->ready_last;
	life->behind = NO_ONE;
	if (f->ready_last == NO_ONE)
		f->ready_first = number;
	else
		f->lives[f->ready_last].behind = number;
	f->ready_last = number;
}

static void unlink_ready(struct trace_findings *f, struct life *life)
{
	if (life->ahead == NO_ONE)
		f->ready_first = life->behind;
	else
		f->lives[life->ahead].behind = life->behind;
	if (life->behind == NO_ONE)
		f->ready_last = life->ahead;
	else
		f->lives[life->behind].ahead = life->ahead;
	life->ahead = life->behind = NO_ONE;
}

static void overtake(const struct event *e, struct life *life)
{
	struct trace_findings *f = e->findings;
	if (++life->n_overtaken < f->limits[TRACE_FINDING_STARVATION])
		return;
	if (life->n_overtaken == f->limits[TRACE_FINDING_STARVATION])
		life->starved = trace_finding_add(
		        f, (struct trace_finding){.kind = TRACE_FINDING_STARVATION,
		                                  .is_open = true,
		                                  .ordinal = life->since,
		                                  .t_ns = life->since_ns,
		                                  .lane = life->lane,
		                                  .object = TRACE_NONE,
		                                  .culprit = trace_model_lane(
		                                          f->model, TRACE_LANE_TASK, e->r->id)});
	if (life->starved == NO_ONE)
		return;
	trace_finding_of(f, life->starved)->amount = life->n_overtaken;
	trace_finding_of(f, life->starved)->end_ns = e->r->t_ns;
}

void trace_rule_unready(const struct event *e, struct life *life)
{
	struct trace_findings *f = e->findings;
	uint32_t self = number_of(f, life), at = f->ready_first;
	if (e->r->sub == TRACE_STATE_RUNNING)
		for (unsigned i = 0; i < OLDEST && at != self && at != NO_ONE; i++) {
			overtake(e, &f->lives[at]);
			at = f->lives[at].behind;
		}
	trace_finding_close(f, &life->starved, e->r->t_ns);
	unlink_ready(f, life);
}

void trace_rule_no_yield(struct trace_findings *f, struct life *life, uint64_t t_ns)
{
	trace_finding_close(f, &life->spinning, t_ns);
	life->yields = life->yields_alone = 0;
}

void trace_rule_yield(const struct event *e, struct life *life, const struct step *step)
{
	struct trace_findings *f = e->findings;
	uint64_t limit = f->limits[TRACE_FINDING_BUSY_WAIT];
	if (step->end_ns - step->t_ns >= LOOK_NS && !f->looked) {
		trace_rule_no_yield(f, life, e->r->t_ns);
		return;
	}
	if (life->yields++ == 0) {
		life->yields_began = life->since;
		life->yields_ns = life->since_ns;
	}
	life->yields_alone += f->ready_first == NO_ONE;
	if (life->yields < limit || life->yields_alone * 2 < life->yields)
		return;
	if (life->spinning == NO_ONE)
		life->spinning = trace_finding_add(
		        f, (struct trace_finding){.kind = TRACE_FINDING_BUSY_WAIT,
		                                  .is_open = true,
		                                  .ordinal = life->yields_began,
		                                  .t_ns = life->yields_ns,
		                                  .lane = life->lane,
		                                  .object = TRACE_NONE,
		                                  .culprit = TRACE_NONE,
		                                  .where = e->r->d ? e->r->d : step->where});
	if (life->spinning == NO_ONE)
		return;
	trace_finding_of(f, life->spinning)->amount = life->yields;
	trace_finding_of(f, life->spinning)->end_ns = e->r->t_ns;
}
