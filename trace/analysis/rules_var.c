/* Lost updates: a task reads a variable, somebody else writes it, and the task writes what it made of the old value.
 *
 * Only what was read since the task's last write counts; who writes without having read means to. What is read and never written stays
 * noted until the task ends.
 */
#include "trace/analysis/findings_private.h"

#include "trace/array.h"

/* Return the index of a variable, made when there is none; NO_ONE without memory. Lessons have a handful. */
static uint32_t variable_of(struct trace_findings *f, uint32_t name)
{
	for (size_t i = 0; i < f->n_variables; i++)
		if (f->variables[i].name == name)
			return (uint32_t)i;
	if (trace_array_reserve(&f->variables, f->n_variables, &f->variables_cap,
	                        sizeof *f->variables)) {
		f->failure = TRACE_ESYSTEM;
		return NO_ONE;
	}
	f->variables[f->n_variables] = (struct variable){.name = name, .writer = TRACE_NONE};
	return (uint32_t)f->n_variables++;
}

static struct read_mark *mark_of(struct trace_findings *f, uint32_t lane, uint32_t variable)
{
	for (size_t i = 0; i < f->n_reads; i++)
		if (f->reads[i].lane == lane && f->reads[i].variable == variable)
			return &f->reads[i];
	return NULL;
}

static void forget(struct trace_findings *f, struct read_mark *mark)
{
	*mark = f->reads[--f->n_reads];
}

static void note_read(const struct event *e, struct life *life, uint32_t variable)
{
	struct trace_findings *f = e->findings;
	struct read_mark *mark = mark_of(f, life->lane, variable);
	if (!mark) {
		if (trace_array_reserve(&f->reads, f->n_reads, &f->reads_cap, sizeof *f->reads)) {
			f->failure = TRACE_ESYSTEM;
			return;
		}
		mark = &f->reads[f->n_reads++];
	}
	life->has_read = true;
	*mark = (struct read_mark){life->lane, variable, f->variables[variable].version,
	                           e->r->t_ns};
}

static void judge_write(const struct event *e, const struct life *life, uint32_t variable)
{
	struct trace_findings *f = e->findings;
	struct variable *v = &f->variables[variable];
	struct read_mark *mark = mark_of(f, life->lane, variable);
	if (mark && mark->version != v->version)
		trace_finding_add(f, (struct trace_finding){.kind = TRACE_FINDING_LOST_UPDATE,
		                                            .ordinal = e->ordinal,
		                                            .t_ns = mark->t_ns,
		                                            .end_ns = e->r->t_ns,
		                                            .lane = life->lane,
		                                            .object = TRACE_NONE,
		                                            .culprit = v->writer,
		                                            .where = e->r->d,
		                                            .n_others = (uint32_t)(v->version -
		                                                                   mark->version)});
	if (mark)
		forget(f, mark);
	v->version++;
	v->writer = life->lane;
}

void trace_rule_var(const struct event *e)
{
	struct trace_findings *f = e->findings;
	struct life *life = trace_life_of_id(f, e->r->id);
	uint32_t variable = life ? variable_of(f, e->r->a) : NO_ONE;
	if (variable == NO_ONE)
		return;
	if (e->r->sub != TRACE_VAR_READ) {
		judge_write(e, life, variable);
		return;
	}
	note_read(e, life, variable);
	f->looked |= f->step.lane == life->lane;
}

void trace_rule_var_done(struct trace_findings *f, uint32_t lane)
{
	for (size_t i = f->n_reads; i-- > 0;)
		if (f->reads[i].lane == lane)
			forget(f, &f->reads[i]);
}
