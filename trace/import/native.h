/* A recording from a pipe: a recording is mapped, which a pipe cannot be, so it becomes a file again. */
#ifndef GANTTOP_TRACE_IMPORT_NATIVE_H
#define GANTTOP_TRACE_IMPORT_NATIVE_H

#include "trace/import/input.h"

/* Copy the recording to the file `out`, which can be looked at while it grows. A recording that was closed and comes whole is closed at the
 * end; one that breaks off is left as what it says it is, so its reader says so.
 * errors: TRACE_ESYSTEM, a disk that is full or a read that failed; TRACE_EFORMAT, no header. */
int trace_import_native(struct trace_input *input, const char *out, struct trace_error *error);

#endif
