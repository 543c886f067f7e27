/* The Mermaid export: a Gantt chart as text, for a page of Markdown. */
#ifndef GANTTOP_TRACE_EXPORT_MERMAID_H
#define GANTTOP_TRACE_EXPORT_MERMAID_H

#include <stdio.h>

#include "trace/export/export.h"

/* Write a `gantt` diagram. Flushes. errors: TRACE_ESYSTEM when the stream failed. source: mermaid 11, syntax/gantt.md. */
int trace_mermaid_write(const struct trace_export *export, FILE *out, struct trace_error *error);

#endif
