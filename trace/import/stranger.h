/* Files that are no traces we read, by what they begin with: whoever opens one is told what it is, and what to do. */
#ifndef GANTTOP_TRACE_IMPORT_STRANGER_H
#define GANTTOP_TRACE_IMPORT_STRANGER_H

#include <stddef.h>

/* Return what a file is that begins with these bytes, as half a sentence, NULL when it is nobody we know. */
const char *trace_stranger_of_bytes(const char *bytes, size_t n);

/* The same for a JSON object without events that has this key. */
const char *trace_stranger_of_key(const char *key);

#endif
