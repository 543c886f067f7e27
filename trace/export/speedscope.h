/* The speedscope export: a profile a lane. */
#ifndef GANTTOP_TRACE_EXPORT_SPEEDSCOPE_H
#define GANTTOP_TRACE_EXPORT_SPEEDSCOPE_H

#include <stdio.h>

#include "trace/export/export.h"

/* Write one profile for each task, thread and the loop. Flushes. errors: TRACE_ESYSTEM when the stream failed.
 * source: https://www.speedscope.app/file-format-schema.json, of speedscope 1.25. */
int trace_speedscope_write(const struct trace_export *export, FILE *out, struct trace_error *error);

#endif
