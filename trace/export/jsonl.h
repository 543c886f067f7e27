/* The JSONL export: one event a line, in the vocabulary of docs/trace-format.md. */
#ifndef GANTTOP_TRACE_EXPORT_JSONL_H
#define GANTTOP_TRACE_EXPORT_JSONL_H

#include <stdio.h>

#include "trace/export/export.h"

/* Write the recording as JSON objects, one a line, the first one being `meta`. Flushes.
 * errors: TRACE_ESYSTEM when the stream failed. */
int trace_jsonl_write(const struct trace_export *export, FILE *out, struct trace_error *error);

#endif
