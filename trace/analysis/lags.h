/* Numbers whose percentiles are asked for when all have come: exact ones, without sorting all of them in the end. */
#ifndef GANTTOP_TRACE_ANALYSIS_LAGS_H
#define GANTTOP_TRACE_ANALYSIS_LAGS_H

#include <stddef.h>
#include <stdint.h>

struct trace_lags {
	uint64_t *values; /* runs of equal length, each sorted but for the last. owns */
	size_t n, cap;
};

/* Add a number. errors: TRACE_ESYSTEM without memory. cost: O(1), now and then sorting a run. */
int trace_lags_add(struct trace_lags *lags, uint64_t value);

/* Return the smallest number that `percent` (0 to 100) of all do not exceed, 0 without numbers. All must have come: it sorts the last run.
 * cost: O(runs). */
uint64_t trace_lags_percentile(struct trace_lags *lags, unsigned percent);

void trace_lags_fini(struct trace_lags *lags);

#endif
