/* The Chrome Trace Event export: what Perfetto, Tracy, speedscope and chrome://tracing open. */
#ifndef GANTTOP_TRACE_EXPORT_CHROME_H
#define GANTTOP_TRACE_EXPORT_CHROME_H

#include <stdio.h>

#include "trace/export/export.h"

/* Write the recording as one JSON object with `traceEvents`. Flushes.
 * errors: TRACE_ESYSTEM when the stream failed. source: Trace Event Format (Google, 2016), as its readers take it. */
int trace_chrome_write(const struct trace_export *export, FILE *out, struct trace_error *error);

#endif
