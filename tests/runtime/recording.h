/* Recordings that the tests of the runtime make, and what they read in them. */
#ifndef GANTTOP_TESTS_RUNTIME_RECORDING_H
#define GANTTOP_TESTS_RUNTIME_RECORDING_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/ganttop.h"
#include "trace/model.h"

/* Return the path of a file of this process that does not exist yet. owns: static, until the next call with that `name`. */
const char *recording_path(const char *name);

/* Read the whole recording; a test that cannot is over. owns: returns; trace_model_destroy. */
struct trace_model *recording_read(const char *path);

/* Run `body` with `options`, recorded, and read the recording; the file is removed. `*code` (may be NULL): what gt_run returned. */
struct trace_model *recording_of(struct gt_options options, gt_body *body, void *arg, int *code);

/* Print the truth rules that the recording breaks to standard error. Returns how many there are. */
size_t recording_violations(const struct trace_model *model);

/* Return what the LOG records say, `TIME NAME TEXT` a line with TIME in ms, and how the loop ended: `T loop shutdown N`,
 * `T loop finished`, `T loop deadlock NAMES`. owns: returns. */
char *recording_text(const struct trace_model *model);

/* Return how many records have that kind and sub. */
size_t recording_count(const struct trace_model *model, unsigned kind, unsigned sub);

/* Return the event of that kind and sub with the number `n` from 0; a test that needs one that is not there is over. */
const struct trace_record *recording_find(const struct trace_model *model, unsigned kind,
                                          unsigned sub, size_t n);

/* Return the whole file; `*bytes` its size. owns: returns. */
char *recording_bytes(const char *path, size_t *bytes);

#endif
