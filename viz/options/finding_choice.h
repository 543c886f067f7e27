/* Which findings count, and from which limit on: -W, -A and --limit on the command line. */
#ifndef GANTTOP_VIZ_OPTIONS_FINDING_CHOICE_H
#define GANTTOP_VIZ_OPTIONS_FINDING_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "trace/analysis/findings.h"
#include "viz/text/problem.h"

/* Which findings count, and from which limit on. All zero: all of them, from their own limits on. */
struct viz_finding_choice {
	bool is_made;                         /* `kinds` counts */
	uint64_t kinds;                       /* bits: 1 << enum trace_finding_kind */
	uint64_t limits[TRACE_FINDING_KINDS]; /* 0: the kind's own */
};

/* Name the findings of -W or -A: one kind, several with commas between them, or `all`. The first -W takes everything else away, so `-W x`
 * is x alone; without one, -A x is everything but x. errors: VIZ_EXIT_USAGE for an unknown name, and `*problem` lists the known. */
int viz_finding_choose(struct viz_finding_choice *choice, const char *names, bool wanted,
                       struct viz_problem *problem);

/* Read "KIND=VALUE", in ms or a count as the kind has it. errors: VIZ_EXIT_USAGE. */
int viz_finding_limit(struct viz_finding_choice *choice, const char *text,
                      struct viz_problem *problem);

/* Return the kinds that count: bit 1 << kind. */
uint64_t viz_finding_kinds(const struct viz_finding_choice *choice);

#endif
