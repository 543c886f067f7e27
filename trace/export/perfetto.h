/* The Perfetto export: tracks, arrows, counters and a scheduler that its queries understand. */
#ifndef GANTTOP_TRACE_EXPORT_PERFETTO_H
#define GANTTOP_TRACE_EXPORT_PERFETTO_H

#include <stdio.h>

#include "trace/export/export.h"

/* Write a protobuf `Trace`. Flushes. errors: TRACE_ESYSTEM when the stream failed.
 * source: perfetto protos/perfetto/trace (stable field numbers; tests/interop/perfetto.proto lists those that are used). */
int trace_perfetto_write(const struct trace_export *export, FILE *out, struct trace_error *error);

#endif
