/* Statistics as JSON: one object, as docs/findings.md describes it. */
#ifndef GANTTOP_TRACE_ANALYSIS_STATS_JSON_H
#define GANTTOP_TRACE_ANALYSIS_STATS_JSON_H

#include <stdio.h>

#include "trace/analysis/path.h"
#include "trace/analysis/stats.h"

/* Write one object and a line end. `target` is what was measured, as the user called it. errors: those of the stream, to be asked
 * by the caller. */
void trace_stats_write_json(const struct trace_stats *stats, const struct trace_path *path,
                            const struct trace_model *model, const char *target, FILE *out);

#endif
