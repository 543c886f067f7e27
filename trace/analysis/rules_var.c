/* Lost updates: a task reads a variable, somebody else writes it, and the task writes what it made of the old value.
 *
 * Only what was read since the task's last write counts; who writes without having read means to. What is read and never written stays
 * noted until the task ends.
 */
#include "trace/analysis/findings_private.h"

#include "trace/array.h"

/* Return the index of a variable, made when there is none; NO_ONE without memory. */
static uint32_t variable_of(struct trace_findings *f, uint32_t name)
{
	uint32_t known = trace_id_map_get(&f->variable_of, name), last = (uint32_t)f->n_variables;
	if (known != TRACE_ID_UNKNOWN)
		return known;
	if (trace_array_reserve(&f->variables, f->n_variables, &f->variables_cap,
	                        sizeof *f->variables) ||
	    trace_id_map_put(&f->variable_of, name, last)) {
		f->failure = TRACE_ESYSTEM;
		return NO_ONE;
	}
	f->variables[f->n_variables++] = (struct variable){.writer = TRACE_NONE};
	return last;
}

/* Return where the number of the mark stands that a task has of a variable; that of no mark, NO_ONE, if it has none. Tasks have few, however
 * many tasks there are. */
static uint32_t *mark_of(struct trace_findings *f, struct life *life, uint32_t variable)
{
	uint32_t *at = &life->reads;
	while (*at != NO_ONE && f->reads[*at].variable != variable)
		at = &f->reads[*at].next;
	return at;
}

/* Take the mark out that `*at` is the number of. */
static void forget(struct trace_findings *f, uint32_t *at)
{
	uint32_t mark = *at;
	*at = f->reads[mark].next;
	f->reads[mark].next = f->free_read;
	f->free_read = mark;
}

/* Give the task one more mark. Returns its number, NO_ONE without memory. */
static uint32_t add_mark(struct trace_findings *f, struct life *life)
{
	uint32_t mark = f->free_read;
	if (mark != NO_ONE) {
		f->free_read = f->reads[mark].next;
	} else if (trace_array_reserve(&f->reads, f->n_reads, &f->reads_cap, sizeof *f->reads)) {
		f->failure = TRACE_ESYSTEM;
		return NO_ONE;
	} else {
		mark = (uint32_t)f->n_reads++;
	}
	f->reads[mark].next = life->reads;
	life->reads = mark;
	return mark;
}

static void note_read(const struct event *e, struct life *life, uint32_t variable)
{
	struct trace_findings *f = e->findings;
	uint32_t mark = *mark_of(f, life, variable);
	if (mark == NO_ONE)
		mark = add_mark(f, life);
	if (mark == NO_ONE)
		return;
	f->reads[mark].variable = variable;
	f->reads[mark].version = f->variables[variable].version;
	f->reads[mark].t_ns = e->r->t_ns;
}

static void judge_write(const struct event *e, struct life *life, uint32_t variable)
{
	struct trace_findings *f = e->findings;
	struct variable *v = &f->variables[variable];
	uint32_t *at = mark_of(f, life, variable);
	const struct read_mark *mark = *at != NO_ONE ? &f->reads[*at] : NULL;
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
		forget(f, at);
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

void trace_rule_var_done(struct trace_findings *f, struct life *life)
{
	while (life->reads != NO_ONE)
		forget(f, &life->reads);
}
