/* The JSONL export: one event a line, in the vocabulary of docs/trace-format.md. */
#ifndef GANTTOP_TRACE_JSONL_H
#define GANTTOP_TRACE_JSONL_H

#include <stdio.h>

#include "trace/error.h"
#include "trace/model.h"

/* Write the recording as JSON objects, one a line, the first one being `meta`. Flushes.
 * errors: TRACE_ESYSTEM when the stream failed. */
int trace_jsonl_write(const struct trace_model *model, FILE *out, struct trace_error *error);

#endif
