/* Cancellations that do not do what was meant, and limits of time that come late. */
#include "trace/analysis/findings_private.h"
#include "trace/array.h"

static uint32_t lane_of_task(const struct trace_findings *f, uint32_t task)
{
	return task ? trace_model_lane(f->model, TRACE_LANE_TASK, task) : 0;
}

/* Add a finding about the task of the event, which happened there and then. */
static void add(const struct event *e, enum trace_finding_kind kind, uint32_t lane,
                uint32_t culprit)
{
	trace_finding_add(e->findings, (struct trace_finding){.kind = kind,
	                                                      .ordinal = e->ordinal,
	                                                      .t_ns = e->r->t_ns,
	                                                      .lane = lane,
	                                                      .object = TRACE_NONE,
	                                                      .culprit = culprit,
	                                                      .where = e->r->d});
}

/* A limit of time was over at deadline_ns, and only now something comes of it. */
static void judge_late(const struct event *e, uint32_t lane, uint64_t deadline_ns)
{
	struct trace_findings *f = e->findings;
	uint64_t now_ns = e->r->t_ns;
	if (now_ns < deadline_ns || now_ns - deadline_ns < f->limits[TRACE_FINDING_LATE_TIMEOUT])
		return;
	trace_finding_add(f, (struct trace_finding){.kind = TRACE_FINDING_LATE_TIMEOUT,
	                                            .ordinal = e->ordinal,
	                                            .t_ns = deadline_ns,
	                                            .end_ns = now_ns,
	                                            .lane = lane,
	                                            .object = TRACE_NONE,
	                                            .culprit = trace_rule_culprit(f, deadline_ns,
	                                                                          now_ns),
	                                            .where = e->r->d,
	                                            .amount = now_ns - deadline_ns});
}

/* A cancellation by the loop comes from the outermost limit that is over, when there is one. */
static void judge_expired(const struct event *e, struct life *life)
{
	struct trace_findings *f = e->findings;
	struct limit *over = NULL;
	for (uint32_t at = life->scope; at != NO_ONE; at = f->limits_open[at].outer)
		if (!f->limits_open[at].fired && f->limits_open[at].deadline_ns <= e->r->t_ns)
			over = &f->limits_open[at];
	if (!over)
		return;
	over->fired = true;
	judge_late(e, life->lane, over->deadline_ns);
}

static void judge_request(const struct event *e, struct life *life, uint32_t by)
{
	life->cancelled_by = by;
	if (by != 0)
		return;
	if (e->findings->main_ended)
		add(e, TRACE_FINDING_CANCELLED_AT_SHUTDOWN, life->lane, TRACE_NONE);
	else
		judge_expired(e, life);
}

void trace_rule_cancel(const struct event *e)
{
	struct trace_findings *f = e->findings;
	struct life *life = trace_life_of_id(f, e->r->id);
	if (!life)
		return;
	uint32_t by = lane_of_task(f, e->r->a);
	if (e->r->sub == TRACE_CANCEL_REQUESTED)
		judge_request(e, life, by);
	else if (e->r->sub == TRACE_CANCEL_SWALLOWED)
		add(e, TRACE_FINDING_SWALLOWED_CANCEL, life->lane, by);
}

/* A task that the end of main cancels is reported as that. */
void trace_rule_stillborn(const struct event *e, const struct life *life)
{
	if (e->findings->main_ended && life->cancelled_by == 0)
		return;
	add(e, TRACE_FINDING_CANCELLED_BEFORE_START, life->lane, life->cancelled_by);
}

/* A sleep may be late, and says so nowhere; a limit must not be. */
void trace_rule_timer(const struct event *e, const struct life *life)
{
	if (life->timed && life->on != TRACE_ON_SLEEP)
		judge_late(e, life->lane, life->until_ns);
}

static void open_limit(struct trace_findings *f, struct life *life, const struct trace_record *r)
{
	uint32_t number = f->free_limit;
	if (number != NO_ONE) {
		f->free_limit = f->limits_open[number].outer;
	} else if (trace_array_reserve(&f->limits_open, f->n_limits, &f->limits_cap,
	                               sizeof *f->limits_open)) {
		f->failure = TRACE_ESYSTEM;
		return;
	} else {
		number = (uint32_t)f->n_limits++;
	}
	uint64_t deadline_ns = r->arg & TRACE_TIMED ? trace_join(r->b, r->c) : UINT64_MAX;
	f->limits_open[number] = (struct limit){r->a, life->scope, deadline_ns, false};
	life->scope = number;
}

/* Return the link to the limit `scope` of a task; the link to no one when it is not open. */
static uint32_t *find_limit(struct trace_findings *f, struct life *life, uint32_t scope)
{
	uint32_t *link = &life->scope;
	while (*link != NO_ONE && f->limits_open[*link].scope != scope)
		link = &f->limits_open[*link].outer;
	return link;
}

static void close_limit(struct trace_findings *f, uint32_t *link)
{
	uint32_t number = *link;
	*link = f->limits_open[number].outer;
	f->limits_open[number].outer = f->free_limit;
	f->free_limit = number;
}

/* A limit that closes long after its time, without having said so, was not kept either. */
void trace_rule_scope(const struct event *e)
{
	struct trace_findings *f = e->findings;
	const struct trace_record *r = e->r;
	struct life *life = trace_life_of_id(f, r->id);
	if (!life || r->sub != TRACE_SCOPE_TIMEOUT)
		return;
	uint32_t *link = find_limit(f, life, r->a);
	if (*link == NO_ONE) {
		if (r->arg & 1)
			open_limit(f, life, r);
		return;
	}
	struct limit *limit = &f->limits_open[*link];
	if (r->arg & 1) {
		limit->deadline_ns = r->arg & TRACE_TIMED ? trace_join(r->b, r->c) : UINT64_MAX;
		return;
	}
	if (!limit->fired)
		judge_late(e, life->lane, limit->deadline_ns);
	close_limit(f, link);
}

void trace_rule_scopes_end(struct trace_findings *f, struct life *life)
{
	while (life->scope != NO_ONE)
		close_limit(f, &life->scope);
}
