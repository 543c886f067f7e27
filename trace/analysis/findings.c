/* The list of findings, and the pass that fills it.
 *
 * A finding is never moved once it is found, because the rules keep the numbers of those that still go on; what is handed out is a
 * second list that is sorted. Events are judged once: an update costs what is new.
 */
#include "trace/analysis/findings.h"

#include <stdlib.h>
#include <string.h>

#include "trace/analysis/findings_private.h"
#include "trace/array.h"

static void forget(struct trace_findings *f)
{
	trace_watch_reset(f);
	memset(f->of_kind, 0, sizeof f->of_kind);
	memset(f->kept_of_kind, 0, sizeof f->kept_of_kind);
	f->n = 0;
	f->next = 0;
	f->lost_finding = NO_ONE;
}

struct trace_findings *trace_findings_create(const struct trace_model *model,
                                             const uint64_t *limits)
{
	struct trace_findings *f = calloc(1, sizeof *f);
	if (!f)
		return NULL;
	f->model = model;
	for (int i = 0; i < TRACE_FINDING_KINDS; i++) {
		uint64_t limit = limits ? limits[i] : 0;
		f->limits[i] =
		        limit ? limit : trace_finding_rule((enum trace_finding_kind)i)->limit;
	}
	forget(f);
	return f;
}

void trace_findings_destroy(struct trace_findings *f)
{
	if (!f)
		return;
	trace_watch_fini(f);
	free(f->all);
	free(f->sorted);
	free(f);
}

static bool is_before(const struct trace_finding *a, const struct trace_finding *b)
{
	return a->ordinal != b->ordinal ? a->ordinal < b->ordinal : a->kind < b->kind;
}

/* Most findings are found near the end: the place is looked for from there. */
static void sort_in(struct trace_findings *f, uint32_t number)
{
	size_t at = number;
	while (at > 0 && is_before(&f->all[number], &f->all[f->sorted[at - 1]]))
		at--;
	memmove(&f->sorted[at + 1], &f->sorted[at], (number - at) * sizeof *f->sorted);
	f->sorted[at] = number;
}

uint32_t trace_finding_add(struct trace_findings *f, struct trace_finding finding)
{
	f->of_kind[finding.kind]++;
	f->changed = true;
	if (f->kept_of_kind[finding.kind] == TRACE_FINDINGS_MAX_OF_KIND)
		return NO_ONE;
	if (trace_array_reserve(&f->all, f->n, &f->cap, sizeof *f->all) ||
	    trace_array_reserve(&f->sorted, f->n, &f->sorted_cap, sizeof *f->sorted)) {
		f->failure = TRACE_ESYSTEM;
		return NO_ONE;
	}
	f->kept_of_kind[finding.kind]++;
	finding.limit = f->limits[finding.kind];
	if (finding.end_ns < finding.t_ns)
		finding.end_ns = finding.t_ns;
	f->all[f->n] = finding;
	sort_in(f, (uint32_t)f->n);
	return (uint32_t)f->n++;
}

struct trace_finding *trace_finding_of(struct trace_findings *f, uint32_t number)
{
	return &f->all[number];
}

void trace_finding_close(struct trace_findings *f, uint32_t *number, uint64_t end_ns)
{
	if (*number == NO_ONE)
		return;
	f->all[*number].is_open = false;
	f->all[*number].end_ns = end_ns;
	f->changed = true;
	*number = NO_ONE;
}

/* Records that are missing have no event of their own: the header counts them. */
static void judge_lost(struct trace_findings *f, uint64_t now_ns)
{
	uint64_t lost = f->model->lost;
	if (lost == 0 || f->model->n_events == 0 || f->model->is_foreign)
		return; /* what an import leaves out no disk could have kept */
	if (f->lost_finding == NO_ONE)
		f->lost_finding = trace_finding_add(
		        f, (struct trace_finding){.kind = TRACE_FINDING_LOST_RECORDS,
		                                  .ordinal = (uint32_t)(f->model->n_events - 1),
		                                  .t_ns = now_ns,
		                                  .object = TRACE_NONE,
		                                  .culprit = TRACE_NONE});
	if (f->lost_finding != NO_ONE)
		f->all[f->lost_finding].amount = lost;
}

/* A recording that has ended has nothing that goes on. */
static void settle_open(struct trace_findings *f, uint64_t now_ns)
{
	bool is_over = f->model->status != 0;
	for (size_t i = 0; i < f->n; i++) {
		if (!f->all[i].is_open)
			continue;
		if (f->all[i].end_ns < now_ns)
			f->all[i].end_ns = now_ns;
		f->all[i].is_open = !is_over;
	}
}

/* Threads of another program's take no turns: what is said of a loop is not true of them. */
static void judge_no_loop(struct trace_findings *f)
{
	static const enum trace_finding_kind of_loops[] = {
	        TRACE_FINDING_BLOCKED_LOOP, TRACE_FINDING_SLOW_ITERATION, TRACE_FINDING_NO_YIELD,
	        TRACE_FINDING_STARVATION, TRACE_FINDING_LATE_TIMEOUT};
	for (size_t i = 0; i < sizeof of_loops / sizeof *of_loops; i++)
		f->limits[of_loops[i]] = UINT64_MAX;
}

bool trace_findings_is_behind(const struct trace_findings *f)
{
	return f->next < f->model->n_events;
}

int trace_findings_update(struct trace_findings *f, int updated)
{
	return trace_findings_update_some(f, updated, SIZE_MAX);
}

int trace_findings_update_some(struct trace_findings *f, int updated, size_t max_events)
{
	const struct trace_model *m = f->model;
	if (m->is_foreign)
		judge_no_loop(f);
	f->changed = false;
	f->failure = TRACE_OK;
	if (updated == TRACE_REBUILT || f->next > m->n_events) {
		forget(f);
		f->changed = true;
	}
	size_t left = f->next < m->n_events ? m->n_events - f->next : 0;
	size_t end = f->next + (left < max_events ? left : max_events);
	for (; f->next < end && f->failure == TRACE_OK; f->next++) {
		struct event e = {f, trace_model_event(m, f->next), f->next};
		trace_watch_event(&e);
	}
	if (trace_findings_is_behind(f) && f->failure == TRACE_OK)
		return f->changed;
	uint64_t now_ns = trace_model_now_ns(m);
	trace_watch_now(f, now_ns);
	judge_lost(f, m->t_end_ns);
	settle_open(f, now_ns);
	if (f->failure != TRACE_OK)
		return f->failure;
	return f->changed;
}

size_t trace_findings_count(const struct trace_findings *f)
{
	return f->n;
}

const struct trace_finding *trace_findings_at(const struct trace_findings *f, size_t index)
{
	return &f->all[f->sorted[index]];
}

uint64_t trace_findings_of_kind(const struct trace_findings *f, enum trace_finding_kind kind)
{
	return f->of_kind[kind];
}

size_t trace_findings_step(const struct trace_findings *f, uint32_t ordinal, int step)
{
	uint64_t from = ordinal == TRACE_NONE ? 0 : (uint64_t)ordinal + (step > 0);
	size_t low = 0, high = f->n;
	if (ordinal == TRACE_NONE && step < 0)
		return SIZE_MAX;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (trace_findings_at(f, middle)->ordinal < from)
			low = middle + 1;
		else
			high = middle;
	}
	if (step > 0)
		return low < f->n ? low : SIZE_MAX;
	return low > 0 ? low - 1 : SIZE_MAX;
}
