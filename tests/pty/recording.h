/* What a recording holds at this moment, read straight from its bytes (trace/record.h) and without the program's reader:
 * the file may be growing, and it is the witness of what the program did and did not do.
 */
#ifndef GANTTOP_TESTS_PTY_RECORDING_H
#define GANTTOP_TESTS_PTY_RECORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "trace/record.h"

/* Return how many records of a kind have been published, with `sub` if it is not 0. */
size_t recording_count(const char *path, enum trace_kind kind, unsigned sub);

/* Return the time of the last published record. units: ns. */
uint64_t recording_end_ns(const char *path);

/* Return the process that writes it, 0 if the header does not say. */
pid_t recording_writer(const char *path);

/* Return whether the program waits at the gate. */
bool recording_is_held(const char *path);

/* Write a finished recording whose title, question, task name, log and value are `text`, of at most TRACE_STRING_MAX_BYTES. Returns
 * whether it could be written. */
bool recording_write(const char *path, const char *text, size_t text_bytes);

#endif
