/* The Common Trace Format export: what babeltrace2 and Trace Compass open. */
#ifndef GANTTOP_TRACE_EXPORT_CTF_H
#define GANTTOP_TRACE_EXPORT_CTF_H

#include <stdio.h>

#include "trace/export/export.h"

/* Write the files `metadata` and `stream` into the folder `path`, which is there and empty.
 * errors: TRACE_ESYSTEM, and the folder holds what was written until then. source: CTF 1.8.3. */
int trace_ctf_write(const struct trace_export *export, const char *path, struct trace_error *error);

#endif
