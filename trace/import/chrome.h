/* Chrome Trace Event JSON to records: of anybody's, and exactly of ours. */
#ifndef GANTTOP_TRACE_IMPORT_CHROME_H
#define GANTTOP_TRACE_IMPORT_CHROME_H

#include "trace/import/input.h"
#include "trace/import/sink.h"

/* Read a whole trace: an array of events, which may lack its end, or an object with "traceEvents".
 * errors: TRACE_EFORMAT with the line and byte, TRACE_ESYSTEM. cost: memory for the names, and at most TRACE_SORTER_ITEMS events. */
int trace_import_chrome(struct trace_input *input, struct trace_sink *sink,
                        struct trace_error *error);

#endif
