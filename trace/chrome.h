/* The Chrome Trace Event export: what Perfetto, Tracy, speedscope and chrome://tracing open. */
#ifndef GANTTOP_TRACE_CHROME_H
#define GANTTOP_TRACE_CHROME_H

#include <stdio.h>

#include "trace/error.h"
#include "trace/model.h"

/* Write the recording as one JSON object with `traceEvents`. Flushes.
 * errors: TRACE_ESYSTEM when the stream failed. source: Trace Event Format (Google, 2016), as its readers take it. */
int trace_chrome_write(const struct trace_model *model, FILE *out, struct trace_error *error);

#endif
