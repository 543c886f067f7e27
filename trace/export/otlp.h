/* The OpenTelemetry export: a span a task. */
#ifndef GANTTOP_TRACE_EXPORT_OTLP_H
#define GANTTOP_TRACE_EXPORT_OTLP_H

#include <stdio.h>

#include "trace/export/export.h"

/* Write one TracesData in the JSON encoding of OTLP, on one line. Flushes. errors: TRACE_ESYSTEM when the stream failed.
 * source: opentelemetry-proto 1.3, JSON protobuf encoding. */
int trace_otlp_write(const struct trace_export *export, FILE *out, struct trace_error *error);

#endif
