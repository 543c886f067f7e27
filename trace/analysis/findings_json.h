/* Findings as JSON: one object, as docs/findings.md describes it. */
#ifndef GANTTOP_TRACE_ANALYSIS_FINDINGS_JSON_H
#define GANTTOP_TRACE_ANALYSIS_FINDINGS_JSON_H

#include <stdio.h>

#include "trace/analysis/findings.h"

/* Write one object with an array `findings` of those whose kind has its bit in `kinds`, and a line end. `target` is what was
 * judged, as the user called it. errors: those of the stream, to be asked by the caller. */
void trace_findings_write_json(const struct trace_findings *findings,
                               const struct trace_model *model, const char *target, uint64_t kinds,
                               FILE *out);

#endif
