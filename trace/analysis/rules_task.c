/* Tasks, coroutines and threads that do not end as was meant. */
#include "trace/analysis/findings_private.h"

#include <string.h>

#include "trace/array.h"

static uint32_t lane_of_task(const struct trace_findings *f, uint32_t task)
{
	uint32_t lane = task ? trace_model_lane(f->model, TRACE_LANE_TASK, task) : 0;
	return lane < f->model->n_lanes ? lane : TRACE_NONE;
}

/* The body of an awaited coroutine is a part of who awaits it; one that was dropped is a lane of its own. */
void trace_rule_coro(const struct event *e)
{
	struct trace_findings *f = e->findings;
	if (e->r->sub == TRACE_CORO_AWAITED) {
		trace_rule_point(e, true);
		return;
	}
	uint32_t lane = trace_model_lane(f->model, TRACE_LANE_OBJECT, e->r->id);
	if (lane >= f->model->n_lanes)
		return;
	const struct trace_lane *coro = &f->model->lanes[lane];
	trace_finding_add(
	        f, (struct trace_finding){.kind = TRACE_FINDING_NEVER_AWAITED,
	                                  .ordinal = coro->born,
	                                  .t_ns = trace_model_event(f->model, coro->born)->t_ns,
	                                  .end_ns = e->r->t_ns,
	                                  .lane = lane,
	                                  .object = lane,
	                                  .culprit = lane_of_task(f, e->r->a),
	                                  .where = coro->where});
}

/* The place to look at is the failure, although that nobody asked is only known at the end. */
void trace_rule_error(const struct event *e)
{
	struct trace_findings *f = e->findings;
	uint32_t lane = lane_of_task(f, e->r->id);
	if (lane == TRACE_NONE || e->r->sub != TRACE_ERROR_NEVER_RETRIEVED)
		return;
	size_t at = trace_lane_at(&f->model->lanes[lane], e->ordinal);
	uint32_t ordinal = at == SIZE_MAX ? e->ordinal : f->model->lanes[lane].ordinals[at];
	const struct trace_record *r = trace_model_event(f->model, ordinal);
	trace_finding_add(f, (struct trace_finding){.kind = TRACE_FINDING_NEVER_RETRIEVED,
	                                            .ordinal = ordinal,
	                                            .t_ns = r->t_ns,
	                                            .end_ns = e->r->t_ns,
	                                            .lane = lane,
	                                            .object = TRACE_NONE,
	                                            .culprit = TRACE_NONE,
	                                            .where = r->d});
}

/* A future has no lane of its own error record: the mark says it all. */
void trace_rule_mark(const struct event *e)
{
	char name[40];
	trace_model_string(e->findings->model, e->r->a, name, sizeof name);
	if (strcmp(name, TRACE_MARK_NEVER_RETRIEVED) != 0)
		return;
	trace_finding_add(e->findings, (struct trace_finding){.kind = TRACE_FINDING_NEVER_RETRIEVED,
	                                                      .ordinal = e->ordinal,
	                                                      .t_ns = e->r->t_ns,
	                                                      .end_ns = e->r->t_ns,
	                                                      .lane = 0,
	                                                      .object = TRACE_NONE,
	                                                      .culprit = TRACE_NONE});
}

void trace_rule_created(const struct event *e, struct life *child)
{
	struct life *parent = trace_life_of(e->findings, child->parent);
	if (!parent)
		return;
	parent->n_created++;
	parent->n_children++;
}

/* Once is a matter of taste, twice in a row is a program that runs one after the other without wanting to. */
void trace_rule_awaits(const struct event *e, struct life *life)
{
	struct trace_findings *f = e->findings;
	const struct life *child =
	        life->on == TRACE_ON_TASK ? trace_life_of(f, life->target) : NULL;
	bool at_once = child && child->parent == life->lane && f->step.lane == life->lane &&
	               child->born_in == f->step.ordinal && life->n_created == 1 &&
	               life->n_children == 1;
	life->n_at_once = at_once ? life->n_at_once + 1 : 0;
	if (life->n_at_once != f->limits[TRACE_FINDING_AWAITED_AT_ONCE])
		return;
	trace_finding_add(f, (struct trace_finding){.kind = TRACE_FINDING_AWAITED_AT_ONCE,
	                                            .ordinal = e->ordinal,
	                                            .t_ns = e->r->t_ns,
	                                            .lane = life->lane,
	                                            .object = TRACE_NONE,
	                                            .culprit = life->target,
	                                            .where = e->r->d,
	                                            .amount = life->n_at_once});
}

/* Return the job of a worker lane, made when there is none; NULL without memory. There are as many as threads. */
static struct job *job_of(struct trace_findings *f, uint32_t worker)
{
	for (size_t i = 0; i < f->n_jobs; i++)
		if (f->jobs[i].worker == worker)
			return &f->jobs[i];
	if (trace_array_reserve(&f->jobs, f->n_jobs, &f->jobs_cap, sizeof *f->jobs)) {
		f->failure = TRACE_ESYSTEM;
		return NULL;
	}
	f->jobs[f->n_jobs] = (struct job){worker, TRACE_NONE, NO_ONE};
	return &f->jobs[f->n_jobs++];
}

void trace_rule_worker(const struct event *e)
{
	struct trace_findings *f = e->findings;
	struct job *job = job_of(f, trace_model_lane(f->model, TRACE_LANE_WORKER, e->r->id));
	if (!job)
		return;
	trace_finding_close(f, &job->outlived, e->r->t_ns);
	job->task =
	        e->r->sub == TRACE_WORKER_BUSY && e->r->a ? lane_of_task(f, e->r->a) : TRACE_NONE;
}

static void judge_thread(const struct event *e, const struct life *life)
{
	struct trace_findings *f = e->findings;
	for (size_t i = 0; i < f->n_jobs; i++) {
		struct job *job = &f->jobs[i];
		if (job->task != life->lane)
			continue;
		job->outlived = trace_finding_add(
		        f, (struct trace_finding){.kind = TRACE_FINDING_THREAD_OUTLIVES_TASK,
		                                  .is_open = true,
		                                  .ordinal = e->ordinal,
		                                  .t_ns = e->r->t_ns,
		                                  .lane = life->lane,
		                                  .object = TRACE_NONE,
		                                  .culprit = job->worker,
		                                  .where = e->r->d});
	}
}

void trace_rule_done(const struct event *e, struct life *life)
{
	struct trace_findings *f = e->findings;
	struct life *parent = trace_life_of(f, life->parent);
	if (parent)
		parent->n_children--;
	if (e->r->arg == TRACE_OUTCOME_CANCELLED)
		judge_thread(e, life);
	trace_rule_var_done(f, life);
	if (life->parent == TRACE_NONE)
		f->main_ended = true;
}
