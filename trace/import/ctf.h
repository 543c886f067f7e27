/* CTF 1.8 of ours to records: the inverse of trace/export/ctf.h. */
#ifndef GANTTOP_TRACE_IMPORT_CTF_H
#define GANTTOP_TRACE_IMPORT_CTF_H

#include "trace/import/input.h"
#include "trace/import/sink.h"

/* Read the trace in the folder `path`. Its metadata says what the events look like, so older and newer ones of ours can be read; others' are
 * refused. errors: TRACE_EFORMAT with the place, TRACE_ESYSTEM. */
int trace_import_ctf(const char *path, struct trace_sink *sink, struct trace_error *error);

#endif
