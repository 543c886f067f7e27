/* Two recordings beside each other: which lanes are the same thing in both, and the first moment at which the
 * two runs differ.
 *
 * What counts as happening are tasks, their states, cancellations, levels, variables and what was logged; ids,
 * source places and the loop's ticks do not, so that the same lesson with another seed, or its partner, can be compared.
 */
#ifndef GANTTOP_TRACE_ANALYSIS_COMPARE_H
#define GANTTOP_TRACE_ANALYSIS_COMPARE_H

#include "trace/model.h"

struct trace_compare {
	const struct trace_model *a, *b; /* borrows */
	/* for each lane of one model its partner's index in the other, TRACE_NONE without one: lanes are partners when
	 * they are of one kind, have one name, and are the nth of that name on both sides. owns */
	uint32_t *b_of_a, *a_of_b;
	size_t n_paired;
	bool is_timed; /* times count: neither ran under the real clock, where no two times are the same */
	bool differs;
	/* the first events that are not the same; TRACE_NONE on the side that has ended before */
	uint32_t first_a, first_b;
	uint64_t first_ns; /* time of the earlier one of both; makespan if nothing differs */
};

/* Compare two models as far as they are read. owns: borrows the models, which must not change until trace_compare_fini. errors: -1
 * out of memory, nothing is held then. cost: O(events + lanes log lanes). */
int trace_compare_init(struct trace_compare *compare, const struct trace_model *a,
                       const struct trace_model *b);
void trace_compare_fini(struct trace_compare *compare);

#endif
