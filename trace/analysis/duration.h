/* A length of time in words: "1000 ms", "0.25 ms", "340 ns". */
#ifndef GANTTOP_TRACE_ANALYSIS_DURATION_H
#define GANTTOP_TRACE_ANALYSIS_DURATION_H

#include <stdint.h>

#define TRACE_DURATION_BYTES 32u

/* Write `ns` into `text`, of TRACE_DURATION_BYTES; at most three decimals, cut and not rounded. Returns `text`. */
const char *trace_duration(char text[TRACE_DURATION_BYTES], uint64_t ns);

#endif
