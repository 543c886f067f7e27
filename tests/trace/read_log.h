/* From a recording made by hand to a model. */
#ifndef GANTTOP_TESTS_TRACE_READ_LOG_H
#define GANTTOP_TESTS_TRACE_READ_LOG_H

#include <stddef.h>

#include "tests/trace/make_log.h"
#include "trace/model.h"

/* Read all of the recording; a test that cannot is over. owns: returns the model. */
struct trace_model *read_recording(const char *path);

/* Write the recording to a file and read all of it; a test that cannot is over. owns: returns the model. */
struct trace_model *read_log(const struct make_log *log);

/* Read the file and ask everything that can be asked. Returns 0, or the code of what is wrong with it in `*error`. */
int exercise_file(const char *path, struct trace_error *error);

#endif
