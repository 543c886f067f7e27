/* JSON lines of ours to records: the inverse of trace/export/jsonl.h, nothing is lost. */
#ifndef GANTTOP_TRACE_IMPORT_JSONL_H
#define GANTTOP_TRACE_IMPORT_JSONL_H

#include "trace/import/input.h"
#include "trace/import/sink.h"

/* Read all lines. Unknown fields and events are passed over: a later version may have more of them.
 * errors: TRACE_EFORMAT with the line, TRACE_ESYSTEM. */
int trace_import_jsonl(struct trace_input *input, struct trace_sink *sink,
                       struct trace_error *error);

#endif
