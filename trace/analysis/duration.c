/* Durations for people: milliseconds down to a thousandth, and whole nanoseconds below. */
#include "trace/analysis/duration.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *trace_duration(char text[TRACE_DURATION_BYTES], uint64_t ns)
{
	uint64_t ms = ns / 1000000, us = ns / 1000 % 1000;
	if (ns < 1000 && ns > 0) {
		snprintf(text, TRACE_DURATION_BYTES, "%" PRIu64 " ns", ns);
		return text;
	}
	if (us == 0 || ms >= 1000) {
		snprintf(text, TRACE_DURATION_BYTES, "%" PRIu64 " ms", ms);
		return text;
	}
	int n = snprintf(text, TRACE_DURATION_BYTES, "%" PRIu64 ".%03" PRIu64, ms, us);
	while (text[n - 1] == '0')
		n--;
	snprintf(text + n, TRACE_DURATION_BYTES - (size_t)n, " ms");
	return text;
}
