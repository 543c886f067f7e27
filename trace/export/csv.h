/* The CSV export: one row an interval, for spreadsheets and data frames. */
#ifndef GANTTOP_TRACE_EXPORT_CSV_H
#define GANTTOP_TRACE_EXPORT_CSV_H

#include <stdio.h>

#include "trace/export/export.h"

/* Write a header line and one line for each interval of each task, thread and the loop. Times are ns. Flushes.
 * errors: TRACE_ESYSTEM when the stream failed. */
int trace_csv_write(const struct trace_export *export, FILE *out, struct trace_error *error);

#endif
