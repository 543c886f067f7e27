/* Findings: what a recording shows to be wrong, each with its evidence and a place to jump to.
 *
 * A pass over the model's events that goes on where it stopped, so that a live recording is judged while it grows: a step that blocks
 * the loop is named before it has ended. The rules are in the files rules_*.c, the kinds in
 * finding_kinds.def, and docs/findings.md says what each means.
 */
#ifndef GANTTOP_TRACE_ANALYSIS_FINDINGS_H
#define GANTTOP_TRACE_ANALYSIS_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/model.h"

enum trace_finding_kind {
#define X(id, name, unit, limit, rule, advice) TRACE_FINDING_##id,
#include "trace/analysis/finding_kinds.def"
#undef X
	TRACE_FINDING_KINDS
};

enum trace_finding_unit {
	TRACE_FINDING_UNIT_NONE,
	TRACE_FINDING_UNIT_NS,
	TRACE_FINDING_UNIT_COUNT
};

/* What is known of a kind. All texts are static. */
struct trace_finding_rule {
	const char *name; /* as on the command line: "blocked-loop" */
	enum trace_finding_unit unit;
	uint64_t limit;     /* default of what it takes, in `unit`; 0 without one */
	const char *rule;   /* what is the matter, in one line */
	const char *advice; /* what to do about it, in one line */
};

struct trace_finding {
	enum trace_finding_kind kind;
	bool is_open;     /* it still goes on: `end_ns`, `amount` and `count` may grow */
	uint32_t ordinal; /* the event to jump to: where it begins, or where it is proven */
	uint64_t t_ns;    /* when it began */
	uint64_t end_ns;  /* when it ended; now while it is open. Never before t_ns */
	uint32_t lane;    /* whose lane is marked; 0 the loop */
	uint32_t object;  /* lane of the object that it is about, TRACE_NONE */
	uint32_t
	        culprit; /* lane of the task, or worker, that is to blame or took part, TRACE_NONE */
	uint32_t where;  /* TRACE_WHERE of the code to look at, 0: not recorded */
	uint64_t amount;   /* what was measured, in the unit of the kind */
	uint64_t limit;    /* what it takes to be a finding, in the same unit; 0: none */
	uint32_t n_others; /* how many tasks suffered, or took part; 0: does not apply */
};

/* A million findings of one kind help nobody: beyond this many they are only counted. */
#define TRACE_FINDINGS_MAX_OF_KIND 1000u

struct trace_findings;

/* Return what is known of a kind. */
const struct trace_finding_rule *trace_finding_rule(enum trace_finding_kind kind);

/* Return the kind of that name, TRACE_FINDING_KINDS when there is none. */
enum trace_finding_kind trace_finding_find(const char *name);

/* Create the findings of a model; nothing is read yet. `limits` has TRACE_FINDING_KINDS values in the order of the kinds, 0 for the
 * default of a kind; NULL for all defaults.
 * owns: borrows `model`, which must live longer; copies `limits`. errors: NULL without memory. */
struct trace_findings *trace_findings_create(const struct trace_model *model,
                                             const uint64_t *limits);
void trace_findings_destroy(struct trace_findings *findings);

/* Judge the events that the model has got since. `updated` is what trace_model_update has returned (TRACE_REBUILT begins again). Call
 * it after each update of the model, and now and then while nothing is new: what is open is measured by trace_model_now_ns.
 * Returns 1 when a finding was added, has ended, or was taken back, else 0. errors: TRACE_ESYSTEM without memory;
 * what was found stays. cost: some tens of ns an event. */
int trace_findings_update(struct trace_findings *findings, int updated);

/* The same, but judge at most `max_events` of them: of a long recording a part at a time, with keys answered in between. What is open is not measured, and what
 * is counted as lost not said, before the last part. */
int trace_findings_update_some(struct trace_findings *findings, int updated, size_t max_events);

/* Return whether there are events that have not been judged. */
bool trace_findings_is_behind(const struct trace_findings *findings);

/* Return how many there are. They are sorted by (ordinal, kind). */
size_t trace_findings_count(const struct trace_findings *findings);

/* Return finding `index`. owns: borrows, until the next update. */
const struct trace_finding *trace_findings_at(const struct trace_findings *findings, size_t index);

/* Return how many of a kind were found, those that are only counted included. */
uint64_t trace_findings_of_kind(const struct trace_findings *findings,
                                enum trace_finding_kind kind);

/* Return the index of the first finding after `ordinal` (step 1) or the last one before it (step -1), SIZE_MAX when there is none. From
 * TRACE_NONE the next is the first one. cost: O(log n). */
size_t trace_findings_step(const struct trace_findings *findings, uint32_t ordinal, int step);

/* Write the evidence as one sentence with names and numbers: "report ran for 1000 ms without waiting; 3 tasks were kept waiting".
 * Returns its length before cutting. where: the model must not have been updated since trace_findings_update. */
size_t trace_finding_text(const struct trace_findings *findings,
                          const struct trace_finding *finding, char *text, size_t text_bytes);

#endif
